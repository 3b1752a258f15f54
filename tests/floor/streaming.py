"""Reads a stream of the floor's live pages as a browser would."""

import json
from collections.abc import Iterator
from typing import Any

from werkzeug.test import TestResponse


def events(response: TestResponse) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of a stream by name with their data, as they come."""
    assert response.status_code == 200, response.status
    assert response.mimetype == "text/event-stream"
    for chunk in response.response:
        text = chunk.decode() if isinstance(chunk, bytes) else chunk
        fields = dict(line.split(": ", 1) for line in text.strip().splitlines())
        yield fields["event"], json.loads(fields["data"])


def floors(response: TestResponse) -> Iterator[dict[str, Any]]:
    """What a stream shows of the floor, beats left out."""
    return (data for name, data in events(response) if name == "floor")
