"""The statements as files: for whoever sent one, for the chair and the desk, and for the interpreters.

What was uploaded is handed out as an attachment under a name of ours, never shown in a page of ours, so that whatever
is in it can do nothing on this site. Where there is a typed text beside the file, a page shows the text and leads on to
the file: neither hides the other.
"""

from flask import Response, abort, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import queries
from meetings.floor.queries import FloorHead, StatementText
from meetings.floor.views.linked import linked_head
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
    head = queries.floor_head_of_request(request_id, present()) or abort(404)
    found = queries.own_statement(request_id, who.registration_id)
    return _statement(found, head, url_for("floor.ask", token=token, key=head.key))


@blueprint.get("/meetings/<slug>/floor/<key>/requests/<int:request_id>/statement")
@allow(Audience.CHAIR)
def statement(slug: str, key: str, request_id: int) -> ResponseReturnValue:
    """A statement, for the chair and the desk."""
    head = queries.floor_head(slug, key, present()) or abort(404)
    found = queries.statement_in(request_id, head.session_id)
    return _statement(found, head, url_for("floor.chair", slug=slug, key=key))


@blueprint.get("/interpreters/<token>/requests/<int:request_id>/statement")
@allow(Audience.LINK, purpose="interpreters")
def interpreters_statement(token: str, request_id: int) -> ResponseReturnValue:
    """A statement, for the interpreters of the session that their link is for."""
    head = linked_head("interpreters", present())
    found = queries.statement_in(request_id, head.session_id)
    return _statement(found, head, url_for("floor.interpreters", token=token))


def _statement(found: StatementText | None, head: FloorHead, back: str) -> Response:
    """The file or the text, whichever was sent; of both a page with the text, which leads to the file."""
    if found is None:
        abort(404)
    if found.content is None or found.file_type is None:
        return _download(found.request_id, "txt", (found.text or "").encode())
    if found.text is None or request.args.get("as") == "file":
        return _download(found.request_id, found.file_type, found.content)
    response = make_response(render_template("floor/statement.html", statement=found, head=head, back=back))
    response.headers["Cache-Control"] = "no-store"
    return response


def _download(request_id: int, file_type: str, content: bytes) -> Response:
    response = make_response(content)
    response.mimetype = _MIME_TYPES[file_type]
    response.headers["Content-Disposition"] = f"attachment; filename=statement-{request_id}.{file_type}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
