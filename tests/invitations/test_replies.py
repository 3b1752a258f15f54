"""Answers that come by mail: which are taken, and why the others are not."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from meetings.cli import rostrum
from meetings.database import db, transaction
from meetings.invitations import commands
from meetings.invitations.rules.replies import Reason, Reply
from meetings.invitations.rules.reply_mail import LARGEST_FILE, LARGEST_MAIL, mails_in, read_mail
from meetings.invitations.words import reply_reasons
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting
from meetings.models.message import Event
from meetings.models.people import CalendarEntry, Person
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.invitations.replies import PROGRAMS, calendar, mail
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in

UID = "dialogue.sitting.morning@rostrum"


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_every_programs_answer_is_read(program: str, partstat: str) -> None:
    assert read_mail(PROGRAMS[program](partstat=partstat)) == Reply(
        sender="ana@example.org",
        attendee="ana@example.org",
        organizer="rostrum@localhost",
        uid=UID,
        sequence=0,
        stamp=dt.datetime(2025, 11, 26, 9, tzinfo=dt.UTC),
        partstat=partstat.lower(),
    )


DSN = b"From: MAILER-DAEMON@example.org\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
TNEF = b"From: a@example.org\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx"
PASSED_ON = b"From: eve@example.org\nContent-Type: message/rfc822\n\n" + mail()
WITHOUT_END = b"From: eve@example.org\n" + b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(3000)
)
TWO_EVENTS = calendar().replace("END:VEVENT\n", "END:VEVENT\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\n", 1)
TWO_PEOPLE = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.org\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.NOT_A_MAIL),
        (calendar().encode(), Reason.NOT_A_MAIL),
        (WITHOUT_END, Reason.UNREADABLE),
        (b"\0\xff\xfe" * 1000, Reason.NOT_A_MAIL),
        (b"From: a@b.c\n\n" + b"x" * LARGEST_MAIL, Reason.TOO_LARGE),
        (b"From: a@b.c\nSubject: Will come\n\nYes!", Reason.NO_CALENDAR),
        (TNEF, Reason.OUTLOOK_ALONE),
        (PASSED_ON, Reason.NO_CALENDAR),
        (DSN + mail(), Reason.AUTOMATIC),
        (mail(head="Auto-Submitted: auto-replied"), Reason.AUTOMATIC),
        (mail(head="Auto-Submitted: auto-replied (vacation)"), Reason.AUTOMATIC),
        (mail(method="COUNTER"), Reason.COUNTER),
        (mail(method="REFRESH"), Reason.REFRESH),
        (mail(method="REQUEST"), Reason.NO_REPLY),
        (mail(calendar().replace("METHOD:REPLY\n", "")), Reason.NO_REPLY),
        (mail(partstat="DELEGATED"), Reason.DELEGATED),
        (mail(partstat="NEEDS-ACTION"), Reason.NO_ANSWER),
        (mail(more=TWO_PEOPLE), Reason.SEVERAL_PEOPLE),
        (mail(TWO_EVENTS), Reason.UNREADABLE),
        (mail(more="RECURRENCE-ID:20251210T080000Z\n"), Reason.UNREADABLE),
        (mail(more="UID:other\n"), Reason.UNREADABLE),
        (mail(more="no colon here\n"), Reason.UNREADABLE),
        (mail(stamp="20251126T090000"), Reason.UNREADABLE),
        (mail(stamp="yesterday"), Reason.UNREADABLE),
        (mail(sequence="-1"), Reason.UNREADABLE),
        (mail(sequence="9" * 30), Reason.UNREADABLE),
        (mail(calendar().replace("END:VCALENDAR\n", "")), Reason.UNREADABLE),
        (mail("BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n"), Reason.UNREADABLE),
        (b"From: a@b.c\nContent-Type: text/calendar; charset=no-such\n\n" + calendar().encode(), Reason.UNREADABLE),
    ],
)
def test_what_is_no_answer_is_told_apart_by_its_reason(content: bytes, reason: Reason) -> None:
    assert read_mail(content) == reason


@given(st.binary(max_size=300), st.integers(0, 900), st.sampled_from(["cut", "put in"]))
def test_no_damage_to_a_mail_stops_the_reading(noise: bytes, place: int, how: str) -> None:
    whole = PROGRAMS["Outlook"]()
    damaged = whole[:place] + (noise + whole[place:] if how == "put in" else noise)
    assert isinstance(read_mail(damaged), Reply | Reason)


@pytest.mark.parametrize("value", ["mailto:ANA@EXAMPLE.ORG", "MAILTO:ana@example.org", "urn:uuid:1"])
def test_addresses_are_compared_as_mail_does(value: str) -> None:
    text = calendar().replace("mailto:ana@example.org", value).replace("ATTENDEE;", "ATTENDEE;EMAIL=ana@example.org;")
    found = read_mail(mail(text, sender="Ana <ana@EXAMPLE.org>"))
    assert isinstance(found, Reply)
    assert found.attendee == found.sender


def test_an_mbox_is_taken_apart_at_its_separators_and_nowhere_else() -> None:
    first, second = (mail(more=f"COMMENT:{n}\n").replace(b"\r\n", b"\n") for n in (1, 2))
    box = b"From a@b Wed Nov 26 09:00:00 2025\n" + first + b"\n>From here on\n\nFrom a@b Wed Nov 26 2025\n" + second
    assert mails_in(box) == [first + b"\nFrom here on\n\n", second]
    assert mails_in(first) == [first]


# What they change


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """A meeting in two weeks, to whose morning Ana is invited."""
    day = dt.date(2025, 12, 10)
    with transaction():
        meeting = factories.meeting(slug="dialogue", title="Dialogue", start_date=day, end_date=day)
        factories.sitting(meeting, key="morning")
        factories.registration(meeting, factories.person(meeting, email="Ana@example.org", given="Ana", family=None))
        factories.registration(meeting, factories.person(meeting, email="ben@example.org"))
    clock.set(dt.datetime(2025, 11, 26, 8, tzinfo=dt.UTC))
    commands.bring_up_to_date(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now)
    clock.advance(hours=2)
    return meeting


def take(content: bytes, clock: Clock, meeting: Meeting | None = None) -> list[commands.Outcome]:
    of = meeting.id if meeting else None
    db.session.rollback()
    found = commands.take_replies(content=content, meeting_id=of, actor=COMMAND_LINE, now=clock.now)
    db.session.rollback()
    return found


def answers() -> dict[str, str | None]:
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Person.email, CalendarEntry.partstat).join(Person, Person.id == CalendarEntry.person_id)
    )
    return {str(email).lower(): partstat for email, partstat in rows}


def change(**values: Any) -> None:
    with transaction():
        person = db.session.scalars(sa.select(Person).where(Person.email == "Ana@example.org")).one()
        row = db.session.scalars(sa.select(CalendarEntry).where(CalendarEntry.person_id == person.id)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_an_answer_is_kept_for_its_person_alone_and_logged_once(meeting: Meeting, clock: Clock) -> None:
    (outcome,) = take(mail(partstat="DECLINED"), clock)
    assert (outcome.partstat, outcome.sender, outcome.title) == ("declined", "ana@example.org", "Dialogue")
    assert answers() == {"ana@example.org": "declined", "ben@example.org": None}
    lines = db.session.scalars(sa.select(Event).where(Event.kind == "calendar.answered")).all()
    assert [(each.before, each.after) for each in lines] == [({"answer": None}, {"answer": "declined", "uid": UID})]


def test_a_newer_answer_replaces_an_older_one_and_never_the_other_way_round(meeting: Meeting, clock: Clock) -> None:
    newer = mail(partstat="DECLINED", stamp="20251126T091000Z")
    assert take(newer, clock)[0].reason is None
    for content in (mail(), newer):
        assert take(content, clock)[0].reason is Reason.OLDER_ANSWER
    assert answers()["ana@example.org"] == "declined"
    assert take(mail(stamp="20251126T091001Z"), clock)[0].reason is None
    assert answers()["ana@example.org"] == "accepted"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (mail(sender="eve@example.org"), Reason.OTHER_SENDER),
        (mail(sender="ana@example.org, eve@example.org"), Reason.OTHER_SENDER),
        (mail(head="From: eve@example.org"), Reason.OTHER_SENDER),
        (mail(address="eve@example.org", sender="eve@example.org"), Reason.OTHER_PERSON),
        (mail(address="eve@example.org"), Reason.OTHER_SENDER),
        (mail(uid="dialogue.sitting.evening@rostrum"), Reason.UNKNOWN_ENTRY),
        (mail(uid="%"), Reason.UNKNOWN_ENTRY),
        (mail(organizer="eve@example.org"), Reason.OTHER_ORGANIZER),
        (mail(sequence="1"), Reason.NEVER_SENT),
        (mail(stamp="20251129T090000Z"), Reason.FROM_THE_FUTURE),
        (mail(stamp="99991231T235959Z"), Reason.FROM_THE_FUTURE),
    ],
)
def test_what_is_forged_changes_nothing(meeting: Meeting, clock: Clock, content: bytes, reason: Reason) -> None:
    assert [each.reason for each in take(content, clock)] == [reason]
    assert set(answers().values()) == {None}
    assert db.session.scalars(sa.select(Event).where(Event.kind == "calendar.answered")).all() == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"sequence": 1}, Reason.OLDER_INVITATION), ({"state": "cancelled"}, Reason.CANCELLED)],
)
def test_what_answers_something_that_holds_no_more_changes_nothing(
    meeting: Meeting, clock: Clock, values: dict[str, Any], reason: Reason
) -> None:
    change(**values)
    assert [each.reason for each in take(mail(), clock)] == [reason]
    assert answers()["ana@example.org"] is None


def test_a_meeting_takes_no_answer_to_another_one(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        other = factories.meeting()
    assert take(mail(), clock, other)[0].reason is Reason.UNKNOWN_ENTRY
    assert take(mail(), clock, meeting)[0].reason is None


def test_an_answer_to_an_address_the_meeting_wrote_from_before_still_counts(meeting: Meeting, clock: Clock) -> None:
    with transaction():
        db.session.get_one(Meeting, meeting.id).contact = "new@example.org"
    assert take(mail(), clock)[0].reason is None
    assert take(mail(organizer="new@example.org", stamp="20251126T093000Z"), clock)[0].reason is None


def test_every_reason_has_its_words(app: Flask) -> None:
    with app.test_request_context():
        assert set(reply_reasons()) == set(Reason)


# The command line and the page


@pytest.fixture
def run(app: Flask) -> Callable[..., Any]:
    """Runs `rostrum calendar replies` on files."""
    return lambda *files: app.test_cli_runner().invoke(rostrum, ["calendar", "replies", *map(str, files)])


def test_the_command_line_says_of_each_mail_what_became_of_it(
    meeting: Meeting, clock: Clock, run: Callable[..., Any], tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.eml", tmp_path / "box"
    good.write_bytes(mail())
    assert run(good).exit_code == 0
    bad.write_bytes(
        b"From a@b 2025\n" + mail(stamp="20251126T091500Z", partstat="TENTATIVE") + b"\r\nFrom c@d\n" + mail()
    )
    result = run(bad)
    assert (result.exit_code, result.stdout) == (1, f"{bad}, mail 1: ana@example.org: Maybe: Dialogue\n")
    assert result.stderr.splitlines() == [
        f"{bad}, mail 2: ana@example.org: The same or a newer answer is known already.",
        "rostrum: 1 of 2 not taken",
    ]


def test_the_command_line_names_files_it_cannot_read(meeting: Meeting, run: Callable[..., Any], tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    result = run(tmp_path / "none.eml", tmp_path, huge)
    assert result.exit_code == 1
    assert "none.eml: No such file" in result.stderr
    assert "Is a directory" in result.stderr
    assert "huge: larger than 20 MB" in result.stderr
    assert run().exit_code == 2


@pytest.fixture
def organiser(meeting: Meeting, client: Client) -> Client:
    """The browser of an organiser of the meeting."""
    with transaction():
        account = factories.account("", "organiser", of=meeting)
    sign_in(client, account)
    return client


URL = "/meetings/dialogue/organise/answers"


def test_organizers_hand_in_files_and_see_the_result_and_the_counts(
    meeting: Meeting, organiser: Client, clock: Clock
) -> None:
    form = organiser.form(URL)
    fields = form.fields.copy()
    for name, content in (("a.eml", mail(partstat="DECLINED")), ("b.eml", b"From: eve@example.org\n\nhello")):
        fields.add("files", (BytesIO(content), name))
    shown = text_of(Page(organiser.send(form, fields).data).root)
    for expected in (
        "1 answer was taken.",
        "Not taken There is no calendar answer in it.",
        "Who will not attend",
        "Ana",
        "No answer: 1",
    ):
        assert expected in shown
    assert answers()["ana@example.org"] == "declined"


def test_without_a_file_the_form_says_so(organiser: Client) -> None:
    answer = organiser.submit(URL)
    assert answer.status_code == 422
    assert "Choose at least one file." in answer.text


def test_without_invitations_the_page_says_when_there_will_be_some(organiser: Client) -> None:
    with transaction() as session:
        session.execute(sa.delete(CalendarEntry))
    assert "Nobody has been invited to anything yet." in organiser.get(URL).text


def test_a_persons_registration_shows_their_answers(meeting: Meeting, organiser: Client, clock: Clock) -> None:
    take(mail(partstat="TENTATIVE"), clock)
    assert "Maybe" in organiser.get("/meetings/dialogue/organise/registrations/1").text
