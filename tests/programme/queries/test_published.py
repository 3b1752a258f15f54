"""What is public of a programme: its newest version, without those who are protected by now and without links."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import Person
from meetings.models.programme import ProgrammeVersion
from meetings.programme.queries import MeetingHead, programme
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.published import content_of, online_meetings, published
from tests import factories


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A published meeting in Auckland with a sitting, a panel in two parts and two panellists, one in the working copy
    protected; version 1 is as it was made.
    """
    with transaction():
        meeting = factories.meeting(timezone="Pacific/Auckland", city="Auckland", mode="hybrid")
        sitting = factories.sitting(meeting, join_url="https://teams.example/1", teams_id="t1", interpretation=["fr"])
        panel = factories.session(meeting, sitting_id=sitting.id, label="Session 1", description="حوار")
        factories.session(meeting, part_of_id=panel.id, start=None, end=None, track="A")
        factories.floor(panel)
        factories.role(panel, factories.person(meeting, given="Demonstration A"))
        factories.role(panel, factories.person(meeting, given="Demonstration B"), "moderator")
        keep_version(meeting, 1)
    return meeting


def keep_version(meeting: Meeting, number: int) -> None:
    content = content_of(head_line(meeting))
    row = ProgrammeVersion(meeting_id=meeting.id, number=number, content=content, published_at=now())
    db.session.add(row)
    db.session.flush()


def head(meeting: Meeting) -> MeetingHead:
    db.session.rollback()
    return head_line(db.session.get_one(Meeting, meeting.id))


def test_a_version_reads_as_the_programme_it_was_made_of(meeting: Meeting) -> None:
    of = head(meeting)
    found = published(of, private=True)
    working = programme(meeting.id, private=True)
    assert (found.number, found.head) == (1, of)
    assert found.programme == working
    assert published(of).programme == programme(meeting.id)


def test_changes_of_the_working_copy_are_not_public_before_the_next_version(meeting: Meeting) -> None:
    before = published(head(meeting))
    with transaction() as session:
        session.scalars(sa.select(Session).where(Session.label.is_not(None))).one().start = dt.time(9, 45)
        session.delete(session.scalars(sa.select(Sitting)).one())
        session.get_one(Meeting, meeting.id).city = "Wellington"
        session.get_one(Meeting, meeting.id).version += 1
    assert published(head(meeting)) == before
    with transaction():
        keep_version(db.session.get_one(Meeting, meeting.id), 2)
    after = published(head(meeting))
    assert (after.number, after.head.city, after.programme.sittings) == (2, "Wellington", ())
    assert after.programme.days[0].sessions[0].start == dt.time(9, 45)


def test_a_draft_and_a_meeting_without_a_version_hold_as_they_stand(meeting: Meeting) -> None:
    with transaction() as session:
        session.get_one(Meeting, meeting.id).published_at = None
        session.scalars(sa.select(Session).where(Session.label.is_not(None))).one().title = "Other"
    assert published(head(meeting)).programme.days[0].sessions[0].title == "Other"
    with transaction() as session:
        session.get_one(Meeting, meeting.id).published_at = now()
        session.execute(sa.delete(ProgrammeVersion))
    assert published(head(meeting)).programme.days[0].sessions[0].title == "Other"


def names(of: Meeting) -> list[str | None]:
    return [role.person.given for role in published(head(of)).programme.days[0].sessions[0].roles]


def test_who_is_protected_or_erased_since_is_in_no_public_version(meeting: Meeting) -> None:
    assert names(meeting) == ["Demonstration A", "Demonstration B"]
    with transaction() as session:
        session.scalars(sa.select(Person).where(Person.given == "Demonstration A")).one().protected = True
    assert names(meeting) == ["Demonstration B"]
    with transaction() as session:
        session.execute(sa.delete(Person).where(Person.given == "Demonstration B"))
    assert names(meeting) == []


def test_links_to_join_are_for_those_who_run_the_meeting(meeting: Meeting) -> None:
    assert [each.join_url for each in published(head(meeting)).programme.sittings] == [None]
    private = published(head(meeting), private=True).programme.sittings
    assert [each.join_url for each in private] == ["https://teams.example/1"]
    row = db.session.scalars(sa.select(ProgrammeVersion)).one()
    assert [each.teams_id for each in online_meetings(row).values()] == ["t1"]


def test_the_present_head_stays_present_where_a_version_says_nothing_of_it(meeting: Meeting) -> None:
    with transaction() as session:
        row = session.get_one(Meeting, meeting.id)
        row.contact, row.title = "secretariat@example.org", "Renamed"
    of = head(meeting)
    assert published(of).head == replace(of, title=published(of).head.title)
    assert published(of).head.title != "Renamed"


def test_who_was_removed_is_not_read_of_again_once_somebody_else_has_come(meeting: Meeting) -> None:
    with transaction() as session:
        last = session.scalars(sa.select(Person).order_by(Person.id.desc()).limit(1)).one()
        name = last.given
        session.delete(last)
    with transaction():
        factories.person(db.session.get_one(Meeting, meeting.id), given="Demonstration C")
    found = published(head(meeting)).programme
    named = [role.person.given for day in found.days for each in day.sessions for role in each.roles]
    assert name not in named
    assert named == ["Demonstration A"]
