"""Every way in which Microsoft is known to refuse, or to be silent, for each thing that is asked of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from meetings import microsoft as application
from meetings.microsoft import NoAnswer
from meetings.outbox import GiveUp, Later
from meetings.settings import Settings
from meetings.teams import graph
from meetings.teams.rules import Wanted
from tests.fake_microsoft import CLIENT, ORGANISER, FakeMicrosoft
from tests.teams.conftest import configure

pytestmark = pytest.mark.sqlite_only("what Microsoft answers does not depend on the database")

WHAT = Wanted("Demonstration", "2027-07-22T08:00:00Z", "2027-07-22T11:00:00Z", "organization", "organization")


def create(settings: Settings) -> None:
    """Have an online meeting made."""
    graph.create_or_get(settings, "here/morning", WHAT)


def update(settings: Settings) -> None:
    """Have one changed."""
    graph.update(settings, graph.create_or_get(settings, "here/morning").id, WHAT)


def delete(settings: Settings) -> None:
    """Have one deleted."""
    graph.delete(settings, graph.create_or_get(settings, "here/morning").id)


CALLS: list[Callable[[Settings], None]] = [create, update, delete]


def said(code: str, message: str) -> dict[str, Any]:
    """An error as Graph words it."""
    return {"error": {"code": code, "message": message, "innerError": {"request-id": "1"}}}


POLICY = f'New-CsApplicationAccessPolicy -Identity Rostrum -AppIds "{CLIENT}"'
GRANT = f'Grant-CsApplicationAccessPolicy -PolicyName Rostrum -Identity "{ORGANISER}"'
NO_POLICY = "No application access policy found for this app."
NOT_FOR_USER = "Application is not allowed to perform operations on the user 'x', nor by RSC."
FORMERLY = "App x is not authorized to {} meeting on behalf of user y"
PRIVILEGES = "Insufficient privileges to complete the operation."
FORBIDDEN = "Forbidden"

REFUSALS: list[tuple[int, dict[str, Any], type[Exception], str]] = [
    (403, said(FORBIDDEN, NO_POLICY), GiveUp, POLICY),
    (403, said("General", NO_POLICY), GiveUp, GRANT),
    (403, said(FORBIDDEN, NOT_FOR_USER), GiveUp, POLICY),
    (403, said("Unauthorized", FORMERLY.format("Create")), GiveUp, POLICY),
    (403, said("Unauthorized", FORMERLY.format("Update")), GiveUp, POLICY),
    (401, said("Unauthorized", FORMERLY.format("Delete")), GiveUp, GRANT),
    (
        403,
        said(FORBIDDEN, PRIVILEGES),
        GiveUp,
        "OnlineMeetings.ReadWrite.All of Microsoft Graph and grant",
    ),
    (403, {}, GiveUp, "OnlineMeetings.ReadWrite.All"),
    (403, said(FORBIDDEN, ""), GiveUp, "see that the user of GRAPH_ORGANISER is no guest and has a Teams licence."),
    (400, said("BadRequest", "Subject is too long."), GiveUp, "Microsoft Graph refuses: Subject is too long."),
    (400, {}, GiveUp, "Microsoft Graph refuses: 400"),
    (405, said("MethodNotAllowed", ""), GiveUp, "Microsoft Graph refuses: MethodNotAllowed"),
    (408, {}, NoAnswer, "Microsoft Graph could not do it just now (408)."),
    (409, said("Conflict", "Being changed."), NoAnswer, "Microsoft Graph could not do it just now (409)."),
    (412, said("PreconditionFailed", "Changed meanwhile."), NoAnswer, "could not do it just now (412)."),
    (423, said("Locked", "Locked."), NoAnswer, "could not do it just now (423)."),
    (500, {}, NoAnswer, "Microsoft Graph does not work properly just now (500)."),
    (502, {}, NoAnswer, "does not work properly just now (502)."),
    (503, said("ServiceUnavailable", "Busy."), NoAnswer, "does not work properly just now (503)."),
    (504, {}, NoAnswer, "does not work properly just now (504)."),
    (302, {}, NoAnswer, "answered in a way that is not known (302)."),
    (429, said("TooManyRequests", "Wait."), Later, "asked to wait 30.0 s"),
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("status", "body", "kind", "sentence"), REFUSALS)
def test_what_graph_refuses_is_told_with_the_cure(
    app: Flask,
    microsoft: FakeMicrosoft,
    call: Callable[[Settings], None],
    status: int,
    body: dict[str, Any],
    kind: type[Exception],
    sentence: str,
) -> None:
    settings = app.config["SETTINGS"]
    with app.test_request_context(), pytest.raises(kind, match=re.escape(sentence)):
        refused(microsoft, call, settings, status, body)
    with app.test_request_context():
        call(settings)  # and once that is over, it works


def refused(
    microsoft: FakeMicrosoft,
    call: Callable[[Settings], None],
    settings: Settings,
    status: int,
    body: dict[str, Any] | None = None,
) -> None:
    """Make the call and have just this step of it refused: a change and a deletion have the meeting made first."""
    if call is create:
        microsoft.refuse(status, body)
        call(settings)
        return
    made = graph.create_or_get(settings, "here/morning")
    microsoft.refuse(status, body)
    if call is update:
        graph.update(settings, made.id, WHAT)
    else:
        graph.delete(settings, made.id)


@pytest.mark.parametrize("call", CALLS)
def test_a_token_that_has_expired_on_the_way_is_replaced_once(
    app: Flask, microsoft: FakeMicrosoft, call: Callable[[Settings], None]
) -> None:
    settings = app.config["SETTINGS"]
    with app.test_request_context():
        application.token(settings)
        microsoft.tokens.clear()
        call(settings)
        assert microsoft.token_requests == 2
        microsoft.refuse(401)
        microsoft.refuse(401)
        with pytest.raises(NoAnswer, match="did not accept the sign-in"):
            create(settings)


def test_what_is_gone_is_told_apart(app: Flask, microsoft: FakeMicrosoft) -> None:
    settings = app.config["SETTINGS"]
    with app.test_request_context():
        with pytest.raises(graph.Gone):
            graph.update(settings, "nothing", WHAT)
        graph.delete(settings, "nothing")
        configure(app, graph_organiser="nobody")
        with pytest.raises(GiveUp, match="Microsoft knows no user nobody with Teams"):
            create(app.config["SETTINGS"])


def test_an_id_with_signs_of_its_own_is_one_piece_of_the_address(app: Flask, microsoft: FakeMicrosoft) -> None:
    with app.test_request_context(), pytest.raises(graph.Gone):
        graph.update(app.config["SETTINGS"], "MSo1N=*0**19:meeting_x@thread.v2?x=y#z", WHAT)
    assert microsoft.times("PATCH") == 1


@pytest.mark.parametrize("answer", [{}, {"id": "1"}, {"joinWebUrl": "https://teams.example.org"}, {"id": "", "x": 1}])
def test_an_answer_without_a_link_is_none(app: Flask, microsoft: FakeMicrosoft, answer: dict[str, Any]) -> None:
    microsoft.refuse(201, answer)
    with app.test_request_context(), pytest.raises(NoAnswer, match="answered without a join link"):
        create(app.config["SETTINGS"])


def test_a_link_that_nobody_should_open_is_none(app: Flask, microsoft: FakeMicrosoft) -> None:
    microsoft.refuse(201, {"id": "1", "joinWebUrl": "javascript:alert(1)"})
    with app.test_request_context(), pytest.raises(NoAnswer, match="answered without a join link"):
        create(app.config["SETTINGS"])


@pytest.mark.parametrize("call", CALLS)
def test_silence_is_not_waited_for(
    app: Flask, microsoft: FakeMicrosoft, monkeypatch: pytest.MonkeyPatch, call: Callable[[Settings], None]
) -> None:
    settings = app.config["SETTINGS"]
    with app.test_request_context():
        application.token(settings)
        monkeypatch.setattr(application, "TIMEOUT_SECONDS", 0.05)
        microsoft.delay_seconds = 0.3
        with pytest.raises(NoAnswer, match=re.escape("Microsoft Graph did not answer in time.")):
            call(settings)


ENTRA: list[tuple[int, dict[str, Any], type[Exception], str]] = [
    (401, {"error": "invalid_client", "error_codes": [7000222]}, GiveUp, "The application's secret has expired."),
    (401, {"error": "invalid_client", "error_codes": [7000215]}, GiveUp, "does not accept the application's secret"),
    (400, {"error": "unauthorized_client", "error_codes": [700016]}, GiveUp, "There is no application"),
    (400, {"error": "invalid_request", "error_codes": [90002]}, GiveUp, "There is no tenant"),
    (400, {"error": "x", "error_description": "AADSTS1: Odd.\r\nTrace ID: 2"}, GiveUp, "application in: AADSTS1: Odd."),
    (400, {"error": "temporarily_unavailable"}, NoAnswer, "Microsoft Entra ID does not work properly"),
    (503, {}, NoAnswer, "Microsoft Entra ID does not work properly"),
]


@pytest.mark.parametrize(("status", "body", "kind", "sentence"), ENTRA)
def test_what_entra_id_refuses_is_told_with_the_cure(
    app: Flask, microsoft: FakeMicrosoft, status: int, body: dict[str, Any], kind: type[Exception], sentence: str
) -> None:
    microsoft.refuse_token(status, body)
    with app.test_request_context():
        with pytest.raises(kind, match=re.escape(sentence)):
            create(app.config["SETTINGS"])
        create(app.config["SETTINGS"])
