"""programme.docx, read back: the same sessions, with all that is printed of them."""

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import people
from exports.meeting_head import Hours, MeetingHead
from exports.people import Person
from exports.programme import Programme, ProgrammeDay, ProgrammeItem, RolePeople, programme_docx
from exports.text import one_line
from meetings.database import now
from meetings.programme.queries import meeting_lines, meeting_page
from meetings.programme.queries.documents import file_head, programme_document, programme_of
from meetings.reading.files import source_of
from meetings.reading.rules import Reading, read
from meetings.transfer.commands import load_demonstration
from tests.exports.samples import FLOLU, JULY_HEAD, JULY_PROGRAMME, LEE, MADE, SHIN, YUN

Row = tuple[object, ...]


def printed(programme: Programme) -> list[Row]:
    """What the file says of each session, each followed by its parts."""
    rows: list[Row] = []
    for day in programme.days:
        for item in day.items:
            place = len(rows)
            rows.append((day.day, None, *_item(item)))
            rows += [(None, place, *_item(part)) for part in item.parts]
    return rows


def _item(item: ProgrammeItem) -> Row:
    who = tuple((role.role, text) for role in item.roles for each in role.people if (text := people.line(each)))
    titles = tuple(one_line(text) for text in (item.kind, item.label, item.title, item.track, item.room))
    end = item.end if item.start else None
    limit = item.limit_seconds if item.floor_minutes else None
    minutes = (item.presentations_minutes, item.floor_minutes, limit, item.replies_minutes)
    return (item.start, end, *titles, item.description.strip(), who, minutes)


def recognised(found: Reading) -> list[Row]:
    return [
        (
            each.day,
            each.part_of,
            each.start,
            each.end,
            each.kind,
            each.label,
            each.title,
            each.track,
            each.room,
            each.description,
            tuple((person.role, _line(person)) for person in each.people),
            (each.presentations_minutes, each.floor_minutes, each.limit_seconds, each.replies_minutes),
        )
        for each in found.sessions
    ]


def _line(person: object) -> str:
    names = ("honorific", "given", "family", "function", "unit", "organisation", "country")
    return people.line(Person(**{name: getattr(person, name) for name in names}))


def read_back(programme: Programme, head: MeetingHead = JULY_HEAD) -> Reading:
    """What is read of the file."""
    return read(source_of(programme_docx(head, programme, made=MADE)))


def test_the_demonstration_meetings_come_back(app: Flask) -> None:
    load_demonstration(now=now())
    for line in meeting_lines(now=now(), drafts_of=None):
        page = meeting_page(line.head.slug)
        assert page is not None
        found = read(source_of(programme_document(page)))
        assert recognised(found) == printed(programme_of(page)), line.head.slug
        head = file_head(page.head, page.programme.sittings)
        assert (found.head.title, found.head.zone) == (head.title, head.zone)
        assert (found.head.first_day, found.head.last_day) == (head.first_day, head.last_day)
        assert [(each.day, each.start, each.end) for each in found.sittings] == [
            (each.day, each.start, each.end) for each in head.hours
        ]


def test_a_programme_with_everything_comes_back() -> None:
    found = read_back(JULY_PROGRAMME)
    assert recognised(found) == printed(JULY_PROGRAMME)
    assert found.not_understood == ()


def of_one_day(*items: ProgrammeItem) -> Programme:
    return Programme((ProgrammeDay(JULY_HEAD.first_day, items),))


@pytest.mark.parametrize(
    "item",
    [
        ProgrammeItem("Human rights: a title with a colon", dt.time(9), dt.time(10), kind="panel"),
        ProgrammeItem("Session 2: what it is called", dt.time(9), dt.time(10), label="Talk", kind="other"),
        ProgrammeItem("10:30 – a title that begins with a time", dt.time(9), dt.time(10), kind="other"),
        ProgrammeItem("Lunch", dt.time(12), kind="lunch"),
        ProgrammeItem("Without a time", kind="keynote"),
        ProgrammeItem("Moderator: a title", dt.time(9), dt.time(10), kind="closing", description="Chair: nobody."),
        ProgrammeItem(
            "Descriptions", dt.time(9), dt.time(10), kind="panel",
            description="10:00 – 11:00 is none.\n\n2/5\n\nhttps://example.org/\n\n• a line\nand one more\n\n¹ no note",
        ),
        ProgrammeItem("حقوق الإنسان", dt.time(9), dt.time(10), label="Session 1", description="السلام", kind="panel"),
        ProgrammeItem("人权城市", dt.time(9), dt.time(10), kind="dialogue", room="Room 5"),
        ProgrammeItem(
            "Who", dt.time(9), dt.time(10), kind="panel",
            roles=(
                RolePeople("chair", (YUN,)),
                RolePeople("panellist", (FLOLU, SHIN, Person(function="co-presidency", organisation="UCLG CSIPDHR"))),
                RolePeople("facilitator", (Person("민준", "김", name_order="family_given"), LEE)),
                RolePeople("closing", (Person("Esther", "Eghobamien-Mshelia", function="Vice-Chair, Committee"),)),
            ),
        ),
        ProgrammeItem("A", dt.time(16), dt.time(17), kind="panel", track="Water", room="Salle XX"),
        ProgrammeItem("B", dt.time(9), dt.time(10), kind="panel", track="In the library"),
        ProgrammeItem(
            "Minutes", dt.time(9), dt.time(11), kind="panel",
            presentations_minutes=30, floor_minutes=45, limit_seconds=150, replies_minutes=1,
        ),
        ProgrammeItem("More minutes", dt.time(9), dt.time(11), kind="dialogue", floor_minutes=1, limit_seconds=60),
        ProgrammeItem(
            "With parts", dt.time(9), dt.time(12), kind="dialogue", label="Thematic", description="Before the parts.",
            parts=(
                ProgrammeItem(
                    "One", dt.time(9), dt.time(10), label="Group 1", kind="dialogue",
                    roles=(RolePeople("chair", (LEE,)),),
                ),
                ProgrammeItem("Two", label="Group 2", kind="panel", description="Of the second."),
            ),
        ),
    ],
    ids=lambda item: item.title,
)  # fmt: skip
def test_what_could_be_taken_for_something_else_comes_back(item: ProgrammeItem) -> None:
    programme = of_one_day(item, ProgrammeItem("After", dt.time(16), dt.time(17), kind="closing"))
    found = read_back(programme)
    assert recognised(found) == printed(programme)
    assert found.not_understood == ()


def test_a_programme_of_several_days_comes_back() -> None:
    days = [dt.date(2026, 11, 26), dt.date(2026, 11, 27), dt.date(2026, 11, 28)]
    hours = tuple(Hours(day, dt.time(9), dt.time(12)) for day in days[:2])
    head = MeetingHead("Three days", days[0], days[2], "Pacific/Auckland", place="Auckland, New Zealand", hours=hours)
    items = (
        ProgrammeItem("Opening", dt.time(9), dt.time(10), kind="opening"),
        ProgrammeItem("Panel", dt.time(10), dt.time(11), kind="panel"),
    )
    programme = Programme(tuple(ProgrammeDay(day, items) for day in days))
    found = read_back(programme, head)
    assert recognised(found) == printed(programme)
    assert (found.head.first_day, found.head.last_day, found.head.zone) == (days[0], days[2], "Pacific/Auckland")
    assert [(each.day, each.start) for each in found.sittings] == [(day, dt.time(9)) for day in days[:2]]
    assert not found.remarks


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
PHRASES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
MINUTES = st.none() | st.integers(1, 45)
KINDS = ("registration", "opening", "keynote", "panel", "dialogue", "interactive_dialogue", "break", "lunch", "other")


@st.composite
def items(draw: st.DrawFn, *, depth: int = 1) -> ProgrammeItem:
    start = draw(st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0)))
    end = draw(st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))) if start else None
    kind = draw(st.sampled_from(KINDS))
    return ProgrammeItem(
        draw(PHRASES),
        start,
        end if end and start and end > start else None,
        label=draw(st.just("") | PHRASES),
        description="\n\n".join(draw(st.lists(PHRASES, max_size=2))),
        kind=kind,
        track=draw(st.just("") | PHRASES),
        room=draw(st.just("") | PHRASES),
        presentations_minutes=draw(MINUTES),
        floor_minutes=draw(MINUTES),
        replies_minutes=draw(MINUTES),
        limit_seconds=draw(st.none() | st.integers(1, 2700)),
        parts=tuple(draw(st.lists(items(depth=0), max_size=2))) if depth else (),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(items(), min_size=1, max_size=4), st.sampled_from(["en-GB", "fr", "es"]))
def test_any_programme_comes_back_in_every_language(made: list[ProgrammeItem], language: str) -> None:
    programme = of_one_day(*made)
    assert recognised(read_back(programme, replace(JULY_HEAD, language=language))) == printed(programme)
