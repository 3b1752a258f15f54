"""The files of submissions, handed out as attachments: whatever is in them can do nothing on this site."""

from __future__ import annotations

from flask import Response, abort, make_response

from meetings.models.inputs import SubmissionFile

_MIME_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain",
}


def download(file: SubmissionFile | None) -> Response:
    """A file under a name of ours, with the type that its content has; the page for what is not there without one."""
    if file is None:
        abort(404)
    response = make_response(file.content)
    response.mimetype = _MIME_TYPES[file.file_type]
    response.headers["Content-Disposition"] = f"attachment; filename=submission-{file.id}.{file.file_type}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
