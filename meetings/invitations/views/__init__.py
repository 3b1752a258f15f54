"""Pages about mails and calendars; the other files add their views to the blueprint."""

from meetings.invitations.views import calendars, messages
from meetings.invitations.views.blueprint import blueprint

__all__ = ["blueprint", "calendars", "messages"]
