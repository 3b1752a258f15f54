"""The report as a file."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.aside import aside
from meetings.database import now
from meetings.report import queries
from meetings.report.rules.file import report_file
from meetings.report.views.blueprint import blueprint, head_of

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/meetings/<slug>/report.docx")
@allow(Audience.RAPPORTEUR)
def report_docx(slug: str) -> ResponseReturnValue:
    """The draft as a Word file."""
    from exports.report import report_docx as write_report  # noqa: PLC0415  # python-docx is loaded when first used

    material, draft = queries.draft_to_show(head_of(slug).id)
    made = now()
    content = aside(lambda: write_report(report_file(material, draft), made=made))
    return download(content, _WORD, f"{slug}-report.docx")


def download(content: bytes | str, kind: str, name: str) -> Response:
    """A file to keep, which no cache does."""
    answer = Response(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
