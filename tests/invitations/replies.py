"""Mails with answers, as calendar programs write them."""

import base64
import textwrap

EVENT = """\
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:{stamp}
DTSTART:20251210T080000Z
DTEND:20251210T100000Z
SUMMARY:{summary}
ORGANIZER;CN=Dialogue:mailto:{organizer}
ATTENDEE;PARTSTAT={partstat};CN="{address}":mailto:{address}
{more}END:VEVENT
"""
CALENDAR = "BEGIN:VCALENDAR\nPRODID:-//Demonstration//EN\nVERSION:2.0\nMETHOD:{method}\n{event}END:VCALENDAR\n"
VALUES = {
    "uid": "dialogue.sitting.morning@rostrum",
    "sequence": "0",
    "stamp": "20251126T090000Z",
    "partstat": "ACCEPTED",
    "address": "ana@example.org",
    "organizer": "rostrum@localhost",
    "summary": "Accepted: Dialogue",
    "method": "REPLY",
    "more": "",
}


def calendar(**values: str) -> str:
    """The calendar of an answer."""
    told = VALUES | values
    return CALENDAR.format(event=EVENT.format(**told), **told)


def mail(content: str | None = None, *, sender: str = "Ana <ana@example.org>", head: str = "", **values: str) -> bytes:
    """A mail with an answer as one part; `head` are further header lines."""
    text = calendar(**values) if content is None else content
    lines = [
        f"From: {sender}",
        "To: rostrum@localhost",
        "Subject: Accepted",
        "Date: Wed, 26 Nov 2025 09:00:00 +0000",
        *filter(None, [head.strip()]),
        "MIME-Version: 1.0",
        'Content-Type: text/calendar; charset="UTF-8"; method=REPLY',
        "Content-Transfer-Encoding: 8bit",
        "",
        text,
    ]
    return "\r\n".join(lines).replace("\r\n", "\n").replace("\n", "\r\n").encode()


def outlook(**values: str) -> bytes:
    """As Outlook and Exchange write it: multipart, in base64, with a time zone and properties of its own."""
    zone = (
        "BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\n"
        "TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    more = (
        "COMMENT;LANGUAGE=en-US:\\n\nX-MICROSOFT-CDO-APPT-SEQUENCE:0\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\n"
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE\nCLASS:PUBLIC\nPRIORITY:5\n"
    )
    text = calendar(**{"more": more} | values).replace("BEGIN:VEVENT", zone + "BEGIN:VEVENT", 1).replace("\n", "\r\n")
    encoded = "\n".join(textwrap.wrap(base64.b64encode(text.encode()).decode(), 76))
    return f"""\
From: =?utf-8?B?QW5hIE1hcsOtYQ==?= <Ana@Example.org>
To: Dialogue <rostrum@localhost>
Subject: Accepted: Dialogue
Thread-Index: AdJ0
Content-Language: en-US
MIME-Version: 1.0
Content-Type: multipart/alternative;
\tboundary="_000_demonstration_"

--_000_demonstration_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

See you there.

--_000_demonstration_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

{encoded}

--_000_demonstration_--
""".encode()


def google(**values: str) -> bytes:
    """As Google Calendar writes it: sent for the person, marked as generated, with the calendar as a file too."""
    text = calendar(**{"more": 'X-NUM-GUESTS;X-RESPONSE-COMMENT="":0\nSTATUS:CONFIRMED\nTRANSP:OPAQUE\n'} | values)
    return f"""\
Auto-Submitted: auto-generated
Message-ID: <calendar-demonstration@google.example>
Sender: Google Calendar <calendar-notification@google.example>
From: "Ana" <ana@example.org>
To: rostrum@localhost
Subject: Accepted: Dialogue
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes

Ana has accepted this invitation.

--inner
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

{text}
--inner--
--outer
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

{base64.b64encode(text.encode()).decode()}
--outer--
""".encode()


def apple(**values: str) -> bytes:
    """As Apple's Calendar writes it: quoted-printable, the address folded, the calendar beside a line of text."""
    text = calendar(**values).replace("ATTENDEE;PARTSTAT=", "ATTENDEE;CUTYPE=INDIVIDUAL;PART\n STAT=")
    encoded = text.replace("=", "=3D").replace("\n", "\r\n")
    return (
        "From: Ana <ana@example.org>\r\nTo: rostrum@localhost\r\nMIME-Version: 1.0 (Mac OS X Mail)\r\n"
        'Content-Type: multipart/mixed; boundary="Apple-Mail"\r\n\r\n--Apple-Mail\r\n'
        "Content-Type: text/plain; charset=us-ascii\r\n\r\nAna has accepted your invitation.\r\n\r\n--Apple-Mail\r\n"
        "Content-Type: text/calendar; method=REPLY; charset=utf-8; name=iCal.ics\r\n"
        "Content-Disposition: attachment; filename=iCal.ics\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}\r\n--Apple-Mail--\r\n"
    ).encode()


def thunderbird(**values: str) -> bytes:
    """As Thunderbird writes it: with what was received and last acknowledged."""
    more = "X-MOZ-RECEIVED-SEQUENCE:0\nX-MOZ-RECEIVED-DTSTAMP:20251125T080000Z\nX-MOZ-LASTACK:20251126T090000Z\n"
    return mail(**{"more": more} | values)


PROGRAMS = {"Outlook": outlook, "Google": google, "Apple": apple, "Thunderbird": thunderbird}
