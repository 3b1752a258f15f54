"""The floor's pages, as a participant, a chair and the room see them."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from meetings import links
from meetings.database import db, transaction
from meetings.floor import commands, rules
from meetings.models.floor import Turn
from meetings.models.people import Registration
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.floor.scene import Scene
from tests.page_lint import MAX_PAGE_BYTES, Page, text_of
from tests.signing_in import sign_in


def read(response: TestResponse) -> str:
    """The text of a page's main part."""
    return text_of(next(Page(response.data).elements("main")))


def opened(client: Client, url: str) -> str:
    return read(client.get(url, follow_redirects=True))


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


class TestParticipant:
    """By the personal link, without signing in."""

    @pytest.fixture
    def me(self, scene: Scene) -> Registration:
        return scene.participant()

    @pytest.fixture
    def url(self, app: Flask, scene: Scene, me: Registration) -> str:
        with app.test_request_context():
            return f"/me/{links.make('personal', me.id, me.link_serial)}/sessions/{scene.session.key}/floor"

    def test_asking_leads_back_to_the_page_with_the_own_place(self, scene: Scene, client: Client, url: str) -> None:
        scene.ask()
        response = client.submit(url, {"topic": "السكن", "language": "en"}, button="Ask for the floor", follow=False)
        assert response.status_code == 303
        text = opened(client, url)
        assert "You are on the list of speakers." in text
        assert "You are number 2 of 2 on the list." in text
        request = scene.request(scene.waiting()[-1])
        assert (request.topic, request.language, request.on_behalf_of) == ("السكن", "en", None)

    def test_the_form_sent_twice_asks_once(self, scene: Scene, client: Client, url: str) -> None:
        form = client.form(url, button="Ask for the floor")
        client.send(form, form.fields)
        text = read(client.send(form, form.fields))
        assert "had arrived already" in text
        assert len(scene.waiting()) == 1

    def test_the_form_saved_unchanged_changes_nothing(
        self, scene: Scene, me: Registration, client: Client, url: str
    ) -> None:
        scene.ask(me, topic="Water", language="pt", on_behalf_of="Two cities")
        version = scene.floor.version
        client.submit(url, button="Save the change")
        assert scene.floor.version == version
        assert scene.request(scene.waiting()[0]).language == "pt"

    def test_a_waiting_request_is_changed(self, scene: Scene, me: Registration, client: Client, url: str) -> None:
        request_id = scene.ask(me, topic="Water")
        text = read(client.submit(url, {"topic": "Housing"}, button="Save the change"))
        assert "you keep your place" in text
        assert scene.request(request_id).topic == "Housing"

    def test_what_is_too_long_comes_back_with_what_was_typed(self, scene: Scene, client: Client, url: str) -> None:
        form = client.form(url, button="Ask for the floor")
        response = client.send(form, form.filled({"topic": "x" * 10_000, "on_behalf_of": "Two cities"}))
        assert response.status_code == 422
        assert "Use at most 300 characters." in read(response)
        assert b"x" * 10_000 in response.data
        assert b"Two cities" in response.data
        assert scene.waiting() == []

    def test_a_list_closed_meanwhile_refuses_and_keeps_what_was_typed(
        self, scene: Scene, client: Client, url: str
    ) -> None:
        form = client.form(url, button="Ask for the floor")
        scene.act(commands.close_list)
        response = client.send(form, form.filled({"topic": "Water"}))
        assert response.status_code == 409
        assert "The list of speakers is closed. You were not added." in read(response)
        assert b'value="Water"' in response.data
        assert "No requests are taken now." in opened(client, url)

    def test_who_is_not_confirmed_is_told_so_and_has_no_form(self, scene: Scene, app: Flask, client: Client) -> None:
        pending = scene.participant(status="pending")
        with app.test_request_context():
            token = links.make("personal", pending.id, 1)
        page = client.page(f"/me/{token}/sessions/{scene.session.key}/floor")
        assert "not confirmed yet" in text_of(next(page.elements("main")))
        assert not [form for form in page.elements("form") if page.ancestor(form, "main") is not None]

    def test_a_request_is_withdrawn(self, scene: Scene, me: Registration, client: Client, url: str) -> None:
        request_id = scene.ask(me)
        text = read(client.submit(url, button="Withdraw my request"))
        assert "Your request was withdrawn." in text
        assert "Ask for the floor again" in text
        assert scene.status(request_id) == "withdrawn"

    def test_withdrawing_what_is_being_spoken_is_refused_with_a_sentence(
        self, scene: Scene, me: Registration, client: Client, url: str
    ) -> None:
        request_id = scene.ask(me)
        form = client.form(url, button="Withdraw my request")
        scene.act(commands.give_floor, request_id)
        assert "can no longer be withdrawn" in read(client.send(form, form.fields))

    def test_the_wait_is_told_from_the_place_and_the_speaker(
        self, scene: Scene, me: Registration, client: Client, url: str, clock: Clock
    ) -> None:
        first = scene.ask()
        scene.ask()
        scene.ask(me)
        scene.act(commands.give_floor, first)
        clock.advance(seconds=60)
        text = opened(client, url)
        assert "You are number 2 of 2" in text
        assert "in about 3 minutes" in text  # one minute of the speaker's, two of who is before

    def test_who_cannot_be_reached_is_told_so(
        self, new_scene: Callable[..., Scene], app: Flask, client: Client
    ) -> None:
        scene = new_scene(cap_ms=120_000)
        scene.ask()
        me = scene.participant()
        scene.ask(me)
        with app.test_request_context():
            token = links.make("personal", me.id, 1)
        assert "may run out before your turn" in opened(client, f"/me/{token}/sessions/{scene.session.key}/floor")

    def test_no_other_participant_is_named_here(self, scene: Scene, client: Client, url: str) -> None:
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
    def test_every_state_has_its_words(
        self, scene: Scene, me: Registration, client: Client, url: str, status: str
    ) -> None:
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
            "absent": "were not there",
            "not_reached": "The time ran out before you were reached",
            "declined": "could not give you the floor",
        }[status] in text

    @pytest.mark.parametrize("spoil", ["serial", "key", "token"])
    def test_a_replaced_link_and_a_wrong_address_lead_nowhere(
        self, scene: Scene, me: Registration, client: Client, url: str, spoil: str
    ) -> None:
        if spoil == "serial":
            with transaction():
                me.link_serial += 1
        elif spoil == "key":
            url = url.replace(scene.session.key, "elsewhere")
        else:
            url = url.replace("/me/", "/me/x")
        assert client.get(url).status_code == 404


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


class TestChair:
    """Signed in with the chair's role."""

    @pytest.fixture
    def chair(self, scene: Scene, client: Client) -> Client:
        with transaction():
            account = factories.account("chair@example.org", "chair", of=scene.meeting)
        sign_in(client, account)
        return client

    @pytest.fixture
    def url(self, scene: Scene) -> str:
        return f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"

    def person(self, scene: Scene, family: str, **values: object) -> int:
        with transaction():
            person = factories.person(scene.meeting, honorific="Ms.", given="Demonstration", family=family, **values)
        return scene.ask(scene.participant(who=person), topic="Water", language="fr", on_behalf_of="Two cities")

    def test_an_empty_list_says_so(self, chair: Client, url: str) -> None:
        text = opened(chair, url)
        assert "Nobody has the floor" in text
        assert "Nobody is waiting." in text
        assert "45:00 left of the floor" in text

    def test_giving_ending_and_what_the_page_shows_of_it(
        self, scene: Scene, chair: Client, url: str, clock: Clock
    ) -> None:
        first, second = self.person(scene, "Ångström"), self.person(scene, "عبد الرحمن")
        text = opened(chair, url)
        for each in ("Local and regional governments", "speaks Français", "On behalf of: Two cities", "On: Water"):
            assert each in text
        assert "2 waiting × 2:00 = 4:00; left 45:00: 2 fit" in text
        text = read(chair.submit(url, button="Give the floor to Ms. Demonstration Ångström"))
        assert "1 waiting × 2:00 = 2:00; left 43:00: 1 fit" in text
        clock.advance(seconds=135)
        text = opened(chair, url)
        assert "−0:15 left left: please conclude over time" in text  # the words of all stages; one is shown
        text = read(chair.submit(url, button="End the turn of Ms. Demonstration Ångström"))
        assert "Has spoken Given: 2:00 Used: 2:15 Over time: 0:15" in text
        assert "42:45 left of the floor" in text
        assert [scene.status(first), scene.status(second)] == ["spoken", "requested"]

    @pytest.mark.parametrize(
        ("button", "status"),
        [("Is not there", "absent"), ("Connection lost: set aside", "set_aside"), ("Pause the clock", "paused")],
    )
    def test_the_buttons_for_the_speaker(self, scene: Scene, chair: Client, url: str, button: str, status: str) -> None:
        request_id = self.person(scene, "Ångström")
        scene.act(commands.give_floor, request_id)
        chair.submit(url, button=button)
        assert scene.status(request_id) == status
        if status == "paused":
            chair.submit(url, button="Let the clock run on")
            assert scene.status(request_id) == "speaking"

    @pytest.mark.parametrize(
        ("button", "status"),
        [("Call", "called"), ("Absent", "absent"), ("Decline", "declined"), ("Give the floor", "speaking")],
    )
    def test_the_buttons_of_a_row(self, scene: Scene, chair: Client, url: str, button: str, status: str) -> None:
        request_id = self.person(scene, "Ångström")
        chair.submit(url, button=button)
        assert scene.status(request_id) == status

    def test_the_buttons_of_a_row_name_the_person(self, scene: Scene, chair: Client, url: str) -> None:
        request_id = self.person(scene, "Ångström")
        page = chair.page(url)
        for letter in "gcax":
            button = page.by_id(f"{letter}{request_id}")
            assert button is not None
            assert button.get("aria-labelledby") == f"{letter}{request_id} n{request_id}"
        name = page.by_id(f"n{request_id}")
        assert name is not None
        assert text_of(name) == "Ms. Demonstration Ångström"

    def test_a_request_is_moved(self, scene: Scene, chair: Client, url: str) -> None:
        first, second = scene.ask(), scene.ask()
        chair.submit(url, button="Down")
        assert scene.waiting() == [second, first]
        chair.submit(url, button="Up")
        assert scene.waiting() == [first, second]
        chair.submit(url, button="To the top")
        assert scene.waiting() == [second, first]

    def test_the_list_is_closed_opened_and_the_floor_ended(self, scene: Scene, chair: Client, url: str) -> None:
        request_id = scene.ask()
        assert "The list of speakers is closed." in read(chair.submit(url, button="Close the list"))
        assert "The list of speakers is open." in read(chair.submit(url, button="Open the list"))
        text = read(chair.submit(url, button="End the floor for good"))
        assert "The floor is closed" in text
        assert "Not reached: the time ran out" in text
        assert scene.status(request_id) == "not_reached"

    def test_an_act_on_an_old_list_is_refused_with_the_fresh_list(self, scene: Scene, chair: Client, url: str) -> None:
        first = self.person(scene, "Ångström")
        form = chair.form(url, button="Give the floor to Ms. Demonstration Ångström")
        second = self.person(scene, "Zola")
        scene.act(commands.move, second, place=1)
        text = read(chair.send(form, form.fields))
        assert "The list has changed since you saw it; nothing was done." in text
        assert "Give the floor to Ms. Demonstration Zola" in text
        assert scene.status(first) == "requested"

    def test_two_chairs_and_one_floor(self, scene: Scene, chair: Client, url: str) -> None:
        self.person(scene, "Ångström")
        form = chair.form(url, button="Give the floor")
        scene.act(commands.give_floor, scene.ask())
        assert "The list has changed" in read(chair.send(form, form.fields))

    def test_who_is_protected_is_marked(self, scene: Scene, chair: Client, url: str) -> None:
        self.person(scene, "Secret", protected=True)
        assert "Protected: do not announce the name" in opened(chair, url)

    def test_a_withdrawn_registration_is_marked_and_refused(self, scene: Scene, chair: Client, url: str) -> None:
        self.person(scene, "Gone")
        with transaction():
            scene.registrations[-1].status = "withdrawn"
        assert "Registration no longer confirmed" in opened(chair, url)
        assert "is no longer confirmed. Decline" in read(chair.submit(url, button="Give the floor"))

    def test_the_last_turn_is_announced(self, new_scene: Callable[..., Scene], client: Client, clock: Clock) -> None:
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
        self, app: Flask, scene: Scene, chair: Client, url: str, fields: dict[str, str]
    ) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        request_id = scene.ask()
        assert chair.post(f"{url}requests/{request_id}/give", data=fields).status_code == 400
        assert chair.post(f"{url}requests/{request_id}/applaud", data={"version": "1"}).status_code == 404
        assert chair.post(f"{url}list/burn", data={"version": "1"}).status_code == 404
        assert scene.status(request_id) == "requested"

    def test_the_time_of_a_turn_is_corrected(self, scene: Scene, chair: Client, url: str, clock: Clock) -> None:
        request_id = self.person(scene, "Ångström")
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
            ({"used": "9:59", "reason": "late"}, "The turn lasted 2:10"),
        ],
    )
    def test_a_correction_that_cannot_be_comes_back(
        self, scene: Scene, chair: Client, url: str, clock: Clock, values: dict[str, str], message: str
    ) -> None:
        request_id = self.person(scene, "Ångström")
        scene.act(commands.give_floor, request_id)
        clock.advance(seconds=130)
        response = chair.submit(f"{url}requests/{request_id}/correct", values)
        assert response.status_code in {409, 422}
        assert message in read(response)
        assert all(value.encode() in response.data for value in values.values())
        assert scene.status(request_id) == "speaking"

    def test_a_stale_correction_comes_back_and_may_be_sent_again(
        self, scene: Scene, chair: Client, url: str, clock: Clock
    ) -> None:
        request_id = self.person(scene, "Ångström")
        scene.act(commands.give_floor, request_id)
        clock.advance(seconds=130)
        page_url = f"{url}requests/{request_id}/correct"
        form = chair.form(page_url)
        scene.act(commands.close_list)
        response = chair.send(form, form.filled({"used": "1:50", "reason": "late"}))
        assert response.status_code == 409
        assert b'value="1:50"' in response.data
        assert f'name="version" type="hidden" value="{scene.floor.version}"'.encode() in response.data

    def test_who_has_not_spoken_has_nothing_to_correct(self, scene: Scene, chair: Client, url: str) -> None:
        assert chair.get(f"{url}requests/{scene.ask()}/correct").status_code == 404

    def test_the_floors_of_a_meeting(self, scene: Scene, chair: Client) -> None:
        request_id = scene.ask()
        scene.ask()
        scene.act(commands.give_floor, request_id)
        scene.after(seconds=90).act(commands.end, request_id)
        text = opened(chair, f"/meetings/{scene.meeting.slug}/floor/")
        assert "Waiting: 1 Heard: 1 Time used: 1:30 of 45:00" in text

    def test_a_meeting_without_floors_says_so(self, scene: Scene, client: Client) -> None:
        with transaction():
            meeting = factories.meeting()
            account = factories.account("other@example.org", "chair", of=meeting)
        sign_in(client, account)
        assert "No session of this meeting has a floor yet." in opened(client, f"/meetings/{meeting.slug}/floor/")

    def test_sessions_without_a_floor_have_no_such_page(self, scene: Scene, chair: Client) -> None:
        with transaction():
            session = factories.session(scene.meeting)
        assert chair.get(f"/meetings/{scene.meeting.slug}/floor/{session.key}/").status_code == 404
        assert chair.get(f"/meetings/{scene.meeting.slug}/floor/nothing/").status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_takes_as_many_statements_for_three_as_for_one(
        self, scene: Scene, chair: Client, url: str, exact_queries: ExactQueries, number: int
    ) -> None:
        for _ in range(number):
            waiting, spoken = self.person(scene, "Ångström"), self.person(scene, "Zola")
            scene.act(commands.give_floor, spoken)
            scene.act(commands.end, spoken)
            assert waiting
        with exact_queries(7):  # account, its grants, the meeting's id twice (page, tabs); floor, requests, turns
            chair.get(url)

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_floors_take_as_many_statements_for_three_as_for_one(
        self, scene: Scene, chair: Client, exact_queries: ExactQueries, number: int
    ) -> None:
        with transaction():
            for _ in range(number - 1):
                factories.floor(factories.session(scene.meeting))
        url = f"/meetings/{scene.meeting.slug}/floor/"
        with exact_queries(8):  # account, its grants, the meeting's id twice (page, tabs); title, floors, states, turns
            chair.get(url)

    def test_a_hundred_who_wait_stay_a_small_page(self, scene: Scene, chair: Client, url: str) -> None:
        with transaction():
            for number in range(130):
                person = factories.person(
                    scene.meeting,
                    given="Demonstration",
                    family=f"Participant with a rather long family name {number}",
                    organisation_id=factories.organisation(scene.meeting, name="Demonstration " * 6, country="CH").id,
                )
                factories.floor_request(
                    scene.session, factories.registration(scene.meeting, person), topic="Water and housing " * 3
                )
        response = chair.get(url)
        assert len(response.data) <= MAX_PAGE_BYTES
        assert "30 more are waiting behind these." in read(response)


class TestRoomDisplay:
    """By its link, without signing in."""

    @pytest.fixture
    def url(self, app: Flask, scene: Scene) -> str:
        with app.test_request_context():
            return f"/display/{links.make('display', scene.session.id, 1)}"

    def test_it_shows_who_speaks_the_time_and_the_next_three(
        self, scene: Scene, client: Client, url: str, clock: Clock
    ) -> None:
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

    def test_it_names_nobody_who_is_protected(self, scene: Scene, client: Client, url: str) -> None:
        with transaction():
            people = [factories.person(scene.meeting, family=f"Secret {number}", protected=True) for number in range(2)]
        requests = [scene.ask(scene.participant(who=person)) for person in people]
        scene.act(commands.give_floor, requests[0])
        text = opened(client, url)
        assert "Secret" not in text
        assert "Demonstration" not in text
        assert "A participant" in text

    def test_it_says_that_the_floor_is_closed(self, scene: Scene, client: Client, url: str) -> None:
        scene.act(commands.close_list)
        assert "The list of speakers is closed." in opened(client, url)
        scene.act(commands.close_floor)
        assert "The floor is closed." in opened(client, url)

    def test_the_chair_finds_its_link(self, scene: Scene, client: Client, url: str) -> None:
        with transaction():
            account = factories.account("chair@example.org", "chair", of=scene.meeting)
        sign_in(client, account)
        page = client.page(f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/")
        assert [link for link in page.elements("a") if (link.get("href") or "").endswith(url)]

    def test_a_replaced_link_leads_nowhere(self, scene: Scene, client: Client, url: str) -> None:
        with transaction():
            scene.floor.display_serial += 1
        assert client.get(url).status_code == 404

    def test_a_refresh_gets_a_page_only_when_something_has_changed(
        self, scene: Scene, client: Client, url: str, clock: Clock
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
