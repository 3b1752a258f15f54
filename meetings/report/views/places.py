"""Where on the pages things are: the place of a paragraph, of what it rests on, and the place where a gap is filled."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from flask import url_for

from exports.inline import Gap
from meetings.access import Audience, may
from meetings.report.rules.gaps import Filled, filled_at


def anchor(key: str) -> str:
    """A paragraph's id on the page of the draft; keys hold signs that an id must not."""
    return f"p-{sha256(key.encode()).hexdigest()[:10]}"


def address_of(slug: str, key: str) -> str:
    """The paragraph on the page of the draft, whichever of its pages that is."""
    return url_for("report.report", slug=slug, at=key, _anchor=anchor(key))


def places_of(slug: str, gaps: Iterable[tuple[Gap, str | None]]) -> list[str | None]:
    """The pages on which gaps are filled, each with the paragraph it is in; None where this account may not go."""
    may_organise = may(Audience.ORGANISER, slug)
    places = (filled_at(gap, key) for gap, key in gaps)
    return [None if place.needs_organiser and not may_organise else _address(slug, place) for place in places]


def _address(slug: str, place: Filled) -> str | None:
    match place.page:
        case "details":
            return url_for("report.edit_report", slug=slug, _anchor=place.name)
        case "submissions":
            return url_for("report.submissions", slug=slug)
        case "notes":
            return url_for("report.notes", slug=slug, key=place.name)
        case "particulars":
            return url_for("programme.edit_particulars", slug=slug)
        case "concept_note":
            return url_for("programme.edit_concept_note", slug=slug)
        case "programme":
            return url_for("programme.edit_programme", slug=slug)
        case "person":
            return url_for("programme.edit_person", slug=slug, key=place.name)
        case "people":
            return url_for("programme.speakers", slug=slug)
        case _:
            return None
