"""What the live part of the chair's page shows beside the list: the last act, the forecast, the rule, the balance."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from meetings.display import instant
from meetings.floor.chair_words import policies
from meetings.floor.log_words import acts
from meetings.floor.queries import FloorState, RequestLine
from meetings.floor.queries.earlier import times_heard
from meetings.floor.queries.last_act import last_act as newest_act
from meetings.floor.rules.balance import balance
from meetings.floor.statistics_words import tallies
from meetings.floor.words import deliveries

# How many of those who wait the chair's list has, and how many of these with every button and detail: it stays under
# 100 kB, and the page of each has all of both.
LISTED = 100
IN_FULL = 24


@dataclass(frozen=True, slots=True)
class LastAct:
    """What the chair or the desk did last, in words; `event_id` where it can be undone."""

    text: str
    event_id: int | None


def last_act(state: FloorState) -> LastAct | None:
    """The last act: what, of whom, by whom and when."""
    act = newest_act(state.head)
    if act is None:
        return None
    line = next((each for each in everybody(state) if each.id == act.request_id), None)
    parts = [
        acts().get(act.kind, act.kind),
        (line.name or line.organisation or _("this speaker")) if line else None,
        act.by or _("An account that is gone"),
        instant(act.at, state.head.timezone),
    ]
    return LastAct(" · ".join(each for each in parts if each), act.event_id if act.can_be_undone else None)


def everybody(state: FloorState) -> tuple[RequestLine, ...]:
    """All requests of the floor."""
    return (*((state.speaker,) if state.speaker else ()), *state.waiting, *state.heard, *state.unheard)


def chair(state: FloorState) -> dict[str, Any]:
    """What the chair's template is given beside the state."""
    return {
        "shown": LISTED,
        "full": IN_FULL,
        "times": times_heard(state.head),
        "last": last_act(state),
        "rule": policies()[state.head.policy][0],
        "deliveries": deliveries,
        "tallies": tallies(balance(state.heard), in_series=False) if state.heard else [],
    }
