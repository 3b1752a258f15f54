"""The run sheet in real browsers: what one organiser changes, the other sees; rows are dragged to their place."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from meetings import create_app, settings
from meetings.database import db, transaction
from tests import factories
from tests.live import LiveServer
from tests.signing_in import sign_in

KEYS = ("a", "b", "c")


@pytest.fixture
def organiser(live_server: LiveServer, new_page: Callable[[], Page]) -> Iterator[Callable[[str], Page]]:
    """Opens the run sheet of a meeting with three panels from 9 to 12, for an organiser of this name."""
    application = create_app(settings.load(live_server.environment))
    with application.app_context():
        with transaction():
            meeting = factories.meeting(timezone="Pacific/Auckland")
            for place, key in enumerate(KEYS):
                start, end = dt.time(9 + place), dt.time(10 + place)
                factories.session(meeting, key=key, title=f"Panel {key.upper()}", start=start, end=end)

        def enter(name: str) -> Page:
            with transaction():
                account = factories.account(f"{name}-{meeting.slug}@example.org", "organiser", of=meeting)
                account.name = name
            client = application.test_client()
            sign_in(client, account)
            db.session.rollback()
            cookie = client.get_cookie("rostrum")
            assert cookie is not None
            page = new_page()
            page.context.add_cookies([{"name": "rostrum", "value": cookie.value, "url": live_server.url}])
            page.goto(f"{live_server.url}/meetings/{meeting.slug}/organise/programme")
            return page

        yield enter
        db.session.remove()
        db.engine.dispose()


def order(page: Page) -> list[str]:
    """The keys of the rows from top to bottom."""
    return [str(line.get_attribute("id")).removeprefix("session-") for line in page.locator(".line").all()]


def test_two_organisers_see_each_others_changes_and_lose_nothing(
    organiser: Callable[[str], Page], axe: Callable[[Page], None]
) -> None:
    one, two = organiser("One"), organiser("Two")
    mine = one.locator("#session-c input[name=minutes]")
    two.locator("#session-a input[name=minutes]").fill("75")
    two.keyboard.press("Enter")
    # Without a reload, with the name of who did it, and with what follows.
    expect(one.locator("#session-b input[name=start]")).to_have_value("10:15")
    expect(one.locator("#session-a")).to_contain_text("Changed by Two")
    # Nothing is replaced in a row that is being filled in, nor is what was typed lost by opening another row.
    mine.fill("30")
    two.locator("#later-a").click()
    expect(one.locator('[data-note="changed"]')).to_be_visible()
    expect(mine).to_have_value("30")
    assert order(one) == ["a", "b", "c"]
    one.locator("#session-c").get_by_role("link", name="More").click()
    expect(one.locator("#session-c").get_by_role("button", name="Split in two")).to_be_visible()
    expect(mine).to_have_value("30")
    axe(one)
    mine.fill("60")
    one.locator("h1").click()
    expect(one.locator('[data-note="changed"]')).to_be_hidden()
    assert order(one) == ["b", "a", "c"]
    expect(one.locator("[data-said]")).to_have_text("The programme has been changed.")


def test_what_could_not_be_saved_stays_whatever_others_change(
    organiser: Callable[[str], Page], console_errors: list[str]
) -> None:
    one, two = organiser("One"), organiser("Two")
    mine = one.locator("#session-b input[name=minutes]")
    mine.fill("30")
    two.locator("#later-a").click()
    expect(two.locator(".line").first).to_have_id("session-b")
    mine.press("Enter")
    expect(one.locator("#session-b")).to_contain_text("Stored is now: 09:00–10:00.")
    assert [each for each in console_errors if "409" not in each] == []
    console_errors.clear()
    two.locator("#later-a").click()
    expect(one.locator('[data-note="changed"]')).to_be_visible()
    expect(mine).to_have_value("30")
    one.locator("#session-b").get_by_role("button", name="Set").click()
    expect(one.locator("[data-unsaved]")).to_have_count(0)
    expect(mine).to_have_value("30")


def test_the_keyboard_stays_on_the_button_that_was_pressed(organiser: Callable[[str], Page]) -> None:
    page = organiser("One")
    page.locator("#later-a").focus()
    for moved in (["b", "a", "c"], ["b", "c", "a"]):
        page.keyboard.press("Enter")
        expect(page.locator(".line").nth(moved.index("a"))).to_have_id("session-a")
        expect(page.locator("#later-a")).to_be_focused()
        assert order(page) == moved


def test_a_row_is_dragged_to_its_place_and_that_is_undone(organiser: Callable[[str], Page]) -> None:
    page = organiser("One")
    drag(page, "c", over="a")
    expect(page.locator(".line").first).to_have_id("session-c")
    assert order(page) == ["c", "a", "b"]
    expect(page.locator("#session-c input[name=start]")).to_have_value("09:00")
    drag(page, "c", over="c")
    assert order(page) == ["c", "a", "b"]
    page.get_by_role("button", name="Undo: “Panel C” moved").click()
    expect(page.locator(".line").first).to_have_id("session-a")
    assert order(page) == ["a", "b", "c"]


def drag(page: Page, key: str, *, over: str) -> None:
    """Drag a row by its handle to the upper half of another one, and let it go there."""
    handle, target = page.locator(f"#session-{key} .handle"), page.locator(f"#session-{over}")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + 5, steps=3)
    page.mouse.up()
