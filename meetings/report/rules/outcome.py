"""The outcome note: what a meeting came to, in plain language for the web, compiled as a first draft in Markdown.

It has the parts of such notes of the dialogues: the meeting in two sentences, the figures, who was heard, what was
discussed, what was recommended and what comes next. Bodies stand for who spoke from the floor; who is protected, and
what was sent in, stand nowhere but in the counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from exports.dates import joined, range_text
from exports.people import alphabetical
from exports.report_data import Heading
from exports.text import one_line
from meetings.report.rules.annex import body_line
from meetings.report.rules.draft import Block, Draft
from meetings.report.rules.front import COUNCIL
from meetings.report.rules.material import Material, Organisation, Particulars, Person, Point, Session
from meetings.report.rules.speech import Record, body_of
from meetings.report.rules.voices import CATEGORIES
from meetings.report.rules.wording import count, days, ordinal, place, plain

# Voices told of each session, with their first point, and of all sessions: a note that has every point is a report.
_VOICES, _ALL_VOICES = 6, 36
_LONG = 500  # characters of what one of them said
_LOCAL = "local_and_regional_governments"
_PAUSES = {"break", "lunch", "photo", "registration"}
_FRAMING = {"opening", "closing"}  # told of, but no theme
_LATER = {"recommendation", "question"}  # kinds of notes
_SEVERAL, _SOMEBODY = _UNNAMED = ("Several speakers", "A speaker")
# What Markdown could take for something else than the words: emphasis, code, HTML, entities, links, footnotes, lists.
_SIGNS = re.compile(r"[\\`*_<&#]|\](?=[(\[:])|\[(?=\^)|\^(?=\[)|(?<=!)\[")
_BEGINNING = re.compile(r"^([>+\-=~|]|\d{1,9}(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted: confirmed participants by category, their countries, interventions and their minutes.

    `minutes` is 0 where the time of some is not known.
    """

    participants: Mapping[str | None, int] = field(default_factory=dict)
    countries: int = 0
    interventions: int = 0
    minutes: int = 0


def outcome_note(material: Material, draft: Draft, figures: Figures) -> str:
    """The note as it is compiled today, in Markdown. What is not known is a gap in square brackets, or left out."""
    parts = (
        f"# {escaped(material.meeting.title)}",
        _opening(material),
        *_section("In figures", _figures(material, figures)),
        *_section("Who was heard", _heard(material)),
        *_discussed(material),
        *_themes(material, draft),
        *_recommended(draft),
        *_section("Next steps", (_next_step(material.particulars),)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """The text on one line, so that Markdown shows it as it is."""
    line = _SIGNS.sub(lambda sign: f"\\{sign[0]}", one_line(text))
    return _BEGINNING.sub(lambda sign: f"{sign[0]}\\" if sign[0].isdigit() else f"\\{sign[0]}", line)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading with its list or its paragraph; nothing where there is none."""
    found = [line for line in lines if line]
    if found:
        yield f"## {title}"
        yield "\n".join(found)


def _opening(material: Material) -> str:
    meeting = material.meeting
    when = days(meeting.start, meeting.end or meeting.start) if meeting.start else "[date of the meeting]"
    where = f" in {escaped(place(meeting.city, meeting.country))}" if meeting.city else ""
    where += {"online": " online", "hybrid": " and online" if where else " online"}.get(meeting.mode, "")
    mandate = ""
    if meeting.mandate_resolution:
        mandate = f", pursuant to {COUNCIL} resolution {escaped(meeting.mandate_resolution)}"
    about = ""
    if focus := one_line(material.particulars.focus or "").rstrip("."):
        about = f" It focused on {escaped(focus)}."
    return f"The meeting was held {when}{where}{mandate}.{about}"


def _figures(material: Material, figures: Figures) -> Iterator[str]:
    everybody = sum(figures.participants.values())
    if everybody:
        of = {words: figures.participants.get(key, 0) for key, words in CATEGORIES.items()}
        named = [f"{number:,} from {words}" for words, number in of.items() if number]
        rest = everybody - sum(of.values())
        told = joined([*named, f"{rest:,} for themselves"] if rest else named)
        yield f"- {everybody:,} confirmed {'participant' if everybody == 1 else 'participants'}: {told}"
    if figures.countries > 1:
        yield f"- Organizations from {count(figures.countries, 'country', 'countries')}"
    if speakers := len({person.id for _, person in _speakers(material.sessions)}):
        yield f"- {count(speakers, 'speaker').capitalize()} on the programme"
    if figures.interventions:
        minutes = f", {count(figures.minutes, 'minute')} in all" if figures.minutes else ""
        yield f"- {count(figures.interventions, 'intervention').capitalize()} from the floor{minutes}"
    if received := len(material.submissions):
        yield f"- {count(received, 'written submission').capitalize()}"


def _speakers(sessions: Iterable[Session]) -> Iterator[tuple[Session, Person]]:
    """Who is named on the programme, session by session."""
    for session in sessions:
        for role in session.roles:
            if not role.person.protected:
                yield session, role.person


def _heard(material: Material) -> Iterator[str]:
    """The bodies that spoke, on the programme or from the floor: local and regional governments, then others."""
    bodies = {i.organisation.id: i.organisation for i in material.interventions if i.organisation}
    bodies |= {p.organisation.id: p.organisation for _, p in _speakers(material.sessions) if p.organisation}
    for local, words in ((True, "Local and regional governments"), (False, "Others")):
        lines = {body_line(body) for body in bodies.values() if (body.category == _LOCAL) is local}
        if names := sorted(filter(None, lines), key=alphabetical):
            yield f"- **{words}:** {'; '.join(map(escaped, names))}"


def _discussed(material: Material) -> Iterator[str]:
    """Each session with some of what was said there, but for what was recommended."""
    record = Record(material)
    most = max(1, min(_VOICES, _ALL_VOICES // max(1, len({point.session for point in material.points}))))
    told = []
    for session in material.sessions:
        lines = list(_said(record, session, most))
        if session.kind not in _PAUSES and (lines or (session.kind not in _FRAMING and session.roles)):
            told += [f"### {escaped(session.title)}", "\n".join(lines) or "[what was discussed]"]
    if told:
        yield "## What was discussed"
        yield from told


def _said(record: Record, session: Session, most: int) -> Iterator[str]:
    """The first point of each of the first speakers."""
    told: list[str] = []
    for point in record.points(session):
        who = _who(record, session, point)
        known = who in told and who not in _UNNAMED
        if point.kind not in _LATER and one_line(point.text) and not known and len(told) < most:
            told.append(who)
            yield f"- {who} {escaped(_shortened(record.sentence(point)))}"


def _shortened(words: str) -> str:
    """As much of what was said as a note has room for; what is left out is seen to be."""
    return words if len(words) <= _LONG else f"{words[:_LONG].rpartition(' ')[0] or words[:_LONG]} […]"


def _themes(material: Material, draft: Draft) -> Iterator[str]:
    """The headings of what was sent in, as the report has them; without any, the themes of the notes."""
    heads = [part.text for part in draft.body if isinstance(part, Heading) and not part.numbered]
    heads = heads or [theme for point in material.points for theme in point.themes]
    if named := [escaped(theme) for theme in dict.fromkeys(map(one_line, heads)) if theme]:
        yield f"Themes: {'; '.join(named)}."


def _who(record: Record, session: Session, point: Point) -> str:
    """Who said it: a speaker of the programme by name, anybody else by the body they spoke for."""
    person = point.person
    if point.collective:
        return _SEVERAL
    if person is not None and person.protected:
        return _SOMEBODY
    body: Organisation | None = body_of(point)
    if person is not None and person.name and record.holds_a_role(person, session.id):
        name = " ".join(filter(None, (person.honorific, person.name)))
        return f"**{escaped(name)}**" + (f" ({escaped(body.name)})" if body else "")
    return f"**{escaped(body_line(body))}**" if body else _SOMEBODY


def _recommended(draft: Draft) -> Iterator[str]:
    """The recommendations as the report has them now, each lead with its items."""
    blocks = [
        part for part in draft.body if isinstance(part, Block) and part.key.partition(":")[0] == "recommendations"
    ]
    if blocks:
        yield "## What was recommended"
    for block in blocks:
        yield escaped(plain(block.paragraph.content))
        if block.paragraph.items:
            yield "\n".join(f"- {escaped(plain(item))}" for item in block.paragraph.items)


def _next_step(given: Particulars) -> str:
    session = f"its {ordinal(given.council_number)} session" if given.council_number else "[session of the Council]"
    dates = ""
    if given.council_start:
        dates = f" ({range_text(given.council_start, given.council_end or given.council_start)})"
    symbol = f" as document {escaped(given.symbol)}" if given.symbol else ""
    return f"A summary report of the meeting will be submitted to the {COUNCIL} at {session}{dates}{symbol}."
