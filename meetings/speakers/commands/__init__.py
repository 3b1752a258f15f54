"""What is done about speakers: by organisers, and by speakers themselves. Each locks the meeting's row first."""

from meetings.speakers.commands.answering import answer, ask_for_link, correct, replace_link
from meetings.speakers.commands.inviting import Asked, Invitation, ask, remind
from meetings.speakers.commands.organising import mark_seen, new_link, record_answer, withdraw

__all__ = [
    "Asked",
    "Invitation",
    "answer",
    "ask",
    "ask_for_link",
    "correct",
    "mark_seen",
    "new_link",
    "record_answer",
    "remind",
    "replace_link",
    "withdraw",
]
