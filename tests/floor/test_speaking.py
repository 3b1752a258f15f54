"""What the chair does with a request: every command in every state, the clock, the cap, repeats and stale lists."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from meetings.database import db, transaction
from meetings.floor import commands, rules
from meetings.floor.rules import Act, Status
from meetings.journal import Actor
from meetings.models.message import Message
from meetings.refusals import Refused, Stale
from tests import factories
from tests.floor.scene import Scene

CHAIRS: dict[Act, Callable[..., None]] = {
    Act.CALL: commands.call,
    Act.GIVE: commands.give_floor,
    Act.PAUSE: commands.pause,
    Act.RESUME: commands.resume,
    Act.END: commands.end,
    Act.SET_ASIDE: commands.set_aside,
    Act.MARK_ABSENT: commands.mark_absent,
    Act.DECLINE: commands.decline,
    Act.PUT_BACK: commands.put_back,
}


def put_into(scene: Scene, status: Status) -> int:
    """A new request, brought into a state by the commands alone."""
    request_id = scene.ask()
    give, act = commands.give_floor, scene.act
    if status in {Status.SPEAKING, Status.PAUSED, Status.SPOKEN, Status.SET_ASIDE}:
        act(give, request_id)
        scene.after(seconds=10)
    match status:
        case Status.CALLED:
            act(commands.call, request_id)
        case Status.PAUSED:
            act(commands.pause, request_id)
        case Status.SPOKEN:
            act(commands.end, request_id)
        case Status.SET_ASIDE:
            act(commands.set_aside, request_id)
        case Status.ABSENT:
            act(commands.mark_absent, request_id)
        case Status.DECLINED:
            act(commands.decline, request_id)
        case Status.WITHDRAWN:
            withdraw(scene, request_id)
        case Status.NOT_REACHED:
            act(commands.close_floor)
    assert scene.status(request_id) == status
    return request_id


def withdraw(scene: Scene, request_id: int) -> None:
    registration_id = scene.request(request_id).registration_id
    assert registration_id is not None
    commands.withdraw(
        request_id=request_id,
        registration_id=registration_id,
        actor=Actor.registration(registration_id),
        now=scene.now,
    )


@pytest.mark.parametrize("act", [*CHAIRS, Act.WITHDRAW])
def test_a_command_does_what_the_table_says_in_every_state(new_scene: Callable[..., Scene], act: Act) -> None:
    for status in Status:
        scene = new_scene()
        request_id = put_into(scene, status)
        expected = rules.after(status, act)
        if status is rules.OUTCOMES[act]:
            expected = status  # done already: nothing happens
        before = scene.floor.version
        refusal = attempt(scene, act, request_id)
        assert (refusal is not None) == (expected is None), f"{act} in {status}: {refusal}"
        assert scene.status(request_id) == (expected or status), f"{act} in {status}"
        assert (scene.floor.version > before) == (expected not in {None, status})


def attempt(scene: Scene, act: Act, request_id: int) -> Refused | None:
    try:
        if act is Act.WITHDRAW:
            withdraw(scene, request_id)
        else:
            scene.act(CHAIRS[act], request_id)
    except Refused as refusal:
        return refusal
    return None


@pytest.mark.parametrize("act", CHAIRS)
def test_a_repeat_does_nothing_and_a_stale_command_is_refused(scene: Scene, act: Act) -> None:
    start = {Act.RESUME: Status.PAUSED, Act.PUT_BACK: Status.ABSENT}.get(
        act, Status.SPEAKING if (Status.SPEAKING, act) in rules.TRANSITIONS else Status.REQUESTED
    )
    request_id = put_into(scene, start)
    other = scene.ask()
    seen = scene.floor.version
    scene.act(CHAIRS[act], request_id, version=seen)
    done = scene.floor.version
    scene.act(CHAIRS[act], request_id, version=seen)
    assert scene.floor.version == done
    assert len(scene.events(f"floor.{act}")) == 1
    with pytest.raises(Stale):
        scene.act(commands.call, other, version=seen)
    assert scene.status(other) == "requested"


@pytest.mark.parametrize("status", [Status.ABSENT, Status.DECLINED])
def test_who_is_put_back_waits_at_the_end_and_it_is_logged(scene: Scene, status: Status) -> None:
    request_id, other = put_into(scene, status), scene.ask()
    scene.act(commands.put_back, request_id)
    assert scene.waiting() == [other, request_id]
    (line,) = scene.events("floor.put_back")
    assert line.target == f"request:{request_id}"
    assert line.before is not None
    assert line.before["status"] == status
    scene.act(commands.give_floor, request_id)
    assert scene.status(request_id) == "speaking"


def test_who_is_put_back_after_a_turn_keeps_what_is_charged(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=12).act(commands.mark_absent, request_id)
    scene.act(commands.put_back, request_id)
    scene.act(commands.give_floor, request_id)
    assert scene.turn(request_id).spent_before_ms == 12_000


def test_nobody_is_put_back_beside_a_later_request_of_theirs(scene: Scene) -> None:
    registration = scene.participant()
    first = scene.ask(registration)
    scene.act(commands.mark_absent, first)
    second = scene.ask(registration, latest_seen=first)
    with pytest.raises(Refused, match="asked for the floor again since"):
        scene.act(commands.put_back, first)
    withdraw(scene, second)  # their own word counts
    with pytest.raises(Refused, match="asked for the floor again since"):
        scene.act(commands.put_back, first)
    assert scene.waiting() == []


def test_nobody_is_put_back_beside_a_colleague(scene: Scene) -> None:
    with transaction():
        city = factories.organisation(scene.meeting)
        colleagues = [factories.person(scene.meeting, organisation_id=city.id) for _ in range(2)]
    first, second = (scene.participant(who=person) for person in colleagues)
    declined = scene.ask(first)
    scene.act(commands.decline, declined)
    scene.ask(second)
    with pytest.raises(Refused, match="lets one request of an organization wait"):
        scene.act(commands.put_back, declined)
    assert scene.status(declined) == "declined"


def test_nobody_is_put_back_on_a_closed_floor(scene: Scene) -> None:
    request_id = put_into(scene, Status.ABSENT)
    scene.act(commands.close_floor)
    with pytest.raises(Refused, match="floor of this session is closed"):
        scene.act(commands.put_back, request_id)
    assert scene.status(request_id) == "absent"


def test_new_and_withdrawn_requests_make_no_command_of_the_chair_stale(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    seen = scene.floor.version
    scene.ask()
    withdraw(scene, second)
    assert scene.floor.version == seen + 2
    scene.act(commands.give_floor, first, version=seen)
    assert scene.status(first) == "speaking"


def test_the_floor_is_given_for_the_speaking_limit_and_the_clock_runs(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    turn = scene.turn(request_id)
    assert (turn.granted_ms, turn.spent_before_ms, turn.cap_ms) == (120_000, 0, rules.CAP_MS)
    assert (turn.started_at, turn.used_ms, scene.floor.opened_at) == (scene.now, None, scene.now)


def test_nobody_else_is_given_the_floor_while_somebody_speaks_or_is_paused(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    for _ in range(2):
        with pytest.raises(Refused, match="has the floor"):
            scene.act(commands.give_floor, second)
        scene.act(commands.pause, first)
    assert scene.status(second) == "requested"


def test_an_overrun_is_not_cut_but_charged(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.after(seconds=150).act(commands.end, first)
    assert scene.turn(first).used_ms == 150_000
    scene.act(commands.give_floor, second)
    assert scene.turn(second).spent_before_ms == 150_000


def test_pauses_are_not_charged(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=20).act(commands.pause, request_id)
    scene.after(minutes=5).act(commands.resume, request_id)
    scene.after(seconds=30).act(commands.pause, request_id)
    scene.after(minutes=1).act(commands.end, request_id)
    turn = scene.turn(request_id)
    assert (turn.used_ms, turn.paused_ms) == (50_000, 300_000)


def test_who_lost_the_connection_waits_at_the_top_and_is_charged(scene: Scene) -> None:
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.after(seconds=40).act(commands.set_aside, first)
    assert scene.waiting() == [first, second, third]
    scene.act(commands.give_floor, second)
    scene.after(seconds=60).act(commands.end, second)
    scene.act(commands.give_floor, first)
    assert len(scene.request(first).turns) == 2
    assert scene.turn(first).spent_before_ms == 100_000


def test_who_is_called_goes_to_the_front(scene: Scene) -> None:
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    scene.act(commands.call, third)
    assert scene.waiting() == [third, first, second]
    assert scene.floor.opened_at is None


def test_what_ran_before_an_absence_was_noticed_is_charged(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=9).act(commands.mark_absent, request_id)
    assert scene.turn(request_id).used_ms == 9_000


def test_the_last_grant_is_what_is_left_and_then_the_floor_closes(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(cap_ms=210_000)
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.after(seconds=120).act(commands.end, first)
    scene.act(commands.give_floor, second)
    assert scene.turn(second).granted_ms == 90_000
    scene.after(seconds=100).act(commands.end, second)
    assert scene.status(third) == "not_reached"
    assert scene.floor.closed_at == scene.now
    assert not scene.floor.list_open
    assert len(scene.events("floor.closed")) == len(scene.events("floor.not_reached")) == 1


def test_setting_aside_twice_where_that_closes_the_floor_sets_aside_once(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(cap_ms=60_000, limit_ms=60_000)
    first, second = scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    seen = scene.after(seconds=40).floor.version
    for _ in range(2):
        scene.act(commands.set_aside, first, version=seen)
    assert (scene.status(first), len(scene.events("floor.set_aside"))) == ("not_reached", 1)
    with pytest.raises(Stale):
        scene.act(commands.set_aside, second, version=seen)  # who never spoke was not set aside


@pytest.mark.parametrize("leave", [commands.set_aside, commands.mark_absent])
def test_the_floor_closes_at_the_cap_however_the_turn_ends(
    new_scene: Callable[..., Scene], leave: Callable[..., None]
) -> None:
    scene = new_scene(cap_ms=60_000, limit_ms=60_000)
    first, second = scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.after(seconds=61).act(leave, first)
    assert scene.floor.closed_at is not None
    assert scene.status(second) == "not_reached"
    assert scene.status(first) == ("not_reached" if leave is commands.set_aside else "absent")


def test_less_than_the_minimum_is_granted_to_nobody(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(cap_ms=140_000)
    first, second = scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.after(seconds=100).act(commands.end, first)
    with transaction():
        scene.floor.minimum_ms = 60_000  # as no command leaves it
    with pytest.raises(Refused, match="Only 0:40 is left"):
        scene.act(commands.give_floor, second)


def test_a_request_whose_registration_was_withdrawn_is_not_given_the_floor(scene: Scene) -> None:
    registration = scene.participant()
    request_id = scene.ask(registration)
    with transaction():
        registration.status = "withdrawn"
    with pytest.raises(Refused, match="no longer confirmed"):
        scene.act(commands.give_floor, request_id)


def test_somebody_whose_registration_was_withdrawn_is_not_called_either(scene: Scene) -> None:
    registration = scene.participant()
    request_id = scene.ask(registration)
    with transaction():
        registration.status = "withdrawn"
    with pytest.raises(Refused) as refusal:
        scene.act(commands.call, request_id)
    assert str(refusal.value) == (
        f"The registration of Ms. Demonstration {registration.person.family} is no longer confirmed. Decline the"
        " request, or have the organizer confirm the registration."
    )


def test_somebody_who_withdrew_is_not_called(scene: Scene) -> None:
    request_id = put_into(scene, Status.WITHDRAWN)
    with pytest.raises(Refused, match=r"This is not possible for .* now\. Their request: Withdrawn\.$"):
        scene.act(commands.call, request_id)


@pytest.mark.parametrize(
    ("category", "granted_ms"), [("states", 180_000), ("academia", 60_000), ("city_networks", 120_000), (None, 120_000)]
)
def test_each_category_is_given_its_own_limit(
    new_scene: Callable[..., Scene], category: str | None, granted_ms: int
) -> None:
    scene = new_scene(limits_ms={"states": 180_000, "academia": 60_000})
    request_id = scene.add_speaker(organisation="Demonstration Body", category=category)
    scene.act(commands.give_floor, request_id)
    assert scene.turn(request_id).granted_ms == granted_ms


def test_a_limit_of_a_category_does_not_pass_the_cap(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(cap_ms=150_000, limits_ms={"states": 180_000})
    request_id = scene.add_speaker(organisation="Demonstration State", category="states")
    scene.act(commands.give_floor, request_id)
    assert scene.turn(request_id).granted_ms == 150_000


def test_a_request_is_declined_with_a_reason_that_goes_when_it_is_put_back(scene: Scene) -> None:
    request_id = scene.ask()
    with pytest.raises(Refused, match=r"^Say why the request is declined; Ms\. .* is told\.$"):
        scene.act(commands.decline, request_id, reason="  ")
    scene.act(commands.decline, request_id, reason=" not on the subject ")
    assert (scene.status(request_id), scene.request(request_id).reason) == ("declined", "not on the subject")
    assert (scene.last_event().after or {})["reason"] == "not on the subject"
    scene.act(commands.put_back, request_id)
    assert scene.request(request_id).reason is None


def test_who_is_declined_and_who_was_not_reached_are_told(scene: Scene) -> None:
    told = sa.select(Message.registration_id).order_by(Message.id)
    first, second, _third = (scene.ask() for _ in range(3))
    guest = scene.add_speaker()
    scene.act(commands.decline, first)
    scene.act(commands.decline, guest)
    assert list(db.session.scalars(told)) == [scene.registrations[0].id]
    scene.speak(second)
    scene.act(commands.close_floor)
    assert list(db.session.scalars(told)) == [scene.registrations[0].id, scene.registrations[2].id]


def test_a_request_of_another_session_is_not_acted_on(new_scene: Callable[..., Scene]) -> None:
    here, elsewhere = new_scene(), new_scene()
    request_id = elsewhere.ask()
    with pytest.raises(Refused, match="no such request"):
        here.act(commands.give_floor, request_id)


def test_a_session_without_a_floor_refuses(scene: Scene) -> None:
    request_id = scene.ask()
    with pytest.raises(Refused, match="has no floor"):
        commands.end(session_id=10**6, request_id=request_id, version=1, actor=Actor("account:1"), now=scene.now)


def test_an_absence_does_not_close_the_floor_under_a_speaker(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(cap_ms=60_000, limit_ms=60_000)
    first, second, third = scene.ask(), scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    scene.after(seconds=70).act(commands.mark_absent, second)
    assert (scene.floor.closed_at, scene.status(third)) == (None, "requested")
    scene.act(commands.end, first)
    assert (scene.floor.closed_at, scene.status(third)) == (scene.now, "not_reached")


def test_a_closed_floor_is_given_to_nobody_and_nobody_waits_for_it(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    scene.act(commands.give_floor, first)
    with transaction():
        scene.floor.closed_at = scene.now  # as no command leaves it
    with pytest.raises(Refused, match="is closed"):
        scene.act(commands.give_floor, second)
    scene.act(commands.set_aside, first)
    assert [scene.status(first), scene.status(second)] == ["not_reached", "not_reached"]
    assert len(scene.events("floor.closed")) == 0
