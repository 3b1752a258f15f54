"""What the rapporteur decides about a draft as a whole: its sections, themes, quantifiers, length and printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

FloorPlace = Literal["folded", "section"]
# Words of a report that originates in the Secretariat; 10,700 for others (GA resolutions 52/214, 53/208, 59/265).
WORD_LIMIT: Final = 8_500


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading of section III and the themes (as they were typed) that stand under it."""

    heading: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """The decisions, each with what holds while none was taken.

    `floors`: by session key, whether its floor is told within its session (`folded`) or in a section of its own.
    `headings`: by part (`opening`, `thematic`, `dialogue`, `closing`), the heading it has instead of the usual one.
    `themes`: the headings of section III in their order; themes that stand under none follow under their own.
    `several`, `number`, `many_percent`: from how many sources on it is "several" and "a number of", and from which
    share of all on it is "many". `bold` prints conclusions and recommendations bold; `annex` adds the list of
    speakers; `inputs_published` puts the submissions whose senders agreed on the public list; `word_limit` is what the
    length is held against.
    """

    floors: Mapping[str, FloorPlace] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    several: int = 2
    number: int = 5
    many_percent: int = 50
    bold: bool = True
    annex: bool = False
    inputs_published: bool = False
    word_limit: int = WORD_LIMIT


def to_stored(options: Options) -> dict[str, Any]:
    """The decisions as JSON: only those that differ from what holds without them."""
    usual, chosen = asdict(Options()), asdict(options)
    return {name: value for name, value in chosen.items() if value != usual[name]}


def from_stored(stored: Mapping[str, Any]) -> Options:
    """The decisions out of their JSON."""
    values = dict(stored)
    themes = tuple(Theme(each["heading"], tuple(each["themes"])) for each in values.pop("themes", ()))
    return Options(**values, themes=themes)
