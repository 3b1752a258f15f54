"""What goes into the Word file: the draft as it stands, a comment at each thing to be checked, and the annex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from exports.report_data import Heading, Paragraph, Remark, Report
from meetings.report.rules.annex import annex
from meetings.report.rules.draft import Block, Draft, document
from meetings.report.rules.editorial import HEADING, TITLE, WHOLE, Finding, checked
from meetings.report.rules.material import Material

_SEVERITIES = {"error": "Mistake", "warning": "Check", "info": "Hint"}


def report_file(material: Material, draft: Draft) -> Report:
    """The report as the writer of the Word file takes it; what concerns the report as a whole stands at its title."""
    found = checked(draft, limit=material.options.word_limit)
    report = document(draft)
    title = remarks(replace(each, start=0, end=len(draft.title)) for each in found.get(WHOLE, ()))
    return replace(
        report,
        body=tuple(_part(place, part, found) for place, part in enumerate(draft.body)),
        title_remarks=remarks(found.get(TITLE, ())) + title,
        summary_remarks=remarks(found.get(draft.summary.key, ())),
        annex=annex(material) if material.options.annex else None,
    )


def remarks(findings: Iterable[Finding]) -> tuple[Remark, ...]:
    """What the editorial rules found, as comments in English: how severe, why, what instead, and by which rule."""
    return tuple(Remark(each.start, each.end, _comment(each), each.item) for each in findings)


def _part(place: int, part: Heading | Block, found: Mapping[str, tuple[Finding, ...]]) -> Heading | Paragraph:
    if isinstance(part, Heading):
        return replace(part, remarks=remarks(found.get(f"{HEADING}{place}", ())))
    return replace(part.paragraph, remarks=remarks(found.get(part.key, ())))


def _comment(finding: Finding) -> str:
    instead = f" Instead: “{finding.fix}”." if finding.fix else ""
    return f"{_SEVERITIES[finding.severity]}: {finding.message}{instead}\n{finding.rule}, {finding.source}"
