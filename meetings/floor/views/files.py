"""The floor as files: the speakers of a meeting and the log of a session, for spreadsheet programs."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import queries
from meetings.floor.views.shared import blueprint

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/meetings/<slug>/floor/speakers.xlsx")
@allow(Audience.CHAIR)
def speakers_xlsx(slug: str) -> ResponseReturnValue:
    """The speakers of every session of a meeting."""
    from meetings.floor import documents  # noqa: PLC0415  # XlsxWriter is loaded when first used

    records = queries.meeting_records(slug) or abort(404)
    return _download(documents.speakers_xlsx(records, made=present()), f"{slug}-speakers.xlsx")


@blueprint.get("/meetings/<slug>/floor/<key>/log.xlsx")
@allow(Audience.CHAIR)
def log_xlsx(slug: str, key: str) -> ResponseReturnValue:
    """The log of one session's floor."""
    from meetings.floor import documents  # noqa: PLC0415  # XlsxWriter is loaded when first used

    now = present()
    head = queries.floor_head(slug, key, now) or abort(404)
    return _download(documents.log_xlsx(queries.floor_log(head, now), made=now), f"{slug}-{key}-log.xlsx")


def _download(content: bytes, name: str) -> Response:
    response = Response(content, mimetype=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
