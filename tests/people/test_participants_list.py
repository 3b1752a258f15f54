"""The list of participants: who is in it, and when it is final."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting
from meetings.models.message import Event
from meetings.people.commands import settle_list
from tests import factories
from tests.client import Client
from tests.exports.reading import texts
from tests.page_lint import text_of
from tests.signing_in import sign_in

PAGE = "/meetings/dialogue/organise/registrations"
WORD, TABLE = "/meetings/dialogue/organise/participants.docx", "/meetings/dialogue/organise/participants.xlsx"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting long past, to which nobody has registered yet."""
    with transaction():
        return factories.meeting(
            slug="dialogue",
            title="Dialogue",
            start_date=dt.date(2020, 1, 2),
            end_date=dt.date(2020, 1, 2),
            contact="secretariat@example.org",
        )


@pytest.fixture
def organiser(meeting: Meeting, client: Client) -> Client:
    with transaction():
        account = factories.account("", "organiser", of=meeting)
    sign_in(client, account)
    return client


def registered(meeting: Meeting, family: str, *, of: Any = None, **values: Any) -> None:
    person_values = {name: values.pop(name) for name in ("protected", "function", "given") if name in values}
    with transaction():
        person = factories.person(
            meeting, family=family, email=f"{family}@example.org", organisation_id=of and of.id, **person_values
        )
        factories.registration(meeting, person, **{"status": "confirmed", "consent_listed": True} | values)


def settled(meeting: Meeting, *, final: bool) -> None:
    settle_list(meeting_id=meeting.id, final=final, actor=COMMAND_LINE, now=now())


def events(meeting: Meeting) -> list[str]:
    query = sa.select(Event.kind).where(Event.meeting_id == meeting.id, Event.kind.startswith("participants."))
    return list(db.session.scalars(query.order_by(Event.id)))


def rows(client: Client) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(TABLE).data))["Participants"]
    return list(sheet.iter_rows(values_only=True))


def test_the_list_is_provisional_until_an_organiser_makes_it_final(meeting: Meeting, organiser: Client) -> None:
    """Not by the calendar: this meeting was over long ago."""
    registered(meeting, "Muster")
    assert "Provisional list of participants" in texts(organiser.get(WORD).data)
    assert "Corrections may be sent to secretariat@example.org." in texts(organiser.get(WORD).data)
    assert rows(organiser)[0][0] == "Provisional list of participants: Dialogue"
    page = organiser.submit(PAGE, button="Make the list final")
    assert "The list of participants is final now." in page.text
    assert "List of participants" in texts(organiser.get(WORD).data)
    assert rows(organiser)[0][0] == "List of participants: Dialogue"
    page = organiser.submit(PAGE, button="Make it provisional again")
    assert "The list is provisional again." in page.text
    assert "Provisional list of participants" in texts(organiser.get(WORD).data)
    assert events(meeting) == ["participants.final", "participants.provisional"]


def test_the_page_says_how_the_list_stands(meeting: Meeting, organiser: Client) -> None:
    registered(meeting, "Muster")
    assert "Provisional It says so" in text_of(organiser.page(PAGE).root)
    settled(meeting, final=True)
    assert "Final since" in text_of(organiser.page(PAGE).root)


def test_a_repeat_changes_nothing(meeting: Meeting) -> None:
    settled(meeting, final=False)
    assert events(meeting) == []
    settled(meeting, final=True)
    first = meeting.participants_final_at
    settled(meeting, final=True)
    assert (meeting.participants_final_at, events(meeting)) == (first, ["participants.final"])


def test_whether_the_list_is_final_spoils_nobody_s_edit_of_the_meeting(meeting: Meeting) -> None:
    before = meeting.version
    settled(meeting, final=True)
    assert meeting.version == before


def test_the_table_has_the_people_of_the_document_in_its_order_and_no_address(
    meeting: Meeting, organiser: Client
) -> None:
    with transaction():
        states = [
            factories.organisation(meeting, name=f"Mission of {name}", category="states", country=code)
            for name, code in (("Uruguay", "UY"), ("Chile", "CL"))
        ]
        city = factories.organisation(
            meeting, name="City of Fez", category="local_and_regional_governments", country="MA", show_country=True
        )
    registered(meeting, "Alpha", of=states[0])
    registered(meeting, "Zulu", of=states[1], function="Counsellor")
    registered(meeting, "=1+1", of=city, given="@mar")
    registered(meeting, "Alone")
    registered(meeting, "Hidden", of=city, protected=True)
    registered(meeting, "Unwilling", of=city, consent_listed=False)
    registered(meeting, "Pending", of=city, status="pending")
    registered(meeting, "Gone", of=city, status="withdrawn")
    _, header, *people = rows(organiser)
    assert header[:5] == ("Category", "State", "Form of address", "Given name", "Family name")
    assert [(row[0], row[1], row[4]) for row in people] == [
        ("States", "Chile", "Zulu"),
        ("States", "Uruguay", "Alpha"),
        ("Local and regional governments", None, "=1+1"),
        ("Other stakeholders", None, "Alone"),
    ]
    assert people[2][3] == "@mar"
    assert people[2][7:9] == ("City of Fez", "Morocco")
    document = texts(organiser.get(WORD).data)
    found = [next(place for place, text in enumerate(document) if row[4].upper() in text) for row in people]
    assert found == sorted(found)
    for text in ("Hidden", "Unwilling", "Pending", "Gone"):
        assert text.upper() not in "".join(document)
    assert "example.org" not in str(people)


@pytest.mark.parametrize("address", [WORD, TABLE])
def test_a_list_without_people_and_a_meeting_without_a_date(meeting: Meeting, organiser: Client, address: str) -> None:
    answer = organiser.get(address)
    assert answer.headers["Content-Disposition"].endswith(f'"dialogue-{address.rpartition("/")[2]}"')
    with transaction():
        row = db.session.get_one(Meeting, meeting.id)
        row.start_date = row.end_date = None
    answer = organiser.get(address)
    assert (answer.status_code, "The meeting has no date yet." in answer.text) == (409, True)


def test_the_buttons_of_another_s_list_are_not_there(meeting: Meeting, organiser: Client) -> None:
    registered(meeting, "Muster")
    token = organiser.form(PAGE, button="Make the list final").fields["csrf_token"]
    with transaction():
        factories.meeting(slug="other")
    answer = organiser.post("/meetings/other/organise/participants/settle", data={"csrf_token": token, "final": "yes"})
    assert answer.status_code in (403, 404)
