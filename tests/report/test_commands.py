"""What may be changed of notes, submissions and particulars, on both databases, also by several people at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.inputs import Submission
from meetings.models.message import Event
from meetings.models.report import Point, Report
from meetings.refusals import Refused, Stale
from meetings.report import commands
from meetings.report.queries import PointValues, ReportValues, SubmissionValues, input_notes, points_page
from meetings.report.rules.notes import Voice
from tests import factories
from tests.report.house import House, build

WORDS = PointValues(Voice(collective=True), text="the need for rules")


@pytest.fixture
def house(app: Flask) -> House:
    return build()


def add(house: House, words: str = "the need for rules") -> int:
    return commands.add_point(
        meeting_id=house.meeting.id,
        session_id=house.panel.id,
        values=replace(WORDS, text=words),
        actor=COMMAND_LINE,
        now=now(),
    )


def order(house: House) -> list[str]:
    page = points_page(house.meeting.id, house.panel.key, None, 50)
    assert page is not None
    return [line.sentence.rpartition(" ")[2] for line in page.shown]


def events() -> list[str]:
    return list(db.session.scalars(sa.select(Event.kind).order_by(Event.id)))


def test_points_of_many_rapporteurs_at_once_are_all_kept_in_one_order(house: House, app: Flask) -> None:
    meeting, session = house.meeting.id, house.panel.id
    db.session.rollback()

    def note(number: int) -> int:
        with app.app_context():
            values = replace(WORDS, text=f"word{number}")
            return commands.add_point(
                meeting_id=meeting, session_id=session, values=values, actor=COMMAND_LINE, now=now()
            )

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(note, range(24)))
    rows = db.session.execute(sa.select(Point.id, Point.position).order_by(Point.position)).all()
    assert sorted(numbers) == sorted(row.id for row in rows)
    assert [row.position for row in rows] == list(range(24))


def test_a_point_is_moved_among_those_of_its_session_alone(house: House) -> None:
    first = add(house, "one")
    with transaction():
        db.session.add(Point(meeting_id=house.meeting.id, position=1, verb="noted", text="of an input", themes=[]))
    add(house, "two")
    third = add(house, "three")
    for point, up in ((third, True), (third, True), (third, True), (first, False), (first, False)):
        commands.move_point(meeting_id=house.meeting.id, point_id=point, up=up, actor=COMMAND_LINE, now=now())
    assert order(house) == ["three.", "two.", "one."]
    of_inputs = input_notes(house.meeting.id).live.newest
    assert [line.sentence for line in of_inputs] == ["One submission noted of an input."]
    assert events().count("point.moved") == 3


def test_points_that_share_a_position_can_be_moved(house: House) -> None:
    numbers = [add(house, words) for words in ("one", "two", "three")]
    with transaction() as session:
        session.execute(sa.update(Point).values(position=7))
    commands.move_point(meeting_id=house.meeting.id, point_id=numbers[2], up=True, actor=COMMAND_LINE, now=now())
    assert order(house) == ["one.", "three.", "two."]


def test_a_point_is_removed_once_and_put_back_where_it_stood(house: House) -> None:
    add(house, "one")
    second = add(house, "two")
    add(house, "three")
    for _ in range(2):
        commands.remove_point(meeting_id=house.meeting.id, point_id=second, actor=COMMAND_LINE, now=now())
    assert order(house) == ["one.", "three."]
    for _ in range(2):
        commands.restore_point(meeting_id=house.meeting.id, point_id=second, actor=COMMAND_LINE, now=now())
    assert order(house) == ["one.", "two.", "three."]
    assert events() == ["point.added"] * 3 + ["point.removed", "point.restored"]


def test_an_edit_of_an_older_version_or_of_a_removed_point_is_refused(house: House) -> None:
    number = add(house)

    def edit(version: int, words: str) -> None:
        commands.edit_point(
            meeting_id=house.meeting.id,
            point_id=number,
            version=version,
            values=replace(WORDS, text=words),
            actor=COMMAND_LINE,
            now=now(),
        )

    edit(1, "first")
    with pytest.raises(Stale):
        edit(1, "second")
    assert db.session.get_one(Point, number).text == "first"
    commands.remove_point(meeting_id=house.meeting.id, point_id=number, actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused, match="removed this point"):
        edit(2, "third")


def test_nothing_of_another_meeting_can_be_named_or_changed(house: House) -> None:
    number = add(house)
    with transaction():
        other = factories.meeting()
        strangers = [
            Voice(person=factories.person(other).id),
            Voice(organisation=factories.organisation(other).id),
        ]
        session = factories.session(other)
    for voice in (*strangers, Voice(submission=999)):
        with pytest.raises(Refused, match="no longer there"):
            commands.add_point(
                meeting_id=house.meeting.id,
                session_id=None,
                values=replace(WORDS, voice=voice),
                actor=COMMAND_LINE,
                now=now(),
            )
    with pytest.raises(Refused, match="no longer there"):
        commands.add_point(
            meeting_id=house.meeting.id, session_id=session.id, values=WORDS, actor=COMMAND_LINE, now=now()
        )
    with pytest.raises(Refused, match="no such point"):
        commands.remove_point(meeting_id=other.id, point_id=number, actor=COMMAND_LINE, now=now())
    assert db.session.scalar(sa.select(sa.func.count(Point.id))) == 1


@pytest.mark.parametrize("values", [replace(WORDS, text=" \n "), replace(WORDS, kind="rumour")])
def test_a_point_needs_a_text_and_a_known_kind(house: House, values: PointValues) -> None:
    with pytest.raises(Refused, match="needs a kind and a text"):
        commands.add_point(
            meeting_id=house.meeting.id, session_id=house.panel.id, values=values, actor=COMMAND_LINE, now=now()
        )
    assert events() == []


def test_a_point_rests_on_a_session_or_on_a_submission(house: House) -> None:
    with transaction():
        submission = Submission(meeting_id=house.meeting.id, key="in1", themes=[])
        db.session.add(submission)
    with pytest.raises(Refused, match="not on both"):
        commands.add_point(
            meeting_id=house.meeting.id,
            session_id=house.panel.id,
            values=replace(WORDS, voice=Voice(submission=submission.id)),
            actor=COMMAND_LINE,
            now=now(),
        )


def test_the_first_note_marks_the_report_as_edited_and_keeps_the_moment(house: House) -> None:
    add(house)
    first = db.session.get_one(Report, house.meeting.id).edited_at
    add(house)
    assert first is not None
    assert db.session.get_one(Report, house.meeting.id).edited_at == first


def test_particulars_are_logged_with_what_has_changed_alone(house: House) -> None:
    def edit(version: int, values: ReportValues) -> None:
        commands.edit_report(meeting_id=house.meeting.id, version=version, values=values, actor=COMMAND_LINE, now=now())

    edit(0, ReportValues())
    assert db.session.get(Report, house.meeting.id) is None
    edit(0, ReportValues(symbol="A/HRC/63/1"))
    edit(1, ReportValues(symbol="A/HRC/63/1", conclusions=("One",)))
    last = db.session.scalars(sa.select(Event).order_by(Event.id.desc())).first()
    assert last is not None
    assert (last.before, last.after) == ({"conclusions": []}, {"conclusions": ["One"]})
    with pytest.raises(Stale):
        edit(1, ReportValues(symbol="A/HRC/63/2"))


def test_keys_of_submissions_are_never_used_twice(house: House) -> None:
    def add_one() -> str:
        return commands.add_submission(
            meeting_id=house.meeting.id, values=SubmissionValues(), actor=COMMAND_LINE, now=now()
        )

    first = add_one()
    commands.remove_submission(meeting_id=house.meeting.id, key=first, actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused, match="removed this submission"):
        commands.remove_submission(meeting_id=house.meeting.id, key=first, actor=COMMAND_LINE, now=now())
    assert add_one() != first


def test_a_submission_stays_while_removed_points_could_come_back_to_it(house: House) -> None:
    key = commands.add_submission(meeting_id=house.meeting.id, values=SubmissionValues(), actor=COMMAND_LINE, now=now())
    submission = db.session.scalars(sa.select(Submission)).one()
    number = commands.add_point(
        meeting_id=house.meeting.id,
        session_id=None,
        values=replace(WORDS, voice=Voice(submission=submission.id)),
        actor=COMMAND_LINE,
        now=now(),
    )
    commands.remove_point(meeting_id=house.meeting.id, point_id=number, actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused, match="has to stay"):
        commands.remove_submission(meeting_id=house.meeting.id, key=key, actor=COMMAND_LINE, now=now())
