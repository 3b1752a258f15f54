"""Publishing: numbered versions, exactly those told whose calendars differ, and never twice."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.invitations.commands import tell
from meetings.invitations.queries.calendars import TELL
from meetings.invitations.queries.telling import telling
from meetings.journal import COMMAND_LINE, WORKER
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.message import Event
from meetings.models.people import CalendarEntry, Person
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.versions import pending, versions
from meetings.publishing import commands
from meetings.refusals import Refused, Stale
from tests import factories
from tests.conftest import Clock
from tests.invitations.reading import event_of
from tests.publishing import house
from tests.publishing.house import change, draft, jobs, mails, publish, work


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    return draft()


def lines(meeting: Meeting) -> list[tuple[int, str, list[str]]]:
    db.session.rollback()
    return [(each.number, each.state, [c.kind for c in each.changes]) for each in versions(meeting.id)]


def test_versions_are_numbered_and_tentative_until_one_is_final_and_revised_after_that(
    meeting: Meeting, clock: Clock
) -> None:
    assert publish(meeting, clock).number == 1
    change(Session, "opening", title="Welcome")
    assert publish(meeting, clock, final=True, note="Please note.").number == 2
    change(Session, "opening", title="Opening")
    publish(meeting, clock)
    assert lines(meeting) == [
        (3, "revised", ["session_renamed"]),
        (2, "final", ["session_renamed"]),
        (1, "tentative", []),
    ]
    assert [each.note for each in versions(meeting.id)] == [None, "Please note.", None]


def test_nothing_new_is_not_published_but_what_was_tentative_may_become_final(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        publish(meeting, clock)
    assert publish(meeting, clock, final=True).number == 2
    with pytest.raises(Refused, match="Nothing has changed since version 2"):
        publish(meeting, clock, final=True)
    assert lines(meeting) == [(2, "final", []), (1, "tentative", [])]


def test_without_a_date_nothing_is_published(app: Flask, clock: Clock) -> None:
    with transaction():
        meeting = factories.meeting(published_at=None, start_date=None, end_date=None)
    with pytest.raises(Refused, match="date"):
        publish(meeting, clock)
    assert (lines(meeting), db.session.get_one(Meeting, meeting.id).published_at) == ([], None)


def test_a_page_that_is_older_than_a_change_publishes_nothing(meeting: Meeting, clock: Clock) -> None:
    shown = meeting.version
    change(Session, "opening", title="Welcome")
    with pytest.raises(Stale):
        publish(meeting, clock, shown=shown)
    assert publish(meeting, clock, shown=shown + 1).number == 1


def test_ten_who_publish_at_once_publish_one_version_and_tell_once(app: Flask, meeting: Meeting, clock: Clock) -> None:
    meeting_id, shown = meeting.id, meeting.version
    db.session.rollback()

    def press(_number: int) -> str:
        with app.app_context():
            try:
                commands.publish(meeting_id=meeting_id, shown=shown, actor=COMMAND_LINE, now=clock.now)
            except Stale:
                return "stale"
            return "done"

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(press, range(10))) == ["done", *["stale"] * 9]
    assert len(house.versions()) == 1
    assert len(jobs(TELL)) == 1


def test_the_first_publication_invites_all_who_take_part(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        factories.registration(meeting)
        for status in ("pending", "unverified", "declined", "withdrawn"):
            factories.registration(meeting, status=status)
    assert publish(meeting, clock).people == 2
    assert mails() == []  # not while the organiser waits
    work()
    assert {each.kind for each in mails()} == {"invitation"}
    assert len(mails()) == 2 * 2 + 1  # two sittings each, and the panellist's session
    (version,) = house.versions()
    assert version.people_told == 2
    assert {each.version_id for each in mails()} == {version.id}
    assert all(each.sent_at for each in mails())


def test_only_those_whose_calendar_differs_are_told_with_the_note(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        other = factories.registration(meeting)
    publish(meeting, clock)
    work()
    before = len(mails())
    change(Session, "talk", start=dt.time(15, 30), end=dt.time(16, 30))
    change(Session, "opening", title="Welcome")
    assert publish(meeting, clock, note="The train is late.").people == 1
    work()
    (message,) = mails()[before:]
    assert message.person_id not in (None, other.person_id)
    assert "The train is late." in message.text
    event = event_of(message.calendar or b"", "REQUEST")
    assert (event["UID"], event["SEQUENCE"]) == ("dialogue.session.talk@rostrum", 1)


def test_what_is_not_published_yet_is_told_to_nobody(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    work()
    before = len(mails())
    change(Sitting, "morning", start=dt.time(8))
    tell(
        meeting_id=meeting.id,
        person_id=mails()[0].person_id or 0,
        version_id=None,
        held=False,
        actor=WORKER,
        now=clock.now,
    )
    assert len(mails()) == before
    head = head_line(db.session.get_one(Meeting, meeting.id))
    assert [each.kind for each in pending(head) or []] == ["sitting_moved"]


def test_a_job_that_is_done_twice_tells_once(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    (job,) = jobs(TELL)
    for _again in range(2):
        values = job.payload
        tell(
            meeting_id=values["meeting"],
            person_id=values["person"],
            version_id=values["version"],
            held=values["held"],
            actor=WORKER,
            now=clock.now,
        )
    assert len(mails()) == 3


def test_what_is_moved_and_moved_back_before_anybody_is_told_is_told_to_nobody(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    work()
    before = len(mails())
    change(Sitting, "morning", start=dt.time(8))
    assert publish(meeting, clock).people == 1
    change(Sitting, "morning", start=dt.time(9))
    assert publish(meeting, clock).people == 0
    work()
    assert len(mails()) == before


def test_who_is_not_told_yet_is_told_of_the_newest_version_alone_and_as_that_was_published(
    meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock, mails="hold", note="First.")
    change(Sitting, "morning", start=dt.time(8))
    assert publish(meeting, clock, note="Second.").people == 1
    work()
    assert {(each.held, "Second." in each.text, "First." in each.text) for each in mails()} == {(False, True, False)}
    assert {each.version_id for each in mails()} == {house.versions()[1].id}


def test_a_meeting_withdrawn_before_people_were_told_tells_nobody(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    work()
    change(Sitting, "morning", start=dt.time(8))
    publish(meeting, clock)
    commands.unpublish(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    before = len(mails())
    work()
    assert len(mails()) == before


def test_a_cancelled_session_is_taken_out_of_its_speakers_calendar(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    work()
    before = len(mails())
    with transaction() as session:
        session.delete(session.scalars(sa.select(Session).where(Session.key == "talk")).one())
    assert publish(meeting, clock).people == 1
    work()
    (message,) = mails()[before:]
    assert (message.kind, message.calendar_method) == ("cancellation", "CANCEL")


def test_nobody_is_told_of_a_meeting_that_is_over(meeting: Meeting, clock: Clock) -> None:
    clock.advance(days=60)
    assert publish(meeting, clock).people == 0
    assert jobs(TELL) == []


def test_mails_may_be_kept_as_drafts(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock, mails="hold")
    work()
    assert [(each.held, each.sent_at) for each in mails()] == [(True, None)] * 3
    progress = telling(meeting.id)
    assert progress is not None
    assert (progress.told, progress.drafts, progress.queued, progress.going_on) == (1, 3, 0, False)


def test_progress_counts_people_and_mails(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        factories.registration(meeting, factories.person(meeting, email="not an address"))
    publish(meeting, clock)
    progress = telling(meeting.id)
    assert progress is not None
    assert (progress.people, progress.told, progress.mails, progress.going_on) == (2, 0, 0, True)
    work()
    progress = telling(meeting.id)
    assert progress is not None
    assert (progress.told, progress.sent, progress.failed, progress.going_on) == (2, 3, 2, False)


def test_a_protected_person_is_in_no_list_of_changes_from_the_first_and_from_then_on(
    meeting: Meeting, clock: Clock
) -> None:
    publish(meeting, clock)
    with transaction():
        talk = db.session.scalars(sa.select(Session).where(Session.key == "talk")).one()
        for protected in (True, False):
            factories.role(talk, factories.person(meeting, protected=protected))
    publish(meeting, clock)
    (kept,) = house.versions()[1].changes
    assert lines(meeting)[0] == (2, "tentative", ["speaker_added"])
    with transaction() as session:
        session.get_one(Person, kept["person"]).protected = True
    assert lines(meeting)[0] == (2, "tentative", [])


def test_a_draft_again_may_be_told_and_published_again_gets_the_next_number(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    work()
    before = len(mails())
    clock.advance(seconds=1)
    told = commands.unpublish(meeting_id=meeting.id, mails="send", actor=COMMAND_LINE, now=clock.now)
    assert told == 1
    assert commands.unpublish(meeting_id=meeting.id, mails="send", actor=COMMAND_LINE, now=clock.now) == 0
    work()
    assert {each.kind for each in mails()[before:]} == {"cancellation"}
    assert publish(meeting, clock).people == 1
    work()
    assert [each.kind for each in mails()[before:]] == ["cancellation"] * 3 + ["invitation"] * 3
    assert lines(meeting) == [(2, "tentative", []), (1, "tentative", [])]
    assert set(db.session.scalars(sa.select(CalendarEntry.sequence))) == {2}


def test_each_publication_is_one_line_of_the_log(meeting: Meeting, clock: Clock) -> None:
    publish(meeting, clock)
    found = db.session.scalars(sa.select(Event).where(Event.kind == "meeting.published")).all()
    assert [each.after for each in found] == [{"version": 1, "people": 1}]
