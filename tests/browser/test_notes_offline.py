"""Two rapporteurs type in one session, and the connection is cut in the middle: nothing is lost, nothing doubled."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Dialog, Page, Route, expect

from meetings.models.report import Point
from tests.browser.floor_house import House
from tests.browser.notes_house import line, noted, notes_url, open_notes, rapporteur, settled, type_point
from tests.browser.walking import links_printed
from tests.live import LiveServer

NOTES = "/meetings/demonstration/notes/session-1"


def kept(page: Page) -> list[str]:
    """What this browser keeps of anybody's notes."""
    found: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('rostrum-notes:'))")
    return found


def forget_network_errors(console_errors: list[str]) -> None:
    """A browser logs each request that found no server; anything else is still an error."""
    console_errors[:] = [each for each in console_errors if "net::ERR_" not in each and "Failed to load" not in each]


def test_what_two_rapporteurs_type_while_the_connection_is_cut_arrives_once(
    house: House, new_page: Callable[[], Page], console_errors: list[str]
) -> None:
    ada, ben = (rapporteur(house, new_page(), name) for name in ("Ada", "Ben"))
    for number in range(3):
        type_point(ada, f"ada {number}")
        type_point(ben, f"ben {number}")
    ada.context.set_offline(True)
    for number in range(3, 8):
        type_point(ada, f"ada {number}")
        type_point(ben, f"ben {number}")
    # More than five where some from before the cut were still on their way.
    expect(ada.locator("[data-waiting] .notice")).to_have_text(re.compile("Points that wait for the connection: [5-8]"))
    expect(line(ada)).to_be_focused()
    expect(ben.locator("[data-live] .points > li").first).to_contain_text("ben 7")
    ben.context.set_offline(True)
    type_point(ben, "ben 8")
    ada.context.set_offline(False)
    settled(ada)
    ben.context.set_offline(False)
    settled(ben)
    for page in (ada, ben):
        expect(page.locator("[data-live] .points > li")).to_have_count(17)
    texts = [point.text for point in noted(house)]
    assert Counter(texts) == Counter(
        [f"ada {number}" for number in range(8)] + [f"ben {number}" for number in range(9)]
    )
    assert [text for text in texts if "ada" in text] == [f"ada {number}" for number in range(8)]
    forget_network_errors(console_errors)


def test_an_answer_that_is_lost_on_its_way_back_doubles_nothing(
    house: House, page: Page, console_errors: list[str]
) -> None:
    ada = rapporteur(house, page, "Ada")
    sent = []

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.fetch())  # it arrives, and nobody hears of it
        return route.abort("connectionreset")

    ada.route(notes_url(house), lose)
    type_point(ada, "the need for rules")
    expect(ada.locator("[data-waiting] .notice")).to_have_text("Points that wait for the connection: 1")
    ada.unroute(notes_url(house))
    settled(ada)
    assert len(sent) >= 1
    assert [point.text for point in noted(house)] == ["the need for rules"]
    forget_network_errors(console_errors)


def test_points_that_wait_outlive_a_reload_and_are_seen_by_nobody_else(
    house: House, new_page: Callable[[], Page], console_errors: list[str]
) -> None:
    ada = rapporteur(house, new_page(), "Ada")
    ada.route("**/notes/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    type_point(ada, "one")
    type_point(ada, "two")
    ada.keyboard.type("half")
    expect(ada.locator("[data-waiting] .notice")).to_have_text("Points that wait for the connection: 2")
    open_notes(house, ada)
    expect(ada.locator("[data-waiting] li")).to_have_count(2)
    expect(line(ada)).to_have_value("half")
    assert len(kept(ada)) == 3
    ada.unroute("**/notes/*")
    settled(ada)
    assert [point.text for point in noted(house)] == ["one", "two"]
    assert len(kept(ada)) == 1  # the draft
    rapporteur(house, ada, "Ben")  # somebody else signs in at the same browser
    assert kept(ada) == []
    expect(line(ada)).to_have_value("")
    ada.keyboard.type("half of Ben’s")
    assert len(kept(ada)) == 1
    ada.get_by_role("button", name="Sign out").click()
    expect(ada.locator(".notice")).to_contain_text("signed out")
    assert kept(ada) == []
    forget_network_errors(console_errors)


def test_whoever_signs_out_while_points_wait_is_asked_first(
    house: House, page: Page, console_errors: list[str]
) -> None:
    ada = rapporteur(house, page, "Ada")
    ada.route("**/notes/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    type_point(ada, "one")
    asked = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    ada.once("dialog", stay)
    ada.get_by_role("button", name="Sign out").click()
    assert "lost if you sign out" in asked[0]
    expect(line(ada)).to_be_visible()
    assert len(kept(ada)) == 1
    ada.once("dialog", lambda dialog: dialog.accept())
    ada.get_by_role("button", name="Sign out").click()
    expect(ada.locator(".notice")).to_contain_text("signed out")
    assert kept(ada) == []
    forget_network_errors(console_errors)


def test_a_sign_in_that_has_ended_loses_nothing(house: House, page: Page, console_errors: list[str]) -> None:
    ada = rapporteur(house, page, "Ada")
    ada.route("**/stream?*", lambda route: route.abort())  # else the page itself leads to the sign-in at once
    cookies = ada.context.cookies()
    ada.context.clear_cookies()
    type_point(ada, "one")
    expect(ada.locator('[data-note="signed-out"]')).to_be_visible()
    ada.context.add_cookies([{"name": each["name"], "value": each["value"], "url": house.url} for each in cookies])
    ada.evaluate("dispatchEvent(new Event('focus'))")
    settled(ada)
    assert [point.text for point in noted(house)] == ["one"]
    forget_network_errors(console_errors)


def test_a_point_that_is_refused_is_shown_and_can_be_put_right(
    house: House, page: Page, axe: Callable[[Page], None], console_errors: list[str]
) -> None:
    ada = rapporteur(house, page, "Ada")
    ada.evaluate("document.querySelector('#speaker').append(new Option('Gone', 'p999999', true, true))")
    ada.keyboard.type("r the need for rules")
    ada.keyboard.press("Enter")
    waiting = ada.locator("[data-waiting] li")
    expect(waiting).to_contain_text("Not saved: Not a valid choice")
    axe(ada)
    ada.get_by_label("Speaker").select_option(label="Several speakers")
    ada.get_by_role("button", name="Put it back into the line").click()
    expect(line(ada)).to_have_value("the need for rules")
    expect(ada.locator("#kind")).to_have_value("recommendation")
    ada.get_by_label("Speaker").select_option(label="Several speakers")
    line(ada).press("Enter")
    expect(ada.locator("[data-live] .points > li")).to_have_count(1)
    settled(ada)
    assert [(point.kind, point.collective) for point in noted(house)] == [("recommendation", True)]
    forget_network_errors(console_errors)


@pytest.mark.sqlite_only("the server of people who run it; PostgreSQL's part is the same command, see above")
def test_a_server_that_dies_and_comes_back_loses_and_doubles_nothing(
    live_server: LiveServer, new_page: Callable[[], Page], console_errors: list[str]
) -> None:
    pages = [new_page(), new_page()]
    pages[0].goto(links_printed(live_server)["rapporteur"])
    pages[0].locator("main button").click()
    (cookie,) = (each for each in pages[0].context.cookies() if each["name"] == "rostrum")
    pages[1].context.add_cookies([{"name": "rostrum", "value": cookie["value"], "url": live_server.url}])
    for page in pages:
        with page.expect_response("**/stream?**"):
            page.goto(live_server.url + NOTES)
    expected = [f"{who} typed {number}" for number in range(6) for who in ("first", "second")]
    for number, text in enumerate(expected):
        if number == 5:
            live_server.kill()
        type_point(pages[number % 2], text)
    for page in pages:
        expect(page.locator("[data-waiting] .notice")).to_have_text(re.compile("wait for the connection"))
    live_server.begin()
    for page in pages:
        settled(page)
        expect(page.locator("[data-live] .points > li").first).to_contain_text("typed")
    texts = stored(live_server)
    assert Counter(text for text in texts if " typed " in text) == Counter(expected)
    forget_network_errors(console_errors)


def stored(server: LiveServer) -> list[str]:
    """The texts of all points in the server's database."""
    engine = sa.create_engine(f"sqlite:///{server.folder}/rostrum.db")
    with engine.connect() as connection:
        texts = [str(text) for text in connection.scalars(sa.select(Point.text))]
    engine.dispose()
    return texts
