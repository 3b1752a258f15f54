"""A call for inputs in the browser: an organiser opens it, a city sends from a phone, the rapporteur reads."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from meetings import create_app, settings
from meetings.database import db, now
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting
from meetings.report.commands.call import open_call
from tests.browser.test_journey import link_in, mail_to
from tests.browser.walking import links_printed
from tests.floor.statement_files import docx
from tests.live import LiveServer

Check = Callable[[Page], None]
MEETING = "/meetings/demonstration"
ADDRESS = "inputs@example.org"
NAME = "بلدية تونس التجريبية"


@pytest.fixture
def looked_at(axe: Check, reflows: Check) -> Check:
    """Has a page looked at as it stands."""

    def look(page: Page) -> None:
        axe(page)
        reflows(page)

    return look


def signed_in(page: Page, server: LiveServer, who: str) -> Page:
    page.goto(links_printed(server)[who])
    page.locator("main button").click()
    return page


def write_and_open_the_call(desk: Page, server: LiveServer, looked_at: Check) -> None:
    """Write and open a call with two partners, as an organiser does."""
    desk.goto(f"{server.url}{MEETING}/organise/call-for-inputs")
    desk.get_by_label("Introduction").fill("Local governments are asked *what works*.")
    desk.get_by_label("Questions").fill("What works?\n- At home?\n- With others?\nWhat stands in the way?")
    desk.get_by_label("Partner (deadline 1)").fill("OHCHR")
    desk.get_by_label("Deadline (deadline 1)").fill("2031-06-30T23:59")
    desk.get_by_label("Partner (deadline 2)").fill("UCLG")
    desk.get_by_label("Deadline (deadline 2)").fill("2031-07-15T18:00")
    desk.get_by_label("Time zone (deadline 2)").fill("Europe/Madrid")
    desk.get_by_label("Words at most").fill("20")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("status")).to_contain_text("The call is saved.")
    desk.get_by_role("button", name="Open the call").click()
    expect(desk.get_by_role("status")).to_contain_text("The call is open")
    looked_at(desk)


def test_a_city_answers_a_call_from_a_phone_and_the_rapporteur_reads_it(
    live_server: LiveServer,
    new_page: Callable[[], Page],
    looked_at: Check,
    console_errors: list[str],
    tmp_path: Path,
) -> None:
    desk = signed_in(new_page(), live_server, "organiser")
    write_and_open_the_call(desk, live_server, looked_at)

    phone = new_page()
    phone.set_viewport_size({"width": 375, "height": 700})
    phone.goto(f"{live_server.url}{MEETING}/")
    phone.get_by_role("link", name="Call for written inputs").click()
    expect(phone.get_by_role("row", name=re.compile("UCLG"))).to_contain_text("CEST (Europe/Madrid)")
    looked_at(phone)
    phone.get_by_role("link", name="Send a submission").first.click()
    phone.get_by_role("textbox", name="Organization").fill(NAME)
    phone.get_by_label("E-mail address").fill(ADDRESS)
    phone.get_by_label("1. What works?").fill("word " * 21)
    expect(phone.locator("[data-meter]")).to_contain_text("Words: 21 of 20.")
    expect(phone.locator("[data-over]")).to_be_visible()
    written = tmp_path / "ورقة.docx"
    written.write_bytes(docx("The right to housing"))
    phone.get_by_label("First file").set_input_files(written)
    phone.get_by_label("Second file").set_input_files({"name": "a.exe", "mimeType": "", "buffer": b"MZ\x90\x00\x03"})
    expect(phone.locator("[data-file-problem=type]")).to_be_visible()
    looked_at(phone)
    phone.get_by_label("Second file").set_input_files({"name": "a.pdf", "mimeType": "", "buffer": b"MZ\x90\x00\x03"})
    phone.get_by_role("button", name="Send the submission").click()
    problems = phone.locator(".problems")
    expect(problems).to_contain_text("Choose a category.")
    expect(problems).to_contain_text("21 words; 20 are taken")
    expect(problems).to_contain_text("whatever its name says")
    expect(problems).to_contain_text("it is for you to say")
    expect(phone.get_by_role("textbox", name="Organization")).to_have_value(NAME)
    assert phone.get_by_label("First file").evaluate("each => each.files.length") == 1  # nothing is chosen twice
    looked_at(phone)
    console_errors.clear()  # Chromium logs the status of the refused form

    phone.get_by_label("Second file").set_input_files([])
    phone.locator("#category").select_option("local_and_regional_governments")
    phone.get_by_label("1. What works?").fill("Neighbourhood houses, in every district.")
    phone.get_by_label(re.compile("Do not publish it")).check()
    phone.get_by_role("button", name="Send the submission").click()
    expect(phone.get_by_role("heading", name="My submission")).to_be_visible()
    expect(phone.get_by_role("status")).to_contain_text("Your submission has arrived.")
    looked_at(phone)
    phone.goto(link_in(mail_to(live_server, ADDRESS, "has arrived"), "/inputs/"))
    phone.get_by_label(re.compile("with the name of the organization")).check()
    phone.get_by_role("button", name="Change what I agree to").click()
    expect(phone.get_by_role("status")).to_contain_text("is changed")
    phone.get_by_role("link", name="Correct it").click()
    looked_at(phone)
    phone.goto(f"{phone.url.removesuffix('change')}withdraw")
    looked_at(phone)

    rapporteur = signed_in(new_page(), live_server, "rapporteur")
    rapporteur.goto(f"{live_server.url}{MEETING}/inputs/")
    looked_at(rapporteur)
    rapporteur.get_by_role("link", name=NAME).click()
    expect(rapporteur.locator("main")).to_contain_text("Neighbourhood houses")
    looked_at(rapporteur)
    rapporteur.get_by_role("button", name=re.compile("^Match")).click()
    expect(rapporteur.get_by_role("status")).to_contain_text("is matched")
    with rapporteur.expect_download() as started:
        rapporteur.locator("main").get_by_role("link", name="ورقة.docx").click()
    assert started.value.suggested_filename.startswith("submission-")

    desk.goto(f"{live_server.url}{MEETING}/organise/call-for-inputs")
    desk.get_by_role("button", name="Close it now").click()
    desk.get_by_role("button", name="Publish the submissions").click()
    visitor = new_page()
    visitor.goto(f"{live_server.url}{MEETING}/")
    visitor.get_by_role("link", name="Written submissions").click()
    expect(visitor.locator("main")).to_contain_text(NAME)
    looked_at(visitor)
    visitor.get_by_role("link", name=re.compile("^Answers")).click()
    looked_at(visitor)


def test_what_is_typed_outlives_a_lost_connection_and_is_sent_once(
    live_server: LiveServer, new_page: Callable[[], Page], looked_at: Check, console_errors: list[str]
) -> None:
    application = create_app(settings.load(live_server.environment))
    with application.app_context():
        meeting_id = db.session.scalars(sa.select(Meeting.id).where(Meeting.slug == "demonstration")).one()
        open_call(meeting_id=meeting_id, actor=COMMAND_LINE, now=now())
        db.session.remove()
        db.engine.dispose()
    phone = new_page()
    address = f"{live_server.url}{MEETING}/call-for-inputs/submit"
    phone.goto(address)
    phone.locator("#category").select_option("academia")
    phone.get_by_label("E-mail address").fill("lost@example.org")
    phone.locator("textarea").first.fill("The tunnel")
    phone.get_by_label(re.compile("Do not publish it")).check()
    phone.route("**/submit", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    phone.get_by_role("button", name="Send the submission").click()
    expect(phone.locator("[data-state=kept]")).to_be_visible()
    looked_at(phone)
    phone.unroute("**/submit")
    phone.goto(address)
    expect(phone.locator("[data-state=draft]")).to_be_visible()
    expect(phone.locator("textarea").first).to_have_value("The tunnel")
    expect(phone.locator("#category")).to_have_value("academia")
    phone.get_by_label("E-mail address").fill("lost@example.org")
    phone.get_by_role("button", name="Send the submission").dblclick()
    expect(phone.get_by_role("heading", name="My submission")).to_be_visible()
    console_errors.clear()  # Chromium logs the lost request
    mail_to(live_server, "lost@example.org", "has arrived")
    mails = [path.read_bytes() for path in (live_server.folder / "outbox").glob("*.eml")]
    assert sum(b"To: lost@example.org" in mail for mail in mails) == 1
