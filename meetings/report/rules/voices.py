"""How many voices stand behind a point, and how a report says so: one, several, a number of, many.

The vocabulary is that of A/HRC/56/32 ("one submission", "several speakers", "a number of submissions"). Only voices
that are known are counted: a quantifier may say less than is true, never more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from exports.text import one_line
from meetings.report.rules.material import Point
from meetings.report.rules.options import Options
from meetings.report.rules.wording import in_words

CATEGORIES = {
    "states": "States",
    "local_and_regional_governments": "local and regional governments",
    "human_rights_institutions": "national and local human rights institutions",
    "city_networks": "city networks",
    "international_organizations": "international organizations",
    "academia": "academic institutions",
    "united_nations_entities": "United Nations entities",
    "non_governmental_organizations": "non-governmental organizations",
    "other_stakeholders": "other stakeholders",
}
ONE_OF = {
    "states": "a State",
    "local_and_regional_governments": "a local or regional government",
    "human_rights_institutions": "a human rights institution",
    "city_networks": "a city network",
    "international_organizations": "an international organization",
    "academia": "an academic institution",
    "united_nations_entities": "a United Nations entity",
    "non_governmental_organizations": "a non-governmental organization",
    "other_stakeholders": "another stakeholder",
}
# Several of these can be the subject of a sentence by themselves: "Several States noted".
_SUBJECTS = {
    **{category: words for category, words in CATEGORIES.items() if category != "other_stakeholders"},
    "human_rights_institutions": "human rights institutions",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who made a point: an organisation, a person or a submission, and of which category."""

    who: Hashable
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Voices:
    """The distinct voices behind a point. `more`: the rapporteur says that there were several, and not who.

    `total` is of how many they are, 0 where that is not known; `category` is that of them all, if it is one.
    """

    known: int
    total: int = 0
    more: bool = False
    category: str | None = None

    @property
    def several(self) -> bool:
        """Whether the point is one of several voices."""
        return self.more or self.known > 1


def voices(point: Point, voice_of: Callable[[Point], Voice | None], total: int) -> Voices:
    """Who stands behind a point and those merged into it. A voice that nobody noted counts only where it is alone."""
    heard: dict[Hashable, str | None] = {}
    more = False
    for each in (point, *point.merged):
        if each.collective:
            more = True
        elif voice := voice_of(each):
            heard[voice.who] = voice.category
    categories = set(heard.values())
    return Voices(
        max(len(heard), 0 if more else 1),
        max(total, len(heard)) if total else 0,
        more,
        categories.pop() if len(categories) == 1 and not more else None,
    )


def of_the_floor(point: Point) -> Voice | None:
    """Whose voice a point from the floor is: an organisation's, else a person's."""
    body = point.organisation or (point.person.organisation if point.person else None)
    if body is not None:
        return Voice(("organisation", body.id), body.category)
    return Voice(("person", point.person.id)) if point.person else None


def quantifier(these: Voices, options: Options) -> str:
    """several, a number of, many; below the first threshold the number itself. `many` is never said of a few."""
    known = max(these.known, options.several) if these.more else these.known
    if known < options.several:
        return in_words(known)
    if known < options.number:
        return "several"
    return "many" if these.total and known * 100 >= options.many_percent * these.total else "a number of"


def speakers(these: Voices, options: Options) -> str:
    """several speakers; several States, where all of them are of one category."""
    return f"{quantifier(these, options)} {_SUBJECTS.get(these.category or '', 'speakers')}"


def submissions(these: Voices, options: Options, noun: str = "submissions") -> str:
    """several submissions; several submissions from States, where all of them are of one category."""
    behind = these.category if these.category in _SUBJECTS else None
    return f"{quantifier(these, options)} {noun}" + (f" from {CATEGORIES[behind]}" if behind else "")


def told_apart(points: Iterable[Point], place: Callable[[Point], Hashable | None]) -> Iterator[Point]:
    """The points, with those merged into them only as far as they are told in the same `place`.

    A named speaker's words stand in the speaker's own paragraph even if somebody else said the same; there a merged
    point is one by itself. What has no place (`None`) is left out, and so are points without words.
    """
    for point in points:
        places: dict[Hashable, list[Point]] = {}
        for each in (point, *point.merged):
            if (where := place(each)) is not None:
                places.setdefault(where, []).append(each)
        for members in places.values():
            first = next((each for each in members if one_line(each.text)), None)
            if first is not None:
                merged = tuple(each for each in members if each is not first)
                yield first if merged == first.merged else replace(first, merged=merged)
