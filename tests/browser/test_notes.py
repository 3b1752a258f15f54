"""Taking notes in a browser: beside a live floor, by keyboard alone, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from meetings.database import transaction
from meetings.floor import commands
from meetings.floor.commands import Draft
from meetings.models.inputs import Submission
from tests import factories
from tests.browser.floor_house import House
from tests.browser.notes_house import line, newest, noted, open_notes, rapporteur, settled, speaker, type_point
from tests.browser.walking import links_printed
from tests.floor.statement_files import written_pdf
from tests.live import LiveServer

NOTES = "/meetings/demonstration/notes/session-1"


@pytest.fixture
def ada(house: House, page: Page) -> Page:
    """A rapporteur at the notes of the session."""
    return rapporteur(house, page, "Ada")


def asks(house: House, name: str, **values: object) -> int:
    """Somebody of an organisation of this name asks for the floor."""
    with transaction():
        body = factories.organisation(house.scene.meeting, name=name)
        who = factories.person(house.scene.meeting, organisation_id=body.id)
        registration = factories.registration(house.scene.meeting, who)
    return house.scene.ask(registration, **values)


def gives(house: House, request_id: int) -> None:
    """The chair ends the turn of whoever speaks, and gives the floor to another."""
    house.act(commands.give_floor, request_id)


def ends(house: House, request_id: int) -> None:
    house.act(commands.end, request_id)


def test_the_speaker_follows_the_floor_and_a_half_typed_line_keeps_its_own(
    house: House, ada: Page, axe: Callable[[Page], None]
) -> None:
    fez, lima = asks(house, "City of Fez"), asks(house, "City of Lima")
    gives(house, fez)
    expect(ada.locator("#speaker option:checked")).to_have_text("City of Fez")
    expect(line(ada)).to_be_focused()
    type_point(ada, "c the lack of money")
    ada.keyboard.type("the need for ben")
    ends(house, fez)
    gives(house, lima)
    passed_on = ada.locator('[data-note="passed-on"]')
    expect(passed_on).to_contain_text("City of Lima has the floor now. This line stays with City of Fez")
    axe(ada)
    expect(line(ada)).to_be_focused()
    assert (speaker(ada), line(ada).input_value()) == ("City of Fez", "the need for ben")
    type_point(ada, "ches")
    assert speaker(ada) == "City of Lima"
    expect(passed_on).to_be_hidden()
    type_point(ada, "trees")
    expect(ada.locator("[data-live] .points > li")).to_have_count(3)
    settled(ada)
    said = [(point.organisation.name, point.kind, point.text) for point in noted(house) if point.organisation]
    assert said == [
        ("City of Fez", "challenge", "the lack of money"),
        ("City of Fez", "point", "the need for benches"),
        ("City of Lima", "point", "trees"),
    ]


def test_a_half_typed_line_can_be_given_to_the_new_speaker(house: House, ada: Page) -> None:
    fez, lima = asks(house, "City of Fez"), asks(house, "City of Lima")
    gives(house, fez)
    expect(ada.locator("#speaker option:checked")).to_have_text("City of Fez")
    ada.keyboard.type("welcome, and ")
    ends(house, fez)
    gives(house, lima)
    ada.get_by_role("button", name="Change it").click()
    expect(line(ada)).to_be_focused()
    assert speaker(ada) == "City of Lima"
    ada.keyboard.press("Control+a")
    ada.keyboard.press("Delete")
    type_point(ada, "thanks")
    expect(ada.locator("[data-live] .points > li")).to_have_count(1)
    assert [point.organisation.name for point in noted(house) if point.organisation] == ["City of Lima"]


def test_kind_verb_and_themes_by_keyboard_alone(house: House, ada: Page) -> None:
    kind, verb, themes = ada.locator("#kind"), ada.locator("#verb"), ada.get_by_label("Themes")
    verbs = []
    ada.get_by_label("Speaker").select_option(label="Several speakers")
    line(ada).focus()
    for text in ("r more staff", "r that cities be heard", "the work done", "e a desk for residents", "q how to begin"):
        ada.keyboard.type(text)
        verbs.append(verb.input_value())
        ada.keyboard.press("Enter")
        expect(kind).to_have_value("point")
    assert len(set(verbs)) == len(verbs), verbs
    ada.keyboard.type("C no time")
    expect(kind).to_have_value("challenge")
    ada.keyboard.press("Tab")
    ada.keyboard.type("Public space, Housing")
    ada.keyboard.press("Enter")  # saves from here too
    expect(line(ada)).to_be_focused()
    ada.keyboard.type("r rent")
    ada.keyboard.press("Tab")
    ada.keyboard.type("hou")
    expect(themes).to_have_value("Housing")
    ada.keyboard.type("s, pub")
    ada.keyboard.press("Enter")
    ada.keyboard.type("r p p is a letter")  # another mark corrects the first, the same one again is a word
    ada.keyboard.press("Shift+Enter")
    ada.keyboard.type("on two lines")
    ada.keyboard.press("Enter")
    expect(ada.locator("[data-live] .points > li")).to_have_count(8)
    rows = noted(house)
    assert [row.kind for row in rows] == [
        "recommendation", "recommendation", "point", "example", "question", "challenge", "recommendation", "point",
    ]  # fmt: skip
    assert [row.text for row in rows[:2]] == ["more staff", "that cities be heard"]
    assert [row.themes for row in rows[5:7]] == [["Public space", "Housing"], ["Housing", "Public space"]]
    assert rows[7].text == "p is a letter\non two lines"


def test_words_are_lifted_from_the_statement_of_the_speaker_by_keyboard(
    house: House, ada: Page, axe: Callable[[Page], None]
) -> None:
    fez = asks(
        house,
        "City of Fez",
        statement=Draft("as_delivered", "Thank you, Chair. Cities need\nmoney for homes. Thank you.", None, None),
    )
    file = Draft("as_delivered", None, "lima.pdf", written_pdf("Lima plants trees. It needs more."))
    lima = asks(house, "City of Lima", statement=file)
    scanned = asks(house, "City of Rome", statement=Draft("as_delivered", None, "a.pdf", written_pdf("")))
    gives(house, fez)
    box = ada.locator("[data-lifting] textarea")
    expect(box).to_have_value(re.compile("Cities need"))
    axe(ada)
    ada.keyboard.type("r the call:")
    ada.keyboard.press("F8")
    expect(box).to_be_focused()
    for _ in range(len("Thank you, Chair. Ci")):
        ada.keyboard.press("ArrowRight")
    ada.keyboard.press("Enter")  # nothing is selected: the sentence
    expect(line(ada)).to_be_focused()
    expect(line(ada)).to_have_value("the call: Cities need money for homes.")
    ada.keyboard.press("F8")
    ada.keyboard.press("Control+Home")
    for _ in range(len("Thank you")):
        ada.keyboard.press("Shift+ArrowRight")
    ada.get_by_role("button", name="Put it into the line").click()
    expect(line(ada)).to_have_value("the call: Cities need money for homes. Thank you")
    ada.keyboard.press("Enter")
    ends(house, fez)
    gives(house, lima)
    expect(box).to_have_value("Lima plants trees. It needs more.")
    ends(house, lima)
    gives(house, scanned)
    expect(ada.locator("[data-lifting] .notice")).to_contain_text("No text could be read")
    expect(box).to_be_hidden()
    ada.get_by_label("Speaker").select_option(label="City of Fez")
    expect(box).to_have_value(re.compile("Cities need"))
    ada.get_by_label("Speaker").select_option(label="Several speakers")
    expect(ada.locator("[data-lifting]")).to_be_hidden()
    assert noted(house)[0].text == "the call: Cities need money for homes. Thank you"


def test_two_rapporteurs_see_each_others_points_and_nothing_is_disturbed(
    house: House, ada: Page, new_page: Callable[[], Page]
) -> None:
    ben = rapporteur(house, new_page(), "Ben")
    ben.keyboard.type("half of a li")
    for number in range(3):
        type_point(ada, f"point {number}")
    expect(ben.locator("[data-live] .points > li")).to_have_count(3)
    expect(ben.locator("[data-live] .points > li").first).to_contain_text("noted by Ada")
    expect(ben.locator("[data-announce]")).to_contain_text("point 2")
    expect(line(ben)).to_be_focused()
    type_point(ben, "ne")
    expect(ada.locator("[data-live] .points > li").first).to_contain_text("half of a line")
    expect(ada.locator("[data-live] .points > li").first).to_contain_text("noted by Ben")
    assert [each.rsplit(" ", 1)[-1] for each in newest(ada)] == ["line.", "2.", "1.", "0."]


def test_words_are_lifted_from_a_submission(house: House, ada: Page, axe: Callable[[Page], None]) -> None:
    with transaction() as session:
        values = {"meeting_id": house.scene.meeting.id, "themes": []}
        one = Submission(key="in1", title="On homes", answers=["Rents rise. Homes are too few."], **values)
        session.add_all([one, Submission(key="in2", title="On trees", answers=[], **values)])
        session.flush()
        number = one.id
    ada.goto(f"{house.url}/meetings/{house.scene.meeting.slug}/input-notes")
    ada.get_by_label("Source").select_option(value=f"s{number}")
    box = ada.locator("[data-lifting] textarea")
    expect(box).to_have_value("Rents rise. Homes are too few.")
    axe(ada)
    ada.keyboard.press("F8")
    expect(box).to_be_focused()
    ada.keyboard.press("End")
    ada.keyboard.press("Enter")
    expect(line(ada)).to_have_value("Homes are too few.")
    ada.keyboard.press("Enter")
    expect(ada.locator("[data-live] .points > li")).to_have_count(1)
    settled(ada)


def test_a_half_typed_line_outlives_a_reload_and_a_crash(house: House, ada: Page) -> None:
    fez, lima = asks(house, "City of Fez"), asks(house, "City of Lima")
    gives(house, fez)
    expect(ada.locator("#speaker option:checked")).to_have_text("City of Fez")
    ada.keyboard.type("e a desk for resi")
    ada.keyboard.press("Tab")
    ada.keyboard.type("Homes")
    open_notes(house, ada)
    expect(line(ada)).to_have_value("a desk for resi")
    expect(line(ada)).to_be_focused()
    again = ada.context.new_page()  # the browser has died: nothing is left but what it keeps
    ada.close()
    ends(house, fez)
    gives(house, lima)
    open_notes(house, again)
    expect(line(again)).to_have_value("a desk for resi")
    assert (speaker(again), again.locator("#kind").input_value()) == ("City of Fez", "example")
    expect(again.locator('[data-note="passed-on"]')).to_contain_text("City of Lima has the floor now")
    again.keyboard.press("End")
    type_point(again, "dents")
    expect(again.locator("[data-live] .points > li")).to_have_count(1)
    assert speaker(again) == "City of Lima"
    open_notes(house, again)
    expect(line(again)).to_have_value("")
    (point,) = noted(house)
    assert (point.text, point.themes, point.organisation and point.organisation.name) == (
        "a desk for residents",
        ["Homes"],
        "City of Fez",
    )


def test_without_scripts_the_plain_form_adds_a_point_once(
    live_server: LiveServer, new_page: Callable[[], Page], browser: Browser
) -> None:
    signed_in = new_page()
    signed_in.goto(links_printed(live_server)["rapporteur"])
    signed_in.locator("main button").click()
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in.context.storage_state())
    page = context.new_page()
    page.goto(live_server.url + NOTES)
    count = page.locator("[data-live] .points > li").count()
    line(page).fill("trees")
    page.get_by_role("button", name="Save the point").dblclick()
    expect(page.locator("[data-live] .points > li")).to_have_count(count + 1)
    assert page.locator("textarea:focus").count() == 1
    page.reload()
    expect(page.locator("[data-live] .points > li")).to_have_count(count + 1)
    page.get_by_role("link", name="All points").click()
    page.get_by_role("button", name=f"Remove point {count + 1}").click()
    expect(page.locator(".notice")).to_contain_text("removed")
    expect(page.locator("ol.points > li")).to_have_count(count)
    context.close()
