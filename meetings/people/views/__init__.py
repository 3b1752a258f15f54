"""The pages of registrations: for visitors, for participants by their link, and for organisers."""

from meetings.people.views import organiser, participants, personal, public
from meetings.people.views.shared import blueprint

__all__ = ["blueprint", "organiser", "participants", "personal", "public"]
