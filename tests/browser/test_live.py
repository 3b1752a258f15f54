"""Live pages in a real browser: changes arrive without a reload, whatever happens to stream, server, device or link."""

import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from meetings.database import db, now
from meetings.floor import commands
from tests.browser.conftest import PATIENCE_MS
from tests.browser.floor_house import House
from tests.browser.test_floor import SKEWED, TEN_MINUTES, milliseconds
from tests.floor.scene import CHAIR
from tests.live import LiveServer, free_port, start, stop, wait_until_ready

pytestmark = pytest.mark.sqlite_only("what a browser does with a page does not depend on the database")

STREAMS = re.compile(r"/stream\?")
# When the page last showed something new, by the one clock of this machine, and whether it was loaded again.
WATCHED = """
window.loadedAt = Date.now();
document.addEventListener("swapped", () => (window.swappedAt = Date.now()));
document.addEventListener("connection", ({ detail }) => (window.connected = detail.ok));
document.addEventListener("floor", ({ detail }) => (window.message = detail));
"""
OFFLINE = '[data-note="offline"]'


def until(page: Page, expression: str) -> None:
    """Wait until something holds in the page. (Playwright's own wait is stopped by the content security policy.)"""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(20)


def opened(house: House, new_page: Callable[[], Page], url: str, *scripts: str) -> Page:
    """A page of one more visitor, connected."""
    page = new_page()
    for script in (WATCHED, *scripts):
        page.add_init_script(script)
    house.let_in(page)
    page.goto(url)
    until(page, "window.connected")
    return page


def asks(house: House) -> int:
    """One more participant asks for the floor."""
    house.scene.now = now()
    request_id = house.scene.ask()
    db.session.rollback()
    return request_id


def waiting_on(page: Page, number: int) -> None:
    """The page shows so many that wait."""
    expect(page.locator("[data-live]")).to_contain_text(
        re.compile(rf"Waiting\s*{number}\b|{number}\s+waiting|{number} (is|are) waiting")
    )


def test_a_press_of_the_chair_reaches_everybody_within_a_second(house: House, new_page: Callable[[], Page]) -> None:
    asks(house)
    chair = opened(house, new_page, house.chair)
    others = [opened(house, new_page, url) for url in (house.chair, house.ask, house.display)]
    loaded = [page.evaluate("window.loadedAt") for page in others]
    took: list[list[float]] = []
    for button in ("Give the floor", "Pause", "Resume"):
        for page in others:
            page.evaluate("window.swappedAt = null")
        pressed = time.time() * 1000
        chair.locator("#now").get_by_role("button", name=re.compile(button)).click()
        for page in others:
            until(page, "window.swappedAt")
        took.append([page.evaluate("window.swappedAt") - pressed for page in others])
        until(chair, "window.connected")
    assert [page.evaluate("window.loadedAt") for page in others] == loaded  # none was loaded again
    assert min(max(times) for times in took) < 1000, took  # a busy machine may be late once


@pytest.mark.parametrize("how", ["held back", "refused"])
def test_where_streams_do_not_come_through_the_page_is_asked_for(
    house: House, new_page: Callable[[], Page], console_errors: list[str], how: str
) -> None:
    def block(route: Route) -> None:
        if how == "refused":
            route.abort()  # else it is left without an answer for ever

    page = new_page()
    page.route(STREAMS, block)
    page.add_init_script(WATCHED)
    page.goto(house.ask)
    request_id = asks(house)
    until(page, "window.message")
    assert page.evaluate("window.message.requests")[str(request_id)][:2] == ["requested", 1]
    waiting_on(page, 1)
    asks(house)
    waiting_on(page, 2)
    expect(page.locator(OFFLINE)).to_be_hidden()
    console_errors.clear()


def test_a_message_older_than_what_is_shown_is_left_out(house: House, page: Page) -> None:
    def message(version: int, text: str) -> str:
        tag = f"1-{version}-5-1-1-en"
        data = json.dumps({"tag": tag, "now": 0, "html": f"<p>{text}</p>"})
        return f"id: {tag}\nevent: floor\ndata: {data}\n\n"

    body = message(900, "Newest") + message(899, "Older")
    page.route(STREAMS, lambda route: route.fulfill(content_type="text/event-stream", body=body))
    page.add_init_script(
        "window.heard = []; document.addEventListener('floor', ({detail}) => window.heard.push(detail.html))"
    )
    page.goto(house.display)
    expect(page.locator("[data-live]")).to_have_text("Newest")
    page.wait_for_timeout(300)
    assert set(page.evaluate("window.heard")) == {"<p>Newest</p>"}


def test_while_the_connection_is_lost_no_button_can_be_pressed(
    house: House, new_page: Callable[[], Page], console_errors: list[str]
) -> None:
    first = asks(house)
    asks(house)
    chair = opened(house, new_page, house.chair)
    idle, usable = chair.locator(f"#u{first}"), chair.locator(f"#d{first}")
    expect(idle).to_be_disabled()  # who is first cannot go up
    usable.focus()
    chair.context.set_offline(True)
    expect(chair.locator(OFFLINE)).to_be_visible()
    assert chair.locator("[data-live] button:enabled").count() == 0
    chair.context.set_offline(False)
    expect(chair.locator(OFFLINE)).to_be_hidden()
    expect(usable).to_be_enabled()
    expect(usable).to_be_focused()
    expect(idle).to_be_disabled()
    console_errors.clear()


def test_a_button_is_not_swapped_away_under_a_press(house: House, new_page: Callable[[], Page]) -> None:
    first = asks(house)
    chair = opened(house, new_page, house.chair)
    box = chair.locator(f"#c{first}").bounding_box()
    assert box is not None
    chair.mouse.move(box["x"] + 5, box["y"] + 5)
    chair.mouse.down()
    asks(house)
    chair.wait_for_timeout(1500)
    assert chair.locator(".waiting tbody tr").count() == 1
    chair.mouse.up()
    expect(chair.locator(".waiting tbody tr")).to_have_count(2)
    expect(chair.locator(f"#c{first}")).to_be_disabled()  # called


def test_the_page_stays_where_it_was_scrolled_to(house: House, new_page: Callable[[], Page]) -> None:
    for _ in range(12):
        asks(house)
    chair = opened(house, new_page, house.chair)
    chair.evaluate("scrollTo(0, 400)")
    asks(house)
    expect(chair.locator(".waiting tbody tr")).to_have_count(13)
    assert chair.evaluate("scrollY") == 400


def test_a_screen_reader_is_told_the_newest_and_not_everything(house: House, new_page: Callable[[], Page]) -> None:
    chair = opened(house, new_page, house.chair)
    chair.evaluate(
        """() => {
            window.told = [];
            const voice = document.querySelector("[data-announce]");
            const watch = new MutationObserver(() => window.told.push(voice.textContent));
            watch.observe(voice, { childList: true });
        }"""
    )
    for _ in range(4):
        asks(house)
        chair.wait_for_timeout(300)
    expect(chair.locator("[data-announce]")).to_have_text("4 are waiting.")
    told = chair.evaluate("window.told")
    assert (told[0], told[-1], len(told)) == ("1 is waiting.", "4 are waiting.", 2)


@pytest.mark.parametrize("page_of", ["display", "chair"])
def test_who_may_no_longer_see_a_page_is_told_so(
    house: House, new_page: Callable[[], Page], console_errors: list[str], page_of: str
) -> None:
    page = opened(house, new_page, getattr(house, page_of))
    if page_of == "display":
        commands.renew_display(session_id=house.scene.session.id, serial=1, actor=CHAIR, now=now())
        db.session.rollback()
        expect(page.get_by_text("There is no such page")).to_be_visible()
    else:
        page.context.clear_cookies()
        house.app.extensions["live"].close()  # as when the stream's time is over
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    console_errors.clear()


def test_devices_that_are_wrong_or_slept_show_the_same_time(house: House, new_page: Callable[[], Page]) -> None:
    request_id = house.scene.ask(house.me)
    house.act(commands.give_floor, request_id)
    skewed = [(TEN_MINUTES, house.chair), (-TEN_MINUTES, house.ask), (0, house.display)]
    pages = [opened(house, new_page, url, SKEWED % skew) for skew, url in skewed]
    asleep = pages[1].context.new_cdp_session(pages[1])
    asleep.send("Page.setWebLifecycleState", {"state": "frozen"})
    for page in pages[::2]:
        page.wait_for_timeout(1000)
    house.act(commands.pause, request_id)
    pages[0].wait_for_timeout(2000)
    house.act(commands.resume, request_id)
    pages[0].wait_for_timeout(1500)
    asleep.send("Page.setWebLifecycleState", {"state": "active"})
    pages[1].evaluate(f"window.skew = {TEN_MINUTES}")  # and its clock was set meanwhile
    pages[1].wait_for_timeout(2500)
    turn = house.scene.turn(request_id)
    started_at, stood_ms = turn.started_at, turn.paused_ms
    db.session.rollback()
    assert started_at is not None
    assert stood_ms >= 2000
    for page in pages:
        before = now()
        reads = [milliseconds(text) for text in page.locator("[data-clock] [data-time]").all_inner_texts()]
        after = now()
        for whole_ms in (120_000, house.scene.floor.cap_ms) if page is not pages[1] else (120_000,):
            most_ms, least_ms = (
                whole_ms + stood_ms - (instant - started_at).total_seconds() * 1000 for instant in (before, after)
            )
            assert any(least_ms - 1000 <= read <= most_ms + 1000 for read in reads), (page.url, reads)
        db.session.rollback()


def test_a_stream_resumes_by_itself_when_the_server_is_killed_and_comes_back(
    house: House, new_page: Callable[[], Page], console_errors: list[str], tmp_path: Path
) -> None:
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "INSTANCE_FOLDER": str(tmp_path),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SECRET_KEY": "for-tests",
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
    }
    server = LiveServer(f"http://127.0.0.1:{port}", tmp_path, environment)
    db.session.rollback()
    with (tmp_path / "stdout").open("ab") as out, (tmp_path / "stderr").open("ab") as log:
        process = start("serve", environment, out.fileno(), log.fileno())
        wait_until_ready(server, process)
        page = opened(house, new_page, house.display.replace(house.url, server.url))
        loaded = page.evaluate("window.loadedAt")
        asks(house)
        waiting_on(page, 1)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        expect(page.locator(OFFLINE)).to_be_visible()
        asks(house)
        process = start("serve", environment, out.fileno(), log.fileno())
        try:
            wait_until_ready(server, process)
            expect(page.locator(OFFLINE)).to_be_hidden()
            waiting_on(page, 2)
            asks(house)
            waiting_on(page, 3)
            assert page.evaluate("window.loadedAt") == loaded
            page.close()
        finally:
            stop(process)
    console_errors.clear()
