"""What a participant's calendar shall show, and which messages bring it there (RFC 5545, RFC 5546)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Literal

Method = Literal["REQUEST", "CANCEL"]
Kind = Literal["invitation", "update", "cancellation"]
Difference = Literal["time", "title", "place", "link", "roles"]


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
class Slot:
    """When a session is in which somebody has a role, wall clock in the meeting's zone; the link is its sitting's."""

    key: str
    date: dt.date
    start: dt.time
    end: dt.time
    title: str
    room: str | None
    join_url: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """All that one person's calendar shows of a sitting, or of a session in which they have a role.

    The instants are aware; `join_url` only for who may join. `part_of` is the meeting's title where `title` is a
    session's, and `roles` are what the person does in it, by their codes.
    """

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str
    join_url: str | None
    part_of: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a calendar was last told of an entry, and the person's answer (`partstat`) to it.

    `state` is `invited` or `cancelled`. `title` is empty, `place` and `told_at` None where it is not known.
    """

    uid: str
    sequence: int
    state: str
    fingerprint: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str = ""
    place: str | None = None
    join_url: str | None = None
    told_at: dt.datetime | None = None
    partstat: str | None = None
    answered_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One message to send. `entry` is None in a cancellation, which has the times and title told last.

    `before` is what an update changes.
    """

    kind: Kind
    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    entry: Entry | None
    before: Told | None = None

    @property
    def moved(self) -> bool:
        """Whether the times differ from those told before."""
        old = self.before
        return old is not None and (old.starts_at, old.ends_at) != (self.starts_at, self.ends_at)

    @property
    def differences(self) -> frozenset[Difference]:
        """In what an update differs from what was told before; what is not known of that is no difference."""
        old, new = self.before, self.entry
        if old is None or new is None:
            return frozenset()
        found: dict[Difference, bool] = {
            "time": self.moved,
            "title": bool(old.title) and old.title != new.title,
            "place": old.place is not None and old.place != new.place,
            "link": old.place is not None and old.join_url != new.join_url,
        }
        named = frozenset(name for name, differs in found.items() if differs)
        return named or frozenset({"roles"} if new.roles and old.place is not None else ())

    @property
    def partstat(self) -> str | None:
        """The answer that still holds: none to an invitation, nor to other times (RFC 5546, 3.2.2.1)."""
        return None if self.moved or self.before is None else self.before.partstat

    @property
    def method(self) -> Method:
        """The METHOD of RFC 5546, in the calendar and in the mail's header."""
        return "CANCEL" if self.kind == "cancellation" else "REQUEST"


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
    if not entry.part_of:
        del shown["part_of"], shown["roles"]  # sittings were told before sessions had entries: theirs hold still
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def changes(wanted: Mapping[str, Entry], told: Iterable[Told], now: dt.datetime) -> list[Change]:
    """The messages that make a calendar show what is wanted; none where it does already.

    SEQUENCE starts at 0 and rises by one with every message about an entry (RFC 5546, 2.1.4). What is over is left
    alone.
    """
    known = {each.uid: each for each in told}
    ahead = {uid: entry for uid, entry in wanted.items() if entry.ends_at > now}
    found = []
    for uid, entry in ahead.items():
        before = known.get(uid)
        invited = before is not None and before.state == "invited"
        if before is None or not invited or before.fingerprint != fingerprint(entry):
            sequence = before.sequence + 1 if before else 0
            kind: Kind = "update" if invited else "invitation"
            old = before if invited else None
            found.append(Change(kind, uid, sequence, entry.starts_at, entry.ends_at, entry.title, entry, old))
    for before in known.values():
        if before.uid not in ahead and before.state == "invited" and before.ends_at > now:
            cancelled = Change(
                "cancellation", before.uid, before.sequence + 1, before.starts_at, before.ends_at, before.title, None
            )
            found.append(cancelled)
    return found


def speaks(registration: str | None, speaker: str | None) -> bool:
    """Whether the sessions in which somebody has a role are in their calendar.

    They are once the speaker has agreed to speak. Who takes part anyway has them until they decline: being asked takes
    nothing out of a calendar.
    """
    return speaker == "confirmed" or (registration == "confirmed" and speaker in (None, "invited"))


def may_join(status: str | None, attendance: str, mode: str) -> bool:
    """Whether somebody is shown the join link: once confirmed, and where the meeting is online for them.

    In a hybrid meeting those in the room are shown it too: a train may be late.
    """
    return status == "confirmed" and (attendance == "online" or mode == "hybrid")
