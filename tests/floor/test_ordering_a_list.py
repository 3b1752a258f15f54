"""The list of a floor is ordered by a rule, and newcomers go where the rule has them: on both databases."""

from collections.abc import Callable
from typing import Any

import pytest

from meetings.database import transaction
from meetings.floor import commands
from meetings.floor.queries.listed import heard, listed
from meetings.floor.rules.ordering import Heard, Ordering, Policy, lot
from meetings.refusals import Refused, Stale
from tests import factories
from tests.floor.scene import Scene


class TestTheListOfAFloor:
    """The commands, on both databases."""

    def of(self, scene: Scene, category: str | None) -> int:
        with transaction():
            body = factories.organisation(scene.meeting, category=category)
            person = factories.person(scene.meeting, organisation_id=body.id)
        return scene.ask(scene.participant(who=person))

    def test_those_who_wait_are_ordered_and_the_log_keeps_both_orders(self, scene: Scene) -> None:
        first, second, city = self.of(scene, "states"), self.of(scene, "states"), self.of(scene, "academia")
        assert scene.state().follows_rule
        scene.order("one_each")
        assert scene.waiting() == [first, city, second]
        assert scene.state().follows_rule
        line = scene.last_event()
        assert (line.kind, line.target) == ("floor.ordered", f"session:{scene.session.id}")
        assert line.before == {
            "policy": "first_come", "priority": False, "quotas": {}, "draw_seed": None, "order": [first, second, city],
        }  # fmt: skip
        assert line.after is not None
        assert (line.after["policy"], line.after["order"]) == ("one_each", [first, city, second])

    def test_the_preview_is_what_is_applied(self, scene: Scene) -> None:
        for category in ("states", "states", "academia", None, "academia"):
            self.of(scene, category)
        scene.speak(scene.waiting()[0], seconds=100)
        scene.act(commands.give_floor, scene.waiting()[2])
        scene.after(seconds=200)
        for policy in Policy:
            wanted = Ordering(policy, quotas={"academia": 1}, seed="Geneva")
            preview = [line.id for line in scene.state().ordered_by(wanted)]
            scene.order(policy, quotas={"academia": 1}, seed="Geneva")
            assert scene.waiting() == preview, policy

    def test_pages_and_commands_know_the_same_of_who_was_heard(self, scene: Scene) -> None:
        requests = [self.of(scene, category) for category in ("states", "academia", None, "states", "city_networks")]
        scene.speak(requests[1], seconds=100)
        scene.act(commands.give_floor, requests[0])
        scene.after(seconds=20).act(commands.set_aside, requests[0])
        scene.act(commands.give_floor, requests[2])
        scene.after(seconds=5).act(commands.mark_absent, requests[2])
        scene.speak(requests[0], seconds=50)
        scene.act(commands.give_floor, requests[3])
        scene.after(seconds=300)
        expected = [Heard("academia", 100_000), Heard("states", 70_000), Heard("states", 120_000)]
        assert heard(scene.session.id) == expected
        assert scene.state()._heard_so_far == expected
        assert [each.id for each in listed(scene.session.id)] == [line.id for line in scene.state().waiting]

    def test_who_is_called_or_set_aside_stays_on_top(self, scene: Scene) -> None:
        requests = [self.of(scene, "states") for _ in range(4)]
        scene.act(commands.give_floor, requests[2])
        scene.after(seconds=10).act(commands.set_aside, requests[2])
        scene.act(commands.call, requests[3])
        scene.order("draw", seed="Geneva")
        assert scene.waiting()[:2] == [requests[3], requests[2]]

    @pytest.mark.parametrize("policy", ["one_each", "round_robin", "least_heard"])
    def test_somebody_put_back_is_a_newcomer_to_the_rule(self, scene: Scene, policy: str) -> None:
        one, two, city = self.of(scene, "states"), self.of(scene, "states"), self.of(scene, "academia")
        scene.order(policy)
        assert scene.waiting() == [one, city, two]
        scene.act(commands.mark_absent, city)
        third = scene.add_speaker(organisation="Demonstration State", category="states")
        assert scene.waiting() == [one, two, third]
        scene.act(commands.put_back, city)
        assert scene.waiting() == [one, city, two, third]
        assert scene.state().follows_rule

    @pytest.mark.parametrize("policy", ["one_each", "round_robin", "least_heard"])
    def test_a_participant_who_asks_is_put_where_the_rule_has_them(self, scene: Scene, policy: str) -> None:
        one, two = self.of(scene, "states"), self.of(scene, "states")
        scene.order(policy)
        seen = scene.floor.version
        city = self.of(scene, "academia")
        assert scene.waiting() == [one, city, two]
        scene.act(commands.give_floor, one, version=seen)  # nobody's view of what to do next was made stale
        assert scene.state().follows_rule

    def test_with_priority_a_joint_statement_goes_before_those_of_one(self, scene: Scene) -> None:
        first = scene.ask()
        scene.order("first_come", priority=True)
        joint, last = scene.ask(on_behalf_of="Demonstration Cities"), scene.ask()
        assert scene.waiting() == [joint, first, last]

    def test_newcomers_in_one_place_stand_as_they_came(self, scene: Scene) -> None:
        states = [self.of(scene, "states") for _ in range(3)]
        scene.order("first_come", priority=True)
        joint = [
            scene.add_speaker(f"Demonstration Guest {n}", capacity="joint", on_behalf_of="Demonstration Cities")
            for n in range(4)
        ]
        assert scene.waiting() == [*joint, *states]
        assert scene.state().follows_rule

    def test_applying_the_same_rule_twice_orders_once_and_a_stale_one_is_refused(self, scene: Scene) -> None:
        self.of(scene, "states"), self.of(scene, "states"), self.of(scene, "academia")
        seen = scene.floor.version
        for _ in range(2):
            scene.order("one_each", version=seen)
        assert len(scene.events("floor.ordered")) == 1
        with pytest.raises(Stale):
            scene.order("draw", seed="Geneva", version=seen)
        assert scene.floor.policy == "one_each"

    def test_a_list_moved_by_hand_no_longer_follows_and_can_be_ordered_again(self, scene: Scene) -> None:
        first, second = self.of(scene, "states"), self.of(scene, "states")
        scene.order("one_each")
        scene.act(commands.move, second, place=1)
        assert not scene.state().follows_rule
        scene.order("one_each")
        assert (scene.waiting(), scene.state().follows_rule) == ([first, second], True)

    def test_who_was_put_back_or_let_others_go_first_leaves_a_list_of_first_come_as_it_is_meant(
        self, scene: Scene
    ) -> None:
        first, second, third = (self.of(scene, "states") for _ in range(3))
        scene.act(commands.mark_absent, first)
        scene.act(commands.put_back, first)
        assert (scene.waiting(), scene.state().follows_rule) == ([second, third, first], True)
        scene.do(commands.lower_place, second, place=1, to_end=False)
        assert (scene.waiting(), scene.state().follows_rule) == ([third, second, first], True)

    @pytest.mark.parametrize(
        ("policy", "values", "message"),
        [
            ("alphabet", {}, "There is no such rule for the order of the list."),
            ("draw", {}, "A draw needs a word of at most 40 characters."),
            ("draw", {"seed": "  "}, "A draw needs a word of at most 40 characters."),
            ("draw", {"seed": "x" * 41}, "A draw needs a word of at most 40 characters."),
            ("quotas", {}, "Give at least one category a number of places."),
            ("quotas", {"quotas": {"states": 0}}, "Give at least one category a number of places."),
            ("quotas", {"quotas": {"states": 2, "academia": -1}}, "Give at least one category a number of places."),
            ("quotas", {"quotas": {"kings": 2}}, "There is no such category of stakeholders."),
        ],
    )
    def test_what_is_no_rule_is_refused(self, scene: Scene, policy: str, values: dict[str, Any], message: str) -> None:
        with pytest.raises(Refused) as refusal:
            scene.order(policy, **values)
        assert str(refusal.value) == message
        assert scene.events("floor.ordered") == []

    def test_places_by_category_are_kept_while_another_rule_holds_and_a_seed_is_not(self, scene: Scene) -> None:
        scene.order("quotas", quotas={"states": 3})
        scene.order("draw", quotas={}, seed=" Geneva ")
        assert (scene.floor.quotas, scene.floor.draw_seed) == ({"states": 3}, "Geneva")
        scene.order("first_come")
        assert (scene.floor.quotas, scene.floor.draw_seed) == ({"states": 3}, None)

    def test_a_closed_floor_is_not_ordered(self, scene: Scene) -> None:
        scene.act(commands.close_floor)
        with pytest.raises(Refused, match="The floor of this session is closed"):
            scene.order("one_each")

    def test_the_draw_of_one_list_can_be_had_again(self, scene: Scene) -> None:
        requests = [self.of(scene, "states") for _ in range(6)]
        scene.order("draw", seed="Geneva")
        drawn = scene.waiting()
        assert drawn == sorted(requests, key=lambda each: lot("Geneva", each))
        scene.order("first_come")
        scene.order("draw", seed="Geneva")
        assert scene.waiting() == drawn


def test_a_dignitary_is_marked_once_and_the_list_waits_to_be_ordered(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(priority=True)
    first, second = scene.ask(), scene.ask()
    seen = scene.floor.version
    for _ in range(2):
        scene.act(commands.set_dignitary, second, dignitary=True, version=seen)
    (line,) = scene.events("floor.dignitary_set")
    assert (line.target, line.before) == (f"request:{second}", {"dignitary": False})
    assert scene.waiting() == [first, second]
    assert not scene.state().follows_rule
    with pytest.raises(Stale):
        scene.act(commands.set_dignitary, first, dignitary=True, version=seen)
    scene.order("first_come", priority=True)
    assert scene.waiting() == [second, first]
    scene.act(commands.give_floor, second)
    with pytest.raises(Refused, match="is not waiting any more"):
        scene.act(commands.set_dignitary, second, dignitary=False)
