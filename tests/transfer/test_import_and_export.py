"""A meeting goes from its file into the database and back, and an import destroys nothing that people did."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import MeetingFile, MeetingFileError, read, write
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.message import Event
from meetings.models.people import Organisation, Person, Registration
from meetings.models.report import Point, Report
from meetings.refusals import Refused
from meetings.transfer.commands import Imported, import_meeting
from meetings.transfer.queries import export_meeting
from tests import factories

DEMONSTRATION = sorted((Path(__file__).parents[2] / "demonstration").glob("*.yaml"))
SMALL = """
format: rostrum-meeting/1
meeting: {slug: small, title: Small, mode: online, timezone: Asia/Kathmandu,
          dates: {start: 2026-03-02, end: 2026-03-02}}
organisations:
  - {id: city, name: Demonstration City}
people:
  - {id: ana, given: Demonstration, family: Ana, organisation: city, email: ana@example.org}
  - {id: bo, given: Demonstration, family: Bo, organisation: city, email: bo@example.org}
sittings:
  - {id: morning, date: 2026-03-02, start: "09:00", end: "11:00"}
sessions:
  - {id: s1, kind: panel, title: Panel, date: 2026-03-02, start: "09:00", end: "11:00", floor: {cap_minutes: 10},
     roles: [{role: chair, person: ana}]}
  - {id: s2, kind: closing, title: Close, part_of: s1}
registrations:
  - {person: ana, status: confirmed}
floor:
  - {session: s1, person: ana, organisation: city, status: spoken, granted_seconds: 120, spoken_seconds: 118.25}
  - {session: s1, person: bo, organisation: city, status: absent, requested_at: 2026-03-02T09:10:00.5+05:45}
points:
  - {session: s1, person: ana, verb: stressed, text: the need for rain}
report: {title: Summary}
"""


def load(text: str) -> Imported:
    return import_meeting(read(text, "small.yaml"), actor=COMMAND_LINE, now=now())


def the_meeting(slug: str = "small") -> Meeting:
    return db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one()


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def empty_the_database() -> None:
    with transaction() as session:
        for table in reversed(db.metadata.sorted_tables):
            session.execute(sa.update(table).values(part_of_id=None) if table.name == "session" else sa.select(1))
            session.execute(sa.delete(table))
        session.expire_all()


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

    monkeypatch.setattr("meetings.transfer.commands.writing._write_report", fail)
    with pytest.raises(RuntimeError):
        load(SMALL)
    assert count(Meeting) == count(Person) == count(Session) == count(Event) == 0


def test_a_later_meeting_with_the_same_address_does_not_rewrite_an_earlier_one(app: Flask) -> None:
    load(SMALL)
    later = SMALL.replace("slug: small", "slug: later").replace("family: Ana", "family: Ana, function: Mayor")
    load(later)
    assert write(export_meeting("small")) == write(read(SMALL, "small.yaml"))
    assert export_meeting("later").people[0].function == "Mayor"


# Importing over a meeting ----------------------------------------------------------------------------------------


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
        sitting.teams_id, sitting.join_url = "made", "https://teams.example.org/1"
    load(SMALL)
    assert the_meeting().sittings[0].join_url == "https://teams.example.org/1"


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


def ask() -> None:
    factories.floor_request(the_meeting().sessions[0])


def note() -> None:
    meeting = the_meeting()
    db.session.add(Point(meeting_id=meeting.id, session_id=meeting.sessions[0].id, text="a new thought"))


@pytest.mark.parametrize(
    ("happened", "message"),
    [
        (open_the_floor, "The floor of “small” has been opened"),
        (give_the_floor, "The floor of “small” has been opened"),
        (edit_the_report, "The report of “small” has been edited"),
        (register, r"would be lost: registrations: 1, requests for the floor: 0, points: 0\. Export the meeting"),
        (ask, "registrations: 0, requests for the floor: 1, points: 0"),
        (note, "registrations: 0, requests for the floor: 0, points: 1"),
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


def test_what_came_since_may_be_imported_with_the_rest(app: Flask) -> None:
    load(SMALL)
    with transaction():
        register()
        ask()
        note()
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
