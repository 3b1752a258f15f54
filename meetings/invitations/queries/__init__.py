"""What is read for calendars and mails; see each file."""

from meetings.invitations.queries.addresses import OwnPage, own_pages, person_of, reached
from meetings.invitations.queries.calendars import (
    Due,
    Invitee,
    OwnCalendar,
    Plan,
    due,
    entries,
    has_times,
    head_of,
    invitee_of,
    invitees,
    outdated,
    own_calendar,
    plan_of,
    told,
    wanted_entries,
)
from meetings.invitations.queries.messages import MessageLine, MessagePage, MessageText, message_page, message_text

__all__ = [
    "Due",
    "Invitee",
    "MessageLine",
    "MessagePage",
    "MessageText",
    "OwnCalendar",
    "OwnPage",
    "Plan",
    "due",
    "entries",
    "has_times",
    "head_of",
    "invitee_of",
    "invitees",
    "message_page",
    "message_text",
    "outdated",
    "own_calendar",
    "own_pages",
    "person_of",
    "plan_of",
    "reached",
    "told",
    "wanted_entries",
]
