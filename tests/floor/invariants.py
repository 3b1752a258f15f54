"""What must hold of a floor whatever happened to it, checked from the rows alone: nothing here asks the rules.

`read` takes the rows of a session's floor; `assert_sound` looks at them as they stand, `assert_step` at what a command
(or several at once) made of them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from meetings.database import Base, db
from meetings.models.floor import Floor, FloorRequest, Statement, Turn
from meetings.models.message import Event

FORTY_FIVE_MINUTES_MS = 2_700_000
WAITING = {"requested", "called", "set_aside"}
HOLDING = {"speaking", "paused"}
OPEN = WAITING | HOLDING

REORDERING = {"floor.moved", "floor.lowered", "floor.ordered", "floor.undone"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """A floor with all that belongs to it, the rows by their ids; `last_event` is the newest line of the log."""

    floor: Row
    requests: dict[int, Row]
    turns: dict[int, Row]
    statements: dict[int, Row]
    last_event: int

    def of_status(self, *statuses: str) -> list[Row]:
        """The requests that stand so."""
        return [request for request in self.requests.values() if request["status"] in statuses]

    def waiting(self) -> list[int]:
        """The ids of those who wait, next speaker first."""
        return [each["id"] for each in sorted(self.of_status(*WAITING), key=lambda row: (row["rank"], row["id"]))]


def read(session_id: int) -> Rows:
    """The rows as they are committed now."""
    db.session.rollback()
    requests = sa.select(FloorRequest.id).where(FloorRequest.session_id == session_id)
    rows = Rows(
        floor=_rows(Floor, Floor.session_id == session_id)[0],
        requests={row["id"]: row for row in _rows(FloorRequest, FloorRequest.session_id == session_id)},
        turns={row["id"]: row for row in _rows(Turn, Turn.session_id == session_id)},
        statements={row["id"]: row for row in _rows(Statement, Statement.request_id.in_(requests))},
        last_event=newest_event(),
    )
    db.session.rollback()
    return rows


def newest_event() -> int:
    """The newest line of the log."""
    return db.session.scalar(sa.select(sa.func.max(Event.id))) or 0


def _rows(model: type[Base], condition: sa.ColumnElement[bool]) -> list[Row]:
    table = model.__table__
    query = sa.select(table).where(condition).order_by(*table.primary_key)
    return [dict(row) for row in db.session.execute(query).mappings()]


def events_after(event_id: int) -> list[Event]:
    """The lines of the log that were added after this one, in their order."""
    events = list(db.session.scalars(sa.select(Event).where(Event.id > event_id).order_by(Event.id)))
    for event in events:
        db.session.expunge(event)
    db.session.rollback()
    return events


def spent_ms(rows: Rows, now: dt.datetime) -> int:
    """The speaking time of all turns without their pauses, in milliseconds, reckoned here once more."""
    total = 0
    for turn in rows.turns.values():
        if turn["used_ms"] is None:
            until = turn["paused_at"] or now
            total += (until - turn["started_at"]) // dt.timedelta(milliseconds=1) - turn["paused_ms"]
        else:
            total += turn["used_ms"]
    return total


def assert_sound(rows: Rows) -> None:
    """What holds at every moment."""
    holding = rows.of_status(*HOLDING)
    assert len(holding) <= 1, "two have the floor"
    running = [turn for turn in rows.turns.values() if turn["used_ms"] is None]
    assert [turn["request_id"] for turn in running] == [each["id"] for each in holding], "a clock without its speaker"
    assert [turn["paused_at"] is not None for turn in running] == [each["status"] == "paused" for each in holding]
    asked = Counter(row["registration_id"] for row in rows.of_status(*OPEN) if row["registration_id"] is not None)
    assert all(number == 1 for number in asked.values()), "somebody is on the list twice"
    for turn in rows.turns.values():
        assert 0 <= turn["spent_before_ms"] < turn["spent_before_ms"] + turn["granted_ms"] <= turn["cap_ms"]
        assert turn["cap_ms"] <= FORTY_FIVE_MINUTES_MS
        assert turn["used_ms"] is None or turn["used_ms"] >= 0
    _assert_within_the_cap(rows)
    if rows.floor["closed_at"] is not None:
        assert not rows.of_status(*OPEN), "somebody waits for a floor that is closed, or has it"
        assert not rows.floor["list_open"], "a closed floor takes requests"
    assert rows.floor["chair_version"] <= rows.floor["version"]


def _assert_within_the_cap(rows: Rows) -> None:
    """What was charged when a turn was granted, corrected since or not, leaves room for its grant under the cap.

    So nothing but the overrun of the last turn takes the floor beyond its cap.
    """
    charged_ms = 0
    for turn in rows.turns.values():
        assert charged_ms + turn["granted_ms"] <= rows.floor["cap_ms"], "a correction took the floor beyond its cap"
        charged_ms += turn["used_ms"] or 0


def assert_step(before: Rows, after: Rows, events: Sequence[Event], now: dt.datetime) -> None:
    """What holds between two moments: time is never given back, the cap is kept, and all that is seen is versioned."""
    corrected = [event for event in events if event.kind == "floor.corrected"]
    assert all((event.after or {}).get("reason") for event in corrected), "a correction without a reason"
    assert before.turns.keys() <= after.turns.keys(), "a turn vanished"
    assert before.requests.keys() <= after.requests.keys(), "a request vanished"
    for turn_id, turn in before.turns.items():
        if turn["used_ms"] is not None and not corrected:
            assert after.turns[turn_id] == turn, "a turn changed after its end"
    if not corrected:
        assert spent_ms(after, now) >= spent_ms(before, now), "time was given back"
    _assert_grants(before, after, corrected=bool(corrected))
    _assert_organisations(before, after)
    if before.floor["closed_at"] is not None:
        assert after.floor["closed_at"] == before.floor["closed_at"], "a closed floor opened again"
    _assert_order(before, after, events)
    _assert_told(before, after, events)


def _assert_order(before: Rows, after: Rows, events: Sequence[Event]) -> None:
    """The list never changes its order by itself: somebody moves it, and whoever is called goes to its front."""
    if REORDERING & {event.kind for event in events}:
        return
    called = {event.target for event in events if event.kind == "floor.call"}
    earlier, later = ([each for each in rows.waiting() if f"request:{each}" not in called] for rows in (before, after))
    stayed = set(earlier) & set(later)
    assert [each for each in later if each in stayed] == [each for each in earlier if each in stayed]


def _assert_grants(before: Rows, after: Rows, *, corrected: bool) -> None:
    for turn_id, turn in after.turns.items():
        if turn_id not in before.turns:
            earlier = [each["used_ms"] for each in after.turns.values() if each["id"] < turn_id]
            assert corrected or turn["spent_before_ms"] == sum(earlier), "a grant that rests on a wrong sum"
            assert before.floor["closed_at"] is None, "the floor was given after it had closed"
            assert turn["cap_ms"] == after.floor["cap_ms"]


def _assert_organisations(before: Rows, after: Rows) -> None:
    """Lowering the number takes nobody off the list; nobody may join above it."""
    listed, earlier = (
        Counter(row["organisation_id"] for row in rows.of_status(*OPEN) if row["registration_id"] is not None)
        for rows in (after, before)
    )
    allowed = max(before.floor["per_organisation"], after.floor["per_organisation"])
    for organisation_id, number in listed.items():
        if organisation_id is not None:
            assert number <= max(allowed, earlier[organisation_id]), "an organisation is on the list too often"


def _assert_told(before: Rows, after: Rows, events: Sequence[Event]) -> None:
    """The version rises with each change, the log has a line for each, and nothing is logged that was not done."""
    quiet = {"version": None, "chair_version": None}
    same = (before.floor | quiet, before.requests, before.turns, before.statements) == (
        after.floor | quiet,
        after.requests,
        after.turns,
        after.statements,
    )
    if same and not events:
        assert after.floor == before.floor, "the version rose with nothing changed"
        return
    kinds = [event.kind for event in events]
    # Who let others go first may have put back what a move had changed: then its undoing moves nobody, and is done.
    assert not same or kinds == ["floor.undone"], f"logged, but nothing changed: {kinds}"
    assert events, "something changed that is not in the log"
    assert after.floor["version"] > before.floor["version"], "a change that nobody is told of"
    versions = [(event.after or {})["version"] for event in events]
    assert before.floor["version"] < versions[0]
    assert versions == sorted(versions)
    assert versions[-1] == after.floor["version"]
    for request_id, request in after.requests.items():
        earlier = before.requests.get(request_id)
        if earlier is None or earlier["status"] != request["status"]:
            lines = [event for event in events if event.target == f"request:{request_id}"]
            assert lines, "a request changed its state without a line in the log"
            assert (lines[-1].after or {})["status"] == request["status"]
