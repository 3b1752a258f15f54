import datetime as dt
from collections import defaultdict

import pytest
from flask import Flask
from flask_babel import force_locale, get_locale

from meetings.database import db, transaction
from meetings.floor import commands, documents, words
from meetings.floor.queries import meeting_records
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.exports.workbooks import opened, rows, table, xml
from tests.floor.history import meeting_with_floor, request, speaker
from tests.floor.scene import NOON, Scene, make_scene
from tests.signing_in import sign_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(client: Client, address: str) -> bytes:
    """A workbook, as a browser gets it."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, XLSX)
    assert answer.headers["Cache-Control"] == "no-store"
    return bytes(answer.data)


@pytest.fixture
def scene(app: Flask, client: Client) -> Scene:
    """A floor that was played for some minutes, and its chair in the browser."""
    found = make_scene()
    with transaction():
        account = factories.account("chair@example.org", "chair", of=found.meeting)
    sign_in(client, account)
    return found


def speak(scene: Scene, request_id: int, seconds: float) -> None:
    """Give the floor to one, for so long."""
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=seconds).act(commands.end, request_id)


def test_the_speakers_come_with_what_was_asked_and_what_was_given(scene: Scene, client: Client) -> None:
    first = scene.ask(language="fr", topic="=SUM(A1)", on_behalf_of="Three cities", capacity="joint")
    second, third = scene.ask(), scene.ask()
    speak(scene.after(minutes=1), first, 125.5)
    content = download(client, f"/meetings/{scene.meeting.slug}/floor/speakers.xlsx")
    heard, waits, last = table(content, opened(content).sheetnames[1])
    assert heard["Speaker"].startswith("Ms. Demonstration Participant ")
    assert (heard["Heard"], heard["Place"], heard["State"]) == (1, None, "Has spoken")
    asked = heard["Language"], heard["Topic"], heard["Capacity"], heard["On behalf of"]
    assert asked == ("French", "=SUM(A1)", "Joint statement", "Three cities")
    assert (heard["Given"], heard["Used"]) == (dt.timedelta(minutes=2), dt.timedelta(seconds=125.5))
    assert heard["Asked"] == dt.datetime(2025, 11, 26, 12, 0)  # noqa: DTZ001  # wall clock in Geneva
    assert heard["Began"] == dt.datetime(2025, 11, 26, 12, 1)  # noqa: DTZ001
    assert [(line["Heard"], line["Place"]) for line in (waits, last)] == [(None, 1), (None, 2)]
    assert (scene.waiting(), waits["Statement"]) == ([second, third], "no")


def test_the_time_given_is_what_earlier_turns_used_and_the_last_grant(scene: Scene, client: Client) -> None:
    request_id = scene.ask()
    scene.act(commands.give_floor, request_id)
    scene.after(seconds=50).act(commands.end, request_id)
    scene.undo()  # they go on, with the 1:10 that they still had
    scene.after(seconds=30).act(commands.end, request_id)
    content = download(client, f"/meetings/{scene.meeting.slug}/floor/speakers.xlsx")
    (line,) = table(content, opened(content).sheetnames[1])
    assert (line["Given"], line["Used"]) == (dt.timedelta(minutes=2), dt.timedelta(seconds=80))
    log = download(client, f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/log.xlsx")
    assert table(log, "Requests")[0]["Given"] == dt.timedelta(minutes=2)


def test_who_speaks_is_no_intervention_of_the_workbook_yet(scene: Scene, client: Client) -> None:
    first, second = scene.ask(), scene.ask()
    speak(scene, first, 75)
    scene.act(commands.give_floor, second)
    content = download(client, f"/meetings/{scene.meeting.slug}/floor/speakers.xlsx")
    heard, speaks = table(content, opened(content).sheetnames[1])
    assert (heard["Heard"], speaks["Heard"], speaks["State"], speaks["Used"]) == (1, None, "Speaking", None)
    assert ["All interventions", 1, dt.timedelta(seconds=75)] in rows(content, "Totals")


def test_a_statement_is_told_by_its_words_and_its_delivery(scene: Scene, client: Client) -> None:
    asked = scene.request(scene.ask())
    with transaction():
        factories.statement(asked, words=230, delivery="check_against_delivery")
    content = download(client, f"/meetings/{scene.meeting.slug}/floor/speakers.xlsx")
    (line,) = table(content, opened(content).sheetnames[1])
    assert [line[each] for each in ("Statement", "Words", "Delivery")] == ["yes", 230, "Check against delivery"]


def test_a_protected_person_is_in_no_workbook_but_counts(scene: Scene, client: Client) -> None:
    with transaction():
        body = factories.organisation(scene.meeting, name="Unmistakable Organization", country="IS")
        person = factories.person(scene.meeting, family="Unmistakable", protected=True, organisation_id=body.id)
        registration = factories.registration(scene.meeting, person)
    speak(scene, scene.ask(registration, topic="Unmistakable topic", on_behalf_of="Unmistakable cities"), 60)
    slug, key = scene.meeting.slug, scene.session.key
    speakers = download(client, f"/meetings/{slug}/floor/speakers.xlsx")
    log = download(client, f"/meetings/{slug}/floor/{key}/log.xlsx")
    for content in (speakers, log):
        assert "Unmistakable" not in xml(content)
        assert "Iceland" not in xml(content)
    (line,) = table(speakers, opened(speakers).sheetnames[1])
    assert (line["Speaker"], line["Used"]) == ("A participant", dt.timedelta(minutes=1))
    assert (line["Category"], line["Organization"]) == ("Local and regional governments", None)
    assert ["Local and regional governments", 1, dt.timedelta(minutes=1)] in rows(speakers, "Totals")
    assert {happened["Whose request"] for happened in table(log, "Log")} == {"A participant"}


@pytest.mark.parametrize(
    ("code", "name"), [("pt-BR", "Portuguese (Brazil)"), ("xx-unknown", "xx-unknown"), (None, None)]
)
def test_languages_are_named_in_english(app: Flask, code: str | None, name: str | None) -> None:
    session = meeting_with_floor()
    request(session, minutes=1, language=code)
    content = speakers_of(session.meeting.slug)
    assert table(content, opened(content).sheetnames[1])[0]["Language"] == name


def test_a_substitute_is_told_with_whose_place_they_took(app: Flask) -> None:
    session = meeting_with_floor()
    request(session, speaker(session, given="Ana", family="Demonstration"), 1, substitute="Demonstration Colleague")
    assert "Demonstration Colleague (in the place of Ms. Ana Demonstration)" in xml(speakers_of(session.meeting.slug))


def test_interventions_without_a_floor_and_without_a_person_are_told(app: Flask) -> None:
    with transaction():
        meeting = factories.meeting()
        session = factories.session(meeting, label="Session 1", title="Cities", date=None, start=None, end=None)
        factories.session(meeting, title="Nobody asked")
    with transaction():
        body = factories.organisation(meeting, name="Demonstration Agency", category=None)
        factories.floor_request(session, status="spoken", organisation_id=body.id, requested_at=None)
    content = speakers_of(meeting.slug)
    assert opened(content).sheetnames == ["Totals", "1 Session 1 Cities"]
    (line,) = table(content, "1 Session 1 Cities")
    assert {key: value for key, value in line.items() if value is not None} == {
        "Heard": 1, "Organization": "Demonstration Agency", "Capacity": "For the organization", "State": "Has spoken",
        "Statement": "no",
    }  # fmt: skip
    assert ["Not known", 1] in rows(content, "Totals")


def speakers_of(slug: str) -> bytes:
    """The speakers of a meeting, as the command line writes them."""
    records = meeting_records(slug)
    assert records is not None
    return documents.speakers_xlsx(records, made=NOON)


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_speakers_take_as_many_queries_for_three_sessions_as_for_one(
    app: Flask, exact_queries: ExactQueries, sessions: int
) -> None:
    first = meeting_with_floor()
    meeting, slug = first.meeting, first.meeting.slug
    with transaction():
        more = [factories.session(meeting) for _ in range(sessions - 1)]
    for session in (first, *more):
        request(session, minutes=1)
        request(session, status="requested")
    db.session.remove()
    with exact_queries(4):  # the meeting, its sessions, requests, turns
        speakers_of(slug)


def test_the_log_says_who_did_what_and_when(scene: Scene, client: Client, clock: Clock) -> None:
    clock.set(NOON + dt.timedelta(minutes=10))
    first = scene.ask()
    scene.after(minutes=1).act(commands.call, first)
    speak(scene.after(seconds=30), first, 130)
    answer = client.get(f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/log.xlsx")
    assert f'filename="{scene.meeting.slug}-{scene.session.key}-log.xlsx"' in answer.headers["Content-Disposition"]
    record, total = table(answer.data, "Requests")
    assert (record["Given"], record["Used"], record["Over time"]) == (
        dt.timedelta(minutes=2), dt.timedelta(seconds=130), dt.timedelta(seconds=10),
    )  # fmt: skip
    assert record["Number"] == first
    assert record["Called"] == dt.datetime(2025, 11, 26, 12, 1)  # noqa: DTZ001  # wall clock in Geneva
    assert total["Used"] == dt.timedelta(seconds=130)
    assert [line["What"] for line in table(answer.data, "Log")] == [
        "Asked for the floor", "Called: told to be ready", "Floor given", "Turn ended",
    ]  # fmt: skip
    assert "Time given: 2:00" in table(answer.data, "Log")[2]["Facts"]


def test_workbooks_are_in_english_whatever_the_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    session = meeting_with_floor()
    request(session, minutes=1)
    monkeypatch.setattr(words, "statuses", lambda: defaultdict(lambda: str(get_locale())))
    with app.test_request_context(), force_locale("ar"):
        content = speakers_of(session.meeting.slug)
    assert table(content, opened(content).sheetnames[1])[0]["State"] == "en"


def test_what_is_not_there_has_no_workbook(scene: Scene, client: Client) -> None:
    assert client.get(f"/meetings/{scene.meeting.slug}/floor/nothing/log.xlsx").status_code == 404
