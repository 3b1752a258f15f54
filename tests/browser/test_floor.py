"""The floor in a real browser: countdowns on devices whose clocks are wrong, and pages that keep themselves fresh."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from meetings import display
from meetings.database import db, now
from meetings.floor import commands, rules
from tests.browser.floor_house import House

pytestmark = pytest.mark.sqlite_only("what a browser does with a page does not depend on the database")

TEN_MINUTES = 600_000
# A device whose clock is off by `window.skew` milliseconds, which a test may change while the page is open.
SKEWED = """
window.skew = %d;
const rightNow = Date.now.bind(Date);
Date.now = () => rightNow() + window.skew;
"""


def milliseconds(text: str) -> int:
    """A time as a page shows it."""
    found = re.fullmatch(r"(−?)(\d+):(\d\d)", text.strip())
    assert found, text
    value = (int(found[2]) * 60 + int(found[3])) * 1000
    return -value if found[1] else value


def shown(page: Page) -> int:
    """What the countdown of the turn shows."""
    return milliseconds(page.locator("[data-clock] [data-time]").first.inner_text())


def test_a_countdown_is_right_on_devices_whose_clocks_are_wrong(house: House, new_page: Callable[[], Page]) -> None:
    request_id = house.scene.ask(house.me)
    house.act(commands.give_floor, request_id)
    turn = house.scene.turn(request_id)
    started_at, granted_ms = turn.started_at, turn.granted_ms
    db.session.rollback()
    assert started_at is not None
    pages = {}
    for skew, url in ((TEN_MINUTES, house.chair), (-TEN_MINUTES, house.ask), (0, house.display)):
        page = new_page()
        page.add_init_script(SKEWED % skew)
        house.let_in(page)
        page.goto(url)
        pages[url] = page
    for url, page in pages.items():
        page.wait_for_timeout(1200)
        # The display of the room shows the floor's countdown first, in its head.
        whole_ms = house.scene.floor.cap_ms if url == house.display else granted_ms
        db.session.rollback()
        before = now()
        reads = shown(page)
        after = now()  # on a busy machine reading itself takes a while; the page was right at some instant between
        most_ms, least_ms = (whole_ms - (instant - started_at).total_seconds() * 1000 for instant in (before, after))
        assert least_ms - 1000 <= reads <= most_ms + 1000, url


def test_a_clock_that_is_set_while_the_page_is_open_is_noticed(house: House, page: Page) -> None:
    request_id = house.scene.ask(house.me)
    house.act(commands.give_floor, request_id)
    page.add_init_script(SKEWED % 0)
    page.goto(house.display)
    before = shown(page)
    page.evaluate(f"window.skew = {TEN_MINUTES}")
    page.wait_for_timeout(2500)  # it is noticed within a second
    assert before - 6000 <= shown(page) <= before


def test_the_script_counts_and_writes_as_the_server_does(house: House, page: Page) -> None:
    page.goto(house.display)
    for left_ms in (120_000, 119_999, 61_000, 60_999, 30_001, 30_000, 1, 0, -1, -999, -1000, -61_001, 2_700_000):
        spelled, stage = page.evaluate(
            f"""async () => {{
                const clock = await import("/static/clock.js");
                const turn = {{limit: 120000, started: 5000, paused: null, pausedTotal: 700, warning: 30000}};
                const left = clock.remaining(turn, 5000 + 700 + 120000 - ({left_ms}));
                return [clock.spelled({left_ms}), clock.stage(turn, left)];
            }}"""
        )
        assert (spelled, stage) == (display.minutes(left_ms), rules.stage(min(left_ms, 120_000), 30_000))


def test_of_two_samples_the_shorter_way_counts_unless_the_device_was_set(house: House, page: Page) -> None:
    page.goto(house.display)
    found = page.evaluate(
        """async () => {
            const { ServerClock } = await import("/static/clock.js");
            const clock = new ServerClock(() => 0);
            const heard = (server, asked, answered) => (clock.offer(server, asked, answered), clock.now());
            return [
                heard(1000, 0, 400),    // the first there is: 1000 when it was 200 here
                heard(1000, 0, 2),      // a shorter way is more exact
                heard(1300, 0, 600),    // a longer one that may agree with it is not
                heard(90000, 0, 600),   // a longer one that cannot: this device's clock was set
            ];
        }"""
    )
    assert found == [800, 999, 999, 89700]


def test_an_overrun_has_a_minus_sign_and_words_and_changes_nothing(house: House, page: Page) -> None:
    request_id = house.scene.ask(house.me)
    house.scene.after(seconds=-119)
    house.scene.act(commands.give_floor, request_id)
    db.session.rollback()
    house.let_in(page)
    page.goto(house.chair)
    clock = page.locator("[data-clock]").first
    expect(clock).to_contain_text("left: please conclude", use_inner_text=True)
    expect(clock).to_contain_text("over time", use_inner_text=True)
    assert shown(page) < 0
    assert clock.inner_text().split() == [clock.locator("[data-time]").inner_text(), "over", "time"]
    assert house.scene.status(request_id) == "speaking"


def test_the_list_keeps_itself_fresh_and_the_place_in_it(house: House, page: Page) -> None:
    first = house.scene.ask()
    house.scene.ask(house.me)
    db.session.rollback()
    house.let_in(page)
    page.goto(house.chair)
    page.locator("#end-floor summary").click()
    page.locator(f"#d{first}").focus()
    house.scene.ask()
    db.session.rollback()
    expect(page.locator(".waiting tbody tr")).to_have_count(3)
    assert page.evaluate("document.activeElement.id") == f"d{first}"
    expect(page.locator("#list-end")).to_be_visible()
    expect(page.locator("[data-announce]")).to_have_text("3 are waiting.")
    page.locator("#reason").fill("They agreed to swap")
    page.locator(f"#d{first}").press("Enter")
    expect(page.locator(".waiting tbody tr").nth(1)).to_contain_text(f"Participant {family(house, first)}")


def family(house: House, request_id: int) -> str:
    person = house.scene.request(request_id).person
    assert person is not None
    return str(person.family).split()[-1]


def test_what_somebody_types_beside_the_live_part_stays_while_that_is_swapped(house: House, page: Page) -> None:
    page.goto(house.ask)
    page.get_by_label("What you will speak about").fill("Water")
    house.scene.ask()
    db.session.rollback()
    expect(page.locator("[data-live] dt", has_text="Waiting").locator("xpath=following-sibling::dd[1]")).to_have_text(
        "1"
    )
    expect(page.get_by_label("What you will speak about")).to_have_value("Water")
    page.get_by_role("button", name="Ask for the floor").click()
    expect(page.get_by_text("You are number 2 of 2 on the list.").first).to_be_visible()


def test_what_somebody_fills_in_inside_the_live_part_is_not_swapped_away(house: House, page: Page) -> None:
    page.goto(house.display)
    page.evaluate("document.querySelector('[data-live]').append(document.createElement('input'))")
    page.locator("[data-live] input").fill("Water")
    house.scene.ask()
    db.session.rollback()
    expect(page.locator('[data-note="changed"]')).to_be_visible()
    expect(page.locator("[data-live] input")).to_have_value("Water")
    page.locator("[data-live] input").fill("")
    page.locator("[data-live] input").blur()
    expect(page.locator('[data-note="changed"]')).to_be_hidden()
    expect(page.locator("[data-live] input")).to_have_count(0)


def test_a_lost_connection_is_said_and_ends_by_itself(house: House, page: Page, console_errors: list[str]) -> None:
    page.goto(house.display)
    page.context.set_offline(True)
    expect(page.locator('[data-note="offline"]')).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator('[data-note="offline"]')).to_be_hidden()
    console_errors.clear()


def test_a_participant_needs_no_script(house: House, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(house.ask)
    expect(page.get_by_role("link", name="Reload this page")).to_be_visible()
    page.get_by_label("What you will speak about").fill("السكن")
    page.get_by_role("button", name="Ask for the floor").click()
    expect(page.get_by_text("You are next on the list.")).to_be_visible()
    page.get_by_text("Give up your place").click()
    page.get_by_role("button", name="Withdraw my request").click()
    expect(page.get_by_text("You withdrew your request.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("state", ["empty", "waiting", "speaking", "closed"])
def test_no_page_of_the_floor_has_a_barrier(
    house: House, page: Page, axe: Callable[[Page], None], reflows: Callable[[Page], None], state: str
) -> None:
    states = ["empty", "waiting", "speaking", "closed"]
    first = house.scene.ask(house.me, topic="السكن الاجتماعي", on_behalf_of="Two cities", language="ar")
    if state == "empty":
        house.act(commands.decline, first)
    if states.index(state) >= states.index("waiting"):
        house.scene.ask()
    if states.index(state) >= states.index("speaking"):
        house.act(commands.give_floor, first)
    if state == "closed":
        house.act(commands.end, first)
        house.act(commands.close_floor)
    db.session.rollback()
    house.let_in(page)
    for url in (house.chair, house.ask, house.display, f"{house.url}/meetings/{house.scene.meeting.slug}/floor/"):
        page.goto(url)
        axe(page)
        reflows(page)
