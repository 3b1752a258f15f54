"""The chair's page of a floor: reasons, the last act and its undoing, the forecast, what a row tells of a speaker."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from werkzeug.test import TestResponse

from meetings.database import transaction
from meetings.floor import commands, queries, rules
from meetings.floor.views import chair_part
from meetings.floor.views.chair_part import IN_FULL, LISTED
from meetings.journal import Actor
from meetings.models.floor import Statement
from tests import factories
from tests.client import Client, form_on
from tests.conftest import Clock, ExactQueries
from tests.floor.reading import opened, read
from tests.floor.scene import Scene
from tests.page_lint import MAX_PAGE_BYTES, Page, text_of
from tests.signing_in import sign_in


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def desk(scene: Scene, new_client: Callable[[], Client]) -> Client:
    """Somebody who acts on the same list, at another computer."""
    client = new_client()
    with transaction():
        account = factories.account("desk@example.org", "chair", of=scene.meeting)
        account.name = "Demonstration Desk"
    sign_in(client, account)
    return client


@pytest.fixture
def url(scene: Scene) -> str:
    return f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"


def someone(scene: Scene, family: str, **values: Any) -> int:
    """A request of somebody of this name; `values` are columns of the request."""
    with transaction():
        person = factories.person(scene.meeting, honorific="Ms.", given="Demonstration", family=family)
        request = factories.floor_request(
            scene.session, factories.registration(scene.meeting, person), requested_at=scene.now, **values
        )
    return request.id


def press(client: Client, url: str, button_id: str, reason: str = "") -> TestResponse:
    """Press the button with that id, with this reason beside the list."""
    button = client.page(url).by_id(button_id)
    assert button is not None
    form = client.form(url, button="Close the list")
    form.action = urljoin(url, button.get("formaction"))
    return client.send(form, form.filled({"reason": reason}))


def reason_on(response: TestResponse) -> str:
    """What stands in the field of the reason."""
    field = Page(response.data).by_id("reason")
    assert field is not None
    return str(field.get("value"))


def row_of(client: Client, url: str, request_id: int) -> str:
    """What the row of a request reads."""
    page = client.page(url)
    name = page.by_id(f"n{request_id}")
    assert name is not None
    row = page.ancestor(name, "tr")
    assert row is not None
    return text_of(row)


@pytest.mark.parametrize("letter", ["t", "u", "d", "x"])
def test_nobody_is_moved_or_declined_without_a_reason(scene: Scene, chair: Client, url: str, letter: str) -> None:
    before, target, after = scene.ask(), scene.ask(), scene.ask()
    answer = press(chair, url, f"{letter}{target}")
    assert "Nothing was done: say why first." in read(answer)
    assert answer.request.url.endswith(url)
    assert scene.waiting() == [before, target, after]


def test_without_a_reason_the_answer_leads_to_its_field(scene: Scene, chair: Client, url: str) -> None:
    request_id = scene.ask()
    form = chair.form(url, button="Close the list")
    answer = chair.post(f"{url}requests/{request_id}/decline", data=form.fields)
    assert (answer.status_code, answer.location) == (303, f"{url}#reason")


def test_the_reason_of_a_move_stays_for_the_next_and_that_of_a_decline_does_not(
    scene: Scene, chair: Client, url: str
) -> None:
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    assert reason_on(press(chair, url, f"u{third}", "Has to leave")) == "Has to leave"
    assert scene.waiting() == [first, third, second]
    assert [event.after and event.after["reason"] for event in scene.events("floor.moved")] == ["Has to leave"]
    assert reason_on(press(chair, url, f"x{second}", "Not on the subject")) == ""
    assert scene.request(second).reason == "Not on the subject"
    assert "Declined by the chair Not on the subject" in opened(chair, url)


def test_a_reason_left_over_from_a_move_declines_nobody(scene: Scene, chair: Client, url: str) -> None:
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    moved = press(chair, url, f"u{third}", "Has to leave")
    form = form_on(Page(moved.data), url, button="Close the list")
    assert form.fields["reason"] == "Has to leave"
    form.action = urljoin(url, f"{url}requests/{second}/decline")
    answer = chair.send(form, form.fields)
    assert "Nothing was done: that reason was for a move." in read(answer)
    assert reason_on(answer) == ""
    assert scene.waiting() == [first, third, second]
    press(chair, url, f"x{second}", "Has to leave")  # typed for them after all
    assert scene.request(second).reason == "Has to leave"


def test_asking_whether_anything_changed_takes_neither_message_nor_reason_from_the_page(
    scene: Scene, chair: Client, url: str
) -> None:
    first, second = scene.ask(), scene.ask()
    form = chair.form(url, button="Close the list")
    scene.act(commands.call, first)
    form.action = f"{url}requests/{second}/move/1"
    chair.post(form.action, data=form.filled({"reason": "Has to leave"}))
    asked = chair.get(url, headers={"If-None-Match": '"older"'})
    assert asked.status_code == 200
    shown = chair.get(url)
    assert "nothing was done" in read(shown)
    assert reason_on(shown) == "Has to leave"


def test_a_reason_typed_for_an_old_list_is_not_lost(scene: Scene, chair: Client, url: str) -> None:
    target = scene.ask()
    form = chair.form(url, button="Close the list")
    form.action = f"{url}requests/{target}/decline"
    scene.act(commands.call, target)
    answer = chair.send(form, form.filled({"reason": "Wrong “session” <1>"}))
    assert "nothing was done" in read(answer)
    assert reason_on(answer) == "Wrong “session” <1>"
    assert reason_on(chair.get(url)) == ""


def test_a_stale_press_says_what_was_done_last_and_by_whom(scene: Scene, chair: Client, desk: Client, url: str) -> None:
    first, second = someone(scene, "Ångström"), someone(scene, "Zola")
    form = chair.form(url, button="Give the floor to Ms. Demonstration Ångström")
    press(desk, url, f"c{second}")
    text = read(chair.send(form, form.fields))
    assert "The list has changed since you saw it; nothing was done." in text
    assert "Last act: Called: told to be ready · Ms. Demonstration Zola · Demonstration Desk · 26 Nov 2025" in text
    assert "Give the floor to Ms. Demonstration Zola" in text
    assert [scene.status(first), scene.status(second)] == ["requested", "called"]


def test_the_last_act_is_named_and_undone_by_whoever_is_there(
    scene: Scene, chair: Client, desk: Client, url: str
) -> None:
    request_id = someone(scene, "Ångström")
    assert "Last act" not in opened(chair, url)
    desk.submit(url, button="Give the floor to Ms. Demonstration Ångström")
    assert "Last act: Floor given · Ms. Demonstration Ångström · Demonstration Desk" in opened(chair, url)
    text = read(chair.submit(url, button="Undo"))
    assert scene.status(request_id) == "requested"
    assert "Nobody has the floor" in text
    assert "Last act: Undone: Floor given · Ms. Demonstration Ångström · chair@example.org" in text
    assert "An undo cannot be undone." in text
    assert Page(chair.get(url).data).by_id("undo") is None
    (event,) = scene.events("floor.undone")
    assert event.actor != scene.events("floor.give")[0].actor


def test_undo_pressed_twice_undoes_once(scene: Scene, chair: Client, url: str) -> None:
    first, second = scene.ask(), scene.ask()
    press(chair, url, f"u{second}", "Has to leave")
    form = chair.form(url, button="Undo")
    chair.send(form, form.fields)
    chair.send(form, form.fields)
    assert scene.waiting() == [first, second]
    assert len(scene.events("floor.undone")) == 1


def test_undo_of_an_act_that_is_no_longer_the_last_is_refused(
    scene: Scene, chair: Client, desk: Client, url: str
) -> None:
    request_id = scene.ask()
    press(chair, url, f"c{request_id}")
    form = chair.form(url, button="Undo")
    desk.submit(url, button="Close the list")
    assert "Last act: List of speakers closed · Demonstration Desk" in read(chair.send(form, form.fields))
    assert scene.status(request_id) == "called"


def test_the_last_act_tells_what_it_changed(scene: Scene, chair: Client, url: str) -> None:
    first, second = someone(scene, "Ångström"), someone(scene, "Zola")
    press(chair, url, f"u{second}", "Has to leave")
    assert "Last act: Moved on the list · Place: 2 → 1 · Ms. Demonstration Zola · chair@" in opened(chair, url)
    scene.act(commands.set_dignitary, first, dignitary=True)
    assert "Last act: Dignitary: no → yes · Ms. Demonstration Ångström" in opened(chair, url)
    scene.act(commands.set_limit, limit_ms=90_000)
    assert "Last act: Speaking limit set for all · Speaking limit: 2:00 → 1:30" in opened(chair, url)


def test_a_correction_is_confirmed_and_stands_as_the_last_act(scene: Scene, chair: Client, url: str) -> None:
    request_id = scene.speak(someone(scene, "Ångström"), seconds=90)
    answer = chair.submit(f"{url}requests/{request_id}/correct", {"used": "0:45", "reason": "pressed late"})
    assert answer.request.url.endswith("/")
    assert "The time is corrected: 0:45." in read(answer)
    assert "Last act: Time corrected · Time used: 1:30 → 0:45 · Ms. Demonstration Ångström" in read(answer)
    assert "A correction is not undone; the time can be corrected again." in read(answer)


@pytest.mark.parametrize(("seconds", "left"), [(60, 43 * 60), (120, 43 * 60), (150, 42 * 60 + 30)])
def test_what_is_left_after_a_turn_runs_on_by_itself_with_an_overrun(
    scene: Scene, clock: Clock, chair: Client, url: str, seconds: int, left: int
) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=10).act(commands.pause, request_id)
    scene.after(seconds=30).act(commands.resume, request_id)
    scene.ask()
    clock.set(scene.now + dt.timedelta(seconds=seconds - 10))
    head = queries.floor_head_by_id(scene.session.id, clock.now)
    assert head is not None
    after = chair_part.after_turn(queries.floor_state(head, clock.now))
    assert after is not None
    assert after.left_ms == left * 1000
    ran = rules.since_epoch(clock.now) - (after.attributes["data-started"] or 0) - after.turn.paused_ms
    assert after.limit_ms - max(0, ran) == after.left_ms  # as static/clock.js counts


def test_what_participants_do_is_no_last_act(scene: Scene, chair: Client, url: str) -> None:
    me = scene.participant()
    commands.withdraw(request_id=scene.ask(me), registration_id=me.id, actor=Actor.registration(me.id), now=scene.now)
    assert "Last act" not in opened(chair, url)


def test_the_limit_at_which_all_fit_is_one_press(new_scene: Callable[..., Scene], client: Client, clock: Clock) -> None:
    scene = new_scene(cap_ms=600_000)
    scene.now = clock.now
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, account)
    url = f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"
    for _ in range(6):
        scene.ask()
    assert "6 waiting × 2:00 = 12:00; left 10:00: 5 fit; at 1:40 all fit" in opened(client, url)
    text = read(client.submit(url, button="1:40 for all"))
    assert "6 waiting × 1:40 = 10:00; left 10:00: 6 fit" in text
    assert "all fit" not in text
    assert scene.floor.limit_ms == 100_000


def test_limits_that_differ_are_added_up(scene: Scene, chair: Client, url: str) -> None:
    with transaction():
        scene.floor.limits_ms = {"states": 60_000}
        state = factories.organisation(scene.meeting, category="states")
        person = factories.person(scene.meeting, organisation_id=state.id)
        factories.floor_request(scene.session, factories.registration(scene.meeting, person))
    scene.ask()
    assert "2 waiting, together 3:00; left 45:00: 2 fit" in opened(chair, url)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"dignitary": True}, "Dignitary"),
        ({"capacity": "joint", "on_behalf_of": "Two cities"}, "Joint statement"),
        ({"capacity": "national"}, "National capacity"),
        ({"substitute": "Demonstration Stand-in"}, "In place of: Ms. Demonstration Ångström"),
        ({"seat": "row 3, left"}, "Sits: row 3, left"),
        ({"language": "ar"}, "speaks العربية"),
        ({}, "Local and regional governments · first time"),
    ],
)
def test_a_row_says_what_a_chair_announces(
    scene: Scene, chair: Client, url: str, values: dict[str, Any], words: str
) -> None:
    assert words in row_of(chair, url, someone(scene, "Ångström", **values))


def test_a_row_counts_how_often_the_organisation_was_heard_in_the_meeting(
    scene: Scene, chair: Client, url: str
) -> None:
    with transaction():
        body = factories.organisation(scene.meeting)
        other = factories.session(scene.meeting)
        factories.floor(other)
        colleague, speaker = (factories.person(scene.meeting, organisation_id=body.id) for _ in range(2))
        spoken = {"status": "spoken"}
        factories.floor_request(other, factories.registration(scene.meeting, colleague), **spoken)
        request = factories.floor_request(scene.session, factories.registration(scene.meeting, speaker))
    assert "heard once before" in row_of(chair, url, request.id)
    with transaction():
        another = factories.person(scene.meeting, organisation_id=body.id)
        factories.floor_request(scene.session, factories.registration(scene.meeting, another), **spoken)
        absent = factories.person(scene.meeting, organisation_id=body.id)
        factories.floor_request(scene.session, factories.registration(scene.meeting, absent), status="absent")
    assert "heard 2 times before" in row_of(chair, url, request.id)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"words": 240}, "Statement , 240 words , Check against delivery"),
        ({"words": 1, "delivery": "as_delivered"}, "Statement , 1 word , As delivered"),
        ({"words": None, "for_record": True}, "Statement , for the record"),
    ],
)
def test_a_row_leads_to_the_statement(
    scene: Scene, chair: Client, url: str, values: dict[str, Any], words: str
) -> None:
    request_id = someone(scene, "Ångström")
    given = {"delivery": "check_against_delivery", "text": "Water", "filed_at": scene.now} | values
    with transaction():
        scene.request(request_id).statement = Statement(request_id=request_id, **given)
    assert words.replace(" ,", ",") in row_of(chair, url, request_id).replace(" ,", ",")
    link = chair.page(url).by_id(f"s{request_id}")
    assert link is not None
    assert chair.get(urljoin(url, link.get("href"))).status_code == 200


def test_the_window_for_asking_is_said_with_its_zone(
    new_scene: Callable[..., Scene], client: Client, clock: Clock
) -> None:
    day = factories.DAY
    scene = new_scene(
        asking_opens=clock.now.replace(tzinfo=None, hour=8, minute=0),
        asking_closes=clock.now.replace(tzinfo=None, day=day.day + 1, hour=9, minute=30),
        max_requests=60,
    )
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, account)
    url = f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"
    for text in (opened(client, url), read(client.submit(url, button="Close the list"))):
        assert "Requests are taken from 08:00 CET (Europe/Zurich)." in text
        assert "until Thursday 27 November 2025, 09:30 CET (Europe/Zurich)." in text
        assert "At most 60 requests." in text


def test_a_list_that_is_to_open_later_is_opened_by_hand(
    new_scene: Callable[..., Scene], client: Client, clock: Clock
) -> None:
    scene = new_scene(asking_opens=clock.now.replace(tzinfo=None, hour=23))
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, account)
    url = f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"
    assert "23:00 CET (Europe/Zurich)" in opened(client, url)
    text = read(client.submit(url, button="Open the list"))
    assert "The list of speakers is open." in text
    assert "23:00" not in text


def test_where_not_all_fit_the_list_is_closed_beside_the_forecast(
    new_scene: Callable[..., Scene], client: Client, clock: Clock
) -> None:
    scene = new_scene(cap_ms=60_000, limit_ms=60_000)
    scene.now = clock.now
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, account)
    for _ in range(3):
        scene.ask()
    url = f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"
    assert "3 waiting × 1:00 = 3:00; left 1:00: 1 fit The list of speakers is open. Close the list" in opened(
        client, url
    )


def test_a_list_that_no_longer_follows_its_rule_says_so(scene: Scene, chair: Client, url: str) -> None:
    first, second = scene.ask(), scene.after(minutes=1).ask()
    scene.order("round_robin")
    assert "The list stands otherwise" not in opened(chair, url)
    press(chair, url, f"u{second}", "Has to leave")
    assert "Order: Categories in turn. The list stands otherwise: moved by hand" in opened(chair, url)
    press(chair, url, f"u{first}", "A mistake")
    assert "The list stands otherwise" not in opened(chair, url)


def test_the_time_heard_is_tallied_once_somebody_was_heard(scene: Scene, chair: Client, url: str) -> None:
    request_id = scene.ask()
    assert "Time heard by category" not in opened(chair, url)
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=90).act(commands.end, request_id)
    assert "Local and regional governments 1 1:30" in opened(chair, url)


def test_pages_of_one_session_have_their_links(scene: Scene, chair: Client, url: str) -> None:
    links = {link.get("href") for link in chair.page(url).elements("a")}
    assert {"settings", "order", "add", f"{url}log"} <= links
    assert f"/meetings/{scene.meeting.slug}/floor/statistics" in links


@pytest.mark.parametrize("number", [1, 3, 60])
def test_a_list_of_any_length_takes_as_many_statements(
    scene: Scene, chair: Client, url: str, exact_queries: ExactQueries, number: int
) -> None:
    ids = [scene.ask() for _ in range(number)]
    scene.act(commands.call, ids[0])
    # account, its grants, the meeting's id twice (page, tabs); floor, requests, turns; heard before; last act, by whom
    with exact_queries(10):
        chair.get(url)


def test_a_hundred_with_every_detail_stay_a_small_page(scene: Scene, chair: Client, url: str) -> None:
    with transaction():
        for number in range(100):
            person = factories.person(
                scene.meeting,
                given="Demonstration",
                family=f"عبد الرحمن بن عبد الله {number}",
                organisation_id=factories.organisation(scene.meeting, name="Demonstration " * 6, country="CH").id,
            )
            row = factories.floor_request(
                scene.session,
                factories.registration(scene.meeting, person),
                topic="Water and housing " * 3,
                on_behalf_of="Two cities and a region",
                capacity="joint",
                language="fr",
                substitute="Demonstration Stand-in",
                dignitary=True,
            )
            row.statement = Statement(delivery="as_delivered", text="Water", words=240, filed_at=scene.now)
    page = chair.get(url).data
    assert len(page) <= MAX_PAGE_BYTES
    assert page.count(b"On behalf of") == IN_FULL
    assert page.count(b">More</a>") == LISTED
