"""Around every request: its id, one structured log line without personal data, and the security headers."""

import json
import logging
import secrets
import sys
import time
import traceback
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, has_request_context, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


class JsonLines(logging.Formatter):
    """One JSON object a line. Of an error, its kind and where it happened: its message may hold what people typed."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {"at": self.formatTime(record), "level": record.levelname.lower()}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        line["message"] = record.getMessage()
        line |= getattr(record, "facts", {})
        if has_request_context():
            line["request"] = g.get("request_id", "")
        return json.dumps(line, ensure_ascii=False)


View = TypeVar("View", bound=Callable[..., object])


def takes(most_bytes: int, *, most_parts: int | None = None) -> Callable[[View], View]:
    """Let a view take a larger form than others: more bytes (MAX_CONTENT_LENGTH), as for several files; or more fields
    (MAX_FORM_PARTS, 1,000 of Flask's), as for a long list. Stands below allow().
    """

    def decorate(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]  # read before the form is
        view.most_parts = most_parts  # type: ignore[attr-defined]
        return view

    return decorate


def install(app: Flask) -> None:
    """Attach ids, log lines and headers to every request of the application."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    app.logger.handlers = [handler]
    app.logger.propagate = False
    app.logger.setLevel(logging.INFO)
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.started = time.monotonic()
    view = current_app.view_functions.get(request.endpoint or "")
    if (most_bytes := getattr(view, "most_bytes", None)) is not None:
        request.max_content_length = most_bytes
    if (most_parts := getattr(view, "most_parts", None)) is not None:
        request.max_form_parts = most_parts


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.endpoint not in ("static", "site.health", "floor.clock"):
        logging.getLogger("meetings").info(
            "request",
            extra={
                "facts": {
                    "method": request.method,
                    "endpoint": request.endpoint,
                    "status": response.status_code,
                    "ms": round((time.monotonic() - g.get("started", time.monotonic())) * 1000, 1),
                }
            },
        )
        if request.endpoint is None or not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "no-store" if request.method != "GET" else "private, no-cache"
    return response
