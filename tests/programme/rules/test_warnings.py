"""What an organiser is told to look at again, and what not."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.warnings import Kind, Oddity, PlannedSession, PlannedSitting, warnings

DAY = dt.date(2025, 11, 26)
MORNING = PlannedSitting(1, DAY, dt.time(9), dt.time(12))
KIM, LEE = (1, "Ms. Kim"), (2, "Mr. Lee")


def s(number: int, times: str | None = None, kind: str = "other", **other: object) -> PlannedSession:
    """A session out of 09:00-10:00, of a kind that needs no sitting unless another is given."""
    start, end = None, None
    if times:
        first, _, last = times.partition("-")
        start, end = dt.time.fromisoformat(first), dt.time.fromisoformat(last) if last else None
    session = PlannedSession(number, kind, DAY if times else None, start, end)
    return replace(session, **other)  # type: ignore[arg-type]  # any of its fields


def found(*sessions: PlannedSession, sittings: tuple[PlannedSitting, ...] = ()) -> list[tuple[Kind, tuple[int, ...]]]:
    """Kinds and sessions of the warnings."""
    return [(each.kind, each.sessions) for each in warnings(sessions, sittings)]


OVERLAP, TWICE = Kind.OVERLAP, Kind.PERSON_TWICE


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([s(1, "09:00-10:00"), s(2, "10:00-11:00")], []),
        ([s(1, "09:00-10:00"), s(2, "09:59-11:00")], [(OVERLAP, (2, 1))]),
        ([s(2, "09:30-11:00"), s(1, "09:00-10:00")], [(OVERLAP, (2, 1))]),
        ([s(1, "09:00-10:00"), s(2, "09:00-10:00", date=DAY + dt.timedelta(1))], []),
        ([s(1, "09:00-10:00", track="A"), s(2, "09:00-10:00", track="B")], []),
        ([s(1, "09:00-10:00", track="A"), s(2, "09:30-10:00", track="A")], [(OVERLAP, (2, 1))]),
        ([s(1, "09:00-12:00"), s(2, "09:00-10:00", part_of_id=1)], []),
        (
            [s(1, "09:00-12:00"), s(2, "09:00-10:00", part_of_id=1), s(3, "09:30-10:30", part_of_id=1)],
            [(OVERLAP, (3, 2))],
        ),
        ([s(1, "09:00"), s(2, "09:00-10:00")], []),
        ([s(1), s(2)], []),
    ],
)
def test_overlaps_within_one_track(
    sessions: list[PlannedSession], expected: list[tuple[Kind, tuple[int, ...]]]
) -> None:
    assert found(*sessions) == expected


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([s(1, "09:00-10:00", people=(KIM,)), s(2, "10:00-11:00", people=(KIM,))], []),
        ([s(1, "09:00-10:00", track="A", people=(KIM,)), s(2, "09:00-10:00", track="B", people=(LEE,))], []),
        (
            [s(1, "09:00-10:00", track="A", people=(KIM, LEE)), s(2, "09:30-10:00", track="B", people=(LEE, KIM))],
            [(TWICE, (2, 1)), (TWICE, (2, 1))],
        ),
        # Chairing the whole and speaking in a part of it is one place.
        ([s(1, "09:00-12:00", people=(KIM,)), s(2, "09:00-10:00", part_of_id=1, people=(KIM,))], []),
        (
            [
                s(1, "09:00-12:00", people=(KIM,)),
                s(2, "09:00-11:00", part_of_id=1),
                s(3, "09:00-10:00", part_of_id=2, people=(KIM,)),
            ],
            [],
        ),
        # Two roles in one session are one warning elsewhere, not two.
        (
            [s(1, "09:00-10:00", track="A", people=(KIM, KIM)), s(2, "09:00-10:00", track="B", people=(KIM,))],
            [(TWICE, (2, 1))],
        ),
    ],
)
def test_a_person_in_two_places_at_once(
    sessions: list[PlannedSession], expected: list[tuple[Kind, tuple[int, ...]]]
) -> None:
    assert found(*sessions) == expected


def test_the_person_is_named() -> None:
    (odd,) = warnings([s(1, "09:00-10:00", track="A", people=(KIM,)), s(2, "09:00-10:00", people=(KIM,))], ())
    assert odd == Oddity(Kind.PERSON_TWICE, (2, 1), person="Ms. Kim")


@pytest.mark.parametrize(
    ("sessions", "minutes"),
    [
        ([s(1, "09:00-10:00", sitting_id=1), s(2, "10:00-12:00", sitting_id=1)], None),
        ([s(1, "09:00-10:00", sitting_id=1), s(2, "10:15-12:00", sitting_id=1)], 15),
        # Something in another track is not nothing.
        (
            [
                s(1, "09:00-10:00", sitting_id=1),
                s(2, "09:00-10:15", sitting_id=1, track="B"),
                s(3, "10:15-12:00", sitting_id=1),
            ],
            None,
        ),
        # A long one in another track reaches over a short one that begins later.
        (
            [
                s(1, "09:00-11:00", sitting_id=1, track="A"),
                s(2, "09:30-10:00", sitting_id=1, track="B"),
                s(3, "11:00-12:00", sitting_id=1),
            ],
            None,
        ),
        # Without an end it lasts to the next one.
        ([s(1, "09:00", sitting_id=1), s(2, "10:15-12:00", sitting_id=1)], None),
        # Lunch between two sittings, and the start and end of a sitting, are no gaps.
        ([s(1, "09:00-10:00", sitting_id=1), s(2, "11:00-12:00")], None),
        ([s(1, "09:30-11:00", sitting_id=1)], None),
    ],
)
def test_gaps_inside_a_sitting(sessions: list[PlannedSession], minutes: int | None) -> None:
    gaps = [each.minutes for each in warnings(sessions, [MORNING]) if each.kind is Kind.GAP]
    assert gaps == ([minutes] if minutes else [])


@pytest.mark.parametrize(
    ("session", "kind"),
    [
        (s(1, "09:00-12:00", "panel", sitting_id=1), None),
        (s(1, "08:30-10:00", "panel", sitting_id=1), Kind.OUTSIDE_SITTING),
        (s(1, "11:00-12:30", "panel", sitting_id=1), Kind.OUTSIDE_SITTING),
        (s(1, "12:00", "panel", sitting_id=1), Kind.OUTSIDE_SITTING),
        (s(1, "09:00-10:00", "panel", sitting_id=1, date=DAY + dt.timedelta(1)), Kind.OUTSIDE_SITTING),
        (s(1, "14:00-15:00", "panel"), Kind.NO_SITTING),
        (s(1, "12:00-14:00", "lunch"), None),
        (s(1, kind="panel"), None),
        (s(1, "14:00-15:00", "panel", part_of_id=9), None),
    ],
)
def test_sessions_and_their_sittings(session: PlannedSession, kind: Kind | None) -> None:
    assert found(session, sittings=(MORNING,)) == ([(kind, (1,))] if kind else [])


def test_a_meeting_without_sittings_misses_none() -> None:
    assert found(s(1, "14:00-15:00", "panel")) == []


@pytest.mark.parametrize(
    ("session", "left"),
    [
        (s(1, "09:00-10:00", floor_minutes=45, presentations_minutes=10, replies_minutes=5), None),
        (s(1, "09:00-10:00", floor_minutes=45, presentations_minutes=10, replies_minutes=6), 44),
        (s(1, "09:00-09:30", floor_minutes=45), 30),
        (s(1, "09:00-09:30", floor_minutes=45, presentations_minutes=60), 0),
        (s(1, "09:00-09:30", presentations_minutes=60), None),
        (s(1, floor_minutes=45), None),
    ],
)
def test_a_floor_longer_than_the_session_leaves(session: PlannedSession, left: int | None) -> None:
    expected = [] if left is None else [Oddity(Kind.FLOOR_TOO_LONG, (1,), minutes=45, available=left)]
    assert warnings([session], ()) == expected


def bloc(number: int, **other: object) -> PlannedSession:
    """A thematic bloc of 17 June 2019: half an hour of presentations, a quarter of an hour of floor, no times."""
    return replace(
        s(number, part_of_id=9, presentations_minutes=30, floor_minutes=15),
        **other,  # type: ignore[arg-type]  # any of its fields
    )


@pytest.mark.parametrize(
    ("parts", "needed"),
    [
        ([bloc(1), bloc(2), bloc(3)], 135),
        ([bloc(1), bloc(2)], None),
        ([bloc(1, track="A"), bloc(2, track="B"), bloc(3, track="C")], None),
        ([bloc(1, track="A"), bloc(2, track="A"), bloc(3, track="A")], 135),
        ([bloc(1, track="A"), bloc(2, track="B"), bloc(3), bloc(4)], 135),
        ([bloc(1), s(2, "10:45-12:30", part_of_id=9)], 150),
        ([s(1, part_of_id=9), s(2, part_of_id=9)], None),
    ],
)
def test_the_three_blocs_of_2019_do_not_fit_their_two_hours(parts: list[PlannedSession], needed: int | None) -> None:
    whole = s(9, "10:45-12:45")
    expected = [] if needed is None else [Oddity(Kind.PARTS_TOO_LONG, (9,), minutes=needed, available=120)]
    assert warnings([whole, *parts], ()) == expected


@pytest.mark.parametrize(
    ("part", "outside"),
    [
        (s(1, "10:45-12:45", part_of_id=9), False),
        (s(1, "10:30-11:00", part_of_id=9), True),
        (s(1, "12:00-13:00", part_of_id=9), True),
        (s(1, "13:00", part_of_id=9), True),
        (s(1, "10:45-12:45", part_of_id=9, date=DAY + dt.timedelta(1)), True),
        (s(1, part_of_id=9), False),
    ],
)
def test_a_part_outside_its_whole(part: PlannedSession, outside: bool) -> None:
    assert found(s(9, "10:45-12:45"), part) == ([(Kind.PART_OUTSIDE, (1, 9))] if outside else [])


clock = st.none() | st.integers(8, 20).map(dt.time)
sessions = st.lists(
    st.builds(
        PlannedSession,
        id=st.integers(1, 6),
        kind=st.sampled_from(["panel", "lunch"]),
        date=st.sampled_from([None, DAY]),
        start=clock,
        end=clock,
        part_of_id=st.none() | st.integers(1, 6),
        track=st.sampled_from([None, "A"]),
        sitting_id=st.sampled_from([None, 1, 7]),
        floor_minutes=st.none() | st.integers(1, 45),
        people=st.sampled_from([(), (KIM,)]),
    ).filter(lambda each: each.start is None or each.end is None or each.start < each.end),
    unique_by=lambda each: each.id,
    max_size=6,
)


@given(sessions)
def test_any_programme_can_be_looked_at_in_any_order(programme: list[PlannedSession]) -> None:
    def as_a_set(oddities: list[Oddity]) -> set[tuple[object, ...]]:
        return {(each.kind, frozenset(each.sessions), each.minutes, each.available, each.person) for each in oddities}

    assert as_a_set(warnings(programme, [MORNING])) == as_a_set(warnings(programme[::-1], [MORNING]))


@given(st.lists(st.tuples(st.integers(5, 60), st.sampled_from(["panel", "break", "closing"])), min_size=1, max_size=6))
def test_a_programme_without_holes_is_not_complained_of(lengths: list[tuple[int, str]]) -> None:
    minute, programme = 9 * 60, []
    for number, (length, kind) in enumerate(lengths):
        times = f"{minute // 60:02}:{minute % 60:02}-{(minute + length) // 60:02}:{(minute + length) % 60:02}"
        programme.append(s(number, times, kind, sitting_id=1, people=(KIM,), floor_minutes=min(45, length)))
        minute += length
    assert warnings(programme, [PlannedSitting(1, DAY, dt.time(9), dt.time(minute // 60, minute % 60))]) == []
