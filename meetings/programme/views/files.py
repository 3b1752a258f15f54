"""A meeting's files for everyone: the calendar and the Word documents."""

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme.queries import MeetingPage
from meetings.programme.views.blueprint import blueprint, page_or_404
from meetings.refusals import Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/meetings/<slug>/programme.ics")
@allow(Audience.ANYONE)
def programme_ics(slug: str) -> ResponseReturnValue:
    """The programme as a calendar to subscribe to; unchanged, it is not sent again (304)."""
    from meetings.programme.queries.documents import calendar_feed  # noqa: PLC0415  # icalendar is loaded when first used

    page = page_or_404(slug)
    site = str(current_app.config["SETTINGS"].base_url)
    content = calendar_feed(page.head, page.programme, address=site + url_for("programme.meeting", slug=slug))
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/meetings/<slug>/programme.docx")
@allow(Audience.ANYONE)
def programme_docx(slug: str) -> ResponseReturnValue:
    """The programme of work as a Word file."""
    from meetings.programme.queries.documents import programme_document  # noqa: PLC0415  # python-docx is loaded when first used

    return _word(programme_document(_dated(slug), made=now()), f"{slug}-programme.docx")


@blueprint.get("/meetings/<slug>/concept-note.docx")
@allow(Audience.ANYONE)
def concept_note_docx(slug: str) -> ResponseReturnValue:
    """The concept note as a Word file."""
    from meetings.programme.queries.documents import concept_note_document  # noqa: PLC0415  # as above

    return _word(concept_note_document(_dated(slug), made=now()), f"{slug}-concept-note.docx")


def _dated(slug: str) -> MeetingPage:
    """The meeting's content, refused while it has no date, which its documents begin with."""
    page = page_or_404(slug)
    if page.head.start_date is None:
        raise Refused(_("The meeting has no date yet. Its documents can be made once it has one."))
    return page


def _word(content: bytes, name: str) -> ResponseReturnValue:
    return Response(content, mimetype=WORD, headers={"Content-Disposition": f'attachment; filename="{name}"'})
