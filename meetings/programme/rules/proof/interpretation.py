"""How long interpreters work without being relieved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from meetings.programme.rules.proof.facts import Facts, PlannedSitting, minutes_between
from meetings.programme.rules.proof.finding import N_, Check, Finding, Minutes, Place, Severity

# A meeting with interpretation lasts three hours: 10 a.m. to 1 p.m., or 3 to 6 p.m. (United Nations Office at Geneva,
# working hours of meetings). Who has less of a break than this between two sittings has none.
SLOT_MINUTES = 180
_BREAK_MINUTES = 15

SLOT = Check(
    "interpretation-slot", Severity.FIRST,
    N_("More than three hours in a row with interpretation"),
    N_("End the sitting earlier and begin another one after a break, or ask for a second team of interpreters."),
    N_("United Nations Office at Geneva: interpreted meetings last three hours, 10:00–13:00 or 15:00–18:00"),
)  # fmt: skip


def slots(facts: Facts) -> Iterator[Finding]:
    """Sittings for which interpretation is planned that last too long, alone or with those that follow at once."""
    planned = sorted(
        (each for each in facts.sittings if each.interpretation),
        key=lambda each: (each.date, each.room or facts.room or "", each.start),
    )
    for _where, sittings in groupby(planned, key=lambda each: (each.date, each.room or facts.room or "")):
        for first, end, count in _stretches(list(sittings)):
            minutes = minutes_between(first.start, end)
            if minutes > SLOT_MINUTES:
                alone = N_("Interpretation is planned for %(minutes)s, from %(start)s to %(end)s.")
                several = N_(
                    "Interpretation is planned for %(minutes)s, from %(start)s to %(end)s: "
                    "%(count)s sittings follow each other without a break."
                )
                yield SLOT.at(
                    Place("sitting", "end", first.key), alone if count == 1 else several,
                    minutes=Minutes(minutes), start=first.start, end=end, count=count,
                )  # fmt: skip


def _stretches(sittings: list[PlannedSitting]) -> Iterator[tuple[PlannedSitting, dt.time, int]]:
    """The stretches that sittings of one day and room make: the first sitting, the end, and how many they are."""
    first, end, count = sittings[0], sittings[0].end, 1
    for sitting in sittings[1:]:
        if minutes_between(end, sitting.start) < _BREAK_MINUTES:
            end, count = max(end, sitting.end), count + 1
            continue
        yield first, end, count
        first, end, count = sitting, sitting.end, 1
    yield first, end, count
