"""What is done about speakers, by organisers and by themselves, also at the same moment."""

import datetime as dt
from dataclasses import asdict, replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.invitations.commands import bring_up_to_date, discard_draft
from meetings.invitations.commands.calendars import tell_of
from meetings.invitations.jobs import follow_address
from meetings.invitations.queries import plan_of
from meetings.journal import COMMAND_LINE, Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Event, Job
from meetings.models.people import Person, Registration
from meetings.models.programme import Speaker
from meetings.programme.commands import edit_person
from meetings.programme.commands.people import ADDRESS_CHANGED
from meetings.programme.queries.edits import person_values
from meetings.programme.rules.edits import mark
from meetings.refusals import Refused, Stale
from meetings.speakers import commands, queries
from meetings.speakers.commands import Invitation
from meetings.speakers.queries import Consents, Words
from tests import factories
from tests.conftest import Clock
from tests.speakers.house import asked, build, events, mails, organisations, stored, with_role
from tests.threads import at_once


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """See house.py; the clock stands in 2025."""
    return build()


def answer(speaker: Speaker, to: Any = "accept", **values: Any) -> bool:
    defaults = {"serial": 1, "version": 1, "remark": None, "actor": Actor.speaker(speaker.id), "now": now()}
    return commands.answer(speaker_id=speaker.id, to=to, **(defaults | values))


def words(speaker: Speaker) -> Words:
    return queries.words_of(stored(speaker).person)


def correct(speaker: Speaker, shown: Words | None = None, consents: Consents | None = None, **changes: Any) -> bool:
    before = shown or words(speaker)
    return commands.correct(
        speaker_id=speaker.id,
        serial=1,
        shown=mark(asdict(before)),
        to=replace(before, **changes),
        consents=consents or Consents(None, None),
        actor=Actor.speaker(speaker.id),
        now=now(),
    )


def ask(meeting: Meeting, *people: Person, **values: Any) -> commands.Asked:
    return commands.ask(
        meeting_id=meeting.id,
        people=[each.key for each in people],
        invitation=Invitation(**values),
        actor=COMMAND_LINE,
        now=now(),
    )


def withdraw(meeting: Meeting, speaker: Speaker, version: int = 1) -> None:
    key = db.session.scalar(sa.select(Person.key).where(Person.id == speaker.person_id)) or ""
    commands.withdraw(meeting_id=meeting.id, key=key, version=version, actor=COMMAND_LINE, now=now())


def record(meeting: Meeting, person: Person, version: int = 0, **values: Any) -> bool:
    defaults: dict[str, Any] = {"answer": "accept", "way": "telephone", "remark": None}
    return commands.record_answer(
        meeting_id=meeting.id,
        key=person.key,
        version=version,
        actor=COMMAND_LINE,
        now=now(),
        **(defaults | values),
    )


class TestAsking:
    def test_asking_twice_writes_once(self, meeting: Meeting) -> None:
        person = with_role(meeting)
        assert [ask(meeting, person).written, ask(meeting, person).written] == [1, 0]
        assert [each.kind for each in mails()] == ["speaker_invitation"]

    def test_nobody_without_role_or_address_is_asked(self, meeting: Meeting) -> None:
        with transaction():
            visitor = factories.person(meeting)
        silent = with_role(meeting, email="not an address")
        assert ask(meeting, visitor, silent) == commands.Asked(written=0, without_address=1, left=1)
        assert db.session.scalars(sa.select(Speaker)).all() == []

    def test_nobody_of_another_meeting_is_asked(self, meeting: Meeting) -> None:
        other = build(slug="other")
        assert ask(meeting, with_role(other)).written == 0

    def test_the_mail_is_in_the_speakers_language_and_carries_the_own_words(self, meeting: Meeting) -> None:
        person = with_role(meeting, language="fr")
        ask(meeting, person, note="Bienvenue <b>", answer_by=dt.date(2026, 5, 1))
        (message,) = mails()
        assert (message.language, message.link_purpose, message.person_id) == ("en", "speaker", person.id)
        assert "Bienvenue &lt;b&gt;" in (message.html or "")
        assert "Please answer by Friday 1 May 2026." in message.text

    def test_a_draft_has_no_job(self, meeting: Meeting) -> None:
        ask(meeting, with_role(meeting), held=True)
        assert [each.held for each in mails()] == [True]
        assert db.session.scalars(sa.select(Job)).all() == []

    def test_who_declined_can_be_asked_again(self, meeting: Meeting) -> None:
        speaker = asked(meeting, "declined")
        assert ask(meeting, stored(speaker).person).written == 1
        assert (stored(speaker).status, stored(speaker).answered_at) == ("invited", None)

    def test_being_asked_brings_no_other_mail(self, meeting: Meeting) -> None:
        person = with_role(meeting)
        with transaction():
            factories.registration(meeting, person)  # its calendar was told of nothing yet
        ask(meeting, person, held=True)
        assert [(each.kind, each.held) for each in mails()] == [("speaker_invitation", True)]

    def test_being_asked_takes_nothing_out_of_a_participants_calendar(self, meeting: Meeting) -> None:
        person = with_role(meeting)
        with transaction():
            factories.registration(meeting, person)
        bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=now())
        before = len(mails())
        ask(meeting, person)
        bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=now())
        assert [each.kind for each in mails()[before:]] == ["speaker_invitation"]


class TestAnswering:
    def test_a_repeat_changes_nothing(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        assert [answer(speaker), answer(speaker)] == [True, False]
        assert events() == ["speaker.confirmed"]

    def test_an_answer_from_an_older_page_is_refused(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        answer(speaker)
        with pytest.raises(Stale):
            answer(speaker, "decline")
        assert stored(speaker).status == "confirmed"

    def test_confirming_fills_the_calendar_and_declining_clears_it(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        answer(speaker)
        answer(speaker, "decline", version=2)
        assert [(each.kind, each.calendar_method) for each in mails()] == [
            ("invitation", "REQUEST"),
            ("cancellation", "CANCEL"),
        ]
        assert stored(speaker).person_id in {role.person_id for role in meeting.sessions[0].roles}

    def test_of_a_draft_nothing_is_sent(self, app: Flask, clock: Clock) -> None:
        draft = build(slug="draft", published_at=None)
        answer(asked(draft))
        assert mails() == []

    @pytest.mark.parametrize("serial", [0, 2])
    def test_another_link_does_nothing(self, meeting: Meeting, serial: int) -> None:
        speaker = asked(meeting)
        with pytest.raises(Refused, match="stopped working"):
            answer(speaker, serial=serial)

    def test_nothing_is_answered_once_the_meeting_is_over(self, meeting: Meeting, clock: Clock) -> None:
        speaker = asked(meeting)
        clock.set(dt.datetime(2026, 7, 22, 12, tzinfo=dt.UTC))  # 23 July in Auckland
        with pytest.raises(Refused, match="over"):
            answer(speaker)

    def test_the_remark_is_in_no_log(self, meeting: Meeting) -> None:
        answer(asked(meeting), remark="Secret remark")
        db.session.rollback()
        assert "Secret" not in str([(each.before, each.after) for each in db.session.scalars(sa.select(Event))])


class TestAtTheSameMoment:
    """Each thread is given numbers and keys: rows belong to the session that read them."""

    def test_of_two_answers_one_holds_and_the_other_is_told(self, app: Flask, meeting: Meeting) -> None:
        speaker = asked(meeting)
        number = speaker.id
        got = at_once(app, [lambda: _answer(number, "accept"), lambda: _answer(number, "decline")])
        assert sorted(type(each).__name__ for each in got) == ["Stale", "bool"]
        assert stored(speaker).version == 2
        assert len(events()) == 1

    def test_of_an_answer_and_a_withdrawal_one_holds_and_the_other_is_told(self, app: Flask, meeting: Meeting) -> None:
        speaker = asked(meeting)
        number, key, of = speaker.id, speaker.person.key, meeting.id

        def withdraw() -> None:
            commands.withdraw(meeting_id=of, key=key, version=1, actor=COMMAND_LINE, now=now())

        got = at_once(app, [lambda: _answer(number, "accept"), withdraw])
        status = stored(speaker).status
        assert status in ("confirmed", "withdrawn")
        refused = [each for each in got if isinstance(each, Refused)]
        assert len(refused) == 1, got
        assert isinstance(refused[0], Stale) == (status == "confirmed")

    def test_two_organizers_who_ask_at_once_write_once(self, app: Flask, meeting: Meeting) -> None:
        key, of = with_role(meeting).key, meeting.id

        def ask() -> commands.Asked:
            invitation = Invitation()
            return commands.ask(meeting_id=of, people=[key], invitation=invitation, actor=COMMAND_LINE, now=now())

        got = at_once(app, [ask, ask])
        assert sorted(each.written for each in got) == [0, 1]
        assert len(mails()) == 1


def _answer(speaker_id: int, to: Any) -> bool:
    actor = Actor.speaker(speaker_id)
    return commands.answer(speaker_id=speaker_id, serial=1, version=1, to=to, remark=None, actor=actor, now=now())


class TestCorrecting:
    def test_an_older_form_is_refused_and_overwrites_nothing(self, meeting: Meeting) -> None:
        speaker = asked(meeting, function="Mayor")
        shown = words(speaker)
        with transaction():
            db.session.get_one(Person, speaker.person_id).function = "Governor"
        with pytest.raises(Stale):
            correct(speaker, shown, given="Other")
        assert words(speaker).function == "Governor"

    def test_the_log_says_which_words_and_not_what_they_read(self, meeting: Meeting) -> None:
        speaker = asked(meeting, function="Mayor")
        correct(speaker, function="Regent of Demonstration", given="Secret")
        db.session.rollback()
        (edited,) = db.session.scalars(sa.select(Event).where(Event.kind == "person.edited"))
        assert (edited.actor, edited.after) == (f"speaker:{speaker.id}", {"changed": ["function", "given"]})
        assert stored(speaker).changed == ["function", "given"]

    def test_what_an_organizer_changes_is_to_be_checked_again(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        correct(speaker)
        assert stored(speaker).checked_at is not None
        _edit(meeting, stored(speaker).person.key, function="Governor")
        assert stored(speaker).checked_at is None

    def test_what_the_programme_does_not_print_leaves_it_checked(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        correct(speaker)
        _edit(meeting, stored(speaker).person.key, language="fr")
        assert stored(speaker).checked_at is not None

    def test_an_organization_of_ones_own_is_reworded(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        before = organisations(meeting)
        correct(speaker, organisation="City of Demonstration")
        assert organisations(meeting) == ["City of Demonstration"]
        assert len(before) == 1

    def test_an_organization_of_several_keeps_its_wording(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        with transaction():
            factories.person(meeting, organisation_id=stored(speaker).person.organisation_id)
        (before,) = organisations(meeting)
        correct(speaker, organisation="City of Demonstration")
        assert organisations(meeting) == [before, "City of Demonstration"]
        assert words(speaker).organisation == "City of Demonstration"

    def test_an_organization_that_is_there_is_not_made_twice(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        with transaction():
            factories.organisation(meeting, name="Demonstration Network", acronym="DN")
        correct(speaker, organisation="The Demonstration Network")
        assert len(organisations(meeting)) == 2
        assert words(speaker).organisation == "Demonstration Network"

    def test_no_organization_at_all(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        correct(speaker, organisation=None)
        assert words(speaker).organisation is None


class TestConsents:
    def test_they_are_not_said_until_the_speaker_says(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        correct(speaker)
        assert stored(speaker).consent_photographed is None
        correct(speaker, consents=Consents(photographed=False, recorded=None))
        assert (stored(speaker).consent_photographed, stored(speaker).consent_recorded) == (False, None)
        correct(speaker)  # a question left open takes nothing back
        assert stored(speaker).consent_photographed is False

    def test_of_who_is_registered_the_registration_holds_them(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        with transaction():
            row = factories.registration(meeting, stored(speaker).person, consent_recorded=True)
        correct(speaker, consents=Consents(photographed=True, recorded=None))
        db.session.rollback()
        registration = db.session.get_one(Registration, row.id, populate_existing=True)
        assert (registration.consent_photographed, registration.consent_recorded) == (True, True)
        assert (registration.version, stored(speaker).consent_photographed) == (2, None)


class TestTakingDown:
    def test_an_answer_of_who_was_never_asked(self, meeting: Meeting) -> None:
        person = with_role(meeting)
        assert record(meeting, person)
        (row,) = db.session.scalars(sa.select(Speaker))
        assert (row.status, row.invited_at, row.person_id) == ("confirmed", None, person.id)
        assert [each.kind for each in mails()] == ["invitation"]

    def test_it_does_not_overwrite_an_answer_given_meanwhile(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        answer(speaker)
        with pytest.raises(Stale):
            record(meeting, stored(speaker).person, version=1, answer="decline")

    def test_what_holds_already_is_left(self, meeting: Meeting) -> None:
        speaker = asked(meeting, "confirmed")
        assert not record(meeting, stored(speaker).person, version=1)


class TestWithdrawing:
    def test_the_link_stops_the_calendar_is_cleared_and_drafts_go(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        answer(speaker)
        ask(meeting, with_role(meeting), held=True)
        withdraw(meeting, speaker, version=2)
        assert queries.own(speaker.id, 1, now()) is None
        assert queries.own(speaker.id, 2, now()) is None
        kinds = [each.kind for each in mails()]
        assert kinds == ["invitation", "speaker_invitation", "cancellation"]
        assert "{link}" not in mails()[-1].text + (mails()[-1].html or "")

    def test_a_draft_of_the_invitation_goes_with_it(self, meeting: Meeting) -> None:
        person = with_role(meeting)
        ask(meeting, person, held=True)
        (row,) = db.session.scalars(sa.select(Speaker))
        withdraw(meeting, row, version=row.version)
        assert mails() == []

    def test_a_draft_that_is_discarded_has_asked_nobody(self, meeting: Meeting) -> None:
        person = with_role(meeting)
        ask(meeting, person, held=True)
        (message,) = mails()
        discard_draft(meeting_id=meeting.id, message_id=message.id, actor=COMMAND_LINE, now=now())
        (row,) = db.session.scalars(sa.select(Speaker).execution_options(populate_existing=True))
        assert (row.status, row.link_serial, mails()) == ("withdrawn", 2, [])
        assert ask(meeting, person).written == 1

    def test_a_reminder_that_is_discarded_leaves_the_invitation(self, meeting: Meeting, clock: Clock) -> None:
        speaker = asked(meeting)
        key = stored(speaker).person.key
        clock.advance(minutes=5)
        commands.remind(
            meeting_id=meeting.id, people=[key], invitation=Invitation(held=True), actor=COMMAND_LINE, now=now()
        )
        (message,) = mails()
        discard_draft(meeting_id=meeting.id, message_id=message.id, actor=COMMAND_LINE, now=now())
        assert stored(speaker).status == "invited"

    def test_drafts_of_calendar_entries_are_none_of_the_invitations(self, meeting: Meeting) -> None:
        speaker = asked(meeting, "confirmed")
        with transaction():
            plan = plan_of(meeting.id)
            tell_of(plan, held=True, actor=COMMAND_LINE, now=now())
        assert [each.entry_uid is not None for each in mails()] == [True]
        (line,) = queries.speaker_lines(meeting.id, today=dt.date(2026, 1, 1))
        assert not line.drafted
        withdraw(meeting, speaker)
        assert mails() == []

    def test_asked_again_the_old_link_stays_dead(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        withdraw(meeting, speaker)
        ask(meeting, stored(speaker).person)
        assert queries.own(speaker.id, 1, now()) is None
        assert queries.own(speaker.id, 2, now()) is not None


class TestLinks:
    def test_a_lost_link_is_mailed_to_the_address_that_has_it_a_few_times_an_hour(self, meeting: Meeting) -> None:
        speaker = asked(meeting, email="ana@example.org")
        for address in ("ana@example.org", "nobody@example.org"):
            for _ in range(6):
                commands.ask_for_link(meeting_id=meeting.id, email=address, actor=COMMAND_LINE, now=now())
        assert [(each.recipient, each.link_claim) for each in mails()] == [("ana@example.org", [speaker.id, 1])] * 4

    def test_a_replaced_link_ends_the_one_before(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        commands.replace_link(speaker_id=speaker.id, serial=1, actor=COMMAND_LINE, now=now())
        assert [each.link_claim for each in mails()] == [[speaker.id, 2]]
        with pytest.raises(Refused):
            commands.replace_link(speaker_id=speaker.id, serial=1, actor=COMMAND_LINE, now=now())


class TestAnotherAddress:
    def test_links_and_entries_follow_and_the_old_address_loses_them(self, meeting: Meeting) -> None:
        speaker = asked(meeting, email="old@example.org")
        answer(speaker)
        _readdress(meeting, speaker, "new@example.org")
        first, farewell, link, again = mails()
        assert (first.recipient, first.calendar_method) == ("old@example.org", "REQUEST")
        assert (farewell.recipient, farewell.calendar_method) == ("old@example.org", "CANCEL")
        assert (link.recipient, link.kind, link.link_claim) == ("new@example.org", "speaker_link", [speaker.id, 2])
        assert "as a speaker" in link.text
        assert (again.recipient, again.kind, again.link_purpose) == ("new@example.org", "invitation", "speaker")
        assert queries.own(speaker.id, 1, now()) is None

    def test_who_is_registered_too_gets_both_links(self, meeting: Meeting) -> None:
        speaker = asked(meeting)
        with transaction():
            factories.registration(meeting, stored(speaker).person, status="pending")
        _readdress(meeting, speaker, "new@example.org")
        assert [(each.kind, each.link_purpose) for each in mails()] == [
            ("personal_link", "personal"),
            ("speaker_link", "speaker"),
        ]

    def test_a_draft_goes_to_the_new_address_and_nothing_goes_before_it(self, meeting: Meeting) -> None:
        person = with_role(meeting)
        ask(meeting, person, held=True)
        (row,) = db.session.scalars(sa.select(Speaker))
        _readdress(meeting, row, "new@example.org")
        assert [(each.recipient, each.held, each.link_claim) for each in mails()] == [
            ("new@example.org", True, [row.id, 2])
        ]

    def test_a_job_that_an_earlier_release_left_is_done(self, meeting: Meeting) -> None:
        with transaction():
            row = factories.registration(meeting)
            db.session.add(
                Event(at=now(), actor="worker", kind="registration.address_changed", target=f"registration:{row.id}")
            )
        for _ in range(2):
            follow_address({"registration": row.id, "before": "old@example.org"})
        assert [each.kind for each in mails()] == ["personal_link", "invitation"]


def test_who_is_erased_is_no_speaker_any_more(meeting: Meeting) -> None:
    speaker = asked(meeting)
    with transaction() as session:
        session.execute(sa.delete(Person).where(Person.id == speaker.person_id))
    db.session.expunge_all()
    assert db.session.scalars(sa.select(Speaker)).all() == []


def _edit(meeting: Meeting, key: str, **changes: Any) -> None:
    values = person_values(meeting.id, key)
    assert values is not None
    shown = mark(asdict(values))
    edit_person(
        meeting_id=meeting.id, key=key, to=replace(values, **changes), shown=shown, actor=COMMAND_LINE, now=now()
    )
    db.session.rollback()


def _readdress(meeting: Meeting, speaker: Speaker, email: str) -> None:
    _edit(meeting, stored(speaker).person.key, email=email)
    for _ in range(2):  # a worker that died after the work does it again
        for payload in db.session.scalars(sa.select(Job.payload).where(Job.kind == ADDRESS_CHANGED)):
            follow_address(payload)
    db.session.rollback()
