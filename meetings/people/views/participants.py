"""The list of participants: as a document, as a table, and whether it is final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.aside import aside
from meetings.database import now
from meetings.people import commands, queries
from meetings.people.views.shared import blueprint, download, head_or_404
from meetings.refusals import Refused

if TYPE_CHECKING:
    from exports.participants import ParticipantList

_OFFICE = "application/vnd.openxmlformats-officedocument"
_DOCX, _XLSX = f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet"


@blueprint.get("/meetings/<slug>/organise/participants.docx")
@allow(Audience.ORGANISER)
def participants_docx(slug: str) -> ResponseReturnValue:
    """The list of participants as a Word file."""
    from exports.participants import participants_docx as write  # noqa: PLC0415  # python-docx: when first used

    listed, made = _listed(slug), now()
    return download(aside(lambda: write(listed, made=made)), _DOCX, f"{slug}-participants.docx")


@blueprint.get("/meetings/<slug>/organise/participants.xlsx")
@allow(Audience.ORGANISER)
def participants_xlsx(slug: str) -> ResponseReturnValue:
    """The list of participants for spreadsheet programs."""
    from exports.participants import participants_xlsx as write  # noqa: PLC0415  # XlsxWriter: when first used

    listed, made = _listed(slug), now()
    return download(aside(lambda: write(listed, made=made)), _XLSX, f"{slug}-participants.xlsx")


@blueprint.post("/meetings/<slug>/organise/participants/settle")
@allow(Audience.ORGANISER)
def settle_list(slug: str) -> ResponseReturnValue:
    """Make the list final, or provisional again."""
    final = request.form.get("final") == "yes"
    commands.settle_list(meeting_id=head_or_404(slug).id, final=final, actor=access.actor(), now=now())
    flash(_("The list of participants is final now.") if final else _("The list is provisional again."), "good")
    return redirect(url_for(".registrations", slug=slug), 303)


def _listed(slug: str) -> ParticipantList:
    from meetings.people import documents  # noqa: PLC0415  # as above

    meeting = head_or_404(slug)
    if meeting.start_date is None:
        raise Refused(_("The meeting has no date yet. Its documents can be made once it has one."))
    return documents.participant_list(meeting, queries.all_registrations(meeting.id))
