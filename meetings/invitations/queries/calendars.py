"""Whose calendar shows what, and what it was told."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from exports.calendar_data import uid, wall_to_utc
from meetings.database import db
from meetings.invitations import rules
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Job
from meetings.models.people import CalendarEntry, Person, Registration
from meetings.models.programme import Speaker
from meetings.programme.queries import MeetingHead, Programme, SessionLine, SittingLine, programme
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.oddities import every_session
from meetings.programme.queries.published import Published, published
from meetings.programme.rules.order import sitting_of

# The kind of the jobs that tell one person each what was published.
TELL = "invitations.tell"


@dataclass(frozen=True, slots=True)
class Invitee:
    """A person with what an invitation needs to know of them: a registration, an invitation to speak, or both.

    Only with a `confirmed` registration are the sittings in their calendar. `roles` are what they do in sessions, by
    the session's key.
    """

    person_id: int
    name: str
    email: str | None
    language: str | None
    registration_id: int | None = None
    link_serial: int = 0
    status: str | None = None
    attendance: str | None = None
    speaker_id: int | None = None
    speaker_serial: int = 0
    speaker_status: str | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def speaks(self) -> bool:
        """Whether the sessions in which they have a role are in their calendar."""
        return rules.speaks(self.status, self.speaker_status)

    @property
    def link(self) -> tuple[str, list[int]]:
        """The purpose and the claim of their own page's link: a participant's, else a speaker's."""
        if self.registration_id is not None:
            return "personal", [self.registration_id, self.link_serial]
        return "speaker", [self.speaker_id or 0, self.speaker_serial]


@dataclass(frozen=True, slots=True)
class Due:
    """The messages that bring one person's calendar up to date."""

    invitee: Invitee
    changes: tuple[rules.Change, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds of a meeting, as far as calendars show it. `head` and `programme` are of the newest published version.

    The programme has everybody in it, and the links to join. `sessions` are those with known times in which anybody has
    a role. `places` are the keys of the stretches that sessions are in, by the session's key; a session may be in none.
    """

    head: MeetingHead
    programme: Programme
    stretches: tuple[rules.Stretch, ...]
    sessions: tuple[rules.Slot, ...]
    roles: dict[int, dict[str, tuple[str, ...]]]  # by person and the session's key
    places: dict[str, str]

    @property
    def as_draft(self) -> "Plan":
        """The same as a draft, which gives nobody an entry."""
        return replace(self, head=replace(self.head, published=False))


def head_of(meeting_id: int) -> MeetingHead:
    """The meeting with this id, which must be there."""
    return head_line(db.session.get_one(Meeting, meeting_id))


def plan_of(meeting_id: int, *, working: bool = False) -> Plan:
    """What holds of a meeting: its newest version while it is published, else what stands in it now.

    The links to join are the present ones: a sitting that is no longer in the working copy keeps the one it had.
    `working`: what will hold once the working copy is published.
    """
    head = head_of(meeting_id)
    if working:
        holds = Published(replace(head, published=True), programme(meeting_id, private=True))
    else:
        holds = published(head, private=True)
    links = _present_links(meeting_id) if holds.number is not None else {}
    sittings = [
        rules.Stretch(
            each.key,
            each.date,
            each.start,
            each.end,
            each.room,
            links.get(each.key, each.join_url),
        )
        for each in holds.programme.sittings
    ]
    sessions = list(every_session(holds.programme))
    times = [(each.date, each.start, each.end) for each in sessions]
    roles: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for session in sessions:
        for role in session.roles:
            of_person = roles[role.person.id]
            of_person[session.key] = (*of_person.get(session.key, ()), role.role)
    stretches = sittings or rules.days(times)
    places = _places(sessions, holds.programme.sittings, stretches)
    return Plan(
        head=holds.head,
        programme=holds.programme,
        stretches=tuple(stretches),
        sessions=tuple(_slots(sessions, places, stretches)),
        roles=dict(roles),
        places=places,
    )


def _present_links(meeting_id: int) -> dict[str, str | None]:
    found = sa.select(Sitting.key, Sitting.join_url).where(Sitting.meeting_id == meeting_id)
    return {key: url for key, url in db.session.execute(found)}


def _places(
    sessions: Iterable[SessionLine], lines: Sequence[SittingLine], stretches: Iterable[rules.Stretch]
) -> dict[str, str]:
    """By a session's key, that of the sitting it is in: the one it names, else the one at its time, else its day's."""
    by_id = {line.id: line.key for line in lines}
    known = {each.key for each in stretches}
    found = {}
    for each in sessions:
        line = sitting_of(each, lines)
        own = by_id.get(each.sitting_id or 0) or (line.key if line else each.date.isoformat() if each.date else "")
        if own in known:
            found[each.key] = own
    return found


def _slots(
    sessions: Iterable[SessionLine], places: Mapping[str, str], stretches: Iterable[rules.Stretch]
) -> Iterable[rules.Slot]:
    by_key = {each.key: each for each in stretches}
    for each in sessions:
        if each.roles and each.date and each.start and each.end:
            sitting = by_key.get(places.get(each.key, ""))
            yield rules.Slot(
                key=each.key,
                date=each.date,
                start=each.start,
                end=each.end,
                title=": ".join(filter(None, (each.label, each.title))),
                room=each.room or (sitting.room if sitting else None),
                join_url=sitting.join_url if sitting else None,
            )


def entries(plan: Plan, invitee: Invitee) -> list[rules.Entry]:
    """What this person's calendar shows of a meeting when they take part, in the order of time.

    The sittings for who is registered, and the sessions in which they have a role. A draft gives nobody a link to join.
    """
    head = plan.head
    joins = head.published and rules.may_join(
        "confirmed" if invitee.speaks else invitee.status, invitee.attendance or _where(head), head.mode
    )
    in_person = (invitee.attendance or _where(head)) == "in_person"
    found = []
    if invitee.registration_id is not None:
        found += [
            _entry(plan, uid(head.slug, "sitting", each.key), each, head.title, joins=joins, in_person=in_person)
            for each in plan.stretches
        ]
    if invitee.speaks:
        found += [
            replace(
                _entry(plan, uid(head.slug, "session", each.key), each, each.title, joins=joins, in_person=in_person),
                part_of=head.title,
                roles=invitee.roles[each.key],
            )
            for each in plan.sessions
            if each.key in invitee.roles
        ]
    found.sort(key=lambda each: each.starts_at)
    return [each for each in found if each.starts_at < each.ends_at]  # a clock change may swallow a whole stretch


def _where(head: MeetingHead) -> str:
    """How somebody takes part who has not said so."""
    return "online" if head.mode == "online" else "in_person"


def _entry(
    plan: Plan, identifier: str, each: rules.Stretch | rules.Slot, title: str, *, joins: bool, in_person: bool
) -> rules.Entry:
    head = plan.head
    return rules.Entry(
        uid=identifier,
        starts_at=wall_to_utc(each.date, each.start, head.timezone),
        ends_at=wall_to_utc(each.date, each.end, head.timezone),
        title=title,
        place=_place(head, each.room) if in_person else "",
        join_url=each.join_url if joins else None,
    )


def _place(meeting: MeetingHead, room: str | None) -> str:
    return ", ".join(part for part in (room or meeting.room, meeting.venue, meeting.city) if part)


def has_times(meeting_id: int) -> bool:
    """Whether there is anything yet that participants could be invited to."""
    return bool(plan_of(meeting_id).stretches)


def invitees(plan: Plan, only: Collection[int] | None = None) -> list[Invitee]:
    """Those of a meeting who are registered or asked to speak, or those of the ids of people, in their order."""
    query = (
        sa.select(Person, Registration, Speaker)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .outerjoin(Speaker, Speaker.person_id == Person.id)
        .where(Person.meeting_id == plan.head.id, sa.or_(Registration.id.is_not(None), Speaker.id.is_not(None)))
        .order_by(Registration.position, Registration.id, Person.position, Person.id)
    )
    if only is not None:
        query = query.where(Person.id.in_(only))
    return [invitee_of(*row, roles=plan.roles.get(row[0].id)) for row in db.session.execute(query)]


def invitee_of(
    person: Person,
    registration: Registration | None,
    speaker: Speaker | None = None,
    *,
    roles: Mapping[str, tuple[str, ...]] | None = None,
) -> Invitee:
    """A person as an invitation sees them."""
    return Invitee(
        person_id=person.id,
        name=" ".join(part for part in (person.honorific, person.name) if part),
        email=person.email,
        language=person.language,
        registration_id=registration.id if registration else None,
        link_serial=registration.link_serial if registration else 0,
        status=registration.status if registration else None,
        attendance=registration.attendance if registration else None,
        speaker_id=speaker.id if speaker else None,
        speaker_serial=speaker.link_serial if speaker else 0,
        speaker_status=speaker.status if speaker else None,
        roles=roles or {},
    )


def due(plan: Plan, now: dt.datetime, only: Collection[int] | None = None) -> list[Due]:
    """Whose calendars are out of date and what is to be sent: nothing to those without an address.

    A meeting that is no longer published sends no invitations, but its cancellations. `only` are ids of people.
    """
    return [each for each in differing(plan, now, only) if each.invitee.email]


def to_be_sent(plan: Plan, now: dt.datetime) -> list[Due]:
    """Whose calendars are out of date, without those whom a publication is just telling (one job a person)."""
    query = sa.select(Job.payload["person"].as_integer())
    waiting = set(
        db.session.scalars(query.where(Job.meeting_id == plan.head.id, Job.kind == TELL, Job.state == "queued"))
    )
    return [each for each in due(plan, now) if each.invitee.person_id not in waiting]


def differing(plan: Plan, now: dt.datetime, only: Collection[int] | None = None) -> list[Due]:
    """Whose calendars differ from what they shall show, those of people without an address among them."""
    known = told(plan.head.id, only)
    found = []
    for invitee in invitees(plan, only):
        wanted = {each.uid: each for each in wanted_entries(plan, invitee)}
        changes = rules.changes(wanted, known[invitee.person_id], now)
        if changes:
            found.append(Due(invitee, tuple(changes)))
    return found


def wanted_entries(plan: Plan, invitee: Invitee) -> list[rules.Entry]:
    """What a person's calendar shall show by now: nothing of a draft, no sitting to who is not confirmed."""
    if not plan.head.published:
        return []
    confirmed = invitee.status == "confirmed"
    return entries(plan, invitee if confirmed else replace(invitee, registration_id=None))


def told(meeting_id: int, only: Collection[int] | None = None) -> dict[int, list[rules.Told]]:
    """What the calendars of a meeting's people were told last, by person; `only` are ids of people."""
    query = (
        sa.select(CalendarEntry)
        .join(Person, Person.id == CalendarEntry.person_id)
        .where(Person.meeting_id == meeting_id)
        .order_by(CalendarEntry.id)
    )
    if only is not None:
        query = query.where(CalendarEntry.person_id.in_(only))
    found: dict[int, list[rules.Told]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.person_id].append(told_of(row))
    return found


def outdated(meeting_id: int, now: dt.datetime) -> int:
    """How many messages would bring all calendars of a meeting up to date that nobody is at already."""
    return sum(len(each.changes) for each in to_be_sent(plan_of(meeting_id), now))


def told_of(row: CalendarEntry) -> rules.Told:
    """What a calendar was told of one entry."""
    return rules.Told(
        row.uid,
        row.sequence,
        row.state,
        row.fingerprint,
        row.starts_at,
        row.ends_at,
        row.title or "",
        row.place,
        row.join_url,
        row.told_at,
        row.partstat,
        row.answered_at,
    )
