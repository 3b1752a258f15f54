"""The mails that carry a calendar entry: an invitation, an update, a cancellation."""

import datetime as dt
from dataclasses import replace
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _

from exports.calendar_data import CalendarEntry, Mailbox, Partstat, Status
from meetings import links, mail
from meetings.display import day, hours, locale, session_roles, zone
from meetings.invitations import rules
from meetings.invitations.queries import Invitee, OwnPage
from meetings.invitations.queries.reminders import Reminding
from meetings.invitations.words import answer_words
from meetings.models.message import Message
from meetings.programme.queries import MeetingHead

PARTSTAT: dict[str, Partstat] = {"accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED"}


def letter(
    meeting: MeetingHead, invitee: Invitee, change: rules.Change, now: dt.datetime, note: str | None = None
) -> Message:
    """The mail that tells a calendar of one change, in the language of the one it goes to.

    `note` is what the organisers say of it, in their own words.
    """
    local = ZoneInfo(meeting.timezone)
    starts, ends = change.starts_at.astimezone(local), change.ends_at.astimezone(local)
    purpose, claim = invitee.link
    with mail.in_language(invitee.language) as language:
        facts = {
            "language": language,
            "direction": locale().text_direction,
            "meeting": meeting,
            "invitee": invitee,
            "kind": change.kind,
            "change": change,
            "entry": change.entry,
            "when": when(meeting, change.starts_at, change.ends_at),
            "news": news(meeting, change),
            "roles": role_names(change.entry),
            "answers": answer_links(change.uid) if change.entry else [],
            "speaker": purpose == "speaker",
            "has_page": purpose != "speaker" or invitee.speaker_status != "withdrawn",
            "note": note,
            "address": links.page("programme.meeting", slug=meeting.slug),
        }
        return Message(
            meeting_id=meeting.id,
            registration_id=invitee.registration_id,
            person_id=invitee.person_id,
            kind=change.kind,
            recipient=invitee.email or "",
            recipient_name=invitee.name,
            reply_to=meeting.contact,
            language=language,
            subject=_subject(change.kind, change.title or meeting.title, starts, ends),
            text=mail.render("invitations/invitation.txt", **facts),
            html=mail.render("invitations/invitation.html", **facts),
            link_purpose=purpose,
            link_claim=claim,
            calendar=_calendar(meeting, invitee, change, now),
            calendar_method=change.method,
        )


def when(meeting: MeetingHead, starts_at: dt.datetime, ends_at: dt.datetime | None = None) -> str:
    """A day with hours, or with one hour, on the clock of the meeting's zone, which is named."""
    local = ZoneInfo(meeting.timezone)
    starts = starts_at.astimezone(local)
    until = ends_at.astimezone(local).time() if ends_at else None
    return f"{day(starts.date())}, {hours(starts.time(), until)} {zone(meeting.timezone, *_at(starts))}"


def _at(moment: dt.datetime) -> tuple[dt.date, dt.time]:
    return moment.date(), moment.time()


def role_names(entry: rules.Entry | None) -> str:
    """What the person does in a session, in the language of the moment; empty where it is nothing."""
    names = session_roles()
    return ", ".join(names.get(each, each) for each in (entry.roles if entry else ()))


def answer_links(uid: str) -> list[tuple[str, str]]:
    """The answers that a mail offers, each with its address, which begins with the secret link."""
    where = f"{mail.LINK}answer/{quote(uid, safe='@')}"
    return [(text, f"{where}?answer={answer}") for answer, text in answer_words().items()]


def news(meeting: MeetingHead, change: rules.Change) -> list[str]:
    """What an update changes, a sentence each: as it is now, and as it was."""
    old, new, differs = change.before, change.entry, change.differences
    if old is None or new is None:
        return []
    found = []
    if "time" in differs:
        now, before = when(meeting, new.starts_at, new.ends_at), when(meeting, old.starts_at, old.ends_at)
        found.append(_("Time: now %(now)s; before, %(before)s", now=now, before=before))
    if "place" in differs:
        found.append(_place_news(old.place or "", new.place))
    if "link" in differs:
        found.append(_link_news(old.join_url, new.join_url))
    if "title" in differs:
        found.append(_("Title: now “%(now)s”; before, “%(before)s”", now=new.title, before=old.title))
    if "roles" in differs:
        found.append(_("What you do in this session: %(roles)s", roles=role_names(new)))
    return [str(each) for each in found]


def _place_news(old: str, new: str) -> str:
    if old and new:
        return str(_("Place: now %(now)s; before, %(before)s", now=new, before=old))
    if new:
        return str(_("Place: now %(now)s", now=new))
    return str(_("Place: no longer %(before)s", before=old))


def _link_news(old: str | None, new: str | None) -> str:
    if old and new:
        return str(_("The link to join online is a new one. The one before has stopped working."))
    if new:
        return str(_("There is a link to join online now."))
    return str(_("The link to join online does not hold any more."))


def _subject(kind: rules.Kind, title: str, starts: dt.datetime, ends: dt.datetime) -> str:
    """With the hours, so that the mails for two sittings of a day are told apart."""
    hour = f"{day(starts.date())}, {hours(starts.time(), ends.time())}"
    subjects = {
        "invitation": _("Invitation: %(title)s, %(when)s", title=title, when=hour),
        "update": _("Changed: %(title)s, %(when)s", title=title, when=hour),
        "cancellation": _("Cancelled: %(title)s, %(when)s", title=title, when=hour),
    }
    return str(subjects[kind])


def farewell(meeting: MeetingHead, invitee: Invitee, address: str, change: rules.Change, now: dt.datetime) -> Message:
    """The mail that clears a cancelled entry out of the calendar of an address that is not the person's any more.

    There is no personal link in it: who reads that address may be somebody else.
    """
    starts = change.starts_at.astimezone(ZoneInfo(meeting.timezone))
    with mail.in_language(invitee.language) as language:
        return Message(
            meeting_id=meeting.id,
            registration_id=invitee.registration_id,
            kind=change.kind,
            recipient=address,
            reply_to=meeting.contact,
            language=language,
            subject=_("Taken out of your calendar: %(title)s, %(day)s", title=meeting.title, day=day(starts.date())),
            text=mail.render("invitations/farewell.txt", meeting=meeting),
            calendar=_calendar(meeting, replace(invitee, email=address), change, now),
            calendar_method=change.method,
        )


def new_address(meeting: MeetingHead, invitee: Invitee, page: OwnPage) -> Message:
    """The mail that takes the link of an own page to a new address; one never confirmed is to be confirmed first."""
    speaker = page == "speaker"
    kinds = {"verify": "verification", "personal": "personal_link", "speaker": "speaker_link"}
    with mail.in_language(invitee.language) as language:
        return Message(
            meeting_id=meeting.id,
            registration_id=None if speaker else invitee.registration_id,
            person_id=invitee.person_id,
            kind=kinds[page],
            recipient=invitee.email or "",
            recipient_name=invitee.name,
            reply_to=meeting.contact,
            language=language,
            subject=_("Your new link as a speaker: %(title)s", title=meeting.title)
            if speaker
            else _("Your new personal link: %(title)s", title=meeting.title),
            text=mail.render(
                "invitations/new_address.txt",
                meeting=meeting,
                name=invitee.name,
                own_page=page,
                page=links.page("programme.meeting", slug=meeting.slug),
            ),
            link_purpose=page,
            link_claim=[invitee.speaker_id, invitee.speaker_serial]
            if speaker
            else [invitee.registration_id, invitee.link_serial],
        )


def _calendar(meeting: MeetingHead, invitee: Invitee, change: rules.Change, now: dt.datetime) -> bytes:
    from exports.calendar import invitation  # noqa: PLC0415  # icalendar is loaded when first used

    last = rules.Entry(
        change.uid, change.starts_at, change.ends_at, change.title or meeting.title, place="", join_url=None
    )
    organiser = mail.usable(meeting.contact) or current_app.config["SETTINGS"].mail_from
    return invitation(
        calendar_entry(
            meeting,
            change.entry or last,
            sequence=change.sequence,
            now=now,
            status="CONFIRMED" if change.entry else "CANCELLED",
        ),
        organizer=Mailbox(meeting.title, organiser),
        attendee=Mailbox(invitee.name, invitee.email or ""),
        partstat=PARTSTAT.get(change.partstat or "", "NEEDS-ACTION"),
        method=change.method,
    )


def calendar_entry(
    meeting: MeetingHead, entry: rules.Entry, *, sequence: int, now: dt.datetime, status: Status = "CONFIRMED"
) -> CalendarEntry:
    """An entry as the calendar's file has it. It names the meeting's public page, and no secret link."""
    address = links.page("programme.meeting", slug=meeting.slug)
    return CalendarEntry(
        uid=entry.uid,
        sequence=sequence,
        stamp=now,
        start=entry.starts_at,
        end=entry.ends_at,
        summary=entry.title,
        description="\n".join(filter(None, (entry.part_of, meeting.subtitle, _role_line(entry), address))),
        location="" if status == "CANCELLED" else _location(meeting, entry),
        url=address,
        join_url=entry.join_url,
        join_label=_("Join online"),
        status=status,
        last_modified=now,
    )


def _role_line(entry: rules.Entry) -> str:
    return str(_("What you do in this session: %(roles)s", roles=role_names(entry))) if entry.roles else ""


def _location(meeting: MeetingHead, entry: rules.Entry) -> str:
    """Where somebody goes; for who joins online the link, which the calendar puts there itself, once there is one."""
    online = not entry.place and not entry.join_url and meeting.mode != "in_person"
    return str(_("Online")) if online else entry.place


def reminder(meeting: MeetingHead, about: Reminding) -> Message:
    """The mail that reminds somebody of a sitting, or of a list of speakers that is about to close."""
    invitee = about.invitee
    purpose, claim = invitee.link
    closes = about.kind == "list_closes"
    with mail.in_language(invitee.language) as language:
        at = when(meeting, about.starts_at, None if closes else about.ends_at)
        facts = {
            "language": language,
            "direction": locale().text_direction,
            "meeting": meeting,
            "invitee": invitee,
            "closes": closes,
            "title": about.title,
            "when": at,
            "place": next((each.place for each in about.entries if each.place), ""),
            "join_url": next((each.join_url for each in about.entries if each.join_url), None),
            "own": [
                (each.title, when(meeting, each.starts_at, each.ends_at), role_names(each))
                for each in about.entries
                if each.roles
            ],
            "ask": f"{mail.LINK}sessions/{quote(about.session_key, safe='')}/floor",
            "speaker": purpose == "speaker",
        }
        return Message(
            meeting_id=meeting.id,
            registration_id=invitee.registration_id,
            person_id=invitee.person_id,
            kind="reminder",
            recipient=invitee.email or "",
            recipient_name=invitee.name,
            reply_to=meeting.contact,
            language=language,
            subject=_("The list of speakers is about to close: %(title)s", title=about.title)
            if closes
            else _("Reminder: %(title)s, %(when)s", title=meeting.title, when=at),
            text=mail.render("invitations/reminder.txt", **facts),
            html=mail.render("invitations/reminder.html", **facts),
            link_purpose=purpose,
            link_claim=claim,
        )
