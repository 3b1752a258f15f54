"""The chair's page of a floor, and the list of a meeting's floors."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from meetings.database import db, transaction
from meetings.floor import commands
from meetings.floor.views.chair_part import LISTED
from meetings.models.account import Account
from meetings.models.floor import Turn
from meetings.refusals import Refused
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.floor.reading import opened, read
from tests.floor.scene import Scene
from tests.page_lint import MAX_PAGE_BYTES, text_of
from tests.signing_in import sign_in


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def url(scene: Scene) -> str:
    return f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"


def person(scene: Scene, family: str, **values: object) -> int:
    with transaction():
        person = factories.person(scene.meeting, honorific="Ms.", given="Demonstration", family=family, **values)
    return scene.ask(scene.participant(who=person), topic="Water", language="fr", on_behalf_of="Two cities")


def test_an_empty_list_says_so(chair: Client, url: str) -> None:
    text = opened(chair, url)
    assert "Nobody has the floor" in text
    assert "Nobody is waiting." in text
    assert "45:00 left of the floor" in text


def test_giving_ending_and_what_the_page_shows_of_it(scene: Scene, chair: Client, url: str, clock: Clock) -> None:
    first, second = person(scene, "Ångström"), person(scene, "عبد الرحمن")
    text = opened(chair, url)
    for each in ("Local and regional governments", "speaks Français", "On behalf of: Two cities", "On: Water"):
        assert each in text
    assert "2 waiting × 2:00 = 4:00; left 45:00: 2 fit" in text
    text = read(chair.submit(url, button="Give the floor to Ms. Demonstration Ångström"))
    assert "1 waiting × 2:00 = 2:00; left after this turn 43:00 : 1 fit" in text
    clock.advance(seconds=135)
    text = opened(chair, url)
    assert "left after this turn 42:45 : 1 fit" in text
    assert "−0:15 left left: please conclude over time" in text  # the words of all stages; one is shown
    text = read(chair.submit(url, button="End the turn of Ms. Demonstration Ångström"))
    assert "Has spoken Given: 2:00 Used: 2:15 Over time: 0:15" in text
    assert "42:45 left of the floor" in text
    assert [scene.status(first), scene.status(second)] == ["spoken", "requested"]


def used_up(scene: Scene) -> None:
    """Leave 0:26 of the floor without closing it, as a meeting file may."""
    with transaction():
        row = factories.floor_request(scene.session, status="spoken")
        times = {"cap_ms": 2_700_000, "spent_before_ms": 0, "granted_ms": 2_674_000, "used_ms": 2_674_000}
        db.session.add(Turn(request_id=row.id, session_id=scene.session.id, **times))


def test_with_less_than_the_shortest_turn_left_the_floor_is_given_to_nobody_and_ended(
    scene: Scene, chair: Client, url: str
) -> None:
    waits = scene.ask()
    used_up(scene)
    text = opened(chair, url)
    assert "Too little is left for another turn: the shortest is 0:30." in text
    assert "0:26 left of the floor" in text
    assert "Give the floor" not in text.split("Keyboard")[0]
    assert "Requests are no longer taken: too little time is left for another turn." in text
    with pytest.raises(Refused, match=r"too little time is left for another turn\. You were not added"):
        scene.ask()
    chair.submit(url, button="End the floor for good")
    assert scene.status(waits) == "not_reached"


def test_a_running_turn_uses_nothing_up_before_it_has_ended(scene: Scene, chair: Client, url: str) -> None:
    speaks = scene.ask()
    scene.act(commands.give_floor, speaks)
    scene.after(minutes=50)
    scene.ask()
    assert "The list of speakers is open." in opened(chair, url)


@pytest.mark.parametrize(
    ("button", "status"),
    [("Absent", "absent"), ("Set aside: connection lost", "set_aside"), ("Pause", "paused")],
)
def test_the_buttons_for_the_speaker(scene: Scene, chair: Client, url: str, button: str, status: str) -> None:
    request_id = person(scene, "Ångström")
    scene.act(commands.give_floor, request_id)
    chair.submit(url, button=button)
    assert scene.status(request_id) == status
    if status == "paused":
        chair.submit(url, button="Resume")
        assert scene.status(request_id) == "speaking"


@pytest.mark.parametrize(
    ("button", "status"),
    [("Call", "called"), ("Absent", "absent"), ("Decline", "declined"), ("Give the floor", "speaking")],
)
def test_the_buttons_of_a_row(scene: Scene, chair: Client, url: str, button: str, status: str) -> None:
    request_id = person(scene, "Ångström")
    chair.submit(url, {"reason": "Not on the subject"} if button == "Decline" else {}, button=button)
    assert scene.status(request_id) == status


@pytest.mark.parametrize("button", ["Absent", "Decline"])
def test_a_wrong_press_is_taken_back(scene: Scene, chair: Client, url: str, button: str) -> None:
    request_id = person(scene, "Ångström")
    other = scene.ask()
    press(chair, url, f"{'a' if button == 'Absent' else 'x'}{request_id}")
    assert scene.waiting() == [other]
    page = chair.page(url)
    back = page.by_id(f"b{request_id}")
    assert back is not None
    assert back.get("aria-labelledby") == f"b{request_id} n{request_id}"
    chair.submit(url, button="Back on the list")
    assert scene.waiting() == [other, request_id]
    assert "Not heard" not in opened(chair, url)


def test_who_withdrew_or_asked_again_is_not_put_back_and_nobody_once_the_floor_is_closed(
    scene: Scene, chair: Client, url: str
) -> None:
    with transaction():
        factories.floor_request(scene.session, status="withdrawn")
    again = scene.participant()
    first = scene.ask(again)
    scene.act(commands.mark_absent, first)
    scene.ask(again, latest_seen=first)
    text = opened(chair, url)
    assert "Not heard" in text
    assert "Back on the list" not in text
    scene.act(commands.decline, scene.ask(), reason="late")
    assert "Back on the list" in opened(chair, url)
    scene.act(commands.close_floor)
    assert "Back on the list" not in opened(chair, url)


def test_who_was_absent_in_a_running_turn_is_not_among_the_heard(
    scene: Scene, chair: Client, url: str, clock: Clock
) -> None:
    request_id = person(scene, "Ångström")
    scene.act(commands.give_floor, request_id)
    clock.advance(seconds=12)
    text = read(chair.submit(url, button="Absent"))
    assert "Who has had the floor" not in text
    assert "Ms. Demonstration Ångström" in text.split("Not heard")[1]
    assert "Absent Time charged: 0:12" in text
    text = read(chair.submit(f"{url}requests/{request_id}/correct", {"used": "0:02", "reason": "pressed late"}))
    assert "Absent Time charged: 0:02" in text


def press(chair: Client, url: str, button_id: str, *, reason: str = "Balance") -> TestResponse:
    """Press the button with that id, in a list whose rows have the same buttons, with a reason typed below it."""
    button = chair.page(url).by_id(button_id)
    assert button is not None
    assert "disabled" not in button.attrib
    form = chair.form(url, button="Close the list")
    form.action = urljoin(url, button.get("formaction"))
    return chair.send(form, form.filled({"reason": reason}))


def test_the_buttons_of_a_row_name_the_person(scene: Scene, chair: Client, url: str) -> None:
    request_id = person(scene, "Ångström")
    page = chair.page(url)
    for letter in "gcax":
        button = page.by_id(f"{letter}{request_id}")
        assert button is not None
        assert button.get("aria-labelledby") == f"{letter}{request_id} n{request_id}"
    name = page.by_id(f"n{request_id}")
    assert name is not None
    assert text_of(name) == "Ms. Demonstration Ångström"


def test_a_request_is_moved(scene: Scene, chair: Client, url: str) -> None:
    first, second = scene.ask(), scene.ask()
    press(chair, url, f"d{first}")
    assert scene.waiting() == [second, first]
    press(chair, url, f"u{first}")
    assert scene.waiting() == [first, second]
    press(chair, url, f"t{second}")
    assert scene.waiting() == [second, first]


def test_the_buttons_keep_their_places_and_those_that_do_nothing_are_disabled(
    scene: Scene, chair: Client, url: str
) -> None:
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    scene.act(commands.call, first)
    page = chair.page(url)
    idle = {first: "ctu", second: "", third: "d"}
    for request_id, letters in idle.items():
        name = page.by_id(f"n{request_id}")
        assert name is not None
        cell = page.ancestor(name, "tr")
        assert cell is not None
        buttons = list(cell.iter("button"))
        assert [str(each.get("id"))[0] for each in buttons] == list("cgtudax")
        assert "".join(str(each.get("id"))[0] for each in buttons if "disabled" in each.attrib) == letters


def test_before_its_day_the_page_says_when_the_session_is(scene: Scene, chair: Client, url: str, clock: Clock) -> None:
    notice = "This session is planned for Wednesday 26 November 2025, 09:20 CET (Europe/Zurich)."
    assert notice not in opened(chair, url)
    clock.advance(hours=-10)  # midnight
    assert notice not in opened(chair, url)
    clock.advance(minutes=-1)
    assert notice in opened(chair, url)


def test_the_list_is_closed_opened_and_the_floor_ended(scene: Scene, chair: Client, url: str) -> None:
    request_id = scene.ask()
    assert "The list of speakers is closed." in read(chair.submit(url, button="Close the list"))
    assert "The list of speakers is open." in read(chair.submit(url, button="Open the list"))
    text = read(chair.submit(url, button="End the floor for good"))
    assert "The floor is closed" in text
    assert "Not reached: the time ran out" in text
    assert scene.status(request_id) == "not_reached"


def test_the_list_of_a_meeting_that_is_over_has_no_button_to_open_it(chair: Client, url: str, clock: Clock) -> None:
    clock.advance(days=1)
    text = opened(chair, url)
    assert "The meeting is over" in text
    assert "Open the list" not in text
    assert "Close the list" not in text


@pytest.mark.parametrize(
    ("which", "button", "event", "column"),
    [
        ("display", "Make a new display link", "floor.display_renewed", "display_serial"),
        (
            "interpreters",
            "Make a new link for the interpreters",
            "floor.interpreters_renewed",
            "interpreters_serial",
        ),
    ],
)
def test_a_new_link_makes_the_old_one_lead_nowhere(
    scene: Scene, chair: Client, url: str, which: str, button: str, event: str, column: str
) -> None:
    old = link_of(chair, url, which)
    form = chair.form(f"{url}settings", button=button)
    for _ in range(2):  # pressed twice, or by two at once: one new link
        assert "has a new link" in read(chair.send(form, form.fields))
    new = link_of(chair, url, which)
    assert (new == old, chair.get(old).status_code, chair.get(new).status_code) == (False, 404, 200)
    assert [(each.actor, each.after) for each in scene.events(event)] == [
        (f"account:{account_id()}", {column: 2, "version": scene.floor.version})
    ]


def link_of(chair: Client, url: str, which: str) -> str:
    """The address of the display or of the interpreters, which the chair's page and the settings both have."""
    found = [
        {urlsplit(str(link.get("href"))).path for link in chair.page(page).elements("a")}
        for page in (url, f"{url}settings")
    ]
    (both,) = (path for path in found[0] & found[1] if f"/{which}/" in path)
    return both


def account_id() -> int:
    return db.session.scalars(sa.select(Account.id)).one()


@pytest.mark.parametrize("fields", [{}, {"serial": "x"}])
@pytest.mark.parametrize("which", ["display", "interpreters"])
def test_no_new_link_is_made_without_the_old_one(
    app: Flask, scene: Scene, chair: Client, url: str, fields: dict[str, str], which: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert chair.post(url + which, data=fields).status_code == 400
    assert (scene.floor.display_serial, scene.floor.interpreters_serial) == (1, 1)


def test_an_act_on_an_old_list_is_refused_with_the_fresh_list(scene: Scene, chair: Client, url: str) -> None:
    first = person(scene, "Ångström")
    form = chair.form(url, button="Give the floor to Ms. Demonstration Ångström")
    second = person(scene, "Zola")
    scene.act(commands.move, second, place=1, reason="Balance")
    text = read(chair.send(form, form.fields))
    assert "The list has changed since you saw it; nothing was done." in text
    assert "Give the floor to Ms. Demonstration Zola" in text
    assert scene.status(first) == "requested"


def test_two_chairs_and_one_floor(scene: Scene, chair: Client, url: str) -> None:
    person(scene, "Ångström")
    form = chair.form(url, button="Give the floor")
    scene.act(commands.give_floor, scene.ask())
    assert "The list has changed" in read(chair.send(form, form.fields))


def test_who_is_protected_is_marked(scene: Scene, chair: Client, url: str) -> None:
    person(scene, "Secret", protected=True)
    assert "Protected: do not announce the name" in opened(chair, url)


def test_a_withdrawn_registration_is_marked_and_refused(scene: Scene, chair: Client, url: str) -> None:
    person(scene, "Gone")
    with transaction():
        scene.registrations[-1].status = "withdrawn"
    assert "Registration no longer confirmed" in opened(chair, url)
    assert "is no longer confirmed. Decline" in read(chair.submit(url, button="Give the floor"))


def test_the_last_turn_is_announced(new_scene: Callable[..., Scene], client: Client, clock: Clock) -> None:
    scene = new_scene(cap_ms=120_000)
    scene.now = clock.now
    request_id = scene.ask()
    scene.ask()
    scene.act(commands.give_floor, request_id)
    with transaction():
        sign_in_as = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, sign_in_as)
    assert "the floor closes with this turn" in opened(
        client, f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"
    )


@pytest.mark.parametrize("fields", [{}, {"version": "new"}])
def test_an_act_without_a_version_is_no_act(
    app: Flask, scene: Scene, chair: Client, url: str, fields: dict[str, str]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    request_id = scene.ask()
    assert chair.post(f"{url}requests/{request_id}/give", data=fields).status_code == 400
    assert chair.post(f"{url}requests/{request_id}/applaud", data={"version": "1"}).status_code == 404
    assert chair.post(f"{url}list/burn", data={"version": "1"}).status_code == 404
    assert scene.status(request_id) == "requested"


def test_the_time_of_a_turn_is_corrected(scene: Scene, chair: Client, url: str, clock: Clock) -> None:
    request_id = person(scene, "Ångström")
    scene.act(commands.give_floor, request_id)
    clock.advance(minutes=9)
    page_url = f"{url}requests/{request_id}/correct"
    assert "Counted by the clock 9:00" in opened(chair, page_url)
    text = read(chair.submit(page_url, {"used": "1:50", "reason": "forgot to press end"}))
    assert "Used: 1:50" in text
    assert scene.turn(request_id).used_ms == 110_000


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Enter the time that was spoken."),
        ({"used": "ten", "reason": "late"}, "Write minutes and seconds with a colon"),
        ({"used": "1:60", "reason": "late"}, "Write minutes and seconds with a colon"),
        ({"used": "1:50"}, "Say why the time is corrected."),
        ({"used": "1:50", "reason": "  "}, "Say why the time is corrected."),
        ({"used": "  ", "reason": "late"}, "Enter the time that was spoken."),
        ({"used": "1:50", "reason": "x" * 301}, "Use at most 300 characters."),
        ({"used": "9:59", "reason": "late"}, "The turn lasted 2:10"),
    ],
)
def test_a_correction_that_cannot_be_comes_back(
    scene: Scene, chair: Client, url: str, clock: Clock, values: dict[str, str], message: str
) -> None:
    request_id = person(scene, "Ångström")
    scene.act(commands.give_floor, request_id)
    clock.advance(seconds=130)
    response = chair.submit(f"{url}requests/{request_id}/correct", values)
    assert response.status_code in {409, 422}
    assert message in read(response)
    assert all(value.encode() in response.data for value in values.values())
    assert scene.status(request_id) == "speaking"


def test_the_reason_of_a_correction_is_kept_clean(scene: Scene, chair: Client, url: str, clock: Clock) -> None:
    request_id = person(scene, "Ångström")
    scene.act(commands.give_floor, request_id)
    clock.advance(seconds=130)
    page_url = f"{url}requests/{request_id}/correct"
    form = chair.form(page_url)
    form.fields["used"], form.fields["reason"] = "1:50", "\x00"
    empty = chair.send(form, form.fields)
    assert (empty.status_code, "Say why" in read(empty)) == (422, True)
    form.fields["reason"] = "the\x0b clock\x00"
    chair.send(form, form.fields)
    line = scene.events("floor.corrected")[0].after
    assert line is not None
    assert line["reason"] == "the clock"


def test_a_stale_correction_comes_back_and_may_be_sent_again(
    scene: Scene, chair: Client, url: str, clock: Clock
) -> None:
    request_id = person(scene, "Ångström")
    scene.act(commands.give_floor, request_id)
    clock.advance(seconds=130)
    page_url = f"{url}requests/{request_id}/correct"
    form = chair.form(page_url)
    scene.act(commands.close_list)
    response = chair.send(form, form.filled({"used": "1:50", "reason": "late"}))
    assert response.status_code == 409
    assert b'value="1:50"' in response.data
    assert f'name="version" type="hidden" value="{scene.floor.version}"'.encode() in response.data


def test_who_has_not_spoken_has_nothing_to_correct(scene: Scene, chair: Client, url: str) -> None:
    assert chair.get(f"{url}requests/{scene.ask()}/correct").status_code == 404


def test_the_floors_of_a_meeting(scene: Scene, chair: Client) -> None:
    request_id = scene.ask()
    scene.ask()
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=90).act(commands.end, request_id)
    text = opened(chair, f"/meetings/{scene.meeting.slug}/floor/")
    assert "Waiting: 1 Heard: 1 Time used: 1:30 of 45:00" in text


def test_a_meeting_without_floors_says_so(scene: Scene, client: Client) -> None:
    with transaction():
        meeting = factories.meeting()
        account = factories.account("other@example.org", "chair", of=meeting)
    sign_in(client, account)
    assert "No session of this meeting has a floor yet." in opened(client, f"/meetings/{meeting.slug}/floor/")


def test_sessions_without_a_floor_have_no_such_page(scene: Scene, chair: Client) -> None:
    with transaction():
        session = factories.session(scene.meeting)
    assert chair.get(f"/meetings/{scene.meeting.slug}/floor/{session.key}/").status_code == 404
    assert chair.get(f"/meetings/{scene.meeting.slug}/floor/nothing/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_for_three_as_for_one(
    scene: Scene, chair: Client, url: str, exact_queries: ExactQueries, number: int
) -> None:
    for _ in range(number):
        waiting, spoken = person(scene, "Ångström"), person(scene, "Zola")
        scene.act(commands.give_floor, spoken)
        scene.act(commands.end, spoken)
        assert waiting
    # account, its grants, the meeting's id twice (page, tabs); floor, requests, turns; heard before; last act, by whom
    with exact_queries(10):
        chair.get(url)


@pytest.mark.parametrize("number", [1, 3])
def test_the_floors_take_as_many_statements_for_three_as_for_one(
    scene: Scene, chair: Client, exact_queries: ExactQueries, number: int
) -> None:
    with transaction():
        for _ in range(number - 1):
            factories.floor(factories.session(scene.meeting))
    url = f"/meetings/{scene.meeting.slug}/floor/"
    with exact_queries(8):  # account, its grants, the meeting's id twice (page, tabs); title, floors, states, turns
        chair.get(url)


def test_a_crowd_that_waits_and_was_heard_stays_a_small_page(scene: Scene, chair: Client, url: str) -> None:
    with transaction():
        for number in range(130):
            person = factories.person(
                scene.meeting,
                given="Demonstration",
                family=f"Participant with a rather long family name {number}",
                organisation_id=factories.organisation(scene.meeting, name="Demonstration " * 6, country="CH").id,
            )
            of = factories.registration(scene.meeting, person)
            topic = "Water and housing " * 3
            factories.floor_request(scene.session, of, topic=topic)
            if number < 40:
                factories.floor_request(scene.session, of, topic=topic, status="withdrawn")
                heard = factories.floor_request(scene.session, of, topic=topic, status="spoken")
                times = {"cap_ms": 2_700_000, "spent_before_ms": 0, "granted_ms": 60_000, "used_ms": 30_000}
                db.session.add(Turn(request_id=heard.id, session_id=scene.session.id, **times))
    response = chair.get(url)
    assert len(response.data) <= MAX_PAGE_BYTES
    assert f"{130 - LISTED} more are not shown here. All requests, page by page" in read(response)
