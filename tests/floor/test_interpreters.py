"""The interpreters' page, by its link, without signing in: who speaks, who comes next, and the texts."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from meetings import links
from meetings.database import db, transaction
from meetings.floor import commands
from meetings.models.floor import Floor, FloorRequest
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.floor.reading import opened
from tests.floor.scene import Scene
from tests.page_lint import Page, text_of


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def url(app: Flask, scene: Scene) -> str:
    with app.test_request_context():
        return f"/interpreters/{links.make('interpreters', scene.session.id, 1)}/"


def send_statement(scene: Scene, request_id: int, **values: object) -> None:
    """A statement as it is kept of a request."""
    with transaction():
        factories.statement(db.session.get_one(FloorRequest, request_id), **values)
        db.session.get_one(Floor, scene.session.id).version += 1


def section(page: Page, heading: str) -> str:
    """The text of the section with this heading."""
    named = next(each for each in page.elements("h2") if text_of(each) == heading)
    return text_of(next(each for each in page.elements("section") if each.get("aria-labelledby") == named.get("id")))


def test_an_empty_floor_says_so(client: Client, url: str) -> None:
    text = opened(client, url)
    assert "Nobody has the floor" in text
    assert "Nobody is waiting." in text


def test_it_shows_who_speaks_who_is_next_and_the_order_with_languages(scene: Scene, client: Client, url: str) -> None:
    asked = [
        scene.ask(language="fr", topic="Water"),
        scene.ask(language="ar", topic="السكن", on_behalf_of="Two cities"),
        scene.ask(language="es"),
        scene.ask(),
    ]
    scene.act(commands.give_floor, asked[0])
    scene.act(commands.call, asked[2])
    page = client.page(url)
    names = {each: str(person.family) for each in asked if (person := scene.request(each).person)}
    now, coming = section(page, "Has the floor"), section(page, "Next: called, gets ready to speak")
    assert (names[asked[0]] in now, "Français" in now, "Water" in now) == (True, True, True)
    assert (names[asked[2]] in coming, "Español" in coming) == (True, True)
    then = section(page, "After that")
    assert then.index(names[asked[1]]) < then.index(names[asked[3]])
    assert all(words in then for words in ("العربية", "السكن", "On behalf of: Two cities", "Language not given"))
    assert [each.get("start") for each in page.elements("ol")] == ["2"]


def test_on_paper_it_tells_of_when_it_is(client: Client, url: str) -> None:
    printed = [text_of(each) for each in client.page(url).elements("p") if each.get("class") == "print-only"]
    assert printed == ["As of 10:00 CET (Europe/Zurich)"]


def test_who_is_next_is_told_without_being_called(scene: Scene, client: Client, url: str) -> None:
    scene.ask(language="fr")
    page = client.page(url)
    assert "Français" in section(page, "Next on the list")
    said = next(text_of(each) for each in page.elements("p") if "data-says" in each.attrib)
    assert "Next: Ms. Demonstration Participant" in said
    assert said.endswith("Français.")


def test_statements_are_read_and_fetched_without_the_secret_link_in_the_part(
    scene: Scene, client: Client, url: str
) -> None:
    speaking, waiting, silent = (scene.ask() for _ in range(3))
    send_statement(scene, speaking, text="Mister Chair,\nwater is a right.", words=6)
    send_statement(
        scene,
        waiting,
        words=212,
        delivery="check_against_delivery",
        file_name="../secret name.docx",
        file_type="docx",
        size=120_400,
        content=b"PK",
    )
    scene.act(commands.give_floor, speaking)
    page = client.page(url)
    now = section(page, "Has the floor")
    assert ("As delivered" in now, "water is a right." in now, "6 words" in now) == (True, True, True)
    following = section(page, "Next on the list")
    assert ("Check against delivery" in following, "212 words" in following) == (True, True)
    assert "(DOCX, 120 kB)" in following
    assert "secret name" not in following
    assert "No statement was sent." in section(page, "After that")
    live = next(each for each in page.elements("div") if each.get("data-live"))
    addresses = [link.get("href") for link in live.iter("a")]
    assert addresses == [f"requests/{waiting}/statement"]
    assert silent


def test_the_text_of_who_waits_is_there_to_be_opened(scene: Scene, client: Client, url: str) -> None:
    request_id = scene.ask(language="ar")
    send_statement(scene, request_id, text="صباح الخير")
    disclosure = next(client.page(url).elements("details"))
    text = next(disclosure.iter("div"))
    assert (text.text, text.get("dir"), text.get("lang")) == ("صباح الخير", "auto", "ar")


def test_it_names_nobody_who_is_protected(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        people = [factories.person(scene.meeting, family=f"Secret {number}", protected=True) for number in range(3)]
    requests = [
        scene.ask(scene.participant(who=person), on_behalf_of="The Secret League", topic="Secret village")
        for person in people
    ]
    send_statement(
        scene, requests[0], text="Thank you, Chair.", file_name="Secret 0.docx", file_type="docx", size=2, content=b"PK"
    )
    with transaction():
        db.session.get_one(FloorRequest, requests[1]).substitute = "Secret Colleague"
    scene.act(commands.give_floor, requests[0])
    text = opened(client, url)
    assert "Secret" not in text
    assert "Demonstration" not in text
    assert text.count("A participant") >= 3
    assert "Thank you, Chair." in text


def test_a_closed_floor_says_so(scene: Scene, client: Client, url: str) -> None:
    scene.ask()
    scene.act(commands.close_floor)
    text = opened(client, url)
    assert "The floor is closed" in text
    assert "Participant" not in text


def test_a_link_that_was_replaced_leads_nowhere(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        db.session.get_one(Floor, scene.session.id).interpreters_serial += 1
    assert client.get(url).status_code == 404


def test_it_is_offered_in_every_language_of_the_installation(
    app: Flask, client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "fr")))
    offered = [each for each in client.page(url).elements("a") if each.get("hreflang")]
    assert [each.get("href") for each in offered] == ["?language=en", "?language=fr"]
    page = client.page(url + "?language=fr")
    assert next(page.elements("html")).get("lang") == "fr"
    assert [each.get("hreflang") for each in page.elements("a") if each.get("aria-current")] == ["fr"]


def test_a_thousand_who_wait_make_no_endless_page(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        for _ in range(70):
            factories.floor_request(scene.session, factories.registration(scene.meeting))
    page = client.page(url)
    assert len(list(next(page.elements("ol")).iter("li"))) == 59
    assert "10 more are waiting behind these." in opened(client, url)


def test_a_page_takes_the_same_few_queries_however_many_wait(
    scene: Scene, client: Client, url: str, exact_queries: ExactQueries
) -> None:
    client.get(url)
    for waiting in (1, 3):
        for _ in range(waiting):
            scene.ask()
        with exact_queries(3):  # floor, requests, turns
            client.get(url)
