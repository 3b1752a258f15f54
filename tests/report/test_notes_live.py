"""The notes pages beside a live floor: what is streamed to rapporteurs, and what a device is told of what it sends."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from meetings import live
from meetings.database import db, transaction
from meetings.floor import commands as floor_commands
from meetings.floor import file_text
from meetings.floor.commands import Draft
from meetings.journal import Actor
from meetings.models.account import Account
from meetings.models.floor import Statement
from meetings.models.inputs import Submission, SubmissionFile
from meetings.models.report import Point
from meetings.report import commands
from meetings.report.queries import PointValues, live_versions
from meetings.report.rules.notes import Voice
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.floor.scene import Scene, make_scene
from tests.floor.statement_files import docx, written_pdf
from tests.floor.streaming import events, floors
from tests.page_lint import MAX_PAGE_BYTES, Page, text_of
from tests.signing_in import sign_in

JSON = {"Accept": "application/json"}
WORDS = PointValues(Voice(collective=True), verb="noted", text="the need for rules")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(live, "COALESCE_SECONDS", 0.02)
    monkeypatch.setattr(live, "SWEEP_SECONDS", 3600.0)  # what is seen is what somebody told of


@pytest.fixture
def scene(app: Flask, clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = make_scene()
    scene.now = clock.now
    return scene


class Desk:
    """A rapporteur's browser, signed in, and the streams it has open."""

    def __init__(self, scene: Scene, client: Client, account: Account) -> None:
        self.scene, self.client, self.actor = scene, client, Actor.account(account.id)
        self.meeting = f"/meetings/{scene.meeting.slug}"
        self.notes = f"{self.meeting}/notes/{scene.session.key}"
        self.inputs = f"{self.meeting}/input-notes"
        self.open: list[TestResponse] = []

    def stream(self, url: str, query: str = "", **options: Any) -> TestResponse:
        self.open.append(self.client.get(f"{url}/stream{query}", **options))
        return self.open[-1]

    def add(self, text: str, *, of_session: bool = True, **values: Any) -> int:
        """Somebody notes a point."""
        return commands.add_point(
            meeting_id=self.scene.meeting.id,
            session_id=self.scene.session.id if of_session else None,
            values=replace(WORDS, text=text, **values),
            actor=self.actor,
            now=self.scene.now,
        )

    def tag(self, url: str) -> str:
        """The tag of what a page shows."""
        (part,) = (each for each in self.client.page(url).elements("div") if each.get("data-live"))
        return str(part.get("data-live"))


@pytest.fixture
def desk(scene: Scene, client: Client) -> Iterator[Desk]:
    with transaction():
        account = factories.account("rapporteur@example.org", "rapporteur", of=scene.meeting)
        account.name = "Ada Muster"
    sign_in(client, account)
    desk = Desk(scene, client, account)
    yield desk
    for response in desk.open:
        response.close()


def facts(message: dict[str, Any]) -> dict[str, Any]:
    """What a message says to scripts."""
    (each,) = (each for each in Page(message["html"].encode()).elements("div") if each.get("data-facts"))
    found: dict[str, Any] = json.loads(each.get("data-facts") or "")
    return found


def organisation(scene: Scene, request_id: int) -> str:
    row = scene.request(request_id).organisation
    return row.name if row else ""


# ---- What is streamed


def test_the_stream_brings_who_has_the_floor_and_what_others_note(desk: Desk, scene: Scene) -> None:
    request_id = scene.ask(statement=Draft("as_delivered", "Thank you.", None, None))
    seen = floors(desk.stream(desk.notes))
    first = next(seen)
    assert first["tag"] == desk.tag(desk.notes)
    assert facts(first) == {"speaker": None, "name": None, "request": None, "statements": {}, "verbs": []}
    scene.act(floor_commands.give_floor, request_id)
    given = next(each for each in seen if facts(each)["request"])
    voice = f"o{scene.request(request_id).organisation_id}"
    assert facts(given) == {
        "speaker": voice,
        "name": organisation(scene, request_id),
        "request": request_id,
        "statements": {voice: request_id},
        "verbs": [],
    }
    desk.add("the need for rules")
    noted = next(each for each in seen if "need for rules" in each["html"])
    assert "noted by" in noted["html"]
    assert "Ada Muster" in noted["html"]
    assert facts(noted)["verbs"] == ["noted"]


@pytest.mark.parametrize("change", ["edit", "remove", "move", "attribute", "merge", "split"])
def test_every_change_of_a_point_is_streamed(desk: Desk, change: str) -> None:
    one, two, three = (desk.add(text) for text in ("one", "two", "three"))
    target: dict[str, Any] = {"meeting_id": desk.scene.meeting.id, "actor": desk.actor, "now": desk.scene.now}
    commands.merge_points(points={two: 1, three: 1}, **target)
    seen = floors(desk.stream(desk.notes))
    before = next(seen)
    if change == "edit":
        commands.edit_point(point_id=one, version=1, values=replace(WORDS, text="other"), **target)
    elif change == "attribute":
        commands.attribute_points(points={one: 1}, voice=Voice(), **target)
    elif change == "merge":
        commands.merge_points(points={one: 1, two: 2}, **target)
    elif change == "split":
        commands.split_point(point_id=three, **target)
    elif change == "move":
        commands.move_point(point_id=two, up=True, **target)
    else:
        commands.remove_point(point_id=one, **target)
    assert next(seen)["html"] != before["html"]


def test_the_notes_of_submissions_are_streamed_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SWEEP_SECONDS", 0.05)  # a meeting's number is announced to nobody on PostgreSQL
    seen = floors(desk.stream(desk.inputs))
    next(seen)
    desk.add("of a session")
    desk.add("of a submission", of_session=False)
    message = next(seen)
    assert "of a submission" in message["html"]
    assert "of a session" not in message["html"]


def test_a_page_that_is_up_to_date_is_sent_nothing_but_beats(desk: Desk) -> None:
    tag = desk.tag(desk.notes)
    again = events(desk.stream(desk.notes, f"?tag={tag}"))
    assert [next(again)[0] for _ in range(3)] == ["beat"] * 3
    assert desk.client.get(desk.notes, headers={"If-None-Match": f'"{tag}"'}).status_code == 304
    desk.add("new")
    answer = desk.client.get(desk.notes, headers={"If-None-Match": f'"{tag}"'})
    assert (answer.status_code, "Server-Now" in answer.headers) == (200, True)


def test_the_version_changes_with_names(desk: Desk, scene: Scene) -> None:
    topics = [scene.session.id, -scene.meeting.id]
    before = live_versions(topics)
    with transaction() as session:
        session.merge(scene.meeting).version += 1
    assert all(live_versions(topics)[topic] != before[topic] for topic in topics)
    assert live_versions([999_999]) == {}


def test_a_stream_of_a_session_that_is_not_there_is_none(desk: Desk) -> None:
    assert desk.client.get(f"{desk.meeting}/notes/nothing/stream").status_code == 404


# ---- What a device is told


def test_a_device_is_told_that_its_point_has_arrived_each_time_it_sends_it(desk: Desk) -> None:
    form = desk.client.form(desk.notes, button="Save the point")
    fields = form.filled({"speaker": "several", "kind": "challenge", "verb": "noted", "text": "no time"})
    fields["uid"] = "device-1"
    for _ in range(2):
        answer = desk.client.post(desk.notes, data=fields, headers=JSON)
        assert (answer.status_code, answer.json) == (200, {"problems": []})
    (point,) = db.session.scalars(sa.select(Point))
    assert (point.uid, point.text, point.kind) == ("device-1", "no time", "challenge")


@pytest.mark.parametrize(
    ("values", "status", "problem"),
    [
        ({"text": " "}, 422, "Write what was said."),
        ({"speaker": "p999999"}, 422, "Not a valid choice."),
        ({"kind": "joke"}, 422, "Not a valid choice."),
    ],
)
def test_a_device_is_told_why_a_point_is_not_taken(
    desk: Desk, values: dict[str, str], status: int, problem: str
) -> None:
    form = desk.client.form(desk.notes, button="Save the point")
    fields = form.filled({"speaker": "several", "text": "no time"})
    fields.update(values)
    for name, value in values.items():
        fields.setlist(name, [value])
    answer = desk.client.post(desk.notes, data=fields, headers=JSON)
    assert (answer.status_code, answer.json) == (status, {"problems": [problem]})
    assert db.session.scalar(sa.select(sa.func.count(Point.id))) == 0


def test_a_page_pressed_twice_adds_one(desk: Desk) -> None:
    form = desk.client.form(desk.notes, button="Save the point")
    fields = form.filled({"speaker": "several", "text": "no time"})
    assert [desk.client.send(form, fields, follow=False).status_code for _ in range(2)] == [303, 303]
    assert db.session.scalar(sa.select(sa.func.count(Point.id))) == 1


# ---- Texts to lift words from


def test_the_statement_of_a_speaker_is_there_to_lift_from_typed_and_in_its_file(desk: Desk, scene: Scene) -> None:
    both = Draft("as_delivered", "As typed.", "s.docx", docx("As in the file."))
    request_id = scene.ask(statement=both)
    page = desk.client.page(f"{desk.notes}/statements/{request_id}")
    texts = [text_of(each) for each in page.elements("div") if each.get("data-text") is not None]
    assert texts == ["As typed.", "As in the file."]
    assert [text_of(each) for each in page.elements("h1")] == [organisation(scene, request_id)]


def test_a_file_is_read_once_and_anew_when_another_is_sent(
    desk: Desk, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = scene.participant()
    request_id = scene.ask(me, statement=Draft("as_delivered", None, "s.pdf", written_pdf("The first.")))
    read = []

    def noted_read(file_type: str, content: bytes) -> str | None:
        read.append(file_type)
        return file_text.text_of(file_type, content)

    monkeypatch.setattr(floor_commands.statements, "text_of", noted_read)
    url = f"{desk.notes}/statements/{request_id}"
    for _ in range(2):
        assert "The first." in desk.client.page(url).text
    assert len(read) == 1
    floor_commands.file_statement(
        request_id=request_id,
        registration_id=me.id,
        draft=Draft("as_delivered", None, "s.pdf", written_pdf("The second.")),
        actor=Actor.registration(me.id),
        now=scene.now,
    )
    assert "The second." in desk.client.page(url).text


def test_reading_a_file_changes_nothing_that_others_see(desk: Desk, scene: Scene) -> None:
    request_id = scene.ask(statement=Draft("as_delivered", None, "s.txt", b"Read me."))
    before = scene.floor.version
    desk.client.page(f"{desk.notes}/statements/{request_id}")
    assert scene.floor.version == before
    assert db.session.scalar(sa.select(Statement.file_text)) == "Read me."


def test_a_scanned_file_is_said_to_have_no_text(desk: Desk, scene: Scene) -> None:
    request_id = scene.ask(statement=Draft("as_delivered", None, "s.pdf", written_pdf("")))
    for _ in range(2):
        page = desk.client.page(f"{desk.notes}/statements/{request_id}")
        assert "No text could be read from the file statement.pdf" in page.text
    assert db.session.scalar(sa.select(Statement.file_text)) == ""


def test_a_statement_is_read_in_its_own_session_alone(desk: Desk, scene: Scene) -> None:
    with transaction():
        factories.session(scene.meeting, key="other")
    request_id = scene.ask(statement=Draft("as_delivered", "Here.", None, None))
    without = scene.ask()
    assert desk.client.get(f"{desk.meeting}/notes/other/statements/{request_id}").status_code == 404
    assert desk.client.get(f"{desk.notes}/statements/{without}").status_code == 404
    assert desk.client.get(f"{desk.notes}/statements/999999").status_code == 404


def test_the_text_of_a_submission_is_there_to_lift_from(desk: Desk, scene: Scene) -> None:
    with transaction() as session:
        row = Submission(meeting_id=scene.meeting.id, key="in1", title="On homes", answers=["Typed.", ""], themes=[])
        elsewhere = Submission(meeting_id=factories.meeting().id, key="in1", answers=["Secret."], themes=[])
        session.add_all([row, elsewhere])
        session.flush()
        for position, (name, text) in enumerate([("a.docx", "In a file."), ("b.pdf", None)]):
            session.add(
                SubmissionFile(
                    submission_id=row.id,
                    position=position,
                    name=name,
                    file_type=name[2:],
                    size=1,
                    content=b"x",
                    text=text,
                )
            )
    page = desk.client.page(f"{desk.inputs}/texts/{row.id}")
    assert [text_of(each) for each in page.elements("h1")] == ["On homes"]
    assert [text_of(each) for each in page.elements("div") if each.get("data-text") is not None] == [
        "Typed.",
        "In a file.",
    ]
    assert "from the file b.pdf" in page.text
    assert desk.client.get(f"{desk.inputs}/texts/{elsewhere.id}").status_code == 404


# ---- A long session


def test_a_session_of_300_points_and_many_organisations_stays_light(
    desk: Desk, scene: Scene, exact_queries: ExactQueries
) -> None:
    with transaction() as session:
        for number in range(120):
            factories.organisation(scene.meeting, name=f"Association of Municipalities number {number}")
        for number in range(300):
            session.add(
                Point(
                    meeting_id=scene.meeting.id,
                    session_id=scene.session.id,
                    position=number,
                    collective=True,
                    verb="noted",
                    text=f"{number} " + "the need for more money and staff " * 6,
                    themes=[f"Theme {number % 30}"],
                )
            )
    with exact_queries(18):
        answer = desk.client.get(desk.notes)
    assert len(answer.data) < MAX_PAGE_BYTES / 2
    message = next(floors(desk.stream(desk.notes)))
    assert len(json.dumps(message)) < 20_000
