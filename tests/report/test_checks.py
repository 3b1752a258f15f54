"""The right of check: a named speaker sees their paragraph by a private link, the rapporteur the answer."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE, VISITOR
from meetings.models.message import Event, Message
from meetings.models.people import Person
from meetings.models.report import ParagraphCheck, Point
from meetings.refusals import Refused, Stale
from meetings.report.commands import checks as commands
from meetings.report.queries import checks as queries
from meetings.report.rules.checks import Standing
from tests import factories
from tests.client import Client
from tests.page_lint import Page, text_of
from tests.report.house import House, build


@pytest.fixture
def house(app: Flask) -> House:
    made = build()
    with transaction():
        made.panellist.email = "ada@example.org"
        db.session.add(
            Point(
                meeting_id=made.meeting.id,
                session_id=made.panel.id,
                person_id=made.panellist.id,
                verb="stressed",
                text="the need for housing",
            )
        )
        factories.person(made.meeting, given="Nora", family="Ohne", function="Mayor")
    return made


def line(house: House) -> queries.CheckLine:
    (found,) = queries.check_lines(house.meeting.id)
    return found


def ask(house: House) -> ParagraphCheck:
    commands.ask_to_check(
        meeting_id=house.meeting.id, own=line(house).own, answer_by=dt.date(2026, 12, 1), actor=COMMAND_LINE, now=now()
    )
    return db.session.scalars(sa.select(ParagraphCheck).execution_options(populate_existing=True)).one()


def answer(row: ParagraphCheck, *, agreed: bool = False, comment: str = "", version: int | None = None) -> None:
    commands.answer_check(
        check_id=row.id,
        serial=row.serial,
        agreed=agreed,
        comment=comment,
        version=row.version if version is None else version,
        actor=VISITOR,
        now=now(),
    )


def test_a_named_speaker_has_a_paragraph_of_their_own_and_nobody_else(house: House) -> None:
    with transaction():
        moderator = factories.person(house.meeting, honorific="Mr.", given="Max", family="Leiter", email=None)
        factories.role(house.panel, moderator, "moderator")
        shielded = factories.person(house.meeting, given="S", family="Hidden", protected=True)
        factories.role(house.panel, shielded, "panellist")
        db.session.add(
            Point(meeting_id=house.meeting.id, session_id=house.panel.id, person_id=shielded.id, text="a word")
        )
        db.session.add(
            Point(meeting_id=house.meeting.id, session_id=house.panel.id, organisation_id=house.city.id, text="water")
        )
    told = [(each.own.key, each.own.person.name, each.reachable) for each in queries.check_lines(house.meeting.id)]
    assert told == [
        ("session:panel:frame", "Max Leiter", False),
        (f"session:panel:speaker:{house.panellist.key}", "Ada Muster", True),
    ]


def test_asking_mails_the_speaker_alone_a_link_to_the_words_as_they_stand(house: House) -> None:
    row = ask(house)
    assert "stressed the need for housing" in row.text
    (message,) = db.session.scalars(sa.select(Message))
    assert (message.recipient, message.link_purpose, message.link_claim) == ("ada@example.org", "check", [row.id, 1])
    assert "1 December 2026" in message.text
    assert "housing" not in message.text
    assert line(house).check is not None


def test_who_has_no_address_or_is_protected_cannot_be_asked(house: House) -> None:
    own = line(house).own
    with transaction():
        db.session.get_one(Person, own.person.id).email = None
    with pytest.raises(Refused, match="no mail address"):
        commands.ask_to_check(meeting_id=house.meeting.id, own=own, answer_by=None, actor=COMMAND_LINE, now=now())
    stranger = replace(own, person=replace(own.person, id=10_000))
    with pytest.raises(Refused, match="no longer there"):
        commands.ask_to_check(meeting_id=house.meeting.id, own=stranger, answer_by=None, actor=COMMAND_LINE, now=now())
    assert db.session.scalar(sa.select(sa.func.count(ParagraphCheck.id))) == 0


def test_an_answer_stands_beside_the_paragraph_until_it_is_settled(house: House) -> None:
    row = ask(house)
    answer(row, comment="  I said water.  ")
    check = line(house).check
    assert check is not None
    assert (check.standing, check.comment) == (Standing.COMMENTED, "I said water.")
    answer(row, agreed=True, version=check.version)
    settled = queries.checks_by_key(house.meeting.id)[row.key]
    assert [(each.standing, each.comment) for each in settled] == [(Standing.AGREED, None)]
    commands.settle_check(meeting_id=house.meeting.id, check_id=row.id, settled=True, actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused, match="settled"):
        answer(row, comment="Too late")
    told = db.session.scalars(sa.select(Event).where(Event.kind == "check.answered").order_by(Event.id)).all()
    assert [(event.before, event.after) for event in told] == [
        ({"answer": None, "comment": None}, {"answer": "comment", "comment": "I said water."}),
        ({"answer": "comment", "comment": "I said water."}, {"answer": "agreed", "comment": None}),
    ]


def test_an_answer_pressed_twice_is_given_once_and_an_old_page_overwrites_nothing(house: House) -> None:
    row = ask(house)
    answer(row, agreed=True, version=1)
    answer(row, agreed=True, version=1)
    assert db.session.scalar(sa.select(sa.func.count(Event.id)).where(Event.kind == "check.answered")) == 1
    with pytest.raises(Stale):
        answer(row, comment="From an old page", version=1)


def test_a_comment_needs_words(house: House) -> None:
    with pytest.raises(Refused, match="should be different"):
        answer(ask(house), comment=" \n ")


def test_asking_again_sends_new_words_and_makes_the_old_link_invalid(house: House) -> None:
    row = ask(house)
    first = row.serial
    answer(row, comment="I said water.")
    with transaction():
        point = db.session.scalars(sa.select(Point)).one()
        point.text = "the need for water"
        point.version += 1
    assert line(house).changed
    again = ask(house)
    assert "need for water" in again.text
    assert queries.speakers_check(again.id, first) is None
    fresh = queries.speakers_check(again.id, again.serial)
    assert fresh is not None
    assert (fresh.check.standing, fresh.check.comment) == (Standing.ASKED, None)
    with pytest.raises(Refused, match="no longer valid"):
        commands.answer_check(
            check_id=again.id, serial=first, agreed=True, comment="", version=1, actor=VISITOR, now=now()
        )


def test_a_speaker_answers_on_the_page_behind_the_link(house: House, client: Client) -> None:
    row = ask(house)
    address = f"/check/{links.make('check', row.id, row.serial)}/"
    assert "stressed the need for housing" in text_of(client.page(address).root)
    refused = client.submit(address, {"answer": "comment", "comment": " "})
    assert refused.status_code == 422
    assert "Write what should be different" in text_of(Page(refused.data).root)
    client.submit(address, {"answer": "comment", "comment": "قلت الماء"})
    answered = client.get(address)
    assert "قلت الماء" in answered.get_data(as_text=True)
    assert answered.headers["Cache-Control"] == "no-store"
    commands.revoke_check(meeting_id=house.meeting.id, check_id=row.id, actor=COMMAND_LINE, now=now())
    client.page(address, status=404)


def test_the_rapporteur_asks_reads_and_settles(house: House, client: Client) -> None:
    house.enter(client)
    address = f"{house.url}/report/checks"
    assert "Ask Ada Muster" in text_of(client.page(address).root)
    nobody = client.submit(address, {}, button="Send to those ticked")
    assert "Nobody was chosen" in text_of(Page(nobody.data).root)
    box = f"{house.panellist.id}:session:panel:speaker:{house.panellist.key}"
    client.submit(address, {"own": [box], "answer_by": "2026-12-01"}, button="Send to those ticked")
    row = db.session.scalars(sa.select(ParagraphCheck)).one()
    answer(row, comment="I said water.")
    assert "I said water." in text_of(client.page(address).root)
    settled = client.submit(address, {}, button="Settled Ada Muster")
    assert "Open again" in text_of(Page(settled.data).root)


def test_a_meeting_without_speakers_says_where_they_come_from(app: Flask, client: Client) -> None:
    house = build()
    with transaction():
        house.panellist.protected = True
    house.enter(client)
    assert "no paragraph of a named speaker yet" in text_of(client.page(f"{house.url}/report/checks").root)


def test_where_nobody_can_be_reached_nothing_is_offered_to_be_sent(house: House, client: Client) -> None:
    with transaction():
        house.panellist.email = None
    house.enter(client)
    page = client.page(f"{house.url}/report/checks")
    assert "None of these speakers has a mail address here" in text_of(page.root)
    assert "Send to those ticked" not in text_of(page.root)
