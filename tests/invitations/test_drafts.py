"""Mails as drafts: read, edited, sent, discarded, overtaken by newer ones."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import outbox
from meetings.database import db, transaction
from meetings.invitations import commands
from meetings.invitations.mail_html import html_of
from meetings.invitations.queries import outdated
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event, Job, Message
from meetings.models.people import CalendarEntry, Registration
from meetings.refusals import Refused
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.invitations.reading import event_of
from tests.publishing.house import change, draft, mails, publish, work
from tests.signing_in import sign_in

URL = "/meetings/dialogue/organise/messages"


@pytest.fixture
def meeting(app: Flask, clock: Clock) -> Meeting:
    """Published, all mails kept as drafts: the invitations to two sittings and to one session."""
    made = draft()
    publish(made, clock, mails="hold")
    work()
    return made


@pytest.fixture
def organiser(client: Client, meeting: Meeting) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser", of=meeting)
    sign_in(client, account)
    return client


def act(command: Any, meeting: Meeting, clock: Clock, message: Message | None = None, **values: Any) -> Any:
    """One command of an organiser."""
    which = {"message_id": message.id} if message is not None else {}
    done = command(meeting_id=meeting.id, actor=COMMAND_LINE, now=clock.now, **which, **values)
    db.session.rollback()
    return done


def sequences() -> dict[str, tuple[str, int]]:
    """What the calendars count as told, by the last part of the UID."""
    return {
        row.uid.partition("@")[0].rpartition(".")[2]: (row.state, row.sequence)
        for row in db.session.scalars(sa.select(CalendarEntry))
    }


def test_a_draft_is_sent_by_nobody_until_an_organiser_says_so(meeting: Meeting, clock: Clock) -> None:
    first, *others = mails()
    act(commands.send_draft, meeting, clock, first)
    work()
    assert [bool(each.sent_at) for each in mails()] == [True, False, False]
    assert act(commands.send_drafts, meeting, clock) == 2
    assert act(commands.send_drafts, meeting, clock) == 0
    work()
    assert all(each.sent_at for each in mails())
    assert len(db.session.scalars(sa.select(Job).where(Job.kind == "mail")).all()) == 3
    with pytest.raises(Refused):
        act(commands.send_draft, meeting, clock, others[0])


def test_discarded_the_entry_counts_as_not_told_and_is_due_again_with_a_higher_sequence(
    meeting: Meeting, clock: Clock
) -> None:
    assert outdated(meeting.id, clock.now) == 0
    for each in mails():
        act(commands.discard_draft, meeting, clock, each)
    assert mails() == []
    assert outdated(meeting.id, clock.now) == 3
    act(commands.bring_up_to_date, meeting, clock)
    assert {each.kind for each in mails()} == {"invitation"}
    assert [event_of(each.calendar or b"", "REQUEST")["SEQUENCE"] for each in mails()] == [1, 1, 1]


def test_a_discarded_update_leaves_the_calendar_as_it_was_told_before(meeting: Meeting, clock: Clock) -> None:
    act(commands.send_drafts, meeting, clock)
    work()
    change(Sitting, "morning", start=dt.time(8))
    publish(meeting, clock, mails="hold")
    work()
    (update,) = [each for each in mails() if each.held]
    act(commands.discard_draft, meeting, clock, update)
    assert outdated(meeting.id, clock.now) == 1
    change(Sitting, "morning", start=dt.time(9))
    assert publish(meeting, clock).people == 0  # moved back: the calendar has shown this all the time
    change(Sitting, "morning", start=dt.time(7))
    publish(meeting, clock)
    work()
    message = mails()[-1]
    assert (message.kind, event_of(message.calendar or b"", "REQUEST")["SEQUENCE"]) == ("update", 2)
    assert "09:00" in message.text  # as it was told, not as the discarded draft had it


def test_a_draft_that_is_overtaken_goes_and_the_newer_one_is_a_draft_as_well(meeting: Meeting, clock: Clock) -> None:
    old = {each.id for each in mails()}
    change(Sitting, "morning", start=dt.time(8))
    assert publish(meeting, clock).people == 1
    work()
    after = mails()
    assert len(after) == 3
    (newer,) = [each for each in after if each.id not in old]
    assert (newer.held, newer.kind, newer.sent_at) == (True, "invitation", None)
    event = event_of(newer.calendar or b"", "REQUEST")
    assert (event["SEQUENCE"], event["DTSTART"].dt.hour) == (1, 13)


def test_who_withdraws_before_the_invitation_was_sent_is_sent_nothing(meeting: Meeting, clock: Clock) -> None:
    with transaction() as session:
        row = session.scalars(sa.select(Registration)).one()
        row.status = "withdrawn"
    act(commands.bring_up_to_date, meeting, clock, only=[row.person_id])
    assert mails() == []
    assert {state for state, _sequence in sequences().values()} == {"cancelled"}


def test_edited_the_html_follows_the_text_and_calendar_and_link_stay(organiser: Client, meeting: Meeting) -> None:
    message = mails()[0]
    calendar = message.calendar
    text = "Dear all,\n\n<b>Come</b> & see https://example.org/a?b=1&c=2.\nYour page: {link}"
    answer = organiser.submit(f"{URL}/{message.id}", {"subject": "New  subject", "text": text}, button="Save the draft")
    assert "The draft is saved." in answer.text
    message = mails()[0]
    assert (message.subject, message.text, message.calendar) == ("New subject", f"{text}\n", calendar)
    for part in (
        "<p>Dear all,</p>",
        "&lt;b&gt;Come&lt;/b&gt; &amp; see",
        '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.<br>',
        '<a href="{link}">{link}</a>',
    ):
        assert part in (message.html or ""), part
    (line,) = db.session.scalars(sa.select(Event).where(Event.kind == "message.edited"))
    assert line.after == {"changed": ["subject", "text"]}


def test_a_draft_saved_unchanged_changes_nothing(organiser: Client, meeting: Meeting) -> None:
    message = mails()[0]
    before = (message.subject, message.text, message.html)
    form = organiser.form(f"{URL}/{message.id}", button="Save the draft")
    assert organiser.send(form, form.fields).status_code == 200
    message = mails()[0]
    assert (message.subject, message.text, message.html) == before
    assert db.session.scalars(sa.select(Event).where(Event.kind == "message.edited")).all() == []


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"subject": " ", "text": "Typed {link}"}, 422, "A mail needs a subject."),
        ({"text": ""}, 422, "A mail needs a text."),
        ({"text": "Without."}, 409, "The secret link has to stay in the text"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_what_was_typed_stays(
    organiser: Client, meeting: Meeting, values: dict[str, str], status: int, said: str
) -> None:
    message = mails()[0]
    answer = organiser.submit(f"{URL}/{message.id}", {"subject": "Typed", **values}, button="Save the draft")
    assert (answer.status_code, said in answer.text) == (status, True)
    assert values["text"] in answer.text
    assert "Typed" in answer.text
    assert mails()[0].subject == message.subject != "Typed"


def test_two_who_edit_a_draft_see_each_others_change(organiser: Client, meeting: Meeting) -> None:
    message = mails()[0]
    form = organiser.form(f"{URL}/{message.id}", button="Save the draft")
    organiser.submit(f"{URL}/{message.id}", {"subject": "Theirs"}, button="Save the draft")
    answer = organiser.send(form, form.filled({"subject": "Mine"}))
    assert answer.status_code == 409
    assert "Somebody else has changed this draft" in answer.text
    assert "Theirs" in answer.text
    assert 'value="Mine"' in answer.text
    assert mails()[0].subject == "Theirs"


def test_drafts_are_listed_read_sent_and_discarded_on_their_pages(organiser: Client, meeting: Meeting) -> None:
    first, second, third = mails()
    page = organiser.page(URL)
    assert "3 drafts wait to be sent." in page.text
    assert "Draft (3)" in page.text
    assert first.subject in organiser.page(f"{URL}?state=draft").text
    organiser.submit(f"{URL}/{first.id}", button="Send now")
    organiser.submit(f"{URL}/{second.id}", button="Discard")
    assert {(each.id, each.held) for each in mails()} == {(first.id, False), (third.id, True)}
    answer = organiser.submit(URL, button="Send all drafts (1)")
    assert "1 message is on its way." in answer.text
    assert [each.held for each in mails()] == [False, False]


def test_a_draft_that_is_gone_says_so(organiser: Client, meeting: Meeting) -> None:
    message = mails()[0]
    form = organiser.form(f"{URL}/{message.id}", button="Save the draft")
    organiser.submit(f"{URL}/{message.id}", button="Send now")
    answer = organiser.send(form, form.filled({"subject": "Late"}))
    assert (answer.status_code, "This draft is gone" in answer.text) == (409, True)


def test_no_draft_of_another_meeting_nor_a_private_one_is_touched(
    organiser: Client, meeting: Meeting, clock: Clock
) -> None:
    with transaction():
        other = factories.message(factories.meeting(), held=True)
        private = factories.message(meeting, held=True, private=True)
    for each in (other, private):
        for command in (commands.send_draft, commands.discard_draft):
            with pytest.raises(Refused):
                act(command, meeting, clock, each)
    act(commands.send_drafts, meeting, clock)
    assert [db.session.get_one(Message, each.id).held for each in (other, private)] == [True, True]


def test_everything_that_was_given_up_is_tried_again_at_once(organiser: Client, meeting: Meeting, clock: Clock) -> None:
    act(commands.send_drafts, meeting, clock)
    with transaction() as session:
        sign_in_mail = factories.message(meeting, private=True)
        outbox.enqueue("mail", {"message": sign_in_mail.id}, at=clock.now, meeting_id=meeting.id)
        person = session.scalars(sa.select(Registration.person_id)).one()
        lost = {"meeting": meeting.id, "person": person, "version": None, "held": False}
        outbox.enqueue("invitations.tell", lost, at=clock.now, meeting_id=meeting.id)
        session.flush()
        session.execute(sa.update(Job).where(Job.state == "queued").values(state="dead", error="Broken"))
    page = organiser.page(URL)
    assert "3 mails could not be sent." in page.text
    assert "For one person no mail could be written:" in page.text
    answer = organiser.submit(URL, button="Try all again")
    assert "4 are in the queue again." in answer.text
    states = db.session.execute(sa.select(Job.kind, Job.state).where(Job.state != "done").order_by(Job.id)).all()
    assert [tuple(each) for each in states] == [
        *[("mail", "queued")] * 3,
        ("mail", "dead"),
        ("invitations.tell", "queued"),
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("One\ntwo\n\n\nthree\n", "<p>One<br>\ntwo</p>\n<p>three</p>"),
        ("See https://a.example/), or", '<p>See <a href="https://a.example/">https://a.example/</a>), or</p>'),
        ("javascript:alert(1) \"<script>", "<p>javascript:alert(1) &#34;&lt;script&gt;</p>"),
        ("{link}answer/u@r?a=b", '<p><a href="{link}answer/u@r?a=b">{link}answer/u@r?a=b</a></p>'),
    ],
)  # fmt: skip
def test_plain_text_becomes_html_and_never_a_tag(text: str, body: str) -> None:
    made = html_of(text, title="T & U", language="ar")
    assert body in made
    assert '<html lang="ar" dir="rtl">' in made
    assert "<title>T &amp; U</title>" in made
