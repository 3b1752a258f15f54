"""The call for inputs as it is written, opened, closed and published, on both databases."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import read, write
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.inputs import CallForInputs
from meetings.models.meeting import Meeting
from meetings.models.message import Event
from meetings.refusals import Refused
from meetings.report.commands import call as commands
from meetings.report.queries.call import call_page
from meetings.report.rules.call import Call, Question, State
from meetings.transfer.commands import import_meeting
from meetings.transfer.queries import export_meeting
from tests import factories
from tests.client import Client, Value
from tests.conftest import Clock
from tests.page_lint import Page, text_of
from tests.report.house import House, build
from tests.signing_in import sign_in
from tests.transfer.small import empty_the_database

QUESTIONS = "What works?\n- At home?\n- Abroad?\nWhat does not?"


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    with transaction():
        organiser = factories.account("organiser@example.org", "organiser", of=house.meeting)
    sign_in(client, organiser)
    return house


@pytest.fixture
def page(house: House) -> str:
    """The address where the call is written."""
    return f"{house.url}/organise/call-for-inputs"


def row() -> CallForInputs:
    db.session.expire_all()
    return db.session.scalars(sa.select(CallForInputs)).one()


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(Event.kind).order_by(Event.id)))


WRITTEN: dict[str, Value] = {
    "introduction": "Local governments, *tell us*.",
    "addressees": "States and local governments",
    "questions": QUESTIONS,
    "deadlines-0-partner": "OHCHR",
    "deadlines-0-at": "2025-12-15T23:59",
    "deadlines-1-partner": "UCLG المتحدة",
    "deadlines-1-at": "2025-12-30 18:00",
    "deadlines-1-timezone": "Africa/Casablanca",
    "max_words": "1500",
    "file_types": ["docx", "txt"],
    "languages": ["ar", "en"],
}


def test_a_call_is_written_with_a_deadline_for_each_partner(page: str, client: Client) -> None:
    answer = client.submit(page, WRITTEN, button="Save")
    assert "The call is saved." in answer.text
    stored = row()
    assert stored.questions == [
        {"text": "What works?", "items": ["At home?", "Abroad?"]},
        {"text": "What does not?", "items": []},
    ]
    assert stored.deadlines == [
        {"partner": "OHCHR", "at": "2025-12-15T23:59", "timezone": "Europe/Zurich"},
        {"partner": "UCLG المتحدة", "at": "2025-12-30T18:00", "timezone": "Africa/Casablanca"},
    ]
    assert (stored.max_words, stored.file_types, stored.languages) == (1500, ["docx", "txt"], ["ar", "en"])
    assert stored.opened_at is None
    assert kinds() == ["call.edited"]


def test_a_call_saved_unchanged_changes_nothing(house: House, page: str, client: Client) -> None:
    with transaction():
        factories.call_for_inputs(
            house.meeting,
            introduction="  Two\n\nparagraphs ",
            questions=[{"text": "- a hyphen", "items": ["one\ntwo"]}, {"text": " blanks ", "items": []}],
            deadlines=[{"partner": "OHCHR", "at": "2025-06-30T23:59", "timezone": "Europe/Zurich"}],
            languages=["es", "en", "pt"],
            file_types=["pdf", "docx"],
        )
    before = {c.key: getattr(row(), c.key) for c in sa.inspect(CallForInputs).columns}
    form = client.form(page, button="Save")
    assert client.send(form, form.fields, follow=False).status_code == 303
    assert {c.key: getattr(row(), c.key) for c in sa.inspect(CallForInputs).columns} == before
    assert kinds() == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"deadlines-0-partner": "OHCHR"}, "Enter day and time"),
        ({"deadlines-0-at": "2026-06-30T12:00"}, "Name the partner"),
        ({"deadlines-0-partner": "OHCHR", "deadlines-0-at": "soon"}, "not a day with a time"),
        ({"deadlines-0-partner": "O", "deadlines-0-at": "2026-03-29T02:30"}, "does not exist on that day"),
        ({"deadlines-0-partner": "O", "deadlines-0-at": "2026-10-25T02:30"}, "comes twice on that day"),
        (
            {"deadlines-0-partner": "O", "deadlines-0-at": "2026-10-25T12:00", "deadlines-0-timezone": "Mars/Base"},
            "no such time zone",
        ),
        ({"max_words": "0"}, "between 1 and 100,000"),
        ({"max_words": "many"}, "not a whole number"),
    ],
)
def test_a_wrong_call_is_told_and_what_was_typed_stays(
    page: str, client: Client, typed: dict[str, str], message: str
) -> None:
    form = client.form(page, button="Save")
    answer = client.send(form, form.filled({"introduction": "Kept", **typed}))
    assert answer.status_code == 422
    assert message in answer.text
    assert "Kept" in [text_of(e) for e in Page(answer.data).elements("textarea")]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CallForInputs)) == 0


def test_what_somebody_else_has_changed_is_shown_and_not_overwritten(
    house: House, page: str, client: Client, new_client: type[Client]
) -> None:
    other = new_client()
    house.enter(other)
    form = client.form(page, button="Save")
    other.submit(page, {"addressees": "theirs"}, button="Save")
    answer = client.send(form, form.filled({"addressees": "mine"}))
    assert answer.status_code == 409
    assert "theirs" in [text_of(e) for e in Page(answer.data).elements("dd")]
    assert row().addressees == "theirs"


def test_a_call_is_opened_closed_and_opened_again(house: House, page: str, client: Client, clock: Clock) -> None:
    client.submit(page, WRITTEN, button="Save")
    assert "Not announced" in client.page(page).text
    client.submit(page, button="Open the call")
    assert "It takes submissions until 30 Dec 2025 18:00 CET" in client.page(page).text  # 18:00 in Casablanca, too
    client.submit(page, button="Close it now")
    assert "Closed on 26 Nov 2025 10:00 CET" in client.page(page).text
    client.submit(page, button="Open it again")
    assert call_page(house.meeting.id, now()).open
    clock.set(dt.datetime(2025, 12, 30, 17, 1, tzinfo=dt.UTC))
    assert call_page(house.meeting.id, now()).state is State.OVER
    answer = client.submit(page, button="Open it again")
    assert "All deadlines are over" in answer.text
    assert kinds() == ["call.edited", "call.opened", "call.closed", "call.opened"]


def test_a_draft_meeting_has_no_open_call(house: House, page: str, client: Client) -> None:
    with transaction() as session:
        session.merge(house.meeting).published_at = None
    answer = client.submit(page, button="Open the call")
    assert "Publish the meeting first" in answer.text
    assert not call_page(house.meeting.id, now()).open


def test_opening_and_closing_twice_is_done_once(house: House) -> None:
    for command in (commands.open_call, commands.open_call, commands.close_call, commands.close_call):
        command(meeting_id=house.meeting.id, actor=COMMAND_LINE, now=now())
    assert kinds() == ["call.opened", "call.closed"]


def test_answered_questions_are_reworded_but_none_is_added(house: House) -> None:
    call = Call(questions=(Question("One?"), Question("Two?")))
    commands.edit_call(meeting_id=house.meeting.id, version=0, call=call, actor=COMMAND_LINE, now=now())
    with transaction():
        factories.submission(house.meeting)
    reworded = Call(questions=(Question("First?"), Question("Two?", ("part",))))
    assert commands.edit_call(meeting_id=house.meeting.id, version=1, call=reworded, actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused, match="add and remove none"):
        commands.edit_call(meeting_id=house.meeting.id, version=2, call=Call(), actor=COMMAND_LINE, now=now())


def test_the_public_list_is_the_organisers_to_switch_and_not_while_the_call_is_open(
    house: House, page: str, client: Client, new_client: type[Client]
) -> None:
    with transaction():
        factories.call_for_inputs(house.meeting)
        factories.submission(house.meeting, consent="named")
    public = f"{house.url}/call-for-inputs/submissions"
    visitor, rapporteur = new_client(), new_client()
    house.enter(rapporteur)
    assert visitor.get(public).status_code == 404
    assert "Preview" in client.page(public).text
    assert "Publish the submissions" not in client.page(page).text
    with pytest.raises(Refused, match="still open"):
        commands.publish_inputs(meeting_id=house.meeting.id, published=True, actor=COMMAND_LINE, now=now())
    client.submit(page, button="Close it now")
    assert "Publish the submissions" not in rapporteur.page(page).text
    client.submit(page, button="Publish the submissions")
    assert "1 submission was received." in visitor.page(public).text
    assert "Written submissions" in visitor.page(f"{house.url}/").text
    client.submit(page, button="Take the public list away")
    assert visitor.get(public).status_code == 404
    assert kinds() == ["call.closed", "inputs.published", "inputs.unpublished"]


def test_a_meeting_file_carries_the_call_and_that_its_submissions_are_published(house: House) -> None:
    deadlines = [{"partner": "OHCHR", "at": "2025-06-30T23:59", "timezone": "Europe/Zurich"}]
    with transaction():
        factories.call_for_inputs(house.meeting, deadlines=deadlines, closed_at=now())
    commands.publish_inputs(meeting_id=house.meeting.id, published=True, actor=COMMAND_LINE, now=now())
    before = call_page(house.meeting.id, now())
    file = read(write(export_meeting("here")), "here.yaml")
    empty_the_database()
    import_meeting(file, actor=COMMAND_LINE, now=now())
    after = call_page(db.session.scalars(sa.select(Meeting.id)).one(), now())
    assert after.published
    assert (after.call, after.state, after.closed_at) == (before.call, before.state, before.closed_at)
