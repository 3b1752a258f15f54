"""The pages of speakers: for organisers, and for speakers by their link."""

from meetings.speakers.views import organiser, own
from meetings.speakers.views.blueprint import blueprint

__all__ = ["blueprint", "organiser", "own"]
