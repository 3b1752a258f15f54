"""Reads a stream of the floor's live pages as a browser would."""

import json
import time
from collections.abc import Iterator
from typing import Any

from werkzeug.test import TestResponse

PATIENCE_SECONDS = 10


def events(response: TestResponse) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of a stream by name with their data, as they come; fails when there is none but beats for long."""
    assert response.status_code == 200, response.status
    assert response.mimetype == "text/event-stream"
    quiet_since = time.monotonic()
    for chunk in response.response:
        text = chunk.decode() if isinstance(chunk, bytes) else chunk
        fields = dict(line.split(": ", 1) for line in text.strip().splitlines())
        assert time.monotonic() - quiet_since < PATIENCE_SECONDS, "nothing but beats"
        yield fields["event"], json.loads(fields["data"])
        if fields["event"] != "beat":
            quiet_since = time.monotonic()


def floors(response: TestResponse) -> Iterator[dict[str, Any]]:
    """What a stream shows of the floor, beats left out."""
    return (data for name, data in events(response) if name == "floor")
