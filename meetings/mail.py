"""Mail: written into the database with the change it belongs to, sent by the outbox worker, by SMTP or to files.

A crash may repeat the one mail in flight, with the same Message-ID; it loses none.
"""

import datetime as dt
import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from meetings import links, outbox
from meetings.database import db, now, transaction
from meetings.models.message import Job, Message
from meetings.settings import Settings

JOB = "mail"
LINK = "{link}"
# Of every step of the conversation with the mail server; all together stay within a worker's lease.
_TIMEOUT_SECONDS = 20


@contextmanager
def in_language(wanted: str | None) -> Iterator[str]:
    """Texts made inside are in the wanted language where it is offered, else in the default; gives the one taken."""
    offered: tuple[str, ...] = current_app.config["SETTINGS"].languages
    primary = (wanted or "").partition("-")[0]
    near = (each for each in offered if each.partition("-")[0] == primary)
    chosen = str(wanted) if wanted in offered else next(near, offered[0])
    with force_locale(chosen.replace("-", "_")):
        yield chosen


def render(template: str, **facts: Any) -> str:
    """A mail's text out of its template, in the language of the moment; needs no request, and knows nothing of one."""
    return current_app.jinja_env.get_template(template).render(facts).strip() + "\n"


def usable(address: str | None) -> str | None:
    """The address as a mail header takes it, or None where it is none: what came with a file may be anything.

    Only its form is looked at, so names of a local network will do. Letters beyond ASCII are refused before the @,
    since few servers take them, and written in ASCII after it.
    """
    local, _at, domain = (address or "").strip().rpartition("@")
    try:
        ascii_only = f"{local}@{domain.encode('idna').decode('ascii')}"
        Address(addr_spec=ascii_only)
    except (ValueError, HeaderParseError, IndexError):
        return None
    return ascii_only if local.isascii() else None


def keep(message: Message, *, at: dt.datetime) -> None:
    """Keep a message as a draft, which nobody sends until an organiser says so. Its `created_at` is set here."""
    message.held = True
    message.created_at = at
    db.session.add(message)


def drafts_with_link(purpose: str) -> sa.ColumnElement[bool]:
    """The drafts that take people the link of an own page; not those of calendar entries, which follow the calendar."""
    return sa.and_(Message.held, Message.link_purpose == purpose, Message.entry_uid.is_(None))


def send(message: Message, *, at: dt.datetime) -> Job:
    """Keep a message and have it sent after the commit. Its `created_at` is set here."""
    message.created_at = at
    db.session.add(message)
    db.session.flush()
    return outbox.enqueue(JOB, {"message": message.id}, at=at, meeting_id=message.meeting_id)


def deliver(payload: dict[str, Any]) -> None:
    """The outbox's handler: send one message, then note when. A recipient refused for good is not tried again."""
    message = db.session.get(Message, payload["message"])
    if message is None or message.sent_at is not None:
        return
    settings: Settings = current_app.config["SETTINGS"]
    recipient = usable(message.recipient)
    if recipient is None:
        raise outbox.GiveUp(_("%(address)s is not a mail address.", address=message.recipient))
    mail = compose(message, settings, recipient)
    message_id = message.id
    db.session.rollback()  # nothing is held while the network is waited for
    if settings.sends_by_smtp:
        _by_smtp(mail, settings)
    else:
        _to_file(mail, message_id, settings)
    _note_sent(message_id)


def _note_sent(message_id: int) -> None:
    with transaction() as session:
        message = session.get(Message, message_id)
        if message is not None:
            message.sent_at = now()


def compose(message: Message, settings: Settings, recipient: str) -> EmailMessage:
    """The mail as it goes out: text, HTML where there is one, and the calendar part that mail programs act on.

    The secret link is in the texts alone: a calendar entry is passed on to others more readily than a mail.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("Rostrum", addr_spec=settings.mail_from)
    mail["To"] = Address(" ".join((message.recipient_name or "").split()), addr_spec=recipient)
    mail.set_raw("Subject", _subject(message.subject))
    mail["Message-ID"] = message_id(message, settings)
    mail["Date"] = message.created_at
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps holiday notices from answering
    if reply_to := usable(message.reply_to):
        mail["Reply-To"] = Address(addr_spec=reply_to)
    link = links.address(message.link_purpose, *(message.link_claim or [])) if message.link_purpose else ""
    mail.set_content(message.text.replace(LINK, link))
    if message.html:
        mail.add_alternative(message.html.replace(LINK, link), subtype="html")
    if message.calendar and message.calendar_method:
        _attach_calendar(mail, message.calendar, message.calendar_method)
    mail["Content-Language"] = message.language  # last: setting the content drops all Content- headers
    return mail


def _subject(text: str) -> str:
    """A subject as it stands in the header, encoded as a whole where it is not ASCII (RFC 2047).

    EmailMessage encodes only the words that need it, and then doubles the blank at which it begins a new line.
    """
    words = " ".join(text.split())
    return Header(words, "us-ascii" if words.isascii() else "utf-8", header_name="Subject").encode()


def message_id(message: Message, settings: Settings) -> str:
    """The Message-ID: the same each time this message is sent, and no other installation's."""
    return f"<{message.created_at:%Y%m%d%H%M%S%f}.{message.id}@{settings.mail_from.rpartition('@')[2]}>"


def _attach_calendar(mail: EmailMessage, content: bytes, method: str) -> None:
    """Twice, as mail programs expect it: as an alternative to the text (RFC 6047, 2.4) and as a file.

    As bytes, since the standard library would turn CRLF into LF in a text, and a calendar must have CRLF.
    """
    mail.add_alternative(content, "text", "calendar", params={"method": method, "charset": "UTF-8"})
    mail.add_attachment(content, "application", "ics", filename="invitation.ics")


@contextmanager
def connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A conversation with the mail server, signed in where a user is set; nothing is sent yet."""
    tls = ssl.create_default_context(cafile=settings.smtp_ca_file)
    host, port = str(settings.smtp_host), settings.smtp_port
    server: smtplib.SMTP
    if settings.smtp_security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(host, port, timeout=_TIMEOUT_SECONDS)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=tls)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password or "")
        yield server
    finally:
        # What was said before counts: a server that takes its leave badly has taken the mail all the same.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _by_smtp(mail: EmailMessage, settings: Settings) -> None:
    with connected(settings) as server:
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            _refused(code, answer, error)
        except smtplib.SMTPDataError as error:
            _refused(error.smtp_code, error.smtp_error, error)


def _refused(code: int, answer: bytes | str, error: smtplib.SMTPException) -> None:
    """A refusal for good (RFC 5321, 4.2.1: 5yz) ends the attempts; any other is tried again."""
    if code < 500:
        raise error
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    raise outbox.GiveUp(f"The mail server refuses it: {code} {text}") from None


def _to_file(mail: EmailMessage, number: int, settings: Settings) -> None:
    """One .eml file a message, readable by its owner alone, complete or not there at all."""
    folder = settings.mail_folder or Path()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f"{number:06d}.eml.part"
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(mail.as_bytes())
    part.replace(folder / f"{number:06d}.eml")
