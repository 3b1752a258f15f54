"""Importing over a meeting replaces its content, keeps its identity, and destroys nothing that people did."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import MeetingFile, read, write
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor, FloorRequest, Statement, Turn
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import CalendarEntry, Organisation, Person, Registration
from meetings.models.report import Point, Report
from meetings.people.commands import correct, decide
from meetings.people.queries import particulars_of
from meetings.refusals import Refused
from meetings.transfer.commands import import_meeting
from meetings.transfer.queries import export_meeting
from tests import factories
from tests.transfer.small import SMALL, count, load, the_meeting


def test_importing_again_replaces_the_content(app: Flask) -> None:
    load(SMALL)
    changed = (
        SMALL.replace("title: Small", "title: Larger")
        .replace("family: Bo", "family: Bodil")
        .replace("  - {id: s2, kind: closing, title: Close, part_of: s1}\n", "")
    )
    imported = load(changed)
    assert imported.replaced
    assert export_meeting("small") == read(changed, "small.yaml")
    assert count(Meeting) == 1


def test_replacing_keeps_the_identity_of_what_stays(app: Flask) -> None:
    load(SMALL)
    before = {
        model: sorted(db.session.scalars(sa.select(model.id)))
        for model in (Meeting, Session, Sitting, Person, Organisation, Registration)
    }
    load(SMALL)
    after = {model: sorted(db.session.scalars(sa.select(model.id))) for model in before}
    assert after == before


def test_replacing_raises_the_versions_that_open_pages_hold(app: Flask) -> None:
    load(SMALL)
    versions = (
        the_meeting().version,
        the_meeting().sessions[0].version,
        db.session.scalars(sa.select(Floor)).one().version,
    )
    load(SMALL)
    assert versions == (1, 1, 1)
    raised = (
        the_meeting().version,
        the_meeting().sessions[0].version,
        db.session.scalars(sa.select(Floor)).one().version,
    )
    assert raised == (2, 2, 2)


def test_two_people_may_exchange_their_addresses(app: Flask) -> None:
    load(SMALL)
    load(SMALL.replace("ana@", "x@").replace("bo@", "ana@").replace("x@", "bo@"))
    assert [person.email for person in export_meeting("small").people] == ["bo@example.org", "ana@example.org"]


def test_a_published_meeting_stays_published(app: Flask) -> None:
    load(SMALL)
    with transaction():
        the_meeting().published_at = now()
    load(SMALL)
    assert the_meeting().published_at is not None


def test_replacing_keeps_a_link_that_teams_made_since(app: Flask) -> None:
    load(SMALL)
    with transaction():
        sitting = the_meeting().sittings[0]
        sitting.teams_id, sitting.teams_state, sitting.join_url = "1", "made", "https://teams.example.org/1"
    load(SMALL)
    assert the_meeting().sittings[0].join_url == "https://teams.example.org/1"
    load(SMALL.replace('end: "11:00"}', 'end: "11:00", join_url: https://teams.example.org/former}', 1))
    assert the_meeting().sittings[0].join_url == "https://teams.example.org/1"


def test_replacing_keeps_a_link_that_was_pasted_since_unless_the_file_has_another(app: Flask) -> None:
    load(SMALL)
    with transaction():
        the_meeting().sittings[0].join_url = "https://example.org/pasted"
    load(SMALL)
    assert the_meeting().sittings[0].join_url == "https://example.org/pasted"
    load(SMALL.replace('end: "11:00"}', 'end: "11:00", join_url: https://example.org/other}', 1))
    assert the_meeting().sittings[0].join_url == "https://example.org/other"


def test_history_that_came_with_a_file_may_be_imported_again(app: Flask) -> None:
    load(SMALL)
    load(SMALL)
    assert count(Turn) == 1


def open_the_floor() -> None:
    db.session.scalars(sa.select(Floor)).one().opened_at = now()


def give_the_floor() -> None:
    db.session.scalars(sa.select(Turn)).one().started_at = now()


def edit_the_report() -> None:
    report = db.session.get(Report, the_meeting().id)
    assert report is not None
    report.edited_at = now()


def register() -> None:
    meeting = the_meeting()
    factories.registration(meeting, factories.person(meeting))


def the_registration() -> Registration:
    return db.session.scalars(sa.select(Registration)).one()


def decline() -> None:
    row = the_registration()
    decide(meeting_id=row.meeting_id, registrations=[row.id], decision="decline", actor=COMMAND_LINE, now=now())


def correct_it() -> None:
    row = the_registration()
    to = replace(particulars_of(row), accessibility="Captions")
    correct(registration_id=row.id, version=row.version, to=to, actor=COMMAND_LINE, now=now())


def invite_and_change() -> None:
    row = the_registration()
    entry = CalendarEntry(
        person_id=row.person_id, uid="u", state="invited", fingerprint="f", starts_at=now(), ends_at=now()
    )
    db.session.add(entry)
    row.status = "withdrawn"


def link() -> None:
    add_sitting(the_meeting(), join_url="https://example.org/j")


def ask_teams() -> None:
    add_sitting(the_meeting(), teams_state="asked")


def add_sitting(meeting: Meeting, **values: str) -> None:
    factories.sitting(meeting, start=dt.time(15), end=dt.time(18), **values)


def ask() -> None:
    factories.floor_request(the_meeting().sessions[0])


def file_a_statement() -> None:
    factories.statement(the_request("bo"), text="Water first.")


def the_request(of: str) -> FloorRequest:
    query = sa.select(FloorRequest).join(FloorRequest.person).where(Person.key == of)
    return db.session.scalars(query).one()


def note() -> None:
    meeting = the_meeting()
    db.session.add(Point(meeting_id=meeting.id, session_id=meeting.sessions[0].id, text="a new thought"))


@pytest.mark.parametrize(
    ("happened", "message"),
    [
        (open_the_floor, "The floor of “small” has been opened"),
        (give_the_floor, "The floor of “small” has been opened"),
        (edit_the_report, "The report of “small” has been edited"),
        (
            register,
            r"would be lost: registrations: 1, .* them: 0, .* floor: 0, .*, points: 0, .* link: 0\. Export the meet",
        ),
        (ask, "floor: 1, statements: 0, points: 0"),
        (file_a_statement, "floor: 0, statements: 1, points: 0"),
        (note, "floor: 0, statements: 0, points: 1"),
        (decline, "registrations: 0, decisions on registrations and corrections of them: 1"),
        (correct_it, "corrections of them: 1"),
        (invite_and_change, "corrections of them: 1"),
        (link, "sittings with a join link: 1"),
        (ask_teams, "sittings with a join link: 1"),
    ],
)
def test_an_import_that_would_destroy_what_people_did_is_refused(
    app: Flask, happened: Callable[[], None], message: str
) -> None:
    load(SMALL)
    with transaction():
        happened()
    before = write(export_meeting("small"))
    with pytest.raises(Refused, match=message):
        load(SMALL.replace("title: Small", "title: Larger"))
    db.session.rollback()
    assert write(export_meeting("small")) == before


@pytest.mark.parametrize("happened", [correct_it, invite_and_change])
def test_a_registration_that_was_used_on_screen_is_not_left_out(app: Flask, happened: Callable[[], None]) -> None:
    load(SMALL)
    with transaction():
        happened()
    with pytest.raises(Refused, match="lost: registrations: 1, decisions on registrations and corrections of them: 0"):
        load(SMALL.replace("  - {person: ana, status: confirmed}", "  []"))
    db.session.rollback()
    assert count(Registration) == 1


def test_a_registration_that_nobody_touched_follows_the_file(app: Flask) -> None:
    load(SMALL)
    load(SMALL.replace("status: confirmed", "status: pending"))
    assert the_registration().status == "pending"
    load(SMALL.replace("  - {person: ana, status: confirmed}", "  []"))
    assert count(Registration) == 0


def test_what_came_since_may_be_imported_with_the_rest(app: Flask) -> None:
    load(SMALL)
    with transaction():
        correct_it()
        register()
        ask()
        file_a_statement()
        note()
        link()
    with_the_rest: MeetingFile = export_meeting("small")
    import_meeting(with_the_rest, actor=COMMAND_LINE, now=now())
    assert export_meeting("small") == with_the_rest


def test_a_removed_point_is_neither_exported_nor_in_the_way(app: Flask) -> None:
    load(SMALL)
    with transaction():
        note()
        db.session.scalars(sa.select(Point).where(Point.text == "a new thought")).one().removed_at = now()
    assert [point.text for point in export_meeting("small").points] == ["the need for rain"]
    load(SMALL)


# Files that were sent as statements ------------------------------------------------------------------------------

PDF = {"file_name": "eau.pdf", "file_type": "pdf", "size": 5, "content": b"%PDF-", "words": None}


@pytest.mark.parametrize("typed", [None, "Water first."])
def test_a_file_that_was_sent_is_not_in_the_file_and_not_lost(app: Flask, typed: str | None) -> None:
    load(SMALL)
    with transaction():
        factories.statement(the_request("bo"), text=typed, **PDF)
        asked = the_request("bo").id
    exported = export_meeting("small")
    assert [entry.statement and entry.statement.text for entry in exported.floor] == [None, typed]
    import_meeting(exported, actor=COMMAND_LINE, now=now())
    assert export_meeting("small") == exported
    row = db.session.scalars(sa.select(Statement)).one()
    assert (row.request_id, row.text, row.file_name, row.content) == (asked, typed, "eau.pdf", b"%PDF-")


def test_a_request_kept_for_its_file_is_not_in_the_way_of_a_newer_one(app: Flask) -> None:
    """Bo's request with the file is withdrawn in the file, and Bo waits anew, further up."""
    load(SMALL)
    with transaction():
        row = the_request("bo")
        factories.statement(row, **PDF)
        row.registration = factories.registration(the_meeting(), row.person)
        row.status = "requested"
    exported = export_meeting("small")
    [first, second] = exported.floor
    again = second.model_copy(update={"requested_at": None})
    withdrawn = second.model_copy(update={"status": "withdrawn"})
    changed = exported.model_copy(update={"floor": [first, again, withdrawn]})
    import_meeting(changed, actor=COMMAND_LINE, now=now())
    assert export_meeting("small") == changed
    assert db.session.scalars(sa.select(Statement)).one().content == b"%PDF-"
