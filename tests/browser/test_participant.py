"""A participant's page of a floor, on a phone: the form that loses nothing, and the place in the list as it changes."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect

from meetings.database import db, now, transaction
from meetings.floor import commands
from meetings.floor.rules.statements import count_words, reading_ms
from meetings.journal import Actor
from tests.browser.floor_house import House
from tests.floor.statement_files import docx

pytestmark = pytest.mark.sqlite_only("what a browser does with a page does not depend on the database")

PHONE: ViewportSize = {"width": 375, "height": 667}
SAMPLES = (
    "",
    "   \n\t ",
    "Thank you, Chair.",
    "well-being and cities' rights – 2030",
    "one—two",
    "non\u00a0breaking\u202fblanks\u2009and\ufeffmarks\x1cseparators\x85lines\u2028\u3000end",
    "٣ مدن تتعاون من أجل الحق في السكن",
    "Город Казань, 2023 год",
    "我们支持地方政府。谢谢主席！",
    "人権は地方自治体のカタカナ、ｶﾅ 2つ",
    "สิทธิมนุษยชนในเมือง",
    "សិទ្ធិមនុស្ស and လူ့အခွင့်အရေး",
    "अधिकार और शहर",
    "👏 😀 ** — --",
    "𠮷野家",
    "½ Ⅳ ²",
)


@pytest.fixture
def phone(house: House, page: Page) -> Page:
    """The participant's page, open on a phone."""
    page.set_viewport_size(PHONE)
    page.goto(house.ask)
    return page


def upload(name: str, content: bytes) -> FilePayload:
    """A file as it is chosen from the device."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def waiting(house: House) -> list[int]:
    """Who waits now."""
    db.session.rollback()
    found = house.scene.waiting()
    db.session.rollback()
    return found


def statement_of(house: House) -> str | None:
    """The text that the first one's statement has now."""
    request = house.scene.request(waiting(house)[0])
    text = request.statement.text if request.statement else None
    db.session.rollback()
    return text


def test_the_script_counts_words_as_the_server_does(phone: Page) -> None:
    counted = phone.evaluate(
        """async (samples) => {
            const { countWords, readingMs } = await import("/static/ask.js");
            return samples.map((text) => [countWords(text), readingMs(countWords(text), 120)]);
        }""",
        list(SAMPLES),
    )
    assert counted == [[count_words(text), reading_ms(count_words(text))] for text in SAMPLES]


def test_the_meter_says_how_long_the_text_is_and_when_it_is_too_long(phone: Page) -> None:
    meter = phone.locator("[data-meter]")
    expect(meter).to_be_hidden()
    phone.get_by_text("Send your statement with it").click()
    text = phone.get_by_label("The text of your statement")
    text.fill("word " * 214)
    expect(meter).to_contain_text("About 1:47 of 2:00 to speak. Words: 214.")
    expect(meter.get_by_text("longer than the speaking time")).to_be_hidden()
    text.fill("word " * 260)
    expect(meter).to_contain_text("About 2:10 of 2:00")
    expect(meter.get_by_text("longer than the speaking time")).to_be_visible()


def test_asking_with_a_statement_and_changing_it_later(house: House, phone: Page) -> None:
    phone.get_by_label("What you will speak about").fill("السكن")
    phone.get_by_text("Send your statement with it").click()
    phone.get_by_label("The text of your statement").fill("Thank you, Chair.")
    phone.get_by_label("As delivered").check()
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_text("You are on the list of speakers.")).to_be_visible()
    expect(phone.locator("[data-own]")).to_contain_text("3 words")
    assert statement_of(house) == "Thank you, Chair."
    phone.get_by_text("Replace your statement").click()
    phone.get_by_label("The text of your statement").fill("Thank you, Madam Chair.")
    phone.get_by_role("button", name="Send the statement").click()
    expect(phone.get_by_text("Your statement has arrived.")).to_be_visible()
    assert statement_of(house) == "Thank you, Madam Chair."
    assert phone.evaluate("localStorage.length") == 0


def test_on_a_lost_connection_nothing_is_lost_and_pressing_again_sends_it(
    house: House, phone: Page, console_errors: list[str]
) -> None:
    phone.get_by_label("What you will speak about").fill("Water")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_text("Not sent: there is no connection.")).to_be_visible()
    expect(phone.get_by_label("What you will speak about")).to_have_value("Water")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_text("You are on the list of speakers.")).to_be_visible()
    assert len(waiting(house)) == 1
    console_errors.clear()


def test_what_was_typed_is_there_again_after_the_browser_was_closed(house: House, phone: Page) -> None:
    phone.get_by_label("What you will speak about").fill("Water")
    phone.get_by_text("Send your statement with it").click()
    phone.get_by_label("The text of your statement").fill("Thank you")
    phone.get_by_label("My country").check()
    phone.close()
    again = phone.context.new_page()
    again.goto(house.ask)
    expect(again.get_by_label("What you will speak about")).to_have_value("Water")
    expect(again.get_by_label("The text of your statement")).to_be_visible()
    expect(again.get_by_label("My country")).to_be_checked()
    expect(again.get_by_text("it was not sent yet")).to_be_visible()
    again.get_by_role("button", name="Clear it").click()
    expect(again.get_by_label("What you will speak about")).to_have_value("")
    assert again.evaluate("localStorage.length") == 0


def test_a_draft_is_kept_without_the_secret_of_the_link_and_for_three_days(house: House, phone: Page) -> None:
    expect(phone.get_by_text("What you type is kept on this device")).to_be_visible()
    phone.get_by_label("What you will speak about").fill("Water")
    assert phone.evaluate("Object.keys(localStorage)") == [f"rostrum-draft:{house.me.id}:{house.scene.session.id}"]
    phone.evaluate(
        """() => {
            const days = (count) => JSON.stringify({ at: Date.now() - count * 86_400_000, latest: "", values: {} });
            localStorage.clear();
            localStorage.setItem("rostrum-draft:7:1", days(3.1));
            localStorage.setItem("rostrum-draft:7:2", days(2.9));
            localStorage.setItem("rostrum-draft:7:3", "spoiled");
            localStorage.setItem("elsewhere", "of another program");
        }"""
    )
    phone.reload()
    expect(phone.get_by_text("What you type is kept on this device")).to_be_visible()
    assert phone.evaluate("Object.keys(localStorage).sort()") == ["elsewhere", "rostrum-draft:7:2"]


def test_before_the_session_a_place_that_changes_brings_another_time(house: House, phone: Page) -> None:
    with transaction():
        session = db.session.get_one(type(house.scene.session), house.scene.session.id)
        session.date, session.start = now().date() + dt.timedelta(days=1), dt.time(9, 20)
        session.meeting.end_date = session.date
    ahead = house.scene.ask()
    house.scene.ask(house.me)
    db.session.rollback()
    phone.reload()
    own = phone.locator("[data-own]")
    expect(own).to_contain_text("You speak at about 09:22 at the earliest.")
    house.act(commands.decline, ahead, reason="Asked to")
    expect(own).to_contain_text("You speak at about 09:20 at the earliest.", timeout=15_000)


def test_letting_others_go_first_after_the_list_has_moved(house: House, phone: Page) -> None:
    ahead, mine, behind = house.scene.ask(), house.scene.ask(house.me), house.scene.ask()
    db.session.rollback()
    phone.reload()
    house.act(commands.decline, ahead, reason="Asked to")
    expect(phone.locator("[data-own]")).to_contain_text("You are number 1 of 2 on the list.")
    phone.get_by_role("button", name="Let the next one go first").click()
    expect(phone.get_by_text("You let others speak before you.")).to_be_visible()
    assert waiting(house) == [behind, mine]


def test_an_answer_that_got_lost_on_the_way_asks_once(house: House, phone: Page, console_errors: list[str]) -> None:
    phone.route(
        "**/floor",
        lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    phone.get_by_label("What you will speak about").fill("Water")
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_text("Not sent: there is no connection.")).to_be_visible()
    phone.unroute_all()
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_text("This request had arrived already")).to_be_visible()
    assert len(waiting(house)) == 1
    console_errors.clear()


def test_pressed_twice_it_asks_once(house: House, phone: Page) -> None:
    phone.get_by_role("button", name="Ask for the floor").dblclick()
    expect(phone.get_by_text("You are next on the list.")).to_be_visible()
    assert len(waiting(house)) == 1
    assert len(house.scene.events("floor.requested")) == 1


def test_a_file_is_looked_at_before_it_is_sent(house: House, phone: Page) -> None:
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.method))
    phone.get_by_text("Send your statement with it").click()
    chooser = phone.get_by_label("The statement as a file")
    for name, content, said in (
        ("statement.odt", b"PK", "Choose a Word file"),
        ("statement.docx", b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        ("statement.pdf", b"", "This file is empty"),
    ):
        chooser.set_input_files(upload(name, content))
        expect(phone.get_by_text(said)).to_be_visible()
        phone.get_by_role("button", name="Ask for the floor").click()
    assert "POST" not in sent
    chooser.set_input_files(upload("my.docx", docx("Thank you")))
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.locator("[data-own]")).to_contain_text("my.docx")
    expect(phone.locator("[data-own]")).to_contain_text("2 words")


def test_a_refused_file_leaves_what_was_typed_and_says_why(
    house: House, phone: Page, console_errors: list[str]
) -> None:
    phone.get_by_label("What you will speak about").fill("Water")
    phone.get_by_text("Send your statement with it").click()
    phone.get_by_label("The statement as a file").set_input_files(upload("statement.pdf", b"MZ\x90\x00\x03"))
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_text("neither a Word file").first).to_be_visible()
    expect(phone.get_by_label("What you will speak about")).to_have_value("Water")
    expect(phone.locator(".problems")).to_be_focused()
    assert waiting(house) == []
    console_errors.clear()  # the answer's status


def test_place_and_time_change_without_a_reload_and_who_is_next_is_told(house: House, phone: Page) -> None:
    ahead = [house.scene.ask() for _ in range(2)]
    mine = house.scene.ask(house.me)
    db.session.rollback()
    phone.reload()
    phone.evaluate("window.same = true")
    phone.evaluate("window.buzz = []; Navigator.prototype.vibrate = (pattern) => window.buzz.push(pattern)")
    phone.locator("h1").click()  # a device only vibrates for somebody who has touched it
    own = phone.locator("[data-own]")
    expect(own).to_contain_text("You are number 3 of 3 on the list.")
    expect(own).to_contain_text("You speak at about")
    house.act(commands.give_floor, ahead[0])
    expect(own).to_contain_text("You are number 2 of 2 on the list.")
    house.act(commands.end, ahead[0])
    house.act(commands.give_floor, ahead[1])
    expect(own.get_by_text("You are next on the list.")).to_be_visible()
    expect(phone).to_have_title("You are next · " + house.scene.session.title)
    expect(phone.locator("[data-alert]")).to_contain_text("You are next")
    house.act(commands.end, ahead[1])
    house.act(commands.call, mine)
    expect(own.get_by_text("You are called: you speak next.")).to_be_visible()
    expect(phone.locator("[data-alert]")).to_contain_text("You are called")
    house.act(commands.give_floor, mine)
    expect(own.locator("[data-clock]")).to_be_visible()
    house.act(commands.end, mine)
    expect(own.get_by_text("You have spoken.")).to_be_visible()
    expect(phone.locator("[data-alert]")).to_be_empty()
    assert phone.evaluate("window.same") is True
    assert phone.evaluate("window.buzz.length") >= 2


def test_what_was_said_of_an_earlier_state_goes_with_it(house: House, phone: Page) -> None:
    phone.get_by_role("button", name="Ask for the floor").click()
    flash = phone.get_by_text("You are on the list of speakers.")
    expect(flash).to_be_visible()
    mine = waiting(house)[0]
    house.act(commands.give_floor, mine)
    own = phone.locator("[data-own]")
    expect(own.get_by_text("You have the floor.")).to_be_visible()
    expect(flash).to_have_count(0)
    phone.route("**/floor", lambda route: None)  # the block that is fetched anew does not arrive
    house.act(commands.end, mine)
    expect(own.locator("[data-clock]")).to_have_count(0)
    expect(phone.get_by_text("You have the floor.")).to_have_count(0)
    phone.unroute_all()


def test_a_new_speaking_time_is_shown_wherever_the_page_speaks_of_it(house: House, phone: Page) -> None:
    house.scene.ask(house.me)
    request = house.scene.request(waiting(house)[0])
    draft = commands.Draft("as_delivered", "word " * 200, None, None)  # 1:40
    actor = Actor.registration(house.me.id)
    commands.file_statement(
        request_id=request.id, registration_id=house.me.id, draft=draft, actor=actor, now=house.scene.now
    )
    category = request.person.organisation.category if request.person and request.person.organisation else None
    assert category is not None
    db.session.rollback()
    phone.reload()
    phone.evaluate("window.same = true")
    phone.get_by_text("Replace your statement").click()
    phone.get_by_label("The text of your statement").press_sequentially("more ")
    own, meter = phone.locator("[data-own]"), phone.locator("[data-meter]")
    longer = own.get_by_text("This is longer than your time.")
    expect(own).to_contain_text("your time is 2:00")
    expect(longer).to_be_hidden()
    house.act(commands.set_limit, limit_ms=90_000)
    expect(own).to_contain_text("your time is 1:30")
    expect(longer).to_be_visible()
    expect(meter).to_contain_text("of 1:30 to speak. Words: 201.")
    expect(meter.get_by_text("longer than the speaking time")).to_be_visible()
    house.scene.set(limits_ms={category: 180_000})
    db.session.rollback()
    expect(own).to_contain_text("your time is 3:00")
    expect(longer).to_be_hidden()
    assert phone.evaluate("window.same") is True


def test_who_has_not_asked_sees_a_new_speaking_time(house: House, phone: Page) -> None:
    expect(phone.get_by_text("You may speak for 2:00.")).to_be_visible()
    house.act(commands.set_limit, limit_ms=60_000)
    expect(phone.get_by_text("You may speak for 1:00.")).to_be_visible()


def test_who_is_not_reached_files_the_statement_with_one_button(house: House, phone: Page) -> None:
    mine = house.scene.ask(house.me)
    draft = commands.Draft("as_delivered", "Thank you", None, None)
    actor = Actor.registration(house.me.id)
    commands.file_statement(request_id=mine, registration_id=house.me.id, draft=draft, actor=actor, now=house.scene.now)
    db.session.rollback()
    phone.reload()
    house.act(commands.close_floor)
    phone.get_by_role("button", name="File my statement for the record").click()
    expect(phone.locator("[data-own]")).to_contain_text("for the record")
    request = house.scene.request(mine)
    assert request.statement is not None
    assert request.statement.for_record
    db.session.rollback()


def test_a_draft_is_not_swapped_away_while_the_own_request_changes(house: House, phone: Page) -> None:
    mine = house.scene.ask(house.me)
    db.session.rollback()
    phone.reload()
    phone.get_by_label("The text of your statement").fill("Thank you, Ch")
    house.act(commands.call, mine)
    expect(phone.locator("[data-own]")).to_contain_text("You are called: you speak next.")
    expect(phone.get_by_label("The text of your statement")).to_have_value("Thank you, Ch")


def test_all_of_it_works_without_scripts(house: House, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(house.ask)
    page.get_by_text("Send your statement with it").click()
    page.get_by_label("The statement as a file").set_input_files(upload("my.docx", docx("Thank you")))
    page.get_by_role("button", name="Ask for the floor").click()
    expect(page.locator("[data-own]")).to_contain_text("my.docx")
    house.scene.ask()
    db.session.rollback()
    page.reload()
    page.get_by_text("A colleague speaks for you").click()
    page.get_by_label("Name of the colleague who speaks").fill("شيرين Demonstration")
    page.get_by_role("button", name="Let the colleague speak").click()
    expect(page.locator("[data-own]")).to_contain_text("In your place speaks: شيرين Demonstration")
    page.get_by_role("button", name="Let the next one go first").click()
    expect(page.get_by_text("You are number 2 of 2")).to_be_visible()
    page.get_by_role("button", name="I speak myself").click()
    expect(page.get_by_text("You will speak yourself.")).to_be_visible()
    page.get_by_text("Give up your place").click()
    page.get_by_role("button", name="Remove my statement").click()
    page.get_by_text("Give up your place").click()
    page.get_by_role("button", name="Withdraw my request").click()
    expect(page.get_by_text("You withdrew your request.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("state", ["empty", "waiting", "called", "speaking", "not_reached"])
def test_the_page_has_no_barrier(
    house: House, page: Page, axe: Callable[[Page], None], reflows: Callable[[Page], None], state: str
) -> None:
    if state != "empty":
        mine = house.scene.ask(house.me, topic="السكن الاجتماعي", on_behalf_of="Two cities", language="ar")
        house.scene.ask()
        draft = commands.Draft("as_delivered", "word " * 300, "a-very-long-name-" * 9 + ".txt", b"Thank you")
        actor = Actor.registration(house.me.id)
        commands.file_statement(
            request_id=mine, registration_id=house.me.id, draft=draft, actor=actor, now=house.scene.now
        )
        act = {"called": commands.call, "speaking": commands.give_floor}.get(state)
        if act:
            house.act(act, mine)
    if state == "not_reached":
        house.act(commands.close_floor)
    db.session.rollback()
    page.goto(house.ask)
    if state == "empty":
        page.get_by_text("Send your statement with it").click()
        page.get_by_label("The text of your statement").fill("word " * 300)
    axe(page)
    reflows(page)
