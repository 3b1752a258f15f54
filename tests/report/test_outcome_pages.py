"""The outcome note on its page: edited, kept, taken anew, downloaded."""

import html
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.message import Event
from meetings.models.report import Point, Report
from meetings.programme.queries import meeting_head
from meetings.refusals import Stale
from meetings.report.commands.outcome import keep_outcome, save_outcome, take_compiled
from meetings.report.queries.outcome import mark, outcome
from tests import factories
from tests.client import Client
from tests.page_lint import text_of
from tests.report.house import House, build

PAGE = "/meetings/here/report/outcome"


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    house.enter(client)
    return house


def compiled() -> str:
    head = meeting_head("here")
    assert head is not None
    return outcome(head).compiled


def stored() -> tuple[str | None, str | None]:
    row = db.session.execute(sa.select(Report.outcome, Report.outcome_base)).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def events() -> list[str]:
    return list(db.session.scalars(sa.select(Event.kind).where(Event.kind.startswith("outcome.")).order_by(Event.id)))


def add_point(house: House, text: str) -> None:
    with transaction():
        db.session.add(
            Point(
                meeting_id=house.meeting.id,
                session_id=house.panel.id,
                person_id=house.panellist.id,
                verb="stressed",
                text=text,
            )
        )


def test_the_note_is_compiled_until_somebody_edits_it(house: House, client: Client) -> None:
    add_point(house, "the need for homes")
    page = client.page(PAGE)
    assert "As compiled" in text_of(page.root)
    assert "Ms. Ada Muster (City of Vienna) stressed the need for homes." in text_of(page.root)
    assert stored() == (None, None)
    first = compiled()
    client.submit(PAGE, {"text": "# My note\n\nWords."}, button="Save")
    assert stored() == ("# My note\n\nWords.\n", first)
    page = client.page(PAGE)
    assert "Your words stay" in text_of(page.root)
    assert "other things are compiled" not in text_of(page.root)
    assert events() == ["outcome.edited"]


def test_saved_unchanged_changes_nothing(house: House, client: Client) -> None:
    add_point(house, "the need\nfor homes")
    assert "Nothing was changed." in client.submit(PAGE, button="Save").text
    assert (stored(), events()) == ((None, None), [])
    client.submit(PAGE, {"text": "Mine\r\n\r\n- one"}, button="Save")
    before = stored()
    assert "Nothing was changed." in client.submit(PAGE, button="Save").text
    assert (stored(), events()) == (before, ["outcome.edited"])


def test_compiling_again_never_touches_an_edited_note_and_says_what_changed(house: House, client: Client) -> None:
    client.submit(PAGE, {"text": "Mine"}, button="Save")
    base = stored()[1]
    add_point(house, "the need for homes")
    page = client.page(PAGE)
    assert "Since it was edited, other things are compiled" in text_of(page.root)
    assert any("the need for homes" in text_of(each) for each in page.elements("ins"))
    assert stored() == ("Mine\n", base)
    client.submit(PAGE, {"text": "Mine again"}, button="Save")
    assert stored() == ("Mine again\n", base)  # what changed has still not been looked at
    client.submit(PAGE, button="Keep my words")
    assert stored() == ("Mine again\n", compiled())
    assert "other things are compiled" not in client.get(PAGE).text
    assert events() == ["outcome.edited", "outcome.edited", "outcome.looked_at"]


def test_the_new_draft_can_be_taken_and_the_words_stay_in_the_log(house: House, client: Client) -> None:
    client.submit(PAGE, {"text": "Mine"}, button="Save")
    add_point(house, "the need for homes")
    client.submit(PAGE, button="Take the new draft")
    assert stored() == (None, None)
    last = db.session.scalars(sa.select(Event).where(Event.kind == "outcome.compiled")).one()
    assert last.before == {"text": "Mine\n"}
    client.submit(PAGE, {"text": "Mine"}, button="Save")
    client.submit(PAGE, button="Back to the compiled note")
    assert stored() == (None, None)


def test_what_is_compiled_while_the_first_edit_is_typed_is_shown_before_that_is_kept(
    house: House, client: Client
) -> None:
    form = client.form(PAGE, button="Save")
    add_point(house, "the need for homes")
    answer = client.post(PAGE, data=dict(form.fields) | {"text": "Mine"})
    assert answer.status_code == 409
    assert "Other things are compiled by now" in answer.text
    assert "the need for homes" in answer.text
    assert ">Mine</textarea>" in answer.text.replace("\r\n", "")
    assert stored() == (None, None)
    base = re.search(r'name="base"[^>]* value="([^"]+)"', answer.text)
    assert base is not None
    client.post(PAGE, data=dict(form.fields) | {"text": "Mine", "base": base[1]})
    assert stored() == ("Mine\n", compiled())


def test_two_people_at_once_overwrite_nothing_unknowingly(house: House, client: Client) -> None:
    form = client.form(PAGE, button="Save")
    client.submit(PAGE, {"text": "Theirs"}, button="Save")
    answer = client.post(PAGE, data=dict(form.fields) | {"text": "Mine"})
    assert answer.status_code == 409
    assert "Somebody else has changed this" in answer.text
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    assert stored()[0] == "Theirs\n"
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', answer.text)
    assert seen is not None
    client.post(PAGE, data=dict(form.fields) | {"text": "Mine", "seen": seen[1]})
    assert stored()[0] == "Mine\n"


@pytest.mark.parametrize("button", ["Keep my words", "Take the new draft"])
def test_buttons_of_a_page_that_is_old_do_nothing(house: House, client: Client, button: str) -> None:
    client.submit(PAGE, {"text": "Mine"}, button="Save")
    add_point(house, "the need for homes")
    form = client.form(PAGE, button=button)
    client.submit(PAGE, {"text": "Theirs"}, button="Save")
    before = stored()
    answer = client.post(f"{PAGE}/compiled", data=dict(form.fields) | {"do": "keep" if "Keep" in button else "take"})
    assert (answer.status_code, stored()) == (409, before)


def test_the_preview_saves_nothing_and_runs_nothing(house: House, client: Client) -> None:
    hostile = "# Mine\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://e.org/p.png)"
    form = client.form(PAGE, button="Save")
    answer = client.post(PAGE, data=dict(form.fields) | {"text": hostile, "preview": "yes"})
    assert answer.status_code == 200
    assert "<h3>Mine</h3>" in answer.text
    assert "<script>alert" not in answer.text
    assert html.escape(hostile, quote=False).replace("\n", "\r\n")[:20] in answer.text.replace("\n", "\r\n")
    assert stored() == (None, None)


@pytest.mark.parametrize("text", ["", "   ", "x" * 40_001])
def test_no_note_and_too_long_a_note_are_refused_with_what_was_typed(house: House, client: Client, text: str) -> None:
    form = client.form(PAGE, button="Save")
    answer = client.post(PAGE, data=dict(form.fields) | {"text": text})
    assert answer.status_code == 422
    assert text.strip() in answer.text
    assert stored() == (None, None)


def test_the_downloads_are_the_note_as_it_stands(house: House, client: Client) -> None:
    for address in (f"{PAGE}.md", f"{PAGE}.html"):
        assert "Meeting on human rights cities" in client.get(address).text
    client.submit(PAGE, {"text": "# رسالة <b>\n\n**Words**"}, button="Save")
    answer = client.get(f"{PAGE}.md")
    assert answer.headers["Content-Disposition"] == "attachment; filename=here-outcome.md"
    assert answer.data.decode() == "# رسالة <b>\n\n**Words**\n"
    answer = client.get(f"{PAGE}.html")
    assert answer.headers["Content-Disposition"] == "attachment; filename=here-outcome.html"
    assert "<title>رسالة &lt;b&gt;</title>" in answer.text
    assert "<strong>Words</strong>" in answer.text


def test_figures_count_everybody_confirmed_and_name_nobody(house: House, client: Client) -> None:
    with transaction():
        hidden = factories.organisation(house.meeting, name="Hidden House", category="academia", country="CL")
        for family, body, status in (
            ("Eins", house.city, "confirmed"), ("Zwei", hidden, "confirmed"), ("Drei", None, "confirmed"),
            ("Vier", hidden, "pending"),
        ):  # fmt: skip
            person = factories.person(
                house.meeting, family=family, protected=family == "Zwei", organisation_id=body and body.id
            )
            registration = factories.registration(house.meeting, person, status=status)
            if status == "confirmed":
                factories.floor_request(house.panel, registration, status="spoken")
    text = compiled()
    assert "- 3 confirmed participants: " in text
    assert "1 from academic institutions" in text
    assert "- Organizations from two countries" in text
    assert "- Three interventions from the floor\n" in text
    for name in ("Eins", "Zwei", "Drei", "Vier", "Hidden House"):
        assert name not in text


def test_commands_lock_log_and_leave_the_details_alone(house: House) -> None:
    act: dict[str, Any] = {"meeting_id": house.meeting.id, "actor": COMMAND_LINE, "now": now()}
    assert save_outcome(**act, seen="", base=mark("b\n"), text="a\n", compiled="b\n")
    row = db.session.get_one(Report, house.meeting.id)
    assert (row.version, row.edited_at is not None) == (0, True)
    keep_outcome(**act, seen=mark("a\n"), base=mark("b\n"), compiled="b\n")
    assert events() == ["outcome.edited"]  # there was nothing new to look at
    for again in (
        lambda: save_outcome(**act, seen="", base=mark("b\n"), text="c\n", compiled="b\n"),
        lambda: take_compiled(**act, seen=""),
        lambda: keep_outcome(**act, seen="", base=mark("c\n"), compiled="c\n"),
        lambda: keep_outcome(**act, seen=mark("a\n"), base=mark("b\n"), compiled="c\n"),
    ):
        with pytest.raises(Stale):
            again()
    assert stored() == ("a\n", "b\n")
    take_compiled(**act, seen=mark("a\n"))
    take_compiled(**act, seen="")
    assert events() == ["outcome.edited", "outcome.compiled"]
