"""Which keys of a meeting file are columns of the same name, in both directions."""

from copy import copy
from typing import Any

MEETING = (
    "slug",
    "title",
    "subtitle",
    "series",
    "mode",
    "timezone",
    "languages",
    "background",
    "objectives",
    "modalities",
    "contact",
    "participants_final_at",
)
PLACE = ("venue", "room", "city", "country")
ORGANISATION = ("name", "acronym", "category", "country", "show_country", "article")
PERSON = (
    "honorific",
    "given",
    "family",
    "name_order",
    "report_surname",
    "function",
    "unit",
    "former",
    "indefinite",
    "email",
    "language",
    "gender",
    "protected",
)
SITTING = ("date", "start", "end", "room", "join_url", "interpretation")
SESSION = (
    "date",
    "start",
    "end",
    "kind",
    "label",
    "title",
    "description",
    "track",
    "room",
    "presentations_minutes",
    "replies_minutes",
)
REGISTRATION = ("status", "attendance", "languages", "accessibility")
SPEAKER = ("status", "invited_at", "answer_by", "reminded_at", "answered_at", "checked_at", "remark")
SPEAKER_CONSENT = ("photographed", "recorded")
FLOOR = (
    "asking_opens",
    "asking_closes",
    "max_requests",
    "per_organisation",
    "policy",
    "priority",
    "quotas",
    "draw_seed",
)
FLOOR_REQUEST = (
    "on_behalf_of",
    "dignitary",
    "substitute",
    "seat",
    "language",
    "topic",
    "reason",
    "requested_at",
)
STATEMENT = ("delivery", "text", "for_record")
# A file that was sent as a statement, or with one. Meeting files do not carry it.
STATEMENT_FILE = ("file_name", "file_type", "size", "content")
CONSENT = ("listed", "photographed", "recorded")
POINT = ("collective", "verb", "kind", "themes")
SUBMISSION = (
    "category",
    "received",
    "themes",
    "title",
    "country",
    "language",
    "organisation_name",
    "sent_at",
    "withdrawn_at",
)
CALL = (
    "introduction",
    "addressees",
    "questions",
    "deadlines",
    "max_words",
    "file_types",
    "languages",
    "opened_at",
    "closed_at",
)
REPORT = (
    "symbol",
    "agenda_items",
    "date",
    "original_language",
    "title",
    "focus",
    "conclusions",
    "plan",
    "outcome",
    "outcome_base",
)
PARAGRAPH = ("key", "state", "text", "items", "base", "after")
LEDGER_ENTRY = ("addressee", "text", "source", "points", "status", "follow_up")


def copied(source: object, names: tuple[str, ...]) -> dict[str, Any]:
    """The named values of a row or of a part of a file. Lists and groups are new ones."""
    return {name: copy(getattr(source, name)) for name in names}


def assign(row: object, values: dict[str, Any]) -> None:
    """Set columns of a row."""
    for name, value in values.items():
        setattr(row, name, value)
