"""A meeting that starts from an earlier one: its programme on the new days, its concept note, nothing of its people."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor, FloorRequest
from meetings.models.meeting import Meeting, Role, Session, Sitting
from meetings.models.message import Event
from meetings.models.people import Organisation, Person, Registration
from meetings.models.report import Point
from meetings.programme import commands, queries
from meetings.programme.queries.edits import concept_note
from meetings.programme.queries.oddities import every_session
from meetings.refusals import Refused
from tests import factories
from tests.client import Client, Value
from tests.page_lint import Page
from tests.programme.scenes import full_meeting
from tests.programme.test_commands import PARTICULARS
from tests.signing_in import sign_in

START = dt.date(2027, 3, 27)  # the night to the next day has an hour less in Geneva
CLOSES = dt.datetime.combine(factories.DAY, dt.time(8))


@pytest.fixture
def earlier(app: Flask) -> Meeting:
    """A meeting that was held, with everything that happened at it."""
    scene = full_meeting()
    meeting = db.session.scalars(sa.select(Meeting).where(Meeting.slug == scene.slug)).one()
    with transaction():
        part = db.session.scalars(sa.select(Session).where(Session.key == "part")).one()
        floor = db.session.get_one(Floor, part.id)
        floor.opened_at = floor.closed_at = now()
        floor.list_open, floor.asking_closes, floor.policy = False, CLOSES, "round_robin"
        factories.floor_request(part, status="spoken")
        db.session.add(Point(meeting_id=meeting.id, session_id=part.id, text="said"))
    return meeting


def start(earlier: Meeting, *, programme: bool = True, note: bool = True, **to: Any) -> Meeting:
    dates = {"start_date": START, "end_date": START + dt.timedelta(1)} | to
    slug = commands.start_from_earlier(
        slug=None,
        to=replace(PARTICULARS, **dates),
        earlier=earlier.slug,
        programme=programme,
        note=note,
        organiser=None,
        actor=COMMAND_LINE,
        now=now(),
    )
    return db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one()


def programme_of(meeting: Meeting) -> list[tuple[Any, ...]]:
    """What is planned, without days and people."""
    programme = queries.programme(meeting.id, private=True)
    titles = {each.id: each.title for each in every_session(programme)}
    sittings = {each.id: (each.start, each.room, each.interpretation) for each in programme.sittings}
    plan = [
        (
            each.start,
            each.end,
            each.kind,
            each.label,
            each.title,
            each.description,
            titles.get(each.part_of_id or 0),
            each.track,
            sittings.get(each.sitting_id or 0),
            each.room,
            each.presentations_minutes,
            each.replies_minutes,
            each.floor and (each.floor.cap_ms, each.floor.limit_ms, each.floor.minimum_ms),
        )
        for each in every_session(programme)
    ]
    return [*plan, *sittings.values()]


def test_the_programme_is_taken_over_on_the_new_days(earlier: Meeting) -> None:
    meeting = start(earlier)
    assert programme_of(meeting) == programme_of(earlier)
    later = START - factories.DAY
    dates = [[each.date for each in every_session(queries.programme(of.id, private=True))] for of in (earlier, meeting)]
    assert dates[1] == [each and each + later for each in dates[0]]
    assert meeting.published_at is None


def test_nothing_of_people_and_of_what_happened_is_taken_over(earlier: Meeting) -> None:
    meeting = start(earlier)
    sessions = sa.select(Session.id).where(Session.meeting_id == meeting.id)
    for model in (Person, Organisation, Registration, Point):
        assert db.session.scalar(sa.select(model.id).where(model.meeting_id == meeting.id)) is None
    for of_session in (Role.session_id, FloorRequest.session_id):
        assert db.session.scalar(sa.select(of_session).where(of_session.in_(sessions))) is None
    floor = db.session.scalars(sa.select(Floor).where(Floor.session_id.in_(sessions))).one()
    assert (floor.opened_at, floor.closed_at, floor.list_open) == (None, None, True)
    assert (floor.policy, floor.asking_closes) == ("round_robin", CLOSES + (START - factories.DAY))
    links = db.session.scalars(sa.select(Sitting.join_url).where(Sitting.meeting_id == meeting.id))
    assert set(links) == {None}


@pytest.mark.parametrize(("programme", "note"), [(True, False), (False, True)])
def test_what_is_not_ticked_is_not_taken_over(earlier: Meeting, programme: bool, note: bool) -> None:
    meeting = start(earlier, programme=programme, note=note)
    assert bool(programme_of(meeting)) is programme
    assert (concept_note(meeting.id) == concept_note(earlier.id)) is note
    event = db.session.scalars(sa.select(Event).where(Event.kind == "meeting.started_from")).one()
    assert event.after == {"earlier": earlier.slug, "programme": programme, "concept_note": note}


def test_changing_the_copy_leaves_the_earlier_meeting_alone(earlier: Meeting) -> None:
    before = programme_of(earlier), concept_note(earlier.id)
    meeting = start(earlier)
    keys = list(db.session.scalars(sa.select(Session.key).where(Session.meeting_id == meeting.id)))
    for key in keys:
        commands.remove_session(meeting_id=meeting.id, key=key, actor=COMMAND_LINE, now=now())
    with transaction():
        meeting.objectives.append("Another")
        sa.orm.attributes.flag_modified(meeting, "objectives")
    assert (programme_of(earlier), concept_note(earlier.id)) == before


def test_a_meeting_with_fewer_days_is_refused_and_none_is_left_behind(earlier: Meeting) -> None:
    with transaction():
        late = db.session.scalars(sa.select(Session).where(Session.key == "late")).one()
        late.date = factories.DAY + dt.timedelta(1)
    with pytest.raises(Refused, match="reaches to Sunday 28 March 2027 here"):
        start(earlier, end_date=None)
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 1
    with pytest.raises(Refused, match="Give the first day"):
        start(earlier, start_date=None, end_date=None)
    assert start(earlier, start_date=None, end_date=None, programme=False).objectives == earlier.objectives


def test_an_earlier_meeting_without_a_day_is_taken_by_its_first_date(app: Flask) -> None:
    with transaction():
        earlier = factories.meeting()
        factories.session(earlier)
        earlier.start_date = earlier.end_date = None
    meeting = start(earlier)
    (session,) = every_session(queries.programme(meeting.id))
    assert session.date == START


# The page


@pytest.fixture
def organiser(earlier: Meeting, client: Client) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser", of=earlier)
    sign_in(client, account)
    return client


def test_an_organiser_starts_from_an_earlier_meeting(organiser: Client, earlier: Meeting) -> None:
    values: dict[str, Value] = {
        "title": "Next",
        "start_date": "2027-03-27",
        "end_date": "2027-03-28",
        "earlier": earlier.slug,
    }
    answer = organiser.submit("/meetings/new", values)
    assert answer.request.path == "/meetings/next/organise/"
    assert "Saturday 27 March 2027" in organiser.page("/meetings/next/organise/programme").text
    stored = db.session.scalars(sa.select(Meeting).where(Meeting.slug == "next")).one()
    assert programme_of(stored) == programme_of(earlier)
    assert concept_note(stored.id) == concept_note(earlier.id)


def test_only_meetings_that_one_organises_are_offered(
    organiser: Client, earlier: Meeting, new_client: Callable[[], Client]
) -> None:
    with transaction():
        factories.meeting(slug="elsewhere", title="Elsewhere")
        everywhere = factories.account("all@example.org", "organiser")
        other = factories.account("new@example.org", "organiser", of=factories.meeting(slug="own", title="Own"))
    assert _offered(organiser) == {"", earlier.slug}
    client = new_client()
    sign_in(client, everywhere)
    assert _offered(client) == {"", earlier.slug, "elsewhere", "own"}
    sign_in(client, other)
    assert _offered(client) == {"", "own"}


def _offered(client: Client) -> set[str]:
    (select,) = [each for each in client.page("/meetings/new").elements("select") if each.get("name") == "earlier"]
    return {option.get("value") or "" for option in select.iter("option")}


@pytest.mark.parametrize(
    ("values", "said", "status"),
    [
        ({"start_date": ""}, "Give the first day: the programme of the earlier meeting", 422),
        ({"take_programme": None, "take_note": None}, "Tick what is taken over.", 422),
        ({"start_date": "2027-03-27", "slug": "dialogue"}, "There is a meeting with the address “dialogue”", 409),
    ],
)  # fmt: skip
def test_what_cannot_be_started_is_said_and_nothing_lost(
    organiser: Client, earlier: Meeting, values: dict[str, str | None], said: str, status: int
) -> None:
    typed: dict[str, Value] = {"title": "Next", "earlier": earlier.slug, "city": "Gdańsk", **values}
    answer = organiser.submit("/meetings/new", typed)
    assert answer.status_code == status
    page = Page(answer.data)
    assert said in page.text
    assert 'value="Gdańsk"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 1


def test_without_an_earlier_meeting_none_is_offered(app: Flask, client: Client) -> None:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    assert "Start from an earlier meeting" not in client.page("/meetings/new").text
