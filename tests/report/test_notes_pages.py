"""Taking notes on screen: who is chosen beforehand, what is saved, and that nothing typed is lost."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from meetings.database import db, transaction
from meetings.models.inputs import Submission
from meetings.models.message import Event
from meetings.models.report import Point, Report
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.page_lint import Page, text_of
from tests.report.house import House, build


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    house.enter(client)
    return house


def points() -> list[Point]:
    return list(db.session.scalars(sa.select(Point).order_by(Point.position, Point.id)))


def note(client: Client, url: str, **values: str) -> TestResponse:
    """Write a point on a notes page and save it."""
    return client.submit(url, {"verb": "noted"} | values, button="Save the point")


def newest(page: Page) -> list[str]:
    """The sentences on a notes page, the newest first."""
    items = [e for e in page.elements("li") if (e.get("id") or "").startswith("point-")]
    return [text_of(next(iter(item.iter("p")))) for item in items]


def sentences(page: Page) -> list[str]:
    """The sentences on the page of all points, in order."""
    boxes = [e for e in page.elements("label") if (e.get("for") or "").startswith("choose-")]
    return [text_of(list(label)[1]) for label in boxes]


def chosen(page: Page) -> str:
    (option,) = [
        o
        for o in page.elements("option")
        if "selected" in o.attrib
        and (select := page.ancestor(o, "select")) is not None
        and select.get("id") == "speaker"
    ]
    return text_of(option)


def test_a_point_is_saved_and_reads_as_it_will_in_the_report(house: House, client: Client) -> None:
    person = house.panellist.id
    answer = note(
        client,
        house.notes,
        **{
            "speaker": f"p{person}",
            "kind": "challenge",
            "verb": "Acknowledged",
            "text": "That money is short",
            "themes": 'Funding, "Peace, justice", Funding',
        },
    )
    page = Page(answer.data)
    assert newest(page) == ["Ms. Muster acknowledged that money is short."]
    (point,) = points()
    assert (point.person_id, point.organisation_id, point.session_id) == (person, None, house.panel.id)
    assert (point.kind, point.verb, point.themes) == ("challenge", "Acknowledged", ["Funding", "Peace, justice"])
    assert point.text == "That money is short"
    assert db.session.get_one(Report, house.meeting.id).edited_at is not None
    assert [e.kind for e in db.session.scalars(sa.select(Event))] == ["point.added"]


def test_the_next_point_is_of_the_same_speaker(house: House, client: Client) -> None:
    note(client, house.notes, speaker=f"o{house.city.id}", kind="example", text="a desk for residents")
    page = Page(note(client, house.notes, speaker=f"o{house.city.id}", kind="example", text="a second one").data)
    assert chosen(page) == "City of Fez"
    assert newest(page) == [
        "The speaker from the City of Fez, Morocco, noted a second one.",
        "The speaker from the City of Fez, Morocco, noted a desk for residents.",
    ]


@pytest.mark.parametrize("status", ["speaking", "paused"])
def test_whoever_has_the_floor_is_chosen_beforehand(house: House, client: Client, status: str) -> None:
    with transaction():
        factories.floor(house.panel)
        person = factories.person(house.meeting, organisation_id=house.city.id)
        factories.floor_request(house.panel, factories.registration(house.meeting, person), status=status)
    assert chosen(client.page(house.notes)) == "City of Fez"


def test_without_a_speaker_on_the_floor_the_first_of_the_programme_is_chosen(house: House, client: Client) -> None:
    assert chosen(client.page(house.notes)) == "Ada Muster (Panellist)"


def test_when_the_floor_passes_on_the_new_speaker_is_chosen(house: House, client: Client) -> None:
    with transaction():
        factories.floor(house.panel)
        registration = factories.registration(
            house.meeting, factories.person(house.meeting, organisation_id=house.city.id)
        )
        first = factories.floor_request(house.panel, registration, status="speaking")
    saved = client.submit(
        house.notes,
        {"speaker": f"p{house.panellist.id}", "text": "a reply"},
        button="Save the point",
        follow=False,
    ).location
    assert chosen(client.page(saved)) == "Ada Muster (Panellist)"
    with transaction() as session:
        session.merge(first).status = "spoken"
        other = factories.organisation(house.meeting, name="City of Lima")
        registration = factories.registration(house.meeting, factories.person(house.meeting, organisation_id=other.id))
        factories.floor_request(house.panel, registration, status="speaking")
    assert chosen(client.page(saved)) == "City of Lima"


def test_a_protected_speaker_from_the_floor_is_noted_without_organisation(house: House, client: Client) -> None:
    with transaction():
        factories.floor(house.panel)
        hidden = factories.person(house.meeting, organisation_id=house.city.id, protected=True)
        factories.floor_request(house.panel, factories.registration(house.meeting, hidden), status="speaking")
    page = Page(note(client, house.notes, text="that silence is no answer").data)
    assert newest(page) == ["One speaker noted that silence is no answer."]


@pytest.mark.parametrize(
    ("speaker", "sentence"),
    [("several", "Several speakers noted the need for rules."), ("unnamed", "One speaker noted the need for rules.")],
)
def test_points_of_several_and_of_unnamed_speakers(house: House, client: Client, speaker: str, sentence: str) -> None:
    page = Page(note(client, house.notes, speaker=speaker, text="the need for rules").data)
    assert newest(page) == [sentence]


def test_what_was_typed_stays_when_something_is_missing(house: House, client: Client) -> None:
    answer = note(client, house.notes, text=" \n ", verb="stressed", themes="Housing", kind="question")
    assert answer.status_code == 422
    page = Page(answer.data)
    form = client.form(house.notes, button="Save the point")
    assert "Write what was said." in text_of(page.root)
    fields = {e.get("name"): e.get("value") for e in page.elements("input")}
    assert (fields["verb"], fields["themes"]) == ("stressed", "Housing")
    assert points() == []
    answer = client.send(form, form.filled({"text": "kept", "verb": "x" * 60}))
    assert answer.status_code == 422
    assert "kept" in [text_of(e) for e in Page(answer.data).elements("textarea")]


def test_a_speaker_of_another_meeting_is_refused(house: House, client: Client) -> None:
    with transaction():
        stranger = factories.person(factories.meeting())
    form = client.form(house.notes, button="Save the point")
    fields = form.filled({"text": "kept"})
    fields["speaker"] = f"p{stranger.id}"
    assert client.send(form, fields).status_code == 422
    assert points() == []


def test_points_are_moved_removed_and_put_back(house: House, client: Client) -> None:
    for text in ("one", "two", "three"):
        note(client, house.notes, speaker="several", text=text)
    assert [s.rpartition(" ")[2] for s in newest(client.page(house.notes))] == ["three.", "two.", "one."]
    client.submit(house.points, button="Up point 3")
    client.submit(house.points, button="Down point 1")
    page = client.page(house.points)
    assert [s.rpartition(" ")[2] for s in sentences(page)] == ["three.", "one.", "two."]
    page = Page(client.submit(house.points, button="Remove point 2").data)
    assert [s.rpartition(" ")[2] for s in sentences(page)] == ["three.", "two."]
    assert sum(point.removed_at is not None for point in points()) == 1
    page = Page(client.submit(house.points, button="Put back removed point 1").data)
    assert [s.rpartition(" ")[2] for s in sentences(page)] == ["three.", "one.", "two."]
    buttons = [text_of(e) for e in page.elements("button")]
    assert "Up point 1" not in buttons
    assert "Down point 3" not in buttons


def test_a_point_saved_unchanged_changes_nothing(house: House, client: Client) -> None:
    with transaction():
        point = Point(
            meeting_id=house.meeting.id,
            session_id=house.panel.id,
            person_id=factories.person(house.meeting).id,  # has no role and was not heard: chosen all the same
            organisation_id=house.city.id,
            kind="question",
            verb="wondered",
            themes=["Peace, justice", 'the "right" one', "Housing"],
            text="two lines\nof text",
        )
        db.session.add(point)
    url = f"{house.url}/points/{point.id}"
    before = {c.key: getattr(point, c.key) for c in sa.inspect(Point).columns}
    form = client.form(url)
    assert client.send(form, form.fields, follow=False).status_code == 303
    db.session.refresh(point)
    assert {c.key: getattr(point, c.key) for c in sa.inspect(Point).columns} == before
    assert list(db.session.scalars(sa.select(Event))) == []


def test_a_point_is_edited_and_what_another_rapporteur_wrote_is_shown(
    house: House, client: Client, new_client: type[Client]
) -> None:
    note(client, house.notes, speaker="several", text="first words")
    url = f"{house.url}/points/{points()[0].id}"
    other = new_client()
    house.enter(other)
    form = client.form(url)
    assert other.submit(url, {"text": "their words", "verb": "urged"}).status_code == 200
    answer = client.send(form, form.filled({"text": "my words"}))
    assert answer.status_code == 409
    page = Page(answer.data)
    assert [text_of(e) for e in page.elements("dd")] == ["urged", "their words"]
    assert [text_of(e) for e in page.elements("textarea")] == ["my words"]
    assert points()[0].text == "their words"
    again = client.form(url)
    again.fields.setlist("seen", [e.get("value", "") for e in page.elements("input") if e.get("name") == "seen"])
    client.send(again, again.filled({"text": "my words"}))
    db.session.expire_all()
    assert points()[0].text == "my words"


def test_a_point_that_somebody_removed_is_not_there_to_edit(house: House, client: Client) -> None:
    note(client, house.notes, speaker="several", text="gone soon")
    number = points()[0].id
    form = client.form(f"{house.url}/points/{number}")
    client.submit(house.points, button="Remove point 1")
    assert client.send(form, form.fields).status_code == 404


def test_the_notes_lead_to_the_session_in_progress(house: House, client: Client, clock: Clock) -> None:
    clock.set(dt.datetime(2025, 11, 26, 9, 0, tzinfo=dt.UTC))  # 10:00 in Geneva: the panel and the lunch run
    answer = client.get(f"{house.url}/notes/")
    assert answer.location == house.notes
    page = client.page(f"{house.url}/notes/?all=yes")
    rows = [text_of(e) for e in page.elements("th") if e.get("scope") == "row"]
    assert rows == ["Cities that act In progress"]
    clock.set(dt.datetime(2025, 11, 26, 20, 0, tzinfo=dt.UTC))
    assert client.get(f"{house.url}/notes/").status_code == 200


def test_the_session_where_somebody_speaks_comes_before_the_programme(
    house: House, client: Client, clock: Clock
) -> None:
    clock.set(dt.datetime(2025, 11, 26, 9, 0, tzinfo=dt.UTC))
    with transaction():
        late = factories.session(house.meeting, key="late", start=dt.time(15), end=dt.time(17))
        factories.floor(late)
        factories.floor_request(late, factories.registration(house.meeting), status="speaking")
    assert client.get(f"{house.url}/notes/").location == f"{house.url}/notes/late"


def test_an_empty_programme_says_so(app: Flask, client: Client) -> None:
    with transaction():
        factories.meeting(slug="empty")
        account = factories.account("all@example.org", "administrator")
    with client.session_transaction() as session:
        session["account"] = [account.id, account.serial]
    assert "has no session yet" in text_of(client.page("/meetings/empty/notes/").root)
    assert client.get("/meetings/nowhere/notes/").status_code == 404
    assert client.get("/meetings/empty/notes/nothing").status_code == 404


def test_points_of_submissions_are_noted_apart(house: House, client: Client) -> None:
    with transaction():
        of_city = {"meeting_id": house.meeting.id, "organisation_id": house.city.id}
        named = Submission(key="in1", consent="named", themes=[], **of_city)
        hidden = Submission(key="in2", themes=["Funding"], **of_city)
        db.session.add_all([named, hidden])
    url = f"{house.url}/input-notes"
    for submission in (named, hidden):
        note(client, url, speaker=f"s{submission.id}", kind="recommendation", text="more money")
    note(client, url, speaker="several", text="the lack of time")
    assert sentences(client.page(f"{url}/points")) == [
        "The City of Fez, Morocco, noted more money.",
        "One submission noted more money.",
        "Several submissions noted the lack of time.",
    ]
    assert [point.session_id for point in points()] == [None, None, None]
    edit = client.form(f"{house.url}/points/{points()[0].id}")
    client.send(edit, edit.filled({"text": "more staff"}))
    db.session.expire_all()
    assert (points()[0].text, points()[0].submission_id) == ("more staff", named.id)


def tick(page: Page, *numbers: int) -> list[str]:
    """The values of the boxes before the points with these numbers."""
    boxes = [e.get("value", "") for e in page.elements("input") if e.get("name") == "point"]
    return [boxes[number - 1] for number in numbers]


def test_points_that_are_ticked_are_given_to_another_speaker(house: House, client: Client) -> None:
    for text in ("one", "two", "three"):
        note(client, house.notes, speaker="several", text=text)
    values: dict[str, Any] = {"point": tick(client.page(house.points), 1, 3), "speaker": f"p{house.panellist.id}"}
    page = Page(client.submit(house.points, values, button="These are their words").data)
    assert sentences(page) == [
        "Ms. Muster noted one.",
        "Several speakers noted two.",
        "Ms. Muster noted three.",
    ]
    assert "2 points were changed." in page.text


def test_points_that_are_ticked_are_merged_and_parted_again(house: House, client: Client) -> None:
    for text in ("one", "two", "three"):
        note(client, house.notes, speaker="several", text=text)
    form_page = client.page(house.points)
    page = Page(client.submit(house.points, {"point": tick(form_page, 1, 2)}, button="Merge them").data)
    assert [s.rpartition(" ")[2] for s in sentences(page)] == ["one.", "three."]
    assert "Says also: Several speakers noted two." in page.text
    assert "and 1 like it" in client.page(house.notes).text
    page = Page(client.submit(house.points, button="Part again 1 of point 1").data)
    assert [s.rpartition(" ")[2] for s in sentences(page)] == ["one.", "two.", "three."]


@pytest.mark.parametrize(
    ("button", "problem"), [("Merge them", "Choose at least two"), ("These are their words", "Choose the points first")]
)
def test_with_nothing_ticked_it_says_what_to_do(house: House, client: Client, button: str, problem: str) -> None:
    note(client, house.notes, speaker="several", text="one")
    boxes: dict[str, Any] = {"point": tick(client.page(house.points), 1)} if button == "Merge them" else {}
    assert problem in Page(client.submit(house.points, boxes, button=button).data).text


def test_points_that_another_rapporteur_has_changed_are_not_given_away(
    house: House, client: Client, new_client: type[Client]
) -> None:
    note(client, house.notes, speaker="several", text="one")
    form = client.form(house.points, button="These are their words")
    values: dict[str, Any] = {"point": tick(client.page(house.points), 1), "speaker": f"p{house.panellist.id}"}
    other = new_client()
    house.enter(other)
    other.submit(f"{house.url}/points/{points()[0].id}", {"text": "changed"})
    assert "Nothing was overwritten" in Page(client.send(form, form.filled(values)).data).text
    assert sentences(client.page(house.points)) == ["Several speakers noted changed."]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"up": "x"},
        {"attribute": "yes", "speaker": "nonsense"},
        {"merge": "yes", "point": "1"},
        {"merge": "yes", "point": "1.x"},
        {"remove": ""},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    house: House, client: Client, app: Flask, fields: dict[str, str]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(f"{house.url}/points", data=fields).status_code == 400


def test_points_of_submissions_that_say_the_same_are_merged(house: House, client: Client) -> None:
    with transaction():
        for key in ("in1", "in2"):
            db.session.add(Submission(meeting_id=house.meeting.id, key=key, themes=[]))
    url = f"{house.url}/input-notes"
    for submission in db.session.scalars(sa.select(Submission)).all():
        note(client, url, speaker=f"s{submission.id}", text="the need for money")
    page = client.page(f"{url}/points")
    page = Page(client.submit(f"{url}/points", {"point": tick(page, 1, 2)}, button="Merge them").data)
    assert len(sentences(page)) == 1
    assert "Says also:" in page.text


def test_a_long_list_stands_on_pages_and_the_newest_points_beside_the_line(house: House, client: Client) -> None:
    with transaction():
        for number in range(120):
            db.session.add(
                Point(
                    meeting_id=house.meeting.id,
                    session_id=house.panel.id,
                    position=number,
                    text=f"word{number} " + "слово " * 40,
                    verb="noted",
                    themes=["x"],
                )
            )
    on_notes = newest(client.page(house.notes))
    assert (len(on_notes), on_notes[0].split()[3]) == (20, "word119")
    assert len(sentences(client.page(house.points))) == 20
    first = sentences(client.page(f"{house.points}?page=1"))
    assert (len(first), first[0].split()[3], first[-1].split()[3]) == (50, "word0", "word49")
    answer = client.submit(f"{house.points}?page=2", button="Up point 51")
    assert sentences(Page(answer.data))[0].split()[3] == "word49"
    edit = client.form(f"{house.url}/points/{points()[60].id}?page=2", button="Save")
    assert client.send(edit, edit.fields, follow=False).location.startswith(f"{house.points}?page=2#")
    edit = client.form(f"{house.url}/points/{points()[60].id}", button="Save")
    assert client.send(edit, edit.fields, follow=False).location.startswith(f"{house.notes}#")
    assert len(sentences(client.page(f"{house.points}?page=4"))) == 20


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("page", "statements"), [("notes", 18), ("points", 16)])
def test_the_notes_take_the_same_statements_for_few_points_and_many(
    house: House, client: Client, exact_queries: ExactQueries, number: int, page: str, statements: int
) -> None:
    with transaction():
        factories.floor(house.panel)
        for place in range(number):
            person = factories.person(house.meeting)
            factories.role(house.panel, person, "panellist", position=place + 1)
            request = factories.floor_request(house.panel, factories.registration(house.meeting), status="spoken")
            for who in (person.id, request.person_id):
                db.session.add(
                    Point(meeting_id=house.meeting.id, session_id=house.panel.id, person_id=who, text="t", themes=["x"])
                )
    url = getattr(house, page)
    with exact_queries(statements):
        client.page(url)
