"""Times that contradict each other: which are told, and which are not."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.proof import times
from meetings.programme.rules.proof.facts import Facts, PlannedFloor, PlannedSession, PlannedSitting
from meetings.programme.rules.proof.finding import Assign, Check, Finding, Fix, Minutes, Place

DAY = dt.date(2025, 11, 26)
MORNING = PlannedSitting(1, DAY, dt.time(9), dt.time(12))
KIM, LEE = (1, "Ms. Kim"), (2, "Mr. Lee")


Pair = tuple[str, str, str]


def s(number: int, when: str | None = None, kind: str = "other", **other: object) -> PlannedSession:
    """A session out of 09:00-10:00, of a kind that needs no sitting unless another is given."""
    start, end = None, None
    if when:
        first, _, last = when.partition("-")
        start, end = dt.time.fromisoformat(first), dt.time.fromisoformat(last) if last else None
    session = PlannedSession(number, kind, DAY if when else None, start, end, key=str(number), title=f"No. {number}")
    return replace(session, **other)  # type: ignore[arg-type]  # any of its fields


def read(*sessions: PlannedSession, sittings: tuple[PlannedSitting, ...] = ()) -> list[Finding]:
    """What the checks of times find in a meeting in person."""
    checks = (times.overlaps, times.people_twice, times.gaps, times.outside, times.floors, times.parts)
    facts = Facts("in_person", "Europe/Zurich", DAY, DAY, sessions=sessions, sittings=sittings)
    return [each for check in checks for each in check(facts)]


def found(*sessions: PlannedSession, sittings: tuple[PlannedSitting, ...] = ()) -> list[Pair]:
    """Checks, sessions, and what else each finding is about."""
    return [(each.check.id, each.place.key, each.about) for each in read(*sessions, sittings=sittings)]


OVERLAP, TWICE = times.OVERLAP.id, times.PERSON_TWICE.id


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([s(1, "09:00-10:00"), s(2, "10:00-11:00")], []),
        ([s(1, "09:00-10:00"), s(2, "09:59-11:00")], [(OVERLAP, "2", "1")]),
        ([s(2, "09:30-11:00"), s(1, "09:00-10:00")], [(OVERLAP, "2", "1")]),
        ([s(1, "09:00-10:00"), s(2, "09:00-10:00", date=DAY + dt.timedelta(1))], []),
        ([s(1, "09:00-10:00", track="A"), s(2, "09:00-10:00", track="B")], []),
        ([s(1, "09:00-10:00", track="A"), s(2, "09:30-10:00", track="A")], [(OVERLAP, "2", "1")]),
        ([s(1, "09:00-12:00"), s(2, "09:00-10:00", part_of_id=1)], []),
        (
            [s(1, "09:00-12:00"), s(2, "09:00-10:00", part_of_id=1), s(3, "09:30-10:30", part_of_id=1)],
            [(OVERLAP, "3", "2")],
        ),
        ([s(1, "09:00"), s(2, "09:00-10:00")], []),
        ([s(1), s(2)], []),
    ],
)
def test_overlaps_within_one_track(sessions: list[PlannedSession], expected: list[Pair]) -> None:
    assert found(*sessions) == expected


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([s(1, "09:00-10:00", people=(KIM,)), s(2, "10:00-11:00", people=(KIM,))], []),
        ([s(1, "09:00-10:00", track="A", people=(KIM,)), s(2, "09:00-10:00", track="B", people=(LEE,))], []),
        (
            [s(1, "09:00-10:00", track="A", people=(KIM, LEE)), s(2, "09:30-10:00", track="B", people=(LEE, KIM))],
            [(TWICE, "2", "1 1"), (TWICE, "2", "1 2")],
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
            [(TWICE, "2", "1 1")],
        ),
    ],
)
def test_a_person_in_two_places_at_once(sessions: list[PlannedSession], expected: list[Pair]) -> None:
    assert found(*sessions) == expected


def test_the_person_is_named() -> None:
    (odd,) = read(s(1, "09:00-10:00", track="A", people=(KIM,)), s(2, "09:00-10:00", people=(KIM,)))
    assert (odd.values["person"], odd.place) == ("Ms. Kim", Place("session", "roles", "2"))


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
        # What begins after the sitting's end is beyond it, and the time before it no gap of the sitting.
        ([s(1, "09:00-10:00", sitting_id=1), s(2, "12:30-13:00", sitting_id=1)], None),
    ],
)
def test_gaps_inside_a_sitting(sessions: list[PlannedSession], minutes: int | None) -> None:
    found = read(*sessions, sittings=(MORNING,))
    gaps = [each.values["minutes"] for each in found if each.check == times.GAP]
    assert gaps == ([Minutes(minutes)] if minutes else [])


@pytest.mark.parametrize(
    ("session", "check"),
    [
        (s(1, "09:00-12:00", "panel", sitting_id=1), None),
        (s(1, "08:30-10:00", "panel", sitting_id=1), times.OUTSIDE_SITTING),
        (s(1, "11:00-12:30", "panel", sitting_id=1), times.OUTSIDE_SITTING),
        (s(1, "12:00", "panel", sitting_id=1), times.OUTSIDE_SITTING),
        (s(1, "09:00-10:00", "panel", sitting_id=1, date=DAY + dt.timedelta(1)), times.OUTSIDE_SITTING),
        (s(1, "14:00-15:00", "panel"), times.NO_SITTING),
        (s(1, "12:00-14:00", "lunch"), None),
        (s(1, kind="panel"), None),
        (s(1, "14:00-15:00", "panel", part_of_id=9), None),
    ],
)
def test_sessions_and_their_sittings(session: PlannedSession, check: Check | None) -> None:
    assert found(session, sittings=(MORNING,)) == ([(check.id, "1", "")] if check else [])


def test_a_meeting_without_sittings_misses_none() -> None:
    assert found(s(1, "14:00-15:00", "panel")) == []


@pytest.mark.parametrize(
    ("session", "left"),
    [
        (s(1, "09:00-10:00", floor=PlannedFloor(45), presentations_minutes=10, replies_minutes=5), None),
        (s(1, "09:00-10:00", floor=PlannedFloor(45), presentations_minutes=10, replies_minutes=6), 44),
        (s(1, "09:00-09:30", floor=PlannedFloor(45)), 30),
        (s(1, "09:00-09:30", floor=PlannedFloor(45), presentations_minutes=60), 0),
        (s(1, "09:00-09:30", presentations_minutes=60), None),
        (s(1, floor=PlannedFloor(45)), None),
    ],
)
def test_a_floor_longer_than_the_session_leaves(session: PlannedSession, left: int | None) -> None:
    figures = [(each.values["needed"], each.values["left"]) for each in read(session)]
    assert figures == ([] if left is None else [(Minutes(45), Minutes(left))])


def bloc(number: int, **other: object) -> PlannedSession:
    """A thematic bloc of 17 June 2019: half an hour of presentations, a quarter of an hour of floor, no times."""
    return replace(
        s(number, part_of_id=9, presentations_minutes=30, floor=PlannedFloor(15)),
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
    figures = [(each.check.id, each.values["needed"], each.values["has"]) for each in read(whole, *parts)]
    assert figures == ([] if needed is None else [("parts-too-long", Minutes(needed), Minutes(120))])


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
    assert found(s(9, "10:45-12:45"), part) == ([("part-outside", "1", "")] if outside else [])


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
        floor=st.none() | st.integers(1, 45).map(PlannedFloor),
        people=st.sampled_from([(), (KIM,)]),
    ).filter(lambda each: each.start is None or each.end is None or each.start < each.end),
    unique_by=lambda each: each.id,
    max_size=6,
)


@given(sessions)
def test_any_programme_can_be_looked_at_in_any_order(programme: list[PlannedSession]) -> None:
    programme = [replace(each, key=str(each.id)) for each in programme]

    def as_a_set(found: list[Finding]) -> set[tuple[object, ...]]:
        return {
            (
                each.check.id,
                frozenset([each.place.key, *each.about.split()]),
                frozenset(map(repr, each.values.values())),
            )
            for each in found
        }

    assert as_a_set(read(*programme, sittings=(MORNING,))) == as_a_set(read(*programme[::-1], sittings=(MORNING,)))


@given(st.lists(st.tuples(st.integers(5, 60), st.sampled_from(["panel", "break", "closing"])), min_size=1, max_size=6))
def test_a_programme_without_holes_is_not_complained_of(lengths: list[tuple[int, str]]) -> None:
    minute, programme = 9 * 60, []
    for number, (length, kind) in enumerate(lengths):
        when = f"{minute // 60:02}:{minute % 60:02}-{(minute + length) // 60:02}:{(minute + length) % 60:02}"
        floor = PlannedFloor(min(45, length))
        programme.append(s(number, when, kind, sitting_id=1, people=(KIM,), floor=floor))
        minute += length
    sitting = PlannedSitting(1, DAY, dt.time(9), dt.time(minute // 60, minute % 60))
    assert read(*programme, sittings=(sitting,)) == []


@pytest.mark.parametrize("kind", ["side_event", "registration"])
def test_a_side_event_and_the_registration_desk_run_beside_other_sessions(kind: str) -> None:
    assert found(s(1, "08:30-14:00", kind), s(2, "09:00-10:00", "panel")) == []
    assert found(s(1, "08:30-14:00", kind), s(2, "09:00-10:00", kind)) == [(OVERLAP, "2", "1")]


def test_who_is_in_a_side_event_is_not_in_what_runs_beside_it() -> None:
    lunch, beside = s(1, "13:15-15:00", "lunch"), s(2, "13:30-14:30", "side_event", people=(KIM,))
    assert found(lunch, beside) == []
    assert found(replace(lunch, people=(KIM,)), beside) == [(TWICE, "2", "1 1")]


def test_a_person_is_in_two_places_in_parts_of_two_tracks_but_not_on_two_days() -> None:
    first, second = s(1, "09:00-10:00", people=(KIM,)), s(2, "09:00-10:00", people=(KIM,))
    assert found(first, replace(second, date=DAY + dt.timedelta(1))) == []
    assert found(first, replace(second, date=None)) == []
    wholes = s(3, "09:00-12:00", track="A"), s(4, "09:00-12:00", track="B")
    assert found(*wholes, replace(first, part_of_id=3), replace(second, part_of_id=4)) == [(TWICE, "2", "1 1")]


def test_a_pause_without_a_sitting_fills_the_gap_between_two_sessions_of_one() -> None:
    around = s(1, "09:00-10:00", sitting_id=1), s(3, "10:30-12:00", sitting_id=1)
    assert [each.check for each in read(*around, sittings=(MORNING,))] == [times.GAP]
    assert read(*around, s(2, "10:00-10:30", "break"), sittings=(MORNING,)) == []
    assert [each.check for each in read(*around, s(2, "10:00-10:15", "break"), sittings=(MORNING,))] == [times.GAP]


AFTERNOON = PlannedSitting(2, DAY, dt.time(15), dt.time(17), key="afternoon")


@pytest.mark.parametrize(
    ("session", "sitting"),
    [
        (s(1, "15:00-16:00", sitting_id=1, own_sitting=True), "afternoon"),
        (s(1, "15:00-16:00", sitting_id=1, own_sitting=True, room="Room A"), "afternoon"),
        # It fits into none, its end is not known, or nobody chose the sitting.
        (s(1, "16:30-17:30", sitting_id=1, own_sitting=True), None),
        (s(1, "15:00", sitting_id=1, own_sitting=True), None),
        (s(1, "11:30-12:30", sitting_id=1), None),
    ],
)
def test_the_only_sitting_that_a_session_fits_into_is_certain(session: PlannedSession, sitting: str | None) -> None:
    (odd,) = read(session, sittings=(MORNING, AFTERNOON))
    assert (odd.fix and odd.fix.changes) == (sitting and (Assign(session.at("sitting"), sitting),))


def test_of_two_fitting_sittings_none_is_certain() -> None:
    session = s(1, "15:00-16:00", sitting_id=1, own_sitting=True, room="Room A")
    rooms = replace(AFTERNOON, room="Room A"), replace(AFTERNOON, id=3, room="Room B")
    (odd,) = read(replace(session, room=None), sittings=(MORNING, *rooms))
    assert odd.fix is None
    (odd,) = read(session, sittings=(MORNING, *rooms))
    assert odd.fix is not None


@pytest.mark.parametrize(
    ("floor", "minutes"),
    [
        (PlannedFloor(45, longest_seconds=120), 30),
        (PlannedFloor(45, longest_seconds=30 * 60), 30),
        (PlannedFloor(45, longest_seconds=31 * 60), None),
        (PlannedFloor(45, opened=True), None),
    ],
)
def test_a_floor_is_shortened_to_what_is_left_while_it_has_not_opened(floor: PlannedFloor, minutes: int | None) -> None:
    (odd,) = read(s(1, "09:00-09:30", floor=floor))
    changes = (Assign(Place("session", "cap_minutes", "1"), minutes),) if minutes else None
    assert (odd.fix.changes if isinstance(odd.fix, Fix) else None) == changes
    (nothing_left,) = read(s(1, "09:00-09:30", floor=floor, presentations_minutes=30))
    assert nothing_left.fix is None
