"""Pages about mails and calendars; the other files add their views to the blueprint."""

from meetings.invitations.views import answers, calendars, messages, reminders
from meetings.invitations.views.blueprint import blueprint

__all__ = ["answers", "blueprint", "calendars", "messages", "reminders"]
