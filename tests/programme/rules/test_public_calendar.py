"""The public calendar follows the versions of a programme."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from exports.calendar_data import CalendarEntry
from meetings.programme.rules.public_calendar import follow

HOUR = dt.timedelta(hours=1)
FIRST = dt.datetime(2025, 11, 1, 12, tzinfo=dt.UTC)
SECOND, THIRD = FIRST + dt.timedelta(days=1), FIRST + dt.timedelta(days=2)
TALK = CalendarEntry(
    uid="m.public-session.a@rostrum",
    sequence=4,
    stamp=FIRST,
    start=dt.datetime(2025, 11, 26, 9, tzinfo=dt.UTC),
    end=dt.datetime(2025, 11, 26, 10, tzinfo=dt.UTC),
    summary="Talk",
)
OTHER = replace(
    TALK,
    uid="m.public-session.b@rostrum",
    start=TALK.start + HOUR,
    end=TALK.end + HOUR,
)
MOVED = replace(TALK, start=TALK.start - HOUR)


def facts(entries: list[CalendarEntry]) -> list[tuple[str, int, str, dt.datetime]]:
    return [(each.uid[17], each.sequence, each.status, each.stamp) for each in entries]


def test_what_has_not_changed_keeps_its_sequence_and_its_instant() -> None:
    found = follow([(FIRST, [TALK, OTHER]), (SECOND, [replace(TALK, sequence=9), OTHER])])
    assert facts(found) == [("a", 4, "CONFIRMED", FIRST), ("b", 4, "CONFIRMED", FIRST)]
    assert found[0].last_modified == FIRST


def test_what_has_changed_rises_above_what_was_known_and_above_the_working_copys_own_number() -> None:
    assert facts(follow([(FIRST, [TALK]), (SECOND, [MOVED])])) == [("a", 5, "CONFIRMED", SECOND)]
    assert facts(follow([(FIRST, [TALK]), (SECOND, [replace(MOVED, sequence=9)])])) == [("a", 9, "CONFIRMED", SECOND)]


def test_what_a_version_drops_is_cancelled_and_comes_back_under_a_higher_sequence() -> None:
    dropped = [(FIRST, [TALK, OTHER]), (SECOND, [OTHER])]
    assert facts(follow(dropped)) == [("a", 5, "CANCELLED", SECOND), ("b", 4, "CONFIRMED", FIRST)]
    assert facts(follow([*dropped, (THIRD, [OTHER])])) == facts(follow(dropped))
    assert facts(follow([*dropped, (THIRD, [TALK, OTHER])]))[0] == ("a", 6, "CONFIRMED", THIRD)


def test_what_was_over_when_it_was_dropped_is_left_out() -> None:
    late = TALK.end + HOUR
    assert follow([(FIRST, [TALK]), (late, [])]) == []


def test_a_final_programme_is_told_as_a_change() -> None:
    tentative = replace(TALK, status="TENTATIVE")
    assert facts(follow([(FIRST, [tentative]), (SECOND, [TALK])])) == [("a", 5, "CONFIRMED", SECOND)]


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)), min_size=1, max_size=6))
def test_whoever_reads_every_version_sees_sequences_rise_just_where_something_changed(
    history: list[dict[str, int]],
) -> None:
    versions = [
        (
            FIRST + dt.timedelta(hours=number),
            [replace(TALK, uid=f"m.public-session.{key}@rostrum", summary=str(text)) for key, text in state.items()],
        )
        for number, state in enumerate(history)
    ]
    before: dict[str, CalendarEntry] = {}
    for number in range(1, len(versions) + 1):
        now = {each.uid: each for each in follow(versions[:number])}
        assert set(before) <= set(now)
        for uid, each in now.items():
            old = before.get(uid)
            if old is not None:
                changed = (old.summary, old.status) != (each.summary, each.status)
                assert each.sequence - old.sequence == int(changed)
        assert {uid for uid, each in now.items() if each.status != "CANCELLED"} == {
            each.uid for each in versions[number - 1][1]
        }
        before = now
