"""What a participant's calendar shall show, and which messages bring it there (RFC 5545, RFC 5546)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Literal

Method = Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """When a meeting sits without a break, wall clock in its zone. `key` is the sitting's, or the day in ISO form."""

    key: str
    date: dt.date
    start: dt.time
    end: dt.time
    room: str | None = None
    join_url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """All that one person's calendar shows of a stretch. The instants are aware; `join_url` only for who may join."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str
    join_url: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a calendar was last told of an entry; `state` is `invited` or `cancelled`."""

    uid: str
    sequence: int
    state: str
    fingerprint: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One message to send. `entry` is None for a cancellation, `told` for an entry that is new to the calendar."""

    method: Method
    sequence: int
    entry: Entry | None
    told: Told | None


def days(times: Iterable[tuple[dt.date | None, dt.time | None, dt.time | None]]) -> list[Stretch]:
    """One stretch a day, from the first start to the last end: for a meeting that has sessions but no sittings."""
    known = sorted((date, start, end or start) for date, start, end in times if date and start)
    stretches = []
    for date, of_day in groupby(known, key=lambda each: each[0]):
        hours = list(of_day)
        start, end = hours[0][1], max(each[2] for each in hours)
        if start < end:
            stretches.append(Stretch(date.isoformat(), date, start, end))
    return stretches


def fingerprint(entry: Entry) -> str:
    """The same for two entries exactly when a calendar shows the same; does not depend on the reader's language."""
    shown = asdict(entry) | {"starts_at": entry.starts_at.timestamp(), "ends_at": entry.ends_at.timestamp()}
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def changes(wanted: Mapping[str, Entry], told: Iterable[Told], now: dt.datetime) -> list[Change]:
    """The messages that make a calendar show what is wanted; none where it does already.

    SEQUENCE starts at 0 and rises by one with every message about an entry (RFC 5546, 2.1.4). What is over is left
    alone.
    """
    known = {each.uid: each for each in told}
    found = []
    for uid, entry in wanted.items():
        before = known.get(uid)
        if entry.ends_at <= now or (before and before.state == "invited" and before.fingerprint == fingerprint(entry)):
            continue
        found.append(Change("REQUEST", before.sequence + 1 if before else 0, entry, before))
    for uid, before in known.items():
        gone = uid not in wanted or wanted[uid].ends_at <= now
        if gone and before.state == "invited" and before.ends_at > now:
            found.append(Change("CANCEL", before.sequence + 1, None, before))
    return found


def may_join(status: str, attendance: str, mode: str) -> bool:
    """Whether somebody is shown the join link: once confirmed, and where the meeting is online for them.

    In a hybrid meeting those in the room are shown it too: a train may be late.
    """
    return status == "confirmed" and (attendance == "online" or mode == "hybrid")
