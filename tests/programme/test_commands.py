"""What an organiser's commands do, log and refuse."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.invitations.commands import bring_up_to_date
from meetings.invitations.jobs import follow_address
from meetings.journal import COMMAND_LINE
from meetings.models.account import Grant
from meetings.models.floor import Floor
from meetings.models.meeting import Meeting, Role, Session
from meetings.models.message import Event, Job, Message
from meetings.models.people import Organisation, Person, Registration
from meetings.models.report import Point
from meetings.programme import commands
from meetings.programme.commands.people import ADDRESS_CHANGED
from meetings.programme.queries.edits import (
    FloorValues,
    Named,
    NewPerson,
    OrganisationValues,
    Particulars,
    PersonValues,
    RoleValues,
    SessionValues,
    SittingValues,
    concept_note,
    particulars,
    person_values,
    session_values,
    sitting_values,
)
from meetings.programme.queries.lines import DocumentLine, QuestionGroup
from meetings.programme.rules.edits import mark
from meetings.refusals import Refused, Stale
from tests import factories
from tests.conftest import Clock

DAY = factories.DAY

PARTICULARS = Particulars(
    title="Cities and rights",
    subtitle=None,
    series=None,
    mode="online",
    timezone="Pacific/Auckland",
    start_date=DAY,
    end_date=DAY,
    venue=None,
    room=None,
    city=None,
    country=None,
    languages=("en", "mi"),
    contact=None,
    organisers=(),
)
PANEL = SessionValues(
    kind="panel",
    label="Session 1",
    title="A panel",
    description=None,
    date=DAY,
    start=dt.time(9),
    end=dt.time(10),
    part_of=None,
    track=None,
    sitting=None,
    room=None,
    presentations_minutes=None,
    replies_minutes=None,
    floor=None,
    roles=(),
)
PERSON = PersonValues(
    honorific="Ms.",
    given="Demonstration",
    family="Speaker",
    name_order="given_family",
    report_surname=None,
    function=None,
    unit=None,
    former=False,
    indefinite=False,
    organisation=None,
    email=None,
    language=None,
    gender=None,
    protected=False,
)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    with transaction():
        return factories.meeting(slug="dialogue")


def events(kind: str) -> list[Event]:
    return list(db.session.scalars(sa.select(Event).where(Event.kind == kind).order_by(Event.id)))


def row(model: type[Session], meeting: Meeting, key: str) -> Session:
    return db.session.scalars(sa.select(model).where(model.meeting_id == meeting.id, model.key == key)).one()


def add(meeting: Meeting, **values: object) -> str:
    to = replace(PANEL, **values)  # type: ignore[arg-type]  # any of its fields
    return commands.add_session(meeting_id=meeting.id, to=to, actor=COMMAND_LINE, now=now())


def edit(meeting: Meeting, key: str, **values: object) -> None:
    stored = session_values(meeting.id, key)
    assert stored is not None
    to = replace(stored, **values)  # type: ignore[arg-type]  # any of its fields
    shown = mark(asdict(stored))
    commands.edit_session(meeting_id=meeting.id, key=key, to=to, shown=shown, actor=COMMAND_LINE, now=now())


def shift(meeting: Meeting, key: str, *, earlier: bool) -> None:
    version = row(Session, meeting, key).version
    commands.move_session(
        meeting_id=meeting.id, key=key, earlier=earlier, version=version, actor=COMMAND_LINE, now=now()
    )


def remove(meeting: Meeting, key: str) -> None:
    commands.remove_session(meeting_id=meeting.id, key=key, actor=COMMAND_LINE, now=now())


# Meetings


def test_a_meeting_is_created_as_a_draft_with_a_slug_from_its_title(app: Flask) -> None:
    slug = commands.create_meeting(slug=None, to=PARTICULARS, organiser=None, actor=COMMAND_LINE, now=now())
    again = commands.create_meeting(slug=None, to=PARTICULARS, organiser=None, actor=COMMAND_LINE, now=now())
    assert (slug, again) == ("cities-and-rights", "cities-and-rights-2")
    stored = db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one()
    assert stored.published_at is None
    assert particulars(stored.id) == PARTICULARS
    assert [event.after for event in events("meeting.created")] == [
        {"slug": "cities-and-rights", "title": "Cities and rights"},
        {"slug": "cities-and-rights-2", "title": "Cities and rights"},
    ]


def test_who_creates_a_meeting_is_its_organiser(app: Flask) -> None:
    with transaction():
        account = factories.account("organiser@example.org")
    slug = commands.create_meeting(
        slug="own", to=PARTICULARS, organiser="organiser@example.org", actor=COMMAND_LINE, now=now()
    )
    grant = db.session.scalars(sa.select(Grant)).one()
    meeting_id = db.session.scalar(sa.select(Meeting.id).where(Meeting.slug == slug))
    assert (grant.account_id, grant.role, grant.meeting_id) == (account.id, "organiser", meeting_id)


def test_a_taken_slug_is_refused_and_nothing_written(meeting: Meeting) -> None:
    with pytest.raises(Refused, match="dialogue"):
        commands.create_meeting(slug="dialogue", to=PARTICULARS, organiser=None, actor=COMMAND_LINE, now=now())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 1


def change_particulars(meeting: Meeting, **values: object) -> None:
    stored = particulars(meeting.id)
    to = replace(stored, **values)  # type: ignore[arg-type]  # any of its fields
    shown = mark(asdict(stored))
    commands.edit_particulars(meeting_id=meeting.id, to=to, shown=shown, actor=COMMAND_LINE, now=now())


def test_organisers_are_chosen_or_new_and_keep_their_order(meeting: Meeting) -> None:
    with transaction():
        ohchr = factories.organisation(meeting, key="ohchr", name="OHCHR")
    change_particulars(meeting, organisers=(Named(None, "UCLG"), Named("ohchr"), Named("ohchr")))
    uclg = db.session.scalars(sa.select(Organisation).where(Organisation.name == "UCLG")).one()
    assert particulars(meeting.id).organisers == (Named(uclg.key), Named("ohchr"))
    change_particulars(meeting, organisers=(Named("ohchr"), Named(uclg.key)))
    assert particulars(meeting.id).organisers == (Named("ohchr"), Named(uclg.key))
    assert ohchr.key == "ohchr"


def test_a_corrected_zone_moves_no_session(meeting: Meeting) -> None:
    key = add(meeting)
    change_particulars(meeting, timezone="America/Bogota")
    assert session_values(meeting.id, key) == PANEL


def test_a_meeting_that_moves_takes_its_sittings_and_sessions_along(meeting: Meeting) -> None:
    key = add(meeting)
    with transaction():
        sitting = factories.sitting(meeting)
    week = dt.timedelta(7)
    change_particulars(meeting, start_date=DAY + week, end_date=DAY + week)
    assert row(Session, meeting, key).date == DAY + week
    assert sitting.date == DAY + week
    assert row(Session, meeting, key).start == dt.time(9)


def test_a_meeting_made_longer_moves_nothing(meeting: Meeting) -> None:
    key = add(meeting)
    change_particulars(meeting, start_date=DAY - dt.timedelta(1))
    assert row(Session, meeting, key).date == DAY


def test_a_day_with_sessions_cannot_be_taken_from_a_meeting(meeting: Meeting) -> None:
    add(meeting)
    change_particulars(meeting, end_date=DAY + dt.timedelta(1))
    with pytest.raises(Refused, match=r"not held on .* Move or remove what the programme has on that day first\."):
        change_particulars(meeting, start_date=DAY + dt.timedelta(1))
    assert particulars(meeting.id).start_date == DAY


def test_who_took_the_date_away_is_told_how_to_give_another_one(meeting: Meeting) -> None:
    key = add(meeting)
    later = DAY + dt.timedelta(7)
    change_particulars(meeting, start_date=None, end_date=None)
    with pytest.raises(Refused, match="give it to the meeting and save, then change it"):
        change_particulars(meeting, start_date=later, end_date=later)
    change_particulars(meeting, start_date=DAY, end_date=DAY)
    change_particulars(meeting, start_date=later, end_date=later)
    assert row(Session, meeting, key).date == later


def test_a_concept_note_is_kept_as_it_was_written(meeting: Meeting) -> None:
    stored = concept_note(meeting.id)
    to = replace(
        stored,
        mandate_body="Human Rights Council",
        mandate_resolution="57/12",
        background="One.\n\nTwo[^1].\n\n[^1]: A note.",
        objectives=("First", "Second\nline"),
        guiding_questions=(QuestionGroup(None, ("What?",)), QuestionGroup("Theme", ())),
        documents=(DocumentLine("A report", "A/HRC/56/32", "https://example.org/report"),),
    )
    commands.edit_concept_note(meeting_id=meeting.id, to=to, shown=mark(asdict(stored)), actor=COMMAND_LINE, now=now())
    assert concept_note(meeting.id) == to
    (event,) = events("meeting.concept_note_edited")
    assert event.after is not None
    assert event.after["objectives"] == ["First", "Second\nline"]
    assert "modalities" not in event.after


# Sessions


def test_a_session_is_kept_with_its_floor_and_roles(meeting: Meeting) -> None:
    with transaction():
        person = factories.person(meeting, key="kim")
    new = NewPerson("Mr.", "Demonstration", "Guest", "Mayor", Named(None, "Demonstration City"))
    floor = FloorValues(45 * 60_000, 120_000, 30_000)
    key = add(meeting, floor=floor, roles=(RoleValues("moderator", "kim"), RoleValues("panellist", None, new)))
    stored = session_values(meeting.id, key)
    assert stored is not None
    guest = db.session.scalars(sa.select(Person).where(Person.family == "Guest")).one()
    assert stored.roles == (RoleValues("moderator", "kim"), RoleValues("panellist", guest.key))
    assert stored.floor == floor
    assert guest.organisation is not None
    assert guest.organisation.name == "Demonstration City"
    (event,) = events("session.added")
    assert "Guest" not in str(event.after)
    assert person.key == "kim"


def test_a_session_is_edited_and_its_version_rises(meeting: Meeting) -> None:
    key = add(meeting)
    before = meeting.version
    edit(meeting, key, title="Another", start=dt.time(9, 15))
    assert row(Session, meeting, key).version == 2
    assert meeting.version == before + 1
    (event,) = events("session.edited")
    assert event.before == {"title": "A panel", "start": "09:00:00"}
    assert event.after == {"title": "Another", "start": "09:15:00"}


def test_saving_a_session_unchanged_changes_and_logs_nothing(meeting: Meeting) -> None:
    key = add(meeting)
    before = meeting.version
    edit(meeting, key)
    assert (row(Session, meeting, key).version, meeting.version) == (1, before)
    assert events("session.edited") == []


def test_whoever_saves_later_overwrites_nothing(meeting: Meeting) -> None:
    key = add(meeting)
    shown = mark(asdict(PANEL))
    edit(meeting, key, title="The other's")
    with pytest.raises(Stale):
        commands.edit_session(
            meeting_id=meeting.id,
            key=key,
            to=replace(PANEL, room="Room XXIV"),
            shown=shown,
            actor=COMMAND_LINE,
            now=now(),
        )
    assert session_values(meeting.id, key) == replace(PANEL, title="The other's")


@pytest.mark.parametrize("date", [DAY - dt.timedelta(1), DAY + dt.timedelta(1)])
def test_a_session_is_on_a_day_of_its_meeting(meeting: Meeting, date: dt.date) -> None:
    with pytest.raises(Refused, match="not held on"):
        add(meeting, date=date)
    with pytest.raises(Refused, match="not held on"):
        commands.add_sitting(
            meeting_id=meeting.id,
            to=SittingValues(date, dt.time(9), dt.time(10), None, ()),
            actor=COMMAND_LINE,
            now=now(),
        )
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Session)) == 0


def test_keys_are_readable_and_never_used_twice(meeting: Meeting) -> None:
    with transaction():
        factories.session(meeting, key="s2")
    keys = [add(meeting), add(meeting)]
    remove(meeting, keys[1])
    keys.append(add(meeting))
    assert keys == ["s1", "s3", "s4"]


@pytest.mark.parametrize("chain", [1, 2])
def test_a_session_is_no_part_of_itself(meeting: Meeting, chain: int) -> None:
    keys = [add(meeting)]
    for _step in range(chain):
        keys.append(add(meeting, part_of=keys[-1]))
    with pytest.raises(Refused, match="part of itself"):
        edit(meeting, keys[0], part_of=keys[-1])
    with pytest.raises(Refused, match="part of itself"):
        edit(meeting, keys[0], part_of=keys[0])


def test_a_floor_comes_changes_and_goes_with_its_session(meeting: Meeting) -> None:
    key = add(meeting)
    floor = FloorValues(30 * 60_000, 90_000, 30_000)
    edit(meeting, key, floor=floor)
    assert session_values(meeting.id, key) == replace(PANEL, floor=floor)
    edit(meeting, key, floor=replace(floor, limit_ms=60_000))
    edit(meeting, key, floor=None)
    assert db.session.scalar(sa.select(Floor)) is None
    with pytest.raises(Refused, match="45"):
        edit(meeting, key, floor=replace(floor, cap_ms=45 * 60_000 + 1))


def test_moving_takes_parts_along_and_changes_sittings(meeting: Meeting) -> None:
    with transaction():
        factories.sitting(meeting, key="morning")
        factories.sitting(meeting, key="noon", start=dt.time(11), end=dt.time(13))
    whole = add(meeting, sitting="morning")
    part = add(meeting, part_of=whole, end=dt.time(9, 30))
    late = add(meeting, start=dt.time(11), end=dt.time(12, 30), sitting="noon", title="Late")
    shift(meeting, late, earlier=True)
    found = {key: session_values(meeting.id, key) for key in (whole, part, late)}
    assert {key: (each.start, each.end, each.sitting) for key, each in found.items() if each} == {
        late: (dt.time(9), dt.time(10, 30), "morning"),
        whole: (dt.time(11, 30), dt.time(12, 30), "noon"),
        part: (dt.time(11, 30), dt.time(12), None),
    }
    assert [row(Session, meeting, key).version for key in (whole, part, late)] == [2, 2, 2]
    (event,) = events("session.moved")
    assert event.after is not None
    assert event.after["sessions"][late] == {"start": "09:00:00", "end": "10:30:00", "sitting": "morning", "version": 2}


def test_sessions_without_times_change_positions(meeting: Meeting) -> None:
    keys = [add(meeting, start=None, end=None) for _number in range(3)]
    shift(meeting, keys[2], earlier=True)
    order = db.session.scalars(sa.select(Session.key).order_by(Session.position))
    assert list(order) == [keys[0], keys[2], keys[1]]


@pytest.mark.parametrize("earlier", [True, False])
def test_what_stands_alone_is_not_moved(meeting: Meeting, earlier: bool) -> None:
    key = add(meeting)
    with pytest.raises(Refused, match="to change places with"):
        shift(meeting, key, earlier=earlier)
    assert events("session.moved") == []


def test_a_second_press_of_move_is_refused(meeting: Meeting) -> None:
    add(meeting)
    key = add(meeting, start=dt.time(10), end=dt.time(11))
    shift(meeting, key, earlier=True)
    with pytest.raises(Stale):
        commands.move_session(meeting_id=meeting.id, key=key, earlier=True, version=1, actor=COMMAND_LINE, now=now())


def test_a_session_is_removed_with_roles_and_floor_but_not_its_parts(meeting: Meeting) -> None:
    with transaction():
        factories.person(meeting, key="kim")
    whole = add(meeting, floor=FloorValues(60_000, 60_000, 30_000), roles=(RoleValues("chair", "kim"),))
    part = add(meeting, part_of=whole)
    remove(meeting, whole)
    assert session_values(meeting.id, whole) is None
    assert session_values(meeting.id, part) == PANEL
    assert db.session.scalar(sa.select(Role)) is None
    (event,) = events("session.removed")
    assert event.before is not None
    assert event.before["sessions"][whole]["title"] == "A panel"


def asked_for(session: Session) -> None:
    factories.floor_request(session)


def noted(session: Session) -> None:
    db.session.add(Point(meeting_id=session.meeting_id, session_id=session.id, text="said", removed_at=now()))


def opened(session: Session) -> None:
    db.session.get_one(Floor, session.id).opened_at = now()


@pytest.mark.parametrize("happened", [asked_for, noted, opened])
def test_what_has_happened_keeps_its_session(meeting: Meeting, happened: Callable[[Session], None]) -> None:
    key = add(meeting, floor=FloorValues(60_000, 60_000, 30_000))
    with transaction():
        happened(row(Session, meeting, key))
    with pytest.raises(Refused):
        remove(meeting, key)
    assert row(Session, meeting, key).title == "A panel"
    assert db.session.scalar(sa.select(Floor)) is not None


def test_removing_twice_says_that_it_is_gone(meeting: Meeting) -> None:
    key = add(meeting)
    remove(meeting, key)
    with pytest.raises(Refused, match="removed"):
        remove(meeting, key)


# Sittings


def test_sittings_are_added_edited_and_removed(meeting: Meeting) -> None:
    to = SittingValues(DAY, dt.time(9), dt.time(12), None, ("en", "fr"))
    key = commands.add_sitting(meeting_id=meeting.id, to=to, actor=COMMAND_LINE, now=now())
    session = add(meeting, sitting=key)
    later = replace(to, end=dt.time(13), room="Room XXIV")
    commands.edit_sitting(
        meeting_id=meeting.id, key=key, to=later, shown=mark(asdict(to)), actor=COMMAND_LINE, now=now()
    )
    assert sitting_values(meeting.id, key) == later
    with pytest.raises(Stale):
        commands.edit_sitting(
            meeting_id=meeting.id, key=key, to=to, shown=mark(asdict(to)), actor=COMMAND_LINE, now=now()
        )
    commands.remove_sitting(meeting_id=meeting.id, key=key, actor=COMMAND_LINE, now=now())
    assert session_values(meeting.id, session) == PANEL
    assert [len(events(f"sitting.{what}")) for what in ("added", "edited", "removed")] == [1, 1, 1]


@pytest.mark.parametrize("state", [None, "asked", "made"])
def test_a_removed_sitting_s_online_meeting_is_followed_up_by_the_outbox(meeting: Meeting, state: str | None) -> None:
    teams_id = "x" if state == "made" else None
    with transaction():
        sitting = factories.sitting(meeting, key="morning", teams_state=state, teams_id=teams_id)
    sitting_id = sitting.id
    commands.remove_sitting(meeting_id=meeting.id, key="morning", actor=COMMAND_LINE, now=now())
    jobs = db.session.execute(sa.select(Job.kind, Job.payload, Job.meeting_id)).all()
    payload = {"meeting": meeting.id, "sitting": sitting_id, "key": "morning", "teams_id": teams_id}
    assert [tuple(each) for each in jobs] == ([("sitting.removed", payload, meeting.id)] if state else [])


# People


def test_people_are_added_and_edited_and_the_log_says_only_what_changed(meeting: Meeting) -> None:
    to = replace(PERSON, organisation=Named(None, "A body"), email="speaker@example.org")
    key = commands.add_person(meeting_id=meeting.id, to=to, actor=COMMAND_LINE, now=now())
    stored = person_values(meeting.id, key)
    assert stored is not None
    assert stored == replace(to, organisation=stored.organisation)
    changed = replace(stored, family="Renamed", gender="woman", protected=True)
    commands.edit_person(
        meeting_id=meeting.id, key=key, to=changed, shown=mark(asdict(stored)), actor=COMMAND_LINE, now=now()
    )
    assert person_values(meeting.id, key) == changed
    (event,) = events("person.edited")
    assert (event.before, event.after) == (None, {"changed": ["family", "gender", "protected"]})
    assert "speaker@example.org" not in str([each.after for each in events("person.added")])


def readdress(registration: Registration, email: str | None) -> None:
    meeting_id, key = registration.meeting_id, registration.person.key
    stored = person_values(meeting_id, key)
    assert stored is not None
    commands.edit_person(
        meeting_id=meeting_id,
        key=key,
        to=replace(stored, email=email),
        shown=mark(asdict(stored)),
        actor=COMMAND_LINE,
        now=now(),
    )
    db.session.rollback()
    for _ in range(2):  # a worker that died after the work does it again
        for payload in db.session.scalars(sa.select(Job.payload).where(Job.kind == ADDRESS_CHANGED)):
            follow_address(payload)
    db.session.rollback()


def mails() -> list[Message]:
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def invited(meeting: Meeting, email: str | None) -> Registration:
    with transaction():
        factories.sitting(meeting)
        registration = factories.registration(meeting, factories.person(meeting, email=email))
    bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=now())
    db.session.rollback()
    return registration


def test_a_corrected_address_gets_link_and_entries_and_the_old_one_loses_them(meeting: Meeting, clock: Clock) -> None:
    registration = invited(meeting, "mistyped@example.org")
    readdress(registration, "right@example.org")
    first, farewell, link, again = mails()
    assert registration.link_serial == 2
    assert (farewell.recipient, farewell.calendar_method) == ("mistyped@example.org", "CANCEL")
    assert (farewell.link_purpose, "{link}" in farewell.text, farewell.html) == (None, False, None)
    assert b"right@example.org" not in (farewell.calendar or b"")
    assert (link.recipient, link.kind, link.link_claim) == (
        "right@example.org",
        "personal_link",
        [registration.id, 2],
    )
    assert (again.recipient, again.kind, again.link_claim) == ("right@example.org", "invitation", [registration.id, 2])
    sequences = [b"SEQUENCE:%d" % number in (each.calendar or b"") for number, each in enumerate((first, farewell))]
    assert sequences == [True, True]
    assert b"SEQUENCE:2" in (again.calendar or b"")
    assert [each.after for each in events("person.address_changed")] == [None]
    assert len(events("person.address_followed")) == 1


def test_an_address_that_comes_late_gets_what_it_missed(meeting: Meeting, clock: Clock) -> None:
    registration = invited(meeting, None)
    readdress(registration, "late@example.org")
    assert [(each.recipient, each.kind) for each in mails()] == [
        ("late@example.org", "personal_link"),
        ("late@example.org", "invitation"),
    ]


def test_an_address_that_goes_loses_link_and_entries(meeting: Meeting, clock: Clock) -> None:
    registration = invited(meeting, "gone@example.org")
    readdress(registration, None)
    assert [each.kind for each in mails()] == ["invitation", "cancellation"]
    assert registration.link_serial == 2


def test_a_corrected_address_that_was_never_confirmed_is_asked_to_be(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        registration = factories.registration(meeting, status="unverified")
    readdress(registration, "right@example.org")
    (mail,) = mails()
    assert (mail.kind, mail.link_purpose, mail.link_claim) == ("verification", "verify", [registration.id, 2])


def test_what_else_is_corrected_of_a_person_replaces_no_link(meeting: Meeting, clock: Clock) -> None:
    registration = invited(meeting, "same@example.org")
    readdress(registration, "Same@example.org")
    assert (len(mails()), registration.link_serial) == (1, 1)


def test_an_address_belongs_to_one_person_of_a_meeting(meeting: Meeting) -> None:
    to = replace(PERSON, email="speaker@example.org")
    commands.add_person(meeting_id=meeting.id, to=to, actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused, match=r"speaker@example\.org"):
        commands.add_person(meeting_id=meeting.id, to=to, actor=COMMAND_LINE, now=now())
    other = commands.add_person(meeting_id=meeting.id, to=PERSON, actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused, match=r"speaker@example\.org"):
        commands.edit_person(
            meeting_id=meeting.id, key=other, to=to, shown=mark(asdict(PERSON)), actor=COMMAND_LINE, now=now()
        )


def test_organisations_are_added_and_edited(meeting: Meeting) -> None:
    to = OrganisationValues("A body", "AB", "academia", "CH", True, "the")
    key = commands.add_organisation(meeting_id=meeting.id, to=to, actor=COMMAND_LINE, now=now())
    other = replace(to, name="Another body", country=None)
    commands.edit_organisation(
        meeting_id=meeting.id, key=key, to=other, shown=mark(asdict(to)), actor=COMMAND_LINE, now=now()
    )
    with pytest.raises(Stale):
        commands.edit_organisation(
            meeting_id=meeting.id, key=key, to=to, shown=mark(asdict(to)), actor=COMMAND_LINE, now=now()
        )
    stored = db.session.scalars(sa.select(Organisation).where(Organisation.key == key)).one()
    assert (stored.name, stored.country, stored.show_country) == ("Another body", None, True)


def test_what_belongs_to_another_meeting_is_not_found(meeting: Meeting) -> None:
    with transaction():
        other = factories.meeting()
        stranger = factories.person(other, key="stranger")
        factories.sitting(other, key="elsewhere")
    for values in ({"roles": (RoleValues("chair", "stranger"),)}, {"sitting": "elsewhere"}):
        with pytest.raises(Refused, match="no longer there"):
            add(meeting, **values)
    assert stranger.meeting_id == other.id
