"""Ordering the list by a rule: what is shown before it is applied, and that just this is applied."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from meetings.database import transaction
from meetings.floor import commands
from meetings.floor.chair_words import policies
from meetings.floor.rules.ordering import lot
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.floor.reading import opened, read
from tests.floor.scene import Scene
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in

ROBIN = "round_robin"


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def url(scene: Scene) -> str:
    return f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/order"


def someone(scene: Scene, name: str, category: str, **values: object) -> int:
    """A request of somebody of this category, a minute after the one before."""
    scene.after(minutes=1)
    with transaction():
        body = factories.organisation(scene.meeting, category=category)
        person = factories.person(scene.meeting, given="Demonstration", family=name, organisation_id=body.id)
        row = factories.floor_request(
            scene.session, factories.registration(scene.meeting, person), requested_at=scene.now, **values
        )
    return row.id


def lists(client: Client, url: str, **chosen: str) -> list[list[str]]:
    """The names of the present order and of the previewed one."""
    page = client.page(f"{url}?{urlencode(chosen)}")
    preview = page.by_id("preview")
    assert preview is not None
    return [
        [text_of(next(item.iter("strong"))).split()[-1] for item in ordered.iter("li")]
        for ordered in preview.iter("ol")
    ]


def test_both_orders_stand_side_by_side_and_nothing_is_changed(scene: Scene, chair: Client, url: str) -> None:
    first, second = someone(scene, "One", "states"), someone(scene, "Two", "states")
    third = someone(scene, "Three", "academia")
    assert lists(chair, url, policy=ROBIN) == [["One", "Two", "Three"], ["One", "Three", "Two"]]
    assert scene.waiting() == [first, second, third]
    assert scene.floor.policy == "first_come"


def test_the_preview_says_who_moves_and_who_no_longer_fits(
    new_scene: Callable[..., Scene], client: Client, clock: Clock
) -> None:
    scene = new_scene(cap_ms=120_000, limit_ms=60_000)
    scene.now = clock.now
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, account)
    for name, category in (("One", "states"), ("Two", "states"), ("Three", "academia")):
        someone(scene, name, category)
    text = opened(client, f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/order?policy={ROBIN}")
    after = text.split("As it would be")[1]
    assert [word in after for word in ("up from 3 fits now", "down from 2 no longer fits", "down from 1")] == [
        True, True, False,
    ]  # fmt: skip


def test_what_was_shown_is_applied_and_logged(scene: Scene, chair: Client, url: str) -> None:
    first, second = someone(scene, "One", "states"), someone(scene, "Two", "states")
    third = someone(scene, "Three", "academia")
    text = read(chair.submit(f"{url}?policy={ROBIN}&priority=y", button="Apply this order"))
    assert "The list is ordered: Categories in turn." in text
    assert "Order: Categories in turn. Dignitaries and joint statements go first." in text
    assert scene.waiting() == [first, third, second]
    assert (scene.floor.policy, scene.floor.priority) == (ROBIN, True)
    assert len(scene.events("floor.ordered")) == 1


def test_dignitaries_and_joint_statements_go_first_where_that_is_chosen(scene: Scene, chair: Client, url: str) -> None:
    someone(scene, "One", "states")
    someone(scene, "Two", "states", capacity="joint", on_behalf_of="Two cities")
    someone(scene, "Three", "states", dignitary=True)
    assert lists(chair, url, policy="first_come", priority="y")[1] == ["Three", "Two", "One"]
    assert lists(chair, url, policy="first_come")[1] == ["One", "Two", "Three"]


def test_places_by_category_are_given_and_kept(scene: Scene, chair: Client, url: str) -> None:
    for name in ("One", "Two", "Three"):
        someone(scene, name, "states")
    last = someone(scene, "Four", "academia")
    chosen = {"policy": "quotas", "quota_states": "1", "quota_academia": "1"}
    assert lists(chair, url, **chosen)[1] == ["One", "Four", "Two", "Three"]
    chair.submit(f"{url}?{urlencode(chosen)}", button="Apply this order")
    assert scene.floor.quotas == {"states": 1, "academia": 1}
    assert scene.waiting()[1] == last


def test_a_draw_shows_its_word_and_anybody_can_draw_again(scene: Scene, chair: Client, url: str) -> None:
    ids = [someone(scene, name, "states") for name in ("One", "Two", "Three", "Four", "Five")]
    chosen = {"policy": "draw", "seed": "Dialogue 2025"}
    assert "Word of the draw: Dialogue 2025" in opened(chair, f"{url}?{urlencode(chosen)}")
    chair.submit(f"{url}?{urlencode(chosen)}", button="Apply this order")
    assert scene.waiting() == sorted(ids, key=lambda each: lot("Dialogue 2025", each))
    assert scene.floor.draw_seed == "Dialogue 2025"


def test_a_draw_has_a_word_of_its_own_until_somebody_writes_one(scene: Scene, chair: Client, url: str) -> None:
    words = {str(chair.form(url, button="Show the order").fields["seed"]) for _ in range(2)}
    assert len(words) == 2
    assert all(words)


def test_whoever_asks_between_preview_and_press_is_shown_first(scene: Scene, chair: Client, url: str) -> None:
    first, second = someone(scene, "One", "states"), someone(scene, "Two", "states")
    form = chair.form(f"{url}?policy={ROBIN}", button="Apply this order")
    third = someone(scene, "Three", "academia")
    answer = chair.send(form, form.fields)
    assert answer.status_code == 409
    assert "The list has changed since you saw it; nothing was done. This is the order now." in read(answer)
    assert "Three" in read(answer)
    assert scene.waiting() == [first, second, third]
    again = Page(answer.data).by_id("apply")
    assert again is not None


def test_a_stale_order_is_refused_with_a_fresh_preview(scene: Scene, chair: Client, url: str) -> None:
    first, second = someone(scene, "One", "states"), someone(scene, "Two", "states")
    form = chair.form(f"{url}?policy=draw&seed=a", button="Apply this order")
    scene.act(commands.close_list)
    answer = chair.send(form, form.fields)
    assert answer.status_code == 409
    assert "nothing was done" in read(answer)
    assert "Last act: List of speakers closed" in read(answer)
    assert scene.waiting() == [first, second]
    assert f'name="version" value="{scene.floor.version}"'.encode() in answer.data


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"policy": "alphabetical"}, "Rule:"),
        ({"policy": "quotas", "quota_states": "many"}, "This is not a whole number."),
        ({"policy": "quotas", "quota_states": "-1"}, "Give a whole number from 0 to 100."),
    ],
)
def test_what_is_no_rule_comes_back(
    scene: Scene, chair: Client, url: str, chosen: dict[str, str], message: str
) -> None:
    answer = chair.get(f"{url}?{urlencode(chosen)}")
    assert answer.status_code == 422
    assert message in read(answer)
    assert "Apply" not in read(answer)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"policy": "quotas"}, "Give at least one category a number of places."),
        ({"policy": "draw", "seed": " "}, "A draw needs a word"),
    ],
)
def test_a_rule_that_lacks_something_is_not_applied(
    scene: Scene, chair: Client, url: str, chosen: dict[str, str], message: str
) -> None:
    someone(scene, "One", "states")
    answer = chair.submit(f"{url}?{urlencode(chosen)}", button="Apply this order")
    assert message in read(answer)
    assert scene.floor.policy == "first_come"


def test_an_empty_list_takes_its_rule(scene: Scene, chair: Client, url: str) -> None:
    assert "Nobody is waiting. The rule holds for whoever asks." in opened(chair, url)
    chair.submit(f"{url}?policy={ROBIN}", button="Apply this rule")
    assert scene.floor.policy == ROBIN


def test_a_closed_floor_has_nothing_to_apply(scene: Scene, chair: Client, url: str) -> None:
    scene.act(commands.close_floor)
    assert "Apply" not in opened(chair, url)


def test_an_order_without_a_version_is_none(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}?policy={ROBIN}", button="Apply this rule")
    fields = form.fields.copy()
    del fields["version"]
    assert chair.send(form, fields).status_code == 400
    assert scene.floor.policy == "first_come"


def test_every_rule_is_explained_in_a_sentence(chair: Client, url: str) -> None:
    text = opened(chair, url)
    for name, what in policies().values():
        assert f"{name} {what}" in text


@pytest.mark.parametrize("number", [1, 3])
def test_a_preview_of_any_length_takes_as_many_statements(
    scene: Scene, chair: Client, url: str, exact_queries: ExactQueries, number: int
) -> None:
    for each in range(number):
        someone(scene, f"Name {each}", "states")
    with exact_queries(6):  # account, its grants, the meeting's id; floor, requests, turns
        chair.get(f"{url}?policy={ROBIN}")
