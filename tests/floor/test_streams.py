"""The streams of the floor's live pages, as a browser opens them; what the hub promises is in tests/test_live.py."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from meetings import links, live
from meetings.database import db, transaction
from meetings.floor import commands
from meetings.floor.views import parts
from meetings.models.floor import Floor
from meetings.models.people import Registration
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.floor.scene import CHAIR, Scene
from tests.floor.streaming import events, floors
from tests.signing_in import sign_in

PAGES = ["chair", "participant", "room", "interpreters"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.1)  # so that a test which waits for nothing ends
    monkeypatch.setattr(live, "COALESCE_SECONDS", 0.02)
    monkeypatch.setattr(live, "SWEEP_SECONDS", 3600.0)  # what is seen is what somebody told of


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


class Visitor:
    """A browser signed in as chair, with the links to all pages of a session, and its open streams."""

    def __init__(self, app: Flask, scene: Scene, client: Client, me: Registration) -> None:
        self.scene, self.client, self.app = scene, client, app
        self.me = me
        self.open: list[TestResponse] = []
        floor = scene.floor
        session_id, serials = scene.session.id, {"display": floor.display_serial, "interpreters": 1}
        with app.test_request_context():
            self.urls = {
                "chair": f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/",
                "participant": f"/me/{links.make('personal', me.id, 1)}/sessions/{scene.session.key}/floor",
                "room": f"/display/{links.make('display', session_id, serials['display'])}",
                "interpreters": f"/interpreters/{links.make('interpreters', session_id, serials['interpreters'])}/",
            }

    def stream(self, page: str, query: str = "", **options: object) -> TestResponse:
        response = self.client.get(f"{self.urls[page].rstrip('/')}/stream{query}", **options)
        self.open.append(response)
        return response


@pytest.fixture
def visitor(app: Flask, scene: Scene, client: Client) -> Iterator[Visitor]:
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    me = scene.participant()
    sign_in(client, account)
    visitor = Visitor(app, scene, client, me)
    yield visitor
    for response in visitor.open:
        response.close()
    app.extensions["live"].close()


@pytest.mark.parametrize("page", PAGES)
def test_a_stream_shows_what_its_page_shows_and_each_change(visitor: Visitor, page: str) -> None:
    shown = next(each for each in visitor.client.page(visitor.urls[page]).elements("div") if each.get("data-live"))
    seen = floors(visitor.stream(page))
    first = next(seen)
    assert first["tag"] == shown.get("data-live")
    assert str(first["now"]) == shown.get("data-server-now")
    request_id = visitor.scene.ask(visitor.me)
    visitor.scene.act(commands.give_floor, request_id)
    last = next(each for each in seen if "data-clock" in each["html"])
    assert last["tag"] != first["tag"]


def test_a_stream_tells_proxies_to_keep_nothing_and_to_hold_nothing_back(visitor: Visitor) -> None:
    headers = visitor.stream("room").headers
    assert headers["Content-Type"].startswith("text/event-stream")
    assert (headers["Cache-Control"], headers["X-Accel-Buffering"]) == ("no-store", "no")


@pytest.mark.parametrize("by", ["address", "header"])
def test_a_page_that_is_up_to_date_is_sent_nothing_but_beats_until_something_changes(visitor: Visitor, by: str) -> None:
    tag = next(floors(visitor.stream("participant")))["tag"]
    query = f"?tag={tag}" if by == "address" else ""
    again = events(visitor.stream("participant", query, headers={} if query else {"Last-Event-ID": tag}))
    assert [next(again)[0] for _ in range(3)] == ["beat"] * 3
    visitor.scene.ask()
    name, data = next(each for each in again if each[0] != "beat")
    assert (name, data["tag"] == tag) == ("floor", False)


def test_every_open_request_is_in_the_participants_stream_with_place_and_time(visitor: Visitor, clock: Clock) -> None:
    scene = visitor.scene
    with transaction():
        scene.session.start = dt.time(9, 30)  # half an hour ago in Geneva
    first, second, third = scene.ask(), scene.ask(visitor.me), scene.ask()
    gone = scene.ask()
    scene.act(commands.mark_absent, gone)
    scene.act(commands.give_floor, first)
    clock.advance(seconds=30)
    data = next(floors(visitor.stream("participant")))
    assert data["requests"] == {
        str(first): ["speaking", None, None],
        str(second): ["requested", 1, "10:02"],
        str(third): ["requested", 2, "10:04"],
    }
    assert all("requests" not in next(floors(visitor.stream(page))) for page in PAGES if page != "participant")


def test_no_time_is_given_that_nobody_knows(visitor: Visitor, clock: Clock) -> None:
    scene = visitor.scene
    with transaction():
        scene.session.start = dt.time(10, 30)  # in half an hour
        floor = db.session.get_one(Floor, scene.session.id)
        floor.cap_ms = 150_000  # one speaker of two minutes, and then one of thirty seconds
    ids = [scene.ask() for _ in range(3)]
    planned = next(floors(visitor.stream("participant")))["requests"]
    assert [planned[str(each)][1:] for each in ids] == [[1, None], [2, None], [3, None]]
    scene.act(commands.give_floor, ids[0])
    begun = next(floors(visitor.stream("participant")))["requests"]
    assert [begun[str(each)][1:] for each in ids[1:]] == [[1, "10:02"], [2, None]]


@pytest.mark.parametrize("part", sorted(parts.PARTS))
def test_a_part_shows_nothing_of_a_visitor(visitor: Visitor, part: str) -> None:
    """It is rendered without a request here, and fails where it asks for one."""
    scene = visitor.scene
    seen = floors(visitor.stream(part))
    shown = [next(seen)["html"]]
    first = scene.ask(visitor.me, topic="السكن", language="ar")
    scene.ask()
    for command in (commands.give_floor, commands.pause, commands.resume, commands.end):
        scene.act(command, first)
        shown.append(next(seen)["html"])
    scene.act(commands.close_floor)
    shown.append(next(seen)["html"])
    assert all(html.strip() for html in shown)
    assert not any("csrf" in html for html in shown)


def test_a_stream_is_in_the_language_of_its_page(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    app = visitor.app
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "fr")))
    with transaction():
        organisation = factories.organisation(visitor.scene.meeting, country="DE")
        person = factories.person(visitor.scene.meeting, organisation_id=organisation.id)
    visitor.scene.ask(visitor.scene.participant(who=person))
    in_french, in_english = (next(floors(visitor.stream("chair", f"?language={code}"))) for code in ("fr", "en"))
    assert (in_french["tag"][-3:], in_english["tag"][-3:]) == ("-fr", "-en")
    assert ("Allemagne" in in_french["html"], "Germany" in in_english["html"]) == (True, True)


@pytest.mark.parametrize("page", ["participant", "room", "interpreters"])
@pytest.mark.parametrize("serial", [0, 2])
def test_a_link_that_was_replaced_opens_no_stream(visitor: Visitor, page: str, serial: int) -> None:
    purpose = {"participant": "personal", "room": "display"}.get(page, page)
    claim = visitor.me.id if page == "participant" else visitor.scene.session.id
    with visitor.app.test_request_context():
        now, other = links.make(purpose, claim, 1), links.make(purpose, claim, serial)
    visitor.urls[page] = visitor.urls[page].replace(now, other)
    assert visitor.stream(page).status_code == 404


def test_links_that_nobody_signed_and_sessions_without_a_floor_open_no_stream(visitor: Visitor) -> None:
    for page in ("participant", "room", "interpreters"):
        visitor.urls[page] = visitor.urls[page].replace(".", "x.", 1)
        assert visitor.stream(page).status_code == 404
    visitor.urls["chair"] = visitor.urls["chair"].replace(visitor.scene.session.key, "no-such-session")
    assert visitor.stream("chair").status_code == 404


def test_the_chairs_stream_is_for_the_chair(visitor: Visitor, new_client: Callable[[], Client]) -> None:
    visitor.client = new_client()
    assert visitor.stream("chair").status_code == 302
    with transaction():
        account = factories.account("other@example.org")
    sign_in(visitor.client, account)
    assert visitor.stream("chair").status_code == 403


def test_a_new_display_link_ends_the_streams_of_the_one_before_and_no_others(visitor: Visitor) -> None:
    display, chair = floors(visitor.stream("room")), floors(visitor.stream("chair"))
    next(display)
    next(chair)
    serial = visitor.scene.floor.display_serial
    commands.renew_display(session_id=visitor.scene.session.id, serial=serial, actor=CHAIR, now=visitor.scene.now)
    assert list(display) == []
    visitor.scene.ask()
    assert "waiting" in next(chair)["html"]


def test_a_floor_that_is_removed_ends_its_streams(visitor: Visitor) -> None:
    display = floors(visitor.stream("room"))
    next(display)
    commands.remove_floor(session_id=visitor.scene.session.id, actor=CHAIR, now=visitor.scene.now)
    assert list(display) == []


def test_a_renamed_person_is_shown_by_the_sweep(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SWEEP_SECONDS", 0.2)
    visitor.scene.ask(visitor.me)
    seen = floors(visitor.stream("room"))
    next(seen)
    with transaction():
        visitor.me.person.family = "Zola"
        visitor.scene.meeting.version += 1
    assert "Zola" in next(seen)["html"]


def test_the_minutes_turn_brings_new_times(visitor: Visitor, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SWEEP_SECONDS", 0.2)
    request_id = visitor.scene.ask(visitor.me)
    with transaction():
        visitor.scene.session.start = dt.time(9, 30)
    seen = floors(visitor.stream("participant"))
    assert next(seen)["requests"][str(request_id)][2] == "10:00"
    clock.advance(minutes=1)
    assert next(seen)["requests"][str(request_id)][2] == "10:01"


def test_fifty_streams_hold_no_connection_to_the_database(visitor: Visitor) -> None:
    for page in PAGES:
        for _ in range(13):
            next(floors(visitor.stream(page)))
    db.session.remove()
    pool = db.engine.pool
    assert isinstance(pool, sa.QueuePool)
    deadline = time.monotonic() + 5
    while pool.checkedout():  # the hub may be reading just now
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_clock_is_told_without_the_database(
    client: Client, clock: Clock, exact_queries: Callable[[int], object]
) -> None:
    with exact_queries(0):  # type: ignore[attr-defined]
        response = client.get("/clock")
    assert dt.datetime.fromtimestamp(int(response.text) / 1000, dt.UTC) == clock.now
    assert response.headers["Cache-Control"] == "no-store"
