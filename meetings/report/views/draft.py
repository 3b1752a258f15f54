"""The draft on screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.dates import day_text, range_text
from exports.inline import Footnote, Gap, Inline
from exports.report_data import Heading
from meetings.access import Audience, allow
from meetings.aside import aside
from meetings.database import now
from meetings.report import queries
from meetings.report.queries.checks import checks_by_key
from meetings.report.rules.budget import budget
from meetings.report.rules.clock import clock
from meetings.report.rules.draft import Block, Line, gaps_of, masthead_gaps, numbered, pages
from meetings.report.rules.edited import EditedDraft
from meetings.report.rules.editorial import Finding, checked
from meetings.report.rules.material import Material
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.findings import fix_of, reason_of, severities
from meetings.report.views.places import anchor, places_of

# Bytes of paragraphs on a page; the first page has the lists of what is to be done above them.
_PAGE, _FIRST_PAGE = 90_000, 86_000
_GAPS_LISTED, _FINDINGS_LISTED, _FINDING_BYTES = 40, 6, 330


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something missing: what, the page where it is filled in, and the paragraph (with its page) it is missing in."""

    gap: Gap
    filled_at: str | None
    label: str = ""
    address: str | None = None


@blueprint.app_template_filter()
def kind_of_piece(piece: Inline) -> str:
    """What a piece of a paragraph is shown as."""
    match piece:
        case Gap():
            return "gap"
        case Footnote():
            return "footnote"
        case _:
            return "italic" if piece.italic else "text"


@blueprint.get("/meetings/<slug>/report/")
@allow(Audience.RAPPORTEUR)
def report(slug: str) -> ResponseReturnValue:
    """The draft, with what is to be done listed first and its sources beside each paragraph."""
    head = head_of(slug)
    material, draft = queries.draft_to_show(head.id)
    found = aside(lambda: checked(draft, limit=material.options.word_limit))
    parts = _parts(draft, found)
    number = _number(parts, request.args.get("at"))
    about: dict[str, Any] = {}
    if number == 1:
        given = material.particulars
        today = now().astimezone(ZoneInfo(head.timezone)).date()
        about = {
            "gaps": _gaps(slug, draft, parts),
            "gaps_listed": _GAPS_LISTED,
            "budget": budget(draft, material.options.word_limit),
            "clock": clock(given.council_start, given.date, material.meeting.end or material.meeting.start, today),
            "submitted": _dated(draft.masthead.submission_date),
            "session_dates": _dated(draft.masthead.session_dates),
            "elsewhere": [each for key, several in found.items() if not _keys(draft) & {key} for each in several],
            "marked": sum(mark.changed_beneath or mark.orphaned for mark in draft.marks.values()),
        }
    return render_template(
        "report/draft.html",
        meeting=head,
        draft=draft,
        lines=parts[number - 1],
        page=number,
        pages=len(parts),
        material=material,
        names=_names(material),
        is_heading=lambda part: isinstance(part, Heading),
        anchor=anchor,
        found=found,
        checks=checks_by_key(head.id),
        fixable=any(each.fix is not None for key in _on(parts[number - 1], draft) for each in found.get(key, ())),
        findings_listed=_FINDINGS_LISTED,
        severities=severities(),
        reason_of=reason_of,
        fix_of=fix_of,
        **about,
    )


def _parts(draft: EditedDraft, found: Mapping[str, tuple[Finding, ...]]) -> list[tuple[Line, ...]]:
    """The lines of the draft, page by page."""
    sizes = {key: _FINDING_BYTES * min(len(findings), _FINDINGS_LISTED) for key, findings in found.items()}
    return pages(tuple(numbered(draft.whole)), sizes, limit=_PAGE, first=_FIRST_PAGE)


def _number(parts: list[tuple[Line, ...]], at: str | None) -> int:
    """The page that is asked for, by its number or by a paragraph on it."""
    if at is not None:
        on = (page for page, lines in enumerate(parts, 1) for line in lines if _is(line, at))
        return next(on, 1)
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= len(parts):
        abort(404)
    return number


def _is(line: Line, key: str) -> bool:
    return isinstance(line.part, Block) and line.part.key == key


def _on(lines: tuple[Line, ...], draft: EditedDraft) -> list[str]:
    """The paragraphs of a page; the summary stands on each as far as this matters."""
    return [draft.summary.key, *(line.part.key for line in lines if isinstance(line.part, Block))]


def _keys(draft: EditedDraft) -> set[str]:
    return {draft.summary.key, *(part.key for part in draft.whole if isinstance(part, Block))}


def _dated(value: dt.date | tuple[dt.date, dt.date] | Gap) -> str | Gap:
    """A day or a range of days as the masthead prints it."""
    if isinstance(value, Gap):
        return value
    return range_text(*value) if isinstance(value, tuple) else day_text(value)


def _gaps(slug: str, draft: EditedDraft, parts: list[tuple[Line, ...]]) -> list[GapLine]:
    """Every gap of the report, in its order; what is left out of the report lacks nothing."""
    found: list[tuple[Gap, str | None]] = [(gap, None) for gap in masthead_gaps(draft.masthead)]
    where: dict[str, tuple[str, str]] = {}
    lines = [(1, Line("", draft.summary)), *((page, line) for page, lines in enumerate(parts, 1) for line in lines)]
    for page, line in lines:
        mark = draft.marks.get(line.part.key) if isinstance(line.part, Block) else None
        if isinstance(line.part, Block) and not (mark and mark.state == "left_out"):
            key = line.part.key
            at = f"#{anchor(key)}" if page == 1 else url_for(".report", slug=slug, page=page, _anchor=anchor(key))
            where[key] = (line.label.rstrip("."), at)
            found += [(gap, key) for gap in gaps_of(line.part)]
    filled = places_of(slug, found)
    return [
        GapLine(gap, place, *(where[key] if key else ("", None)))
        for (gap, key), place in zip(found, filled, strict=True)
    ]


def _names(material: Material) -> dict[str, dict[int, Any]]:
    """What the sources of a paragraph are called on the page; and the first of those that a point is merged with."""
    points = {point.id: str(place) for place, point in enumerate(material.points, 1)}
    merged = {each.id: point.id for point in material.points for each in point.merged}
    return {
        "session": {session.id: session.title for session in material.sessions},
        "submission": {submission.id: submission.key for submission in material.submissions},
        "point": points | {each: points[first] for each, first in merged.items()},
        "merged": merged,
    }
