"""Rapporteurs at the notes of a session with a live floor, in real browsers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from meetings.database import db, transaction
from meetings.models.report import Point
from tests import factories
from tests.browser.floor_house import House
from tests.signing_in import sign_in


def rapporteur(house: House, page: Page, name: str) -> Page:
    """A rapporteur of this name, signed in, with the notes of the session open and their stream begun."""
    with transaction():
        account = factories.account(f"{name.lower()}@example.org", "rapporteur", of=house.scene.meeting)
        account.name = name
    client = house.app.test_client()
    sign_in(client, account)
    db.session.rollback()
    cookie = client.get_cookie("rostrum")
    assert cookie is not None
    page.context.add_cookies([{"name": "rostrum", "value": cookie.value, "url": house.url}])
    open_notes(house, page)
    return page


def open_notes(house: House, page: Page) -> None:
    """Open the notes of the session, and wait until their stream has begun."""
    with page.expect_response("**/stream?**"):
        page.goto(notes_url(house))


def notes_url(house: House) -> str:
    return f"{house.url}/meetings/{house.scene.meeting.slug}/notes/{house.scene.session.key}"


def line(page: Page) -> Any:
    """The line that is typed in."""
    return page.get_by_label("What was said")


def speaker(page: Page) -> str:
    """Whose words the line is."""
    return str(page.locator("#speaker option:checked").inner_text())


def newest(page: Page) -> list[str]:
    """The points beside the line, the newest first."""
    return page.locator("[data-live] .points > li > p:first-child").all_inner_texts()


def type_point(page: Page, text: str) -> None:
    """Type a point and press Enter, in the line that has the focus."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def noted(house: House) -> Sequence[Point]:
    """The points of the session as they are stored, in order."""
    db.session.rollback()
    query = sa.select(Point).where(Point.session_id == house.scene.session.id).order_by(Point.position, Point.id)
    return db.session.scalars(query).all()


def settled(page: Page) -> None:
    """Nothing waits on the device any more: neither on the page nor in what the browser keeps."""
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':point:'))") == []


Rapporteur = Callable[[str], Page]
