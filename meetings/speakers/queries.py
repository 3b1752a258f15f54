"""What is read of those who are asked to speak: their own page, and the organisers' list."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from exports.calendar_data import uid
from meetings import mail
from meetings.accounts import queries as accounts
from meetings.calendar_days import is_over
from meetings.database import db
from meetings.invitations.queries import entries, invitee_of, plan_of
from meetings.models.meeting import Meeting, Role
from meetings.models.message import Event, Message
from meetings.models.people import Person, Registration
from meetings.models.programme import Speaker
from meetings.programme.queries import MeetingHead, PersonLine, Programme, RoleLine, SessionLine, SittingLine
from meetings.programme.queries import programme as working_copy
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.oddities import every_session
from meetings.programme.queries.published import published
from meetings.programme.queries.sessions import person_line
from meetings.programme.rules.order import sitting_of
from meetings.speakers import rules
from meetings.speakers.rules import Missing, Status

# The kinds of the mails that carry a speaker's link.
ASKED, REMINDED, LINK = "speaker_invitation", "speaker_reminder", "speaker_link"


@dataclass(frozen=True, slots=True)
class Words:
    """How a programme names somebody, as it is stored; `organisation` by its name."""

    honorific: str | None
    given: str | None
    family: str | None
    name_order: str
    function: str | None
    unit: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class Consents:
    """What a speaker agrees to; None where they have not said."""

    photographed: bool | None
    recorded: bool | None


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody does in one session, as they are told of it. Times are wall clock in the meeting's zone.

    `announced`: it stands in the published programme, and `others` are those whom that names beside them.
    """

    role: str
    session_key: str
    label: str | None
    title: str
    description: str | None
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    place: str
    announced: bool
    others: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """All that a speaker's own page shows. `join_urls` by the session's key, of those they have agreed to speak in.

    `registration_consents`: they are registered too, and it is the registration that holds the consents.
    """

    meeting: MeetingHead
    speaker_id: int
    version: int
    status: Status
    person: PersonLine
    words: Words
    email: str | None
    answer_by: dt.date | None
    answered_at: dt.datetime | None
    remark: str | None
    checked: bool
    consents: Consents
    registration_consents: bool
    parts: tuple[Part, ...]
    join_urls: dict[str, str]
    over: bool


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Somebody with a role, or who was asked, in the organisers' list. `drafted`: a mail waits among the drafts."""

    person: PersonLine
    email: str | None
    has_role: bool
    registered: bool
    status: Status
    version: int
    invited_at: dt.datetime | None
    answer_by: dt.date | None
    reminded_at: dt.datetime | None
    answered_at: dt.datetime | None
    checked_at: dt.datetime | None
    changed: tuple[str, ...]
    consents: Consents
    remark: str | None
    late: bool
    drafted: bool

    @property
    def reachable(self) -> bool:
        """Whether a mail can be sent to them."""
        return mail.usable(self.email) is not None

    def lacks(self, what: str) -> bool:
        """Whether they are among those that a filter asks for: a state, or something that is missing."""
        missing = {
            Missing.ADDRESS: not self.reachable,
            Missing.CHECK: rules.link_opens(self.status) and self.checked_at is None,
            Missing.CHANGED: bool(self.changed),
            Missing.LATE: self.late,
        }
        return missing[Missing(what)] if what in set(Missing) else self.status == what


@dataclass(frozen=True, slots=True)
class SessionSpeakers:
    """A session with those who have a role in it, by role; `session` is None for those who have no role any more."""

    session: SessionLine | None
    lines: tuple[tuple[str, SpeakerLine], ...]


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """The organisers' list: the sessions with the people that a filter leaves; `counts` is of all of them."""

    sessions: tuple[SessionSpeakers, ...]
    counts: dict[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of what happened between the organisers and a speaker. `by` is the account that did it; None: not one."""

    at: dt.datetime
    kind: str
    by: str | None
    after: dict[str, Any]


def words_of(person: Person) -> Words:
    """How a programme names somebody, as it is stored."""
    return Words(
        honorific=person.honorific,
        given=person.given,
        family=person.family,
        name_order=person.name_order,
        function=person.function,
        unit=person.unit,
        organisation=person.organisation.name if person.organisation else None,
    )


def consents_of(row: Speaker | None, registration: Registration | None) -> Consents:
    """What holds: what a registration says, of those who have one; else what the speaker said."""
    holds = registration or row
    return Consents(holds.consent_photographed, holds.consent_recorded) if holds else Consents(None, None)


def status_of(row: Speaker | None) -> Status:
    """Where somebody stands who may have been asked to speak."""
    return cast(Status, row.status) if row else "not_asked"


def own(speaker_id: int, serial: int, now: dt.datetime) -> Own | None:
    """What a speaker's link shows; None for one that was replaced or whose invitation was withdrawn."""
    query = (
        sa.select(Speaker, Registration, Meeting)
        .join(Speaker.person)
        .outerjoin(Person.organisation)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .join(Meeting, Meeting.id == Speaker.meeting_id)
        .options(contains_eager(Speaker.person).contains_eager(Person.organisation))
        .where(Speaker.id == speaker_id, Speaker.link_serial == serial)
        .execution_options(populate_existing=True)
    )
    found = db.session.execute(query).one_or_none()
    if found is None or not rules.link_opens(status_of(found[0])):
        return None
    row, registration, of = found
    meeting = head_line(of)
    plan = plan_of(meeting.id)
    invitee = invitee_of(row.person, registration, row, roles=plan.roles.get(row.person_id))
    joins = {each.uid: each.join_url for each in entries(plan, invitee) if each.join_url}
    roles = tuple(parts(meeting).get(row.person_id, ()))
    return Own(
        meeting=meeting,
        speaker_id=row.id,
        version=row.version,
        status=status_of(row),
        person=person_line(row.person),
        words=words_of(row.person),
        email=row.person.email,
        answer_by=row.answer_by,
        answered_at=row.answered_at,
        remark=row.remark,
        checked=row.checked_at is not None,
        consents=consents_of(row, registration),
        registration_consents=registration is not None,
        parts=roles,
        join_urls={
            each.session_key: joins[key]
            for each in roles
            if (key := uid(meeting.slug, "session", each.session_key)) in joins
        },
        over=is_over(meeting.end_date or meeting.start_date, meeting.timezone, now),
    )


def parts(meeting: MeetingHead) -> dict[int, list[Part]]:
    """What everybody does in a meeting, by person, in the order of the programme.

    What is published holds for them as for everyone; a role that only the working copy has is shown as it stands there.
    """
    planned = working_copy(meeting.id, private=True)
    holds = published(meeting, private=True)
    shown = set(db.session.scalars(sa.select(Person.id).where(Person.meeting_id == meeting.id, ~Person.protected)))
    found: dict[int, tuple[list[Part], list[Part]]] = defaultdict(lambda: ([], []))
    if meeting.published:
        for person, part in _parts(holds.head, holds.programme, shown):
            found[person][0].append(part)
    for person, part in _parts(holds.head, planned, None):
        found[person][1].append(part)
    return {person: rules.held(*both) for person, both in found.items()}


def _parts(head: MeetingHead, programme: Programme, shown: Collection[int] | None) -> Iterator[tuple[int, Part]]:
    """Each role with its person's id. `shown` are those whom the public may read of; None: nothing is public."""
    for session in every_session(programme):
        for own_role in session.roles:
            yield (
                own_role.person.id,
                Part(
                    role=own_role.role,
                    session_key=session.key,
                    label=session.label,
                    title=session.title,
                    description=session.description,
                    date=session.date,
                    start=session.start,
                    end=session.end,
                    place=_place(head, session, programme.sittings),
                    announced=shown is not None,
                    others=tuple(
                        each
                        for each in session.roles
                        if shown is not None and each.person.id in shown and each.person.id != own_role.person.id
                    ),
                ),
            )


def _place(head: MeetingHead, session: SessionLine, sittings: Sequence[SittingLine]) -> str:
    """Where a session is: nothing for a meeting that is held online alone."""
    if head.mode == "online":
        return ""
    sitting = next((each for each in sittings if each.id == session.sitting_id), sitting_of(session, sittings))
    room = session.room or (sitting.room if sitting else None) or head.room
    return ", ".join(part for part in (room, head.venue, head.city) if part)


def speaker_page(meeting: MeetingHead, *, today: dt.date, chosen: str = "") -> SpeakerPage:
    """Everybody with a role, by session, and those who were asked and have none any more. `today` is in its zone."""
    lines = {each.person.id: each for each in speaker_lines(meeting.id, today=today)}
    wanted = {number for number, each in lines.items() if not chosen or each.lacks(chosen)}
    groups = []
    placed: set[int] = set()
    for session in every_session(working_copy(meeting.id, private=True)):
        own_lines = [(each.role, lines[each.person.id]) for each in session.roles if each.person.id in wanted]
        placed.update(each.person.id for each in session.roles)
        if own_lines:
            groups.append(SessionSpeakers(session, tuple(own_lines)))
    rest = tuple(("", each) for number, each in lines.items() if number not in placed and number in wanted)
    if rest:
        groups.append(SessionSpeakers(None, rest))
    counts: Counter[str] = Counter(each.status for each in lines.values())
    missing = {str(what): sum(each.lacks(what) for each in lines.values()) for what in Missing}
    return SpeakerPage(tuple(groups), {**counts, **missing}, len(lines))


def speaker_lines(meeting_id: int, *, today: dt.date, keys: Collection[str] | None = None) -> list[SpeakerLine]:
    """Those with a role and those who were asked, or those of the keys; in two statements."""
    has_role = sa.exists().where(Role.person_id == Person.id)
    query = (
        sa.select(Person, Speaker, Registration, has_role)
        .outerjoin(Person.organisation)
        .outerjoin(Speaker, Speaker.person_id == Person.id)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .options(contains_eager(Person.organisation))
        .where(Person.meeting_id == meeting_id, has_role | (Speaker.status != "withdrawn"))
        .order_by(Person.position, Person.id)
        .execution_options(populate_existing=True)
    )
    if keys is not None:
        query = query.where(Person.key.in_(keys))
    held = sa.select(Message.person_id).where(Message.meeting_id == meeting_id, mail.drafts_with_link("speaker"))
    drafted = set(db.session.scalars(held))
    return [
        _line(person, row, registration, has_role=has_a_role, today=today, drafted=person.id in drafted)
        for person, row, registration, has_a_role in db.session.execute(query)
    ]


def _line(
    person: Person,
    row: Speaker | None,
    registration: Registration | None,
    *,
    has_role: bool,
    today: dt.date,
    drafted: bool,
) -> SpeakerLine:
    status = status_of(row)
    return SpeakerLine(
        person=person_line(person),
        email=person.email,
        has_role=has_role,
        registered=registration is not None,
        status=status,
        version=row.version if row else 0,
        invited_at=row.invited_at if row else None,
        answer_by=row.answer_by if row else None,
        reminded_at=row.reminded_at if row else None,
        answered_at=row.answered_at if row else None,
        checked_at=row.checked_at if row else None,
        changed=tuple(row.changed) if row else (),
        consents=consents_of(row, registration),
        remark=row.remark if row else None,
        late=row is not None and rules.is_late(status, row.answer_by, today),
        drafted=drafted,
    )


def happened(person_id: int) -> list[Happened]:
    """What the log has of a speaker, the newest first."""
    row = sa.select(sa.literal("speaker:") + sa.cast(Speaker.id, sa.String(20))).where(Speaker.person_id == person_id)
    query = sa.select(Event).where(Event.target.in_(row)).order_by(Event.at.desc(), Event.id.desc())
    events = list(db.session.scalars(query))
    names = accounts.names([number for each in events if (number := _account(each.actor)) is not None])
    return [Happened(each.at, each.kind, names.get(_account(each.actor) or 0), each.after or {}) for each in events]


def _account(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "account" else None
