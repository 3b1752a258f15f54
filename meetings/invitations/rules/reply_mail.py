"""Reads the answer in a mail: an iTIP reply (RFC 5546, 3.2.3) in a mail (RFC 6047).

Only the few properties that count are read, line by line: what calendar programs put beside them (their own time
zones, `X-MICROSOFT-…`, alarms) cannot disturb. Whether the answer counts is decided in replies.py.
"""

import datetime as dt
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr

from meetings.invitations.rules.replies import ANSWERS, Reason, Reply

# In bytes; an answer takes a few kilobytes.
LARGEST_MAIL = 2 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n")
_NAMED = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):(.*)")
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^\";:]*)")
_METHODS = {"COUNTER": Reason.COUNTER, "REFRESH": Reason.REFRESH}


@dataclass(frozen=True, slots=True)
class Line:
    """One content line of a calendar (RFC 5545, 3.1)."""

    name: str
    parameters: dict[str, str]
    value: str


def mails_in(content: bytes) -> list[bytes]:
    """The mails of a file: of an mbox (RFC 4155) each of them, else the file itself."""
    if not content.startswith(b"From "):
        return [content]
    return [each.replace(b"\n>From ", b"\nFrom ") for each in _SEPARATOR.split(content)[1:]]


def read_mail(content: bytes) -> Reply | Reason:
    """The answer that a mail brings, or why it brings none."""
    if len(content) > LARGEST_MAIL:
        return Reason.TOO_LARGE
    try:
        message = email.message_from_bytes(content, policy=default)
        sender = _sender(message)
        if sender is None:
            return Reason.NOT_A_MAIL
        if _is_automatic(message):
            return Reason.AUTOMATIC
        calendar = _calendar(message)
    # The library's own on headers gone wrong, and on parts within parts without end.
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return Reason.UNREADABLE
    return calendar if isinstance(calendar, Reason) else _reply(calendar, sender)


def normal(address: str) -> str:
    """An address as two are compared: in lower case, its domain in ASCII."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except ValueError:
        return f"{local}@{domain}"


def _sender(message: EmailMessage) -> str | None:
    """The one address in From; empty where there are several or none that can be read, None where it is no mail."""
    fields = message.get_all("From", [])
    if not fields:
        return None
    if len(fields) > 1 or len(getattr(fields[0], "addresses", ())) > 1:
        return ""
    return normal(parseaddr(str(fields[0]))[1])


def _is_automatic(message: EmailMessage) -> bool:
    """Whether a machine has answered (RFC 3834) or a mail came back. Google marks answers by hand `auto-generated`."""
    sent_by = re.match(r"\s*([\w-]*)", str(message.get("Auto-Submitted", "no")).casefold())
    by_machine = sent_by is not None and sent_by[1] in ("auto-replied", "auto-notified")
    return by_machine or message.get_content_type() == "multipart/report"


def _calendar(message: EmailMessage) -> str | Reason:
    """The calendar's text out of the first part that is one; mails that were passed on inside are not opened."""
    files: list[Message] = []
    of_outlook = False
    for part in _parts(message):
        kind, name = part.get_content_type(), (part.get_filename() or "").casefold()
        if kind == "text/calendar":
            return _text(part)
        if kind in ("application/ics", "text/x-vcalendar") or name.endswith(".ics"):
            files.append(part)
        if kind == "application/ms-tnef" or name == "winmail.dat":
            of_outlook = True
    if files:
        return _text(files[0])
    return Reason.OUTLOOK_ALONE if of_outlook else Reason.NO_CALENDAR


def _parts(message: Message) -> Iterator[Message]:
    yield message
    if message.get_content_type() != "message/rfc822" and message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part)


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset("utf-8")
    return content.decode(charset, errors="replace") if isinstance(content, bytes) else ""


def _reply(calendar: str, sender: str) -> Reply | Reason:
    lines = _lines(calendar)
    events = None if lines is None else _events(lines)
    if lines is None or events is None:
        return Reason.UNREADABLE
    methods = {line.value.strip().upper() for line in lines if line.name == "METHOD"}
    if methods != {"REPLY"}:
        return next((_METHODS[each] for each in methods if each in _METHODS), Reason.NO_REPLY)
    if len(events) != 1:
        return Reason.UNREADABLE
    return _answer(events[0], sender)


def _lines(calendar: str) -> list[Line] | None:
    """The content lines, unfolded; None where one is none."""
    unfolded = re.sub(r"\r?\n[ \t]", "", calendar.lstrip("\ufeff"))
    found = []
    for text in re.split(r"\r?\n|\r", unfolded):
        if not text.strip():
            continue
        match = _NAMED.fullmatch(text)
        if match is None:
            return None
        parameters = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(match[2])}
        found.append(Line(match[1].upper(), parameters, match[3]))
    return found


def _events(lines: list[Line]) -> list[list[Line]] | None:
    """The lines of each VEVENT's own, without those of parts inside it; None where a part is not closed."""
    open_parts: list[str] = []
    events: list[list[Line]] = []
    for line in lines:
        if line.name == "BEGIN":
            open_parts.append(line.value.strip().upper())
            if open_parts == ["VCALENDAR", "VEVENT"]:
                events.append([])
        elif line.name == "END":
            if not open_parts or open_parts.pop() != line.value.strip().upper():
                return None
        elif open_parts == ["VCALENDAR", "VEVENT"]:
            events[-1].append(line)
    return None if open_parts else events


def _answer(event: list[Line], sender: str) -> Reply | Reason:
    by_name: dict[str, list[Line]] = {}
    for line in event:
        by_name.setdefault(line.name, []).append(line)
    people = by_name.get("ATTENDEE", [])
    if len(people) != 1:
        return Reason.SEVERAL_PEOPLE if people else Reason.UNREADABLE
    stamp = _instant(_only(by_name, "DTSTAMP"))
    number = _only(by_name, "SEQUENCE") or "0"
    uid = _only(by_name, "UID")
    if stamp is None or not uid or not re.fullmatch(r"\d{1,9}", number) or "RECURRENCE-ID" in by_name:
        return Reason.UNREADABLE
    partstat = people[0].parameters.get("PARTSTAT", "").upper()
    if partstat not in ANSWERS:
        return Reason.DELEGATED if partstat == "DELEGATED" else Reason.NO_ANSWER
    return Reply(
        sender=sender,
        attendee=_address(people[0]),
        organizer=_address(by_name["ORGANIZER"][0]) if "ORGANIZER" in by_name else "",
        uid=re.sub(r"\\(.)", r"\1", uid),
        sequence=int(number),
        stamp=stamp,
        partstat=ANSWERS[partstat],
    )


def _only(lines: dict[str, list[Line]], name: str) -> str | None:
    """The value of a property that may stand once."""
    found = lines.get(name, [])
    return found[0].value.strip() if len(found) == 1 else None


def _instant(text: str | None) -> dt.datetime | None:
    """A DTSTAMP, which is in UTC (RFC 5545, 3.8.7.2)."""
    try:
        return dt.datetime.strptime(text or "", "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _address(line: Line) -> str:
    """The mail address of a calendar address; where that is no `mailto:`, the EMAIL beside it (RFC 7986, 6.2)."""
    scheme, _colon, rest = line.value.strip().partition(":")
    return normal(rest if scheme.casefold() == "mailto" else line.parameters.get("EMAIL", ""))
