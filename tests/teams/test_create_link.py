"""A Teams link for a sitting: asked for, made through the outbox, or not made for a reason that says the cure."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database, outbox
from meetings import microsoft as microsoft_application
from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event, Job
from meetings.refusals import Refused
from meetings.teams import commands, graph, jobs, queries
from meetings.worker import make_worker
from tests.conftest import Clock
from tests.fake_microsoft import CLIENT, ORGANISER, TENANT, FakeMicrosoft
from tests.teams.conftest import configure, work

ME = Actor("account:1")


def ask() -> None:
    """Press the button."""
    commands.create_link(slug="here", key="morning", actor=ME, now=database.now())


def job() -> Job:
    """The job that makes the link."""
    return db.session.scalars(sa.select(Job).where(Job.kind == queries.CREATE)).one()


def payload() -> dict[str, Any]:
    """What the job knows."""
    return dict(job().payload)


def test_the_link_is_made_through_the_outbox(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    version = db.session.scalars(sa.select(Meeting.version)).one()
    ask()
    assert (sitting.teams_state, sitting.join_url) == ("asked", None)
    assert microsoft.graph_requests == 0
    work(app)
    (made,) = microsoft.meetings.values()
    assert (sitting.teams_state, sitting.teams_error) == ("made", None)
    assert (sitting.join_url, sitting.teams_id) == (made["joinWebUrl"], made["id"])
    assert made["startDateTime"] == "2025-11-26T08:00:00Z"
    assert made["endDateTime"] == "2025-11-26T10:00:00Z"
    assert made["subject"].startswith("Les collectivités et les droits de l’homme, 2025-11-26 09:00")
    assert job().state == "done"
    assert db.session.scalars(sa.select(Meeting.version)).one() == version + 2
    events = db.session.execute(sa.select(Event.kind, Event.actor, Event.target).order_by(Event.id)).all()
    assert [tuple(event) for event in events] == [
        ("sitting.teams_asked", "account:1", f"sitting:{sitting.id}"),
        ("sitting.teams_made", "worker", f"sitting:{sitting.id}"),
        ("sitting.teams_told", "worker", f"sitting:{sitting.id}"),
    ]
    assert made["lobbyBypassSettings"] == {"scope": "organization", "isDialInBypassEnabled": False}
    assert (made["allowedPresenters"], made["recordAutomatically"]) == ("organization", False)


def test_a_job_that_is_done_twice_makes_one_online_meeting(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting
) -> None:
    ask()
    sitting_id = sitting.id
    known = queries.online_sitting(sitting_id)
    assert known is not None
    # A worker that died before it could write this down:
    graph.create_or_get(app.config["SETTINGS"], known.external_id, known.what)
    work(app)
    assert len(microsoft.meetings) == 1
    assert [method for method, _body in microsoft.asked] == ["POST", "POST", "PATCH"]
    link = sitting.join_url
    with app.test_request_context():
        jobs.create_link(payload())
        jobs.update(payload())
    assert microsoft.graph_requests == 3  # nothing is asked for any more
    assert db.session.get_one(Sitting, sitting_id).join_url == link


def test_pressing_twice_asks_once(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    ask()
    ask()
    assert job().state == "queued"
    work(app)
    with pytest.raises(Refused, match="has a join link already"):
        ask()


def test_pressing_at_once_asks_once(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    db.session.rollback()
    barrier = threading.Barrier(5)

    def press() -> None:
        with app.app_context():
            barrier.wait()
            ask()

    threads = [threading.Thread(target=press) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert job().state == "queued"


def test_one_sign_in_serves_many_links(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    for _ in range(3):
        microsoft_application.token(app.config["SETTINGS"])
    assert microsoft.token_requests == 1


FORBIDDEN_POLICY = {"error": {"code": "Forbidden", "message": "No application access policy found for this app."}}
FORMERLY = {
    "error": {"code": "Unauthorized", "message": "App x is not authorized to Create meeting on behalf of user y"}
}
FORBIDDEN = {"error": {"code": "Forbidden", "message": "Insufficient privileges to complete the operation."}}
TOO_LONG = {"error": {"code": "BadRequest", "message": "Subject is too long."}}

FINAL_FAILURES: list[tuple[dict[str, Any], tuple[int, dict[str, Any]] | None, str]] = [
    ({"graph_client_secret": "wrong"}, None, "GRAPH_CLIENT_SECRET"),
    ({"graph_client_id": "unknown"}, None, "There is no application unknown in the tenant. Compare GRAPH_CLIENT_ID"),
    ({"graph_tenant": "elsewhere"}, None, "There is no tenant elsewhere. Compare GRAPH_TENANT"),
    ({"graph_organiser": "nobody"}, None, "Microsoft knows no user nobody with Teams. GRAPH_ORGANISER"),
    ({"graph_organiser": "a/../b"}, None, "Microsoft knows no user a/../b with Teams"),
    ({"graph_ca_file": None}, None, "GRAPH_CA_FILE"),
    ({}, (403, FORBIDDEN_POLICY), f'New-CsApplicationAccessPolicy -Identity Rostrum -AppIds "{CLIENT}"'),
    ({}, (403, FORBIDDEN_POLICY), f'Grant-CsApplicationAccessPolicy -PolicyName Rostrum -Identity "{ORGANISER}"'),
    ({}, (401, FORMERLY), "New-CsApplicationAccessPolicy"),
    ({}, (403, FORBIDDEN), "OnlineMeetings.ReadWrite.All"),
    ({}, (400, TOO_LONG), "Microsoft Graph refuses: Subject is too long."),
    ({}, (400, {}), "Microsoft Graph refuses: 400"),
]


@pytest.mark.parametrize(("settings", "answer", "sentence"), FINAL_FAILURES)
def test_what_only_a_person_can_mend_is_told_with_the_cure(
    app: Flask,
    microsoft: FakeMicrosoft,
    sitting: Sitting,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, Any],
    answer: tuple[int, dict[str, Any]] | None,
    sentence: str,
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    configure(app, **settings)
    if answer is not None:
        microsoft.refuse(*answer)
    ask()
    work(app)
    assert sitting.teams_state == "failed"
    assert sentence in str(sitting.teams_error)
    assert job().state == "dead"
    assert db.session.scalars(sa.select(Event.kind).order_by(Event.id.desc())).first() == "sitting.teams_failed"
    configure(app, **microsoft.settings)  # the cure, then the button again
    ask()
    assert (sitting.teams_state, sitting.teams_error) == ("asked", None)
    work(app)
    assert sitting.teams_state == "made"


def test_another_refusal_of_the_sign_in_is_passed_on(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    text = "AADSTS53003: Access has been blocked by Conditional Access policies.\r\nTrace ID: 1"
    microsoft.refuse_token(400, {"error": "access_denied", "error_description": text, "error_codes": [53003]})
    ask()
    work(app)
    assert str(sitting.teams_error).endswith("blocked by Conditional Access policies.")


def test_a_wrong_certificate_setting_of_the_machine_does_no_harm(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    ask()
    work(app)
    assert sitting.teams_state == "made"


PASSING: list[tuple[str, int, str]] = [
    ("graph", 500, "Microsoft Graph does not work properly just now (500)."),
    ("graph", 503, "Microsoft Graph does not work properly just now (503)."),
    ("graph", 401, "Microsoft Graph did not accept the sign-in of the application."),
    ("graph", 200, "Microsoft Graph answered without a join link."),
    ("token", 503, "Microsoft Entra ID does not work properly just now."),
]


@pytest.mark.parametrize(("where", "status", "sentence"), PASSING)
def test_what_may_pass_is_tried_again(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, clock: Clock, where: str, status: int, sentence: str
) -> None:
    for _ in range(2 if status == 401 else 1):  # a token that has expired is no trouble: a new one is tried at once
        (microsoft.refuse if where == "graph" else microsoft.refuse_token)(status)
    ask()
    work(app)
    assert (sitting.teams_state, sitting.teams_error) == ("asked", sentence)
    assert job().state == "queued"
    clock.advance(hours=1)
    work(app)
    assert (sitting.teams_state, sitting.teams_error) == ("made", None)


def test_an_entra_id_that_says_so_is_tried_again(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    microsoft.refuse_token(400, {"error": "temporarily_unavailable", "error_description": "Try later."})
    ask()
    work(app)
    assert (sitting.teams_state, job().state) == ("asked", "queued")


def test_silence_is_not_waited_for_long(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    microsoft_application.token(app.config["SETTINGS"])
    monkeypatch.setattr(microsoft_application, "TIMEOUT_SECONDS", 0.2)
    microsoft.delay_seconds = 0.6
    ask()
    work(app)
    assert sitting.teams_error == "Microsoft Graph did not answer in time."
    assert job().state == "queued"


def test_a_service_that_is_away_is_tried_again(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    microsoft_application.token(app.config["SETTINGS"])
    configure(app, graph_url="https://localhost:9/v1.0")
    ask()
    work(app)
    assert sitting.teams_error == "Microsoft Graph could not be reached."
    configure(app, graph_authority="https://localhost:9")
    with pytest.raises(microsoft_application.NoAnswer, match="Entra ID could not be reached"):
        microsoft_application.token(app.config["SETTINGS"])


@pytest.mark.sqlite_only("what is read from the answer does not depend on the database")
@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("2.128", 2.128),
        ("120", 120),
        ("0", 1),
        ("999999", 3600),
        ("Wed, 26 Nov 2025 09:01:30 GMT", 90),
        ("Wed, 26 Nov 2025 08:00:00 GMT", 1),
        ("soon", 30),
        (None, 30),
    ],
)
def test_a_throttled_service_is_left_alone_for_as_long_as_it_asks(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, clock: Clock, retry_after: str | None, seconds: float
) -> None:
    microsoft.refuse(
        429, {"error": {"code": "TooManyRequests"}}, **({"Retry_After": retry_after} if retry_after else {})
    )
    ask()
    with app.test_request_context(), pytest.raises(outbox.Later) as wait:
        jobs.create_link(payload())
    assert wait.value.seconds == pytest.approx(seconds)


def test_throttling_costs_no_attempt(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, clock: Clock) -> None:
    microsoft.refuse(429, Retry_After="120")
    ask()
    work(app)
    assert (job().state, job().attempts) == ("queued", 0)
    clock.advance(seconds=119)
    assert not make_worker(app, "test").run_once()
    clock.advance(seconds=2)
    work(app)
    assert sitting.teams_state == "made"


def test_what_never_works_is_told_without_the_program_s_words(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, clock: Clock
) -> None:
    ask()
    for _ in range(outbox.MAX_ATTEMPTS):
        microsoft.refuse(500)
        clock.advance(hours=2)
        work(app)
    assert sitting.teams_state == "failed"
    assert sitting.teams_error == "Microsoft Graph does not work properly just now (500)."


def test_a_link_pasted_meanwhile_is_kept(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    ask()
    link = "https://zoom.example.org/j/1"
    commands.paste_link(slug="here", key="morning", url=link, actor=ME, now=database.now())
    work(app)
    assert (sitting.join_url, sitting.teams_state) == (link, None)
    assert microsoft.graph_requests == 0
    meeting_id = sitting.meeting_id
    commands.note_trouble(
        meeting_id=meeting_id, sitting_id=sitting.id, reason="late", given_up=True, now=database.now()
    )
    assert (sitting.join_url, sitting.teams_state, sitting.teams_error) == (link, None, None)


def test_a_sitting_removed_meanwhile_is_no_failure(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    ask()
    with transaction() as session:
        session.delete(session.get_one(Sitting, sitting.id))
    work(app)
    assert job().state == "done"
    commands.note_trouble(meeting_id=1, sitting_id=999, reason="late", given_up=True, now=database.now())


@pytest.mark.parametrize("missing", ["graph_tenant", "graph_client_id", "graph_client_secret", "graph_organiser"])
def test_without_credentials_nothing_is_asked(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, missing: str
) -> None:
    configure(app, **{missing: None})
    with pytest.raises(Refused, match="Paste a link"):
        ask()
    assert sitting.teams_state is None


def test_a_sitting_that_is_gone_is_refused(app: Flask, microsoft: FakeMicrosoft, sitting: Sitting) -> None:
    for slug, key in (("here", "evening"), ("elsewhere", "morning")):
        with pytest.raises(Refused, match="not there any more"):
            commands.create_link(slug=slug, key=key, actor=ME, now=database.now())


def test_the_right_tenant_is_asked(app: Flask, microsoft: FakeMicrosoft) -> None:
    assert microsoft_application.token(app.config["SETTINGS"]) in microsoft.tokens
    assert TENANT in app.config["SETTINGS"].graph_tenant
