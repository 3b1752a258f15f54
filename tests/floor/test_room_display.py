"""The room display, by its link, without signing in."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask

from meetings import links
from meetings.database import transaction
from meetings.floor import commands
from meetings.floor.views import parts
from meetings.journal import Actor
from meetings.people import commands as people
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.floor.reading import opened
from tests.floor.scene import Scene
from tests.page_lint import text_of
from tests.signing_in import sign_in


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def url(app: Flask, scene: Scene) -> str:
    with app.test_request_context():
        return f"/display/{links.make('display', scene.session.id, 1)}"


def test_it_shows_who_speaks_the_time_and_the_next_three(scene: Scene, client: Client, url: str, clock: Clock) -> None:
    assert "You may ask for the floor." in opened(client, url)
    requests = [scene.ask() for _ in range(5)]
    scene.act(commands.give_floor, requests[0])
    clock.advance(seconds=30)
    text = opened(client, url)
    names = [scene.request(each).person for each in requests]
    shown = [person is not None and str(person.family) in text for person in names]
    assert shown == [True, True, True, True, False]
    assert "1:30" in text
    assert "44:30" in text
    assert "4 waiting" in text


def test_between_speakers_it_shows_who_is_next_and_who_is_called(scene: Scene, client: Client, url: str) -> None:
    def now() -> str:
        return text_of(next(each for each in client.page(url).elements("section") if each.get("class") == "room-now"))

    first, second, third = (scene.ask() for _ in range(3))
    assert now() == "You may ask for the floor."  # the floor has not begun
    scene.act(commands.give_floor, first)
    scene.act(commands.end, first)
    names = {each: str(person.family) for each in (second, third) if (person := scene.request(each).person)}
    assert now().startswith("Next")
    assert names[second] in now()
    scene.act(commands.call, third)
    assert now().startswith("Called: speaks next")
    assert names[third] in now()
    marked = [text_of(each) for each in client.page(url).elements("li") if "Called" in text_of(each)]
    assert len(marked) == 1
    assert names[third] in marked[0]
    for each in (third, second):
        scene.act(commands.give_floor, each)
        scene.act(commands.end, each)
    assert now() == "You may ask for the floor."
    scene.act(commands.close_list)
    assert now() == "The list of speakers is closed."


@pytest.mark.parametrize(
    ("seconds", "pause", "words"),
    [(30, False, "Time left"), (60, False, "Please conclude"), (125, False, "Over time"), (30, True, "Paused")],
)
def test_each_stage_has_words_and_a_shape_of_its_own(
    new_scene: Callable[..., Scene], app: Flask, client: Client, clock: Clock, seconds: int, pause: bool, words: str
) -> None:
    scene = new_scene(warning_ms=60_000)
    scene.now = clock.now
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    scene.now = clock.advance(seconds=seconds)
    if pause:
        scene.act(commands.pause, request_id)
    with app.test_request_context():
        page = client.page(f"/display/{links.make('display', scene.session.id, 1)}")
    timer = next(each for each in page.elements("div") if each.get("role") == "timer")
    stages = [each for each in timer.iter("span") if "data-words" in each.attrib]
    assert [text_of(each) for each in stages if "hidden" not in each.attrib] == [words]
    shapes = ["".join(path.get("d", "") for path in each.iter()) for each in stages]
    assert len(set(shapes)) == 4
    bar = next(timer.iter("progress"))
    assert (bar.get("max"), bar.get("value")) == ("120000", str(max(0, 120 - seconds) * 1000))


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Ms. A. Short", "huge"),
        ("演示参与者欧阳", "huge"),
        ("演示参与者欧阳示范城市", "large"),
        ("Ms. Demonstration Participant", "large"),
        ("عبد الرحمن التجريبي المثالي الطويل جدا", "middle"),
        ("示范城市人民政府人权与可持续发展委员会", "middle"),
        ("A" * 100, "small"),
        ("A" * 101, "tiny"),
    ],
)
@pytest.mark.sqlite_only("asks no database")
def test_a_longer_text_is_set_smaller(name: str, size: str) -> None:
    assert parts.size(name) == size


def test_it_names_nobody_who_is_protected(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        people = [factories.person(scene.meeting, family=f"Secret {number}", protected=True) for number in range(2)]
    requests = [scene.ask(scene.participant(who=person)) for person in people]
    scene.act(commands.give_floor, requests[0])
    text = opened(client, url)
    assert "Secret" not in text
    assert "Demonstration" not in text
    assert "A participant" in text


def test_it_says_that_the_floor_is_closed(scene: Scene, client: Client, url: str) -> None:
    scene.act(commands.close_list)
    assert "The list of speakers is closed." in opened(client, url)
    scene.act(commands.close_floor)
    assert "The floor is closed." in opened(client, url)


def test_it_says_when_the_list_opens(scene: Scene, client: Client, url: str) -> None:
    scene.set(asking_opens=dt.datetime.fromisoformat("2025-11-26T10:30"))
    text = opened(client, url)
    assert "The list of speakers opens on Wednesday 26 November 2025, 10:30 CET" in text
    assert "You may ask" not in text


def test_the_chair_finds_its_link(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, account)
    page = client.page(f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/")
    assert [link for link in page.elements("a") if (link.get("href") or "").endswith(url)]


def test_a_refresh_gets_a_page_only_when_something_has_changed(
    scene: Scene, client: Client, url: str, clock: Clock
) -> None:
    page = client.page(url)
    live = next(e for e in page.elements("div") if e.get("data-live"))
    headers = {"If-None-Match": f'"{live.get("data-live")}"'}
    short = client.get(url, headers=headers)
    assert (short.status_code, short.data) == (304, b"")
    server_now = int(short.headers["Server-Now"])
    assert dt.datetime.fromtimestamp(server_now / 1000, dt.UTC) == clock.now
    scene.ask()
    assert client.get(url, headers=headers).status_code == 200


def unchanged_since(client: Client, url: str) -> Callable[[], bool]:
    """Whether a page that was opened now would be told later that it is still right."""
    live = next(each for each in client.page(url).elements("div") if each.get("data-live"))
    headers = {"If-None-Match": f'"{live.get("data-live")}"'}
    return lambda: client.get(url, headers=headers).status_code == 304


@pytest.fixture
def organiser(scene: Scene, new_client: Callable[[], Client]) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser", of=scene.meeting)
    organiser = new_client()
    sign_in(organiser, account)
    return organiser


@pytest.mark.parametrize(
    ("page", "values", "button", "gone", "shown"),
    [
        ("people/{person}", {"family": "Zola"}, "Save the person", "Ångström", "Zola"),
        ("sessions/{session}", {"title": "The other name"}, "Save the session", "The first name", "The other name"),
        ("registrations/{registration}", {}, "Protect this person", "Ångström", "A participant"),
    ],
)
def test_what_organisers_change_is_shown_at_the_next_refresh(
    scene: Scene,
    client: Client,
    organiser: Client,
    url: str,
    page: str,
    values: dict[str, str],
    button: str,
    gone: str,
    shown: str,
) -> None:
    with transaction():
        person = factories.person(scene.meeting, given="Demonstration", family="Ångström", organisation_id=None)
        scene.session.title = "The first name"
    registration = scene.participant(who=person)
    scene.ask(registration)
    still_right = unchanged_since(client, url)
    assert still_right()
    names = {"person": person.key, "session": scene.session.key, "registration": registration.id}
    answer = organiser.submit(f"/meetings/{scene.meeting.slug}/organise/{page.format(**names)}", values, button=button)
    assert answer.status_code == 200
    assert not still_right()
    text = opened(client, url)
    assert (gone in text, shown in text) == (False, True)


def test_a_registration_that_is_withdrawn_is_shown_at_the_next_refresh(scene: Scene, client: Client, url: str) -> None:
    first, second = scene.participant(), scene.participant()
    scene.ask(first)
    for registration, right in ((second, True), (first, False)):  # the second has not asked: nothing to show of it
        still_right = unchanged_since(client, url)
        people.withdraw(registration_id=registration.id, actor=Actor.registration(registration.id), now=scene.now)
        assert still_right() is right
