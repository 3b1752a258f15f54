"""Confirming, declining, correcting, withdrawing: the commands, and the calendars that follow them."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE, VISITOR
from meetings.models.meeting import Meeting
from meetings.models.message import Event, Message
from meetings.models.people import CalendarEntry, Organisation, Registration
from meetings.people import commands, queries
from meetings.people.commands import Decided
from meetings.people.commands.deciding import Decision
from meetings.people.queries import Particulars
from meetings.refusals import Refused, Stale
from tests import factories
from tests.conftest import Clock


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A published hybrid meeting the next day, with a sitting in the morning and one in the afternoon."""
    with transaction():
        meeting = factories.meeting(
            mode="hybrid",
            languages=["en", "fr"],
            start_date=dt.date(2025, 11, 27),
            end_date=dt.date(2025, 11, 27),
            venue="Palais des Nations",
            room="Room XXIV",
            city="Geneva",
        )
        factories.sitting(meeting, key="morning", join_url="https://teams.example/morning")
        factories.sitting(meeting, key="afternoon", start=dt.time(15), end=dt.time(18))
    return meeting


def made(meeting: Meeting, status: str = "pending", **values: Any) -> Registration:
    with transaction():
        return factories.registration(meeting, status=status, languages=["en"], **values)


def decide(meeting: Meeting, clock: Clock, decision: Decision, *rows: Registration) -> Decided:
    ids = [row.id for row in rows]
    decided = commands.decide(
        meeting_id=meeting.id, registrations=ids, decision=decision, actor=COMMAND_LINE, now=clock.now
    )
    db.session.rollback()
    return decided


def mails() -> list[str]:
    return list(db.session.scalars(sa.select(Message.kind).order_by(Message.id)))


def test_confirming_invites_to_every_sitting(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    assert decide(meeting, clock, "confirm", row) == Decided(1, 0, 0)
    assert row.status == "confirmed"
    assert mails() == ["invitation", "invitation"]
    entries = db.session.scalars(sa.select(CalendarEntry).order_by(CalendarEntry.starts_at)).all()
    assert [(each.uid, each.sequence, each.state) for each in entries] == [
        (f"{meeting.slug}.sitting.morning@rostrum", 0, "invited"),
        (f"{meeting.slug}.sitting.afternoon@rostrum", 0, "invited"),
    ]


def test_confirming_before_any_time_is_known_says_that_the_calendar_follows(app: Flask, clock: Clock) -> None:
    with transaction():
        meeting = factories.meeting()
    row = made(meeting)
    decide(meeting, clock, "confirm", row)
    assert mails() == ["decision"]
    assert "will follow" in db.session.scalars(sa.select(Message.text)).one()


def test_confirming_when_all_is_over_promises_no_calendar(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    clock.advance(days=7)
    decide(meeting, clock, "confirm", row)
    assert mails() == ["decision"]
    assert "will follow" not in db.session.scalars(sa.select(Message.text)).one()


def test_declining_after_confirmation_cancels_and_says_so(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    decide(meeting, clock, "confirm", row)
    decide(meeting, clock, "decline", row)
    assert mails() == ["invitation", "invitation", "cancellation", "cancellation", "decision"]
    states = db.session.execute(sa.select(CalendarEntry.state, CalendarEntry.sequence)).all()
    assert [tuple(each) for each in states] == [("cancelled", 1)] * 2


def test_a_decline_is_undone_and_confirmed_anew_under_higher_sequences(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    for decision in ("confirm", "decline", "reopen", "confirm"):
        decide(meeting, clock, decision, row)
    assert row.status == "confirmed"
    states = db.session.execute(sa.select(CalendarEntry.state, CalendarEntry.sequence)).all()
    assert [tuple(each) for each in states] == [("invited", 2)] * 2


def test_several_are_decided_at_once_and_those_it_does_not_fit_are_left(meeting: Meeting, clock: Clock) -> None:
    pending, unverified, withdrawn = made(meeting), made(meeting, "unverified"), made(meeting, "withdrawn")
    with transaction():
        nobody = factories.registration(meeting, factories.person(meeting, email=None), status="pending")
        elsewhere = factories.registration(factories.meeting(), status="pending")
    decided = decide(meeting, clock, "confirm", pending, unverified, withdrawn, nobody, elsewhere)
    assert decided == Decided(changed=2, left=2, without_address=1)
    assert [row.status for row in (pending, unverified, withdrawn, nobody, elsewhere)] == [
        "confirmed",
        "unverified",
        "withdrawn",
        "confirmed",
        "pending",
    ]


def test_two_organisers_who_confirm_at_once_invite_once(app: Flask, meeting: Meeting, clock: Clock) -> None:
    rows = [made(meeting).id for _ in range(3)]
    meeting_id = meeting.id
    db.session.rollback()

    def confirm(_: int) -> int:
        with app.app_context():
            return commands.decide(
                meeting_id=meeting_id, registrations=rows, decision="confirm", actor=COMMAND_LINE, now=clock.now
            ).changed

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(confirm, range(6))) == [0, 0, 0, 0, 0, 3]
    assert mails() == ["invitation"] * 6


def test_the_log_keeps_states_and_no_personal_data(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    decide(meeting, clock, "confirm", row)
    to = replace(own(row), function="Secret function", accessibility="Secret need", organisation="Secret body")
    to = replace(to, gender="other")
    correct(row, to, clock)
    events = db.session.scalars(sa.select(Event).order_by(Event.id)).all()
    assert [each.kind for each in events] == ["registration.confirm", "invitations.sent", "registration.corrected"]
    assert "Secret" not in str([(each.before, each.after) for each in events])
    assert events[-1].after == {"changed": ["function", "organisation", "accessibility", "gender"]}
    assert row.person.gender == "other"


def own(row: Registration) -> Particulars:
    return queries.particulars_of(db.session.get_one(Registration, row.id))


def correct(row: Registration, to: Particulars, clock: Clock) -> bool:
    changed = commands.correct(registration_id=row.id, version=row.version, to=to, actor=VISITOR, now=clock.now)
    db.session.rollback()
    return changed


def test_what_is_saved_unchanged_changes_nothing(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    before = (row.version, meeting.version)
    assert correct(row, own(row), clock) is False
    db.session.refresh(meeting)
    assert (row.version, meeting.version) == before
    assert db.session.scalars(sa.select(Event)).all() == []


def test_a_corrected_attendance_is_told_to_the_calendar(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting, attendance="online")
    decide(meeting, clock, "confirm", row)
    assert correct(row, replace(own(row), attendance="in_person"), clock) is True
    assert mails() == ["invitation", "invitation", "update", "update"]
    calendar = db.session.scalars(sa.select(Message.calendar).order_by(Message.id.desc())).first()
    assert calendar is not None
    assert b"Palais des Nations" in calendar


def test_who_corrects_an_older_version_is_told_and_nothing_is_overwritten(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    first = own(row)
    correct(row, replace(first, function="Mayor"), clock)
    with pytest.raises(Stale):
        commands.correct(
            registration_id=row.id, version=1, to=replace(first, function="Deputy"), actor=VISITOR, now=clock.now
        )
    assert row.person.function == "Mayor"


def test_the_wording_of_an_organisation_of_ones_own_is_corrected_in_place(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    organisation = row.person.organisation_id
    correct(row, replace(own(row), organisation="Ville de Démonstration", country="FR"), clock)
    assert row.person.organisation_id == organisation
    assert row.person.organisation is not None
    assert (row.person.organisation.name, row.person.organisation.country) == ("Ville de Démonstration", "FR")


def test_an_organisation_of_others_too_keeps_its_name(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        shared = factories.organisation(meeting, name="UCLG")
        rows = [factories.registration(meeting, factories.person(meeting, organisation_id=shared.id)) for _ in "ab"]
    correct(rows[0], replace(own(rows[0]), organisation="Metropolis"), clock)
    assert [row.person.organisation.name for row in rows if row.person.organisation] == ["Metropolis", "UCLG"]
    correct(rows[1], replace(own(rows[1]), organisation="metropolis"), clock)
    assert rows[0].person.organisation_id == rows[1].person.organisation_id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 2


def test_an_organisation_can_be_left_out(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    correct(row, replace(own(row), organisation="", category=None, country=None), clock)
    assert row.person.organisation is None


@pytest.mark.parametrize("values", [{"attendance": "by_post"}, {"languages": ("ru",)}])
def test_a_correction_to_what_is_not_offered_is_refused(meeting: Meeting, clock: Clock, values: dict[str, Any]) -> None:
    row = made(meeting)
    with pytest.raises(Refused):
        correct(row, replace(own(row), **values), clock)
    assert (row.version, row.attendance) == (1, "online")


@pytest.mark.parametrize(
    "values", [{"function": "King"}, {"organisation": "Renamed"}, {"category": "states"}, {"country": "FR"}]
)
@pytest.mark.parametrize("status", ["confirmed", "pending", "declined"])
def test_what_the_programme_says_of_somebody_is_not_theirs_to_change(
    meeting: Meeting, clock: Clock, status: str, values: dict[str, Any]
) -> None:
    row = made(meeting, status)
    with transaction():
        factories.role(factories.session(meeting), row.person)
    before = own(row)
    with pytest.raises(Refused, match="Write to the organizers"):
        correct(row, replace(before, **values), clock)
    assert own(row) == before
    assert correct(row, replace(before, accessibility="Captions"), clock)


def test_withdrawing_cancels_and_rejoining_waits_for_the_organisers(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    decide(meeting, clock, "confirm", row)
    for _ in range(2):
        commands.withdraw(registration_id=row.id, actor=VISITOR, now=clock.now)
    db.session.rollback()
    assert row.status == "withdrawn"
    assert mails() == ["invitation", "invitation", "decision", "cancellation", "cancellation"]
    for _ in range(2):
        commands.rejoin(registration_id=row.id, actor=VISITOR, now=clock.now)
    db.session.rollback()
    assert row.status == "pending"
    assert mails()[5:] == ["decision"]


def test_a_replaced_link_makes_the_old_one_stale(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    commands.replace_link(registration_id=row.id, actor=VISITOR, now=clock.now)
    db.session.rollback()
    assert not queries.serial_holds(row.id, 1)
    assert queries.serial_holds(row.id, 2)
    assert db.session.scalars(sa.select(Message.link_claim)).all() == [[row.id, 2]]


def test_a_link_is_not_replaced_where_no_address_is_known(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        row = factories.registration(meeting, factories.person(meeting, email=None))
    with pytest.raises(Refused):
        commands.replace_link(registration_id=row.id, actor=VISITOR, now=clock.now)
    assert queries.serial_holds(row.id, 1)


def test_a_person_is_protected_and_no_longer(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    for protected in (True, True, False):
        commands.protect(
            meeting_id=meeting.id, registration_id=row.id, protected=protected, actor=COMMAND_LINE, now=clock.now
        )
        db.session.rollback()
        assert row.person.protected is protected
    assert len(db.session.scalars(sa.select(Event)).all()) == 2


def test_nobody_is_protected_by_the_organisers_of_another_meeting(meeting: Meeting, clock: Clock) -> None:
    row = made(meeting)
    with transaction():
        other = factories.meeting()
    with pytest.raises(Refused):
        commands.protect(meeting_id=other.id, registration_id=row.id, protected=True, actor=COMMAND_LINE, now=clock.now)
    assert row.person.protected is False
