"""The log of one session's floor as a workbook: what came of each request, and everything that happened, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from exports.workbook import Cell, Column, Sheet, Table, xlsx_bytes


@dataclass(frozen=True, slots=True)
class Record:
    """What came of request `number`; durations over all its turns, None where there was none. `by` gave the floor."""

    number: int
    name: str
    organisation: str
    status: str
    requested: datetime | None
    called: datetime | None
    started: datetime | None
    ended: datetime | None
    paused: timedelta | None
    granted: timedelta | None
    used: timedelta | None
    overrun: timedelta | None
    by: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the log: what was done, by whom, to whose request (empty for the floor itself), and the facts."""

    at: datetime
    what: str
    by: str
    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class FloorLog:
    """The log of one session. `zone` is the IANA zone of every time in the workbook."""

    meeting: str
    session: str
    zone: str
    records: Sequence[Record]
    happenings: Sequence[Happening]


# Headed as the page of the log heads them.
_RECORDS = (
    Column("Number", 9, "whole"),
    Column("Speaker", 28),
    Column("Organization", 32),
    Column("State", 22),
    Column("Asked", 20, "instant"),
    Column("Called", 20, "instant"),
    Column("Began", 20, "instant"),
    Column("Ended", 20, "instant"),
    Column("Paused", 9, "duration"),
    Column("Given", 9, "duration"),
    Column("Used", 9, "duration"),
    Column("Over time", 9, "duration"),
    Column("Given by", 28),
)
_HAPPENINGS = (
    Column("When", 20, "instant"),
    Column("What", 30),
    Column("Whose request", 28),
    Column("By whom", 28),
    Column("Facts", 60),
)


def floor_log_xlsx(log: FloorLog, *, made: datetime) -> bytes:
    """log.xlsx: a sheet of the requests with the total of their times, and a sheet of the log."""
    heading = f"{log.session}, {log.meeting}; all times in {log.zone}"
    total: list[Cell] = [
        None,
        "All requests",
        *[None] * 7,
        _sum(log, "granted"),
        _sum(log, "used"),
        _sum(log, "overrun"),
        None,
    ]
    requests = Table(_RECORDS, [_record(each) for each in log.records], total)
    happened = Table(_HAPPENINGS, [(each.at, each.what, each.name, each.by, each.facts) for each in log.happenings])
    sheets = (Sheet("Requests", (heading,), (requests,)), Sheet("Log", (heading,), (happened,)))
    return xlsx_bytes(sheets, title=f"Log of the floor: {log.session}", zone=log.zone, made=made)


def _sum(log: FloorLog, duration: str) -> timedelta:
    return sum((getattr(each, duration) or timedelta() for each in log.records), timedelta())


def _record(each: Record) -> list[Cell]:
    return [
        each.number, each.name, each.organisation, each.status, each.requested, each.called, each.started,
        each.ended, each.paused, each.granted, each.used, each.overrun, each.by,
    ]  # fmt: skip
