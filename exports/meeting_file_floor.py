"""The floor in a meeting file: its settings in a session, and who asked for it and was heard."""
# ruff: noqa: RUF012  -- pydantic copies a default before anybody gets it

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, model_validator

from exports import meeting_file_values as values
from exports.categories import Category
from exports.meeting_file_part import Id, Instant, Language, Line, Part, Short, Text, is_blank

# The format's own copy of the rule in meetings/floor/rules, held equal by a test.
CAP_MINUTES = 45
LIMIT_SECONDS = 120
MINIMUM_SECONDS = 30
WARNING_SECONDS = 30

FloorStatus = Literal["requested", "spoken", "withdrawn", "absent", "not_reached", "declined"]
Policy = Literal["first_come", "round_robin", "least_heard", "one_each", "quotas", "draw"]
Capacity = Literal["organisation", "joint", "national"]
Delivery = Literal["as_delivered", "check_against_delivery"]

WallClock = Annotated[dt.datetime, BeforeValidator(values.wall_clock)]
Seconds = Annotated[Decimal, BeforeValidator(values.seconds)]
FloorMinutes = Annotated[int, BeforeValidator(partial(values.floor_minutes, CAP_MINUTES))]
FloorSeconds = Annotated[int, BeforeValidator(partial(values.whole_number, 1, CAP_MINUTES * 60))]
WarningSeconds = Annotated[int, BeforeValidator(partial(values.whole_number, 0, CAP_MINUTES * 60))]
Requests = Annotated[int, BeforeValidator(partial(values.whole_number, 1, 100_000))]
Places = Annotated[int, BeforeValidator(partial(values.whole_number, 0, 1000))]


def _by_category(value: object) -> object:
    """Numbers by category, always in the order of the categories; null counts as absent."""
    if not isinstance(value, dict):
        return value
    order = [*get_args(Category), *value]
    return {key: value[key] for key in sorted(value, key=order.index) if not is_blank(value[key])}


SecondsByCategory = Annotated[dict[Category, FloorSeconds], BeforeValidator(_by_category)]
PlacesByCategory = Annotated[dict[Category, Places], BeforeValidator(_by_category)]


class Floor(Part):
    """The part of a session that is open to participants: its cap, its limits, when one may ask, and in which order.

    `limits_seconds`: the limits of categories that have another one than `limit_seconds`. `asking_opens` and
    `asking_closes` are on the clock in the meeting's zone.
    """

    spared = frozenset(
        {
            "limits_seconds",
            "warning_seconds",
            "asking_opens",
            "asking_closes",
            "max_requests",
            "per_organisation",
            "policy",
            "priority",
            "quotas",
            "draw_seed",
        }
    )

    cap_minutes: FloorMinutes = CAP_MINUTES
    limit_seconds: FloorSeconds = LIMIT_SECONDS
    minimum_seconds: FloorSeconds = MINIMUM_SECONDS
    limits_seconds: SecondsByCategory = {}
    warning_seconds: WarningSeconds = WARNING_SECONDS
    asking_opens: WallClock | None = None
    asking_closes: WallClock | None = None
    max_requests: Requests | None = None
    per_organisation: Requests = 1
    policy: Policy = "first_come"
    priority: bool = False
    quotas: PlacesByCategory = {}
    draw_seed: Short | None = None


class Statement(Part):
    """The text that a speaker typed. `filed_at` where it is not when the request was made. Files are not carried."""

    spared = frozenset(["for_record", "filed_at"])

    delivery: Delivery = "check_against_delivery"
    text: Text
    for_record: bool = False
    filed_at: Instant | None = None


class FloorEntry(Part):
    """A request for the floor or an intervention, in the order in which they were or will be heard.

    Where the capacity is not said, what is on behalf of others is a joint statement.
    """

    spared = frozenset(["capacity", "dignitary", "substitute", "seat", "reason", "statement"])

    session: Id
    person: Id | None = None
    organisation: Id | None = None
    capacity: Capacity | None = None
    on_behalf_of: Line | None = None
    dignitary: bool = False
    substitute: Line | None = None
    seat: Line | None = None
    language: Language | None = None
    topic: Text | None = None
    status: FloorStatus = "requested"
    reason: Text | None = None
    requested_at: Instant | None = None
    granted_seconds: Seconds | None = None
    spoken_seconds: Seconds | None = None
    statement: Statement | None = None

    @model_validator(mode="before")
    @classmethod
    def _usual_capacity(cls, data: object) -> object:
        """Take a capacity that goes without saying for one that was not said."""
        if not isinstance(data, dict) or data.get("capacity") != _usual(data.get("on_behalf_of")):
            return data
        return data | {"capacity": None}

    @property
    def real_capacity(self) -> Capacity:
        """The capacity that was said, or that goes without saying."""
        return self.capacity or _usual(self.on_behalf_of)


def _usual(on_behalf_of: object) -> Capacity:
    return "organisation" if is_blank(on_behalf_of) else "joint"
