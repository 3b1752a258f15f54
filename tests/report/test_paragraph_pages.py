"""A paragraph of the draft on its page: edited, left out, set back, moved; what others did beside it; its history."""

from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.models.message import Event
from meetings.models.report import DraftParagraph, ParagraphCheck, Point, Report
from meetings.report import queries
from meetings.report.rules.draft import Block
from meetings.report.views.places import anchor
from tests import factories
from tests.client import Client, form_on
from tests.conftest import ExactQueries
from tests.page_lint import Page, text_of
from tests.report.house import House, build
from tests.signing_in import sign_in

FRAME = "session:panel:frame"


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    house.enter(client)
    return house


def address(house: House, key: str = FRAME) -> str:
    return f"{house.url}/report/paragraph?key={quote(key)}"


def speech(house: House) -> str:
    return f"session:panel:speaker:{house.panellist.key}"


def note(house: House, words: str = "the need for rules") -> None:
    with transaction():
        db.session.add(
            Point(
                meeting_id=house.meeting.id,
                session_id=house.panel.id,
                person_id=house.panellist.id,
                verb="stressed",
                text=words,
                themes=[],
            )
        )


def reading(house: House, key: str = FRAME) -> str:
    """A paragraph as it stands in the draft, or nothing."""
    draft = queries.edited_draft(house.meeting.id)
    blocks = [draft.summary, *(part for part in draft.body if isinstance(part, Block))]
    found = [each for each in blocks if each.key == key]
    return "".join(getattr(piece, "text", "") for each in found for piece in each.paragraph.content)


def press(client: Client, house: House, button: str, key: str = FRAME) -> Page:
    return Page(client.submit(address(house, key), button=button).data)


def shown(page: Page, key: str) -> str:
    """A paragraph as it reads on the page of the draft, with what stands beside it."""
    found = page.by_id(anchor(key))
    assert found is not None
    return text_of(found)


def test_a_paragraph_is_edited_and_reads_so_in_the_draft_and_in_word(house: House, client: Client) -> None:
    page = Page(client.submit(address(house), {"text": "It featured *Ada*^[A note.] & <others>."}, button="Save").data)
    assert "It featured Ada [ Footnote: A note.] & <others>." in shown(page, FRAME).replace(
        "Footnote: [", "[ Footnote: "
    )
    assert [text_of(e) for e in page.elements("em")] == ["Summary", "Ada"]
    assert "Edited" in shown(page, FRAME)
    assert client.get(f"{house.url}/report.docx").status_code == 200
    assert client.form(address(house), button="Save").fields["text"] == "It featured *Ada*^[A note.] & <others>."


@pytest.mark.parametrize("key", ["summary", "introduction", FRAME])
@pytest.mark.parametrize("touched", [False, True])
def test_the_form_saved_unchanged_changes_nothing(house: House, client: Client, key: str, touched: bool) -> None:
    if touched:
        client.submit(
            address(house, key), {"text": "Mine [sic] * \\ ^[note *x*] and [date of the meeting]."}, button="Save"
        )
    events, rows = sa.select(sa.func.count(Event.id)), sa.select(DraftParagraph.text, DraftParagraph.version)
    before = (db.session.scalar(events), db.session.execute(rows).all())
    form = client.form(address(house, key), button="Save")
    assert client.send(form, form.fields, follow=False).status_code == 303
    assert (db.session.scalar(events), db.session.execute(rows).all()) == before


def test_items_are_edited_one_on_each_line(house: House, client: Client) -> None:
    page = Page(client.submit(address(house), {"text": "They:", "items": "act;\n\n  pay."}, button="Save").data)
    assert [text_of(e) for e in page.elements("li") if page.ancestor(e, "ol") is not None] == ["act;", "pay."]


def test_a_paragraph_without_words_is_told_and_what_was_typed_stays(house: House, client: Client) -> None:
    answer = client.submit(address(house), {"text": " ", "items": "kept"}, button="Save")
    assert answer.status_code == 422
    assert "leave it out" in text_of(Page(answer.data).root)
    assert form_on(Page(answer.data), address(house), button="Save").fields["items"] == "kept"


def test_what_somebody_else_typed_is_shown_beside_and_not_overwritten(
    house: House, client: Client, new_client: type[Client]
) -> None:
    other = new_client()
    house.enter(other)
    form = client.form(address(house), button="Save")
    other.submit(address(house), {"text": "Their words."}, button="Save")
    answer = client.send(form, form.filled({"text": "My words."}))
    assert answer.status_code == 409
    page = Page(answer.data)
    assert "Their words." in [text_of(e) for e in page.elements("dd")]
    assert reading(house) == "Their words."
    again = form_on(page, address(house), button="Save")
    assert again.fields["text"] == "My words."
    assert client.send(again, again.fields, follow=False).status_code == 303
    assert reading(house) == "My words."


def test_a_paragraph_set_back_meanwhile_is_a_change_too(house: House, client: Client, new_client: type[Client]) -> None:
    other = new_client()
    house.enter(other)
    client.submit(address(house), {"text": "First."}, button="Save")
    form = client.form(address(house), button="Save")
    other.submit(address(house), button="Back to the compiled words")
    assert client.send(form, form.filled({"text": "Second."})).status_code == 409
    assert reading(house).startswith("The thematic session")


def test_a_paragraph_gone_meanwhile_loses_nothing_that_was_typed(house: House, client: Client) -> None:
    form = client.form(address(house), button="Save")
    with transaction() as session:
        session.execute(sa.update(type(house.panel)).where(type(house.panel).id == house.panel.id).values(key="other"))
    answer = client.send(form, form.filled({"text": "My words.", "items": "my item"}))
    assert answer.status_code == 409
    text = text_of(Page(answer.data).root)
    assert "no longer in the draft" in text
    assert "My words. my item" in text
    assert client.get(address(house)).status_code == 404
    assert client.get(address(house, "nonsense")).status_code == 404


def test_what_changed_underneath_is_marked_shown_word_by_word_and_answered(house: House, client: Client) -> None:
    key = speech(house)
    client.submit(address(house, key), {"text": "My words."}, button="Save")
    note(house)
    draft = client.page(f"{house.url}/report/")
    assert "Changed underneath" in shown(draft, key)
    assert "My words." in shown(draft, key)
    assert "1 edited paragraph has changed underneath" in text_of(draft.root)
    page = client.page(address(house, key))
    assert "the need for rules." in " ".join(text_of(e) for e in page.elements("ins"))
    assert [text_of(e) for e in page.elements("del")]
    page = press(client, house, "Keep the edited words", key)
    assert "Changed underneath" not in shown(page, key)
    assert reading(house, key) == "My words."
    note(house, "the need for money")
    page = press(client, house, "Take the new words", key)
    assert "the need for money" in shown(page, key)
    assert db.session.scalar(sa.select(sa.func.count(DraftParagraph.id))) == 0


def test_what_changed_once_more_is_looked_at_once_more(house: House, client: Client) -> None:
    key = speech(house)
    client.submit(address(house, key), {"text": "My words."}, button="Save")
    note(house)
    form = client.form(address(house, key), button="Keep the edited words")
    note(house, "the need for money")
    page = Page(client.send(form, form.fields).data)
    assert "has changed once more" in text_of(page.root)
    assert "the need for money" in text_of(page.root)


def test_a_paragraph_is_left_out_and_put_back(house: House, client: Client) -> None:
    page = press(client, house, "Leave it out")
    assert "can be put back" in text_of(page.root)
    assert "Left out" in shown(page, FRAME)
    numbers = [text_of(e) for e in page.elements("span") if e.get("class") == "paragraph-number"]
    assert numbers == [f"{place}." for place in range(1, len(numbers) + 1)]
    assert reading(house) == ""
    assert not [e for e in client.page(address(house)).elements("textarea")]
    page = press(client, house, "Put it back")
    assert "Left out" not in shown(page, FRAME)
    assert reading(house).startswith("The thematic session")


def test_an_own_paragraph_is_added_moved_and_removed(house: House, client: Client) -> None:
    beside = f"{house.url}/report/new-paragraph?beside={quote(FRAME)}"
    assert "behind this one" in text_of(client.page(beside).root)
    page = Page(client.submit(beside, {"text": "فاس تتكلم.", "items": "one"}).data)
    assert "فاس تتكلم." in text_of(page.root)
    key = db.session.scalars(sa.select(DraftParagraph.key)).one()
    assert "Own" in shown(page, key)
    keys = [part.key for part in queries.edited_draft(house.meeting.id).body if isinstance(part, Block)]
    assert keys.index(key) == keys.index(FRAME) + 1
    press(client, house, "Move up", key)
    keys = [part.key for part in queries.edited_draft(house.meeting.id).body if isinstance(part, Block)]
    assert keys.index(key) == keys.index(FRAME) - 1
    page = press(client, house, "Remove", key)
    assert "فاس" not in text_of(page.root)
    gone = client.page(address(house, key), 404)
    assert "فاس تتكلم." in text_of(gone.root)


@pytest.mark.parametrize("query", ["?beside=nonsense", ""])
def test_a_paragraph_beside_nothing_is_not_offered(house: House, client: Client, query: str) -> None:
    assert client.get(f"{house.url}/report/new-paragraph{query}").status_code == 404


def test_an_own_paragraph_beside_one_that_went_meanwhile_is_kept_in_the_form(house: House, client: Client) -> None:
    form = client.form(f"{house.url}/report/new-paragraph?beside={quote(FRAME)}&before=yes")
    with transaction() as session:
        session.execute(sa.update(type(house.panel)).where(type(house.panel).id == house.panel.id).values(key="other"))
    answer = client.send(form, form.filled({"text": "My words."}))
    assert answer.status_code == 409
    assert b"My words." in answer.data
    empty = client.send(form, form.filled({"text": ""}))
    assert empty.status_code == 422


def test_the_history_says_who_did_what_when_and_which_words(house: House, client: Client) -> None:
    with transaction() as session:
        session.get_one(type(house.rapporteur), house.rapporteur.id).name = "مقرر Demonstration"
    before = reading(house)
    client.submit(address(house), {"text": before.replace("thematic", "first")}, button="Save")
    press(client, house, "Leave it out")
    page = client.page(address(house))
    lines = [text_of(e) for e in page.elements("li") if page.ancestor(e, "ol") is not None]
    assert len(lines) == 2
    assert "مقرر Demonstration : left out" in lines[0].replace("Demonstration:", "Demonstration :")
    assert ([text_of(e) for e in page.elements("del")], [text_of(e) for e in page.elements("ins")]) == (
        ["thematic"],
        ["first"],
    )
    assert [e.get("datetime", "")[:4] for e in page.elements("time")] == [
        str(db.session.scalars(sa.select(Event.at)).all()[-1].year)
    ] * 2


def test_sources_stand_beside_in_words(house: House, client: Client) -> None:
    note(house, "the need for *rules* & more")
    page = client.page(address(house, speech(house)))
    text = text_of(page.root)
    assert "Ms. Muster stressed the need for *rules* & more." in text
    assert "Programme: Cities that act" in text
    links = [e.get("href", "") for e in page.elements("a")]
    assert any("/points/" in link for link in links)
    assert f"{house.url}/notes/panel" in links


def test_a_gap_leads_to_where_it_is_filled(house: House, client: Client) -> None:
    def leads(page: Page) -> list[str]:
        return [e.get("href", "") for e in page.elements("a") if text_of(e).startswith("Fill it in")]

    assert leads(client.page(address(house, speech(house)))) == [f"{house.url}/notes/panel"]
    assert leads(client.page(address(house, "introduction"))) == [f"{house.url}/report/details#focus"]
    assert f"{house.url}/report/details#symbol" in leads(client.page(f"{house.url}/report/"))
    with transaction() as session:
        session.get_one(type(house.panellist), house.panellist.id).function = None
    assert f"{house.url}/people/{house.panellist.key}" not in " ".join(leads(client.page(f"{house.url}/report/")))
    with transaction():
        account = factories.account("organiser@example.org", "organiser", of=house.meeting)
    sign_in(client, account)
    person = [link for link in leads(client.page(f"{house.url}/report/")) if house.panellist.key in link]
    assert len(person) == 1
    assert client.get(person[0]).status_code == 200


def test_what_a_speaker_answered_stands_beside_the_paragraph(house: House, client: Client) -> None:
    with transaction():
        check = ParagraphCheck(
            meeting_id=house.meeting.id,
            key=speech(house),
            person_id=house.panellist.id,
            text="x",
            asked_at=now(),
            answer="comment",
            comment="I said <less>.",
            answered_at=now(),
        )
        db.session.add(check)
    assert "Comment by Ada Muster" in shown(client.page(f"{house.url}/report/"), speech(house))
    page = client.page(address(house, speech(house)))
    assert "I said <less>." in [text_of(e) for e in page.elements("blockquote")]
    with transaction():
        check.settled_at = now()
    assert "Comment by" not in shown(client.page(f"{house.url}/report/"), speech(house))
    assert "Settled with Ada Muster" in text_of(client.page(address(house, speech(house))).root)


def test_a_mistake_is_fixed_by_one_press(house: House, client: Client) -> None:
    client.submit(address(house), {"text": "The organisation took part: 20% of them."}, button="Save")
    for page in (client.page(f"{house.url}/report/"), client.page(address(house))):
        assert "Fix: “organization”" in [text_of(e) for e in page.elements("button")]
    page = press(client, house, "Fix: “organization”")
    assert "The organization took part" in shown(page, FRAME)
    assert reading(house) == "The organization took part: 20% of them."
    last = db.session.scalars(sa.select(Event).order_by(Event.id.desc())).first()
    assert last is not None
    assert (last.kind, last.target) == ("paragraph.edited", f"paragraph:{FRAME}")


def test_a_fix_of_words_that_have_changed_is_refused(house: House, client: Client) -> None:
    client.submit(address(house), {"text": "The organisation took part."}, button="Save")
    form = client.form(address(house), button="Fix: “organization”")
    client.submit(address(house), {"text": "Then the organisation took part."}, button="Save")
    page = Page(client.send(form, form.fields).data)
    assert "Nothing was done" in text_of(page.root)
    assert reading(house) == "Then the organisation took part."


@pytest.mark.parametrize(
    "value", ["", "leave-out", "leave-out x summary", "nonsense 0 summary", "fix 0 summary", "fix 0 SP1 - a b c"]
)
def test_a_press_that_says_nothing_is_refused(house: House, client: Client, value: str) -> None:
    form = client.form(address(house), button="Leave it out")
    form.fields["do"] = value
    assert client.send(form, form.fields).status_code == 400


def test_the_page_takes_the_same_statements_for_few_points_and_many(
    house: House, client: Client, exact_queries: ExactQueries
) -> None:
    for number in (1, 8):
        for _ in range(number):
            note(house)
            client.submit(address(house, speech(house)), {"text": f"Words {number} {_}."}, button="Save")
        with exact_queries(20):
            client.page(address(house, speech(house)))


def test_a_draft_of_600_paragraphs_is_read_page_by_page_within_its_size(house: House, client: Client) -> None:
    with transaction():
        for number in range(600):
            body = factories.organisation(
                house.meeting,
                key=f"مدينة-{number}",
                name=f"مدينة العرض رقم {number} & the “Demonstration” <City> of a rather long name indeed",
            )
            db.session.add(
                Point(
                    meeting_id=house.meeting.id,
                    session_id=house.panel.id,
                    organisation_id=body.id,
                    position=number,
                    text="the organisation of 20% of “programs” & colors " * 3,
                    themes=[],
                )
            )
            if number % 2:
                key = f"session:panel:floor:organisation:مدينة-{number}"
                db.session.add(
                    DraftParagraph(
                        meeting_id=house.meeting.id, key=key, state="left_out" if number % 3 else "edited",
                        text="The organisation & “cities” " * 9, items=[], base="b",
                        edited_at=house.meeting.published_at,
                    )
                )  # fmt: skip
    numbers: list[int] = []
    page, place = client.page(f"{house.url}/report/"), 1
    while True:
        numbers += [int(text_of(e).rstrip(".")) for e in page.elements("span") if e.get("class") == "paragraph-number"]
        place += 1
        if not [e for e in page.elements("a") if text_of(e) == f"Page {place}"]:
            break
        page = client.page(f"{house.url}/report/?page={place}")
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 400
    last = f"session:panel:floor:organisation:{quote('مدينة-598')}"
    there = client.page(f"{house.url}/report/?at={last}")
    assert there.by_id(anchor("session:panel:floor:organisation:مدينة-598")) is not None


def test_the_first_edit_marks_the_report_as_edited_on_screen(house: House, client: Client) -> None:
    assert db.session.get(Report, house.meeting.id) is None
    client.submit(address(house), {"text": "Mine."}, button="Save")
    assert db.session.get_one(Report, house.meeting.id).edited_at is not None
