"""Who may ask for the floor, when, and what pressing twice does."""

import datetime as dt
import sqlite3
from collections.abc import Callable

import pytest

from meetings.database import db, transaction
from meetings.floor import commands, queries
from meetings.journal import Actor
from meetings.models.floor import FloorRequest
from meetings.refusals import Refused
from tests import factories
from tests.conftest import ExactQueries
from tests.floor.scene import Scene


def test_a_request_goes_to_the_end_of_the_list_with_its_details(scene: Scene) -> None:
    first = scene.ask()
    registration = scene.participant()
    second = scene.ask(registration, topic="السكن الاجتماعي", language="ar", on_behalf_of="Three cities")
    assert scene.waiting() == [first, second]
    request = scene.request(second)
    assert (request.topic, request.language, request.on_behalf_of) == ("السكن الاجتماعي", "ar", "Three cities")
    assert (request.person_id, request.organisation_id) == (
        registration.person_id,
        registration.person.organisation_id,
    )
    assert request.requested_at == scene.now
    line = scene.events("floor.requested")[-1]
    assert (line.actor, line.target, line.meeting_id) == (
        f"registration:{registration.id}",
        f"request:{second}",
        scene.meeting.id,
    )


def test_who_withdrew_asks_again_at_the_end(scene: Scene) -> None:
    registration = scene.participant()
    first = scene.ask(registration)
    other = scene.ask()
    commands.withdraw(
        request_id=first, registration_id=registration.id, actor=Actor.registration(registration.id), now=scene.now
    )
    again = scene.ask(registration, latest_seen=first)
    assert scene.waiting() == [other, again]


def test_asking_twice_asks_once(scene: Scene) -> None:
    registration = scene.participant()
    first = scene.ask(registration, topic="Water")
    version = scene.floor.version
    assert scene.ask(registration, topic="Water") == first
    assert scene.floor.version == version
    assert len(scene.events("floor.requested")) == 1


def test_asking_again_with_other_words_brings_the_waiting_request_up_to_date(scene: Scene) -> None:
    registration = scene.participant()
    first = scene.ask(registration, topic="Water")
    assert scene.ask(registration, topic="Water and housing", latest_seen=first) == first
    assert scene.request(first).topic == "Water and housing"
    line = scene.events("floor.request_changed")[0]
    assert line.before == {"topic": "Water"}
    assert line.after is not None
    assert line.after["topic"] == "Water and housing"


def test_a_form_sent_again_after_the_first_was_heard_asks_nothing_new(scene: Scene) -> None:
    registration = scene.participant()
    first = scene.ask(registration)
    scene.act(commands.give_floor, first)
    assert scene.ask(registration, latest_seen=first) == first
    scene.act(commands.end, first)
    assert scene.ask(registration, latest_seen=None) == first
    assert scene.waiting() == []
    assert scene.ask(registration, latest_seen=first) != first  # who knows that they have spoken means it


@pytest.mark.parametrize("status", ["unverified", "pending", "declined", "withdrawn"])
def test_only_confirmed_participants_ask(scene: Scene, status: str) -> None:
    with pytest.raises(Refused, match="confirmed"):
        scene.ask(scene.participant(status=status))


def test_a_participant_of_another_meeting_does_not_ask(new_scene: Callable[..., Scene]) -> None:
    here, elsewhere = new_scene(), new_scene()
    with pytest.raises(Refused, match="another meeting"):
        here.ask(elsewhere.participant())


def test_nobody_asks_while_the_list_is_closed_but_who_waits_may_change_the_details(scene: Scene) -> None:
    registration = scene.participant()
    waiting = scene.ask(registration)
    scene.act(commands.close_list)
    with pytest.raises(Refused, match="list of speakers is closed"):
        scene.ask()
    scene.ask(registration, topic="Water", latest_seen=waiting)
    assert scene.request(waiting).topic == "Water"
    scene.act(commands.open_list)
    assert scene.ask() in scene.waiting()


def test_nobody_asks_once_the_floor_is_closed(scene: Scene) -> None:
    scene.act(commands.close_floor)
    with pytest.raises(Refused, match="floor of this session is closed"):
        scene.ask()


def test_nobody_asks_once_the_meeting_is_over(scene: Scene) -> None:
    registration = scene.participant()
    waiting = scene.ask(registration, topic="Water")
    scene.after(hours=11)  # 23:00 in Geneva on the last day
    scene.ask()
    version = scene.floor.version
    scene.after(hours=1)
    for asks in (None, registration):
        with pytest.raises(Refused, match="meeting is over"):
            scene.ask(asks, topic="Housing", latest_seen=waiting)
    assert (scene.floor.version, scene.request(waiting).topic) == (version, "Water")
    scene.act(commands.close_list)
    with pytest.raises(Refused, match="meeting is over"):
        scene.act(commands.open_list)
    scene.act(commands.give_floor, waiting)  # a meeting that runs past midnight goes on


def test_a_meeting_of_one_day_may_have_its_first_day_alone(scene: Scene) -> None:
    with transaction():
        scene.meeting.end_date = None
    scene.after(hours=12)
    with pytest.raises(Refused, match="meeting is over"):
        scene.ask()


def test_the_lists_of_a_meeting_that_is_over_are_not_open(scene: Scene) -> None:
    slug, key = scene.meeting.slug, scene.session.key
    for hours, is_open in ((0, True), (11, True), (1, False)):
        scene.after(hours=hours)
        assert [each.head.list_open for each in queries.floors_of(slug, scene.now)] == [is_open]
        head = queries.floor_head(slug, key, scene.now)
        assert head is not None
        assert (head.list_open, head.over) == (is_open, not is_open)


def test_one_request_waits_for_each_organisation(scene: Scene) -> None:
    with transaction():
        city = factories.organisation(scene.meeting)
        colleagues = [factories.person(scene.meeting, organisation_id=city.id) for _ in range(2)]
    first, second = (scene.participant(who=person) for person in colleagues)
    request_id = scene.ask(first)
    with pytest.raises(Refused, match="by a colleague's request"):
        scene.ask(second)
    scene.act(commands.give_floor, request_id)
    with pytest.raises(Refused, match="by a colleague's request"):
        scene.ask(second)
    scene.act(commands.end, request_id)
    assert scene.ask(second) in scene.waiting()


def test_people_without_an_organisation_do_not_stand_in_each_others_way(scene: Scene) -> None:
    with transaction():
        people = [factories.person(scene.meeting, organisation_id=None) for _ in range(2)]
    requests = [scene.ask(scene.participant(who=person)) for person in people]
    assert scene.waiting() == requests


def test_nobody_withdraws_anothers_request(scene: Scene) -> None:
    request_id = scene.ask()
    other = scene.participant()
    with pytest.raises(Refused, match="not a request of yours"):
        commands.withdraw(
            request_id=request_id, registration_id=other.id, actor=Actor.registration(other.id), now=scene.now
        )
    assert scene.status(request_id) == "requested"


def test_a_request_is_kept_after_all_that_may_happen_to_it(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.decline, request_id)
    assert isinstance(scene.request(request_id), FloorRequest)


def test_nobody_asks_before_or_after_the_window_but_who_waits_may_change_the_details(
    new_scene: Callable[..., Scene],
) -> None:
    opens, closes = dt.datetime.fromisoformat("2025-11-26 12:30"), dt.datetime.fromisoformat("2025-11-26 13:00")
    scene = new_scene(asking_opens=opens, asking_closes=closes)  # it is 12:00 in Geneva
    with pytest.raises(Refused, match=r"opens on Wednesday 26 November 2025, 12:30 CET.* You were not added\."):
        scene.ask()
    registration = scene.participant()
    waiting = scene.after(minutes=30).ask(registration)
    scene.after(minutes=30)
    with pytest.raises(Refused, match=r"closed on Wednesday 26 November 2025, 13:00 CET.* You were not added\."):
        scene.ask()
    scene.ask(registration, topic="Water", latest_seen=waiting)
    assert scene.request(waiting).topic == "Water"


def test_a_full_list_takes_nobody_until_somebody_gives_their_place_back(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(max_requests=3)
    heard, registration = scene.ask(), scene.participant()
    scene.act(commands.give_floor, heard)
    scene.act(commands.end, heard)
    waiting = scene.ask(registration)
    declined = scene.ask()
    with pytest.raises(Refused, match=r"full: it takes 3 requests\. You were not added\."):
        scene.ask()
    scene.act(commands.decline, declined, reason="Off the topic")
    scene.ask()
    with pytest.raises(Refused, match="full"):
        scene.ask()
    scene.do(commands.withdraw, waiting)
    scene.ask()


def test_an_organization_may_be_let_have_more_requests_at_a_time(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(per_organisation=2)
    with transaction():
        city = factories.organisation(scene.meeting)
        colleagues = [factories.person(scene.meeting, organisation_id=city.id) for _ in range(3)]
    first, second, third = (scene.participant(who=person) for person in colleagues)
    scene.ask(first)
    scene.ask(second)
    with pytest.raises(Refused, match="no place left: 2 at a time"):
        scene.ask(third)


@pytest.mark.parametrize(
    ("capacity", "on_behalf_of", "complaint"),
    [
        ("joint", None, "Name the others"),
        ("organisation", "Two cities", "choose a joint statement"),
        ("national", "Two cities", "choose a joint statement"),
        ("world", None, "on whose behalf"),
    ],
)
def test_a_capacity_and_the_names_of_the_others_belong_together(
    scene: Scene, capacity: str, on_behalf_of: str | None, complaint: str
) -> None:
    with pytest.raises(Refused, match=complaint):
        scene.ask(capacity=capacity, on_behalf_of=on_behalf_of)


def test_a_request_keeps_its_capacity(scene: Scene) -> None:
    request_id = scene.ask(capacity="national")
    assert scene.request(request_id).capacity == "national"


def test_a_colleague_speaks_and_the_person_after_all(scene: Scene) -> None:
    request_id = scene.ask()
    seen = scene.floor.version
    for _ in range(2):
        scene.do(commands.substitute, request_id, name="Demonstration Colleague")
    head = queries.floor_head(scene.meeting.slug, scene.session.key, scene.now)
    assert head is not None
    line = queries.floor_state(head, scene.now).waiting[0]
    assert line.name == "Demonstration Colleague"
    assert line.in_place_of
    events = scene.events("floor.substituted")
    assert len(events) == 1
    assert "Colleague" not in str(events[0].after)  # the log has no names
    scene.act(commands.call, request_id, version=seen)  # the chair's view is not made stale by it
    scene.do(commands.substitute, request_id, name=None)
    assert scene.request(request_id).substitute is None
    scene.act(commands.give_floor, request_id)
    with pytest.raises(Refused, match="no longer waits"):
        scene.do(commands.substitute, request_id, name="Demonstration Colleague")


@pytest.mark.parametrize(("to_end", "order"), [(False, [1, 0, 2, 3]), (True, [1, 2, 3, 0])])
def test_a_place_is_lowered_by_one_or_to_the_end(scene: Scene, to_end: bool, order: list[int]) -> None:
    requests = [scene.ask() for _ in range(4)]
    seen = scene.floor.version
    assert scene.do(commands.lower_place, requests[0], place=1, to_end=to_end) is True
    assert scene.do(commands.lower_place, requests[0], place=1, to_end=to_end) is False  # the same press once more
    assert scene.waiting() == [requests[place] for place in order]
    line = scene.events("floor.lowered")[0]
    assert line.before is not None
    assert line.after is not None
    assert (line.before["place"], line.after["place"]) == (1, order.index(0) + 1)
    scene.act(commands.call, requests[2], version=seen)  # the chair's press is not made stale


def test_asking_takes_few_words_with_the_database(scene: Scene, exact_queries: ExactQueries) -> None:
    scene.ask()
    who = scene.participant().id
    session_id = scene.session.id
    with exact_queries(6 + (db.engine.dialect.name == "postgresql")):  # which tells the other processes
        commands.ask(
            session_id=session_id,
            registration_id=who,
            capacity="organisation",
            **dict.fromkeys(("on_behalf_of", "language", "topic", "statement", "latest_seen")),
            actor=Actor.registration(who),
            now=scene.now,
        )


@pytest.mark.sqlite_only("counts the steps of SQLite's machine; the indexes are the same on both")
def test_asking_costs_the_database_no_more_on_a_long_list(scene: Scene) -> None:
    """Who asks waits for all who asked before: with steps for each request, a rush would take steps times steps."""
    scene.ask()
    few = steps_of_an_ask(scene)
    with transaction():
        for _ in range(300):
            factories.floor_request(scene.session, factories.registration(scene.meeting))
    assert few <= steps_of_an_ask(scene) < 1.2 * few


def steps_of_an_ask(scene: Scene) -> int:
    """How many steps SQLite's machine takes to read what the form is made from, and for the command itself."""
    who, taken = scene.participant(), 0

    def count() -> None:
        nonlocal taken
        taken += 1

    connection = db.session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    connection.set_progress_handler(count, 1)
    queries.asker(who.id, who.link_serial, scene.session.key)
    scene.ask(who)
    connection.set_progress_handler(None, 1)
    return taken


@pytest.mark.parametrize("place", [1, 3, None])
def test_whose_place_is_another_than_they_saw_keeps_it(scene: Scene, place: int | None) -> None:
    requests = [scene.ask() for _ in range(4)]
    version = scene.floor.version
    assert scene.do(commands.lower_place, requests[1], place=place, to_end=False) is False
    assert (scene.waiting(), scene.floor.version) == (requests, version)


def test_who_is_last_stays_last(scene: Scene) -> None:
    scene.ask()
    last = scene.ask()
    version = scene.floor.version
    for to_end in (False, True):
        assert scene.do(commands.lower_place, last, place=2, to_end=to_end) is False
    assert scene.floor.version == version


def test_who_is_called_or_heard_does_not_lower_their_place(scene: Scene) -> None:
    called, _other = scene.ask(), scene.ask()
    scene.act(commands.call, called)
    with pytest.raises(Refused, match="cannot lower your place now"):
        scene.do(commands.lower_place, called, place=1, to_end=True)


@pytest.mark.parametrize(
    ("command", "values"),
    [
        (commands.lower_place, {"place": 1, "to_end": True}),
        (commands.substitute, {"name": "Demonstration Colleague"}),
        (commands.withdraw, {}),
        (commands.remove_statement, {}),
        (commands.file_statement, {"draft": commands.Draft("as_delivered", "Thank you", None, None)}),
    ],
)
def test_nobody_touches_anothers_request(
    scene: Scene, command: Callable[..., object], values: dict[str, object]
) -> None:
    request_id, other = scene.ask(), scene.participant()
    version = scene.floor.version
    with pytest.raises(Refused, match="not a request of yours"):
        scene.do(command, request_id, by=other, **values)
    assert scene.floor.version == version


def test_a_withdrawn_person_is_not_called(scene: Scene) -> None:
    request_id = scene.ask()
    scene.do(commands.withdraw, request_id)
    for command in (commands.call, commands.give_floor):
        with pytest.raises(Refused, match=r"not possible for .* now\. Their request: Withdrawn"):
            scene.act(command, request_id)
    assert scene.status(request_id) == "withdrawn"
