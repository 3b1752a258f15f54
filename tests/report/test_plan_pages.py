"""The plan of the draft: sections, headings, themes, quantifiers, length and printing."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.message import Event
from meetings.models.report import Point, Report
from meetings.refusals import Refused, Stale
from meetings.report import commands
from meetings.report.rules.options import Options, Theme, from_stored
from tests import factories
from tests.client import Client, form_on
from tests.page_lint import Page, text_of
from tests.report.house import House, build


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    with transaction():
        factories.session(house.meeting, key="floor", kind="interactive_dialogue", title="Dialogue")
        for place, theme in enumerate(["housing", "water", "staff"]):
            db.session.add(Point(meeting_id=house.meeting.id, position=place, text="words", themes=[theme]))
    house.enter(client)
    return house


def address(house: House) -> str:
    return f"{house.url}/report/plan"


def stored(house: House) -> Options:
    row = db.session.get(Report, house.meeting.id, populate_existing=True)
    return from_stored(row.plan if row else {})


def decide(house: House, options: Options) -> None:
    commands.edit_plan(meeting_id=house.meeting.id, shown=stored(house), options=options, actor=COMMAND_LINE, now=now())


def outline(page: Page) -> list[str]:
    lists = [e for e in page.elements("ul") if e.get("class") == "outline"]
    return [text_of(item) for each in lists for item in each.iter("li")]


DECIDED = Options(
    floors={"panel": "section", "gone": "folded"},
    headings={"thematic": "Sessions", "opening": "Start"},
    themes=(Theme("Homes", ("housing", "staff")), Theme("Gone", ("gone",))),
    several=3,
    number=8,
    many_percent=60,
    bold=False,
    annex=True,
    word_limit=9_999,
)


@pytest.mark.parametrize("options", [Options(), DECIDED, Options(themes=(Theme("Only a heading", ()),))])
def test_the_plan_saved_unchanged_changes_nothing(house: House, client: Client, options: Options) -> None:
    if options != Options():
        decide(house, options)
    events = sa.select(sa.func.count(Event.id))
    before = db.session.scalar(events)
    form = client.form(address(house), button="Show the outline")
    form.fields.pop("preview")
    assert client.send(form, form.fields, follow=False).status_code == 303
    assert (stored(house), db.session.scalar(events)) == (options, before)


def test_what_is_decided_is_stored_and_stands_in_the_draft(house: House, client: Client) -> None:
    answer = client.submit(
        address(house),
        {
            "dialogue": "Exchange of views",
            "floors-1-place": "section",
            "themes-2-heading": "housing",
            "several": "3",
            "number": "9",
            "many_percent": "70",
            "bold": False,
            "annex": True,
            "word_limit": "10700",
        },
        action=f"{house.url}/report/plan",
    )
    page = Page(answer.data)
    assert "The plan is saved." in text_of(page.root)
    assert "10,700" in text_of(page.root)
    assert stored(house) == Options(
        floors={"floor": "section"},
        headings={"dialogue": "Exchange of views"},
        themes=(Theme("Housing", ("housing", "staff")),),
        several=3,
        number=9,
        many_percent=70,
        bold=False,
        annex=True,
        word_limit=10_700,
    )
    headings = [text_of(e) for e in page.elements("h2", "h3", "h4")]
    assert "B. Exchange of views" in headings
    assert [heading for heading in headings if heading in ("Housing", "Water", "Staff")] == ["Housing", "Water"]
    event = db.session.scalars(sa.select(Event).where(Event.kind == "report.planned")).one()
    assert (event.before, from_stored(event.after or {})) == ({}, stored(house))


def test_themes_are_moved_by_buttons_and_nothing_typed_is_lost(house: House, client: Client) -> None:
    form = client.form(address(house), button="Up : staff")
    answer = client.send(form, form.filled({"themes-1-heading": "Clean water", "opening": "Start"}))
    assert answer.status_code == 200
    assert db.session.get(Report, house.meeting.id) is None
    page = Page(answer.data)
    form = form_on(page, address(house), button="Up : staff")
    assert [form.fields[f"themes-{place}-theme"] for place in range(3)] == ["housing", "staff", "water"]
    assert [form.fields[f"themes-{place}-heading"] for place in range(3)] == ["Housing", "Staff", "Clean water"]
    assert form.fields["opening"] == "Start"
    assert [line.partition(" (")[0] for line in outline(page) if "(1" in line][-3:-1] != []
    assert "not saved yet" in text_of(page.root)
    form.fields.pop("move")
    client.send(form, form.fields)
    assert stored(house).themes == (
        Theme("Housing", ("housing",)),
        Theme("Staff", ("staff",)),
        Theme("Clean water", ("water",)),
    )


@pytest.mark.parametrize("move", ["sideways 1", "up x", "up", ""])
def test_a_move_to_nowhere_is_refused(house: House, client: Client, move: str) -> None:
    form = client.form(address(house), button="Up : staff")
    form.fields["move"] = move
    assert client.send(form, form.fields).status_code == 400


@pytest.mark.parametrize("move", ["up 0", "down 2", "up 99"])
def test_a_move_past_the_end_moves_nothing(house: House, client: Client, move: str) -> None:
    form = client.form(address(house), button="Up : staff")
    form.fields["move"] = move
    again = form_on(Page(client.send(form, form.fields).data), address(house), button="Up : staff")
    assert [again.fields[f"themes-{place}-theme"] for place in range(3)] == ["housing", "water", "staff"]


def test_the_outline_follows_what_is_tried_without_saving(house: House, client: Client) -> None:
    with transaction():
        db.session.add(Point(meeting_id=house.meeting.id, session_id=house.panel.id, collective=True, text="x"))
    before = outline(client.page(address(house)))
    assert "I. Introduction (1 paragraph)" in before
    form = client.form(address(house), button="Show the outline")
    page = Page(client.send(form, form.filled({"thematic": "My sessions", "floors-0-place": "section"})).data)
    after = outline(page)
    assert after != before
    assert any(line.startswith("A. My sessions") for line in after)
    assert db.session.get(Report, house.meeting.id) is None


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("several", "1", "Choose 2 to 99."),
        ("several", "", "Write a number."),
        ("number", "2", "has to begin above"),
        ("many_percent", "101", "Choose 1 to 100."),
        ("many_percent", "half", "This is not a whole number."),
    ],
)
def test_wrong_numbers_are_told_and_kept(house: House, client: Client, field: str, typed: str, message: str) -> None:
    answer = client.submit(address(house), {field: typed, "opening": "Kept"}, action=address(house))
    assert answer.status_code == 422
    page = Page(answer.data)
    assert message in text_of(page.root)
    values = {e.get("name"): e.get("value") for e in page.elements("input")}
    assert (values["opening"], values[field]) == ("Kept", typed)


def test_what_another_decided_meanwhile_is_shown_and_not_overwritten(house: House, client: Client) -> None:
    form = client.form(address(house), action=address(house))
    decide(house, Options(several=4, bold=False))
    form.fields.pop("move", None)
    answer = client.send(form, form.filled({"opening": "Mine"}))
    assert answer.status_code == 409
    page = Page(answer.data)
    assert "4" in [text_of(e) for e in page.elements("dd")]
    assert stored(house) == Options(several=4, bold=False)
    again = form_on(page, address(house), action=address(house))
    again.fields.pop("move", None)
    assert client.send(again, again.fields, follow=False).status_code == 303
    assert stored(house) == Options(headings={"opening": "Mine"})


def test_details_and_plan_do_not_disturb_each_other(house: House, client: Client) -> None:
    form = client.form(f"{house.url}/report/details", button="Save")
    decide(house, Options(several=4))
    assert client.send(form, form.filled({"title": "Mine"}), follow=False).status_code == 303
    assert stored(house).several == 4


def test_nonsense_in_place_of_what_was_shown_is_refused(house: House, client: Client) -> None:
    form = client.form(address(house), action=address(house))
    form.fields.pop("move", None)
    for shown in ("nonsense", '{"floor": 1}', "[1]"):
        assert client.send(form, form.filled({"several": "3", "shown": shown})).status_code == 400


def test_a_meeting_without_sessions_and_themes_has_a_plan(app: Flask, client: Client, house: House) -> None:
    with transaction():
        bare = factories.meeting(slug="bare")
        db.session.add(
            type(house.rapporteur.grants[0])(account_id=house.rapporteur.id, role="rapporteur", meeting_id=bare.id)
        )
    text = text_of(client.page("/meetings/bare/report/plan").root)
    assert "The programme has no session yet." in text
    assert "No point of the written submissions has a theme yet." in text


@pytest.mark.parametrize(
    "options",
    [Options(several=1), Options(number=2), Options(many_percent=0), Options(word_limit=0), Options(several=7)],
)
def test_decisions_without_sense_are_refused(house: House, options: Options) -> None:
    with pytest.raises(Refused):
        decide(house, options)
    assert db.session.get(Report, house.meeting.id) is None


def test_a_stale_plan_is_refused(house: House) -> None:
    decide(house, Options(several=4))
    with pytest.raises(Stale):
        commands.edit_plan(
            meeting_id=house.meeting.id,
            shown=Options(),
            options=replace(Options(), annex=True),
            actor=COMMAND_LINE,
            now=now(),
        )
    assert stored(house) == Options(several=4)
