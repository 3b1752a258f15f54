"""A participant's page of a floor, by the personal link, without signing in."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from meetings import links
from meetings.database import db, transaction
from meetings.floor import commands, rules
from meetings.models.floor import Turn
from meetings.models.people import Registration
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.floor.reading import opened, read
from tests.floor.scene import Scene
from tests.page_lint import text_of


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


def add_running_turn(scene: Scene, request_id: int) -> None:
    db.session.add(
        Turn(
            request_id=request_id,
            session_id=scene.session.id,
            cap_ms=rules.CAP_MS,
            spent_before_ms=0,
            granted_ms=120_000,
            started_at=scene.now,
            used_ms=None,
        )
    )


@pytest.fixture
def me(scene: Scene) -> Registration:
    return scene.participant()


@pytest.fixture
def url(app: Flask, scene: Scene, me: Registration) -> str:
    with app.test_request_context():
        return f"/me/{links.make('personal', me.id, me.link_serial)}/sessions/{scene.session.key}/floor"


def own_block(client: Client, url: str) -> str:
    """What somebody sees of their own request, without what waits to be shown by the script."""
    return visible(next(each for each in client.page(url).elements("section") if "data-own" in each.attrib))


def visible(element: Element) -> str:
    """The text of an element without its hidden parts."""
    if "hidden" in element.attrib:
        return ""
    parts = [element.text or "", *(f"{visible(child)} {child.tail or ''}" for child in element)]
    return " ".join("".join(parts).split())


def test_asking_leads_back_to_the_page_with_the_own_place(scene: Scene, client: Client, url: str) -> None:
    scene.ask()
    response = client.submit(url, {"topic": "السكن", "language": "en"}, button="Ask for the floor", follow=False)
    assert response.status_code == 303
    text = opened(client, url)
    assert "You are on the list of speakers." in text
    assert "You are number 2 of 2 on the list." in text
    request = scene.request(scene.waiting()[-1])
    assert (request.topic, request.language, request.on_behalf_of) == ("السكن", "en", None)


def test_the_form_sent_twice_asks_once(scene: Scene, client: Client, url: str) -> None:
    form = client.form(url, button="Ask for the floor")
    client.send(form, form.fields)
    text = read(client.send(form, form.fields))
    assert "had arrived already" in text
    assert len(scene.waiting()) == 1


def test_the_form_saved_unchanged_changes_nothing(scene: Scene, me: Registration, client: Client, url: str) -> None:
    scene.ask(me, topic="Water", language="pt", on_behalf_of="Two cities")
    version = scene.floor.version
    client.submit(url, button="Save the change")
    assert scene.floor.version == version
    assert scene.request(scene.waiting()[0]).language == "pt"


def test_a_waiting_request_is_changed(scene: Scene, me: Registration, client: Client, url: str) -> None:
    request_id = scene.ask(me, topic="Water")
    text = read(client.submit(url, {"topic": "Housing"}, button="Save the change"))
    assert "you keep your place" in text
    assert scene.request(request_id).topic == "Housing"


def test_what_is_too_long_comes_back_with_what_was_typed(scene: Scene, client: Client, url: str) -> None:
    form = client.form(url, button="Ask for the floor")
    response = client.send(form, form.filled({"topic": "x" * 10_000, "on_behalf_of": "Two cities"}))
    assert response.status_code == 422
    assert "Use at most 300 characters." in read(response)
    assert b"x" * 10_000 in response.data
    assert b"Two cities" in response.data
    assert scene.waiting() == []


@pytest.mark.parametrize("name", ["topic", "on_behalf_of"])
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Two\x0bcities", "Twocities"),  # the line break within a paragraph, pasted from a word processor
        ("\x00Two cities", "Two cities"),
        ("  Two\u2028cities\t ", "Two cities"),
        ("\x00", None),
        ("x" * 300 + "\x00 ", "x" * 300),
    ],
)
def test_what_no_document_can_show_is_taken_out(
    scene: Scene, client: Client, url: str, name: str, typed: str, kept: str | None
) -> None:
    form = client.form(url, button="Ask for the floor")
    form.fields[name] = typed
    form.fields["capacity"] = "joint" if name == "on_behalf_of" and kept else "organisation"
    assert client.send(form, form.fields, follow=False).status_code == 303
    request = scene.request(scene.waiting()[0])
    assert getattr(request, name) == kept


def test_a_list_closed_meanwhile_refuses_and_keeps_what_was_typed(scene: Scene, client: Client, url: str) -> None:
    form = client.form(url, button="Ask for the floor")
    scene.act(commands.close_list)
    response = client.send(form, form.filled({"topic": "Water"}))
    assert response.status_code == 409
    assert "The list of speakers is closed. You were not added." in read(response)
    assert b'value="Water"' in response.data
    assert opened(client, url).endswith("The list of speakers is closed.")


def test_a_meeting_that_is_over_offers_no_form(
    scene: Scene, me: Registration, client: Client, url: str, clock: Clock
) -> None:
    form = client.form(url, button="Ask for the floor")
    clock.advance(days=1)
    response = client.send(form, form.filled({"topic": "Water"}))
    assert response.status_code == 409
    assert "The meeting is over" in read(response)
    assert b'value="Water"' in response.data
    scene.ask(me)
    page = client.page(url)
    assert "The meeting is over" in text_of(next(page.elements("main")))
    assert not list(page.elements("select"))


def test_who_is_not_confirmed_is_told_so_and_has_no_form(scene: Scene, app: Flask, client: Client) -> None:
    pending = scene.participant(status="pending")
    with app.test_request_context():
        token = links.make("personal", pending.id, 1)
    page = client.page(f"/me/{token}/sessions/{scene.session.key}/floor")
    assert "not confirmed yet" in text_of(next(page.elements("main")))
    assert not [form for form in page.elements("form") if page.ancestor(form, "main") is not None]


def test_a_request_is_withdrawn(scene: Scene, me: Registration, client: Client, url: str) -> None:
    request_id = scene.ask(me)
    text = read(client.submit(url, button="Withdraw my request"))
    assert "Your request was withdrawn." in text
    assert "Ask for the floor again" in text
    assert scene.status(request_id) == "withdrawn"


def test_withdrawing_what_is_being_spoken_is_refused_with_a_sentence(
    scene: Scene, me: Registration, client: Client, url: str
) -> None:
    request_id = scene.ask(me)
    form = client.form(url, button="Withdraw my request")
    scene.act(commands.give_floor, request_id)
    assert "can no longer be withdrawn" in read(client.send(form, form.fields))


def test_the_wait_is_told_from_the_place_and_the_speaker(
    scene: Scene, me: Registration, client: Client, url: str, clock: Clock
) -> None:
    first = scene.ask()
    scene.ask()
    scene.ask(me)
    scene.act(commands.give_floor, first)
    clock.advance(seconds=60)
    text = own_block(client, url)
    assert "You are number 2 of 2" in text
    # 10:01 in Geneva: one minute of the speaker's, two of who is before
    assert "You speak at about 10:04 CET (Europe/Zurich)" in text


def test_who_is_next_is_told_so_once(scene: Scene, me: Registration, client: Client, url: str) -> None:
    scene.ask(me)
    text = own_block(client, url)
    assert text.count("next on the list") == 1
    assert "number 1" not in text


def test_who_is_first_before_the_session_is_told_when_it_begins(
    scene: Scene, me: Registration, client: Client, url: str, clock: Clock
) -> None:
    scene.ask(me)
    assert "You are next on the list. Please be ready." in own_block(client, url)
    clock.advance(minutes=-41)
    text = own_block(client, url)
    assert "You are number 1 of 1 on the list." in text
    assert "The session begins on Wednesday 26 November 2025, 09:20 CET" in text
    assert "Please be ready" not in text


def test_before_the_session_the_earliest_time_is_told_from_its_planned_start(
    scene: Scene, me: Registration, client: Client, url: str, clock: Clock
) -> None:
    for _ in range(3):
        scene.ask()
    scene.ask(me)
    clock.advance(minutes=-41)
    said = "The session begins on Wednesday 26 November 2025, 09:20 CET (Europe/Zurich). You speak at about %s at the"
    assert said % "09:26" in own_block(client, url)  # three times two minutes
    scene.set(limit_ms=60_000)
    assert said % "09:23" in own_block(client, url)
    with transaction():
        db.session.get_one(type(scene.session), scene.session.id).start = None
    assert "at the earliest" not in own_block(client, url)


def test_who_lets_the_next_one_go_first_twice_goes_one_place_down(
    scene: Scene, me: Registration, client: Client, url: str
) -> None:
    mine = scene.ask(me)
    others = [scene.ask() for _ in range(3)]
    form = client.form(url, button="Let the next one go first")
    assert "You let others speak before you." in read(client.send(form, form.fields))
    assert "nothing more was done" in read(client.send(form, form.fields))
    assert scene.waiting() == [others[0], mine, *others[1:]]


def test_drafts_are_kept_under_a_name_that_is_no_secret(
    scene: Scene, me: Registration, client: Client, url: str
) -> None:
    request_id = scene.ask(me)
    names = [
        form.get("data-draft") for form in client.page(url).elements("form") if "data-sent-by-script" in form.attrib
    ]
    assert names == [f"{me.id}:{scene.session.id}:{request_id}", f"{me.id}:{scene.session.id}"]


def test_the_languages_offered_are_the_meetings_and_those_interpreted(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        scene.meeting.languages = ["en", "pt"]
        scene.session.sitting_id = factories.sitting(scene.meeting, interpretation=["ar", "en"]).id
    options = [option.get("value") for option in client.page(url).elements("option")]
    assert [value for value in options if value in {"en", "pt", "ar"}] == ["en", "pt", "ar"]


def test_the_uns_languages_are_offered_after_them_and_the_one_of_the_registration_is_chosen(
    scene: Scene, me: Registration, client: Client, url: str
) -> None:
    with transaction():
        scene.meeting.languages = ["en", "fr", "pt"]
        me.person.language, me.languages = "en", ["fr"]
    page = client.page(url)
    language = next(each for each in page.elements("select") if each.get("name") == "language")
    options = list(language.iter("option"))
    assert [option.get("value") for option in options] == ["", "en", "fr", "pt", "zh", "ru", "es", "ar"]
    assert [option.get("value") for option in options if "selected" in option.attrib] == ["fr"]


def test_what_is_too_large_leads_back_to_the_form(client: Client, url: str) -> None:
    large, kind = b"0" * 7 * 1024 * 1024, "multipart/form-data; boundary=edge"
    for came_from, links_to in (("http://localhost" + url, True), ("http://elsewhere.example" + url, False)):
        answer = client.post(url, data=large, content_type=kind, headers={"Referer": came_from})
        assert answer.status_code == 413
        assert "Neither the file nor what you typed with it was kept" in read(answer)
        assert (f'href="{url}"' in answer.text) is links_to


def test_the_own_place_shows_what_was_sent(scene: Scene, me: Registration, client: Client, url: str) -> None:
    scene.ask(me, capacity="joint", on_behalf_of="Two cities", language="es", topic="السكن")
    text = own_block(client, url)
    for words in ("Topic السكن", "Language Español", "Joint statement with Two cities", "Speaking time 2:00"):
        assert words in text


def test_who_withdrew_is_told_whom_to_ask_once_the_list_is_closed(
    scene: Scene, me: Registration, client: Client, url: str
) -> None:
    request_id = scene.ask(me)
    with transaction():
        scene.request(request_id).substitute = "A Demonstration Colleague"
    client.submit(url, button="Withdraw my request")
    text = own_block(client, url)
    assert ("ask the chair" in text, "In your place" in text) == (False, False)
    scene.act(commands.close_list)
    assert "ask the chair or the organizers: they can add you" in own_block(client, url)


def test_who_cannot_be_reached_is_told_so(new_scene: Callable[..., Scene], app: Flask, client: Client) -> None:
    scene = new_scene(cap_ms=120_000)
    scene.ask()
    me = scene.participant()
    scene.ask(me)
    with app.test_request_context():
        token = links.make("personal", me.id, 1)
    assert "may run out before your turn" in own_block(client, f"/me/{token}/sessions/{scene.session.key}/floor")


def test_no_other_participant_is_named_here(scene: Scene, client: Client, url: str) -> None:
    speaking, waiting = scene.participant(), scene.participant()
    request_id = scene.ask(speaking)
    scene.ask(waiting)
    scene.act(commands.give_floor, request_id)
    text = opened(client, url)
    assert speaking.person.organisation is not None
    assert speaking.person.organisation.name in text
    assert str(speaking.person.family) not in text
    assert str(waiting.person.family) not in text


@pytest.mark.parametrize(
    "status",
    ["called", "speaking", "paused", "set_aside", "spoken", "withdrawn", "absent", "not_reached", "declined"],
)
def test_every_state_has_its_words(scene: Scene, me: Registration, client: Client, url: str, status: str) -> None:
    with transaction():
        request = factories.floor_request(scene.session, me, status=status)
        if status in {"speaking", "paused"}:
            add_running_turn(scene, request.id)
    text = opened(client, url)
    assert {
        "called": "You are called",
        "speaking": "You have the floor.",
        "paused": "the clock is paused",
        "set_aside": "Your connection was lost",
        "spoken": "You have spoken",
        "withdrawn": "You withdrew",
        "absent": "You were called and marked as absent.",
        "not_reached": "The time ran out before you were reached",
        "declined": "could not give you the floor",
    }[status] in text


@pytest.mark.parametrize("spoil", ["serial", "key", "token"])
def test_a_replaced_link_and_a_wrong_address_lead_nowhere(
    scene: Scene, me: Registration, client: Client, url: str, spoil: str
) -> None:
    if spoil == "serial":
        with transaction():
            me.link_serial += 1
    elif spoil == "key":
        url = url.replace(scene.session.key, "elsewhere")
    else:
        url = url.replace("/me/", "/me/x")
    assert client.get(url).status_code == 404
