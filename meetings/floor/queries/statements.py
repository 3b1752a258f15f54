"""The statements themselves, for whoever may read them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from meetings.database import db
from meetings.models.floor import FloorRequest, Statement


@dataclass(frozen=True, slots=True)
class StatementText:
    """What was sent: typed, as a file, or both; `language` is the one that the speaker will speak.

    `file_text` is what was read out of the file: "" where nothing could be, None while nobody has asked for it.
    """

    request_id: int
    language: str | None
    text: str | None
    file_type: str | None
    content: bytes | None
    file_text: str | None = None


def own_statement(request_id: int, registration_id: int) -> StatementText | None:
    """The statement of a participant's own request."""
    return _find(request_id, FloorRequest.registration_id == registration_id)


def statement_in(request_id: int, session_id: int) -> StatementText | None:
    """The statement of a request for the floor of a session."""
    return _find(request_id, FloorRequest.session_id == session_id)


def _find(request_id: int, whose: sa.ColumnElement[bool]) -> StatementText | None:
    query = (
        sa.select(Statement, FloorRequest.language)
        .join(FloorRequest, FloorRequest.id == Statement.request_id)
        .where(FloorRequest.id == request_id, whose)
        .options(undefer(Statement.content), undefer(Statement.file_text))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    row, language = found
    return StatementText(request_id, language, row.text, row.file_type, row.content, row.file_text)
