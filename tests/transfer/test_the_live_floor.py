"""The settings of a floor, and what participants say when they ask for it, go into the database and back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import MeetingFileError, read, write
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor, FloorRequest, Statement
from meetings.transfer.commands import import_meeting
from meetings.transfer.queries import export_meeting
from meetings.transfer.rules import shift_to
from tests.transfer.small import SMALL, count, empty_the_database, load

# Every key that a floor or an entry may have, each with another value than its default.
SETTINGS = (
    "cap_minutes: 10, warning_seconds: 20, asking_opens: 2026-02-20T09:00, asking_closes: 2026-03-02T08:30,"
    " max_requests: 60, per_organisation: 2, policy: quotas, priority: true, draw_seed: seven, limit_seconds: 90,"
    " quotas: {other_stakeholders: 0, states: 3}, limits_seconds: {academia: 60, states: 180}"
)
ENTRIES = """
  - {session: s1, person: bo, organisation: city, capacity: joint, on_behalf_of: Three cities, dignitary: true,
     substitute: Demonstration Colleague, seat: row 3, topic: "水", requested_at: 2026-03-02T09:10:00+05:45,
     statement: {delivery: as_delivered, text: "Eau d’abord.\\n\\nالماء", for_record: true,
                 filed_at: 2026-03-02T10:10:00.125+05:45}}
  - {session: s1, person: ana, organisation: city, capacity: national, status: declined, reason: Asked twice,
     requested_at: 2026-03-02T09:11:00+05:45, statement: {text: Water first}}
  - {session: s1, status: not_reached, capacity: organisation, on_behalf_of: its members}
"""
LIVE = SMALL.replace("{cap_minutes: 10}", "{" + SETTINGS + "}").replace("floor:\n", "floor:" + ENTRIES, 1)


def test_all_that_the_live_floor_knows_comes_back(app: Flask) -> None:
    load(LIVE)
    exported = export_meeting("small")
    by_bo, by_ana, of_nobody = (entry for entry in exported.floor if entry.status != "spoken" and not_absent(entry))
    file = read(LIVE, "live.yaml")
    assert exported.sessions == file.sessions
    assert [by_bo, by_ana, of_nobody] == file.floor[:3]
    text = write(exported)
    empty_the_database()
    load(text)
    assert write(export_meeting("small")) == text


clock = dt.datetime.fromisoformat


def not_absent(entry: object) -> bool:
    return getattr(entry, "status", "") != "absent"


def test_a_floor_of_a_file_works_as_the_file_says(app: Flask) -> None:
    load(LIVE)
    floor = db.session.scalars(sa.select(Floor)).one()
    assert (floor.asking_opens, floor.asking_closes) == (clock("2026-02-20T09:00"), clock("2026-03-02T08:30"))
    assert (floor.limit_ms, floor.limits_ms, floor.warning_ms) == (
        90_000,
        {"states": 180_000, "academia": 60_000},
        20_000,
    )
    assert (floor.policy, floor.priority, floor.draw_seed) == ("quotas", True, "seven")
    assert (floor.quotas, floor.max_requests, floor.per_organisation) == ({"states": 3, "other_stakeholders": 0}, 60, 2)
    requests = db.session.scalars(sa.select(FloorRequest).order_by(FloorRequest.rank)).all()
    assert [row.capacity for row in requests] == ["joint", "national", "organisation", "organisation", "organisation"]
    assert (requests[0].dignitary, requests[0].substitute, requests[0].seat) == (
        True,
        "Demonstration Colleague",
        "row 3",
    )
    assert requests[1].reason == "Asked twice"
    statements = db.session.scalars(sa.select(Statement).order_by(Statement.id)).all()
    assert [(row.delivery, row.for_record, row.words) for row in statements] == [
        ("as_delivered", True, 3),
        ("check_against_delivery", False, 2),
    ]
    assert statements[0].filed_at == dt.datetime(2026, 3, 2, 4, 25, 0, 125_000, dt.UTC)
    assert statements[1].filed_at == requests[1].requested_at


def test_who_is_said_to_speak_for_others_makes_a_joint_statement(app: Flask) -> None:
    load(SMALL.replace("status: absent", "on_behalf_of: Two cities, status: absent"))
    assert sorted(db.session.scalars(sa.select(FloorRequest.capacity))) == ["joint", "organisation"]
    assert "capacity" not in write(export_meeting("small"))


def test_a_file_without_the_new_keys_is_written_without_them(app: Flask) -> None:
    load(SMALL)
    written = write(export_meeting("small"))
    assert (
        "    floor:\n      cap_minutes: 10\n      limit_seconds: 120\n      minimum_seconds: 30\n    roles:" in written
    )
    for key in ("capacity", "dignitary", "substitute", "seat", "reason", "statement", "policy", "warning"):
        assert f"{key}" not in written


def test_times_of_a_statement_are_written_in_the_zone_of_the_meeting_and_windows_on_its_clock(app: Flask) -> None:
    load(LIVE)
    written = write(export_meeting("small"))
    assert "      filed_at: 2026-03-02T10:10:00.125+05:45\n" in written
    assert '      asking_opens: "2026-02-20T09:00"\n' in written


def test_categories_are_written_in_their_order(app: Flask) -> None:
    load(LIVE)
    written = write(export_meeting("small"))
    assert "      limits_seconds:\n        states: 180\n        academia: 60\n" in written
    assert "      quotas:\n        states: 3\n        other_stakeholders: 0\n" in written


def test_a_limit_over_a_cap_that_was_lowered_since_still_makes_a_readable_file(app: Flask) -> None:
    load(LIVE)
    with transaction():
        floor = db.session.scalars(sa.select(Floor)).one()
        floor.cap_ms, floor.minimum_ms = 120_000, 75_500
    exported = export_meeting("small").sessions[0].floor
    assert exported is not None
    assert exported.limits_seconds == {"states": 120, "academia": 76}
    assert exported.minimum_seconds == 76


def test_a_shifted_meeting_takes_its_windows_and_statements_along() -> None:
    file = shift_to(read(LIVE, "live.yaml"), dt.date(2026, 7, 1))
    floor, statement = file.sessions[0].floor, file.floor[0].statement
    assert floor is not None
    assert statement is not None
    assert (floor.asking_opens, floor.asking_closes) == (clock("2026-06-21T09:00"), clock("2026-07-01T08:30"))
    assert statement.filed_at == dt.datetime(2026, 7, 1, 10, 10, 0, 125_000, ZoneInfo("Asia/Kathmandu"))


MISTAKES = (
    LIVE.replace("states: 180}", "states: 660}")
    .replace("policy: quotas", "policy: loudest")
    .replace("asking_closes: 2026-03-02T08:30", "asking_closes: 2026-02-19T08:30")
    .replace("other_stakeholders: 0", "others: 1")
    .replace("on_behalf_of: Three cities, ", "")
    .replace("delivery: as_delivered", "delivery: sung")
)


def test_a_file_with_mistakes_in_the_floor_names_them_all_and_writes_nothing(app: Flask) -> None:
    with pytest.raises(MeetingFileError) as caught:
        load(MISTAKES)
    assert [str(problem).partition(":")[0] for problem in caught.value.problems] == [
        "sessions[0].floor.policy",
        "sessions[0].floor.quotas.others",
        "sessions[0].floor.asking_closes",
        "sessions[0].floor.limits_seconds.states",
        "floor[0].statement.delivery",
        "floor[0].on_behalf_of",
    ]
    assert count(Floor) == count(Statement) == 0


def test_importing_over_a_meeting_replaces_the_settings_and_the_statements(app: Flask) -> None:
    load(LIVE)
    changed = LIVE.replace("policy: quotas, priority: true, ", "").replace(
        "{delivery: as_delivered", "{for_record: false"
    )
    changed = changed.replace("for_record: true,\n", "\n")
    load(changed)
    floor = db.session.scalars(sa.select(Floor)).one()
    assert (floor.policy, floor.priority, floor.version) == ("first_come", False, 2)
    statements = db.session.scalars(sa.select(Statement).order_by(Statement.id)).all()
    assert [(row.delivery, row.for_record) for row in statements] == [("check_against_delivery", False)] * 2
    before = export_meeting("small")
    import_meeting(before, actor=COMMAND_LINE, now=now())
    assert export_meeting("small") == before
