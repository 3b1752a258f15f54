"""The link to join is shown to confirmed participants and speakers, and to those who run the meeting."""

import io
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database
from meetings.access import Audience
from meetings.database import db, transaction
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import Registration
from meetings.models.programme import ProgrammeVersion, Speaker
from meetings.programme.queries import meeting_head
from meetings.programme.queries.published import content_of
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.signing_in import sign_in
from tests.test_access import TABLE, address, fill_house, rules

LINK = "https://teams.example.org/l/meetup-join/for-those-who-may"
UNCONFIRMED = ("unverified", "pending", "declined", "withdrawn")
# By their own link, confirmed participants see it on their page and in their calendar, speakers on theirs.
SHOWN = {"people.personal", "invitations.personal_ics", "speakers.own"}


@pytest.fixture
def house(app: Flask, clock: Clock) -> dict[str, Any]:
    """A published meeting of today with something of everything; its sitting, which a session lies in, has a link."""
    made = fill_house()
    with transaction() as session:
        sitting = session.scalars(sa.select(Sitting)).one()
        sitting.join_url, sitting.teams_id, sitting.teams_state = LINK, "t1", "made"
        meeting = session.get_one(Meeting, sitting.meeting_id)
        talk = session.scalars(sa.select(Session)).one()
        factories.role(talk, session.scalars(sa.select(Speaker)).one().person)
        session.flush()
        head = meeting_head(meeting.slug)
        assert head is not None
        session.add(
            ProgrammeVersion(
                meeting_id=meeting.id, number=1, published_at=database.now(), content=content_of(head), people_told=0
            )
        )
    return made


def confirm(registration: str, speaker: str) -> None:
    """Let the participant and the speaker stand so."""
    with transaction():
        row = db.session.scalars(sa.select(Registration)).one()
        row.status, row.attendance = registration, "online"
        db.session.scalars(sa.select(Speaker)).one().status = speaker


def words_of(body: bytes) -> bytes:
    """What an answer says: Word files and spreadsheets unpacked, the lines of calendars unfolded."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            return b"\n".join(file.read(name) for name in file.namelist())
    return body.replace(b"\r\n ", b"")


def shown_by(app: Flask, client: Client, house: dict[str, Any], audiences: set[Audience]) -> set[str]:
    """The addresses for these audiences that show the link to who opens them."""
    found = set()
    for rule in rules(app):
        if TABLE[rule.endpoint] in audiences and "GET" in (rule.methods or ()) and "stream" not in rule.endpoint:
            answer = client.get(address(app, rule, house), follow_redirects=False)
            if LINK.encode() in words_of(answer.data):
                found.add(rule.endpoint)
    return found


def test_confirmed_participants_and_speakers_see_it_in_these_places_alone(
    app: Flask, client: Client, house: dict[str, Any]
) -> None:
    confirm("confirmed", "confirmed")
    shown = shown_by(app, client, house, {Audience.ANYONE, Audience.LINK})
    assert shown >= SHOWN
    others = shown - SHOWN
    assert {TABLE[each] for each in others} <= {Audience.LINK}
    assert {each.partition(".")[0] for each in others} <= {"invitations"}  # a person's other calendars and answers


@pytest.mark.sqlite_only("who may see it does not depend on the database")
@pytest.mark.parametrize("status", UNCONFIRMED)
def test_who_is_not_confirmed_sees_it_nowhere(app: Flask, client: Client, house: dict[str, Any], status: str) -> None:
    confirm(status, "declined" if status in ("declined", "withdrawn") else "invited")
    assert shown_by(app, client, house, {Audience.ANYONE, Audience.LINK}) == set()


@pytest.mark.sqlite_only("who may see it does not depend on the database")
@pytest.mark.parametrize("role", ["chair", "rapporteur", "nobody", "elsewhere"])
def test_others_who_sign_in_do_not_see_it(app: Flask, client: Client, house: dict[str, Any], role: str) -> None:
    sign_in(client, house["accounts"][role])
    assert shown_by(app, client, house, set(Audience) - {Audience.LINK}) == set()


@pytest.mark.sqlite_only("who may see it does not depend on the database")
def test_those_who_run_the_meeting_see_it(app: Flask, client: Client, house: dict[str, Any]) -> None:
    sign_in(client, house["accounts"]["organiser"])
    seen = shown_by(app, client, house, {Audience.ORGANISER})
    assert {"programme.edit_programme", "teams.online_meetings", "teams.join_link"} <= seen


def test_a_meeting_made_a_draft_again_shows_it_to_nobody(app: Flask, client: Client, house: dict[str, Any]) -> None:
    confirm("confirmed", "confirmed")
    with transaction() as session:
        session.scalars(sa.select(Meeting).where(Meeting.slug == "here")).one().published_at = None
    assert shown_by(app, client, house, {Audience.ANYONE, Audience.LINK}) == set()
