"""A whole meeting as a meeting file, for its organisers."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.programme.queries import meeting_head

blueprint = Blueprint("transfer", __name__)


@blueprint.get("/meetings/<slug>/organise/export.yaml")
@allow(Audience.ORGANISER)
def export_yaml(slug: str) -> ResponseReturnValue:
    """The whole meeting as a meeting file."""
    from exports.meeting_file import write  # noqa: PLC0415  # pydantic and PyYAML are loaded when first used
    from meetings.transfer.queries import export_meeting  # noqa: PLC0415  # as above

    if meeting_head(slug) is None:
        abort(404)
    response = Response(write(export_meeting(slug)), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.yaml"'
    response.headers["Cache-Control"] = "no-store"
    return response
