"""Points that are sent more than once, given to another speaker, merged and parted: on both databases, also at once."""

from dataclasses import asdict, replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE, Actor
from meetings.models.inputs import Submission
from meetings.models.message import Event
from meetings.models.report import Point
from meetings.refusals import Refused, Stale
from meetings.report import commands
from meetings.report.queries import PointValues, points_page
from meetings.report.rules.notes import Voice
from tests import factories
from tests.report.house import House, build
from tests.threads import at_once

WORDS = PointValues(Voice(collective=True), verb="noted", themes=("Housing",), text="the need for rules")


@pytest.fixture
def house(app: Flask) -> House:
    return build()


def add(house: House, text: str = WORDS.text, uid: str | None = None, **values: Any) -> int:
    return commands.add_point(
        meeting_id=house.meeting.id,
        session_id=house.panel.id,
        values=replace(WORDS, text=text, **values),
        actor=COMMAND_LINE,
        now=now(),
        uid=uid,
    )


def act(command: Any, house: House, **values: Any) -> Any:
    return command(meeting_id=house.meeting.id, actor=COMMAND_LINE, now=now(), **values)


def row(number: int) -> Point:
    db.session.expire_all()
    return db.session.get_one(Point, number)


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count(Point.id))) or 0


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(Event.kind).order_by(Event.id)))


def listed(house: House) -> list[tuple[str, list[str]]]:
    """The points of the panel as its page lists them: the last word of each, and of what is merged into it."""
    page = points_page(house.meeting.id, house.panel.key, None, 50)
    assert page is not None

    def word(sentence: str) -> str:
        return sentence.rstrip(".").rpartition(" ")[2]

    return [(word(line.sentence), [word(each.sentence) for each in line.merged]) for line in page.shown]


# ---- The same point, sent again


def test_a_point_that_is_sent_twice_is_added_once(house: House) -> None:
    first = add(house, uid="device-1")
    assert row(first).uid == "device-1"
    assert add(house, uid="device-1") == first
    assert (count(), kinds()) == (1, ["point.added"])


def test_it_is_the_same_point_whatever_was_made_of_it_since(house: House) -> None:
    first = add(house, uid="device-1")
    act(commands.edit_point, house, point_id=first, version=1, values=replace(WORDS, text="other words"))
    act(commands.remove_point, house, point_id=first)
    assert add(house, uid="device-1") == first
    assert (count(), row(first).text) == (1, "other words")


def test_other_words_under_the_same_name_are_another_point(house: House) -> None:
    """As when somebody goes back to an old page, types on, and saves: nothing of it is lost."""
    first = add(house, uid="page-1")
    second = add(house, "something else", uid="page-1")
    assert first != second
    assert (count(), row(first).uid) == (2, "page-1")
    assert row(second).uid not in ("", "page-1")


@pytest.mark.parametrize("uid", [None, "", "x" * 41, "two words", "naïve", "a\0b"])
def test_a_name_that_is_none_is_replaced(house: House, uid: str | None) -> None:
    assert len(row(add(house, uid=uid)).uid) == 20


def test_the_same_point_sent_by_many_threads_at_once_is_added_once(house: House, app: Flask) -> None:
    meeting, session = house.meeting.id, house.panel.id
    for turn in range(5):

        def send(uid: str = f"turn-{turn}") -> int:
            return commands.add_point(
                meeting_id=meeting, session_id=session, values=WORDS, actor=COMMAND_LINE, now=now(), uid=uid
            )

        numbers = at_once(app, [send] * 6)
        assert len(set(numbers)) == 1, numbers
    assert (count(), kinds()) == (5, ["point.added"] * 5)


def test_two_meetings_may_use_the_same_name(house: House) -> None:
    with transaction():
        other = factories.meeting()
        session = factories.session(other)
    add(house, uid="p1")
    commands.add_point(
        meeting_id=other.id, session_id=session.id, values=WORDS, actor=COMMAND_LINE, now=now(), uid="p1"
    )
    assert count() == 2


def test_the_database_itself_refuses_a_second_point_of_the_same_name(house: House) -> None:
    add(house, uid="p1")
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(Point(meeting_id=house.meeting.id, uid="p1", text="again", themes=[]))


# ---- Whose words they are


def test_several_points_are_given_to_another_speaker_at_once(house: House) -> None:
    numbers = [add(house, text) for text in ("one", "two", "three")]
    chosen = {number: 1 for number in numbers[:2]}
    assert act(commands.attribute_points, house, points=chosen, voice=Voice(organisation=house.city.id)) == 2
    assert [row(number).organisation_id for number in numbers] == [house.city.id, house.city.id, None]
    assert [row(number).collective for number in numbers] == [False, False, True]
    again = {number: 2 for number in numbers[:2]}
    assert act(commands.attribute_points, house, points=again, voice=Voice(organisation=house.city.id)) == 0
    assert kinds() == ["point.added"] * 3 + ["point.attributed"] * 2
    event = db.session.scalars(sa.select(Event).where(Event.kind == "point.attributed")).first()
    assert event is not None
    assert event.before == asdict(WORDS.voice)


def test_if_one_of_them_was_changed_since_none_is_given_away(house: House) -> None:
    first, second = add(house, "one"), add(house, "two")
    act(commands.edit_point, house, point_id=second, version=1, values=replace(WORDS, text="changed"))
    with pytest.raises(Stale):
        act(commands.attribute_points, house, points={first: 1, second: 1}, voice=Voice())
    assert row(first).collective


@pytest.mark.parametrize("command", ["attribute", "merge"])
def test_points_of_another_meeting_cannot_be_chosen(house: House, command: str) -> None:
    with transaction():
        elsewhere = Point(meeting_id=factories.meeting().id, text="theirs", themes=[])
        db.session.add(elsewhere)
    points = {add(house): 1, elsewhere.id: 1}
    with pytest.raises(Refused):
        if command == "merge":
            act(commands.merge_points, house, points=points)
        else:
            act(commands.attribute_points, house, points=points, voice=Voice())


@pytest.mark.parametrize("whose", ["stranger", "submission"])
def test_points_are_not_given_to_whom_they_cannot_be_of(house: House, whose: str) -> None:
    with transaction():
        stranger = factories.person(factories.meeting())
        submission = Submission(meeting_id=house.meeting.id, key="in1", themes=[])
        db.session.add(submission)
    voice = Voice(person=stranger.id) if whose == "stranger" else Voice(submission=submission.id)
    number = add(house)
    with pytest.raises(Refused):
        act(commands.attribute_points, house, points={number: 1}, voice=voice)


# ---- Which say the same


def test_of_merged_points_the_first_stays_and_the_others_hang_on_it_until_they_are_parted(house: House) -> None:
    one, two, three = (add(house, text) for text in ("one", "two", "three"))
    assert act(commands.merge_points, house, points={three: 1, one: 1}) == one
    assert listed(house) == [("one", ["three"]), ("two", [])]
    act(commands.split_point, house, point_id=three)
    act(commands.split_point, house, point_id=three)
    assert listed(house) == [("one", []), ("two", []), ("three", [])]
    assert kinds() == ["point.added"] * 3 + ["point.merged", "point.split"]
    assert two


def test_what_was_merged_before_goes_along(house: House) -> None:
    one, two, three = (add(house, text) for text in ("one", "two", "three"))
    act(commands.merge_points, house, points={two: 1, three: 1})
    act(commands.merge_points, house, points={one: 1, two: 2})
    assert listed(house) == [("one", ["two", "three"])]
    act(commands.split_point, house, point_id=two)
    assert listed(house) == [("one", ["three"]), ("two", [])]


def test_a_merged_point_is_removed_and_put_back_with_what_hangs_on_it(house: House) -> None:
    one, two = add(house, "one"), add(house, "two")
    act(commands.merge_points, house, points={one: 1, two: 1})
    act(commands.remove_point, house, point_id=one)
    assert listed(house) == []
    act(commands.restore_point, house, point_id=one)
    assert listed(house) == [("one", ["two"])]


def test_a_point_that_hangs_on_another_is_not_changed_under_it(house: House) -> None:
    one, two, three = (add(house, text) for text in ("one", "two", "three"))
    act(commands.merge_points, house, points={one: 1, two: 1})
    with pytest.raises(Refused, match="Part them first"):
        act(commands.edit_point, house, point_id=two, version=2, values=WORDS)
    with pytest.raises(Refused, match="merged in the meantime"):
        act(commands.merge_points, house, points={two: 2, three: 1})
    with pytest.raises(Refused, match="merged in the meantime"):
        act(commands.attribute_points, house, points={two: 2}, voice=Voice())


def test_fewer_than_two_and_points_of_two_sessions_are_not_merged(house: House) -> None:
    first = add(house)
    of_inputs = commands.add_point(
        meeting_id=house.meeting.id, session_id=None, values=WORDS, actor=COMMAND_LINE, now=now()
    )
    for points in ({}, {first: 1}, {first: 1, of_inputs: 1}):
        with pytest.raises(Refused):
            act(commands.merge_points, house, points=points)


def test_two_rapporteurs_who_merge_the_same_points_at_once_make_no_circle(house: House, app: Flask) -> None:
    numbers = [add(house, text) for text in ("one", "two", "three")]
    meeting = house.meeting.id

    def merge(points: dict[int, int]) -> int:
        return commands.merge_points(meeting_id=meeting, points=points, actor=Actor("account:1"), now=now())

    one, two, three = numbers
    answers = at_once(app, [lambda: merge({one: 1, two: 1}), lambda: merge({two: 1, three: 1})])
    assert sum(isinstance(answer, Refused) for answer in answers) == 1, answers
    assert sum(row(number).merged_into_id is None for number in numbers) == 2
