"""How many voices stand behind a point, and how a report says so."""

from dataclasses import replace
from typing import Any

import pytest

from meetings.report.rules.material import Organisation, Person, Point
from meetings.report.rules.options import Options
from meetings.report.rules.voices import (
    Voice,
    Voices,
    of_the_floor,
    quantifier,
    speakers,
    submissions,
    told_apart,
    voices,
)

USUAL = Options()


@pytest.mark.parametrize(
    ("known", "total", "more", "said"),
    [
        (1, 28, False, "one"),
        (2, 28, False, "several"),
        (4, 28, False, "several"),
        (5, 28, False, "a number of"),
        (13, 28, False, "a number of"),
        (14, 28, False, "many"),
        (28, 28, False, "many"),
        # Two of three are more than half, but not many.
        (2, 3, False, "several"),
        (4, 4, False, "several"),
        (5, 10, False, "many"),
        # Of how many is not known: then nobody can say that they are many.
        (20, 0, False, "a number of"),
        # Several of whom nobody counted.
        (0, 28, True, "several"),
        (1, 28, True, "several"),
        (5, 28, True, "a number of"),
    ],
)
def test_the_quantifier_follows_the_count(known: int, total: int, more: bool, said: str) -> None:
    assert quantifier(Voices(known, total, more), USUAL) == said


@pytest.mark.parametrize(
    ("options", "known", "said"),
    [
        (replace(USUAL, several=3), 2, "two"),
        (replace(USUAL, several=3), 3, "several"),
        (replace(USUAL, number=3), 3, "a number of"),
        (replace(USUAL, many_percent=80), 20, "a number of"),
        (replace(USUAL, many_percent=10), 5, "many"),
        (replace(USUAL, several=12, number=15), 11, "eleven"),
    ],
)
def test_the_thresholds_are_the_rapporteurs(options: Options, known: int, said: str) -> None:
    assert quantifier(Voices(known, 28), options) == said


@pytest.mark.parametrize(
    ("category", "from_the_floor", "in_writing"),
    [
        (None, "several speakers", "several submissions"),
        ("states", "several States", "several submissions from States"),
        (
            "local_and_regional_governments",
            "several local and regional governments",
            "several submissions from local and regional governments",
        ),
        (
            "human_rights_institutions",
            "several human rights institutions",
            "several submissions from national and local human rights institutions",
        ),
        ("other_stakeholders", "several speakers", "several submissions"),
        ("unheard_of", "several speakers", "several submissions"),
    ],
)
def test_voices_of_one_category_are_called_by_it(category: str | None, from_the_floor: str, in_writing: str) -> None:
    these = Voices(3, 28, category=category)
    assert speakers(these, USUAL) == from_the_floor
    assert submissions(these, USUAL) == in_writing


def body(number: int, category: str | None = "states") -> Organisation:
    return Organisation(number, f"Body {number}", category=category)


def somebody(number: int, of: Organisation | None = None) -> Person:
    return Person(number, "Ada", f"Ray{number}", organisation=of)


def point(number: int, *merged: Point, **known: Any) -> Point:
    return replace(Point(number, f"words {number}", session=1), merged=merged, **known)


@pytest.mark.parametrize(
    ("noted", "known", "several", "category"),
    [
        (point(1, organisation=body(1)), 1, False, "states"),
        # The same speaker, noted by two rapporteurs, is one voice.
        (point(1, point(2, organisation=body(1)), organisation=body(1)), 1, False, "states"),
        (point(1, point(2, person=somebody(7, body(1))), organisation=body(1)), 1, False, "states"),
        (point(1, point(2, organisation=body(2)), organisation=body(1)), 2, True, "states"),
        (point(1, point(2, organisation=body(2, "academia")), organisation=body(1)), 2, True, None),
        (point(1, point(2, organisation=body(2, None)), organisation=body(1)), 2, True, None),
        (point(1, point(2, person=somebody(7)), organisation=body(1)), 2, True, None),
        # Nobody knows who else said it: it may have been the same.
        (point(1, point(2), organisation=body(1)), 1, False, "states"),
        (point(1), 1, False, None),
        (point(1, point(2)), 1, False, None),
        # Several, says the rapporteur, and one of them is known: not all of them are of that one's category.
        (point(1, point(2, organisation=body(1)), collective=True), 1, True, None),
        (point(1, collective=True), 0, True, None),
        (point(1, point(2, collective=True), organisation=body(1)), 1, True, None),
    ],
)
def test_only_distinct_voices_that_are_known_are_counted(
    noted: Point, known: int, several: bool, category: str | None
) -> None:
    these = voices(noted, of_the_floor, 10)
    assert (these.known, these.several, these.category) == (known, several, category)


def test_more_voices_than_were_recorded_are_not_more_than_all() -> None:
    noted = point(1, *(point(n, organisation=body(n)) for n in range(2, 9)), organisation=body(1))
    assert quantifier(voices(noted, of_the_floor, 3), USUAL) == "many"
    assert quantifier(voices(noted, of_the_floor, 0), USUAL) == "a number of"


def test_submissions_are_counted_and_not_their_authors() -> None:
    noted = point(1, point(2, submission=2, session=None), submission=1, session=None)
    these = voices(noted, lambda each: Voice(each.submission), 3)
    assert (these.known, these.several) == (2, True)


def test_what_is_told_elsewhere_is_taken_out_of_what_was_merged() -> None:
    noted = point(1, point(2), point(3, text=" "), point(4, session=2), point(5, session=None))
    places = list(told_apart([noted, point(6, text="")], lambda each: each.session))
    assert [(each.id, [below.id for below in each.merged]) for each in places] == [(1, [2, 3]), (4, [])]
