"""The live parts of the floor's pages: what each shows of a floor, the same for everybody whom the part is for.

A part is a template under `templates/floor/live/`. It is given `state`, `head` (`state.head`) and what its function
here adds; nothing in it may depend on the visitor (no form token, no account, no address of the request), since it is
rendered once for all who look at it in one language.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from meetings.floor.queries import FloorState
from meetings.floor.words import deliveries

# How many of those who wait the chair's list has, and how many of these with every button: it stays under 100 kB.
CHAIR_LISTS = 100
WITH_EVERY_BUTTON = 40
DISPLAY_LISTS = 3
INTERPRETERS_LIST = 60
_SIZES = {"huge": 18, "large": 32, "middle": 60, "small": 100}


def _chair(state: FloorState) -> dict[str, Any]:
    return {"shown": CHAIR_LISTS, "full": WITH_EVERY_BUTTON}


def _participant(state: FloorState) -> dict[str, Any]:
    return {}


def _room(state: FloorState) -> dict[str, Any]:
    return {"following": state.waiting[:DISPLAY_LISTS], "size": size}


def size(text: str) -> str:
    """How large a text can be on the room display to stay within two lines: a class of static/rostrum.css.

    Counted in columns; Chinese, Japanese and Korean characters take two.
    """
    columns = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
    return next((name for name, most in _SIZES.items() if columns <= most), "tiny")


def _interpreters(state: FloorState) -> dict[str, Any]:
    return {"shown": INTERPRETERS_LIST, "deliveries": deliveries}


@dataclass(frozen=True, slots=True)
class Part:
    """One live part: its template, and what that is given beside the state of the floor."""

    template: str
    values: Callable[[FloorState], dict[str, Any]]


PARTS: Mapping[str, Part] = {
    "chair": Part("floor/live/chair.html", _chair),
    "participant": Part("floor/live/participant.html", _participant),
    "room": Part("floor/live/room.html", _room),
    "interpreters": Part("floor/live/interpreters.html", _interpreters),
}


def values(part: str, state: FloorState) -> dict[str, Any]:
    """What the template of a part is given beside `head`."""
    return {"state": state} | PARTS[part].values(state)
