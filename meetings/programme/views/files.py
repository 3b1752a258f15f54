"""A meeting's files for everyone: the calendar and the Word documents."""

from collections.abc import Callable
from functools import partial

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import kept
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme.queries import MeetingPage
from meetings.programme.queries.made_of import made_of
from meetings.programme.views.blueprint import blueprint, page_or_404
from meetings.refusals import Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/meetings/<slug>/programme.ics")
@allow(Audience.ANYONE)
def programme_ics(slug: str) -> ResponseReturnValue:
    """The programme as a calendar to subscribe to; unchanged, it is not sent again (304)."""
    return _file(slug, f"{slug}.ics", _calendar)


@blueprint.get("/meetings/<slug>/programme.docx")
@allow(Audience.ANYONE)
def programme_docx(slug: str) -> ResponseReturnValue:
    """The programme of work as a Word file."""
    return _file(slug, f"{slug}-programme.docx", _programme)


@blueprint.get("/meetings/<slug>/concept-note.docx")
@allow(Audience.ANYONE)
def concept_note_docx(slug: str) -> ResponseReturnValue:
    """The concept note as a Word file."""
    return _file(slug, f"{slug}-concept-note.docx", _concept_note)


def _file(slug: str, name: str, make: Callable[[str], bytes]) -> ResponseReturnValue:
    """A file that is made once for everybody, and not sent to who has it already."""
    content = kept.content(name, partial(made_of, slug, now()), partial(make, slug))
    word = name.endswith(".docx")
    response = Response(content, mimetype=WORD if word else "text/calendar")
    response.headers["Content-Disposition"] = f'{"attachment" if word else "inline"}; filename="{name}"'
    response.add_etag()
    return response.make_conditional(request)


def _calendar(slug: str) -> bytes:
    from meetings.programme.queries.documents import calendar_feed  # noqa: PLC0415  # icalendar is loaded when first used

    page = page_or_404(slug)
    site = str(current_app.config["SETTINGS"].base_url)
    return calendar_feed(page, address=site + url_for("programme.meeting", slug=slug))


def _programme(slug: str) -> bytes:
    from meetings.programme.queries.documents import programme_document  # noqa: PLC0415  # python-docx is loaded when first used

    return programme_document(_dated(slug))


def _concept_note(slug: str) -> bytes:
    from meetings.programme.queries.documents import concept_note_document  # noqa: PLC0415  # as above

    return concept_note_document(_dated(slug))


def _dated(slug: str) -> MeetingPage:
    """The meeting's content, refused while it has no date, which its documents begin with."""
    page = page_or_404(slug)
    if page.head.start_date is None:
        raise Refused(_("The meeting has no date yet. Its documents can be made once it has one."))
    return page
