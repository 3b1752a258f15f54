"""The floor's pages: for participants, for the chair, and for the room."""

from meetings.floor.views import (
    adding,
    chair,
    files,
    interpreters,
    log,
    one_request,
    ordering,
    participant,
    room,
    settings,
    statements,
    statistics,
    streams,
)
from meetings.floor.views.shared import blueprint

__all__ = [
    "adding",
    "blueprint",
    "chair",
    "files",
    "interpreters",
    "log",
    "one_request",
    "ordering",
    "participant",
    "room",
    "settings",
    "statements",
    "statistics",
    "streams",
]
