"""The statements themselves, for whoever may read them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from meetings.database import db
from meetings.models.floor import FloorRequest, Statement


@dataclass(frozen=True, slots=True)
class StatementText:
    """What was sent: the file where there is one, else what was typed, as UTF-8."""

    request_id: int
    file_type: str
    content: bytes


def own_statement(request_id: int, registration_id: int) -> StatementText | None:
    """The statement of a participant's own request."""
    return _find(request_id, FloorRequest.registration_id == registration_id)


def statement_in(request_id: int, session_id: int) -> StatementText | None:
    """The statement of a request for the floor of a session."""
    return _find(request_id, FloorRequest.session_id == session_id)


def _find(request_id: int, whose: sa.ColumnElement[bool]) -> StatementText | None:
    query = (
        sa.select(Statement)
        .join(FloorRequest, FloorRequest.id == Statement.request_id)
        .where(FloorRequest.id == request_id, whose)
        .options(undefer(Statement.content))
    )
    row = db.session.scalars(query).one_or_none()
    if row is None:
        return None
    if row.content is not None and row.file_type is not None:
        return StatementText(request_id, row.file_type, row.content)
    return StatementText(request_id, "txt", (row.text or "").encode())
