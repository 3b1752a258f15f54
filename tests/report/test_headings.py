"""The headings of the section on inputs as one list, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.report.rules.headings import Row, rows_of, themes_of, used_themes
from meetings.report.rules.material import Material, Meeting, Point, Submission
from meetings.report.rules.options import Options, Theme

STORED = Options(themes=(Theme("Rights", ("housing", "water")), Theme("Money", ("funding",))))


def test_ordered_themes_come_first_with_their_headings() -> None:
    assert rows_of(STORED, ["staff", "Water", "funding"]) == [
        ("housing", "Rights"),
        ("water", "Rights"),
        ("funding", "Money"),
        ("staff", "Staff"),
    ]


@pytest.mark.parametrize(
    ("rows", "themes"),
    [
        ([("a", "A"), ("b", "B"), ("c", "C")], ()),
        ([("b", "B"), ("a", "A"), ("c", "C")], (Theme("B", ("b",)),)),
        ([("a", "A"), ("c", "C"), ("b", "B")], (Theme("A", ("a",)), Theme("C", ("c",)))),
        ([("a", "Other"), ("b", "B"), ("c", "C")], (Theme("Other", ("a",)),)),
        ([("a", "Other"), ("b", "B"), ("c", " other ")], (Theme("Other", ("a", "c")),)),
        ([("a", ""), ("b", "B"), ("c", "C")], ()),
    ],
)
def test_rows_decide_no_more_than_they_have_to(rows: list[Row], themes: tuple[Theme, ...]) -> None:
    assert themes_of(rows, Options(), ["a", "b", "c"]) == themes


names = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True)
headings = st.sampled_from(["A", "B", "One", "two"])


@given(names, names.flatmap(lambda used: st.tuples(st.permutations(used), st.lists(headings, min_size=4, max_size=4))))
def test_rows_as_they_are_shown_leave_the_decisions_as_they_are(
    used: list[str], decided: tuple[list[str], list[str]]
) -> None:
    rows = list(zip(*decided, strict=False))
    options = Options(themes=themes_of(rows, Options(), decided[0]))
    assert themes_of(rows_of(options, used), options, used) == options.themes


def test_the_first_theme_of_a_point_counts_else_that_of_its_submission() -> None:
    material = Material(
        meeting=Meeting("M", "online"),
        points=(
            Point(1, "x", themes=("Housing", "water")),
            Point(2, "x", submission=1),
            Point(3, "x", themes=("housing",)),
            Point(4, "x", session=1, themes=("floor",)),
            Point(5, "x"),
        ),
        submissions=(Submission(1, "in1", themes=("Money",)),),
    )
    assert used_themes(material) == ["Housing", "Money"]
