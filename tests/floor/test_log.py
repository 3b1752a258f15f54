"""The log of the floor: what happened, when, by whom, and what came of each request."""

import ast
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetings.database import transaction
from meetings.floor import commands, log_words, queries
from meetings.floor import rules as floor_rules
from meetings.journal import COMMAND_LINE, Actor, record
from meetings.models.floor import Turn
from meetings.settings import ROOT
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.floor.reading import opened
from tests.floor.scene import Scene
from tests.page_lint import text_of
from tests.signing_in import sign_in


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock: 10:00 in Geneva."""
    with transaction():
        factories.account("chair@example.org", "chair")  # the first account: the scene's chair
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def url(scene: Scene, client: Client) -> str:
    """The address of the log, for a chair who is signed in."""
    with transaction():
        account = factories.account("desk@example.org", "organiser", of=scene.meeting)
    sign_in(client, account)
    return f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}/log"


def read_log(scene: Scene) -> queries.FloorLog:
    head = queries.floor_head(scene.meeting.slug, scene.session.key, scene.now)
    assert head is not None
    return queries.floor_log(head, scene.now)


def rows(client: Client, url: str, table: int) -> list[list[str]]:
    """The cells of a table's rows, as they read."""
    body = list(client.page(url).elements("tbody"))[table]
    return [[text_of(cell) for cell in row if cell.tag in ("td", "th")] for row in body.iter("tr")]


def speak(scene: Scene) -> int:
    """Somebody asks, is called, is given the floor, pauses for ten seconds and speaks ten seconds too long."""
    request_id = scene.ask()
    scene.after(seconds=7).act(commands.call, request_id)
    scene.after(seconds=60).act(commands.give_floor, request_id)
    scene.after(seconds=30).act(commands.pause, request_id)
    scene.after(seconds=10).act(commands.resume, request_id)
    scene.after(seconds=100).act(commands.end, request_id)
    return request_id


def test_an_empty_floor_says_so(client: Client, url: str) -> None:
    text = opened(client, url)
    assert "Nobody has asked for the floor yet." in text
    assert "Nothing has happened on this floor yet." in text


def test_requests_of_a_meeting_file_have_no_lines_and_the_page_says_why(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        factories.floor_request(scene.session, status="spoken")
    text = opened(client, url)
    assert "These requests came with a meeting file" in text
    assert "Nothing has happened" not in text


def test_it_tells_what_happened_in_order_with_seconds_and_by_whom(scene: Scene, client: Client, url: str) -> None:
    request_id = speak(scene)
    person = scene.request(request_id).person
    assert person is not None
    name = f"Ms. {person.name}"
    told = rows(client, url, 1)
    assert [row[:4] for row in told] == [
        ["26 Nov 10:00:00", "Asked for the floor", name, "Participant"],
        ["26 Nov 10:00:07", "Called: told to be ready", name, "chair@example.org"],
        ["26 Nov 10:01:07", "Floor given", name, "chair@example.org"],
        ["26 Nov 10:01:37", "Clock paused", name, "chair@example.org"],
        ["26 Nov 10:01:47", "Clock resumed", name, "chair@example.org"],
        ["26 Nov 10:03:27", "Turn ended", name, "chair@example.org"],
    ]
    assert "Time given: 2:00" in told[2][4]
    assert "State: Called: speaks next → Speaking" in told[2][4]
    assert "Time used: 2:10" in told[5][4]


def test_it_says_what_came_of_each_request(scene: Scene, client: Client, url: str) -> None:
    waiting = scene.ask()
    spoken = speak(scene)
    heard, unheard = rows(client, url, 0)
    assert heard[2:] == [
        "Has spoken",
        "Asked: 10:00:00",
        "Called: 10:00:07",
        "Began: 10:01:07",
        "Paused: 0:10",
        "Ended: 10:03:27",
        "Given: 2:00",
        "Used: 2:10",
        "Over time: 0:10",
        "Given by: chair@example.org",
    ]
    assert unheard[2:] == ["Waiting, place 1", "Asked: 10:00:00", "", "", "", "", "", "", "", ""]
    assert [each.line.id for each in read_log(scene).records] == [spoken, waiting]


def test_it_can_be_asked_about_one_request(scene: Scene, client: Client, url: str) -> None:
    first, second = scene.ask(), speak(scene)
    assert len(rows(client, f"{url}?request={first}", 1)) == 1
    assert len(rows(client, f"{url}?request={second}", 1)) == 6
    assert len(rows(client, f"{url}?request={second}", 0)) == 1
    assert len(rows(client, f"{url}?request=999999", 1)) == 7
    assert len(rows(client, f"{url}?request=nonsense", 1)) == 7


def test_a_long_log_has_pages_of_a_hundred_lines(scene: Scene, client: Client, url: str) -> None:
    first = scene.ask()
    scene.ask()
    for place in [2, 1] * 60:
        scene.act(commands.move, first, place=place)
    assert [len(rows(client, f"{url}?page={page}", 1)) for page in (1, 2, 3, 0)] == [100, 22, 22, 100]
    assert "page 1 of 2" in opened(client, url)
    later = [link for link in client.page(url).elements("a") if link.get("rel") == "next"]
    assert [link.get("href") for link in later] == [f"{url}?page=2#log"]


def test_nothing_of_another_floor_or_of_the_programme_is_in_it(
    scene: Scene, new_scene: Callable[..., Scene], client: Client, url: str
) -> None:
    other = new_scene()
    other.ask()
    with transaction():
        record(actor=COMMAND_LINE, kind="session.moved", at=scene.now, target=f"session:{scene.session.id}")
    assert read_log(scene).lines == ()


def test_a_pause_in_which_the_turn_ended_and_one_that_lasts_are_counted(scene: Scene) -> None:
    ended, paused = scene.ask(), scene.ask()
    scene.act(commands.give_floor, ended)
    scene.after(seconds=20).act(commands.pause, ended)
    scene.after(seconds=15).act(commands.end, ended)
    scene.act(commands.give_floor, paused)
    scene.after(seconds=5).act(commands.pause, paused)
    scene.after(seconds=3)
    found = {each.line.id: (each.used_ms, each.paused_ms) for each in read_log(scene).records}
    assert found == {ended: (20_000, 15_000), paused: (5_000, 3_000)}


def test_turns_from_a_meeting_file_have_no_times_and_no_giver(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        request = factories.floor_request(scene.session, status="spoken", requested_at=None)
        times = {"cap_ms": 2_700_000, "spent_before_ms": 0, "granted_ms": 120_000, "used_ms": 90_000}
        request.turns.append(Turn(session_id=scene.session.id, started_at=None, ended_at=None, **times))
    [row] = rows(client, url, 0)
    assert row[3:7] == ["", "", "", ""]
    assert row[-1] == ""


def test_an_account_that_is_gone_and_the_command_line_are_named_so(scene: Scene) -> None:
    by = queries.By
    assert log_words.who_acted(by("account", None)) == "An account that is gone"
    assert log_words.who_acted(by("command line", None)) == "Command line"
    assert log_words.who_acted(by("account", "Desk")) == "Desk"
    with transaction():
        record(actor=COMMAND_LINE, kind="floor.set", at=scene.now, target=f"session:{scene.session.id}")
    assert [line.by for line in read_log(scene).lines] == [by("command line", None)]


def test_every_kind_of_line_that_a_command_writes_has_its_words() -> None:
    written = {f"floor.{act}" for act in floor_rules.Act if act is not floor_rules.Act.CLOSE}
    for file in sorted((ROOT / "meetings" / "floor" / "commands").glob("*.py")):
        written |= kinds_in(file)
    assert written - set(log_words.acts()) == set()
    assert set(log_words.acts()) - written == set()


def kinds_in(file: Path) -> set[str]:
    """The whole texts in a program that read like `floor.moved`."""
    texts = {node.value for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Constant)}
    return {each for each in texts if isinstance(each, str) and each.startswith("floor.") and len(each) > 6}


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("limit_ms", 120_000, 90_000, "Speaking limit: 2:00 → 1:30"),
        ("limits_ms", {}, {"states": 60_000}, "Speaking limits by category: – → States: 1:00"),
        ("topic", None, "السكن", "Topic: – → السكن"),
        ("language", "fr", "ar", "Language: Français → العربية"),
        ("place", 1, 2, "Place: 1 → 2"),
        ("priority", False, True, "Priority for dignitaries and joint statements: no → yes"),
    ],
)
def test_facts_are_said_in_words(scene: Scene, name: str, before: object, after: object, said: str) -> None:
    line = queries.LogLine(
        id=1,
        at=dt.datetime(2025, 11, 26, tzinfo=dt.UTC),
        kind="floor.set",
        by=queries.By("worker", None),
        request=None,
        before={name: before},
        after={name: after, "version": 7},
    )
    assert [str(fact) for fact in log_words.facts(line)] == [said]


def test_every_fact_that_commands_keep_has_its_name_and_its_words(scene: Scene) -> None:
    request_id = speak(scene)
    scene.act(commands.correct_used, request_id, used_ms=1000, reason="Pressed late")
    by = scene.participant()
    own: Any = {"registration_id": by.id, "actor": Actor.registration(by.id), "now": scene.now}
    waiting, guest = scene.ask(by), scene.add_speaker()
    commands.substitute(request_id=waiting, name="Demonstration Colleague", **own)
    commands.lower_place(request_id=waiting, place=1, to_end=True, **own)
    draft = commands.Draft(delivery="as_delivered", text="Good morning.", file_name=None, content=None)
    commands.file_statement(request_id=waiting, draft=draft, **own)
    commands.remove_statement(request_id=waiting, **own)
    scene.act(commands.set_dignitary, waiting, dignitary=True)
    scene.order("first_come", priority=True)
    scene.order("draw", seed="2025")
    scene.act(commands.move, waiting, place=2, reason="Balance")
    scene.undo()
    scene.act(commands.set_limit, limit_ms=90_000)
    scene.set(limits_ms={"states": 60_000}, asking_opens=dt.datetime.fromisoformat("2025-11-26T09:00"), max_requests=60)
    said = {str(fact) for line in read_log(scene).lines for fact in log_words.facts(line)}
    assert {each for each in said if set("_{[") & set(each)} == set()
    assert {
        "Reason: Pressed late",
        "A colleague speaks: yes",
        "Delivery: As delivered",
        "Dignitary: no → yes",
        f"Order, by the numbers of the requests: {guest}, {waiting} → {waiting}, {guest}",
        "Rule of the order: First come, first served → By lot",
        "Word of the draw: – → 2025",
        "Undone: Moved on the list",
        "Speaking limit: 2:00 → 1:30",
        "Requests are taken from: – → 2025-11-26 09:00",
    } - said == set()


def test_a_protected_person_is_marked(scene: Scene, client: Client, url: str) -> None:
    with transaction():
        person = factories.person(scene.meeting, protected=True)
    scene.ask(scene.participant(who=person))
    assert "Protected" in rows(client, url, 0)[0][1]


def test_the_page_takes_the_same_few_queries_however_much_happened(
    scene: Scene, client: Client, url: str, exact_queries: ExactQueries
) -> None:
    for _ in range(2):
        speak(scene)
        with exact_queries(
            9
        ):  # account, grants, the meeting's id twice (page, tabs); floor, requests, turns, log, names
            client.get(url)


def test_the_log_of_a_session_without_a_floor_is_no_page(scene: Scene, client: Client, url: str) -> None:
    assert client.get(url.replace(scene.session.key, "nowhere")).status_code == 404


def test_requests_come_in_pages_too_and_each_leads_to_its_page_and_statement(
    scene: Scene, client: Client, url: str
) -> None:
    with transaction():
        requests = [factories.floor_request(scene.session, requested_at=scene.now) for _ in range(103)]
        request = requests[-1]
        factories.statement(request, words=230)
    first, second = client.page(url), client.page(f"{url}?requests=2")
    rows_of = [
        [each for each in page.elements("a") if (each.get("id") or "").startswith("m")] for page in (first, second)
    ]
    assert [len(links) for links in rows_of] == [100, 3]
    assert rows_of[1][-1].get("href") == f"requests/{request.id}/"
    assert "103 requests, page 2 of 2" in text_of(next(second.elements("main")))
    statement = second.by_id(f"s{request.id}")
    assert statement is not None
    assert statement.get("href") == f"requests/{request.id}/statement"
    assert "place 103" in opened(client, f"{url}?requests=2")
