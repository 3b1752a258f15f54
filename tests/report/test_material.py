"""What is read out of the database for a report: merged points, withdrawn submissions, the call, the plan."""

import pytest
from flask import Flask

from meetings.database import db, now, transaction
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.report import Point, Report
from meetings.report.queries import material
from meetings.report.rules.material import Recommendation
from meetings.report.rules.options import Options, to_stored
from tests import factories
from tests.report.house import House, build


@pytest.fixture
def house(app: Flask) -> House:
    return build()


def point(house: House, words: str, **known: object) -> Point:
    row = Point(meeting_id=house.meeting.id, session_id=house.panel.id, text=words, **known)
    db.session.add(row)
    db.session.flush()
    return row


def test_merged_points_hang_on_the_one_they_were_merged_into(house: House) -> None:
    with transaction():
        first, second, third = (point(house, words, uid=words) for words in ("one", "two", "three"))
        second.merged_into_id, third.merged_into_id = first.id, second.id  # merged again after it was merged into
        point(house, "four")
        gone = point(house, "gone", removed_at=now())
        point(house, "gone with it", merged_into_id=gone.id)
        point(house, "removed after it was merged", merged_into_id=first.id, removed_at=now())
    read = material(house.meeting.id)
    assert [(each.text, [below.text for below in each.merged]) for each in read.points] == [
        ("one", ["two", "three"]),
        ("four", []),
    ]
    assert [each.uid for each in (read.points[0], *read.points[0].merged)] == ["one", "two", "three"]


def test_keys_are_those_of_the_meeting_file(house: House) -> None:
    with transaction():
        point(house, "one", person_id=house.panellist.id)
    (said,) = material(house.meeting.id).points
    assert said.person is not None
    assert said.person.organisation is not None
    assert said.person.key == house.panellist.key
    assert said.person.organisation.key
    assert said.uid


def test_who_is_protected_had_the_floor_and_is_not_told_of(house: House) -> None:
    with transaction():
        hidden = factories.person(house.meeting, protected=True, organisation_id=house.city.id)
        for person, body in ((hidden, house.city.id), (house.panellist, house.panellist.organisation_id), (None, None)):
            factories.floor_request(
                house.panel, person_id=person.id if person else None, organisation_id=body, status="spoken"
            )
    heard = material(house.meeting.id).interventions
    assert [each.organisation.name if each.organisation else None for each in heard] == [None, "City of Vienna", None]


def test_withdrawn_submissions_are_not_counted(house: House) -> None:
    with transaction():
        for key, withdrawn in (("in1", None), ("in2", now())):
            db.session.add(Submission(meeting_id=house.meeting.id, key=key, withdrawn_at=withdrawn))
    assert [each.key for each in material(house.meeting.id).submissions] == ["in1"]


def test_what_the_rapporteur_decided_is_read_with_it(house: House) -> None:
    options = Options(floors={"panel": "section"}, several=3)
    with transaction():
        db.session.add(
            Report(
                meeting_id=house.meeting.id,
                focus="care",
                plan=to_stored(options),
                recommendations=[{"addressee": "Cities", "lead": None, "items": ["act"], "points": ["u1"]}],
            )
        )
        db.session.add(CallForInputs(meeting_id=house.meeting.id, addressees="States and cities"))
    read = material(house.meeting.id)
    assert (read.options, read.addressees, read.particulars.focus) == (options, "States and cities", "care")
    assert read.particulars.recommendations == (Recommendation("Cities", None, ("act",), ("u1",)),)
