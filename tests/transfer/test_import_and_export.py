"""A meeting goes from its file into the database and back, whole or not at all."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import MeetingFileError, read, write
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor, FloorRequest, Statement, Turn
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.message import Event
from meetings.models.people import Organisation, Person, Registration
from meetings.models.report import DraftParagraph, LedgerEntry, Point, Report
from meetings.refusals import Refused
from meetings.transfer import columns
from meetings.transfer.commands import import_meeting, writing
from meetings.transfer.queries import export_meeting
from tests import factories
from tests.transfer.small import SMALL, count, empty_the_database, load, the_meeting

DEMONSTRATION = sorted((Path(__file__).parents[2] / "demonstration").glob("*.yaml"))


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: path.stem)
def test_a_demonstration_meeting_comes_back_byte_for_byte(app: Flask, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = read(text, path.name)
    import_meeting(file, actor=COMMAND_LINE, now=now())
    first = write(export_meeting(file.meeting.slug))
    assert first == text
    empty_the_database()
    import_meeting(read(first, "again.yaml"), actor=COMMAND_LINE, now=now())
    assert write(export_meeting(file.meeting.slug)) == first


def test_all_of_a_small_meeting_comes_back(app: Flask) -> None:
    load(SMALL)
    assert export_meeting("small") == read(SMALL, "small.yaml")


def test_an_unknown_slug_is_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="no meeting “nowhere”"):
        export_meeting("nowhere")


def test_a_new_meeting_is_a_draft_and_its_import_is_logged(app: Flask) -> None:
    imported = load(SMALL)
    assert not imported.replaced
    assert the_meeting().published_at is None
    event = db.session.scalars(sa.select(Event)).one()
    assert (event.kind, event.actor, event.meeting_id) == ("meeting.imported", "command line", imported.meeting_id)


@pytest.mark.parametrize(("days_after", "still_open"), [(0, True), (1, False)])
def test_nobody_can_ask_for_the_floor_of_a_meeting_that_was_over_when_imported(
    app: Flask, days_after: int, still_open: bool
) -> None:
    file = read(SMALL, "small.yaml")
    assert file.meeting.dates.end is not None
    noon = dt.datetime.combine(file.meeting.dates.end, dt.time(12), ZoneInfo(file.meeting.timezone))
    import_meeting(file, actor=COMMAND_LINE, now=noon + dt.timedelta(days=days_after))
    assert set(db.session.scalars(sa.select(Floor.list_open))) == {still_open}


def test_the_turns_of_a_file_stand_under_the_cap(app: Flask) -> None:
    load(
        SMALL.replace("points:", "  - {session: s1, status: spoken, granted_seconds: 60, spoken_seconds: 61}\npoints:")
    )
    turns = db.session.scalars(sa.select(Turn).order_by(Turn.id)).all()
    assert [(turn.cap_ms, turn.spent_before_ms, turn.granted_ms, turn.used_ms) for turn in turns] == [
        (600_000, 0, 120_000, 118_250),
        (600_000, 118_250, 60_000, 61_000),
    ]


def test_a_request_of_the_file_belongs_to_the_registration_of_its_person(app: Flask) -> None:
    load(SMALL)
    requests = db.session.scalars(sa.select(FloorRequest).order_by(FloorRequest.rank)).all()
    assert requests[0].registration is not None
    assert requests[0].registration.person.key == "ana"
    assert requests[1].registration is None


EIGHT_MISTAKES = """
format: rostrum-meeting/1
meeting: {slug: broken, title: Broken, mode: online, timezone: Mars/Olympus,
          dates: {start: 2026-03-02, end: 2026-03-02}}
organisations:
  - {id: city, name: Demonstration City, colour: blue}
people:
  - {id: ana, organisation: town, email: not-an-address}
sessions:
  - {id: s1, kind: panel, title: Panel, date: 2026-03-03, start: "11:00", end: "10:00", floor: {cap_minutes: 60}}
registrations:
  - {person: bo, status: perhaps}
"""


def test_a_file_with_eight_mistakes_names_them_all_and_writes_nothing(app: Flask) -> None:
    with pytest.raises(MeetingFileError) as caught:
        load(EIGHT_MISTAKES)
    assert [str(problem).partition(":")[0] for problem in caught.value.problems] == [
        "meeting.timezone",
        "organisations[0].colour",
        "people[0].email",
        "people[0].organisation",
        "sessions[0].floor.cap_minutes",
        "sessions[0].end",
        "sessions[0].date",
        "registrations[0].status",
        "registrations[0].person",
    ]
    assert count(Meeting) == count(Event) == count(Person) == 0


def test_an_import_that_fails_halfway_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(writing, "write_report", fail)
    with pytest.raises(RuntimeError):
        load(SMALL)
    assert count(Meeting) == count(Person) == count(Session) == count(Event) == 0


def test_a_later_meeting_with_the_same_address_does_not_rewrite_an_earlier_one(app: Flask) -> None:
    load(SMALL)
    later = SMALL.replace("slug: small", "slug: later").replace("family: Ana", "family: Ana, function: Mayor")
    load(later)
    assert write(export_meeting("small")) == write(read(SMALL, "small.yaml"))
    assert export_meeting("later").people[0].function == "Mayor"


def test_two_imports_of_a_new_meeting_at_once_leave_one_whole_meeting(app: Flask) -> None:
    def start(_: int) -> str:
        with app.app_context():
            try:
                return "replaced" if load(SMALL).replaced else "new"
            except Refused as refused:
                return str(refused)

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(start, range(2)))
    assert "new" in outcomes
    assert set(outcomes) <= {"new", "replaced", "A meeting “small” was made just now. Try again."}
    assert outcomes != ["new", "new"]
    assert export_meeting("small") == read(SMALL, "small.yaml")


# What the screen knows and the file does not ---------------------------------------------------------------------


def test_a_floor_in_progress_is_exported_as_it_stands(app: Flask) -> None:
    """Who speaks, was called or lost the connection still waits; what was used so far is charged."""
    load(SMALL)
    with transaction():
        session = the_meeting().sessions[0]
        instant = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
        interrupted = factories.floor_request(session, status="set_aside", requested_at=instant, rank=0)
        speaking = factories.floor_request(session, status="speaking", requested_at=instant, rank=50)
        factories.floor_request(session, status="called", requested_at=instant, rank=-1)
        for request, used, before in ((interrupted, 30_000, 118_250), (speaking, None, 148_250)):
            db.session.add(
                Turn(
                    request_id=request.id, session_id=session.id, cap_ms=600_000, spent_before_ms=before,
                    granted_ms=120_000, used_ms=used, started_at=instant,
                )
            )  # fmt: skip
            db.session.flush()
    file = export_meeting("small")
    assert [(entry.status, entry.granted_seconds, entry.spoken_seconds) for entry in file.floor[:4]] == [
        ("spoken", 120, 118.25),
        ("requested", 120, 30),
        ("requested", None, None),
        ("absent", None, None),
    ]
    empty_the_database()
    import_meeting(file, actor=COMMAND_LINE, now=now())
    assert export_meeting("small") == file


def test_a_used_time_that_was_corrected_upwards_still_makes_a_readable_file(app: Flask) -> None:
    load(
        SMALL.replace("points:", "  - {session: s1, status: spoken, granted_seconds: 480, spoken_seconds: 60}\npoints:")
    )
    with transaction():
        db.session.scalars(sa.select(Turn).order_by(Turn.id).limit(1)).one().used_ms = 200_000
    text = write(export_meeting("small"))
    assert read(text, "small.yaml").floor[1].granted_seconds == 400


def test_what_no_file_can_hold_is_named(app: Flask) -> None:
    load(SMALL)
    with transaction():
        the_meeting().contact = "ask at the desk"
    with pytest.raises(Refused, match=r"meeting\.contact: ask at the desk is not a mail address"):
        export_meeting("small")


# Columns that a meeting file leaves out, with the reason. The others must be carried, or they would be lost.
LEFT_OUT = {
    "id": "numbers are the database's own",
    "key": "written as id",
    "position": "written as the order",
    "rank": "written as the order",
    "meeting_id": "the file is of one meeting",
    "version": "of open pages",
    "chair_version": "of open pages",
    "last_key": "found anew from the ids",
    "published_at": "an import makes a draft",
    "demonstration": "set by the loader",
    "link_serial": "of links that were sent",
    "display_serial": "of links that were sent",
    "interpreters_serial": "of links that were sent",
    "created_at": "tells what came on screen",
    "removed_at": "what was removed is not carried",
    "edited_at": "tells what came on screen",
    "list_open": "of the floor in progress",
    "opened_at": "of the floor in progress",
    "closed_at": "of the floor in progress",
    "registration_id": "follows from the person",
    "teams_id": "of Teams",
    "teams_state": "of Teams",
    "teams_error": "of Teams",
    "teams_fingerprint": "of Teams",
    "teams_lobby": "of Teams",
    "teams_presenters": "of Teams",
    "cap_ms": "written as cap_minutes",
    "limit_ms": "written as limit_seconds",
    "minimum_ms": "written as minimum_seconds",
    "limits_ms": "written as limits_seconds",
    "warning_ms": "written as warning_seconds",
    "spent_before_ms": "reckoned anew",
    "granted_ms": "written as granted_seconds",
    "used_ms": "written as spoken_seconds",
    "started_at": "of the floor in progress",
    "paused_at": "of the floor in progress",
    "paused_ms": "of the floor in progress",
    "ended_at": "of the floor in progress",
    "words": "counted anew",
    "file_name": "files are not carried",
    "file_type": "files are not carried",
    "size": "files are not carried",
    "content": "files are not carried",
    "file_text": "files are not carried",
    "serial": "of links that were sent",
    "feed_serial": "of links that were sent",
    "reminders_off": "of mails, which every installation sends for itself",
}
CARRIED_OTHERWISE = {
    "mandate_body", "mandate_resolution", "start_date", "end_date", "guiding_questions", "documents", "organisation_id",
    "person_id", "part_of_id", "sitting_id", "session_id", "submission_id", "request_id", "role", "text", "status",
    "capacity", "filed_at",
    "council_number", "council_start", "council_end", "recommendations", "uid", "merged_into_id", "consent", "answers",
    "contact_name", "contact_email",
    "consent_listed", "consent_photographed", "consent_recorded",
}  # fmt: skip


@pytest.mark.parametrize(
    ("model", "carried"),
    [
        (Meeting, columns.MEETING + columns.PLACE),
        (Organisation, columns.ORGANISATION),
        (Person, columns.PERSON),
        (Sitting, columns.SITTING),
        (Session, columns.SESSION),
        (Role, ()),
        (Registration, columns.REGISTRATION),
        (Floor, columns.FLOOR),
        (FloorRequest, columns.FLOOR_REQUEST),
        (Turn, ()),
        (Statement, columns.STATEMENT),
        (Point, columns.POINT),
        (Submission, columns.SUBMISSION),
        (CallForInputs, columns.CALL),
        (Report, columns.REPORT),
        (DraftParagraph, columns.PARAGRAPH),
        (LedgerEntry, columns.LEDGER_ENTRY),
    ],
)
def test_every_column_is_carried_or_left_out_for_a_reason(model: Any, carried: tuple[str, ...]) -> None:
    unknown = {column.key for column in sa.inspect(model).columns} - set(carried) - CARRIED_OTHERWISE - set(LEFT_OUT)
    assert unknown == set()
