"""Mail: written into the database with the change it belongs to, sent by the outbox worker, by SMTP or to files.

A crash may repeat the one mail in flight, with the same Message-ID.
"""

import datetime as dt
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from flask import current_app

from meetings import links, outbox
from meetings.database import db, now, transaction
from meetings.models.message import Job, Message
from meetings.settings import Settings

JOB = "mail"
LINK = "{link}"
_TIMEOUT_SECONDS = 30


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
    mail = compose(message, settings)
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


def compose(message: Message, settings: Settings) -> EmailMessage:
    """The mail as it goes out: text, HTML where there is one, and the calendar part that mail programs act on."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("Rostrum", addr_spec=settings.mail_from)
    mail["To"] = Address(message.recipient_name or "", addr_spec=message.recipient)
    mail["Subject"] = " ".join(message.subject.split())
    mail["Message-ID"] = f"<message-{message.id}@{settings.mail_from.rpartition('@')[2]}>"
    mail["Date"] = message.created_at
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.language
    if message.reply_to:
        mail["Reply-To"] = Address(addr_spec=message.reply_to)
    link = links.address(message.link_purpose, *(message.link_claim or [])) if message.link_purpose else ""
    mail.set_content(message.text.replace(LINK, link))
    if message.html:
        mail.add_alternative(message.html.replace(LINK, link), subtype="html")
    if message.calendar and message.calendar_method:
        _attach_calendar(mail, message.calendar.replace(LINK.encode(), link.encode()), message.calendar_method)
    return mail


def _attach_calendar(mail: EmailMessage, content: bytes, method: str) -> None:
    """Twice, as mail programs expect it: as an alternative to the text (RFC 6047, 2.4) and as a file."""
    mail.add_alternative(content, "text", "calendar", params={"method": method, "charset": "UTF-8"})
    mail.add_attachment(content, "application", "ics", filename="invitation.ics")


def _by_smtp(mail: EmailMessage, settings: Settings) -> None:
    tls = ssl.create_default_context(cafile=settings.smtp_ca_file)
    host, port = str(settings.smtp_host), settings.smtp_port
    server: smtplib.SMTP
    if settings.smtp_security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(host, port, timeout=_TIMEOUT_SECONDS)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=tls)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password or "")
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            if code >= 500:
                raise outbox.GiveUp(f"The mail server refuses this address ({code} {answer!r}).") from None
            raise


def _to_file(mail: EmailMessage, message_id: int, settings: Settings) -> None:
    """One .eml file a message, complete or not there at all."""
    folder = settings.mail_folder or Path()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f"{message_id:06d}.eml.part"
    part.write_bytes(mail.as_bytes())
    part.replace(folder / f"{message_id:06d}.eml")
