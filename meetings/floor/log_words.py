"""How the log of the floor says what happened, by whom, and what it changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import gettext as _

from meetings.display import category, language_name, minutes
from meetings.floor.chair_words import capacities, policies
from meetings.floor.queries import By
from meetings.floor.words import deliveries, statuses

# For the pages that look, and for whoever undoes an act: nothing that people read.
_UNSAID = {"version", "rank", "event"}


def acts() -> dict[str, str]:
    """What happened, by the kind of the log's line."""
    return _acts_on_requests() | _acts_on_the_floor()


def _acts_on_requests() -> dict[str, str]:
    return {
        "floor.requested": _("Asked for the floor"),
        "floor.request_changed": _("Request changed"),
        "floor.substituted": _("A colleague speaks in their place, or no longer"),
        "floor.lowered": _("Place lowered by the participant"),
        "floor.statement_filed": _("Statement sent"),
        "floor.statement_removed": _("Statement taken back"),
        "floor.withdraw": _("Request withdrawn"),
        "floor.call": _("Called: told to be ready"),
        "floor.give": _("Floor given"),
        "floor.pause": _("Clock paused"),
        "floor.resume": _("Clock resumed"),
        "floor.end": _("Turn ended"),
        "floor.set_aside": _("Set aside: connection lost"),
        "floor.mark_absent": _("Absent"),
        "floor.decline": _("Declined"),
        "floor.put_back": _("Put back on the list"),
        "floor.moved": _("Moved on the list"),
        "floor.corrected": _("Time corrected"),
        "floor.added": _("Added to the list, without a registration"),
        "floor.dignitary_set": _("Dignitary, or no longer"),
        "floor.undone": _("Undone"),
        "floor.not_reached": _("Not reached: the time ran out"),
    }


def _acts_on_the_floor() -> dict[str, str]:
    return {
        "floor.set": _("Floor set up"),
        "floor.removed": _("Floor removed"),
        "floor.list_opened": _("List of speakers opened"),
        "floor.list_closed": _("List of speakers closed"),
        "floor.closed": _("Floor closed"),
        "floor.ordered": _("List ordered by a rule"),
        "floor.limit_set": _("Speaking limit set for all"),
        "floor.settings_set": _("Settings of the floor changed"),
        "floor.display_renewed": _("New link for the room display"),
        "floor.interpreters_renewed": _("New link for the interpreters"),
    }


def who_acted(by: By) -> str:
    """Who did it: an account by its name or address, a participant without a name (the line names the request)."""
    if by.name:
        return by.name
    others: dict[str, str] = {
        "account": _("An account that is gone"),
        "registration": _("Participant"),
        "command line": _("Command line"),
        "worker": _("The program by itself"),
    }
    return others.get(by.kind, by.kind)


class Act(Protocol):
    """An act with the facts that were kept of it."""

    @property
    def kind(self) -> str: ...
    @property
    def before(self) -> dict[str, Any]: ...
    @property
    def after(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that an act set or changed: its name, and how it was before (where that is known) and after."""

    name: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}: {' → '.join(self.values)}"


# What tells most of an act in a few words.
_TELLING = {
    "floor.moved": ("place",),
    "floor.corrected": ("used_ms",),
    "floor.dignitary_set": ("dignitary",),
    "floor.limit_set": ("limit_ms",),
    "floor.ordered": ("policy",),
    "floor.undone": ("undone",),
}


def in_short(act: Act) -> list[str]:
    """What an act was and what it changed, in a few words."""
    told = [str(fact) for name, fact in _facts(act).items() if name in _TELLING.get(act.kind, ())]
    alone = act.kind in ("floor.dignitary_set", "floor.undone")  # their facts name the act itself
    return told if alone and told else [acts().get(act.kind, act.kind), *told]


def facts(line: Act) -> list[Fact]:
    """What an act set or changed, in words: "Time used: 2:00", "Speaking limit: 2:00 → 1:30"."""
    return list(_facts(line).values())


def _facts(line: Act) -> dict[str, Fact]:
    # The place says what a move did; the order that it changed is kept for whoever undoes it.
    unsaid = _UNSAID | {"order"} if line.kind == "floor.moved" else _UNSAID
    names, kept = _names(), (line.before, line.after)
    said = [each for each in dict.fromkeys([*line.before, *line.after]) if each not in unsaid]
    return {
        each: Fact(names.get(each, each), tuple(_value(each, known[each]) for known in kept if each in known))
        for each in said
    }


def _names() -> dict[str, str]:
    return _names_of_a_request() | _names_of_the_floor()


def _names_of_a_request() -> dict[str, str]:
    return {
        "status": _("State"),
        "granted_ms": _("Time given"),
        "used_ms": _("Time used"),
        "paused_ms": _("Paused"),
        "spent_before_ms": _("Used of the floor before"),
        "place": _("Place"),
        "reason": _("Reason"),
        "seat": _("Seat"),
        "undone": _("Undone"),
        "capacity": _("Capacity"),
        "dignitary": _("Dignitary"),
        "substitute": _("A colleague speaks"),
        "delivery": _("Delivery"),
        "words": _("Words"),
        "file_type": _("Kind of file"),
        "size": _("Size in bytes"),
        "for_record": _("For the record"),
        "on_behalf_of": _("On behalf of"),
        "language": _("Language"),
        "topic": _("Topic"),
    }


def _names_of_the_floor() -> dict[str, str]:
    return {
        "cap_ms": _("Cap"),
        "limit_ms": _("Speaking limit"),
        "minimum_ms": _("Shortest turn"),
        "limits_ms": _("Speaking limits by category"),
        "warning_ms": _("Warning before the end"),
        "asking_opens": _("Requests are taken from"),
        "asking_closes": _("Requests are taken until"),
        "max_requests": _("Most requests"),
        "per_organisation": _("Requests of one organization at a time"),
        "policy": _("Rule of the order"),
        "priority": _("Priority for dignitaries and joint statements"),
        "quotas": _("Places by category"),
        "draw_seed": _("Word of the draw"),
        "order": _("Order, by the numbers of the requests"),
        "display_serial": _("Number of the link"),
    }


def _value(name: str, value: object) -> str:
    """A fact as people read it: durations as minutes, codes by their words."""
    if isinstance(value, dict):
        return ", ".join(f"{category(key) or key}: {_value(name, each)}" for key, each in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(_value(name, each) for each in value) or "–"
    if name.endswith("_ms") and isinstance(value, int):
        return minutes(value)
    if name == "language" and value:
        return language_name(str(value))
    if isinstance(value, bool):
        return _yes_or_no()[value]
    if name in ("asking_opens", "asking_closes") and value:
        return str(value)[:16].replace("T", " ")  # wall clock, kept as 2025-11-26T09:00:00
    codes = _CODES[name]() if name in _CODES else {}
    return "–" if value in (None, "") else codes.get(str(value), str(value))


def _yes_or_no() -> dict[bool, str]:
    return {True: _("yes"), False: _("no")}


def _policies() -> dict[str, str]:
    return {code: name for code, (name, _about) in policies().items()}


# The facts that are kept as codes, and what says them in words.
_CODES: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "status": statuses,
    "capacity": capacities,
    "delivery": deliveries,
    "undone": acts,
    "policy": _policies,
}
