"""The outcome note: what is compiled, and how it becomes HTML."""

import datetime as dt
import html
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.outcome import outcome_body, outcome_html
from exports.text import one_line
from meetings.report.rules.compile import compiled
from meetings.report.rules.material import (
    Intervention,
    Material,
    Meeting,
    Organisation,
    Particulars,
    Person,
    Point,
    Recommendation,
    Role,
    Session,
    Submission,
)
from meetings.report.rules.outcome import Figures, escaped, outcome_note
from tests.report.from_file import demonstration

DAY = dt.date(2025, 7, 22)
MEETING = Meeting("Cities *and* rights", "hybrid", "Utrecht", "NL", start=DAY, end=DAY)
FEZ = Organisation(1, "City of Fez", category="local_and_regional_governments", country="MA", show_country=True)
NETWORK = Organisation(2, "Network of cities", category="city_networks")
SECRET = Organisation(3, "Hidden House", category="local_and_regional_governments")
ADA = Person(1, "Ada", "Muster", honorific="Ms.", function="Mayor", organisation=FEZ)
FLOOR = Person(2, "Flora", "Saal", organisation=NETWORK)
HIDDEN = Person(3, "Nemo", "Nobody", organisation=SECRET, protected=True)
PANEL = Session(1, "panel", "panel", "Housing", roles=(Role(1, "panellist", ADA), Role(2, "panellist", HIDDEN)))
NOTHING = Figures()


def note(material: Material, figures: Figures = NOTHING) -> str:
    return outcome_note(material, compiled(material), figures)


def of(*points: Point, **values: object) -> Material:
    return replace(Material(MEETING, (PANEL,), points), **values)  # type: ignore[arg-type]


def lines(text: str, heading: str) -> list[str]:
    """What stands under a heading."""
    after = text.split(f"{heading}\n", 1)[1] if f"{heading}\n" in text else ""
    return [line for line in re.split(r"\n#+ ", after)[0].split("\n") if line]


def test_it_begins_with_the_meeting() -> None:
    text = note(of())
    assert text.startswith("# Cities \\*and\\* rights\n\nThe meeting was held on 22 July 2025 in Utrecht, ")
    assert "and online." in text
    assert text.endswith("\n")
    undated = note(replace(of(), meeting=Meeting("M", "online")))
    assert "The meeting was held [date of the meeting] online." in undated


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (NOTHING, ["- One speaker on the programme"]),
        (
            Figures({"states": 1200, "city_networks": 1, None: 2, "gone": 1}, 44, 1, 1),
            [
                "- 1,204 confirmed participants: 1,200 from States, 1 from city networks and 3 for themselves",
                "- Organizations from 44 countries",
                "- One speaker on the programme",
                "- One intervention from the floor, one minute in all",
            ],
        ),
        (
            Figures({"academia": 1}, 1, 28, 0),
            [
                "- 1 confirmed participant: 1 from academic institutions",
                "- One speaker on the programme",
                "- 28 interventions from the floor",
            ],
        ),
    ],
)
def test_figures_that_are_known_are_told(figures: Figures, expected: list[str]) -> None:
    assert lines(note(of(), figures), "## In figures") == expected


def test_submissions_are_counted_and_never_named() -> None:
    own = Submission(1, "a", NETWORK, themes=("Water",), publish=True)
    text = note(of(Point(1, "wells", submission=1, organisation=NETWORK), submissions=(own, own)))
    assert "- Two written submissions" in text
    assert "Network" not in text


def test_bodies_that_spoke_are_listed_local_governments_first_and_each_once() -> None:
    heard = tuple(Intervention(1, body) for body in (NETWORK, FEZ, NETWORK, None))
    assert lines(note(of(interventions=heard)), "## Who was heard") == [
        "- **Local and regional governments:** City of Fez, Morocco",
        "- **Others:** Network of cities",
    ]


def test_speakers_of_the_programme_are_named_others_by_body_and_the_protected_not_at_all() -> None:
    points = (
        Point(1, "the need for homes", verb="stressed", session=1, person=ADA),
        Point(2, "more of it", verb="stressed", session=1, person=ADA),
        Point(3, "the cost", verb="noted", session=1, person=FLOOR),
        Point(4, "the risk", verb="noted", session=1, person=HIDDEN, organisation=SECRET),
        Point(5, "the law", verb="noted", session=1, collective=True),
        Point(6, "the wind", verb="noted", session=1),
        Point(7, "to build", kind="recommendation", session=1, person=FLOOR),
        Point(8, " ", session=1, organisation=FEZ),
    )
    text = note(of(*points))
    said = lines(text, "### Housing")
    assert sorted(said) == sorted([
        "- **Ms. Ada Muster** (City of Fez) stressed the need for homes.",
        "- **Network of cities** noted the cost.",
        "- A speaker noted the risk.",
        "- Several speakers noted the law.",
        "- A speaker noted the wind.",
    ])  # fmt: skip
    for hidden in ("Nemo", "Nobody", "Hidden House", "Flora", "Saal"):
        assert hidden not in text


def test_of_a_long_session_six_voices_are_told() -> None:
    points = tuple(Point(n, f"matter {n}", session=1, organisation=Organisation(n, f"Body {n}")) for n in range(1, 20))
    assert len(lines(note(of(*points)), "### Housing")) == 6
    unnamed = tuple(Point(n, f"matter {n}", session=1, collective=True) for n in range(1, 20))
    assert len(lines(note(of(*unnamed)), "### Housing")) <= 6


def test_what_is_long_is_shortened_in_sight() -> None:
    (line,) = lines(note(of(Point(1, "word " * 20_000, session=1, organisation=FEZ))), "### Housing")
    assert line.endswith("word […]")
    assert 500 < len(line) < 600


def test_recommendations_are_those_of_the_report_as_it_stands() -> None:
    given = Particulars(
        recommendations=(Recommendation("national governments", None, ("To build homes", "To keep them")),)
    )
    material = of(particulars=given)
    draft = compiled(material)
    assert lines(outcome_note(material, draft, NOTHING), "## What was recommended") == [
        "National governments should:",
        "- To build homes;",
        "- To keep them.",
    ]
    without = replace(draft, body=draft.body[:-1])
    assert "## What was recommended" not in outcome_note(material, without, NOTHING)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Particulars(), "Council at [session of the Council]."),
        (Particulars(council_number=63), "Council at its sixty-third session."),
        (
            Particulars(
                symbol="A/HRC/63/1",
                council_number=63,
                council_start=dt.date(2026, 9, 14),
                council_end=dt.date(2026, 10, 9),
            ),
            "Council at its sixty-third session (14 September–9 October 2026) as document A/HRC/63/1.",
        ),
    ],
)
def test_the_next_step_is_the_session_of_the_council(given: Particulars, sentence: str) -> None:
    assert lines(note(of(particulars=given)), "## Next steps")[0].endswith(sentence)


def test_nothing_but_a_title_makes_a_note() -> None:
    text = note(Material(Meeting("M", "in_person")))
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# M", "## What was recommended", "## Next steps",
    ]  # fmt: skip


def test_the_expert_meeting_of_2023_has_every_part() -> None:
    text = note(demonstration("2023-08-28.yaml"), Figures({"states": 3}, 12, 9, 41))
    assert "Themes: Challenges; Capacity-building; Engagement with United Nations human rights mechanisms." in text
    assert "- **Government of Catalonia** highlighted" in text
    assert "17 speakers on the programme" in text
    assert len(lines(text, "## What was recommended")) == 23
    headings = [int(level) for level in re.findall(r"<h(\d)", outcome_html(text, title="x"))]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def read(rendered: str) -> str:
    return one_line(html.unescape(re.sub("<[^>]*>", "", rendered)))


@given(st.text() | st.text("*_[]()<>&;#-+=~|`\\^!:1.) a\n", max_size=30))
@example("a #")
@example("1. a")
@example("[^1]: a")
def test_markdown_shows_words_as_they_are(words: str) -> None:
    for line in (escaped(words), f"- {escaped(words)}", f"## {escaped(words)}"):
        rendered = outcome_body(f"x\n\n{line}\n")
        assert read(rendered) == one_line(f"x {one_line(words)}")
        assert not re.search("<(a|em|strong|code|img|pre|hr|blockquote|ol)[ >]", rendered)


HOSTILE = (
    "# A <b>\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://e.org/p.png) <img src=x onerror=y>\n"
)


def test_a_page_of_its_own_is_titled_and_runs_nothing() -> None:
    page = outcome_html(HOSTILE, title="Meeting")
    assert "<title>A &lt;b&gt;</title>" in page
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    untitled = outcome_html("## part", title="M & N")
    assert "<title>M &amp; N</title>" in untitled
    assert "<h1>M &amp; N</h1>\n<h2>part</h2>" in untitled


def test_headings_stand_below_those_of_the_page_around() -> None:
    assert re.findall(r"<(h\d)", outcome_body("# a\n\n## b\n\n##### c\n", below=2)) == ["h3", "h4", "h6"]
