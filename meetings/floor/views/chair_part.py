"""What the live part of the chair's page shows beside the list: the last act, the forecast, the rule, the balance."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from meetings.display import instant
from meetings.floor import rules
from meetings.floor.chair_words import policies
from meetings.floor.log_words import in_short
from meetings.floor.queries import FloorHead, FloorState, RequestLine
from meetings.floor.queries.earlier import times_heard
from meetings.floor.queries.last_act import last_act as newest_act
from meetings.floor.queries.lines import Countdown
from meetings.floor.rules.balance import balance
from meetings.floor.statistics_words import tallies
from meetings.floor.words import deliveries

# How many of those who wait the chair's list has, how many of these with every button and detail, and how many of those
# heard and not heard are there beside a long list: the page stays under 100 kB. The log lists all, and leads to the
# page of each, which has all there is.
LISTED = 70
IN_FULL = 24
ENDED = 20


@dataclass(frozen=True, slots=True)
class LastAct:
    """What the chair or the desk did last, in words; `event_id` where it can be undone, else `why_not`."""

    text: str
    event_id: int | None
    why_not: str


def last_act(state: FloorState) -> LastAct | None:
    """The last act: what, of whom, by whom and when."""
    act = newest_act(state.head)
    if act is None:
        return None
    line = next((each for each in everybody(state) if each.id == act.request_id), None)
    parts = [
        *in_short(act),
        (line.name or line.organisation or _("this speaker")) if line else None,
        act.by or _("An account that is gone"),
        instant(act.at, state.head.timezone),
    ]
    text = " · ".join(each for each in parts if each)
    return LastAct(text, act.event_id if act.can_be_undone else None, _why_not(act.kind, state.head))


def _why_not(kind: str, head: FloorHead) -> str:
    """Why an act cannot be undone, where it cannot."""
    closed: str = _("The floor is closed: nothing can be undone.")
    otherwise: str = _("This cannot be undone.")
    known: dict[str, str] = {
        "floor.undone": _("An undo cannot be undone."),
        "floor.corrected": _("A correction is not undone; the time can be corrected again."),
        "floor.added": _("To take them off the list again, decline the request."),
    }
    return closed if head.closed_at is not None else known.get(kind, otherwise)


def everybody(state: FloorState) -> tuple[RequestLine, ...]:
    """All requests of the floor."""
    return (*((state.speaker,) if state.speaker else ()), *state.waiting, *state.heard, *state.unheard)


def after_turn(state: FloorState) -> Countdown | None:
    """The clock of what is left for the others: it stands until the speaker's time is over, and runs from then on."""
    clock = state.turn_clock
    if clock is None:
        return None
    began = clock.turn.started_at or state.now
    overrun = replace(clock.turn, started_at=began + dt.timedelta(milliseconds=clock.limit_ms))
    limit_ms = state.left_ms + rules.used(clock.turn, state.now) - clock.limit_ms
    return Countdown(limit_ms, overrun, state.now, state.head.warning_ms)


def chair(state: FloorState) -> dict[str, Any]:
    """What the chair's template is given beside the state."""
    return {
        "shown": LISTED,
        "full": IN_FULL,
        "ended": max(ENDED, LISTED - len(state.waiting)),
        "times": times_heard(state.head),
        "after": after_turn(state),
        "last": last_act(state),
        "rule": policies()[state.head.policy][0],
        "deliveries": deliveries,
        "tallies": tallies(balance(state.heard), in_series=False) if state.heard else [],
    }
