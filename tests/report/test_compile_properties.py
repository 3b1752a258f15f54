"""What holds of every draft, whatever the meeting: nothing is lost, nothing stands twice, and the text is sound."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.inline import Gap
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, Draft, numbered
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
from meetings.report.rules.options import FloorPlace, Options, Theme
from meetings.report.rules.wording import plain

KINDS = ("point", "example", "challenge", "recommendation", "question")
SESSIONS = ("opening", "keynote", "panel", "dialogue", "interactive_dialogue", "closing", "other", "lunch")
ROLES = ("chair", "moderator", "opening", "keynote", "panellist", "facilitator", "closing")
CATEGORIES = (None, "states", "local_and_regional_governments", "academia", "other_stakeholders")
NOTES = (
    "the need for rules", "That rents rise", "Cities should act", "How can towns report?", "whether it helps?",
    "70 per cent of people live in cities", "“We are here.”", "“cities first”", "12 desks", "training; and more",
    "(see the annex)", "- more money", "OHCHR guidance", "ترجمة التوصيات", "the end. It came soon", "why rents rise",
    "that of others", "to act now", "lack of funds…", "e\u0301lan",
)  # fmt: skip
VERBS = (None, None, "noted", "called for", "added", "asked", "raised", "welcomed", "Stressed")
THEMES = ("Housing", "housing", "Water: rights", "Care", "مدينة")

maybe = st.none() | st.sampled_from(["x"])


def bodies() -> st.SearchStrategy[list[Organisation]]:
    names = st.lists(
        st.sampled_from(["City of Model", "100 Towns", "Model Union (MU)", "Ghana", "مدينة المثال", "Port"]),
        min_size=1,
        max_size=5,
        unique=True,
    )

    def made(chosen: list[str], category: list[str | None]) -> list[Organisation]:
        return [
            Organisation(
                place,
                name,
                acronym="MU" if "MU" in name else "TWN" if "Towns" in name else None,
                category=category[place % len(category)],
                country="KE",
                show_country=place % 2 == 0,
                key=f"b{place}",
            )
            for place, name in enumerate(chosen, 1)
        ]

    return st.builds(made, names, st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=5))


@st.composite
def people(draw: st.DrawFn, of: list[Organisation]) -> list[Person]:
    number = draw(st.integers(1, 6))
    return [
        Person(
            place,
            draw(st.sampled_from([None, "Ada", "أمينة"])),
            draw(st.sampled_from([None, "Ray", "Kim", "Ray Lee"])),
            draw(st.sampled_from(["given_family", "family_given"])),
            draw(st.sampled_from([None, "Ms.", "Mr", "Dr."])),
            None,
            draw(st.sampled_from([None, "Mayor", "member", "legal expert", "Director, Policy", "Mayor of Model"])),
            draw(st.sampled_from([None, "Learning Unit"])),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.none() | st.sampled_from(of)),
            draw(st.booleans()),
            f"p{place}",
        )
        for place in range(1, number + 1)
    ]


@st.composite
def sessions(draw: st.DrawFn, who: list[Person]) -> tuple[Session, ...]:
    made: list[Session] = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        roles = draw(st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(who)), max_size=5, unique=True))
        part_of = draw(st.none() | st.sampled_from([each.id for each in made])) if made else None
        held = tuple(Role(number * 100 + place, role, person) for place, (role, person) in enumerate(roles))
        day, hour = date(2026, 3, draw(st.integers(2, 3))), draw(st.integers(9, 12))
        made.append(
            Session(
                number, f"s{number}", draw(st.sampled_from(SESSIONS)), f"Title {number}", None, day, time(hour),
                time(hour + 1), draw(maybe), part_of, held,
            )
        )  # fmt: skip
    return tuple(made)


@st.composite
def materials(draw: st.DrawFn) -> Material:
    of = draw(bodies())
    who = draw(people(of))
    held = draw(sessions(who))
    submissions = tuple(
        Submission(
            number,
            f"in{number}",
            draw(st.none() | st.sampled_from(of)),
            draw(st.sampled_from(CATEGORIES)),
            tuple(draw(st.lists(st.sampled_from(THEMES), max_size=2))),
            draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(0, 6)) + 1)
    )
    numbers = iter(range(1, 1000))

    def point(session: int | None, submission: int | None) -> Point:
        number = next(numbers)
        return Point(
            number,
            draw(st.sampled_from(NOTES)),
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(VERBS)),
            session,
            submission,
            draw(st.none() | st.sampled_from(who)) if session else None,
            draw(st.none() | st.sampled_from(of)) if session else None,
            draw(st.booleans()),
            tuple(draw(st.lists(st.sampled_from(THEMES), max_size=2))),
            f"u{number}",
        )

    def several(session: int | None) -> Point:
        chosen = [
            draw(st.none() | st.sampled_from([s.id for s in submissions])) if submissions else None for _ in "abc"
        ]
        first, *others = (point(session, None if session else each) for each in chosen[: draw(st.integers(1, 3))])
        return replace(first, merged=tuple(others))

    points = tuple(
        several(draw(st.none() | st.sampled_from([s.id for s in held])) if held else None)
        for _ in range(draw(st.integers(0, 14)))
    )
    floors: dict[str, FloorPlace] = {
        each.key: draw(st.sampled_from(["folded", "section"])) for each in held if draw(st.booleans())
    }
    themes = (Theme("Homes", ("housing", "Care")),) if draw(st.booleans()) else ()
    return Material(
        Meeting("Expert meeting on care", "online", None, None, "Council", "57/12", date(2026, 3, 2), date(2026, 3, 3)),
        held,
        points,
        tuple(Intervention(each.id, draw(st.none() | st.sampled_from(of))) for each in held),
        submissions,
        Particulars(conclusions=("One.",), recommendations=(Recommendation("Cities", None, ("act",), ("u1",)),)),
        Options(floors=floors, themes=themes, several=draw(st.integers(1, 4)), number=draw(st.integers(2, 6))),
    )


def blocks(draft: Draft) -> list[Block]:
    return [part for part in draft.body if isinstance(part, Block)]


UNSOUND = re.compile(r"  | [,.;:]|\.\.|,,|,\.|\balso also\b|\bthat that\b|\bthe the\b|\ba the\b|\bthe a\b|,$|\bNone\b")
ENDED = re.compile(r"[.!?…:][”’)]*$")


@settings(max_examples=40, deadline=None)
@given(materials())
def test_every_point_is_told_once_or_said_to_have_no_place(material: Material) -> None:
    draft = compiled(material)
    told = Counter(
        source.id
        for block in blocks(draft)
        for source in block.sources
        if source.kind == "point" and not block.key.startswith("recommendations")
    )
    every = [each.id for point in material.points for each in (point, *point.merged)]
    assert sorted([*told.elements(), *draft.unplaced]) == sorted(every)


@settings(max_examples=40, deadline=None)
@given(materials())
def test_the_text_is_sound(material: Material) -> None:
    draft = compiled(material)
    for block in (draft.summary, *blocks(draft)):
        words = plain(block.paragraph.content)
        if block.key in ("conclusions", "recommendations", "proceedings") or words.startswith("[account of"):
            continue
        assert not UNSOUND.search(words), words
        assert ENDED.search(words), words
        assert words[0].isupper() or words[0] in "[“" or not words[0].isascii(), words
        sentences = re.split(r"(?<=[.!?]) ", words)
        assert not any(each[0].isdigit() for each in sentences), words


@settings(max_examples=30, deadline=None)
@given(materials())
def test_no_word_of_a_note_is_lost(material: Material) -> None:
    draft = compiled(material)
    whole = " ".join(plain(block.paragraph.content) for block in blocks(draft)).casefold()
    for point in material.points:
        if point.id not in draft.unplaced:
            note = point.text.removeprefix("- ").strip('“”"?.…; ').casefold().translate(_QUOTES)
            assert note in whole.translate(_QUOTES)


_QUOTES = str.maketrans("“”", "‘’")


@settings(max_examples=30, deadline=None)
@given(materials())
def test_keys_are_unique_and_numbers_run_through(material: Material) -> None:
    draft = compiled(material)
    keys = [block.key for block in blocks(draft)]
    assert len(set(keys)) == len(keys)
    assert max(map(len, keys)) <= 300
    labels = [line.label for line in numbered(draft.body) if isinstance(line.part, Block)]
    assert labels == [f"{number}." for number in range(1, len(labels) + 1)]
    assert all(block.sources for block in blocks(draft))


@settings(max_examples=30, deadline=None)
@given(materials(), st.sampled_from(NOTES), st.data())
def test_a_point_added_at_the_end_leaves_every_key_as_it_was(
    material: Material, words: str, data: st.DataObject
) -> None:
    session = (
        data.draw(st.none() | st.sampled_from([each.id for each in material.sessions])) if material.sessions else None
    )
    added = Point(5000, words, session=session, collective=data.draw(st.booleans()), uid="added")
    reported = {"other", "side_event"} & {each.kind for each in material.sessions if each.id == session}
    before = {block.key for block in blocks(compiled(material)) if not _placeholder(block)}
    after = {block.key for block in blocks(compiled(replace(material, points=(*material.points, added))))}
    if not reported:  # such a session is told of only once something was noted in it
        assert before <= after


def _placeholder(block: Block) -> bool:
    """Whether a paragraph holds nothing but what is missing."""
    return all(isinstance(piece, Gap) for piece in block.paragraph.content)


@settings(max_examples=20, deadline=None)
@given(materials())
def test_who_is_protected_is_never_named(material: Material) -> None:
    hidden = replace(
        material,
        sessions=tuple(
            replace(each, roles=tuple(replace(role, person=_hidden(role.person)) for role in each.roles))
            for each in material.sessions
        ),
        points=tuple(replace(_by_hidden(p), merged=tuple(map(_by_hidden, p.merged))) for p in material.points),
    )
    draft = compiled(hidden)
    assert "Secretname" not in " ".join(plain(b.paragraph.content) for b in (draft.summary, *blocks(draft)))


def _hidden(person: Person) -> Person:
    return replace(person, given="Secretname", family="Secretname", function="Secretname", protected=True)


def _by_hidden(point: Point) -> Point:
    return replace(point, person=_hidden(point.person)) if point.person else point


@settings(max_examples=10, deadline=None)
@given(materials())
def test_the_same_meeting_gives_the_same_draft(material: Material) -> None:
    assert compiled(material) == compiled(material)
