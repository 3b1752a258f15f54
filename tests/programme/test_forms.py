"""A form saved unchanged changes nothing; bad input loses nothing; what two people write is told apart."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import Base, db, transaction
from meetings.models.meeting import Meeting
from meetings.models.people import Person
from meetings.programme.queries import QuestionGroup, organisers
from meetings.programme.queries.edits import FloorValues, concept_note, session_values
from tests import factories
from tests.client import Client, form_on
from tests.page_lint import Page
from tests.programme.scenes import ARABIC, LONG, full_meeting
from tests.signing_in import sign_in

EDITS = (
    "particulars",
    "concept note",
    "session whole",
    "session part",
    "session beside",
    "session late",
    "session untimed",
    "sitting",
    "person",
    "protected person",
    "person without a name",
    "organisation",
    "plain organisation",
)
# On one side of UTC or the other, by whole hours or not, with summer time in either half of the year.
ZONES = ("Europe/Zurich", "Pacific/Auckland", "America/Bogota", "Asia/Kathmandu")


@pytest.fixture
def organiser(app: Flask, client: Client) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    return client


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    db.session.rollback()
    return {
        table.name: [tuple(row) for row in db.session.execute(sa.select(table).order_by(*table.primary_key.columns))]
        for table in Base.metadata.sorted_tables
    }


@pytest.mark.parametrize("zone", ZONES)
def test_no_form_changes_anything_when_it_is_saved_unchanged(organiser: Client, zone: str) -> None:
    scene = full_meeting(timezone=zone)
    assert set(scene.edits) == set(EDITS)
    before = everything()
    for what, address in scene.edits.items():
        form = organiser.form(address)
        answer = organiser.send(form, form.fields, follow=False)
        assert answer.status_code == 303, what
        assert everything() == before, what


# What is typed, in which form, and what is said of it.
REFUSED = [
    ("particulars", {"title": "  "}, "Give the meeting a title."),
    ("particulars", {"timezone": "Europe/Zürich"}, "Did you mean Europe/Zurich?"),
    ("particulars", {"timezone": "somewhere"}, "There is no such time zone."),
    ("particulars", {"start_date": "", "end_date": "2025-11-26"}, "Give the first day too."),
    ("particulars", {"start_date": "2025-11-28"}, "The last day is before the first."),
    ("particulars", {"start_date": "26.11.2025"}, "This is not a date."),
    ("particulars", {"start_date": "0202-07-22"}, "Check the year."),
    ("particulars", {"end_date": "20251-11-27"}, "This is not a date."),
    ("sitting", {"date": "0202-07-22"}, "Check the year."),
    ("session whole", {"date": "2925-11-26"}, "Check the year."),
    ("particulars", {"start_date": "2025-11-27"}, "The meeting is not held on"),
    ("particulars", {"languages": "English"}, "Write language codes"),
    ("particulars", {"contact": "nobody"}, "This is not a mail address."),
    (
        "concept note",
        {"documents-1-title": "", "documents-1-url": "https://example.org/x"},
        "Give the document a title.",
    ),
    ("concept note", {"documents-0-url": "example.org"}, "This is not a web address."),
    ("concept note", {"mandate_resolution": "x" * 41}, "This has 41 characters; 40 are allowed."),
    ("session whole", {"title": ""}, "Give the session a title."),
    ("session whole", {"end": "09:00"}, "The end is not after the start."),
    ("session whole", {"start": ""}, "Give the start too."),
    ("session whole", {"start": "quarter past nine"}, "This is not a time."),
    ("session whole", {"date": "2025-11-30"}, "The meeting is not held on"),
    ("session part", {"cap_minutes": "46"}, "A floor lasts from 1 to 45 minutes."),
    ("session part", {"cap_minutes": "many"}, "This is not a whole number."),
    ("session part", {"limit_seconds": ""}, "Give the minutes in all, the speaking limit and the shortest turn."),
    ("session part", {"minimum_seconds": "91"}, "The shortest turn is longer"),
    ("session whole", {"roles-0-person": "Nobody At All"}, "Nobody in the list is called this."),
    ("session whole", {"roles-4-person": "Demonstration Same (same2)"}, "Choose a role."),
    ("session whole", {"new-given": "Somebody"}, "Choose a role."),
    ("session whole", {"new-role": "keynote"}, "Give a name, or a function"),
    ("sitting", {"end": "08:00"}, "The end is not after the start."),
    ("sitting", {"date": ""}, "Choose a day."),
    ("sitting", {"interpretation": "en fr"}, "Write language codes"),
    ("person", {"given": "", "family": "", "function": ""}, "Give a name, or a function"),
    ("person", {"email": "not an address"}, "This is not a mail address."),
    ("person", {"language": "Korean"}, "Write language codes"),
    ("organisation", {"name": ""}, "Give the organization a name."),
    ("organisation", {"acronym": "x" * 41}, "This has 41 characters; 40 are allowed."),
]


@pytest.mark.sqlite_only("the forms are the same on both; saving them is tested on both")
@pytest.mark.parametrize(("what", "values", "message"), REFUSED)
def test_bad_input_is_named_and_nothing_is_lost(
    organiser: Client, what: str, values: dict[str, Any], message: str
) -> None:
    address = full_meeting().edits[what]
    before = everything()
    form = organiser.form(address)
    typed = form.filled(values)
    answer = organiser.send(form, typed)
    assert answer.status_code in (409, 422)
    assert message in Page(answer.data).text
    again = form_on(Page(answer.data), address, action=address).fields
    kept = {
        name: [text.strip() for text in typed.getlist(name)] for name in typed if name not in ("csrf_token", "more")
    }
    assert {name: again.getlist(name) for name in kept} == kept
    assert everything() == before


def test_lists_are_edited_in_their_text_boxes(organiser: Client) -> None:
    address = full_meeting().edits["concept note"]
    form = organiser.form(address)
    assert form.fields["objectives"].split("\r\n")[:3] == ["First objective", "Second", "  "]
    organiser.submit(
        address,
        {
            "objectives": "New first\nSecond\n  goes on",
            "guiding_questions": "# Theme\nOne?\nTwo?",
            "documents-0-place": "9",
            "documents-2-title": "New",
            "documents-2-place": "1",
        },
    )
    note = concept_note(db.session.scalars(sa.select(Meeting.id)).one())
    assert note.objectives == ("New first", "Second\ngoes on")
    assert note.guiding_questions == (QuestionGroup("Theme", ("One?", "Two?")),)
    assert [each.title for each in note.documents] == ["New", "A book | with a bar", "A report"]
    organiser.submit(address, {"documents-1-title": ""})
    note = concept_note(db.session.scalars(sa.select(Meeting.id)).one())
    assert [each.title for each in note.documents] == ["New", "A report"]


def test_organisers_are_chosen_by_name_or_newly_named(organiser: Client) -> None:
    address = full_meeting().edits["particulars"]
    organiser.submit(address, {"organisers-1": "demonstration city (CITY2)", "organisers-2": "A new body"})
    meeting_id = db.session.scalars(sa.select(Meeting.id)).one()
    assert [each.name for each in organisers(meeting_id)] == [
        "Office of the United Nations High Commissioner for Human Rights",
        "Demonstration City",
        "A new body",
    ]
    assert organisers(meeting_id)[1].key == "city2"


def test_roles_are_ordered_by_their_numbers_and_people_added_on_the_way(organiser: Client) -> None:
    scene = full_meeting()
    address = scene.edits["session whole"]
    answer = organiser.submit(
        address,
        {
            "roles-0-place": "9",
            "roles-2-person": "",
            "roles-4-person": "Demonstration Same (same2)",
            "roles-4-role": "keynote",
            "roles-4-place": "0",
            "new-role": "closing",
            "new-honorific": "H.E. Mr.",
            "new-given": "Demonstration",
            "new-family": "Newcomer",
            "new-organisation": "A new body",
        },
        button="Save, then add more people",
    )
    assert answer.request.path == address
    values = session_values(db.session.scalars(sa.select(Meeting.id)).one(), "whole")
    assert values is not None
    newcomer = db.session.scalars(sa.select(Person).where(Person.family == "Newcomer")).one()
    assert [(each.role, each.person) for each in values.roles] == [
        ("keynote", "same2"),
        ("panellist", "hidden"),
        ("panellist", "same1"),
        ("moderator", "kim"),
        ("closing", newcomer.key),
    ]


def test_every_empty_row_for_a_role_can_be_filled(organiser: Client) -> None:
    address = full_meeting().edits["session beside"]
    names = ("Demonstration Same (same1)", "Demonstration Same (same2)", "Kim Demonstration Minji, Demonstration City")
    rows = {f"roles-{row}-person": name for row, name in enumerate(names)}
    answer = organiser.submit(address, rows | {f"roles-{row}-role": "panellist" for row in range(3)})
    assert answer.status_code == 200
    values = session_values(db.session.scalars(sa.select(Meeting.id)).one(), "beside")
    assert values is not None
    assert [each.person for each in values.roles] == ["same1", "same2", "kim"]


def test_a_floor_is_given_to_a_session_and_taken_away(organiser: Client) -> None:
    address = full_meeting().edits["session beside"]
    organiser.submit(address, {"has_floor": True, "cap_minutes": "40", "limit_seconds": "100"})
    meeting_id = db.session.scalars(sa.select(Meeting.id)).one()
    values = session_values(meeting_id, "beside")
    assert values is not None
    assert values.floor == FloorValues(40 * 60_000, 100_000, 30_000)
    organiser.submit(address, {"has_floor": False})
    values = session_values(meeting_id, "beside")
    assert values is not None
    assert values.floor is None


def test_the_later_editor_is_shown_the_others_change_and_keeps_their_own(
    organiser: Client, new_client: Callable[[], Client]
) -> None:
    scene = full_meeting()
    address = scene.edits["concept note"]
    second = new_client()
    with transaction():
        sign_in_account = factories.account("second@example.org", "organiser")
    sign_in(second, sign_in_account)
    slow = organiser.form(address)
    second.submit(address, {"background": "Theirs.", "modalities": "Their format.", "objectives": "Same for both"})
    answer = organiser.send(
        slow,
        slow.filled({"background": "Mine.", "mandate_resolution": "60/1", "objectives": "Same for both"}),
    )
    assert answer.status_code == 409
    page = Page(answer.data)
    assert "Somebody else has changed this while you were writing" in page.text
    assert "Theirs." in page.text
    form = form_on(page, address, action=address)
    shown = {name: form.fields[name] for name in ("background", "modalities", "mandate_resolution", "objectives")}
    assert shown == {
        "background": "Mine.",
        "modalities": "Their format.",
        "mandate_resolution": "60/1",
        "objectives": "Same for both",
    }
    assert organiser.send(form, form.fields, follow=False).status_code == 303
    note = concept_note(db.session.scalars(sa.select(Meeting.id)).one())
    assert (note.background, note.modalities, note.mandate_resolution) == ("Mine.", "Their format.", "60/1")


def test_somebody_new_is_not_lost_when_another_saves_first(organiser: Client, new_client: Callable[[], Client]) -> None:
    address = full_meeting().edits["session whole"]
    slow = organiser.form(address)
    organiser.submit(address, {"roles-1-person": "", "room": "Elsewhere"})
    answer = organiser.send(slow, slow.filled({"new-role": "keynote", "new-given": "Newcomer"}))
    assert answer.status_code == 409
    form = form_on(Page(answer.data), address, action=address)
    assert (form.fields["new-role"], form.fields["new-given"]) == ("keynote", "Newcomer")
    assert form.fields["room"] == "Elsewhere"
    assert "Moderator: " in Page(answer.data).text


@pytest.mark.parametrize("what", EDITS)
def test_what_two_change_in_any_form_is_shown(organiser: Client, what: str) -> None:
    address = full_meeting().edits[what]
    form = organiser.form(address)
    fields = form.fields.copy()
    fields["shown"] = "{}"
    answer = organiser.send(form, fields)
    assert answer.status_code == 409
    again = form_on(Page(answer.data), address, action=address)
    assert organiser.send(again, again.fields, follow=False).status_code == 303


def test_arabic_and_very_long_texts_are_kept_letter_by_letter(organiser: Client) -> None:
    address = full_meeting().edits["session beside"]
    values = {
        "title": LONG.strip() * 5,
        "label": ARABIC,
        "description": f"{ARABIC}\n\n{LONG}".strip(),
        "room": "会议厅",
    }
    organiser.submit(address, values)
    stored = session_values(db.session.scalars(sa.select(Meeting.id)).one(), "beside")
    assert stored is not None
    assert {name: getattr(stored, name) for name in values} == values
