"""A submission on its way: sent on the public page, corrected, withdrawn and erased by the private link."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from meetings import links
from meetings.database import db, now, transaction
from meetings.journal import VISITOR
from meetings.models.inputs import CallForInputs, Submission, SubmissionFile
from meetings.models.message import Event, Message
from meetings.refusals import Refused
from meetings.report.commands import sending
from meetings.report.queries.material import material
from meetings.worker import make_worker
from tests import factories
from tests.client import Client, form_on
from tests.conftest import Clock
from tests.floor.statement_files import docx, written_pdf
from tests.page_lint import Page, text_of
from tests.report.house import House, build

ARABIC = "المدن تحمي حقوق الإنسان.\nمثال من تونس."
CHINESE = "城市保护人权。"
DEADLINES = [
    {"partner": "OHCHR", "at": "2025-12-15T23:59", "timezone": "Europe/Zurich"},
    {"partner": "Pacific office", "at": "2025-12-15T23:59", "timezone": "Pacific/Honolulu"},
]
ENTRY: dict[str, Any] = {
    "organisation_name": "بلدية تونس التجريبية",
    "category": "local_and_regional_governments",
    "country": "TN",
    "contact_name": "متطوعة تجريبية",
    "email": "City@Example.org",
    "language": "ar",
    "answers-0": ARABIC,
    "answers-2": CHINESE,
    "themes": "Housing, Water",
    "consent": "named",
}


@pytest.fixture
def house(app: Flask, clock: Clock) -> House:
    house = build()
    with transaction():
        factories.call_for_inputs(house.meeting, deadlines=DEADLINES, max_words=100)
    return house


@pytest.fixture
def call(house: House) -> str:
    """The address of the call."""
    return f"{house.url}/call-for-inputs"


def file(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def send(client: Client, call: str, **values: Any) -> TestResponse:
    return client.submit(f"{call}/submit", {**ENTRY, **values}, action=f"{call}/submit")


def row() -> Submission:
    db.session.expire_all()
    return db.session.scalars(sa.select(Submission)).one()


def files() -> list[SubmissionFile]:
    return list(db.session.scalars(sa.select(SubmissionFile).order_by(SubmissionFile.position)))


def events() -> list[tuple[str, object]]:
    return [(e.kind, e.after) for e in db.session.scalars(sa.select(Event).order_by(Event.id))]


def own_page(**changes: int) -> str:
    return f"/inputs/{links.make('input', row().id, changes.get('serial', row().serial))}/"


def test_the_call_says_who_asks_what_until_when_and_what_happens(client: Client, call: str) -> None:
    page = client.page(call)
    rows = [text_of(e) for e in page.elements("tr")][1:]
    assert rows == [
        "OHCHR Monday 15 December 2025, 23:59 CET (Europe/Zurich) That is 15 Dec 2025 22:59 UTC. Not over",
        "Pacific office Monday 15 December 2025, 23:59 HST (Pacific/Honolulu) That is 16 Dec 2025 09:59 UTC. Not over",
    ]
    questions = next(e for e in page.elements("ol") if e.get("class") == "questions")
    assert text_of(questions) == "What works? At home? Abroad? What not?"
    assert "Reprisals" in page.text
    assert "At most 100 words" in page.text


def test_each_partners_deadline_is_over_on_its_own_clock(client: Client, call: str, clock: Clock) -> None:
    clock.set(dt.datetime(2025, 12, 15, 23, 0, tzinfo=dt.UTC))
    states = [text_of(e).rpartition("UTC. ")[2] for e in client.page(call).elements("tr")][1:]
    assert states == ["Over", "Not over"]
    assert send(client, call).status_code == 200


def test_a_submission_is_sent_kept_and_acknowledged(house: House, client: Client, call: str) -> None:
    answer = send(client, call, file_1=file(docx("حق\nفي السكن"), "ورقة.docx"), file_3=file(b"plain text", "b.txt"))
    assert "Your submission has arrived." in answer.text
    assert answer.request.path == own_page()
    assert answer.headers["Cache-Control"] == "no-store"
    stored = row()
    assert (stored.organisation_name, stored.country, stored.consent) == (ENTRY["organisation_name"], "TN", "named")
    assert (stored.contact_email, stored.received) == ("city@example.org", dt.date(2025, 11, 26))
    assert stored.answers == [ARABIC, "", CHINESE]
    assert stored.themes == ["Housing", "Water"]
    assert [(f.name, f.file_type, f.words) for f in files()] == [("ورقة.docx", "docx", 3), ("b.txt", "txt", 2)]
    (message,) = db.session.scalars(sa.select(Message))
    assert (message.recipient, message.kind) == (stored.contact_email, "input")
    assert message.link_claim == [stored.id, stored.serial]
    assert not [w for w in (ARABIC, CHINESE, ENTRY["organisation_name"], ENTRY["contact_name"]) if w in message.text]
    facts = {"category": ENTRY["category"], "country": "TN", "language": "ar", "consent": "named"}
    assert events() == [("submission.sent", facts | {"words": 10, "files": 2})]
    assert len(material(house.meeting.id).submissions) == 1


def test_the_text_of_its_files_is_read_after_it_has_arrived(app: Flask, client: Client, call: str) -> None:
    send(client, call, file_1=file(written_pdf("The right to the city"), "a.pdf"))
    assert files()[0].words is None
    worker = make_worker(app, "test")
    while worker.run_once():
        pass
    db.session.expire_all()
    assert (files()[0].text, files()[0].words) == ("The right to the city", 5)


def test_a_form_sent_twice_is_one_submission(client: Client, call: str) -> None:
    form = client.form(f"{call}/submit", action=f"{call}/submit")

    def filled() -> Any:
        return form.filled({**ENTRY, "file_1": file(b"the same", "a.txt")})

    first, second = (client.send(form, filled()) for _press in range(2))
    assert first.request.path == second.request.path == own_page()
    assert "had arrived already" in second.text
    assert len(files()) == 1
    assert db.session.scalar(sa.select(sa.func.count(Message.id))) == 1
    other = client.send(form, form.filled({**ENTRY, "answers-0": "Changed"}))
    assert other.status_code == 409
    assert "open the link in the mail" in other.text
    assert "Changed" in [text_of(e) for e in Page(other.data).elements("textarea")]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"consent": None}, "Choose one: it is for you to say."),
        ({"email": "nobody"}, "This is not an e-mail address."),
        ({"category": ""}, "Choose a category."),
        ({"answers-0": " ", "answers-2": "\n"}, "Answer a question, or choose a file."),
        ({"answers-1": "word " * 101}, "100 are taken. Shorten it."),
        ({"file_2": (b"MZ\x90\x00\x03\x00\x00\x00", "report.pdf")}, "whatever its name says"),
        ({"file_2": (b"", "empty.docx")}, "The file is empty."),
        ({"file_2": (b"word " * 101, "long.txt")}, "100 are taken. Shorten it."),
        ({"organisation_name": "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    client: Client, call: str, values: dict[str, Any], message: str
) -> None:
    form = client.form(f"{call}/submit", action=f"{call}/submit")
    first = None if "answers-0" in values else file(b"well", "a.txt")
    entered = {name: file(*value) if isinstance(value, tuple) else value for name, value in values.items()}
    answer = client.send(form, form.filled({**ENTRY, "themes": "Kept", "file_1": first, **entered}))
    assert answer.status_code == 422
    page = Page(answer.data)
    assert message in page.text
    assert ("please choose them again" in page.text) == (first is not None)
    again = form_on(page, f"{call}/submit", action=f"{call}/submit").fields
    kept = {name: value for name, value in {**ENTRY, "themes": "Kept", **values}.items() if isinstance(value, str)}
    typed = {name: again.get(name, "").replace("\r\n", "\n").strip() for name in kept}
    assert typed == {name: value.strip() for name, value in kept.items()}
    assert db.session.scalar(sa.select(sa.func.count(Submission.id))) == 0


def test_only_the_types_of_the_call_are_taken(client: Client, call: str) -> None:
    with transaction() as session:
        session.execute(sa.update(CallForInputs).values(file_types=["pdf"]))
    answer = send(client, call, file_1=file(b"text", "a.txt"))
    assert "Save it as PDF." in answer.text
    assert send(client, call, file_1=file(written_pdf("x"), "a.pdf")).request.path == own_page()


@pytest.mark.parametrize("when", ["closed", "over", "not announced"])
def test_nothing_is_sent_while_the_call_is_not_open(
    client: Client, call: str, clock: Clock, when: str, house: House
) -> None:
    form = client.form(f"{call}/submit", action=f"{call}/submit")
    if when == "over":
        clock.set(dt.datetime(2025, 12, 16, 10, 0, tzinfo=dt.UTC))
    else:
        values = {"closed_at": now()} if when == "closed" else {"opened_at": None}
        with transaction() as session:
            session.execute(sa.update(CallForInputs).values(values))
    answer = client.send(form, form.filled(ENTRY))
    assert answer.status_code == 409
    assert "The call for inputs is closed" in answer.text
    assert "متطوعة تجريبية" in answer.text
    shown = client.page(f"{call}/submit").text
    assert ("No call for inputs has been announced" if when == "not announced" else "being read") in shown
    assert "Call for written inputs" not in client.page(f"{house.url}/").text


def test_the_meetings_page_leads_to_an_open_call(house: House, client: Client) -> None:
    links_there = [e.get("href") for e in client.page(f"{house.url}/").elements("a")]
    assert f"{house.url}/call-for-inputs" in links_there


def test_a_draft_has_no_call_for_visitors(house: House, client: Client, call: str) -> None:
    with transaction() as session:
        session.merge(house.meeting).published_at = None
    assert client.get(call).status_code == client.get(f"{call}/submit").status_code == 404


def test_a_sender_corrects_until_the_last_deadline(client: Client, call: str, clock: Clock) -> None:
    send(client, call, file_1=file(b"one", "a.txt"), file_2=file(b"two", "b.txt"))
    change = f"{own_page()}change"
    form = client.form(change, action=change)
    assert client.send(form, form.fields).request.path == own_page()
    assert (row().version, len(events())) == (1, 1)
    first = str(files()[0].id)
    answer = client.submit(
        change, {"answers-1": "More", "removed": [first], "file_1": file(b"three", "c.txt")}, action=change
    )
    assert "Your submission is corrected." in answer.text
    assert row().answers == [ARABIC, "More", CHINESE]
    assert [f.name for f in files()] == ["b.txt", "c.txt"]
    assert row().contact_email == "city@example.org"
    clock.set(dt.datetime(2025, 12, 16, 10, 0, tzinfo=dt.UTC))
    assert "can no longer be corrected" in client.page(change).text
    refused = client.send(form, form.filled({"answers-1": "Late"}))
    assert refused.status_code == 409
    assert row().answers[1] == "More"


def test_what_the_rapporteur_changed_meanwhile_is_told(client: Client, call: str) -> None:
    send(client, call)
    change = f"{own_page()}change"
    form = client.form(change, action=change)
    with transaction() as session:
        stored = session.merge(row())
        stored.themes, stored.version = ["Theirs"], 2
    answer = client.send(form, form.filled({"answers-1": "Mine"}))
    assert answer.status_code == 409
    assert "have changed what is known" in answer.text
    page = Page(answer.data)
    again = form_on(page, change, action=change)
    assert client.send(again, again.fields).status_code == 200
    assert row().answers[1] == "Mine"


def test_consent_is_changed_after_the_deadline_too(client: Client, call: str, clock: Clock) -> None:
    send(client, call)
    clock.set(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    client.submit(own_page(), {"consent": "confidential"}, button="Change what I agree to")
    assert (row().consent, events()[-1]) == ("confidential", ("submission.consent", {"consent": "confidential"}))
    form = client.form(own_page(), button="Change what I agree to")
    assert client.send(form, form.filled({"consent": None})).status_code == 422


def test_a_withdrawn_submission_is_neither_counted_nor_shown(house: House, client: Client, call: str) -> None:
    send(client, call)
    client.submit(f"{own_page()}withdraw", button="Withdraw")
    assert "You have withdrawn this submission." in client.page(own_page()).text
    assert material(house.meeting.id).submissions == ()
    with pytest.raises(Refused):
        sending.set_consent(submission_id=row().id, consent="named", actor=VISITOR, now=now())
    assert row().answers[0] == ARABIC


def test_who_wants_to_has_everything_erased(client: Client, call: str) -> None:
    send(client, call, file_1=file(b"one", "a.txt"))
    client.submit(f"{own_page()}withdraw", {"erase": True}, button="Withdraw")
    stored = row()
    held = (stored.organisation_name, stored.contact_name, stored.contact_email, stored.country, stored.language)
    assert (held, stored.answers, files()) == ((None,) * 5, [], [])
    assert list(db.session.scalars(sa.select(Message))) == []
    assert [kind for kind, _after in events()] == ["submission.sent", "submission.withdrawn", "submission.erased"]
    log = " ".join(str((e.before, e.after, e.target)) for e in db.session.scalars(sa.select(Event)))
    assert "xample.org" not in log
    assert "What you sent is erased." in client.page(own_page()).text
    sending.withdraw(submission_id=stored.id, erase=True, actor=VISITOR, now=now())
    assert len(events()) == 3


def test_a_link_is_replaced_and_the_old_one_is_dead(client: Client, call: str) -> None:
    send(client, call)
    old = own_page()
    client.submit(old, button="Replace my link")
    assert client.get(old).status_code == 404
    assert client.post(f"{old}withdraw").status_code in (400, 404)
    assert client.page(own_page()).text
    newest = db.session.scalars(sa.select(Message).order_by(Message.id.desc())).first()
    assert newest is not None
    assert newest.link_claim == [row().id, 2]


@pytest.mark.parametrize("brake", ["address", "meeting"])
def test_too_many_at_once_are_asked_to_wait(house: House, client: Client, call: str, clock: Clock, brake: str) -> None:
    with transaction():
        for _number in range(6 if brake == "address" else 100):
            other = {"contact_email": "city@example.org"} if brake == "address" else {}
            factories.submission(house.meeting, **other)
    answer = send(client, call)
    assert answer.status_code == 409
    assert "in an hour" in answer.text
    clock.advance(hours=1, seconds=1)
    assert send(client, call).status_code == 200


def test_a_file_is_handed_out_as_an_attachment_that_can_do_nothing(client: Client, call: str) -> None:
    send(client, call, file_1=file(b"<script>alert(1)</script> is text", "drop <b>.html"))
    answer = client.get(f"{own_page()}files/{files()[0].id}")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=submission-{files()[0].id}.txt"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(f"{own_page()}files/999").status_code == 404


def test_a_form_sent_twice_at_once_is_one_submission(app: Flask, house: House) -> None:
    meeting_id = house.meeting.id
    db.session.rollback()
    entry = sending.Entry(None, "academia", None, None, "one@example.org", "en", ("An answer",), (), "named")

    def press(_number: int) -> int:
        with app.app_context(), app.test_request_context():
            return sending.send(
                meeting_id=meeting_id, mark="a" * 32, entry=entry, files=[], actor=VISITOR, now=now()
            ).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(press, range(4)))) == 1
    assert row().sent_at is not None
