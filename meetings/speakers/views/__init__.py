"""The pages of speakers: for organisers, and for speakers by their link."""

from meetings.speakers.views import organiser, own
from meetings.speakers.views.shared import blueprint

__all__ = ["blueprint", "organiser", "own"]
