"""Which keys of a meeting file are columns of the same name, in both directions."""

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
FLOOR_REQUEST = ("on_behalf_of", "language", "topic", "requested_at")
CONSENT = ("listed", "photographed", "recorded")
POINT = ("collective", "verb", "kind", "themes")
SUBMISSION = ("category", "received", "themes", "publish", "title")
REPORT = ("symbol", "agenda_items", "date", "original_language", "title", "conclusions")


def copied(source: object, names: tuple[str, ...]) -> dict[str, Any]:
    """The named values of a row or of a part of a file. Lists are new ones."""
    values = {name: getattr(source, name) for name in names}
    return {name: list(value) if isinstance(value, list) else value for name, value in values.items()}


def assign(row: object, values: dict[str, Any]) -> None:
    """Set columns of a row."""
    for name, value in values.items():
        setattr(row, name, value)
