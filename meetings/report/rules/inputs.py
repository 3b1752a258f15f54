"""Section III, inputs received: what the written submissions say, under a heading for each theme."""

from __future__ import annotations

from itertools import groupby

from exports.dates import joined
from exports.inline import Gap
from exports.report_data import Heading
from exports.text import one_line
from meetings.report.rules.draft import Block, Source, block
from meetings.report.rules.material import Organisation, Point, Submission
from meetings.report.rules.mentions import Mentions
from meetings.report.rules.speech import Record, sources, told
from meetings.report.rules.wording import Text, capital, count, plain, text, theme_heading

# Who calls for inputs and writes the report.
SECRETARIAT = Organisation(
    0, "Office of the United Nations High Commissioner for Human Rights", acronym="OHCHR", article="the"
)
_CATEGORIES = {
    "states": "States",
    "local_and_regional_governments": "local and regional governments",
    "human_rights_institutions": "national and local human rights institutions",
    "city_networks": "city networks",
    "international_organizations": "international organizations",
    "academia": "academic institutions",
    "united_nations_entities": "United Nations entities",
    "non_governmental_organizations": "non-governmental organizations",
    "other_stakeholders": "other stakeholders",
}


def inputs(record: Record) -> list[Heading | Block]:
    """The section, or nothing where no submission is recorded and no point was taken of one."""
    submissions = record.material.submissions
    points = [p for p in record.material.points if p.session is None and one_line(p.text)]
    if not submissions and not points:
        return []
    by_theme = _by_theme(points, {submission.id: submission for submission in submissions})
    themes = [theme for theme in by_theme if theme]
    body: list[Heading | Block] = [Heading(1, "Inputs received from States and other stakeholders")]
    body += _preamble(record.mentions, submissions, len(themes))
    for theme in ("", *themes):
        if theme:
            body.append(Heading(3, theme_heading(theme), numbered=False))
        body += _theme(record, theme, by_theme.get(theme, []))
    return body


def categories_of(submissions: tuple[Submission, ...]) -> str | Gap:
    """From whom submissions came, in the order of the nine categories; a gap where that is not known of each."""
    known = {submission.category for submission in submissions}
    if not known <= set(_CATEGORIES):
        hint = "Enter the category of each submission under Written submissions."
        return Gap("categories of those who sent them", hint)
    return joined(words for category, words in _CATEGORIES.items() if category in known)


def _preamble(mentions: Mentions, submissions: tuple[Submission, ...], themes: int) -> list[Block]:
    office = mentions.organisation(SECRETARIAT)
    every = tuple(Source("submission", submission.id) for submission in submissions)
    sought = text(
        "To inform the present report, ",
        office,
        " sought contributions from States and other stakeholders.",
        f" OHCHR received {count(len(submissions), 'submission')}.",
    )
    blocks = [block("inputs:received", sought, *every)]
    if themes:
        content = text(f"The contributions received are summarized below under {count(themes, 'theme')}.")
        blocks.append(block("inputs:themes", content))
    return blocks


def _by_theme(points: list[Point], submissions: dict[int, Submission]) -> dict[str, list[Point]]:
    """Points under their first theme, else the first theme of their submission, in the order of appearance."""
    by_theme: dict[str, list[Point]] = {}
    spelled: dict[str, str] = {}
    for point in points:
        submission = submissions.get(point.submission or 0)
        theme = one_line(next(iter(point.themes or (submission.themes if submission else ())), ""))
        theme = spelled.setdefault(theme.casefold(), theme)
        by_theme.setdefault(theme, []).append(point)
    return by_theme


def _theme(record: Record, theme: str, points: list[Point]) -> list[Block]:
    """A paragraph for each submission, and for each run of points of several submissions together."""
    submissions = {submission.id: submission for submission in record.material.submissions}
    groups: dict[tuple[object, ...], list[Point]] = {}
    for run, (key, members) in enumerate(groupby(points, key=lambda p: _source(p, submissions))):
        groups.setdefault((*key, run) if key[0] == "several" else key, []).extend(members)
    return [_group(record, theme, key, members, submissions) for key, members in groups.items()]


def _source(point: Point, submissions: dict[int, Submission]) -> tuple[object, ...]:
    if point.collective:
        return ("several",)
    if organisation := _named(point, submissions):
        return ("organisation", organisation.id)
    return ("submission", point.submission) if point.submission else ("unknown", point.id)


def _named(point: Point, submissions: dict[int, Submission]) -> Organisation | None:
    """The organisation behind a point, if its submission may be published with its name."""
    submission = submissions.get(point.submission or 0)
    return submission.organisation if submission and submission.publish else None


def _group(
    record: Record, theme: str, key: tuple[object, ...], points: list[Point], submissions: dict[int, Submission]
) -> Block:
    organisation = _named(points[0], submissions)
    if key[0] == "several":
        opening, later = text("several submissions"), "Submissions"
    elif key[0] == "organisation" and organisation is not None:
        opening = record.mentions.author(organisation).before_verb()
        later = _again(record.mentions, organisation)
    else:
        opening, later = text("one submission"), "The submission"
    name = f"point:{points[0].uid}"
    if key[0] == "organisation" and organisation is not None:
        name = f"organisation:{organisation.key}"
    elif key[0] == "submission" and (submission := submissions.get(points[0].submission or 0)):
        name = f"submission:{submission.key}"
    behind = [Source("submission", each.submission) for p in points for each in (p, *p.merged) if each.submission]
    content = told(record, opening, later, points)
    return block(f"inputs:{theme.casefold()}:{name}", content, *sources(points), *behind)


def _again(mentions: Mentions, organisation: Organisation) -> str:
    """An organisation as the subject of the next sentence: by its acronym or name, without country."""
    content: Text = mentions.organisation(organisation, country=False)
    return plain(capital(content))
