"""Mail: how it is put together, in whose language, and how it is written to files."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from flask_babel import get_locale

from meetings import links, mail
from meetings.database import db, transaction
from meetings.models.message import Job, Message
from meetings.settings import Settings
from meetings.worker import make_worker
from tests.invitations.smtp_server import Keeping
from tests.live import free_port

NOW = dt.datetime(2025, 11, 26, 9, tzinfo=dt.UTC)
ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:\xd8\xad\xd9\x82\xd9\x88\xd9\x82\r\nEND:VCALENDAR\r\n"


def message(**values: Any) -> Message:
    defaults: dict[str, Any] = {
        "kind": "test",
        "recipient": "ana@example.org",
        "recipient_name": "Ana",
        "subject": "Subject",
        "text": "Text\n",
        "language": "en",
    }
    return Message(**(defaults | values))


def send(app: Flask, **values: Any) -> int:
    with transaction():
        sent = message(**values)
        mail.send(sent, at=NOW)
    return sent.id


def work(app: Flask, at: dt.datetime = NOW) -> None:
    worker = make_worker(app, "tested")
    while worker.run_once(at):
        pass
    db.session.rollback()


def files(app: Flask) -> list[Path]:
    settings: Settings = app.config["SETTINGS"]
    return sorted(settings.mail_folder.iterdir()) if settings.mail_folder and settings.mail_folder.exists() else []


def read(app: Flask) -> EmailMessage:
    (file,) = files(app)
    found = message_from_bytes(file.read_bytes(), policy=policy.SMTP)
    assert isinstance(found, EmailMessage)
    return found


def test_without_a_mail_server_each_mail_is_a_file_of_its_own(app: Flask) -> None:
    numbers = [send(app, subject="One"), send(app, subject="Two")]
    assert files(app) == []
    work(app)
    assert [file.name for file in files(app)] == [f"{number:06d}.eml" for number in numbers]
    assert [file.stat().st_mode & 0o777 for file in files(app)] == [0o600, 0o600]
    sent = db.session.scalars(sa.select(Message.sent_at)).all()
    assert None not in sent
    assert db.session.scalars(sa.select(Job.state)).all() == ["done", "done"]


def test_what_is_sent_is_not_sent_again(app: Flask) -> None:
    send(app)
    work(app)
    (file,) = files(app)
    file.unlink()
    with transaction():
        db.session.execute(sa.update(Job).values(state="queued"))
    work(app)
    assert files(app) == []


def test_a_mail_repeated_after_a_crash_has_the_same_message_id(app: Flask) -> None:
    number = send(app)
    work(app)
    first = read(app)["Message-ID"]
    with transaction():
        db.session.execute(sa.update(Job).values(state="queued"))
        db.session.execute(sa.update(Message).values(sent_at=None))
    work(app)
    assert read(app)["Message-ID"] == first
    assert first == f"<20251126090000000000.{number}@localhost>"


def test_the_secret_link_is_filled_in_when_the_mail_is_sent_and_is_not_in_the_database(app: Flask) -> None:
    send(app, text="Here:\n{link}\n", html='<a href="{link}">x</a>', link_purpose="personal", link_claim=[4, 2])
    work(app)
    link = links.address("personal", 4, 2)
    found = read(app)
    text, html = found.get_body(("plain",)), found.get_body(("html",))
    assert text is not None
    assert html is not None
    assert link in text.get_content()
    assert f'href="{link}"' in html.get_content()
    token = link.rsplit("/", 2)[1]
    stored = db.session.execute(sa.text("SELECT text, html, link_claim, subject FROM message")).all()
    assert token not in str(stored)


def test_a_calendar_keeps_its_bytes_and_its_method_and_gets_no_secret_link(app: Flask) -> None:
    content = ICS.replace(b"SUMMARY", b"DESCRIPTION:{link}\r\nSUMMARY")
    send(app, calendar=content, calendar_method="REQUEST", link_purpose="personal", link_claim=[4, 2])
    work(app)
    found = read(app)
    parts = [part for part in found.walk() if part.get_content_type() in ("text/calendar", "application/ics")]
    assert [part.get_payload(decode=True) for part in parts] == [content, content]
    assert parts[0].get_param("method") == "REQUEST"
    assert str(parts[0].get_param("charset")).lower() == "utf-8"
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
    ]


@pytest.mark.parametrize("html", [None, "<p>HTML</p>"])
def test_headers_say_that_a_machine_wrote_it_and_in_which_language(app: Flask, html: str | None) -> None:
    send(app, language="fr", reply_to="secretariat@example.org", html=html)
    work(app)
    found = read(app)
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Content-Language"] == "fr"
    assert found["Reply-To"] == "secretariat@example.org"
    assert found["From"] == "Rostrum <rostrum@localhost>"
    assert found["Date"].datetime == NOW


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("نور تجريبية", "دعوة: حوار"),
        ("示范 伟", "邀请"),
        ('O\'Neil, "Jo" <x@y>', "Quotes, commas; <brackets>"),
        ("A" * 300, "B" * 300),
        ("Two\nlines", "Injected\r\nBcc: victim@example.org"),
        (None, "No name"),
        (None, "Changed: Local governments for human rights, Tuesday 20 July 2027, 14:30–18:00"),
        (None, "Cambio: " + "niñez y ciudad, " * 12 + "9:00"),
        (None, "تغيير: " + "حوار الحكومات المحلية " * 9),
        (None, "plain words of a long subject " * 9),
    ],
)
def test_every_name_and_subject_arrives_and_none_adds_a_header(app: Flask, name: str | None, subject: str) -> None:
    send(app, recipient_name=name, subject=subject)
    work(app)
    found = read(app)
    (address,) = found["To"].addresses
    assert (address.display_name, address.addr_spec) == (" ".join((name or "").split()), "ana@example.org")
    assert found["Subject"] == " ".join(subject.split())
    assert found["Bcc"] is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("ana@example.org", "ana@example.org"),
        (" Ana@Example.org ", "Ana@Example.org"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
        ("josé@example.org", None),
        ("Ana <ana@example.org>", None),
        ("a@example.org, b@example.org", None),
        ("ana@example.org\nBcc: b@example.org", None),
        ("ana", None),
        ("@example.org", None),
        ("ana@", None),
        ("ana@example..org", None),
        ("", None),
        (None, None),
    ],
)
def test_only_what_is_one_address_is_used(address: str | None, found: str | None) -> None:
    assert mail.usable(address) == found


def test_a_recipient_that_is_no_address_is_given_up_with_the_reason(app: Flask) -> None:
    send(app, recipient="not an address")
    work(app)
    assert db.session.execute(sa.select(Job.state, Job.error)).one() == (
        "dead",
        "not an address is not a mail address.",
    )
    assert files(app) == []


def test_a_contact_that_is_no_address_keeps_no_mail_back(app: Flask) -> None:
    send(app, reply_to="Ms. Lee, room 4")
    work(app)
    assert read(app)["Reply-To"] is None


class Rude(Keeping):
    """A mail server that answers QUIT in this way, or just hangs up."""

    def __init__(self, folder: Path, farewell: str | None) -> None:
        super().__init__(folder)
        self.farewell = farewell

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        if self.farewell is None:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.farewell or ""


@contextmanager
def rude_server(app: Flask, folder: Path, farewell: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The application sends its mail to such a server; what that takes is in the folder."""
    folder.mkdir()
    controller = Controller(Rude(folder, farewell), hostname="127.0.0.1", port=free_port())
    there = replace(
        app.config["SETTINGS"], smtp_host="127.0.0.1", smtp_port=controller.port, smtp_security="none", smtp_user=None
    )
    monkeypatch.setitem(app.config, "SETTINGS", there)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.mark.parametrize("farewell", ["421 4.3.2 Shutting down", "500 What?", "221 Bye", None])
@pytest.mark.parametrize(
    ("recipient", "copies", "state"), [("ana@example.org", 1, "done"), ("refused@example.org", 0, "dead")]
)
def test_how_a_mail_server_takes_its_leave_changes_nothing_about_what_it_said_of_the_mail(
    app: Flask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    farewell: str | None,
    recipient: str,
    copies: int,
    state: str,
) -> None:
    with rude_server(app, tmp_path / "taken", farewell, monkeypatch):
        send(app, recipient=recipient)
        for minutes in (0, 10, 30):
            work(app, NOW + dt.timedelta(minutes=minutes))
    assert len(list((tmp_path / "taken").glob("*.eml"))) == copies
    assert db.session.scalars(sa.select(Job.state)).one() == state


@pytest.mark.parametrize(
    ("offered", "wanted", "taken"),
    [
        (("en", "fr"), "fr", "fr"),
        (("en", "fr"), "fr-CH", "fr"),
        (("en", "zh-Hans"), "zh", "zh-Hans"),
        (("en", "fr"), "ru", "en"),
        (("fr", "en"), None, "fr"),
        (("en", "pt-BR", "pt"), "pt", "pt"),
    ],
)
def test_texts_are_in_the_wanted_language_where_it_is_offered(
    app: Flask, monkeypatch: pytest.MonkeyPatch, offered: tuple[str, ...], wanted: str | None, taken: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=offered))
    with mail.in_language(wanted) as language:
        assert language == taken
        assert str(get_locale()) == taken.replace("-", "_")
