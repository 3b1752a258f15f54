"""The screens that nobody signs in to, in a real browser: the room display and the interpreters' page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings.database import db, now, transaction
from meetings.floor import commands
from meetings.models.floor import FloorRequest
from tests import factories
from tests.browser.floor_house import House

pytestmark = pytest.mark.sqlite_only("what a browser does with a page does not depend on the database")

# Name and organization: of usual length, long, Arabic, Chinese, and a name that is all there is.
SPEAKERS = {
    "usual": ("Ms. Ada Demonstration", "City of Demonstration"),
    "long": (
        "María Fernanda de la Demostración y Fernández-Villanueva",
        "Asociación Demostrativa de Municipios y Gobiernos Locales de las Américas para los Derechos Humanos, la"
        " Vivienda Adecuada y el Clima",
    ),
    "endless": ("Demonstration " * 9, "Demonstration Network of Networks " * 6),
    "arabic": ("عبد الرحمن التجريبي المثالي", "بلدية المدينة التجريبية الكبرى"),
    "chinese": ("演示参与者 欧阳", "示范城市人民政府人权与可持续发展委员会"),
    "alone": ("Demonstration", None),
}
# How long ago the floor was given, with two minutes for each: the stage that the clock is in.
STAGES = {"running": 30, "ending": 100, "over": 755, "paused": 20}


def ask(house: House, who: str) -> int:
    """Somebody of that kind asks for the floor."""
    name, organisation = SPEAKERS[who]
    with transaction():
        of = factories.organisation(house.scene.meeting, name=organisation) if organisation else None
        values = {"honorific": None, "given": None, "family": name, "organisation_id": of.id if of else None}
        person = factories.person(house.scene.meeting, **values)
    return house.scene.ask(house.scene.participant(who=person), language="ar")


def give(house: House, request_id: int, stage: str) -> None:
    """The floor was given so long ago that the clock is in this stage."""
    house.scene.now = now()
    house.scene.after(seconds=-STAGES[stage]).act(commands.give_floor, request_id)
    if stage == "paused":
        house.scene.after(seconds=10).act(commands.pause, request_id)
    db.session.rollback()


def interpreters(house: House) -> str:
    return f"{house.url}/interpreters/{house.link('interpreters', house.scene.session.id, 1)}/"


@pytest.mark.parametrize(
    ("who", "stage"),
    [*((who, "over") for who in SPEAKERS), *(("endless", stage) for stage in STAGES if stage != "over")],
)
def test_the_room_display_fits_its_screen_and_is_read_from_afar(house: House, page: Page, who: str, stage: str) -> None:
    speaking = ask(house, who)
    for each in SPEAKERS:
        ask(house, each)
    with transaction():
        house.scene.session.title = "Local governments and the right to adequate housing: experiences from the ground"
    give(house, speaking, stage)
    house.act(commands.call, house.scene.waiting()[1])  # a long name
    for width, height in ((1920, 1080), (1280, 720), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(house.display)
        clock = page.locator(".room-clock")
        expect(clock).to_have_attribute("data-stage", stage)
        needed = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert needed == [width, height], f"{who}, {stage}"
        # 55 inches at 1920 x 1080 is 0.63 mm a pixel: 13 cm, for 20 m, are 206 pixels; a digit is 0.7 of its size.
        size = page.locator(".room-time .time").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size * 0.7 >= 0.19 * min(height, width * 9 / 16)
        inside = page.locator(".room-time").evaluate("e => e.scrollWidth <= e.clientWidth")
        assert inside, f"{who}, {stage}"


def test_a_lost_connection_is_told_to_the_whole_room_and_pushes_nothing_off_the_screen(
    house: House, page: Page, console_errors: list[str]
) -> None:
    speaking, *_ = [ask(house, who) for who in ("arabic", "endless", "endless", "long")]
    give(house, speaking, "over")
    for width, height in ((1920, 1080), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(house.display)
        page.context.set_offline(True)
        note = page.locator('[data-note="offline"]')
        expect(note).to_be_visible(timeout=15_000)
        assert note.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 0.04 * min(height, width * 9 / 16)
        needed = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert needed == [width, height]
        box, name = note.bounding_box(), page.locator(".room-speaker").bounding_box()
        assert box is not None
        assert name is not None
        assert box["y"] + box["height"] <= name["y"]
        page.context.set_offline(False)
    console_errors.clear()  # of the lost connection


def test_between_speakers_the_next_one_fills_the_screen(house: House, page: Page) -> None:
    first, *_ = [ask(house, who) for who in ("endless", "endless", "long", "arabic")]
    give(house, first, "running")
    house.act(commands.end, first)
    for called in (False, True):
        if called:
            house.act(commands.call, house.scene.waiting()[1])
        for width, height in ((1920, 1080), (1024, 768)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(house.display)
            needed = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            assert needed == [width, height]
        expect(page.locator(".room-now")).to_contain_text("María Fernanda" if called else "Demonstration")
        names = page.locator(".room-name").filter(has_text="María")
        assert names.evaluate("e => e.scrollHeight - e.clientHeight < parseFloat(getComputedStyle(e).fontSize) / 2"), (
            "cut"
        )


def test_the_bar_empties_and_every_stage_shows_its_own_shape(house: House, page: Page) -> None:
    give(house, ask(house, "usual"), "running")
    page.goto(house.display)
    bar = page.locator("progress")
    before = bar.evaluate("bar => bar.value")
    page.wait_for_timeout(1500)
    assert before - 5000 < bar.evaluate("bar => bar.value") < before
    assert page.locator(".room-stage svg:visible").count() == 1


def test_an_overrun_is_seen_in_black_on_white(house: House, page: Page) -> None:
    give(house, ask(house, "usual"), "over")
    page.goto(house.display)
    expect(page.locator(".room-stage")).to_have_text("Over time", use_inner_text=True)
    colours = page.locator(".room-time").evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e.querySelector('.time')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


@pytest.mark.parametrize("state", ["empty", *STAGES, "closed"])
def test_no_screen_has_a_barrier(house: House, page: Page, axe: Callable[[Page], None], state: str) -> None:
    if state != "empty":
        requests = [ask(house, who) for who in SPEAKERS]
        with transaction():
            for each in requests[:2]:
                factories.statement(db.session.get_one(FloorRequest, each))
        if state in STAGES:
            give(house, requests[0], state)
        else:
            house.act(commands.close_floor)
    for url in (house.display, interpreters(house)):
        for width, height in ((320, 640), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(url)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_interpreters_hear_who_is_next_and_keep_the_text_they_opened(house: House, page: Page) -> None:
    first, second = ask(house, "usual"), ask(house, "arabic")
    with transaction():
        factories.statement(db.session.get_one(FloorRequest, second), text="صباح الخير")
    db.session.rollback()
    page.goto(interpreters(house))
    page.locator("summary").click()
    house.act(commands.give_floor, first)
    expect(page.get_by_role("heading", name="Next on the list")).to_be_visible()
    expect(page.locator("[data-announce]")).to_have_text(
        re.compile(r"Ms\. Ada Demonstration has the floor.*Next: عبد الرحمن التجريبي المثالي, العربية\.")
    )
    expect(page.locator(".booth-text")).to_be_visible()


def test_a_display_speaks_the_language_of_its_address(house: House, page: Page) -> None:
    page.goto(house.display + "?language=xx")
    assert page.locator("html").get_attribute("lang") == "en"
