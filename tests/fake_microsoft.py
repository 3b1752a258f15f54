"""A stand-in for Microsoft Entra ID and Microsoft Graph: an HTTPS server of its own, with a certificate of its own.

It answers as the real ones are documented to, keeps the online meetings it has made, lets the person `user` sign in,
and can be told to fail:

    microsoft.refuse(404, {"error": {"code": "ResourceNotFound"}})    # Graph's next answer
    microsoft.refuse_token(503)                                       # Entra ID's next answer
    microsoft.refuse_person("access_denied", "AADSTS65004: …")        # what comes back from Entra ID's page
"""

import base64
import hashlib
import ssl
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jwt
import trustme
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.live import free_port

TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
SECRET = "the-secret"
ORGANISER = "99999999-8888-7777-6666-555555555555"
PERSON = "33333333-4444-5555-6666-777777777777"
PERMISSION = "OnlineMeetings.ReadWrite.All"
LOBBIES = {
    "organizer",
    "organization",
    "organizationAndFederated",
    "everyone",
    "invited",
    "organizationExcludingGuests",
}
PRESENTERS = {"everyone", "organization", "roleIsPresenter", "organizer"}

Failure = tuple[int, dict[str, Any], dict[str, str]]


@cache
def signing_key() -> rsa.RSAPrivateKey:
    """What Entra ID signs its tokens with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def somebody() -> dict[str, Any]:
    """The person who signs in, as their token describes them, unless a test says otherwise."""
    return {"oid": PERSON, "name": "Demonstration Organizer", "preferred_username": "Desk@Example.org", "roles": []}


@dataclass
class FakeMicrosoft:
    """What the stand-in knows and has been asked."""

    base: str
    ca_file: Path
    meetings: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # by user and external id
    tokens: set[str] = field(default_factory=set)
    permissions: list[str] = field(default_factory=lambda: [PERMISSION])
    token_requests: int = 0
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # of Graph: the method and the body
    graph_failures: deque[Failure] = field(default_factory=deque)
    token_failures: deque[Failure] = field(default_factory=deque)
    delay_seconds: float = 0.0
    user: dict[str, Any] = field(default_factory=somebody)
    changed_claims: dict[str, Any] = field(default_factory=dict)  # what the next identity tokens say instead
    refusals: deque[tuple[str, str]] = field(default_factory=deque)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    redirect_addresses: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that lead here, with the right credentials."""
        return {
            "graph_tenant": TENANT,
            "graph_client_id": CLIENT,
            "graph_client_secret": SECRET,
            "graph_organiser": ORGANISER,
            "graph_url": f"{self.base}/v1.0",
            "graph_authority": self.base,
            "graph_ca_file": self.ca_file,
        }

    @property
    def graph_requests(self) -> int:
        """How often Graph was asked anything."""
        return len(self.asked)

    def times(self, method: str) -> int:
        """How often Graph was asked by this method."""
        return [each for each, _body in self.asked].count(method)

    def reset(self) -> None:
        """Forget everything, as before the first test."""
        fresh = FakeMicrosoft(self.base, self.ca_file)
        fresh.redirect_addresses = self.redirect_addresses
        self.__dict__.update(fresh.__dict__)

    def refuse(self, status: int, body: dict[str, Any] | None = None, **headers: str) -> None:
        """Let Graph's next answer be this; headers with underscores for hyphens."""
        self.graph_failures.append((status, body or {}, {k.replace("_", "-"): v for k, v in headers.items()}))

    def refuse_token(self, status: int, body: dict[str, Any] | None = None) -> None:
        """Let Entra ID's next answer to a request for a token be this."""
        self.token_failures.append((status, body or {}, {}))

    def refuse_person(self, error: str, description: str) -> None:
        """Let the next person come back from Entra ID's page with this error."""
        self.refusals.append((error, description))

    # Entra ID

    def configuration(self, tenant: str) -> ResponseReturnValue:
        """Where a tenant signs in; refused for others, as Entra ID does."""
        if tenant != TENANT:
            return jsonify(error="invalid_tenant", error_description="AADSTS90002: no such tenant"), 400
        at = f"{self.base}/{tenant}"
        return jsonify(
            issuer=f"{at}/v2.0",
            authorization_endpoint=f"{at}/oauth2/v2.0/authorize",
            token_endpoint=f"{at}/oauth2/v2.0/token",
        )

    def authorize(self, tenant: str) -> ResponseReturnValue:
        """The page on which a person signs in: they do so at once. What is wrong with the request is shown there."""
        asked = request.args.to_dict()
        right = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
        wrong = [name for name, value in right.items() if asked.get(name) != value]
        if tenant != TENANT or wrong or asked["redirect_uri"] not in self.redirect_addresses:
            return f"AADSTS50011: not as registered: {wrong} {asked.get('redirect_uri')}", 400
        if "openid" not in asked["scope"].split() or asked.get("response_mode", "query") != "query":
            return "AADSTS900144: the request is not one for an identity token in the query", 400
        if self.refusals:
            error, description = self.refusals.popleft()
            back = {"error": error, "error_description": description}
        else:
            back = {"code": uuid.uuid4().hex, "session_state": uuid.uuid4().hex}
            self.codes[back["code"]] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode(back | {'state': asked['state']})}")

    def token(self, tenant: str) -> ResponseReturnValue:
        """A token for the application, by its id and secret, or for a person, by the code as well."""
        self.token_requests += 1
        if self.token_failures:
            status, body, headers = self.token_failures.popleft()
            return jsonify(body), status, headers
        if request.form["client_id"] != CLIENT:
            return _entra_error(400, "unauthorized_client", 700016, "Application was not found in the directory.")
        if request.form["client_secret"] != SECRET:
            return _entra_error(401, "invalid_client", 7000215, "Invalid client secret provided.")
        if request.form["grant_type"] == "authorization_code":
            return self._token_of_person()
        made = _signed({"aud": "https://graph.microsoft.com", "roles": self.permissions, "jti": uuid.uuid4().hex})
        self.tokens.add(made)
        return jsonify(token_type="Bearer", expires_in=3599, access_token=made)

    def _token_of_person(self) -> ResponseReturnValue:
        asked = self.codes.pop(request.form["code"], None)
        if asked is None:
            return _entra_error(400, "invalid_grant", 54005, "OAuth2 Authorization code was already redeemed.")
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return _entra_error(400, "invalid_grant", 50148, "The code_verifier does not match the code_challenge.")
        if request.form["redirect_uri"] != asked["redirect_uri"]:
            return _entra_error(400, "invalid_grant", 500112, "The reply address does not match.")
        present = int(time.time())
        claims = {
            "aud": CLIENT,
            "iss": f"{self.base}/{TENANT}/v2.0",
            "tid": TENANT,
            "sub": "pairwise",
            "ver": "2.0",
            "nonce": asked["nonce"],
            "iat": present,
            "nbf": present,
            "exp": present + 3600,
        }
        told = {name: value for name, value in (claims | self.user | self.changed_claims).items() if value is not None}
        return jsonify(token_type="Bearer", expires_in=3600, access_token=uuid.uuid4().hex, id_token=_signed(told))

    # Graph

    def graph(self, user: str, rest: str) -> ResponseReturnValue:
        """Everything that is asked about a user's online meetings."""
        body: dict[str, Any] = request.get_json(silent=True) or {}
        with self.lock:
            self.asked.append((request.method, body))
            failure = self.graph_failures.popleft() if self.graph_failures else None
        time.sleep(self.delay_seconds)  # whoever is slow has taken its own answer, not the next one's
        if failure:
            status, answer, headers = failure
            return jsonify(answer), status, headers
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _graph_error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")
        if PERMISSION not in self.permissions:
            return _graph_error(403, "Forbidden", "Insufficient privileges to complete the operation.")
        if user != ORGANISER:
            return _graph_error(404, "ResourceNotFound", "User not found.")
        with self.lock:
            return self._answer(user, rest, body)

    def _answer(self, user: str, rest: str, body: dict[str, Any]) -> ResponseReturnValue:
        if request.method == "GET" and not rest:
            return jsonify(value=[])
        if request.method == "POST" and rest == "createOrGet":
            return self._create_or_get(user, body)
        key = next((key for key, each in self.meetings.items() if key[0] == user and each["id"] == rest), None)
        if key is None:
            return _graph_error(404, "NotFound", "The meeting is not found.")
        if request.method == "DELETE":
            del self.meetings[key]
            return "", 204
        if ("startDateTime" in body) != ("endDateTime" in body):
            return _graph_error(400, "BadRequest", "Both start and end have to be given.")
        if body["lobbyBypassSettings"]["scope"] not in LOBBIES or body["allowedPresenters"] not in PRESENTERS:
            return _graph_error(400, "BadRequest", "Invalid value.")
        self.meetings[key].update(body)
        return jsonify(self.meetings[key])

    def _create_or_get(self, user: str, body: dict[str, Any]) -> ResponseReturnValue:
        """The user's online meeting of that external id: 201 when new, 200 when known, whose details stay."""
        if beyond := set(body) - {"externalId", "subject", "startDateTime", "endDateTime", "participants"}:
            return _graph_error(400, "BadRequest", f"Not known here: {beyond}")
        known = (user, body["externalId"]) in self.meetings
        if not known:
            number = uuid.uuid4().hex
            link = f"https://teams.microsoft.com/l/meetup-join/{number}"
            self.meetings[user, body["externalId"]] = {**body, "id": number, "joinWebUrl": link}
        return jsonify(self.meetings[user, body["externalId"]]), 200 if known else 201


def _signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, signing_key(), algorithm="RS256", headers={"kid": "of the stand-in"})


def _graph_error(status: int, code: str, message: str) -> ResponseReturnValue:
    return jsonify(error={"code": code, "message": message}), status


def _entra_error(status: int, error: str, code: int, text: str) -> ResponseReturnValue:
    description = f"AADSTS{code}: {text}\r\nTrace ID: 1\r\nCorrelation ID: 2"
    return jsonify(error=error, error_description=description, error_codes=[code]), status


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing of each request."""


@contextmanager
def fake_microsoft(folder: Path) -> Iterator[FakeMicrosoft]:
    """The stand-in, listening until the block ends; its certificate authority is written into the folder."""
    fake, listening = stand_in(folder)
    with listening():
        yield fake


def stand_in(folder: Path) -> tuple[FakeMicrosoft, Callable[[], AbstractContextManager[None]]]:
    """The stand-in, which nobody reaches yet, and what has it listen until a block ends: on the same port each time."""
    authority = trustme.CA()
    ca_file = folder / "microsoft-ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    app = Flask("fake microsoft")
    port = free_port()
    fake = FakeMicrosoft(f"https://localhost:{port}", ca_file)
    app.add_url_rule("/<tenant>/v2.0/.well-known/openid-configuration", view_func=fake.configuration)
    app.add_url_rule("/<tenant>/oauth2/v2.0/authorize", view_func=fake.authorize)
    app.add_url_rule("/<tenant>/oauth2/v2.0/token", view_func=fake.token, methods=["POST"])
    online_meetings = "/v1.0/users/<user>/onlineMeetings"
    methods = ["GET", "POST", "PATCH", "DELETE"]
    app.add_url_rule(online_meetings, "all", fake.graph, methods=methods, defaults={"rest": ""})
    app.add_url_rule(f"{online_meetings}/<rest>", "one", fake.graph, methods=methods)

    @contextmanager
    def listening() -> Iterator[None]:
        server = make_server("127.0.0.1", port, app, threaded=True, ssl_context=context, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    return fake, listening
