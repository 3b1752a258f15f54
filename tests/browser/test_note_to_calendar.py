"""From a Word file to a calendar that stays right: by an organizer and a participant who only read the screen.

The participant's calendar is on a real CalDAV server; a program follows the mails into it.
"""

import datetime as dt
import email
import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.browser.test_journey import link_in, mail_to
from tests.exports.caldav_server import Program, radicale
from tests.live import LiveServer
from tests.reading.notes import JULY

MAYOR = "mayor@example.org"
DAY = dt.date(2031, 7, 22)  # a Tuesday too, and summer in Geneva
SLUG = "local-governments-for-human-rights"


def test_a_calendar_follows_each_step_from_the_note_on(
    live_server: LiveServer, new_page: Callable[[], Page], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    organiser, mayor = new_page(), new_page()
    sign_in(live_server, organiser)
    address = read_the_note(live_server, organiser, axe, tmp_path)
    publish(organiser, address, "Version 1 is published.")
    take_part(live_server, organiser, mayor, address)
    (tmp_path / "radicale").mkdir()
    with radicale(tmp_path / "radicale") as server:
        calendar = Program(server)
        followed: set[Path] = set()
        follow(live_server, calendar, followed, entries=2)
        assert shown(calendar) == {"sitting-1": (10, 13), "sitting-2": (15, 18)}
        move_the_afternoon(organiser, address, axe)
        assert shown_after(live_server, calendar, followed, mails=0) == {"sitting-1": (10, 13), "sitting-2": (15, 18)}
        publish(organiser, address, "Version 2 is published. One person is told.")
        assert shown_after(live_server, calendar, followed, mails=1) == {"sitting-1": (10, 13), "sitting-2": (14, 17)}
        withdraw(mayor, live_server)
        assert shown_after(live_server, calendar, followed, mails=2) == {}


def sign_in(server: LiveServer, page: Page) -> None:
    page.goto(server.rostrum("sign-in-link", "organiser@example.org").strip())
    page.locator("main button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def word_file(folder: Path) -> Path:
    """The note as a Word file: a paragraph for each line, and its times in tables."""
    document = docx.Document()
    for line in JULY.replace("**", "").splitlines():
        if line.startswith("|") and not set(line) <= set("|- "):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            for cell, text in zip(document.add_table(1, len(cells)).rows[0].cells, cells, strict=True):
                cell.text = text
        elif line.startswith("- ") and "|" not in line:
            document.add_paragraph(line[2:], style="List Bullet")
        elif line.strip() and "|" not in line:
            document.add_paragraph(line)
    document.save(str(folder / "note.docx"))
    return folder / "note.docx"


def read_the_note(server: LiveServer, page: Page, axe: Callable[[Page], None], folder: Path) -> str:
    """The note is read, its year corrected on the page, and the meeting made; gives its address."""
    page.goto(server.url + "/desk")
    page.get_by_role("link", name="New meeting from a Word file").click()
    page.locator("input[type=file]").set_input_files(word_file(folder))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was recognized")).to_be_visible()
    axe(page)
    for label in ("First day", "Last day"):
        page.get_by_label(label).fill(DAY.isoformat())
    page.get_by_label("How it is held").select_option("hybrid")
    page.get_by_role("button", name="Create the meeting as a draft").click()
    expect(page.get_by_role("heading", name="Tuesday 22 July 2031", exact=True)).to_be_visible()
    for title in ("Welcome and opening remarks", "Dialogue 1: Human Rights Cities", "Closing remarks and next steps"):
        expect(page.get_by_role("link", name=title).first).to_be_visible()
    return f"{server.url}/meetings/{page.url.split('/meetings/')[1].split('/')[0]}"


def publish(page: Page, address: str, said: str) -> None:
    page.goto(address + "/organise/publish")
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text(said)).to_be_visible()


def take_part(server: LiveServer, organiser: Page, mayor: Page, address: str) -> None:
    mayor.goto(address + "/register")
    mayor.get_by_label("Given name").fill("Demostración")
    mayor.get_by_label("Family name").fill("Intendenta")
    mayor.get_by_label("E-mail address").fill(MAYOR)
    mayor.get_by_role("textbox", name="Organization").fill("Demonstration Municipality of Quilmes")
    mayor.get_by_label("What kind of organization").select_option("local_and_regional_governments")
    mayor.get_by_label("Country of the organization").select_option("AR")
    mayor.get_by_label("Online").check()
    mayor.get_by_role("button", name="Register").click()
    mayor.goto(link_in(mail_to(server, MAYOR, "confirm"), "/confirm/"))
    mayor.locator("main button").click()
    organiser.goto(address + "/organise/registrations")
    organiser.get_by_role("link", name="Intendenta").click()
    organiser.get_by_role("button", name="Confirm").click()
    expect(organiser.locator("main")).to_contain_text("Confirmed")


def move_the_afternoon(page: Page, address: str, axe: Callable[[Page], None]) -> None:
    """The dialogues of the afternoon begin an hour earlier, and so does their sitting."""
    page.goto(address + "/organise/programme")
    axe(page)
    row = page.locator("li.line").filter(has=page.get_by_role("link", name=re.compile("^Dialogue 2")))
    row.get_by_label("Start").fill("14:00")
    row.get_by_role("button", name="Set").click()
    expect(page.get_by_text("–15:30")).to_be_visible()
    page.locator("section", has_text="15:00–18:00").get_by_role("link", name="Edit").last.click()
    page.get_by_label("From").fill("14:00")
    page.get_by_label("To", exact=True).fill("17:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("14:00–17:00").first).to_be_visible()


def withdraw(page: Page, server: LiveServer) -> None:
    page.goto(link_in(mail_to(server, MAYOR, "invitation"), "/me/").split("answer/")[0])
    page.get_by_role("link", name="Withdraw").click()
    page.locator("main form button").first.click()
    expect(page.get_by_text("You have withdrawn").first).to_be_visible()


def follow(server: LiveServer, calendar: Program, followed: set[Path], *, entries: int) -> None:
    """Let the calendar program follow so many more mails with an entry, as they come."""
    deadline = time.monotonic() + 20
    while entries:
        assert time.monotonic() < deadline, f"{entries} mails have not come"
        for path in sorted(set((server.folder / "outbox").glob("*.eml")) - followed):
            followed.add(path)
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            if MAYOR in message["To"] and (content := calendar_in(message)) is not None:
                calendar.receive(content)
                entries -= 1
        time.sleep(0.1)


def calendar_in(message: EmailMessage) -> bytes | None:
    parts = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    part = next(parts, None)
    return None if part is None else bytes(part.get_payload(decode=True))


def shown(calendar: Program) -> dict[str, tuple[int, int]]:
    """From which hour to which each sitting is in the calendar, on the clock of Geneva."""
    found = calendar.shows()
    assert {each["DTSTART"].dt.date() for each in found.values()} <= {DAY}
    return {
        uid.removeprefix(f"{SLUG}.sitting.").removesuffix("@rostrum"): (
            each["DTSTART"].dt.hour + 2,
            each["DTEND"].dt.hour + 2,
        )
        for uid, each in found.items()
    }


def shown_after(
    server: LiveServer, calendar: Program, followed: set[Path], *, mails: int
) -> dict[str, tuple[int, int]]:
    follow(server, calendar, followed, entries=mails)
    return shown(calendar)
