"""An invitation on its way through a real mail server, with STARTTLS and a login; and what happens when it fails."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
import trustme
from flask import Flask

from meetings import links, mail, outbox
from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.message import Job, Message
from meetings.models.people import Registration
from meetings.people import commands
from meetings.settings import Settings
from meetings.worker import make_worker
from tests import factories
from tests.conftest import Clock
from tests.invitations.reading import event_of
from tests.invitations.smtp_server import PASSWORD, USER


class MailServer:
    """A mail server process, and what it has received."""

    def __init__(self, folder: Path) -> None:
        self.received = folder / "received"
        self.received.mkdir()
        self.authority = folder / "authority.pem"
        self.certificate = folder / "certificate.pem"
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.authority)
        authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(self.certificate)
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start, on the port it had before."""
        command = [sys.executable, "-m", "tests.invitations.smtp_server"]
        arguments = [str(self.received), str(self.certificate), str(self.port)]
        self.process = subprocess.Popen(command + arguments, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def stop(self) -> None:
        """End the process, if it runs."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def raw(self) -> list[bytes]:
        """What was received, as it came."""
        return [file.read_bytes() for file in sorted(self.received.glob("*.eml"))]

    def mails(self) -> list[EmailMessage]:
        """What was received."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw()]

    def envelopes(self) -> list[str]:
        """From whom and to whom each was handed over."""
        return [file.read_text() for file in sorted(self.received.glob("*.envelope"))]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server that runs."""
    folder = tmp_path / "mail"
    folder.mkdir()
    server = MailServer(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sending(app: Flask, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The application sends its mail through the server."""
    settings: Settings = replace(
        app.config["SETTINGS"],
        mail_from="rostrum@meetings.example",
        smtp_host="localhost",
        smtp_port=server.port,
        smtp_security="starttls",
        smtp_user=USER,
        smtp_password=PASSWORD,
        smtp_ca_file=server.authority,
    )
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    return settings


def confirmed(clock: Clock, email: str = "ana@example.org") -> Registration:
    """Somebody who has just been confirmed, and whose invitation waits to be sent."""
    with transaction():
        meeting = factories.meeting(
            slug="dialogue",
            title="Dialogue: human rights, حقوق الإنسان",
            contact="secretariat@example.org",
            start_date=dt.date(2025, 12, 10),
            end_date=dt.date(2025, 12, 10),
        )
        factories.sitting(meeting, key="morning", join_url="https://teams.example/l/meetup-join/" + "x" * 120)
        person = factories.person(meeting, email=email, honorific="Ms.", given="نور", family="Demonstration")
        row = factories.registration(meeting, person, status="pending")
    commands.decide(
        meeting_id=meeting.id, registrations=[row.id], decision="confirm", actor=COMMAND_LINE, now=clock.now
    )
    db.session.rollback()
    return row


def work(app: Flask, clock: Clock) -> None:
    worker = make_worker(app, "tested")
    while worker.run_once(clock.now):
        pass
    db.session.rollback()


def test_an_invitation_arrives_as_calendar_programs_take_it(
    app: Flask, server: MailServer, sending: Settings, clock: Clock
) -> None:
    row = confirmed(clock)
    work(app, clock)
    (found,), (raw,) = server.mails(), server.raw()
    assert server.envelopes() == ["rostrum@meetings.example ana@example.org"]
    assert found["From"] == "Rostrum <rostrum@meetings.example>"
    assert found["Reply-To"] == "secretariat@example.org"
    assert found["To"].addresses[0].addr_spec == "ana@example.org"
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for body in (found.get_body(("plain",)), found.get_body(("html",))):
        assert body is not None
        assert links.address("personal", row.id, row.link_serial) in body.get_content()
        assert "Dialogue: human rights, حقوق الإنسان" in body.get_content()


def test_the_calendar_says_the_same_in_both_places_and_names_nobody_else(
    app: Flask, server: MailServer, sending: Settings, clock: Clock
) -> None:
    row = confirmed(clock)
    work(app, clock)
    (found,) = server.mails()
    inline, attached = (
        part for part in found.walk() if part.get_content_type() in ("text/calendar", "application/ics")
    )
    assert inline.get_param("method") == "REQUEST"
    content = inline.get_payload(decode=True)
    assert content == attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    event = event_of(content, "REQUEST")
    assert (event["UID"], event["SEQUENCE"]) == ("dialogue.sitting.morning@rostrum", 0)
    assert event["DTSTART"].dt == dt.datetime(2025, 12, 10, 8, tzinfo=dt.UTC)
    assert event["DTEND"].dt == dt.datetime(2025, 12, 10, 10, tzinfo=dt.UTC)
    assert event["ORGANIZER"] == "mailto:secretariat@example.org"
    assert event["ATTENDEE"] == "mailto:ana@example.org"
    assert event["CONFERENCE"].startswith("https://teams.example/l/meetup-join/x")
    assert "/me/" not in content.decode().replace("\r\n ", "")
    assert str(row.id) + "." not in event["DESCRIPTION"]


def test_a_repeated_delivery_is_the_same_mail(
    app: Flask, server: MailServer, sending: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(clock)
    with monkeypatch.context() as broken:

        def crash(message_id: int) -> None:
            raise OSError("the machine went down after the mail was sent")

        broken.setattr(mail, "_note_sent", crash)
        make_worker(app, "first").run_once(clock.now)
    clock.advance(minutes=5)
    work(app, clock)
    first, second = server.mails()
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@meetings.example>")
    assert db.session.scalars(sa.select(Job.state)).all() == ["done"]
    assert db.session.scalars(sa.select(Message.sent_at)).all() == [clock.now]


def test_a_server_that_is_away_is_tried_again_until_it_is_back(
    app: Flask, server: MailServer, sending: Settings, clock: Clock
) -> None:
    confirmed(clock)
    server.stop()
    for attempt in (1, 2):
        work(app, clock)
        (job,) = db.session.scalars(sa.select(Job))
        assert (job.state, job.attempts) == ("queued", attempt)
        assert job.error == "ConnectionRefusedError: [Errno 111] Connection refused"
        assert job.due > clock.now
        clock.set(job.due)
    server.start()
    work(app, clock)
    assert len(server.mails()) == 1
    assert db.session.scalars(sa.select(Job.state)).all() == ["done"]


def test_an_address_that_is_refused_is_given_up_with_the_servers_reason(
    app: Flask, server: MailServer, sending: Settings, clock: Clock
) -> None:
    confirmed(clock, "refused@example.org")
    work(app, clock)
    (job,) = db.session.scalars(sa.select(Job))
    assert (job.state, job.attempts) == ("dead", 1)
    assert job.error == "The mail server refuses it: 550 5.1.1 No such mailbox"
    assert server.mails() == []


def test_an_address_that_is_refused_for_now_is_tried_again(
    app: Flask, server: MailServer, sending: Settings, clock: Clock
) -> None:
    confirmed(clock, "later@example.org")
    work(app, clock)
    (job,) = db.session.scalars(sa.select(Job))
    assert (job.state, job.attempts) == ("queued", 1)
    assert "451" in (job.error or "")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"smtp_password": "wrong"}, "SMTPAuthenticationError"),
        ({"smtp_ca_file": None}, "SSLCertVerificationError"),
        ({"smtp_user": None}, "SMTPSenderRefused"),
    ],
)
def test_nothing_is_sent_past_the_login_or_to_a_server_that_cannot_prove_its_name(
    app: Flask,
    server: MailServer,
    sending: Settings,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str | None],
    error: str,
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(sending, **change))  # type: ignore[arg-type]  # one of each
    confirmed(clock)
    work(app, clock)
    (job,) = db.session.scalars(sa.select(Job))
    assert job.state == "queued"
    assert (job.error or "").startswith(error)
    assert server.mails() == []


def test_what_was_given_up_is_sent_once_the_server_takes_it(
    app: Flask, server: MailServer, sending: Settings, clock: Clock
) -> None:
    confirmed(clock)
    server.stop()
    while db.session.scalars(sa.select(Job.state)).one() != "dead":
        work(app, clock)
        clock.advance(hours=2)
    assert db.session.scalars(sa.select(Job.attempts)).one() == outbox.MAX_ATTEMPTS
    server.start()
    with transaction():
        outbox.retry(db.session.scalars(sa.select(Job.id)).one(), at=clock.now)
    work(app, clock)
    assert len(server.mails()) == 1
