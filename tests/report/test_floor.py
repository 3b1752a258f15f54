"""What was said from the floor: who is told of together, how many said it, and where a floor stands in the report."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from exports.report_data import Heading
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block
from meetings.report.rules.material import (
    Intervention,
    Material,
    Meeting,
    Organisation,
    Person,
    Point,
    Role,
    Session,
)
from meetings.report.rules.options import FloorPlace, Options
from meetings.report.rules.wording import plain

MEETING = Meeting("Meeting on care", "online", None, None, None, "57/12", date(2026, 3, 2), date(2026, 3, 2))


def body(number: int, category: str | None = None, name: str = "") -> Organisation:
    return Organisation(number, name or f"Council {number}", category=category, key=f"b{number}")


def panellist(number: int) -> Person:
    return Person(number, "Ada", f"Lee{number}", honorific="Ms.", function=f"Mayor of Town {number}", key=f"p{number}")


A, B = panellist(1), panellist(2)


def session(number: int, kind: str = "panel", *panel: Person, **known: Any) -> Session:
    roles = tuple(Role(number * 100 + person.id, "panellist", person) for person in panel)
    return Session(number, f"s{number}", kind, f"Title {number}", roles=roles, **known)


def note(number: int, words: str, *merged: Point, **known: Any) -> Point:
    usual: dict[str, Any] = {"session": 1, "uid": f"u{number}", "verb": "noted", "merged": merged}
    return Point(number, words, **usual | known)


def told(*points: Point, sessions: tuple[Session, ...] = (session(1, "panel", A, B),), **known: Any) -> dict[str, str]:
    """The proceedings by key."""
    draft = compiled(Material(MEETING, sessions, points, **known))
    blocks = [part for part in draft.body if isinstance(part, Block) and part.key.startswith("session:")]
    assert draft.unplaced == ()
    return {block.key: plain(block.paragraph.content) for block in blocks}


def floor(*points: Point, **known: Any) -> list[str]:
    """The paragraphs of the floor, without what it is opened with."""
    every = told(*points, **known)
    return [words.removeprefix("In interventions from the floor, ") for key, words in every.items() if ":floor:" in key]


STATES = [body(number, "states") for number in range(10, 20)]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((note(1, "that rents rise", collective=True),), ["speakers noted that rents rise."]),
        (
            (note(1, "that rents rise", note(2, "rents", organisation=body(8)), organisation=body(7)),),
            ["several speakers noted that rents rise."],
        ),
        (
            (note(1, "that rents rise", note(2, "rents", organisation=STATES[1]), organisation=STATES[0]),),
            ["several States noted that rents rise."],
        ),
        (
            (
                note(
                    1,
                    "that rents rise",
                    *(note(n, "x", organisation=body(n)) for n in range(2, 6)),
                    organisation=body(7),
                ),
            ),
            ["a number of speakers noted that rents rise."],
        ),
        (
            (note(1, "that rents rise", note(2, "rents", organisation=body(7)), organisation=body(7)),),
            ["In an intervention from the floor, the speaker from Council 7 noted that rents rise."],
        ),
        # The same few words do not stand twice; a higher count is said again.
        (
            (note(1, "that rents rise", collective=True), note(2, "that wages fall", collective=True)),
            ["speakers noted that rents rise. Speakers also noted that wages fall."],
        ),
        (
            (
                note(1, "that rents rise", collective=True),
                note(
                    2,
                    "that wages fall",
                    *(note(n, "x", organisation=body(n)) for n in range(3, 8)),
                    organisation=body(9),
                ),
            ),
            ["speakers noted that rents rise. A number of speakers noted that wages fall."],
        ),
    ],
)
def test_how_many_said_it(points: tuple[Point, ...], said: list[str]) -> None:
    assert floor(*points) == said


def test_many_are_many_of_those_who_had_the_floor() -> None:
    noted = note(1, "that rents rise", *(note(n, "x", organisation=body(n)) for n in range(2, 7)), organisation=body(7))
    few = tuple(Intervention(1, body(n)) for n in range(2, 10))
    many = tuple(Intervention(1, body(n)) for n in range(2, 40))
    assert floor(noted, interventions=few) == ["many speakers noted that rents rise."]
    assert floor(noted, interventions=many) == ["a number of speakers noted that rents rise."]
    # Who may not be named was heard all the same.
    hidden = (*few, *(Intervention(1, None) for _ in range(10)))
    assert floor(noted, interventions=hidden) == ["a number of speakers noted that rents rise."]


def test_each_panellist_is_told_of_what_they_said_even_if_others_said_it_too() -> None:
    said = told(
        note(
            1,
            "that rents rise",
            note(2, "that rents go up", person=B),
            note(3, "rents", organisation=body(7)),
            person=A,
        )
    )
    assert said == {
        "session:s1:frame": "The thematic session, on the theme “Title 1”, featured two panellists.",
        "session:s1:speaker:p1": "The Mayor of Town 1, Ada Lee1, noted that rents rise.",
        "session:s1:speaker:p2": "The Mayor of Town 2, Ada Lee2, noted that rents go up.",
        "session:s1:floor:organisation:b7": "In an intervention from the floor, the speaker from Council 7 noted"
        " rents.",
    }


THEMED = (
    note(1, "that rents rise", collective=True, themes=("Rents",)),
    note(2, "more homes", organisation=body(7), themes=("rents",), verb="called for"),
    note(3, "that buses are late", organisation=body(8), themes=("Buses",)),
    note(4, "that wages fall", collective=True, themes=("Wages",)),
    note(5, "fewer offices", organisation=body(7), themes=("Rents",), verb="proposed"),
)


def test_in_a_session_who_was_heard_on_what_several_said_is_told_of_with_them() -> None:
    assert told(*THEMED) == {
        "session:s1:frame": "The thematic session, on the theme “Title 1”, featured two panellists.",
        "session:s1:speaker:p1": "The Mayor of Town 1, Ada Lee1, [what was said].",
        "session:s1:speaker:p2": "The Mayor of Town 2, Ada Lee2, [what was said].",
        "session:s1:floor:theme:rents": "In interventions from the floor, speakers noted that rents rise. In addition,"
        " the speaker from Council 7 called for more homes. The speaker also proposed fewer offices.",
        "session:s1:floor:organisation:b8": "The speaker from Council 8 noted that buses are late.",
        "session:s1:floor:theme:wages": "Several speakers noted that wages fall.",
    }


def test_in_a_dialogue_of_its_own_each_intervention_is_a_paragraph() -> None:
    said = told(*THEMED, sessions=(session(1, "interactive_dialogue"),))
    assert list(said) == [
        "session:s1:floor:theme:rents",
        "session:s1:floor:organisation:b7",
        "session:s1:floor:organisation:b8",
        "session:s1:floor:theme:wages",
    ]


def test_another_challenge_is_one_only_after_one_and_once() -> None:
    said = floor(
        note(1, "that rents rise", kind="challenge", organisation=body(7), verb="highlighted"),
        note(2, "that wages fall", kind="challenge", organisation=body(8), verb="pointed out"),
        note(3, "that taxes rise", organisation=body(8)),
        note(4, "that jobs go", kind="challenge", organisation=body(9), verb="stressed"),
    )
    assert said == [
        "the speaker from Council 7 highlighted that rents rise.",
        "Another challenge, as pointed out by the speaker from Council 8, was that wages fall. The speaker also noted"
        " that taxes rise.",
        "The speaker from Council 9 stressed that jobs go.",
    ]


def test_a_first_challenge_is_not_another_one() -> None:
    said = floor(
        note(1, "that buses run", organisation=body(7)),
        note(2, "that rents rise", kind="challenge", organisation=body(8)),
    )
    assert said[1] == "The speaker from Council 8 noted that rents rise."


@pytest.mark.parametrize("words", ["leaks", "the attitudes of some", "wages that fall"])
def test_another_challenge_is_said_of_what_is_surely_one(words: str) -> None:
    said = floor(
        note(1, "that rents rise", kind="challenge", organisation=body(7)),
        note(2, words, kind="challenge", organisation=body(8)),
    )
    assert said[1] == f"The speaker from Council 8 noted {words}."


def test_who_stays_unnamed_is_another_only_if_it_is_certain() -> None:
    hidden = [Person(n, "Ada", "Ray", protected=True, key=f"h{n}", organisation=body(n)) for n in (21, 22)]
    said = floor(note(1, "one", person=hidden[0]), note(2, "two"), note(3, "three", person=hidden[1]), note(4, "four"))
    assert said == [
        "one speaker noted one.",
        "A speaker noted two.",
        "Another speaker noted three.",
        "A speaker noted four.",
    ]


def headings(sessions: tuple[Session, ...], points: tuple[Point, ...], **known: Any) -> list[str]:
    """The parts of section II and, below each, the keys of its paragraphs."""
    draft = compiled(Material(MEETING, sessions, points, options=Options(**known)))
    found = []
    for part in draft.body[3:]:
        if isinstance(part, Heading) and part.level == 1:
            break
        found.append(f"# {part.text}" if isinstance(part, Heading) else part.key.removeprefix("session:"))
    return found


TWO = (session(1, "panel", A), session(2, "interactive_dialogue"), session(3, "panel", B))
SAID = (
    note(1, "one", person=A),
    note(2, "two", organisation=body(7)),
    note(3, "three", session=2, organisation=body(8)),
    note(4, "four", session=3, organisation=body(9)),
)


@pytest.mark.parametrize(
    ("floors", "found"),
    [
        (
            {},
            "# Thematic sessions | s1:frame | s1:speaker:p1 | s1:floor:organisation:b7 | s3:frame | s3:speaker:p2"
            " | s3:floor:organisation:b9 | # Interactive dialogue | s2:floor:organisation:b8",
        ),
        (
            {"s1": "section"},
            "# Thematic sessions | s1:frame | s1:speaker:p1 | s3:frame | s3:speaker:p2 | s3:floor:organisation:b9"
            " | # Interactive dialogues | s1:floor:organisation:b7 | s2:floor:organisation:b8",
        ),
        (
            {"s2": "folded"},
            "s1:frame | s1:speaker:p1 | s1:floor:organisation:b7 | s2:floor:organisation:b8 | s3:frame | s3:speaker:p2"
            " | s3:floor:organisation:b9",
        ),
        (
            {"s2": "folded", "s3": "section", "gone": "section"},
            "# Thematic sessions | s1:frame | s1:speaker:p1 | s1:floor:organisation:b7 | s2:floor:organisation:b8"
            " | s3:frame | s3:speaker:p2 | # Interactive dialogue | s3:floor:organisation:b9",
        ),
    ],
)
def test_a_floor_stands_where_the_rapporteur_wants_it(floors: dict[str, FloorPlace], found: str) -> None:
    assert " | ".join(headings(TWO, SAID, floors=floors)) == found


def test_floors_in_a_section_of_their_own_say_whose_they_are() -> None:
    sessions = (*TWO, replace(session(4, "interactive_dialogue"), part_of=3))
    points = (*SAID, note(5, "five", session=4, organisation=body(7)))
    said = told(*points, sessions=sessions, options=Options(floors={"s1": "section", "s4": "section"}))
    assert said["session:s1:floor:organisation:b7"].startswith(
        "During the interactive dialogue of the first session, the speaker from Council 7 noted two"
    )
    assert said["session:s2:floor:organisation:b8"].startswith("During the interactive dialogue, the speaker from")
    assert said["session:s4:floor:organisation:b7"].startswith(
        "During the interactive dialogue of the second session, "
    )


def test_the_dialogue_within_a_session_can_stand_by_itself() -> None:
    sessions = (TWO[0], replace(TWO[1], part_of=1))
    assert headings(sessions, SAID)[-1] == "s2:floor:organisation:b8"
    found = headings(sessions, SAID, floors={"s2": "section"}, headings={"dialogue": "Voices of cities"})
    assert found[-2:] == ["# Voices of cities", "s2:floor:organisation:b8"]


def test_a_floor_of_which_nothing_was_noted_has_no_section() -> None:
    assert "# Interactive dialogue" not in headings((TWO[0],), SAID[:1], floors={"s1": "section"})


def test_headings_are_the_rapporteurs() -> None:
    sessions = (session(5, "opening"), TWO[0], session(6, "closing"))
    chosen = {"opening": "Welcome", "thematic": " ", "closing": "Farewell", "unknown": "x"}
    found = [line for line in headings(sessions, SAID, headings=chosen) if line.startswith("#")]
    assert found == ["# Welcome", "# Thematic session", "# Farewell"]
