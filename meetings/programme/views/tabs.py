"""The tabs of a meeting's working pages, each for those who may open it; templates/programme/_tabs.html shows them."""

from typing import NamedTuple

from flask import current_app, url_for
from flask_babel import gettext as _

from meetings.access import Audience, may
from meetings.programme.views.blueprint import blueprint


class Tab(NamedTuple):
    """One tab: its name in code, where it leads, and what it reads."""

    key: str
    address: str
    text: str


def tabs(slug: str) -> list[Tab]:
    """The tabs that the signed-in account may open in a meeting, in the order of the work."""
    everything = [
        (Audience.ORGANISER, "overview", "programme.organise", _("Overview")),
        (Audience.ORGANISER, "concept-note", "programme.edit_concept_note", _("Concept note")),
        (Audience.ORGANISER, "programme", "programme.edit_programme", _("Programme")),
        (Audience.ORGANISER, "people", "programme.speakers", _("People")),
        (Audience.ORGANISER, "registrations", "people.registrations", _("Registrations")),
        (Audience.CHAIR, "floor", "programme.floors", _("Floor")),
        (Audience.RAPPORTEUR, "notes", "report.notes", _("Notes")),
        (Audience.RAPPORTEUR, "report", "report.report", _("Report")),
        (Audience.ORGANISER, "messages", "invitations.messages", _("Messages")),
        (Audience.ORGANISER, "team", "accounts.team", _("Team")),
    ]
    return [
        Tab(key, url_for(endpoint, slug=slug), text)
        for audience, key, endpoint, text in everything
        if endpoint in current_app.view_functions and may(audience, slug)
    ]


@blueprint.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"tabs": tabs}
