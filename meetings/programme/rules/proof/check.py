"""All checks over a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from meetings.programme.rules.proof import (
    arrangements,
    interpretation,
    links,
    people,
    symbols,
    times,
    weekdays,
    zones,
)
from meetings.programme.rules.proof.facts import Facts
from meetings.programme.rules.proof.finding import Check, Finding, Severity

# Each function with the checks that it makes, in the order in which they are told.
_MADE_BY: Final[dict[Callable[[Facts], Iterator[Finding]], tuple[Check, ...]]] = {
    times.overlaps: (times.OVERLAP,),
    times.people_twice: (times.PERSON_TWICE,),
    people.declined: (people.DECLINED,),
    times.outside: (times.OUTSIDE_SITTING, times.NO_SITTING),
    times.parts: (times.PARTS_TOO_LONG, times.PART_OUTSIDE),
    times.floors: (times.FLOOR_TOO_LONG,),
    interpretation.slots: (interpretation.SLOT,),
    weekdays.weekdays: (weekdays.WEEKDAY,),
    weekdays.impossible_days: (weekdays.NO_SUCH_DAY,),
    zones.misnamed: (zones.ZONE_WRONG,),
    zones.clock_changes: (zones.CLOCK_CHANGE_WITHIN, zones.CLOCK_CHANGE),
    arrangements.join_links: (arrangements.NO_JOIN_LINK,),
    links.dead: (links.DEAD_LINK,),
    links.misspelt_hosts: (links.MISSPELT_HOST,),
    links.similar_hosts: (links.SIMILAR_HOSTS,),
    symbols.mismatches: (symbols.SYMBOL_LINK,),
    times.gaps: (times.GAP,),
    zones.unnamed: (zones.ZONE_MISSING,),
    people.leaderless: (people.NO_MODERATOR,),
    people.unanswered: (people.UNANSWERED,),
    people.one_gender: (people.ONE_GENDER,),
    arrangements.accessibility: (arrangements.ACCESSIBILITY,),
    arrangements.rooms: (arrangements.NO_ROOM,),
    arrangements.names: (arrangements.SAME_NAME,),
    symbols.hosts: (symbols.SYMBOL_HOSTS,),
    symbols.twice: (symbols.SYMBOL_TWICE,),
    links.unencrypted: (links.NOT_ENCRYPTED,),
}
_ALL: Final = tuple(check for checks in _MADE_BY.values() for check in checks)
# Those of what cannot be right first.
CHECKS: Final = tuple(check for severity in Severity for check in _ALL if check.severity == severity)


def findings(facts: Facts) -> list[Finding]:
    """Everything that an organiser should look at, what to mend first at the top; nothing for a sound programme."""
    found: dict[str, Finding] = {}
    for made in _MADE_BY:
        for each in made(facts):
            found.setdefault(each.name, each)  # the same words at two places of a text are mended together
    places = {check.id: place for place, check in enumerate(CHECKS)}
    return sorted(found.values(), key=lambda each: places[each.check.id])
