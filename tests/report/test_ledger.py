"""The ledger of recommendations: what each meeting of a series recommended, and what became of it."""

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.message import Event
from meetings.models.report import LedgerEntry, Point, Report
from meetings.refusals import Refused, Stale
from meetings.report.commands import ledger as commands
from meetings.report.commands.ledger import EntryValues
from meetings.report.queries import ledger as queries
from meetings.report.queries.ledger import FollowUp
from meetings.report.rules.ledger import same
from tests import factories
from tests.client import Client
from tests.page_lint import Page, text_of
from tests.report.house import House, build
from tests.threads import at_once

DONE = FollowUp(dt.date(2026, 6, 1), "Ten were built.", "https://example.org/ten")


@pytest.fixture
def house(app: Flask) -> House:
    made = build()
    with transaction():
        db.session.add(
            Point(
                meeting_id=made.meeting.id, session_id=made.panel.id, uid="p1", kind="recommendation", text="cisterns"
            )
        )
        db.session.add(
            Report(
                meeting_id=made.meeting.id,
                symbol="A/HRC/63/40",
                conclusions=["Water is a right."],
                recommendations=[
                    {"addressee": "National governments", "lead": None, "items": ["build cisterns", "share water"],
                     "points": ["p1"]},
                    {"addressee": "Human Rights Council", "lead": None, "items": ["consider a forum"], "points": []},
                ],
            )
        )  # fmt: skip
    return made


def take_over(house: House) -> int:
    return commands.take_over(meeting_id=house.meeting.id, actor=COMMAND_LINE, now=now())


def entries(house: House, status: str | None = None) -> list[queries.Entry]:
    return [entry for each in queries.ledger(house.meeting.id, status) for entry in each.entries]


def edit(house: House, entry: queries.Entry, **values: str) -> None:
    commands.edit_entry(
        meeting_id=house.meeting.id,
        key=entry.key,
        version=entry.version,
        values=replace(EntryValues(entry.text, entry.addressee, entry.source, entry.status), **values),
        actor=COMMAND_LINE,
        now=now(),
    )


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Build cisterns;", "build  cisterns.", True),
        ("Build cisterns", "Build cisterns and wells", False),
        ("", "Build cisterns", False),
    ],
)
@pytest.mark.sqlite_only("asks no database")
def test_a_recommendation_is_told_by_its_words(one: str, other: str, alike: bool) -> None:
    assert same(one, other) is alike


def test_a_report_is_entered_item_by_item_with_its_place_and_its_points(house: House) -> None:
    assert take_over(house) == 3
    number = entries(house)[0].source
    assert number is not None
    paragraph = number.removeprefix("A/HRC/63/40, para. ").removesuffix(" (a)")
    assert [(each.text, each.addressee, each.source, each.points) for each in entries(house)] == [
        ("Build cisterns", "National governments", f"A/HRC/63/40, para. {paragraph} (a)", 1),
        ("Share water", "National governments", f"A/HRC/63/40, para. {paragraph} (b)", 1),
        (
            "The Human Rights Council should consider a forum",
            "Human Rights Council",
            f"A/HRC/63/40, para. {int(paragraph) + 1}",
            0,
        ),
    ]
    assert queries.points_behind(house.meeting.id, entries(house)[0].key)[0][1] == "cisterns"


def test_entering_again_adds_what_is_new_and_keeps_what_became_of_the_others(house: House) -> None:
    take_over(house)
    edit(house, entries(house)[0], status="done")
    with transaction():
        row = db.session.get_one(Report, house.meeting.id)
        row.symbol = "A/HRC/63/41"
        row.recommendations = [
            {"addressee": "Cities", "lead": None, "items": ["share water", "plant trees"], "points": []},
        ]
    assert queries.not_in_the_ledger(house.meeting.id) == 1
    assert take_over(house) == 1
    assert take_over(house) == 0
    told = [(each.text, each.status, (each.source or "")[:11]) for each in entries(house)]
    assert told == [
        ("Build cisterns", "done", "A/HRC/63/40"),
        ("Share water", "open", "A/HRC/63/41"),
        ("The Human Rights Council should consider a forum", "open", "A/HRC/63/40"),
        ("Plant trees", "open", "A/HRC/63/41"),
    ]


def test_two_who_enter_the_same_report_at_once_enter_it_once(app: Flask, house: House) -> None:
    number = house.meeting.id
    enter = partial(commands.take_over, meeting_id=number, actor=COMMAND_LINE, now=now())
    assert sorted(at_once(app, [enter] * 3)) == [0, 0, 3]
    assert db.session.scalar(sa.select(sa.func.count(LedgerEntry.id))) == 3


def test_the_ledger_shows_the_published_meetings_of_the_series_and_no_others(house: House) -> None:
    with transaction():
        house.meeting.series = "Dialogues"
        earlier = factories.meeting(slug="earlier", title="Earlier", series="Dialogues", published_at=now())
        draft = factories.meeting(slug="draft", title="Draft", series="Dialogues", published_at=None)
        other = factories.meeting(slug="other", title="Other", series="Others", published_at=now())
        for number, meeting in enumerate((earlier, draft, other)):
            db.session.add(LedgerEntry(meeting_id=meeting.id, key=f"r{number}", text=f"Of {meeting.slug}"))
    take_over(house)
    shown = {each.slug: [entry.own for entry in each.entries] for each in queries.ledger(house.meeting.id)}
    assert shown == {"here": [True, True, True], "earlier": [False]}
    assert queries.entry(house.meeting.id, "r0") is None


def test_a_meeting_of_no_series_shows_its_own_alone(house: House) -> None:
    with transaction():
        house.meeting.series = None
        alone = factories.meeting(slug="alone", series=None, published_at=now())
        db.session.add(LedgerEntry(meeting_id=alone.id, key="r", text="Of another"))
    take_over(house)
    assert [each.slug for each in queries.ledger(house.meeting.id)] == ["here"]


def test_a_later_save_of_an_old_page_overwrites_nothing(house: House) -> None:
    take_over(house)
    first = entries(house)[0]
    edit(house, first, status="done")
    with pytest.raises(Stale):
        edit(house, first, status="not_pursued")
    assert entries(house, "done")[0].key == first.key
    count = db.session.scalar(sa.select(sa.func.count(Event.id)).where(Event.kind == "ledger.edited"))
    edit(house, entries(house)[0])
    assert db.session.scalar(sa.select(sa.func.count(Event.id)).where(Event.kind == "ledger.edited")) == count == 1


def test_what_was_done_is_noted_once_in_the_order_of_its_days_and_can_be_taken_out(house: House) -> None:
    take_over(house)
    key = entries(house)[0].key
    earlier = FollowUp(dt.date(2026, 1, 1), "Plans were made.", None)
    for each in (DONE, earlier, DONE):
        commands.add_follow_up(meeting_id=house.meeting.id, key=key, follow_up=each, actor=COMMAND_LINE, now=now())
    assert entries(house)[0].follow_up == (earlier, DONE)
    for _twice in range(2):
        commands.remove_follow_up(
            meeting_id=house.meeting.id, key=key, follow_up=earlier, actor=COMMAND_LINE, now=now()
        )
    assert entries(house)[0].follow_up == (DONE,)


def test_what_is_there_already_or_has_no_words_is_refused(house: House) -> None:
    take_over(house)
    for text in ("BUILD cisterns.", " "):
        with pytest.raises(Refused):
            commands.add_entry(meeting_id=house.meeting.id, values=EntryValues(text), actor=COMMAND_LINE, now=now())


def test_a_rapporteur_enters_the_report_and_follows_it_up_on_screen(house: House, client: Client) -> None:
    house.enter(client)
    address = f"{house.url}/report/ledger"
    assert "No recommendation is in the ledger yet" in text_of(client.page(address).root)
    assert "3 recommendations of this report are not in the ledger" in text_of(client.page(address).root)
    entered = client.submit(address, {}, button="Enter them")
    assert "3 recommendations were entered" in text_of(Page(entered.data).root)
    page = f"{address}/{entries(house)[0].key}"
    client.submit(page, {}, button="Save")
    assert entries(house)[0].version == 1
    client.submit(page, {"status": "under_way"}, button="Save")
    assert "Build cisterns" in text_of(client.page(f"{address}?status=under_way").root)
    assert "Build cisterns" not in text_of(client.page(f"{address}?status=done").root)
    bad = client.submit(page, {"what": "خزانات", "url": "nowhere"}, button="Note it")
    assert bad.status_code == 422
    assert "خزانات" in bad.get_data(as_text=True)
    client.submit(page, {"what": "خزانات", "date": "2026-06-01", "url": "https://example.org/x"}, button="Note it")
    assert "خزانات" in text_of(client.page(address).root)
    client.submit(page, {}, button="Take out خزانات")
    assert "خزانات" not in text_of(client.page(address).root)


def test_a_recommendation_of_an_earlier_report_is_entered_by_hand(house: House, client: Client) -> None:
    house.enter(client)
    client.submit(f"{house.url}/report/new-ledger-entry", {"text": "Create a status", "status": "done"})
    (entry,) = entries(house)
    assert (entry.text, entry.status, entry.addressee) == ("Create a status", "done", None)
