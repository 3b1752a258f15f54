"""The tabs of a meeting's working pages, each for those who may open it; templates/programme/_tabs.html shows them."""

from collections.abc import Collection
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from meetings.access import roles_in
from meetings.programme.views.blueprint import blueprint

_EVERYTHING = {"organiser", "administrator"}


class Tab(NamedTuple):
    """One tab: its name in code, where it leads, and what it reads."""

    key: str
    address: str
    text: str


def tabs(slug: str, roles: Collection[str] | None = None) -> list[Tab]:
    """The tabs that somebody with these roles (else the signed-in account) may open, in the order of the work."""
    held = set(roles_in(slug) if roles is None else roles)
    everything = [
        ("organiser", "overview", "programme.organise", _("Overview")),
        ("organiser", "concept-note", "programme.edit_concept_note", _("Concept note")),
        ("organiser", "programme", "programme.edit_programme", _("Programme")),
        ("organiser", "people", "programme.speakers", _("People")),
        ("organiser", "speakers", "speakers.speakers", _("Speakers")),
        ("organiser", "registrations", "people.registrations", _("Registrations")),
        ("chair", "floor", "floor.sessions", _("Floor")),
        ("rapporteur", "notes", "report.note_sessions", _("Notes")),
        ("rapporteur", "report", "report.report", _("Report")),
        ("organiser", "messages", "invitations.messages", _("Messages")),
        ("organiser", "team", "accounts.team", _("Team")),
    ]
    return [
        Tab(key, url_for(endpoint, slug=slug), text)
        for role, key, endpoint, text in everything
        if held & (_EVERYTHING | {role})
    ]


@blueprint.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"tabs": tabs}
