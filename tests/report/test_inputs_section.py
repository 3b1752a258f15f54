"""Section III: how many sent what, under which headings, and who says it."""

from dataclasses import replace
from typing import Any

import pytest

from exports.report_data import Heading
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block
from meetings.report.rules.material import Material, Meeting, Organisation, Point, Submission
from meetings.report.rules.options import Options, Theme
from meetings.report.rules.wording import plain

MEETING = Meeting("Meeting on care", "online")
OFFICE = "the Office of the United Nations High Commissioner for Human Rights (OHCHR)"


def sent(number: int, category: str | None = None, name: str = "", **known: Any) -> Submission:
    body = Organisation(1000 + number, name, article="the", key=f"b{number}") if name else None
    return Submission(number, f"in{number}", body, category, publish=bool(name), **known)


def note(number: int, words: str, submission: int | None = None, *themes: str, **known: Any) -> Point:
    usual: dict[str, Any] = {"verb": "noted", "uid": f"u{number}", "submission": submission, "themes": themes}
    return Point(number, words, **usual | known)


def section(points: tuple[Point, ...], submissions: tuple[Submission, ...] = (), **known: Any) -> dict[str, str]:
    """The paragraphs of the section by key, and its headings by themselves."""
    draft = compiled(Material(MEETING, points=points, submissions=submissions, **known))
    read: dict[str, str] = {}
    for part in draft.body:
        if isinstance(part, Heading) and part.level == 3:
            read[f"# {part.text}"] = ""
        elif isinstance(part, Block) and part.key.startswith("inputs:"):
            read[part.key.removeprefix("inputs:")] = plain(part.paragraph.content)
    return read


TEN = tuple(sent(number) for number in range(1, 11))


@pytest.mark.parametrize(
    ("submissions", "received"),
    [
        ((sent(1, "states"),), "one submission."),
        ((sent(1), sent(2)), "two submissions."),
        ((sent(1, "states"), sent(2)), "two submissions."),
        ((sent(1, "states"), sent(2, "states")), "two submissions, all of them from States."),
        (
            (sent(1, "academia"), sent(2, "states"), sent(3, "academia")),
            "three submissions: one from a State and two from academic institutions.",
        ),
        (
            (*(sent(n, "city_networks") for n in range(1, 11)), sent(11, "states"), sent(12, "other_stakeholders")),
            "12 submissions: 1 from a State, 10 from city networks and 1 from another stakeholder.",
        ),
        ((sent(1, "other_stakeholders"), sent(2, "other_stakeholders")), "two submissions."),
    ],
)
def test_submissions_are_counted_by_category_where_that_of_each_is_known(
    submissions: tuple[Submission, ...], received: str
) -> None:
    words = section((), submissions)["received"]
    assert words == (
        f"To inform the present report, {OFFICE} sought contributions from States and other stakeholders. OHCHR"
        f" received {received}"
    )


@pytest.mark.parametrize(
    ("addressees", "sought"),
    [
        (None, "States and other stakeholders"),
        (" ", "States and other stakeholders"),
        ("States, cities and\nuniversities. ", "States, cities and universities"),
    ],
)
def test_contributions_were_sought_from_those_the_call_names(addressees: str | None, sought: str) -> None:
    words = section((), (sent(1),), addressees=addressees)["received"]
    assert f"sought contributions from {sought}. OHCHR" in words


def test_how_many_there_were_is_a_gap_while_none_is_listed() -> None:
    words = section((note(1, "one", collective=True),))["received"]
    assert words.endswith("OHCHR received [number of submissions].")


def test_unnamed_submissions_are_told_apart_and_never_one_as_another() -> None:
    points = (
        note(1, "one", 1, "Water"),
        note(2, "two", 2, "Water"),
        note(3, "three", 3, "Water"),
        note(4, "again", 2, "Water", "Wells"),
        note(5, "nobody knows whose", None, "Water"),
        note(6, "one", 1, "Care"),
    )
    read = section(points, TEN)
    del read["received"], read["themes"]
    assert read == {
        "# Water": "",
        "water:submission:in1": "One submission noted one.",
        "water:submission:in2": "Another submission noted two.",
        "water:submission:in3": "Another contribution noted three.",
        "water:topic:wells": "One submission noted again.",
        "water:point:u5": "One submission noted nobody knows whose.",
        "# Care": "",
        "care:submission:in1": "One submission noted one.",
    }


def test_what_several_submissions_say_is_counted() -> None:
    five = tuple(note(n, "x", n) for n in range(3, 7))
    nine = tuple(note(n, "x", n) for n in range(12, 17))
    points = (
        note(1, "one", 1, merged=(note(2, "x", 2),)),
        note(20, "two", 2, merged=five),
        note(21, "three", collective=True),
        note(22, "four", 7, merged=nine),
    )
    read = section(points, (*TEN, *(sent(n) for n in range(11, 20))))
    assert read[":point:u1"] == (
        "Several submissions noted one. A number of submissions noted two. Several submissions noted three. A number of"
        " submissions noted four."
    )
    half = section((note(20, "two", 2, merged=five),), TEN)
    assert half[":point:u20"] == "Many submissions noted two."
    states = section((note(1, "one", 1, merged=(note(2, "x", 2),)),), (sent(1, "states"), sent(2, "states")))
    assert states[":point:u1"] == "Several submissions from States noted one."


def test_points_of_a_withdrawn_submission_are_left_out_and_not_counted() -> None:
    points = (note(1, "gone", 99), note(2, "here", 99, merged=(note(3, "said by another", 1), note(4, "so too", 2))))
    draft = compiled(Material(MEETING, points=points, submissions=TEN))
    assert draft.unplaced == ()
    assert section(points, TEN)[":point:u3"] == "Several submissions noted said by another."


TOPICS = (
    note(1, "networks", None, "Learning", "Networks", collective=True),
    note(2, "closed doors", 1, "Learning", "networks"),
    note(3, "open doors", 1, "Learning", "Networks", verb="proposed"),
    note(4, "a course", 2, "Learning"),
    note(5, "a forum", 3, "Learning", "Forum"),
    note(6, "a map", 4, "Learning", "Housing"),
    note(7, "homes", 5, "Housing"),
)


def test_a_further_theme_keeps_together_what_is_about_the_same() -> None:
    read = section(TOPICS, (*TEN[:2], sent(3, name="City of Exampledam"), *TEN[3:]))
    assert read["learning:topic:networks"] == (
        "Several submissions noted networks. In addition, one submission noted closed doors. The submission also"
        " proposed open doors."
    )
    assert read["learning:topic:forum"] == "The City of Exampledam noted a forum."
    # Housing is a heading of its own, and not what the point on learning is about.
    assert "learning:submission:in4" in read
    assert read["housing:submission:in5"] == "One submission noted homes."


def test_headings_are_ordered_and_themes_gathered_under_them() -> None:
    points = (
        note(1, "one", 1, "Water"),
        note(2, "two", 2, "rents"),
        note(3, "three", 3, "homes"),
        note(4, "four", 4),
        note(5, "five", 5, "Housing"),
        note(6, "six", 6, "Rents"),
    )
    themes = (Theme("Housing", ("homes", "Rents")), Theme("Nothing said", ("silence",)))
    read = section(points, TEN, options=Options(themes=themes))
    assert read["themes"] == "The contributions received are summarized below under two themes."
    assert [key for key in read if key not in ("received", "themes")] == [
        ":submission:in4",
        "# Housing",
        "housing:submission:in5",
        "homes:submission:in3",
        "rents:submission:in2",
        "rents:submission:in6",
        "# Water",
        "water:submission:in1",
    ]
    assert read["rents:submission:in6"].startswith(("Another ", "A further "))
    # What is edited stays with its key, wherever its theme is put.
    assert set(section(points, TEN)) - {"# Homes", "# Rents", "# Housing", "# Water"} == {
        key for key in read if not key.startswith("#")
    }


def test_who_was_heard_before_also_says_more() -> None:
    submissions = (sent(1, name="City of Exampledam"), sent(2))
    points = (
        note(1, "one", 1, "Water", "Wells"),
        note(2, "two", 1, "Water", "Pipes"),
        note(3, "three", 1, "Water", "Pipes", verb="proposed"),
        note(4, "four", 1, "Care"),
    )
    read = section(points, submissions)
    assert read["water:topic:pipes"] == (
        "The City of Exampledam also noted two. The City of Exampledam further proposed three."
    )
    assert read["care:organisation:b1"] == "The City of Exampledam noted four."


def test_a_name_that_begins_with_a_number_begins_no_sentence() -> None:
    body = Organisation(1, "100 Resilient Towns", key="b1")
    submissions = (Submission(1, "in1", body, publish=True),)
    read = section((note(1, "one", 1), note(2, "two", 1)), submissions)
    assert read[":organisation:b1"] == (
        "The submission of 100 Resilient Towns noted one. The submission also noted two."
    )


def test_the_paragraphs_rest_on_every_submission_behind_them() -> None:
    noted = note(1, "one", 1, merged=(note(2, "x", 2), note(3, "y", 2)))
    draft = compiled(Material(MEETING, points=(noted,), submissions=TEN))
    (block,) = [part for part in draft.body if isinstance(part, Block) and part.key == "inputs::point:u1"]
    assert [(source.kind, source.id) for source in block.sources] == [
        ("point", 1),
        ("point", 2),
        ("point", 3),
        ("submission", 1),
        ("submission", 2),
    ]


def test_consent_alone_decides_who_is_named() -> None:
    named = sent(1, name="City of Exampledam")
    for submission in (replace(named, publish=False), replace(named, organisation=None)):
        assert "Exampledam" not in str(section((note(1, "one", 1),), (submission,)))
