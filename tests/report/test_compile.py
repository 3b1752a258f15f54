"""The parts of a draft, each in the forms that meetings give it."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.report import report_docx
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, document, numbered, roman
from meetings.report.rules.front import meeting_name, meeting_noun
from meetings.report.rules.inputs import categories_of
from meetings.report.rules.material import (
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
from meetings.report.rules.wording import plain
from tests.report.from_file import lines

MEETING = Meeting("Meeting on care", "in_person", "Geneva", None, None, "57/12", date(2026, 3, 2), date(2026, 3, 2))


def person(number: int, name: str = "", **known: Any) -> Person:
    known = {"function": f"Mayor of Town {number}", "honorific": "Ms."} | known
    return Person(number, "Ada", name or f"Lee{number}", key=f"p{number}", **known)


def session(number: int, kind: str, *roles: tuple[str, Person], **known: Any) -> Session:
    held = tuple(Role(number * 100 + place, role, who) for place, (role, who) in enumerate(roles))
    return Session(number, f"s{number}", kind, f"Title {number}", roles=held, **known)


def body(*sessions: Session, points: tuple[Point, ...] = ()) -> list[str]:
    """The proceedings as they read, without numbers."""
    read = lines(compiled(Material(MEETING, sessions, points)))
    start, end = read.index("# II. Summary of proceedings") + 1, read.index("# III. Conclusions")
    return [line.partition(" ")[2] for line in read[start:end] if not line.startswith("#")]


A, B, C = person(1), person(2), person(3)


@pytest.mark.parametrize(
    ("roles", "frame"),
    [
        ((), "The thematic session was held on the theme “Title 1”. [account of the session]."),
        ((("panellist", A),), "The thematic session, on the theme “Title 1”, featured one panellist."),
        (
            (("moderator", A),),
            "The thematic session, on the theme “Title 1”, was moderated by the Mayor of Town 1, Ada Lee1.",
        ),
        (
            (("moderator", A), ("moderator", B)),
            "The thematic session, on the theme “Title 1”, was moderated by the Mayor of Town 1, Ada Lee1, and the"
            " Mayor of Town 2, Ada Lee2.",
        ),
        (
            (("chair", C), ("moderator", B), ("panellist", A)),
            "The thematic session, on the theme “Title 1”, featured one panellist, was chaired by the Mayor of Town 3,"
            " Ada Lee3, and was moderated by the Mayor of Town 2, Ada Lee2.",
        ),
        (
            (("chair", C), ("moderator", C), ("panellist", A), ("panellist", B)),
            "The thematic session, on the theme “Title 1”, featured two panellists and was chaired and moderated by the"
            " Mayor of Town 3, Ada Lee3.",
        ),
        (
            (("moderator", A), ("panellist", A)),
            "The thematic session, on the theme “Title 1”, featured one panellist, the Mayor of Town 1, Ada Lee1, who"
            " also moderated the discussion.",
        ),
    ],
)
def test_the_frame_of_a_session(roles: tuple[tuple[str, Person], ...], frame: str) -> None:
    assert body(session(1, "panel", *roles))[0] == frame


@pytest.mark.parametrize(
    ("roles", "opening"),
    [
        ((), "[account of the opening session]"),
        (
            (("moderator", A),),
            "The moderator of the opening session, the Mayor of Town 1, Ada Lee1, opened the discussion by outlining"
            " the objectives of the meeting.",
        ),
        (
            (("moderator", A), ("opening", B)),
            "The moderator of the opening session, the Mayor of Town 1, Ada Lee1, opened the discussion by outlining"
            " the objectives of the meeting and introducing the speaker.",
        ),
        (
            (("chair", C), ("moderator", A), ("opening", B)),
            "The opening session was chaired by the Mayor of Town 3, Ada Lee3. The moderator of the opening session,"
            " the Mayor of Town 1, Ada Lee1, opened the discussion by outlining the objectives of the meeting and"
            " introducing the speaker.",
        ),
        ((("opening", B),), "The Mayor of Town 2, Ada Lee2, [what was said]."),
    ],
)
def test_the_opening_session(roles: tuple[tuple[str, Person], ...], opening: str) -> None:
    assert body(session(1, "opening", *roles))[0] == opening


@pytest.mark.parametrize(
    ("countries", "shared"),
    [
        (("UY", "CO"), " Panellists shared experiences from Colombia and Uruguay."),
        (("UY", "UY"), ""),
        (("UY", None), ""),
    ],
)
def test_experiences_are_those_of_several_countries(countries: tuple[str | None, ...], shared: str) -> None:
    panel = [
        person(n, organisation=Organisation(n, f"Council {n}", country=code, category="local_and_regional_governments"))
        for n, code in enumerate(countries, 1)
    ]
    frame = body(session(1, "panel", *(("panellist", each) for each in panel)))[0]
    assert frame == f"The thematic session, on the theme “Title 1”, featured two panellists.{shared}"


def test_the_floor_of_a_session_follows_its_parts_and_the_floor_of_each() -> None:
    sessions = (session(1, "dialogue"), session(2, "panel", part_of=1), session(3, "panel", part_of=1))
    towns = [Organisation(n, f"Town {n}", key=f"t{n}") for n in (7, 8)]
    points = (
        Point(1, "all of it", session=1, organisation=towns[0], uid="u1"),
        Point(2, "one part", session=2, organisation=towns[1], uid="u2"),
    )
    assert body(*sessions, points=points) == [
        "The thematic session, on the theme “Title 1”, consisted of two parts.",
        "The first part of the thematic session was held on the theme “Title 2”.",
        "In an intervention from the floor, the speaker from Town 8 noted one part.",
        "The second part of the thematic session was held on the theme “Title 3”. [account of the session].",
        "In a further intervention from the floor, the speaker from Town 7 referred to all of it.",
    ]


def test_an_acronym_is_introduced_where_it_is_used_again() -> None:
    union = Organisation(1, "Model Union", acronym="MU", article="the", key="mu")
    first, second = (session(n, "panel", ("panellist", A)) for n in (1, 2))
    once = (Point(1, "one", session=1, organisation=union, uid="u1"),)
    twice = (*once, Point(2, "what MU does", session=2, person=A, uid="u2"))
    assert "(MU)" not in str(body(first, second, points=once))
    assert "the speaker from the Model Union (MU) " in str(body(first, second, points=twice))


def test_a_single_part_of_the_proceedings_has_no_heading_of_its_own() -> None:
    read = lines(compiled(Material(MEETING, (session(1, "panel"),))))
    assert not [line for line in read if line.startswith("## ")]


def test_a_meeting_without_sessions_has_a_gap_for_its_proceedings() -> None:
    assert body() == ["[summary of proceedings]"]


def test_openings_of_several_days_are_told_by_their_day() -> None:
    days = [date(2026, 3, 2), date(2026, 3, 3)]
    read = body(*(session(n, "opening", ("chair", A), ("opening", B), date=day) for n, day in enumerate(days, 1)))
    assert read[0].startswith("The chair of the opening session of 2 March 2026, the Mayor of Town 1, Ada Lee1, opened")
    assert read[2] == "The opening session of 3 March 2026 was chaired by Ms. Lee1."


def test_a_protected_moderator_is_not_told_and_what_they_said_is_one_moderators() -> None:
    hidden = person(9, protected=True)
    said = Point(1, "the end", session=1, person=hidden)
    assert body(session(1, "panel", ("moderator", hidden), ("panellist", A)), points=(said,)) == [
        "The thematic session, on the theme “Title 1”, featured one panellist.",
        "One moderator noted the end.",
        "The Mayor of Town 1, Ada Lee1, [what was said].",
    ]


@pytest.mark.parametrize(
    ("title", "name", "noun"),
    [
        ("Expert meeting on care", "expert meeting on care", "expert meeting"),
        ("Meeting on local government and human rights", "meeting on local government and human rights", "meeting"),
        (
            "Preparatory meeting of the global movement",
            "preparatory meeting of the global movement",
            "preparatory meeting",
        ),
        ("OHCHR-UCLG workshop on reporting", "OHCHR-UCLG workshop on reporting", "OHCHR-UCLG workshop"),
        ("Local governments for human rights", "meeting entitled “Local governments for human rights”", "meeting"),
        ("Dialogue “with cities”", "meeting entitled “Dialogue ‘with cities’”", "meeting"),
        ("World Forum for Cities", "World Forum for Cities", "World Forum"),
    ],
)
def test_a_meeting_is_called_by_what_its_title_says_it_is(title: str, name: str, noun: str) -> None:
    meeting = Meeting(title, "online")
    assert (meeting_name(meeting), meeting_noun(meeting)) == (name, noun)


@pytest.mark.parametrize(
    ("mode", "city", "country", "place"),
    [
        ("in_person", "Geneva", "CH", "was held in Geneva, on 2 March 2026,"),
        ("in_person", "Gwangju", "KR", "was held in Gwangju, Republic of Korea, on 2 March 2026,"),
        ("online", None, None, "was held online, on 2 March 2026,"),
        ("online", "Geneva", "CH", "was held online, on 2 March 2026,"),
        ("hybrid", "Geneva", "CH", "was held in Geneva and online, on 2 March 2026,"),
        ("in_person", None, None, "was held in [place of the meeting], on 2 March 2026,"),
    ],
)
def test_where_a_meeting_was_held(mode: str, city: str | None, country: str | None, place: str) -> None:
    draft = compiled(Material(replace(MEETING, mode=mode, city=city, country=country)))
    assert place in lines(draft)[1]


def submission(number: int, category: str | None = None, name: str | None = None, **known: Any) -> Submission:
    organisation = Organisation(number, name, article="the") if name else None
    return Submission(number, f"in{number}", organisation, category, **known)


@pytest.mark.parametrize(
    ("submissions", "drawn"),
    [
        ((submission(1, "states"),), "one written submission received in response to the call for inputs."),
        (
            (submission(1, "academia"), submission(2, "states")),
            "two written submissions received from States and academic institutions in response to the call for"
            " inputs.",
        ),
        (
            (submission(1, "states"), submission(2)),
            "two written submissions received from States and other stakeholders in response to the call for inputs.",
        ),
        (
            (submission(1, "states"), submission(2, name="City of Exampledam")),
            "two written submissions received from [categories of those who sent them] in response to the call for"
            " inputs.",
        ),
        (
            (submission(1, "other_stakeholders"), submission(2, "other_stakeholders")),
            "two written submissions received from stakeholders in response to the call for inputs.",
        ),
        (
            (submission(1), submission(2)),
            "two written submissions received from [categories of those who sent them] in response to the call for"
            " inputs.",
        ),
    ],
)
def test_the_summary_counts_the_submissions_and_says_from_whom(submissions: tuple[Submission, ...], drawn: str) -> None:
    draft = compiled(Material(MEETING, submissions=submissions))
    assert plain(draft.summary.paragraph.content).endswith(f". The report also draws on {drawn}")


def test_categories_stand_in_their_own_order() -> None:
    given = tuple(submission(n, c) for n, c in enumerate(["academia", "city_networks", "states", "academia"]))
    assert categories_of(given) == "States, city networks and academic institutions"


def test_inputs_are_grouped_by_theme_and_named_only_with_consent() -> None:
    submissions = (
        submission(1, name="City of Exampledam", publish=True, themes=("Housing",)),
        submission(2, name="City of Modelville", themes=("Housing",)),
        submission(3),
    )
    points = (
        Point(1, "more homes", "recommendation", submission=1),
        Point(2, "fewer cars", submission=2, themes=("transport",)),
        Point(3, "that rents rise", "challenge", submission=2),
        Point(4, "the lack of land", collective=True, themes=("housing",)),
        Point(5, "nothing in particular", submission=3),
        Point(6, "gardens", "example", submission=1),
    )
    read = lines(compiled(Material(MEETING, points=points, submissions=submissions)))
    start = read.index("# III. Inputs received from States and other stakeholders")
    assert read[start + 1 : -4] == [
        "3. To inform the present report, the Office of the United Nations High Commissioner for Human Rights (OHCHR)"
        " sought contributions from States and other stakeholders. OHCHR received three submissions.",
        "4. The contributions received are summarized below under two themes.",
        "5. One submission noted nothing in particular.",
        "### Housing",
        "6. The City of Exampledam recommended more homes. The City of Exampledam also described gardens.",
        "7. One submission highlighted that rents rise.",
        "8. Several submissions noted the lack of land.",
        "### Transport",
        "9. One submission noted fewer cars.",
    ]


@pytest.mark.parametrize(
    ("recommendation", "written"),
    [
        (Recommendation("Cities", None, ("act", "Listen.")), ["Cities should:", "Act;", "Listen."]),
        (
            Recommendation("Human Rights Council", None, ("act", "listen")),
            ["The Human Rights Council should:", "Act;", "Listen."],
        ),
        (
            Recommendation("Cities", "Where they can, cities should", ("act",)),
            ["Where they can, cities should:", "Act."],
        ),
        (Recommendation("Cities", None, ("To act",)), ["Cities should act."]),
        (Recommendation("Cities", None, ("OHCHR be asked",)), ["Cities should OHCHR be asked."]),
        (Recommendation("Cities", "Cities should act"), ["Cities should act."]),
        (Recommendation(None, None, ("act", "listen")), ["[addressee] should:", "Act;", "Listen."]),
        (Recommendation("Cities", "all:", ("a;", " ", "b,")), ["All:", "A;", "B."]),
    ],
)
def test_a_recommendation_is_a_lead_with_items_or_a_sentence(
    recommendation: Recommendation, written: list[str]
) -> None:
    draft = compiled(Material(MEETING, particulars=Particulars(recommendations=(recommendation,))))
    (last,) = [part for part in draft.body[-1:] if isinstance(part, Block)]
    assert [plain(last.paragraph.content), *map(plain, last.paragraph.items)] == written


def test_empty_conclusions_and_recommendations_leave_no_empty_paragraph() -> None:
    draft = compiled(
        Material(
            MEETING,
            particulars=Particulars(conclusions=(" ", "One"), recommendations=(Recommendation("Nobody"),)),
        )
    )
    assert lines(draft)[-3:] == ["3. One.", "# IV. Recommendations", "4. [recommendations]"]


def test_sections_are_numbered_in_roman() -> None:
    assert [roman(number) for number in (1, 4, 5, 9, 14)] == ["I", "IV", "V", "IX", "XIV"]


HOSTILE = [
    "\x00\x0b\x1f]]>",
    "<script>alert(1)</script>",
    "\u202eabc\u202c",
    "👩‍👩‍👧 ok",
    "a\r\n\r\nb",
    "%s {0} {{ x }}",
]


@pytest.mark.parametrize("words", [*HOSTILE, "word " * 20_000])
def test_hostile_text_breaks_nothing_and_loses_nothing(words: str) -> None:
    somebody = person(1, name=words, function=words)
    points = (Point(1, words, session=1, person=somebody), Point(2, words, session=1, collective=True))
    material = Material(MEETING, (session(1, "panel", ("panellist", somebody)),), points)
    written = report_docx(document(compiled(material)), made=datetime(2026, 3, 2, tzinfo=UTC))
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(written)).paragraphs)
    kept = " ".join("".join(c for c in words if c >= " " or c in "\r\n\t").split())
    assert text.count(kept) >= 2


TEXT = st.text(max_size=40)


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT, st.sampled_from(["point", "example", "challenge", "recommendation", "question"]), st.booleans())
def test_any_note_gives_a_sentence_and_numbers_never_restart(
    words: str, verb: str, kind: str, collective: bool
) -> None:
    points = (Point(1, words, kind, verb or None, session=1, collective=collective), Point(2, "x", session=1))
    draft = compiled(Material(MEETING, (session(1, "panel", ("panellist", A)),), points))
    labels = [line.label for line in numbered(draft.body) if isinstance(line.part, Block)]
    assert labels == [f"{number}." for number in range(1, len(labels) + 1)]
    for part in draft.body:
        if isinstance(part, Block):
            assert plain(part.paragraph.content).strip()
            assert "  " not in plain(part.paragraph.content)


@pytest.mark.parametrize(
    ("honorific", "verb", "second"),
    [
        ("Ms.", "noted", "Ms. Ray also noted"),
        (None, "noted", "The panellist also noted"),
        ("Ms.", "added", "Ms. Ray added"),
        ("Ms.", "concluded", "Ms. Ray concluded"),
        ("Ms.", "Reiterated", "Ms. Ray reiterated"),
    ],
)
def test_the_last_sentence_of_a_speaker(honorific: str | None, verb: str, second: str) -> None:
    someone = Person(91, "Ada", "Ray", honorific=honorific, function="Mayor of Town")
    points = (
        Point(1, "that trees grow", session=1, person=someone),
        Point(2, "that grass does", verb=verb, session=1, person=someone),
    )
    held = (session(1, "panel", ("panellist", someone)),)
    read = "\n".join(lines(compiled(Material(MEETING, held, points))))
    assert f"that trees grow. {second} that grass does." in read


def test_without_a_mandate_none_is_asserted() -> None:
    bare = Meeting("Workshop on care", "online", start=date(2025, 5, 30))
    draft = compiled(Material(bare))
    assert plain(draft.summary.paragraph.content).startswith("The present report [mandate] reflects the discussions")
    assert "was held online, on 30 May 2025 [mandate]. The workshop focused" in "\n".join(lines(draft))
