"""The draft on screen and as a Word file, and the report's details."""

import io
import re

import pytest
import sqlalchemy as sa
from docx import Document
from flask import Flask

from exports.meeting_file import read
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.inputs import Submission
from meetings.models.message import Event
from meetings.models.report import Point, Report
from meetings.report import queries
from meetings.report.rules.compile import compiled
from meetings.report.views.places import anchor
from meetings.transfer.commands import import_meeting
from tests import factories
from tests.client import Client, form_on
from tests.conftest import ExactQueries
from tests.page_lint import Page, text_of
from tests.report.from_file import DEMONSTRATION, demonstration, lines
from tests.report.house import House, build
from tests.signing_in import sign_in


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    house.enter(client)
    return house


def load(name: str) -> str:
    """Import a demonstration meeting; gives its slug."""
    file = read((DEMONSTRATION / name).read_text(encoding="utf-8"), name)
    import_meeting(file, actor=COMMAND_LINE, now=now())
    return file.meeting.slug


def rapporteur_of_all(client: Client) -> None:
    with transaction():
        account = factories.account("all@example.org", "rapporteur")
    sign_in(client, account)


def shown_paragraphs(page: Page) -> list[str]:
    numbers = [e for e in page.elements("span") if e.get("class") == "paragraph-number"]
    return [text_of(page.parents[e]).replace("] .", "].") for e in numbers]


@pytest.mark.parametrize("name", ["2023-08-28.yaml", "2019-06-17.yaml", "in-progress.yaml"])
def test_rows_give_the_same_draft_as_the_file_they_came_from(app: Flask, name: str) -> None:
    load(name)
    material = queries.material(1)
    assert lines(compiled(material)) == lines(compiled(demonstration(name)))


def test_the_draft_of_2023_is_read_on_screen_with_numbers_and_sources(app: Flask, client: Client) -> None:
    slug = load("2023-08-28.yaml")
    rapporteur_of_all(client)
    page = client.page(f"/meetings/{slug}/report/")
    expected = [line for line in lines(compiled(queries.material(1))) if re.match(r"\d+\. ", line)]
    assert shown_paragraphs(page) == [" ".join(line.split()) for line in expected]
    headings = [text_of(e) for e in page.elements("h2", "h3") if page.ancestor(e, "section") is None]
    assert headings[:3] == ["I. Introduction", "II. Summary of proceedings", "A. Opening session"]
    assert "No gap in the draft" in text_of(page.root)
    point = next(e for e in page.elements("a") if "/points/" in e.get("href", ""))
    assert client.get(str(point.get("href"))).status_code == 200
    marks = [text_of(e) for e in page.elements("mark") if page.ancestor(e, "div") is not None]
    assert marks == []


def test_the_word_file_has_every_paragraph_of_the_draft(app: Flask, client: Client) -> None:
    slug = load("2023-08-28.yaml")
    rapporteur_of_all(client)
    answer = client.get(f"/meetings/{slug}/report.docx")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={slug}-report.docx"
    paragraphs = Document(io.BytesIO(answer.data)).paragraphs
    words = [p.text.replace("\N{NO-BREAK SPACE}", " ") for p in paragraphs if p.text]
    numbers = re.compile(r"^(#+ )?((\d+\.|\(\w\)|[IVABCD]+\.) )?")
    expected = [numbers.sub("", line) for line in lines(compiled(queries.material(1)))]
    start = words.index("Introduction")
    assert [text for text in words[start:] if text.strip()] == expected


def test_a_meeting_of_which_nothing_is_known_yet_has_a_draft_of_gaps(app: Flask, client: Client) -> None:
    with transaction():
        factories.meeting(slug="bare", start_date=None, end_date=None, mode="in_person")
    rapporteur_of_all(client)
    page = client.page("/meetings/bare/report/")
    text = text_of(page.root)
    assert "[date of the meeting]" in text
    assert "[place of the meeting]" in text
    assert "[agenda items]" in text
    assert "no section on inputs" in text
    assert client.get("/meetings/bare/report.docx").status_code == 200
    assert client.get("/meetings/bare/report/?page=2").status_code == 404
    assert client.get("/meetings/nowhere/report/").status_code == 404


def test_a_long_draft_is_parted_into_pages(house: House, client: Client) -> None:
    with transaction():
        for number in range(120):
            body = factories.organisation(house.meeting, name=f"Demonstration City {number}")
            db.session.add(
                Point(
                    meeting_id=house.meeting.id,
                    session_id=house.panel.id,
                    organisation_id=body.id,
                    position=number,
                    text="the need for " + "much " * 200,
                    themes=[],
                )
            )
    first, second = client.page(f"{house.url}/report/"), client.page(f"{house.url}/report/?page=2")
    numbers = [int(line.partition(".")[0]) for page in (first, second) for line in shown_paragraphs(page)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_who_had_the_floor_without_a_note_is_told(house: House, client: Client) -> None:
    with transaction():
        factories.floor(house.panel)
        for hidden in (False, True):
            body = factories.organisation(house.meeting, name="Secret" if hidden else "City of Lima")
            person = factories.person(house.meeting, organisation_id=body.id, protected=hidden)
            factories.floor_request(house.panel, factories.registration(house.meeting, person), status="spoken")
    text = text_of(client.page(f"{house.url}/report/").root)
    assert "Had the floor in “Cities that act”, without a point: City of Lima." in text
    assert "Secret" not in text


def test_a_point_of_the_lunch_is_told_to_have_no_place(house: House, client: Client) -> None:
    with transaction():
        db.session.add(Point(meeting_id=house.meeting.id, session_id=house.lunch.id, text="good soup", themes=[]))
    page = client.page(f"{house.url}/report/")
    assert "These points have no place in the report" in text_of(page.root)
    assert not any("good soup" in line for line in shown_paragraphs(page))


@pytest.mark.parametrize("number", [1, 3])
def test_the_draft_takes_the_same_statements_for_few_points_and_many(
    house: House, client: Client, exact_queries: ExactQueries, number: int
) -> None:
    with transaction():
        for _ in range(number):
            person = factories.person(house.meeting)
            factories.role(house.panel, person, "panellist")
            submission = Submission(
                meeting_id=house.meeting.id, key=f"in{person.id}", organisation_id=person.organisation_id, themes=[]
            )
            db.session.add(submission)
            db.session.flush()
            for where in ({"session_id": house.panel.id, "person_id": person.id}, {"submission_id": submission.id}):
                db.session.add(Point(meeting_id=house.meeting.id, text="t", themes=[], **where))
    url = f"{house.url}/report/"
    with exact_queries(16):
        client.page(url)


def test_the_details_saved_unchanged_change_nothing(app: Flask, client: Client) -> None:
    slug = load("2023-08-28.yaml")
    with transaction() as session:
        row = session.get_one(Report, 1)
        row.conclusions = [*row.conclusions, "two\n\nparagraphs in one", "  with blanks"]
        row.recommendations = [
            *row.recommendations,
            {"addressee": None, "lead": None, "items": ["one\nitem", "two"], "points": ["gone", "p1"]},
        ]
        row.agenda_items = [3, 2]
    rapporteur_of_all(client)
    before = {c.key: getattr(row, c.key) for c in sa.inspect(Report).columns}
    logged = db.session.scalar(sa.select(sa.func.count(Event.id)))
    form = client.form(f"/meetings/{slug}/report/details", button="Save")
    assert client.send(form, form.fields, follow=False).status_code == 303
    row = db.session.get_one(Report, 1)
    assert {c.key: getattr(row, c.key) for c in sa.inspect(Report).columns} == before
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == logged


def test_the_details_are_filled_in_and_appear_in_the_draft(house: House, client: Client) -> None:
    url = f"{house.url}/report/details"
    answer = client.submit(
        url,
        {
            "symbol": "A/HRC/63/21",
            "date": "2026-06-01",
            "council_number": "63",
            "council_start": "2026-09-14",
            "council_end": "2026-10-09",
            "agenda_items": ["2", "3"],
            "conclusions": "First\nconclusion\n\nSecond conclusion",
            "recommendations-0-addressee": "National governments",
            "recommendations-0-items": "provide funds\n\nListen to cities;\n",
        },
        button="Save",
    )
    page = Page(answer.data)
    text = text_of(page.root)
    assert "Sixty-third session 14 September–9 October 2026" in text
    assert "1 June 2026" in text
    assert shown_paragraphs(page)[-3:] == [
        "4. First conclusion.",
        "5. Second conclusion.",
        "6. National governments should:",
    ]
    assert [text_of(e) for e in page.elements("li") if page.ancestor(e, "ol") is not None][-2:] == [
        "Provide funds;",
        "Listen to cities.",
    ]
    report = db.session.get_one(Report, house.meeting.id)
    assert (report.version, report.agenda_items) == (1, [2, 3])
    assert report.conclusions == ["First\nconclusion", "Second conclusion"]
    assert report.edited_at is not None


def test_a_group_of_recommendations_is_added_without_losing_what_was_typed(house: House, client: Client) -> None:
    url = f"{house.url}/report/details"
    answer = client.submit(url, {"symbol": "A/HRC/63/21", "recommendations-0-lead": "Kept"}, button="Add a group")
    page = Page(answer.data)
    values = {e.get("name"): e.get("value") for e in page.elements("input")}
    assert values["symbol"] == "A/HRC/63/21"
    assert [e.get("name") for e in page.elements("textarea") if "lead" in str(e.get("name"))] == [
        "recommendations-0-lead",
        "recommendations-1-lead",
    ]
    assert db.session.get(Report, house.meeting.id) is None


def recommend(house: House, words: str, uid: str) -> None:
    with transaction():
        db.session.add(
            Point(
                meeting_id=house.meeting.id,
                session_id=house.panel.id,
                organisation_id=house.city.id,
                kind="recommendation",
                text=words,
                uid=uid,
                themes=[],
            )
        )


def test_a_recommendation_of_the_notes_becomes_an_item_with_its_provenance(house: House, client: Client) -> None:
    recommend(house, "that States fund <cities>", "p1")
    recommend(house, "a council of cities", "p2")
    url = f"{house.url}/report/details"
    form = client.form(url, button="Save")
    form.fields["use"] = "p1"
    filled = {"title": "Typed", "recommendations-0-addressee": "National governments", "recommendations-0-items": "Act"}
    answer = client.send(form, form.filled(filled))
    assert answer.status_code == 200
    assert db.session.get(Report, house.meeting.id) is None
    page = Page(answer.data)
    again = form_on(page, url, button="Save")
    assert again.fields["title"] == "Typed"
    assert again.fields["recommendations-0-items"] == "Act\r\nStates fund <cities>"
    assert again.fields.getlist("recommendations-0-points") == ["p1"]
    assert len([e for e in page.elements("button") if text_of(e).startswith("Use this")]) == 1
    draft = Page(client.send(again, again.fields).data)
    report = db.session.get_one(Report, house.meeting.id)
    assert [(each["items"], each["points"]) for each in report.recommendations] == [
        (["Act", "States fund <cities>"], ["p1"])
    ]
    beside = draft.by_id(anchor("recommendations:0"))
    assert beside is not None
    assert "National governments should:" in text_of(beside)
    assert "Point 1" in text_of(beside)
    rests = text_of(client.page(f"{house.url}/report/paragraph?key=recommendations:0").root)
    assert "that States fund <cities>." in rests


def test_a_tick_taken_away_takes_the_provenance_and_a_new_group_is_made(house: House, client: Client) -> None:
    recommend(house, "that States act", "p1")
    with transaction():
        values = {"addressee": "Cities", "lead": None, "items": ["Act"], "points": ["p1"]}
        db.session.add(Report(meeting_id=house.meeting.id, recommendations=[values]))
    url = f"{house.url}/report/details"
    client.submit(url, {"recommendations-0-points": None}, button="Save")
    assert db.session.get_one(Report, house.meeting.id).recommendations[0]["points"] == []
    form = client.form(url, button="Save")
    form.fields["use"], form.fields["into"] = "p1", "1"
    again = form_on(Page(client.send(form, form.fields).data), url, button="Save")
    assert again.fields["recommendations-1-items"] == "States act"
    for wrong in ({"use": "nonsense"}, {"into": "99"}, {"into": "-1"}):
        fields = form.fields.copy()
        for name, value in wrong.items():
            fields[name] = value
        assert client.send(form, fields).status_code == 400


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("date", "1st of June", "This is not a date."),
        ("date", "0202-06-01", "Check the year."),
        ("council_start", "0202-09-14", "Check the year."),
        ("council_number", "sixty", "This is not a whole number."),
        ("council_number", "0", "Write the number of the session"),
        ("council_end", "2020-01-01", "cannot end before it begins"),
        ("symbol", "A" * 61, "Use at most 60 characters."),
    ],
)
def test_wrong_details_are_told_and_kept(house: House, client: Client, field: str, typed: str, message: str) -> None:
    url = f"{house.url}/report/details"
    form = client.form(url, button="Save")
    answer = client.send(form, form.filled({"title": "Typed", "council_start": "2026-09-14", field: typed}))
    assert answer.status_code == 422
    page = Page(answer.data)
    assert message in text_of(page.root)
    values = {e.get("name"): e.get("value") for e in page.elements("input")}
    assert (values["title"], values[field]) == ("Typed", typed)
    assert db.session.get(Report, house.meeting.id) is None


def test_details_that_another_rapporteur_changed_are_shown_beside(
    house: House, client: Client, new_client: type[Client]
) -> None:
    url = f"{house.url}/report/details"
    other = new_client()
    house.enter(other)
    form = client.form(url, button="Save")
    other.submit(url, {"title": "Their title", "agenda_items": ["3"]}, button="Save")
    answer = client.send(form, form.filled({"title": "My title"}))
    assert answer.status_code == 409
    page = Page(answer.data)
    changes = [text_of(e) for e in page.elements("dd")]
    assert "Their title" in changes
    assert any(change.startswith("3. Promotion") for change in changes)
    assert {e.get("value") for e in page.elements("input") if e.get("name") == "title"} == {"My title"}
    assert db.session.get_one(Report, house.meeting.id).title == "Their title"


def test_a_note_taken_meanwhile_does_not_disturb_the_details(house: House, client: Client) -> None:
    form = client.form(f"{house.url}/report/details", button="Save")
    client.submit(house.notes, {"speaker": "several", "text": "words"}, button="Save the point")
    assert client.send(form, form.filled({"title": "Mine"}), follow=False).status_code == 303
