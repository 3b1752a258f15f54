"""The statements as files: for whoever sent one, for the chair and the desk, and for the interpreters.

What was uploaded is handed out as an attachment under a name of ours, never shown in a page of ours, so that whatever
is in it can do nothing on this site.
"""

from flask import Response, abort, g, make_response
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import queries
from meetings.floor.queries import StatementText
from meetings.floor.views.shared import blueprint

_MIME_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain",
}


@blueprint.get("/me/<token>/requests/<int:request_id>/statement")
@allow(Audience.LINK, purpose="personal")
def own_statement(token: str, request_id: int) -> ResponseReturnValue:
    """One's own statement, as it was sent."""
    registration_id, serial = g.claim
    who = queries.participant(registration_id, serial) or abort(404)
    return _download(queries.own_statement(request_id, who.registration_id))


@blueprint.get("/meetings/<slug>/floor/<key>/requests/<int:request_id>/statement")
@allow(Audience.CHAIR)
def statement(slug: str, key: str, request_id: int) -> ResponseReturnValue:
    """A statement, for the chair and the desk."""
    head = queries.floor_head(slug, key, present()) or abort(404)
    return _download(queries.statement_in(request_id, head.session_id))


@blueprint.get("/interpreters/<token>/requests/<int:request_id>/statement")
@allow(Audience.LINK, purpose="interpreters")
def interpreters_statement(token: str, request_id: int) -> ResponseReturnValue:
    """A statement, for the interpreters of the session that their link is for."""
    session_id, serial = g.claim
    head = queries.floor_head_by_id(session_id, present())
    if head is None or head.interpreters_serial != serial:
        abort(404)
    return _download(queries.statement_in(request_id, session_id))


def _download(found: StatementText | None) -> Response:
    if found is None:
        abort(404)
    response = make_response(found.content)
    response.mimetype = _MIME_TYPES[found.file_type]
    response.headers["Content-Disposition"] = f"attachment; filename=statement-{found.request_id}.{found.file_type}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
