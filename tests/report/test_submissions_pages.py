"""The rapporteur's list of written submissions, and what can be changed of one that was listed by hand."""

import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.models.inputs import Submission, SubmissionFile
from meetings.models.message import Event, Message
from meetings.models.report import Point, Report
from tests import factories
from tests.client import Client
from tests.conftest import ExactQueries
from tests.floor.statement_files import docx
from tests.page_lint import Page, text_of
from tests.report.house import House, build


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    house.enter(client)
    return house


def test_a_submission_is_listed_changed_and_counted(house: House, client: Client) -> None:
    answer = client.submit(
        f"{house.url}/new-input",
        {
            "organisation": str(house.city.id),
            "consent": "named",
            "received": "2025-10-01",
            "themes": "Housing, Funding",
        },
    )
    page = Page(answer.data)
    assert "City of Fez" in text_of(page.root)
    assert "1 submission" in text_of(page.root)
    (row,) = db.session.scalars(sa.select(Submission))
    assert (row.organisation_id, row.category, row.consent, row.themes) == (
        house.city.id,
        None,
        "named",
        ["Housing", "Funding"],
    )
    client.submit(f"{house.url}/inputs/{row.key}", {"title": "Our view"}, button="Save")
    db.session.expire_all()
    assert (row.title, row.version) == ("Our view", 2)
    assert "draws on one written submission" in text_of(client.page(f"{house.url}/report/").root)


def test_a_submission_saved_unchanged_changes_nothing(house: House, client: Client) -> None:
    with transaction():
        row = Submission(
            meeting_id=house.meeting.id,
            key="in1",
            organisation_id=house.city.id,
            category="academia",
            themes=["Peace, justice", "Housing"],
            consent="named",
            title="Ours",
        )
        db.session.add(row)
    before = {c.key: getattr(row, c.key) for c in sa.inspect(Submission).columns}
    form = client.form(f"{house.url}/inputs/in1", button="Save")
    assert client.send(form, form.fields, follow=False).status_code == 303
    db.session.refresh(row)
    assert {c.key: getattr(row, c.key) for c in sa.inspect(Submission).columns} == before
    assert list(db.session.scalars(sa.select(Event))) == []


def test_a_submission_that_another_rapporteur_changed_is_shown_beside(
    house: House, client: Client, new_client: type[Client]
) -> None:
    client.submit(f"{house.url}/new-input", {"title": "First"})
    key = db.session.scalars(sa.select(Submission.key)).one()
    other = new_client()
    house.enter(other)
    form = client.form(f"{house.url}/inputs/{key}", button="Save")
    other.submit(f"{house.url}/inputs/{key}", {"title": "Theirs", "consent": "anonymous"}, button="Save")
    answer = client.send(form, form.filled({"title": "Mine"}))
    assert answer.status_code == 409
    assert [text_of(e) for e in Page(answer.data).elements("dd")] == ["Yes, without the name", "Theirs"]


def test_a_submission_goes_only_while_no_point_rests_on_it(house: House, client: Client) -> None:
    client.submit(f"{house.url}/new-input", {})
    row = db.session.scalars(sa.select(Submission)).one()
    with transaction():
        db.session.add(Point(meeting_id=house.meeting.id, submission_id=row.id, text="t", themes=[]))
    answer = client.submit(f"{house.url}/inputs/{row.key}", button="Take it off the list")
    assert "Points rest on this submission" in answer.text
    with transaction() as session:
        session.execute(sa.delete(Point))
    answer = client.submit(f"{house.url}/inputs/{row.key}", button="Take it off the list")
    assert "The submission was taken off the list." in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Submission.id))) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_submissions_takes_the_same_statements(
    house: House, client: Client, exact_queries: ExactQueries, number: int
) -> None:
    with transaction():
        for place in range(number):
            body = factories.organisation(house.meeting)
            db.session.add(
                Submission(meeting_id=house.meeting.id, key=f"in{place}", organisation_id=body.id, themes=[])
            )
    url = f"{house.url}/inputs/"
    with exact_queries(11):
        client.page(url)


def test_three_hundred_submissions_are_parted_into_pages_that_are_not_heavy(
    house: House, client: Client, exact_queries: ExactQueries
) -> None:
    with transaction():
        for number in range(300):
            sent = factories.submission(
                house.meeting,
                title=f"A long title of a demonstration submission, number {number}",
                answers=["word " * 500],
                themes=["Housing", "Right to the city"],
            )
            factories.submission_file(sent)
    url = f"{house.url}/inputs/"
    with exact_queries(11):
        answer = client.get(url)
    assert len(answer.data) < 100_000
    page = Page(answer.data)
    assert "300 submissions, page 1 of 6" in page.text
    assert (
        len([e for e in page.elements("th") if e.get("scope") == "row" and "Demonstration Sender" in text_of(e)]) == 50
    )
    assert "page 6 of 6" in client.page(f"{url}?page=6").text


def test_the_list_is_narrowed_by_what_is_sought(house: House, client: Client) -> None:
    with transaction():
        factories.submission(house.meeting, organisation_name="مدينة تونس", consent="named")
        factories.submission(house.meeting, organisation_name="100% City", category="academia")
        factories.submission(house.meeting, organisation_id=house.city.id, organisation_name="Fes", category=None)
        factories.submission(house.meeting, organisation_name="Gone", withdrawn_at=now())

    def found(**chosen: str) -> list[str]:
        page = Page(client.get(f"{house.url}/inputs/", query_string=chosen).data)
        return [text_of(e) for e in page.elements("a") if "/inputs/input-" in e.get("href", "")]

    assert found() == ["مدينة تونس", "100% City", "City of Fez"]
    assert found(words="fez") == ["City of Fez"]
    assert found(words="%") == ["100% City"]
    assert found(category="academia") == ["100% City"]
    assert found(category="local_and_regional_governments") == ["مدينة تونس", "City of Fez"]
    assert found(consent="named") == ["مدينة تونس"]
    assert found(standing="unmatched") == ["مدينة تونس", "100% City"]
    assert found(standing="withdrawn") == ["Gone"]
    assert found(words="nothing") == []
    assert found(standing="made up", words="fez") == ["City of Fez"]


def test_what_the_sender_wrote_is_matched_with_an_organization(house: House, client: Client) -> None:
    with transaction():
        known = factories.submission(house.meeting, organisation_name="the city of fez", country="MA")
        new = factories.submission(house.meeting, organisation_name="City of Oran (CO)", country="DZ")
    for each in (known, new):
        client.submit(f"{house.url}/inputs/{each.key}", button=f"Match “{each.organisation_name}”")
    db.session.expire_all()
    first, second = db.session.scalars(sa.select(Submission).order_by(Submission.id))
    assert first.organisation_id == house.city.id
    assert second.organisation is not None
    assert (second.organisation.name, second.organisation.acronym, second.organisation.country) == (
        "City of Oran",
        "CO",
        "DZ",
    )
    assert [e.kind for e in db.session.scalars(sa.select(Event))] == ["submission.matched"] * 2


def test_a_late_submission_is_listed_with_its_files_and_these_are_exchanged(house: House, client: Client) -> None:
    url = f"{house.url}/new-input"
    client.submit(url, {"title": "Late", "file_1": (io.BytesIO(docx("by post")), "late.docx")}, button="Save")
    row = db.session.scalars(sa.select(Submission)).one()
    (file,) = db.session.scalars(sa.select(SubmissionFile))
    assert (row.sent_at, row.consent, file.name) == (None, "confidential", "late.docx")
    answer = client.get(f"{house.url}/inputs/{row.key}/files/{file.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    edit = f"{house.url}/inputs/{row.key}"
    client.submit(edit, {"removed": [str(file.id)], "file_2": (io.BytesIO(b"a text"), "b.txt")}, button="Save")
    assert [f.name for f in db.session.scalars(sa.select(SubmissionFile))] == ["b.txt"]
    answer = client.submit(edit, {"title": "Kept", "file_1": (io.BytesIO(b"MZ\0"), "virus.docx")}, button="Save")
    assert answer.status_code == 422
    assert "whatever its name says" in answer.text
    assert "Kept" in answer.text


def test_what_was_sent_in_stays_its_senders(house: House, client: Client) -> None:
    with transaction():
        sent = factories.submission(house.meeting, consent="anonymous", answers=["<b>bold</b>"])
        factories.submission_file(sent)
    url = f"{house.url}/inputs/{sent.key}"
    page = client.page(url)
    assert "<b>bold</b>" in page.text
    assert not [e for e in page.elements("input") if e.get("type") == "file"]
    assert client.submit(url, {"consent": "named"}, button="Save").status_code == 409
    assert client.submit(url, {"consent": "confidential"}, button="Save").status_code == 200
    form = client.form(url, button="Save")
    form.action = f"{url}/remove"
    assert "it can be withdrawn" in client.send(form, form.fields).text
    client.submit(url, {"erase": True}, button="Withdraw the submission")
    db.session.expire_all()
    row = db.session.scalars(sa.select(Submission)).one()
    assert row.withdrawn_at is not None
    assert (row.contact_email, row.answers) == (None, [])
    assert "What was sent is erased." in client.page(url).text


def test_the_sender_gets_another_link(house: House, client: Client) -> None:
    with transaction():
        sent = factories.submission(house.meeting)
    client.submit(f"{house.url}/inputs/{sent.key}", button="Mail a new private link")
    message = db.session.scalars(sa.select(Message)).one()
    assert (message.recipient, message.link_claim) == (sent.contact_email, [sent.id, 2])


def test_no_private_data_of_a_sender_is_on_a_public_page(
    house: House, client: Client, new_client: type[Client]
) -> None:
    with transaction() as session:
        factories.call_for_inputs(house.meeting, closed_at=now())
        session.merge(Report(meeting_id=house.meeting.id, plan={"inputs_published": True}))
        hidden = factories.person(house.meeting, email="Hidden@example.org", protected=True)
        shared = {"contact_name": "Private Person", "title": "Working title"}
        named = factories.submission(house.meeting, organisation_name="City A", consent="named", country="MA", **shared)
        unnamed = factories.submission(
            house.meeting, organisation_name="City B", consent="anonymous", country="DZ", answers=["Unnamed answer"]
        )
        factories.submission(house.meeting, organisation_name="City C", answers=["Confidential answer"])
        factories.submission(house.meeting, organisation_name="City D", consent="named", withdrawn_at=now())
        factories.submission(
            house.meeting, organisation_name="City E", consent="named", contact_email=str(hidden.email).lower()
        )
        files = [factories.submission_file(each) for each in (named, unnamed)]
    visitor = new_client()
    url = f"{house.url}/call-for-inputs/submissions"
    page = visitor.page(url)
    rows = [text_of(e) for e in page.elements("tr")]
    assert [row.split(" Local")[0] for row in rows[1:3]] == ["City A Morocco", "Name not published"]
    assert "4 submissions were received." in page.text
    seen = page.text + visitor.page(f"{url}/{named.key}").text + visitor.page(f"{url}/{unnamed.key}").text
    assert "Unnamed answer" in seen
    assert "File (" not in visitor.page(f"{url}/{unnamed.key}").text
    hidden_words = ("City B", "City C", "City D", "City E", "Algeria", "Private", "@example", "Confidential answer")
    assert not [word for word in hidden_words if word in seen]
    assert visitor.get(f"{url}/{named.key}/files/{files[0].id}").status_code == 200
    assert visitor.get(f"{url}/{unnamed.key}/files/{files[1].id}").status_code == 404
    assert visitor.get(f"{url}/{named.key}/files/{files[1].id}").status_code == 404


def test_senders_keep_their_data_out_of_the_report(house: House, client: Client) -> None:
    with transaction():
        sent = factories.submission(house.meeting, organisation_name="City A", contact_name="Private Person")
        db.session.add(Point(meeting_id=house.meeting.id, submission_id=sent.id, text="the need for rules", themes=[]))
    draft = client.page(f"{house.url}/report/").text
    assert "one submission" in draft.lower()
    assert "City A" not in draft
    assert "Private Person" not in draft


def test_a_withdrawn_submission_takes_its_points_out_of_the_report(house: House, client: Client) -> None:
    with transaction():
        kept, gone = factories.submission(house.meeting), factories.submission(house.meeting, withdrawn_at=now())
        ours = Point(meeting_id=house.meeting.id, submission_id=gone.id, text="the need for secrecy", themes=[])
        db.session.add(ours)
        db.session.flush()
        merged = {"submission_id": kept.id, "merged_into_id": ours.id, "text": "the need for rules"}
        db.session.add(Point(meeting_id=house.meeting.id, themes=[], **merged))
    draft = client.page(f"{house.url}/report/").text
    assert "secrecy" not in draft
    assert "the need for rules" in draft


def test_the_report_does_not_name_the_organization_of_a_protected_sender(house: House, client: Client) -> None:
    with transaction():
        factories.person(house.meeting, email="hidden@example.org", protected=True)
        sent = {"organisation_id": house.city.id, "consent": "named"}
        for address in ("hidden@example.org", "open@example.org"):
            row = factories.submission(house.meeting, contact_email=address, **sent)
            text = f"the view of {address.partition('@')[0]}"
            db.session.add(Point(meeting_id=house.meeting.id, submission_id=row.id, text=text, themes=[]))
    draft = client.page(f"{house.url}/report/").text
    told = [re.findall(rf"[^.]*view of {who}", draft)[0] for who in ("open", "hidden")]
    assert ["Fez" in each for each in told] == [True, False]


def test_a_submission_that_is_not_matched_is_known_by_what_its_sender_wrote(house: House, client: Client) -> None:
    with transaction():
        factories.submission(house.meeting, organisation_name="مدينة تجريبية", consent="anonymous")
    notes = client.page(f"{house.url}/input-notes")
    assert "مدينة تجريبية (not named)" in [text_of(e) for e in notes.elements("option")]


def test_a_merged_point_stands_behind_the_first_not_beside_it(house: House, client: Client) -> None:
    with transaction():
        row = factories.submission(house.meeting)
        first, second = (_point_of(house, row, number) for number in (1, 2))
        db.session.flush()
        second.merged_into_id = first.id
    draft = client.page(f"{house.url}/report/")
    assert [text_of(e) for e in draft.elements("a") if "/points/" in e.get("href", "")] == ["Point 1"]


def _point_of(house: House, row: Submission, number: int) -> Point:
    point = Point(
        meeting_id=house.meeting.id,
        uid=f"p{number}",
        submission_id=row.id,
        position=number,
        kind="point",
        text="that money was short",
        themes=["Funding"],
    )
    db.session.add(point)
    return point
