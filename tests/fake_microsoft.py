"""A stand-in for Microsoft Entra ID and Microsoft Graph: an HTTPS server of its own, with a certificate of its own.

It answers as the real ones are documented to, keeps the online meetings it has made, and can be told to fail:

    microsoft.refuse(404, {"error": {"code": "ResourceNotFound"}})    # Graph's next answer
    microsoft.refuse_token(503)                                       # Entra ID's next answer
"""

import ssl
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import WSGIRequestHandler, make_server

TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
SECRET = "the-secret"
ORGANISER = "99999999-8888-7777-6666-555555555555"

Failure = tuple[int, dict[str, Any], dict[str, str]]


@dataclass
class FakeMicrosoft:
    """What the stand-in knows and has been asked."""

    base: str
    ca_file: Path
    meetings: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)  # by user and external id
    tokens: set[str] = field(default_factory=set)
    token_requests: int = 0
    graph_requests: int = 0
    graph_failures: deque[Failure] = field(default_factory=deque)
    token_failures: deque[Failure] = field(default_factory=deque)
    delay_seconds: float = 0.0

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

    def reset(self) -> None:
        """Forget everything, as before the first test."""
        for each in (self.meetings, self.tokens, self.graph_failures, self.token_failures):
            each.clear()
        self.token_requests = self.graph_requests = 0
        self.delay_seconds = 0.0

    def refuse(self, status: int, body: dict[str, Any] | None = None, **headers: str) -> None:
        """Let Graph's next answer be this; headers with underscores for hyphens."""
        self.graph_failures.append((status, body or {}, {k.replace("_", "-"): v for k, v in headers.items()}))

    def refuse_token(self, status: int, body: dict[str, Any] | None = None) -> None:
        """Let Entra ID's next answer to a request for a token be this."""
        self.token_failures.append((status, body or {}, {}))

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

    def token(self, tenant: str) -> ResponseReturnValue:
        """A token for the application, by its id and secret."""
        self.token_requests += 1
        if self.token_failures:
            status, body, headers = self.token_failures.popleft()
            return jsonify(body), status, headers
        if request.form["client_id"] != CLIENT:
            return _entra_error(400, "unauthorized_client", 700016, "Application was not found in the directory.")
        if request.form["client_secret"] != SECRET:
            return _entra_error(401, "invalid_client", 7000215, "Invalid client secret provided.")
        made = uuid.uuid4().hex
        self.tokens.add(made)
        return jsonify(token_type="Bearer", expires_in=3599, access_token=made)

    def create_or_get(self, user: str) -> ResponseReturnValue:
        """The user's online meeting of that external id: 201 when new, 200 when known."""
        self.graph_requests += 1
        failure = self.graph_failures.popleft() if self.graph_failures else None
        time.sleep(self.delay_seconds)  # whoever is slow has taken its own answer, not the next one's
        if failure:
            status, answer, headers = failure
            return jsonify(answer), status, headers
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return jsonify(error={"code": "InvalidAuthenticationToken", "message": "Access token is empty."}), 401
        if user != ORGANISER:
            return jsonify(error={"code": "ResourceNotFound", "message": "User not found."}), 404
        body: dict[str, str] = request.get_json()
        known = (user, body["externalId"]) in self.meetings
        if not known:
            number = uuid.uuid4().hex
            link = f"https://teams.microsoft.com/l/meetup-join/{number}"
            self.meetings[user, body["externalId"]] = {**body, "id": number, "joinWebUrl": link}
        return jsonify(self.meetings[user, body["externalId"]]), 200 if known else 201


def _entra_error(status: int, error: str, code: int, text: str) -> ResponseReturnValue:
    description = f"AADSTS{code}: {text}\r\nTrace ID: 1\r\nCorrelation ID: 2"
    return jsonify(error=error, error_description=description, error_codes=[code]), status


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing of each request."""


@contextmanager
def fake_microsoft(folder: Path) -> Iterator[FakeMicrosoft]:
    """The stand-in, listening until the block ends; its certificate authority is written into the folder."""
    authority = trustme.CA()
    ca_file = folder / "microsoft-ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    app = Flask("fake microsoft")
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=context, request_handler=_Quiet)
    fake = FakeMicrosoft(f"https://localhost:{server.port}", ca_file)
    app.add_url_rule("/<tenant>/v2.0/.well-known/openid-configuration", view_func=fake.configuration)
    app.add_url_rule("/<tenant>/oauth2/v2.0/token", view_func=fake.token, methods=["POST"])
    app.add_url_rule("/v1.0/users/<user>/onlineMeetings/createOrGet", view_func=fake.create_or_get, methods=["POST"])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
