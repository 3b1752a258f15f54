"""Calendar entries: invitations to one person, and feeds (RFC 5545, 5546, 7986).

All times are written in UTC. A session happens once, so UTC is exact in every client and the file
needs no VTIMEZONE, whose forms are where calendar programs disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

from exports.calendar_data import CalendarEntry, Mailbox, Method, Partstat, Status
from exports.text import clean, one_line

PRODUCT = "-//Rostrum//Dialogues with local governments//EN"
REMINDER = timedelta(minutes=-15)
REFRESH = timedelta(hours=1)


def invitation(
    entry: CalendarEntry,
    *,
    organizer: Mailbox,
    attendee: Mailbox,
    partstat: Partstat = "NEEDS-ACTION",
    method: Method = "REQUEST",
) -> bytes:
    """One entry addressed to one person, to be mailed (RFC 5546, 3.2.2 and 3.2.5).

    A request asks for an answer and carries a reminder and the join link; a cancellation carries
    neither. Nobody but the organizer and this attendee is named; `partstat` is the answer they have given.
    Raises ValueError for a request that invites to something cancelled.
    """
    cancelled = method == "CANCEL"
    if not cancelled and entry.status == "CANCELLED":
        raise ValueError(f"calendar entry {entry.uid} is cancelled: send a cancellation")
    event = _event(entry, status="CANCELLED" if cancelled else entry.status, joinable=not cancelled)
    event.add("organizer", _address(organizer), encode=False)
    guest = _address(attendee)
    guest.params["CUTYPE"] = "INDIVIDUAL"
    guest.params["ROLE"] = "REQ-PARTICIPANT"
    guest.params["PARTSTAT"] = partstat
    guest.params["RSVP"] = "FALSE" if cancelled else "TRUE"
    event.add("attendee", guest, encode=False)
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    # Outlook reads this one and not TRANSP when it decides how to paint the slot.
    event.add("x-microsoft-cdo-busystatus", "FREE" if cancelled else "BUSY")
    if not cancelled:
        event.add_component(_reminder(entry))
    calendar = _calendar()
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar to subscribe to or to download, hourly refreshed; its slots leave the reader's own time free.

    It has no METHOD: it is a calendar, not a message, and RFC 5546 would ask for an ORGANIZER in each
    entry of a published one. The same entries give the same bytes, so that a server can compare.
    """
    calendar = _calendar()
    # As vText: icalendar would take these two for unknown types and leave commas bare.
    calendar.add("name", vText(_line_value(name)))
    calendar.add("x-wr-calname", vText(_line_value(name)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        event = _event(entry, status=entry.status, joinable=entry.status != "CANCELLED")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(entry: CalendarEntry, *, status: Status, joinable: bool) -> Event:
    join_url = _line_value(entry.join_url or "") if joinable else ""
    event = Event()
    event.add("uid", _line_value(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _utc(entry.stamp))
    event.add("dtstart", _utc(entry.start))
    event.add("dtend", _utc(entry.end))
    event.add("summary", _line_value(entry.summary))
    event.add("status", status)
    if entry.last_modified is not None:
        event.add("last-modified", _utc(entry.last_modified))
    # Few programs show CONFERENCE yet, so the link stands in the text too and, where there is no room, as the place.
    description = _text_value(entry.description)
    if join_url and join_url not in description:
        description = f"{description}\n\n{join_url}".strip()
    if description:
        event.add("description", description)
    if location := _line_value(entry.location) or join_url:
        event.add("location", location)
    if entry.url:
        event.add("url", _line_value(entry.url))
    if join_url:
        features = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": _parameter_value(entry.join_label)}
        event.add("conference", vUri(join_url, params=features), encode=False)
    return event


def _address(mailbox: Mailbox) -> vCalAddress:
    address = vCalAddress(f"mailto:{_line_value(mailbox.email)}")
    if name := _parameter_value(mailbox.name):
        address.params["CN"] = vText(name)
    return address


def _reminder(entry: CalendarEntry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _line_value(entry.summary))
    alarm.add("trigger", REMINDER)
    return alarm


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _text_value(text: str) -> str:
    return clean(text).replace("\x7f", "")  # XML carries DEL, a calendar does not (RFC 5545, 3.1)


def _line_value(text: str) -> str:
    return one_line(_text_value(text))


def _parameter_value(text: str) -> str:
    """Without backslashes, which readers take for the beginning of an escape that parameters do not have."""
    return _line_value(text.replace("\\", ""))
