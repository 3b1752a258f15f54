"""The chair's page in a real browser: keys, reasons, orders, two who act at once, and all of it without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from meetings.database import db, transaction
from meetings.floor import commands
from tests import factories
from tests.browser.floor_house import House

pytestmark = pytest.mark.sqlite_only("what a browser does with a page does not depend on the database")


@pytest.fixture
def page(house: House, page: Page) -> Page:
    """The chair's browser."""
    house.let_in(page)
    return page


def asked(house: House, family: str, **values: object) -> int:
    """A request of somebody of this name."""
    with transaction():
        person = factories.person(house.scene.meeting, honorific="Ms.", given="Demonstration", family=family)
        registration = factories.registration(house.scene.meeting, person)
        row = factories.floor_request(house.scene.session, registration, requested_at=house.scene.now, **values)
        request_id = row.id
    house.scene.after(seconds=1)
    db.session.rollback()
    return request_id


def status(house: House, request_id: int) -> str:
    found = house.scene.status(request_id)
    db.session.rollback()
    return found


def waiting(house: House) -> list[int]:
    db.session.rollback()  # what was read before must not be read again
    found = house.scene.waiting()
    db.session.rollback()
    return found


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def test_single_keys_press_the_buttons_and_the_focus_stays_with_the_speaker(house: House, page: Page) -> None:
    first, second = asked(house, "Ångström"), asked(house, "Zola")
    page.goto(house.chair)
    for key, text in (
        ("g", "Ms. Demonstration Ångström has the floor."),
        ("p", "Resume"),
        ("P", "Pause"),
        ("e", "Nobody has the floor"),
        ("c", "Called: speaks next"),
        ("l", "The list of speakers is closed."),
        ("l", "The list of speakers is open."),
        ("g", "Ms. Demonstration Zola has the floor."),
        ("s", "Connection lost: waits at the top"),
        ("c", "Called: speaks next"),
        ("a", "Absent"),
    ):
        page.keyboard.press(key)
        expect(page.locator("main")).to_contain_text(text)
        expect(page.locator("#now")).to_be_focused()
    assert [status(house, first), status(house, second)] == ["spoken", "absent"]
    page.keyboard.press("u")
    expect(page.locator(".waiting tbody tr")).to_have_count(1)


def test_the_key_for_absent_leaves_alone_who_was_not_called(house: House, page: Page) -> None:
    first = asked(house, "Ångström")
    page.goto(house.chair)
    page.keyboard.press("a")
    page.keyboard.press("c")
    expect(page.locator("main")).to_contain_text("Called: speaks next")
    assert status(house, first) == "called"


def test_a_reason_left_from_a_move_is_asked_anew_for_declining(house: House, page: Page) -> None:
    asked(house, "One")
    second = asked(house, "Two")
    third = asked(house, "Three")
    page.goto(house.chair)
    page.locator("#reason").fill("Has to leave")
    page.locator(f"#u{third}").click()
    expect(page.locator("#reason")).to_have_value("Has to leave")
    page.locator(f"#x{second}").click()
    expect(page.locator("#reason")).to_be_focused()
    expect(page.locator("#reason")).to_have_value("")
    page.keyboard.type("Has to leave")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Declined by the chair")
    assert status(house, second) == "declined"


def test_who_presses_too_soon_is_told(house: House, page: Page) -> None:
    first = asked(house, "Ångström")
    page.goto(house.chair)
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")  # it stays on its way
    page.keyboard.press("c")
    expect(page.locator('[data-note="busy"]')).to_be_hidden()
    page.keyboard.press("g")
    expect(page.locator('[data-note="busy"]')).to_be_in_viewport()
    assert status(house, first) == "requested"


def test_after_a_move_to_the_top_the_focus_is_on_a_button_of_the_row(house: House, page: Page) -> None:
    asked(house, "One")
    second = asked(house, "Two")
    page.goto(house.chair)
    page.locator("#reason").fill("Has to leave")
    page.locator(f"#t{second}").click()
    expect(page.locator(f"#d{second}")).to_be_focused()


def test_adding_opens_at_the_name_and_a_preview_at_its_heading(house: House, page: Page) -> None:
    asked(house, "One")
    page.goto(house.chair)
    page.keyboard.press("n")
    expect(page.locator("#name")).to_be_focused()
    page.goto(f"{house.chair}order")
    page.get_by_role("button", name="Show the order").click()
    expect(page.locator("#preview")).to_be_focused()


def test_keys_lead_to_the_reason_and_to_other_pages(house: House, page: Page) -> None:
    page.goto(house.chair)
    page.keyboard.press("r")
    assert focused(page) == "reason"
    page.keyboard.type("one")  # letters are typed there, and press nothing
    expect(page.locator("#reason")).to_have_value("one")
    for key, name in (("n", "Add somebody to the list"), ("o", "Order the list")):
        page.goto(house.chair)
        page.keyboard.press(key)
        expect(page.locator("h1")).to_have_text(name)


@pytest.mark.parametrize("pressed", ["Control+g", "Alt+g", "Meta+g"])
def test_keys_of_the_browser_are_left_to_it(house: House, page: Page, pressed: str) -> None:
    request_id = asked(house, "Ångström")
    page.goto(house.chair)
    page.keyboard.press(pressed)
    page.goto(house.chair)
    assert status(house, request_id) == "requested"


def test_keys_are_turned_off_and_stay_so(house: House, page: Page) -> None:
    request_id = asked(house, "Ångström")
    page.goto(house.chair)
    page.get_by_label("Single keys press the buttons of this page").uncheck()
    page.goto(house.chair)
    expect(page.get_by_label("Single keys press the buttons of this page")).not_to_be_checked()
    page.keyboard.press("g")
    page.goto(house.chair)
    assert status(house, request_id) == "requested"
    page.get_by_label("Single keys press the buttons of this page").check()
    page.locator("body").press("g")
    expect(page.locator("#now")).to_contain_text("Has the floor")
    assert status(house, request_id) == "speaking"


def test_keys_do_nothing_on_a_page_that_is_out_of_date(house: House, page: Page, console_errors: list[str]) -> None:
    asked(house, "Ångström")
    page.goto(house.chair)
    expect(page.locator("#give")).to_be_enabled()
    page.context.set_offline(True)
    expect(page.locator('[data-note="offline"]')).to_be_visible()
    expect(page.locator("#give")).to_be_disabled()
    for key in "gno":
        page.keyboard.press(key)
    assert page.url == house.chair
    page.context.set_offline(False)
    expect(page.locator("#give")).to_be_enabled()
    page.keyboard.press("g")
    expect(page.locator("#now")).to_contain_text("Has the floor")
    console_errors.clear()


def test_a_button_without_a_reason_waits_for_it(house: House, page: Page) -> None:
    first, second, third = asked(house, "One"), asked(house, "Two"), asked(house, "Three")
    page.goto(house.chair)
    page.locator(f"#u{third}").click()
    expect(page.locator("#reason")).to_be_focused()
    expect(page.locator("#reason-help")).to_contain_text("Up: Ms. Demonstration Three. Now give the reason")
    fourth = asked(house, "Four")
    house.act(commands.set_dignitary, fourth, dignitary=True)  # the list is swapped meanwhile
    expect(page.locator(".waiting")).to_contain_text("Dignitary")
    page.keyboard.type("Has to leave")
    page.keyboard.press("Enter")
    expect(page.locator(".waiting tbody tr").nth(1)).to_contain_text("Three")
    assert waiting(house) == [first, third, second, fourth]
    # The reason is still there for the next step, and the focus on the button that was pressed.
    expect(page.locator("#reason")).to_have_value("Has to leave")
    expect(page.locator(f"#u{third}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".waiting tbody tr").first).to_contain_text("Three")


def test_a_reason_that_is_typed_stays_when_the_list_is_swapped(house: House, page: Page) -> None:
    asked(house, "One")
    page.goto(house.chair)
    page.locator("#reason").fill("Agreed with")
    asked(house, "Two")
    house.act(commands.close_list)
    expect(page.locator(".waiting tbody tr")).to_have_count(2)
    expect(page.locator("#reason")).to_have_value("Agreed with")
    expect(page.locator("#reason")).to_be_focused()


def test_enter_in_the_reason_presses_nothing_by_itself(house: House, page: Page) -> None:
    request_id = asked(house, "One")
    house.act(commands.give_floor, request_id)
    page.goto(house.chair)
    page.locator("#reason").fill("Has to leave")
    page.locator("#reason").press("Enter")
    page.wait_for_timeout(500)
    assert page.url == house.chair
    assert status(house, request_id) == "speaking"


def test_the_order_that_was_shown_is_applied_and_undone(house: House, page: Page) -> None:
    ids = [asked(house, name) for name in ("One", "Two", "Three", "Four")]
    page.goto(house.chair)
    page.get_by_role("link", name="Order the list").click()
    page.get_by_label("By lot", exact=True).check()
    page.locator("#draw summary").click()
    page.get_by_label("Word of the draw").fill("Geneva")
    page.get_by_role("button", name="Show the order").click()
    shown = page.locator("#preview ol").nth(1).locator("strong").all_inner_texts()
    assert waiting(house) == ids
    page.get_by_role("button", name="Apply this order").click()
    expect(page.locator("main")).to_contain_text("The list is ordered: By lot.")
    assert page.locator(".waiting tbody strong").all_inner_texts() == shown
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("Order: First come, first served.")
    assert waiting(house) == ids


def test_two_chairs_act_at_once_without_surprises(house: House, page: Page, new_page: Callable[[], Page]) -> None:
    first, second = asked(house, "One"), asked(house, "Two")
    desk = new_page()
    house.let_in(desk)
    page.goto(house.chair)
    version = page.locator("input[name=version]").input_value()
    desk.goto(house.chair)
    desk.get_by_role("button", name="Give the floor to Ms. Demonstration One").click()
    expect(desk.locator("#now")).to_contain_text("Has the floor")
    expect(page.locator("#now")).to_contain_text("Has the floor")  # and comes to the first by itself
    page.evaluate("version => { document.querySelector('input[name=version]').value = version }", version)
    page.locator("#end").click()
    expect(page.locator(".notice.warn").first).to_contain_text("nothing was done")
    expect(page.locator(".notice.warn").first).to_contain_text("Last act: Floor given · Ms. Demonstration One")
    assert [status(house, first), status(house, second)] == ["speaking", "requested"]


def test_the_chair_needs_no_script(house: House, browser: Browser) -> None:
    first, second = asked(house, "One"), asked(house, "Two")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    house.let_in(page)
    page.goto(house.chair)
    expect(page.get_by_text("Single keys press the buttons")).to_be_hidden()
    page.locator(f"#u{second}").click()
    expect(page.locator("main")).to_contain_text("Nothing was done: say why first.")
    expect(page.locator("#reason")).to_be_focused()
    page.locator("#reason").fill("Has to leave")
    page.locator(f"#u{second}").click()
    expect(page.locator(".waiting tbody tr").first).to_contain_text("Two")
    page.locator("#reason").fill("Not on the subject")
    page.locator(f"#x{first}").click()
    expect(page.locator("main")).to_contain_text("Not on the subject")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".waiting tbody tr")).to_have_count(2)
    assert waiting(house) == [second, first]
    page.locator(f"#m{first}").click()
    page.get_by_label("New place").fill("1")
    page.get_by_label("Reason").fill("Agreed with the speakers")
    page.get_by_role("button", name="Move to this place").click()
    expect(page.locator(".waiting tbody tr").first).to_contain_text("One")
    assert waiting(house) == [first, second]
    page.get_by_role("button", name="Give the floor to Ms. Demonstration One").click()
    expect(page.locator("#now")).to_contain_text("Has the floor")
    context.close()


@pytest.mark.parametrize("state", ["empty", "full"])
def test_no_page_of_the_chair_has_a_barrier(
    house: House, page: Page, axe: Callable[[Page], None], reflows: Callable[[Page], None], state: str
) -> None:
    paths = ["", "settings", "add", "order"]
    if state == "full":
        with transaction():
            floor = house.scene.floor
            floor.cap_ms, floor.max_requests, floor.limits_ms = 900_000, 60, {"states": 60_000}
        spoken = asked(house, "Ångström", topic="السكن الاجتماعي")
        house.act(commands.give_floor, spoken)
        house.act(commands.end, spoken)
        house.act(commands.decline, asked(house, "Zola"), reason="Not on the subject")
        ids = [
            asked(
                house,
                f"عبد الرحمن بن عبد الله بن محمد {number} Wolfeschlegelsteinhausenbergerdorff",
                capacity="joint",
                on_behalf_of="Two cities and a region",
                dignitary=number == 3,
                language="ar",
                seat="row 3, left",
                topic="السكن الاجتماعي",
            )
            for number in range(9)
        ]
        house.act(commands.move, ids[-1], place=1, reason="Has to leave")
        paths += [f"requests/{ids[0]}/", f"requests/{spoken}/", "order?policy=draw&seed=a", "order?policy=quotas"]
    for path in paths:
        page.goto(house.chair + path)
        axe(page)
        reflows(page)
