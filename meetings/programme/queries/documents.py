"""A meeting as the writers of documents and calendars take it (exports/)."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from exports import concept_note as note_file
from exports import people as people_file
from exports import programme as programme_file
from exports.calendar import feed
from exports.calendar_data import CalendarEntry, Status, uid, wall_to_utc
from exports.countries import country_name
from exports.meeting_head import Hours
from exports.meeting_head import MeetingHead as FileHead
from exports.phrases import Role, phrases, written_in
from meetings.database import db
from meetings.models.message import Event
from meetings.models.programme import Speaker
from meetings.programme.queries.lines import (
    MeetingHead,
    MeetingPage,
    PersonLine,
    Programme,
    RoleLine,
    SessionLine,
    SittingLine,
)
from meetings.programme.queries.published import all_versions, read_version
from meetings.programme.rules.public_calendar import follow


def programme_document(page: MeetingPage) -> bytes:
    """programme.docx of a meeting that has a date. Nothing changed gives the same bytes."""
    return programme_file.programme_docx(
        _head(page), programme_of(page), modalities=page.note.modalities or "", made=_since(page)
    )


def concept_note_document(page: MeetingPage) -> bytes:
    """concept-note.docx of a meeting that has a date. Nothing changed gives the same bytes."""
    note = note_file.ConceptNote(
        head=_head(page),
        background=page.note.background or "",
        objectives=page.note.objectives,
        modalities=page.note.modalities or "",
        guiding_questions=tuple(
            note_file.QuestionGroup(group.theme or "", group.questions) for group in page.note.guiding_questions
        ),
        documents=tuple(
            note_file.BackgroundDocument(each.title, each.symbol or "", each.url or "") for each in page.note.documents
        ),
        programme=programme_of(page),
        contact=page.head.contact or "",
    )
    return note_file.concept_note_docx(note, made=last_changed(page.head.id))


def place(head: MeetingHead, language: str = "en") -> str:
    """Where a meeting is, on one line: room, venue, city, country; or online, or both."""
    words = phrases(language)
    if head.mode == "online":
        return words.online
    country = country_name(head.country, language) if head.country else None
    where = ", ".join(filter(None, (head.room, head.venue, head.city, country)))
    if head.mode == "in_person":
        return where
    if not where:
        return words.online_and_in_person
    return f"{where}{',' if ',' in where else ''} {words.and_online}"


def file_head(head: MeetingHead, sittings: Iterable[SittingLine], language: str = "en-GB") -> FileHead:
    """How a meeting's documents begin. Refuses with ValueError one that has no date."""
    if head.start_date is None:
        raise ValueError("a document needs the date of its meeting")
    return FileHead(
        title=head.title,
        subtitle=head.subtitle or "",
        first_day=head.start_date,
        last_day=head.end_date or head.start_date,
        zone=head.timezone,
        place=place(head, language),
        hours=tuple(Hours(each.date, each.start, each.end) for each in sittings),
        language=language,
    )


def _head(page: MeetingPage) -> FileHead:
    return file_head(page.head, page.programme.sittings, written_in(page.head.languages))


def programme_of(page: MeetingPage) -> programme_file.Programme:
    """The programme as documents take it. In a tentative one, who was asked to speak and has not agreed is marked."""
    first = cast(dt.date, page.head.start_date)
    language = written_in(page.head.languages)
    mark = page.mark
    tentative = mark.state == "tentative" if mark else not page.head.published
    unconfirmed = _unconfirmed(page.head.id) if tentative else frozenset()
    return programme_file.Programme(
        days=tuple(
            programme_file.ProgrammeDay(
                each.date or first, tuple(_item(session, language, unconfirmed) for session in each.sessions)
            )
            for each in page.programme.days
        ),
        tentative=tentative,
        version=mark.number if mark else None,
        version_date=mark.published_at.astimezone(ZoneInfo(page.head.timezone)).date() if mark else None,
    )


def _unconfirmed(meeting_id: int) -> frozenset[int]:
    """Those who were asked to speak and have not said yes. Whom nobody asked here was asked otherwise."""
    open_or_no = Speaker.status.in_(("invited", "declined"))
    return frozenset(
        db.session.scalars(sa.select(Speaker.person_id).where(Speaker.meeting_id == meeting_id, open_or_no))
    )


def _item(session: SessionLine, language: str, unconfirmed: Collection[int]) -> programme_file.ProgrammeItem:
    floor = session.floor
    return programme_file.ProgrammeItem(
        title=session.title,
        start=session.start,
        end=session.end,
        kind=session.kind,
        label=session.label or "",
        description=session.description or "",
        roles=tuple(_roles(session.roles, language, unconfirmed)),
        track=session.track or "",
        room=session.room or "",
        presentations_minutes=session.presentations_minutes,
        floor_minutes=floor.cap_ms // 60_000 if floor else None,
        limit_seconds=floor.limit_ms // 1000 if floor else None,
        replies_minutes=session.replies_minutes,
        parts=tuple(_item(part, language, unconfirmed) for part in session.parts),
    )


def _roles(
    roles: Iterable[RoleLine], language: str, unconfirmed: Collection[int]
) -> Iterable[programme_file.RolePeople]:
    by_role: dict[str, list[people_file.Person]] = {}
    for each in roles:
        by_role.setdefault(each.role, []).append(_person(each.person, language, unconfirmed))
    for role, people in by_role.items():
        yield programme_file.RolePeople(cast(Role, role), tuple(people))


def _person(person: PersonLine, language: str, unconfirmed: Collection[int]) -> people_file.Person:
    of = person.organisation
    return people_file.Person(
        given=person.given or "",
        family=person.family or "",
        honorific=person.honorific or "",
        name_order=cast(people_file.NameOrder, person.name_order),
        function=person.function or "",
        unit=person.unit or "",
        organisation=of.name if of else "",
        country=country_name(of.country, language) if of and of.country and of.show_country else "",
        unconfirmed=person.id in unconfirmed,
    )


def calendar_feed(page: MeetingPage, *, address: str) -> bytes:
    """The public calendar: sessions whose times are known, without breaks; where there are none, the sittings.

    Of a published programme it is tentative until the programme is final, and has what later versions dropped as
    cancelled. No person and no join link is in it. `address` is that of the meeting's page. Nothing changed gives the
    same bytes.
    """
    if page.mark is None:
        changed = last_changed(page.head.id)
        return feed(page.head.title, _entries(page.head, page.programme, "CONFIRMED", address, changed))
    versions = []
    for row in all_versions(page.head.id):
        read = read_version(page.head, row, private=True)
        status: Status = "CONFIRMED" if row.final else "TENTATIVE"
        entries = _entries(read.head, read.programme, status, address, row.published_at)
        versions.append((row.published_at, entries))
    return feed(page.head.title, follow(versions))


def _entries(
    head: MeetingHead, programme: Programme, status: Status, address: str, changed: dt.datetime
) -> list[CalendarEntry]:
    sessions = [
        entry
        for day in programme.days
        for each in day.sessions
        if each.kind not in programme_file.PAUSES
        and (entry := _session_entry(head, each, address=address, changed=changed)) is not None
    ]
    sittings = (_sitting_entry(head, each, address=address, changed=changed) for each in programme.sittings)
    return [replace(each, status=status) for each in sessions or filter(None, sittings)]


def _since(page: MeetingPage) -> dt.datetime:
    """Since when a programme is what it is: since its version was published."""
    return page.mark.published_at if page.mark else last_changed(page.head.id)


def last_changed(meeting_id: int) -> dt.datetime:
    """When anything of the meeting's programme was last changed; the beginning of time for one that never was."""
    kinds = sa.or_(*(Event.kind.startswith(f"{kind}.") for kind in ("meeting", "session", "sitting")))
    found = db.session.scalar(sa.select(sa.func.max(Event.at)).where(Event.meeting_id == meeting_id, kinds))
    return found or dt.datetime.fromtimestamp(0, dt.UTC)


def _session_entry(
    head: MeetingHead, session: SessionLine, *, address: str, changed: dt.datetime
) -> CalendarEntry | None:
    if session.date is None or session.start is None or session.end is None:
        return None
    return _entry(
        uid(head.slug, "public-session", session.key),
        wall_to_utc(session.date, session.start, head.timezone),
        wall_to_utc(session.date, session.end, head.timezone),
        sequence=session.version - 1,
        changed=changed,
        summary=": ".join(filter(None, (session.label, session.title))),
        description="\n\n".join(filter(None, (head.title, session.description))),
        location=", ".join(filter(None, (session.room, place(head)))),
        address=address,
    )


def _sitting_entry(
    head: MeetingHead, sitting: SittingLine, *, address: str, changed: dt.datetime
) -> CalendarEntry | None:
    return _entry(
        uid(head.slug, "public-sitting", sitting.key),
        wall_to_utc(sitting.date, sitting.start, head.timezone),
        wall_to_utc(sitting.date, sitting.end, head.timezone),
        sequence=head.version - 1,  # a sitting has no version of its own
        changed=changed,
        summary=head.title,
        description="",
        location=", ".join(filter(None, (sitting.room, place(head)))),
        address=address,
    )


def _entry(
    identifier: str,
    start: dt.datetime,
    end: dt.datetime,
    *,
    sequence: int,
    changed: dt.datetime,
    summary: str,
    description: str,
    location: str,
    address: str,
) -> CalendarEntry | None:
    """None where the clock change swallows the whole of it."""
    if end <= start:
        return None
    return CalendarEntry(
        uid=identifier,
        sequence=sequence,
        stamp=changed,
        start=start,
        end=end,
        summary=summary,
        description=description,
        location=location,
        url=address,
        last_modified=changed,
    )
