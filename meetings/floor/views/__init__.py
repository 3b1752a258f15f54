"""The floor's pages: for participants, for the chair, and for the room."""

from meetings.floor.views import chair, interpreters, log, participant, room, streams
from meetings.floor.views.shared import blueprint

__all__ = ["blueprint", "chair", "interpreters", "log", "participant", "room", "streams"]
