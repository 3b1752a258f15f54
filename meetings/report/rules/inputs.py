"""Section III, inputs received: what the written submissions say, under a heading for each theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from zlib import crc32

from exports.dates import joined
from exports.inline import Gap
from exports.report_data import Heading
from exports.text import one_line
from meetings.report.rules.draft import Block, Source, block
from meetings.report.rules.material import Organisation, Point, Submission
from meetings.report.rules.options import Options
from meetings.report.rules.speech import Record, sources, told
from meetings.report.rules.voices import CATEGORIES, ONE_OF, Voice, Voices, submissions, voices
from meetings.report.rules.wording import Text, capital, count, figures, key_part, plain, text, theme_heading

# Who calls for inputs and writes the report.
SECRETARIAT = Organisation(
    0, "Office of the United Nations High Commissioner for Human Rights", acronym="OHCHR", article="the"
)
# What an unnamed submission is called after the first one; all of them say that it is not one told of before.
_OTHERS = ("another submission", "a further submission", "another contribution", "a further contribution")


@dataclass(slots=True)
class _Paragraph:
    """Points of one paragraph, under the name that tells it from others of the section.

    Each stands behind the name of the one submission that made it, which is empty where several did.
    """

    name: str
    said: list[tuple[str, Point]] = field(default_factory=list)


@dataclass(slots=True)
class _Heading:
    """The points under one heading, each behind its theme; and of which organisations and unnamed submissions it has
    told so far.
    """

    title: str
    points: list[tuple[str, Point]] = field(default_factory=list)
    named: set[int] = field(default_factory=set)
    unnamed: set[int] = field(default_factory=set)
    called: str = ""  # the submission or submissions of the sentence before


def inputs(record: Record) -> list[Heading | Block]:
    """The section, or nothing where no submission is recorded and no point was taken of one."""
    received = record.material.submissions
    if not received and not record.points(None):
        return []
    headings = _headings(record)
    themes = {theme.casefold() for heading in headings for theme, _point in heading.points}
    titled = [heading for heading in headings if heading.title]
    body: list[Heading | Block] = [Heading(1, "Inputs received from States and other stakeholders")]
    body += _preamble(record, received, len(titled))
    for heading in headings:
        record.verb = ""
        if heading.title:
            body.append(Heading(3, heading.title, numbered=False))
        body += [_told(record, heading, paragraph) for paragraph in _paragraphs(record, heading, themes)]
    return body


def categories_of(received: tuple[Submission, ...]) -> str | Gap:
    """From whom submissions came, in the order of the nine categories. Who is neither named nor of any category is one
    of the other stakeholders; a gap where nothing is known, or where a category could be looked up.
    """
    known = {submission.category for submission in received if submission.category in CATEGORIES}
    to_look_up = any(s.organisation is not None and s.category not in CATEGORIES for s in received)
    if to_look_up or not known:
        hint = "Enter the category of each submission under Written submissions."
        return Gap("categories of those who sent them", hint)
    if any(submission.category not in CATEGORIES for submission in received):
        known.add("other_stakeholders")
    return (
        "stakeholders" if known == {"other_stakeholders"} else joined(CATEGORIES[c] for c in CATEGORIES if c in known)
    )


def _preamble(record: Record, received: tuple[Submission, ...], themes: int) -> list[Block]:
    addressees = one_line(record.material.addressees or "").rstrip(". ") or "States and other stakeholders"
    office = record.mentions.organisation(SECRETARIAT)
    every = [Source("submission", submission.id) for submission in received] or [Source("meeting")]
    sought = text("To inform the present report, ", office, f" sought contributions from {addressees}.")
    again = plain(capital(record.mentions.organisation(SECRETARIAT)))
    number = Gap("number of submissions", "List the submissions received under Written submissions.")
    how_many = f"{count(len(received), 'submission')}{_by_category(received)}" if received else number
    content = text(sought, f" {again} received ", how_many, ".")
    blocks = [block("inputs:received", content, *every)]
    if themes:
        words = f"The contributions received are summarized below under {count(themes, 'theme')}."
        blocks.append(block("inputs:themes", text(words), *every))
    return blocks


def _by_category(received: tuple[Submission, ...]) -> str:
    """: 12 from States and 9 from academic institutions; nothing unless the category of each is known."""
    counted = Counter(submission.category for submission in received)
    present = [category for category in CATEGORIES if counted[category]]
    if len(received) < 2 or sum(counted[category] for category in present) < len(received):
        return ""
    if len(present) == 1:
        return f", all of them from {CATEGORIES[present[0]]}" if present[0] != "other_stakeholders" else ""
    numbers = figures([counted[category] for category in present])
    each = (f"{n} from {CATEGORIES[c] if counted[c] > 1 else ONE_OF[c]}" for n, c in zip(numbers, present, strict=True))
    return f": {joined(each)}"


def _headings(record: Record) -> list[_Heading]:
    """The points under their headings: those without a theme first, then the headings that the rapporteur ordered,
    then other themes in the order in which they appear. Under an ordered heading its themes have their own order.
    """
    ordered = {theme.casefold(): place for place, theme in enumerate(_ordered(record.options))}
    titles = {one_line(t).casefold(): one_line(each.heading) for each in record.options.themes for t in each.themes}
    titles |= {one_line(each.heading).casefold(): one_line(each.heading) for each in record.options.themes}
    made = {"": _Heading("")} | {
        one_line(e.heading).casefold(): _Heading(one_line(e.heading)) for e in record.options.themes
    }
    for point in record.points(None):
        theme = _theme(record, point)
        title = titles.get(theme.casefold(), theme)
        made.setdefault(title.casefold(), _Heading(theme_heading(title))).points.append((theme, point))
    for heading in made.values():
        heading.points.sort(key=lambda under: ordered.get(under[0].casefold(), -1))
    return [heading for heading in made.values() if heading.points]


def _ordered(options: Options) -> list[str]:
    return [one_line(theme) for each in options.themes for theme in each.themes]


def _theme(record: Record, point: Point) -> str:
    """A point's first theme, else the first theme of its submission."""
    submission = record.submissions.get(point.submission or 0)
    return one_line(next(iter(point.themes or (submission.themes if submission else ())), ""))


def _topic(point: Point, themes: set[str]) -> str:
    """A further theme of a point that is no theme of the section: what it is about within its theme."""
    topics = (one_line(theme).casefold() for theme in point.themes[1:])
    return next((topic for topic in topics if topic and topic not in themes), "")


def _paragraphs(record: Record, heading: _Heading, themes: set[str]) -> list[_Paragraph]:
    """A paragraph for each topic within the theme; else for each submission, and each run of points of several."""
    made: dict[str, _Paragraph] = {}
    run = ("", "")  # the theme and name of what several submissions say, as long as nothing else comes between
    for theme, point in heading.points:
        who = "" if _voices(record, point).several else _name(record, point)
        if topic := _topic(point, themes):
            name, run = f"topic:{key_part(topic)}", ("", "")
        elif not who:
            run = run if run[1] and run[0] == theme else (theme, f"point:{point.uid}")
            name = run[1]
        else:
            name, run = who, ("", "")
        name = f"inputs:{key_part(theme)}:{name}"
        made.setdefault(name, _Paragraph(name)).said.append((who, point))
    return list(made.values())


def _name(record: Record, point: Point) -> str:
    if organisation := _named(record, point):
        return f"organisation:{organisation.key}"
    submission = record.submissions.get(point.submission or 0)
    return f"submission:{submission.key}" if submission else f"point:{point.uid}"


def _named(record: Record, point: Point) -> Organisation | None:
    """The organisation behind a point, if its submission may be published with its name."""
    submission = record.submissions.get(point.submission or 0)
    return submission.organisation if submission and submission.publish else None


def _voices(record: Record, point: Point) -> Voices:
    def voice_of(each: Point) -> Voice | None:
        submission = record.submissions.get(each.submission or 0)
        return Voice(submission.id, submission.category) if submission else None

    return voices(point, voice_of, len(record.submissions))


def _told(record: Record, heading: _Heading, paragraph: _Paragraph) -> Block:
    """A paragraph: what each submission says as they follow one another; after several, "In addition, …"."""
    content: Text = ()
    before = ""
    for who, group in groupby(paragraph.said, key=itemgetter(0)):
        points = [point for _who, point in group]
        joiner = "In addition, " if content and not before else ""
        said = _of_one(record, heading, points, joiner) if who else _of_several(record, heading, points)
        content = text(content, " " if content else "", said)
        before = who
    every = [point for _who, point in paragraph.said]
    behind = [Source("submission", e.submission) for p in every for e in (p, *p.merged) if e.submission]
    return block(paragraph.name, content, *sources(every), *behind)


def _of_several(record: Record, heading: _Heading, points: Sequence[Point]) -> Text:
    """What several submissions say: "Several submissions noted …. Contributors also highlighted …"."""
    content: Text = ()
    called = ""
    for point in points:
        these = _voices(record, point)
        phrase = submissions(these, record.options)
        again = phrase == called
        opening = "contributors" if again else phrase
        if not again and heading.called == phrase:
            opening = submissions(these, record.options, "contributions")
        said = told(record, text(opening), "", [point], also=again and point is points[-1])
        content = text(content, " " if content else "", said)
        called, heading.called = phrase, opening
    return content


def _of_one(record: Record, heading: _Heading, points: Sequence[Point], joiner: str) -> Text:
    """What one submission says; it is named if that was agreed to."""
    organisation = _named(record, points[0])
    if organisation is not None:
        again = organisation.id in heading.named
        heading.named.add(organisation.id)
        author = record.mentions.author(organisation).before_verb()
        numeral = plain(author)[:1].isdigit() and not joiner  # no sentence begins with a figure
        opening = text(joiner, "the submission of " if numeral else "", author)
        name = plain(capital(record.mentions.organisation(organisation, country=False)))
        later = "The submission" if name[:1].isdigit() else name
        heading.called = ""
        return told(record, opening, later, points, also=again)
    called = _unnamed(record, heading, points[0], joiner)
    heading.called = called
    noun = called.rpartition(" ")[2]
    return told(record, text(joiner, called), f"The {noun}", points)


def _unnamed(record: Record, heading: _Heading, point: Point, joiner: str) -> str:
    """One submission, then another, a further one, … within a heading; never another where it may be the same."""
    submission = record.submissions.get(point.submission or 0)
    first = not heading.unnamed
    if submission is None or submission.id in heading.unnamed:
        return "one submission"
    heading.unnamed.add(submission.id)
    if first or joiner:
        return "one submission"
    start = crc32(submission.key.encode()) % len(_OTHERS)
    turned = (*_OTHERS[start:], *_OTHERS[:start])
    return next(words for words in turned if words != heading.called)
