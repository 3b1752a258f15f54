"""The main job, end to end, by people who only read the screen: from an empty meeting to the Word draft of its report.

Run on both set-ups: one process with SQLite, and PostgreSQL with two web processes and a worker of its own.
"""

import datetime as dt
import email
import io
import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import docx
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.live import LiveServer

TITLE = "Dialogue on care and local services"
DAY = dt.date(2031, 11, 26)
MAYOR = "mayor@example.org"
JOIN_LINK = "https://teams.example.org/l/meetup-join/care"


@pytest.fixture(params=["live_server", "live_cluster"])
def server(request: pytest.FixtureRequest) -> LiveServer:
    """Each of the two set-ups in turn."""
    chosen: LiveServer = request.getfixturevalue(request.param)
    return chosen


def mail_to(server: LiveServer, recipient: str, subject: str, seconds: float = 15) -> EmailMessage:
    """The newest mail to an address whose subject has these words; waits for the worker to send it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for path in sorted((server.folder / "outbox").glob("*.eml"), reverse=True):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            if recipient in message["To"] and subject.lower() in message["Subject"].lower():
                return message
        time.sleep(0.1)
    raise AssertionError(f"no mail to {recipient} about {subject!r}")


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(message: EmailMessage, path: str) -> str:
    found = re.search(rf"http://\S+{path}\S+", text_of(message))
    assert found is not None, text_of(message)
    return found.group()


def test_from_an_empty_meeting_to_the_draft_of_its_report(
    server: LiveServer, new_page: Callable[[], Page], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    organiser, mayor, room = new_page(), new_page(), new_page()
    sign_in_by_mail(server, organiser)
    address = create_meeting(server, organiser)
    write_the_programme(organiser, address)
    publish(organiser, address)
    register(server, mayor, address)
    confirm(organiser, address)
    check_invitation(server)
    paste_join_link(organiser, address)
    open_personal_page(server, mayor)
    ask_for_the_floor(mayor)
    take_the_floor(organiser, room, mayor, address, axe)
    take_notes(organiser, address)
    check_report(organiser, address, tmp_path)


def sign_in_by_mail(server: LiveServer, page: Page) -> None:
    page.goto(server.url)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("mail").fill("organiser@example.org")
    page.locator("main button").click()
    page.goto(link_in(mail_to(server, "organiser@example.org", "sign"), "/sign-in/"))
    page.locator("main button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def create_meeting(server: LiveServer, page: Page) -> str:
    page.goto(server.url + "/")
    page.get_by_role("link", name="New meeting").click()
    page.get_by_label("Title").first.fill(TITLE)
    page.get_by_label("How it is held").select_option("online")
    page.get_by_label("First day").fill(DAY.isoformat())
    page.get_by_label("Mail address for questions").fill("secretariat@example.org")
    page.get_by_label("Organization 1").fill("Demonstration Secretariat")
    page.get_by_role("button", name="Create the meeting").click()
    page.wait_for_url(re.compile("/meetings/.+/organise/"))
    address = page.url.split("/organise/")[0]
    page.goto(address + "/organise/concept-note")
    page.get_by_label("Background (optional)").fill("Care is *local*.[^1]\n\n[^1]: Seen in every city.")
    page.get_by_label("Objectives").fill("Compare experience\nName what is missing")
    page.get_by_role("button", name="Save the concept note").click()
    return address


def write_the_programme(page: Page, address: str) -> None:
    page.goto(address + "/organise/sittings/new")
    page.get_by_label("Day").fill(DAY.isoformat())
    page.get_by_label("From").fill("09:00")
    page.get_by_label("To", exact=True).fill("11:00")
    page.get_by_role("button", name="Add the sitting").click()
    page.goto(address + "/organise/sessions/new")
    page.get_by_label("Kind").select_option("panel")
    page.get_by_label("Title").fill("Care in the city")
    page.get_by_label("Day (optional)").fill(DAY.isoformat())
    page.get_by_label("From (optional)").fill("09:00")
    page.get_by_label("To (optional)").fill("10:30")
    newcomer = page.get_by_role("group", name="Somebody who is not in the list yet")
    newcomer.get_by_label("Role").select_option("moderator")
    newcomer.get_by_label("Form of address").fill("Ms.")
    newcomer.get_by_label("Given name").fill("Demonstration")
    newcomer.get_by_label("Family name").fill("Moderator")
    newcomer.get_by_label("Function").fill("Head of the Demonstration Section")
    page.get_by_label("Participants may take the floor").check()
    page.get_by_role("button", name="Add the session").click()
    expect(page.get_by_role("link", name="Care in the city").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("10:30")


def publish(page: Page, address: str) -> None:
    page.goto(address + "/organise/publish")
    page.get_by_role("button", name="Publish now").click()
    page.goto(address + "/")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def register(server: LiveServer, page: Page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(address + "/")
    page.get_by_role("link", name="Register").click()
    page.get_by_label("Form of address").fill("Ms.")
    page.get_by_label("Given name").fill("Demostración")
    page.get_by_label("Family name").fill("Intendenta")
    page.get_by_label("E-mail address").fill(MAYOR)
    page.get_by_role("textbox", name="Organization").fill("Demonstration Municipality of Quilmes")
    page.get_by_label("What kind of organization").select_option("local_and_regional_governments")
    page.get_by_label("Country of the organization").select_option("AR")
    page.get_by_role("textbox", name="Function").fill("Mayor")
    page.get_by_role("button", name="Register").click()
    page.goto(link_in(mail_to(server, MAYOR, "confirm"), "/confirm/"))
    page.locator("main button").click()


def confirm(page: Page, address: str) -> None:
    page.goto(address + "/organise/registrations")
    page.get_by_role("link", name="Intendenta").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("main")).to_contain_text("Confirmed")


def check_invitation(server: LiveServer) -> None:
    message = mail_to(server, MAYOR, "invitation")
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert parts[0].get_param("method") == "REQUEST"
    calendar = Calendar.from_ical(parts[0].get_content())
    assert str(calendar["method"]) == "REQUEST"
    entry = calendar.events[0]
    assert entry.start == dt.datetime(2031, 11, 26, 8, 0, tzinfo=dt.UTC)  # 09:00 in Geneva in winter
    assert entry["attendee"] == f"mailto:{MAYOR}"
    assert entry["sequence"] == 0


def paste_join_link(page: Page, address: str) -> None:
    page.goto(address + "/organise/programme")
    page.get_by_role("textbox", name="Join link").fill(JOIN_LINK)
    page.get_by_role("button", name="Save the link").click()
    expect(page.locator(f'a[href="{JOIN_LINK}"]')).to_be_visible()


def open_personal_page(server: LiveServer, page: Page) -> None:
    page.goto(link_in(mail_to(server, MAYOR, "invitation"), "/me/").split("answer/")[0])
    expect(page.locator(f'a[href="{JOIN_LINK}"]').first).to_be_visible()


def ask_for_the_floor(page: Page) -> None:
    page.get_by_role("link", name="Ask for the floor").click()
    page.get_by_label("What you will speak about").fill("Care for carers")
    page.get_by_role("button", name="Ask for the floor").click()
    expect(page.locator("main")).to_contain_text("You are number 1 of 1 on the list.")


def take_the_floor(chair: Page, room: Page, mayor: Page, address: str, axe: Callable[[Page], None]) -> None:
    chair.goto(address + "/floor/")
    chair.get_by_role("link", name="Care in the city", exact=True).click()
    room.goto(str(chair.locator('a[href*="/display/"]').first.get_attribute("href")))
    chair.get_by_role("button", name=re.compile("^Give the floor to .*Intendenta")).first.click()
    expect(chair.locator("main")).to_contain_text("left")
    expect(room.locator("main")).to_contain_text("Demonstration Municipality of Quilmes")  # by itself, without a reload
    axe(chair)
    axe(room)
    mayor.reload()
    expect(mayor.locator("main")).to_contain_text("You have the floor")
    chair.get_by_role("button", name=re.compile("^End")).first.click()
    expect(chair.get_by_text("Nobody has the floor")).to_be_visible()


def take_notes(page: Page, address: str) -> None:
    page.goto(address + "/notes/")
    page.get_by_role("link", name="Care in the city").first.click()
    page.get_by_label("Speaker").select_option(label=option_with(page, "Speaker", "Quilmes"))
    page.get_by_label("What was said").fill("the need to pay those who care")
    page.get_by_label("Verb").fill("stressed")
    page.get_by_role("button", name="Save the point").click()
    expect(page.locator("[data-live]")).to_contain_text("stressed the need to pay those who care")


def option_with(page: Page, label: str, words: str) -> str:
    """The text of the option that has these words, once the page with it is there."""
    option = page.get_by_label(label).locator("option").filter(has_text=words).first
    return (option.text_content() or "").strip()


def check_report(page: Page, address: str, folder: Path) -> None:
    page.goto(address + "/report/")
    expect(page.locator("main")).to_contain_text("stressed the need to pay those who care")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download for Word").click()
    path = folder / "report.docx"
    download.value.save_as(path)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    headings = [p.text for p in document.paragraphs if p.style and "_ H _Ch_G" in str(p.style.name)]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for section in ("Introduction", "Summary of proceedings", "Conclusions", "Recommendations"):
        assert section in headings
    assert "Demonstration Municipality of Quilmes" in text
    assert "stressed the need to pay those who care" in text
    assert "Intendenta" not in text, "speakers from the floor are named by their organization only"
