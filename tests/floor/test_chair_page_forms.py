"""The chair's forms: settings of the floor, somebody added to the list, one request."""

from collections.abc import Callable
from typing import Any

import pytest

from meetings.database import transaction
from meetings.floor import commands
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.floor.reading import opened, read
from tests.floor.scene import Scene
from tests.page_lint import Page


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def url(scene: Scene) -> str:
    return f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/"


def settings(scene: Scene) -> dict[str, Any]:
    """Everything that the settings' form may change, as it is stored."""
    names = ("limit_ms", "limits_ms", "minimum_ms", "warning_ms", "asking_opens", "asking_closes")
    floor = scene.floor
    return {name: getattr(floor, name) for name in (*names, "max_requests", "per_organisation", "version")}


def value_of(data: bytes, name: str) -> str:
    field = Page(data).by_id(name)
    assert field is not None
    return str(field.get("value"))


SET = {
    "limit": "2:30",
    "minimum": "0:45",
    "warning": "0:20",
    "limit_states": "1:30",
    "opens": "2025-11-26T08:30",
    "closes": "2025-11-26T10:00",
    "max_requests": "60",
    "per_organisation": "2",
}


def test_settings_are_saved(scene: Scene, chair: Client, url: str) -> None:
    text = read(chair.submit(f"{url}settings", SET, button="Save the settings"))
    assert "The settings have been saved." in text
    stored = settings(scene)
    assert {name: value for name, value in stored.items() if name.endswith("_ms")} == {
        "limit_ms": 150_000,
        "limits_ms": {"states": 90_000},
        "minimum_ms": 45_000,
        "warning_ms": 20_000,
    }
    assert [str(stored[name]) for name in ("asking_opens", "asking_closes")] == [
        "2025-11-26 08:30:00",
        "2025-11-26 10:00:00",
    ]
    assert (stored["max_requests"], stored["per_organisation"]) == (60, 2)


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"limits_ms": {"academia": 61_500}, "limit_ms": 100_500, "max_requests": 7, "per_organisation": 3},
        {"asking_opens": factories.DAY, "asking_closes": factories.DAY},
    ],
)
def test_settings_saved_unchanged_change_nothing(
    scene: Scene, chair: Client, url: str, stored: dict[str, Any], clock: Clock
) -> None:
    with transaction():
        floor = scene.floor
        for name, value in stored.items():
            at = {"asking_opens": clock.now, "asking_closes": clock.now.replace(hour=22, second=31)}
            setattr(floor, name, at[name].replace(tzinfo=None) if name in at else value)
    before = settings(scene)
    form = chair.form(f"{url}settings", button="Save the settings")
    assert "The settings have been saved." in read(chair.send(form, form.fields))
    assert settings(scene) == before
    assert scene.events("floor.settings_set") == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("limit", "", "Give the speaking limit."),
        ("limit", "two minutes", "Write minutes and seconds with a colon"),
        ("minimum", "", "Give the shortest turn."),
        ("minimum", "9:00", "The shortest turn is longer than nothing, and not longer than the limit."),
        ("minimum", "0:00", "The shortest turn is longer than nothing, and not longer than the limit."),
        ("warning", "", "Give the warning; 0:00 for none."),
        ("limit_states", "1:75", "Write minutes and seconds with a colon"),
        ("opens", "tomorrow", "This is not a day with a time."),
        ("closes", "2025-11-26T08:00", "The list closes before it opens."),
        ("max_requests", "0", "Give a whole number from 1 to 10000."),
        ("max_requests", "all", "This is not a whole number."),
        ("per_organisation", "", "Give a number, at least 1."),
        ("per_organisation", "101", "Give a whole number from 1 to 100."),
    ],
)
def test_settings_that_cannot_be_come_back_as_typed(
    scene: Scene, chair: Client, url: str, field: str, typed: str, message: str
) -> None:
    before = settings(scene)
    form = chair.form(f"{url}settings", button="Save the settings")
    fields = form.filled({"opens": "2025-11-26T09:00"} | {field: typed})
    answer = chair.send(form, fields)
    assert answer.status_code == 422
    assert message in read(answer)
    assert value_of(answer.data, field) == typed
    assert settings(scene) == before


def test_who_saves_later_is_shown_what_the_other_set_and_loses_nothing(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}settings", button="Save the settings")
    scene.act(commands.set_limit, limit_ms=100_000)
    answer = chair.send(form, form.filled({"warning": "0:10"}))
    text = read(answer)
    assert answer.status_code == 409
    assert "Somebody else has changed this while you were writing" in text
    assert "Speaking limit They wrote the following; it is now in the form. 1:40" in text
    assert (value_of(answer.data, "limit"), value_of(answer.data, "warning")) == ("1:40", "0:10")
    assert scene.floor.warning_ms == 30_000


def test_where_both_set_the_same_thing_the_form_has_what_was_typed(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}settings", button="Save the settings")
    scene.act(commands.set_limit, limit_ms=100_000)
    answer = chair.send(form, form.filled({"limit": "1:30"}))
    assert "They wrote the following; the form has what you wrote. 1:40" in read(answer)
    assert value_of(answer.data, "limit") == "1:30"
    fields = form.filled({"limit": "1:30", "was": value_of(answer.data, "was")})
    chair.send(form, fields)
    assert scene.floor.limit_ms == 90_000


def test_acts_on_the_list_are_no_change_of_the_settings(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}settings", button="Save the settings")
    scene.act(commands.call, scene.ask())
    chair.send(form, form.filled({"limit": "1:30"}))
    assert scene.floor.limit_ms == 90_000


@pytest.mark.parametrize("mark", ["", "nothing", "[]", "{}"])
def test_settings_of_an_unknown_page_are_shown_afresh(scene: Scene, chair: Client, url: str, mark: str) -> None:
    form = chair.form(f"{url}settings", button="Save the settings")
    fields = form.fields.copy()
    fields["was"], fields["limit"] = mark, "1:30"
    answer = chair.send(form, fields)
    assert answer.status_code == 409
    assert scene.floor.limit_ms == 120_000


def test_a_closed_floor_keeps_its_settings(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}settings", button="Save the settings")
    scene.act(commands.close_floor)
    answer = chair.send(form, form.filled({"limit": "1:30"}))
    assert answer.status_code == 409
    assert value_of(answer.data, "limit") == "1:30"


ADDED = {
    "name": "عبد الرحمن Ångström",
    "organisation": "Demonstration Union of Towns",
    "seat": "row 3, left",
    "category": "city_networks",
    "country": "CH",
    "language": "en",
    "capacity": "national",
}


def test_somebody_who_is_not_registered_is_added(scene: Scene, chair: Client, url: str) -> None:
    scene.act(commands.close_list)  # to others: the chair may still add
    text = read(chair.submit(f"{url}add", ADDED))
    assert "عبد الرحمن Ångström is on the list." in text
    for words in ("Demonstration Union of Towns", "City networks · Switzerland · speaks English", "row 3, left"):
        assert words in text
    assert "National capacity" in text
    assert len(scene.waiting()) == 1


def test_a_joint_statement_is_added_with_the_others_who_make_it(scene: Scene, chair: Client, url: str) -> None:
    joint = ADDED | {"capacity": "joint"}
    answer = chair.submit(f"{url}add", joint)
    assert answer.status_code == 409
    assert "Name the others that the joint statement is made with." in read(answer)
    text = read(chair.submit(f"{url}add", joint | {"on_behalf_of": "Two demonstration cities"}))
    assert "Joint statement" in text
    assert "On behalf of: Two demonstration cities" in text


def test_what_a_page_showed_is_not_believed_when_it_is_made_up(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}settings", button="Save the settings")
    form.fields["was"] = "[" * 100_000
    assert chair.send(form, form.fields).status_code == 200
    assert scene.floor.limit_ms == 120_000


def test_organisations_that_are_known_are_suggested(scene: Scene, chair: Client, url: str) -> None:
    with transaction():
        body = factories.organisation(scene.meeting, name="Demonstration Port")
    page = chair.page(f"{url}add")
    assert body.name in {option.get("value") for option in page.elements("option")}
    chair.submit(f"{url}add", {"organisation": "demonstration port", "name": "Demonstration Speaker"})
    assert scene.request(scene.waiting()[0]).organisation_id == body.id


def test_added_twice_by_a_double_press_they_wait_once(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}add")
    for _ in range(2):
        chair.send(form, form.filled(ADDED))
    assert len(scene.waiting()) == 1


@pytest.mark.parametrize(
    ("values", "status", "message"),
    [
        ({"name": " ", "organisation": ""}, 409, "Enter the speaker’s name, or the organization."),
        ({"name": "x" * 301}, 422, "Use at most 300 characters."),
    ],
)
def test_what_cannot_be_added_comes_back(
    scene: Scene, chair: Client, url: str, values: dict[str, str], status: int, message: str
) -> None:
    answer = chair.submit(f"{url}add", ADDED | values)
    assert answer.status_code == status
    assert message in read(answer)
    assert value_of(answer.data, "seat") == "row 3, left"
    assert scene.waiting() == []


def test_added_to_an_older_list_it_comes_back_and_may_be_sent_again(scene: Scene, chair: Client, url: str) -> None:
    form = chair.form(f"{url}add")
    scene.act(commands.close_list)
    answer = chair.send(form, form.filled(ADDED))
    assert answer.status_code == 409
    assert "Last act: List of speakers closed" in read(answer)
    chair.send(form, form.filled(ADDED | {"version": value_of(answer.data, "version")}))
    assert len(scene.waiting()) == 1


def test_a_request_is_moved_to_any_place_with_a_reason(scene: Scene, chair: Client, url: str) -> None:
    ids = [scene.ask() for _ in range(5)]
    answer = chair.submit(
        f"{url}requests/{ids[4]}/", {"place": "2", "reason": "Has to leave"}, button="Move to this place", follow=False
    )
    assert answer.location == f"{url}#m{ids[4]}"
    assert scene.waiting() == [ids[0], ids[4], *ids[1:4]]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"reason": ""}, "Say why; the reason is kept in the log."),
        ({"place": "", "reason": "late"}, "Give the place on the list, as a number."),
        ({"place": "0", "reason": "late"}, "Give the place on the list, as a number."),
        ({"place": "top", "reason": "late"}, "Not a valid integer value."),
    ],
)
@pytest.mark.parametrize("button", ["Move to this place", "Decline for this reason"])
def test_a_move_that_cannot_be_comes_back(
    scene: Scene, chair: Client, url: str, values: dict[str, str], message: str, button: str
) -> None:
    first, second = scene.ask(), scene.ask()
    form = chair.form(f"{url}requests/{second}/", button=button)
    answer = chair.send(form, form.filled({"place": "1"} | values))
    assert answer.status_code == 422
    assert message in read(answer)
    assert scene.waiting() == [first, second]


def test_a_request_is_declined_with_a_reason(scene: Scene, chair: Client, url: str) -> None:
    request_id = scene.ask()
    page = f"{url}requests/{request_id}/"
    chair.submit(page, {"reason": "Not on the subject"}, button="Decline for this reason")
    assert scene.status(request_id) == "declined"
    text = opened(chair, page)
    assert "Declined by the chair: Not on the subject" in text
    assert "Move to this place" not in text


@pytest.mark.parametrize(
    ("button", "column", "value"),
    [
        ("Call", "status", "called"),
        ("Absent", "status", "absent"),
        ("Mark as a dignitary", "dignitary", True),
    ],
)
def test_the_buttons_of_one_request(
    scene: Scene, chair: Client, url: str, button: str, column: str, value: object
) -> None:
    request_id = scene.ask()
    chair.submit(f"{url}requests/{request_id}/", button=button)
    assert getattr(scene.request(request_id), column) == value


def test_a_dignitary_is_marked_and_the_mark_taken_away(scene: Scene, chair: Client, url: str) -> None:
    request_id = scene.ask()
    page = f"{url}requests/{request_id}/"
    for button, dignitary in (("Mark as a dignitary", True), ("Not a dignitary", False)):
        chair.submit(page, button=button)
        assert scene.request(request_id).dignitary == dignitary


def test_a_move_on_an_old_list_comes_back_with_what_was_done(scene: Scene, chair: Client, url: str) -> None:
    first, second = scene.ask(), scene.ask()
    form = chair.form(f"{url}requests/{second}/", button="Move to this place")
    scene.act(commands.close_list)
    answer = chair.send(form, form.filled({"place": "1", "reason": "Has to leave"}))
    assert answer.status_code == 409
    assert "Last act: List of speakers closed" in read(answer)
    assert value_of(answer.data, "reason") == "Has to leave"
    assert scene.waiting() == [first, second]


def test_the_page_of_one_request_tells_its_turns(scene: Scene, chair: Client, url: str) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    assert "Turn given 2:00" in opened(chair, f"{url}requests/{request_id}/")
    scene.after(seconds=70).act(commands.end, request_id)
    assert "given 2:00 , used 1:10".replace(" ,", ",") in opened(chair, f"{url}requests/{request_id}/")


def test_there_is_no_page_of_a_request_of_another_floor(scene: Scene, chair: Client, url: str) -> None:
    with transaction():
        other = factories.session(scene.meeting)
        factories.floor(other)
        row = factories.floor_request(other)
    assert chair.get(f"{url}requests/{row.id}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("page", "expected"), [("settings", 4), ("add", 5), ("requests/{}/", 7)])
def test_forms_take_as_many_statements_for_three_as_for_one(
    scene: Scene, chair: Client, url: str, exact_queries: ExactQueries, number: int, page: str, expected: int
) -> None:
    ids = [scene.ask() for _ in range(number)]
    # account, its grants, the meeting's id; floor, and organizations, or requests, turns and who was heard before
    with exact_queries(expected):
        chair.get(url + page.format(ids[0]))
