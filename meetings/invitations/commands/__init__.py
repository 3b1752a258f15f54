"""What changes a calendar or a mail. Each is one transaction; see each file."""

from meetings.invitations.commands.answers import Outcome, answer, take_replies
from meetings.invitations.commands.calendars import bring_up_to_date, follow_address
from meetings.invitations.commands.feeds import replace_feed
from meetings.invitations.commands.messages import (
    discard_draft,
    edit_draft,
    send_draft,
    send_drafts,
    try_again,
    try_all_again,
)
from meetings.invitations.commands.reminders import send_reminders, switch_reminders
from meetings.invitations.commands.telling import tell, tell_later

__all__ = [
    "Outcome",
    "answer",
    "bring_up_to_date",
    "discard_draft",
    "edit_draft",
    "follow_address",
    "replace_feed",
    "send_draft",
    "send_drafts",
    "send_reminders",
    "switch_reminders",
    "take_replies",
    "tell",
    "tell_later",
    "try_again",
    "try_all_again",
]
