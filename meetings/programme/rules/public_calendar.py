"""How the public calendar follows a programme from version to version (RFC 5545, 3.8.7)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from exports.calendar_data import CalendarEntry


def follow(versions: Iterable[tuple[dt.datetime, Sequence[CalendarEntry]]]) -> list[CalendarEntry]:
    """The entries of the newest version, as somebody knows them who has read every version since the first.

    `versions` are the instants of publishing with the entries, the oldest first. SEQUENCE rises and LAST-MODIFIED
    follows where anything shown has changed, and only there. What a version dropped while it was still to come stays,
    as cancelled: programs that only add would keep it, and people would wonder where it has gone.
    """
    known: dict[str, CalendarEntry] = {}
    newest: list[str] = []
    for published_at, entries in versions:
        newest = [each.uid for each in entries]
        for each in entries:
            known[each.uid] = _next(known.get(each.uid), each, published_at)
        for uid, before in known.items():
            if uid not in newest and before.status != "CANCELLED":
                known[uid] = _next(before, replace(before, status="CANCELLED"), published_at)
    gone = [uid for uid, each in known.items() if uid not in newest and each.end > each.stamp]
    return sorted((known[uid] for uid in (*newest, *gone)), key=lambda each: (each.start, each.uid))


def _next(before: CalendarEntry | None, now: CalendarEntry, at: dt.datetime) -> CalendarEntry:
    """An entry under the sequence and instant that are right for whoever knows the one before."""
    if before is None:
        return replace(now, stamp=at, last_modified=at)
    same = replace(now, sequence=before.sequence, stamp=before.stamp, last_modified=before.last_modified)
    if same == before:
        return before
    return replace(now, sequence=max(now.sequence, before.sequence + 1), stamp=at, last_modified=at)
