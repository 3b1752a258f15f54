"""What was said from the floor: what several said, and who was heard, by organisation alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from exports.text import one_line
from meetings.report.rules.draft import Block, block
from meetings.report.rules.material import Point, Session
from meetings.report.rules.mentions import Mention
from meetings.report.rules.speech import Record, body_of, sources, told, unnamed
from meetings.report.rules.voices import Voices, of_the_floor, speakers, voices
from meetings.report.rules.wording import Text, key_part, plain, small, stopped, text

# Notes of which "Another challenge was …" is said in the singular, whatever follows.
_ONE_CHALLENGE = re.compile(
    r"(that|(the )?(lack|absence|shortage|inability|difficulty|exclusion|insufficiency|weakness|cost|risk)) (?=\w)",
    re.IGNORECASE,
)
_AS = frozenset({"", "highlighted", "noted", "emphasized", "stressed", "underscored", "pointed out", "mentioned"})


@dataclass(slots=True)
class _Paragraph:
    """Points of one paragraph, under the name that tells it from others of its session."""

    name: str
    points: list[Point] = field(default_factory=list)
    collective: bool = False


def floor(record: Record, session: Session, *, lead: str, lead_of_one: str, gathered: bool = False) -> list[Block]:
    """What was said from the floor, a paragraph for each organisation and each run of points of several speakers.

    The points of those who have a role in the session stand elsewhere. `lead` opens the first paragraph;
    `lead_of_one` does where a single speaker is all there is. `gathered`: an organisation that was heard on what
    several speakers had said, by its theme, is told of in their paragraph, as where a session tells its floor in short.
    """
    paragraphs = _paragraphs(record, session, gathered=gathered)
    blocks: list[Block] = []
    for each in paragraphs:
        opening = "" if blocks else lead_of_one if len(paragraphs) == 1 and not each.collective else lead
        blocks.append(_told(record, session, each, opening))
    return blocks


def _paragraphs(record: Record, session: Session, *, gathered: bool) -> list[_Paragraph]:
    """The points in their paragraphs, each where its first point stands."""
    made: dict[str, _Paragraph] = {}
    run: _Paragraph | None = None  # of several speakers, as long as nobody else comes between
    for point in record.from_the_floor(session):
        theme = key_part(point.themes[0]) if point.themes else ""
        themed = f"theme:{theme}"
        if _voices(record, session, point).several:
            if theme:
                run = made.setdefault(themed, _Paragraph(themed, collective=True))
            elif run is None or run.name.startswith("theme:"):
                name = f"point:{point.uid}"
                run = made.setdefault(name, _Paragraph(name, collective=True))
            run.points.append(point)
            continue
        run = None
        name = _name(record, session, point)
        if gathered and theme and themed in made and name not in made and not name.startswith("person:"):
            name = themed
        made.setdefault(name, _Paragraph(name)).points.append(point)
    return list(made.values())


def _voices(record: Record, session: Session, point: Point) -> Voices:
    return voices(point, of_the_floor, record.heard(session))


def _name(record: Record, session: Session, point: Point) -> str:
    """What tells the speaker of a point from others. In a dialogue the panellists reply by name."""
    person, body = point.person, body_of(point)
    if person is not None and (person.protected or body is None or record.replies(person, session.id)):
        return f"person:{person.key}"
    return f"organisation:{body.key}" if body is not None else f"point:{point.uid}"


def _told(record: Record, session: Session, paragraph: _Paragraph, lead: str) -> Block:
    """A paragraph: each speaker's points as they follow one another; after what several said, "In addition, …"."""
    content: Text = ()
    before: str | None = None
    for who, points in groupby(paragraph.points, key=lambda point: _who(record, session, paragraph, point)):
        said = list(points)
        if who == "several":
            content = text(content, " " if content else "", _of_several(record, session, said, "" if content else lead))
        else:
            joiner = "In addition, " if before == "several" else ""
            content = text(
                content, " " if content else "", _of_one(record, session, said, joiner or ("" if content else lead))
            )
        before = who
    key = f"session:{session.key}:floor:{paragraph.name}"
    return block(key, content, *sources(paragraph.points))


def _who(record: Record, session: Session, paragraph: _Paragraph, point: Point) -> str:
    return "several" if _voices(record, session, point).several else _name(record, session, point)


def _of_several(record: Record, session: Session, points: Sequence[Point], lead: str) -> Text:
    """What several speakers said: "In interventions from the floor, speakers …" where nobody counted them."""
    content: Text = ()
    called = ""
    for point in points:
        these = _voices(record, session, point)
        phrase = speakers(these, record.options)
        if lead and not these.known:
            opening = text(lead, "speakers")
        elif not content or called != phrase:
            opening = text(lead, phrase)
        else:
            opening = text("Speakers")
        again = bool(content) and called == phrase
        content = text(
            content, " " if content else "", told(record, opening, "", [point], also=again and point is points[-1])
        )
        called, lead = phrase, ""
    return content


def _of_one(record: Record, session: Session, points: Sequence[Point], lead: str) -> Text:
    """What one speaker said: an organisation's, or somebody of the programme by name, or who stays unnamed."""
    first = points[0]
    person, body = first.person, body_of(first)
    if person is not None and record.replies(person, session.id):
        later = record.mentions.short(person) if person.honorific else "The speaker"
        return told(record, text(lead, record.mentions.person(person).before_verb()), later, points)
    if body is None or (person is not None and person.protected):
        called = unnamed(record, session, "speaker", known=person is not None)
        return told(record, text(lead, called), "The speaker", points)
    mention = record.mentions.speaker(body, record.on_behalf_of(session, body))
    later = "The representative" if plain(mention.content).startswith("the representative") else "The speaker"
    if not lead and _another_challenge(record, session, first):
        return _challenge(record, session, mention, later, points)
    return told(record, text(lead, mention.before_verb()), later, points)


def _another_challenge(record: Record, session: Session, point: Point) -> bool:
    """Whether a challenge can be told as one more: one was told before, and in this session none so."""
    verb = one_line(point.verb or "").lower()
    return (
        point.kind == "challenge"
        and record.challenged
        and session.id not in record.another_challenge
        and verb in _AS
        and bool(_ONE_CHALLENGE.match(one_line(point.text)))
    )


def _challenge(record: Record, session: Session, mention: Mention, later: str, points: Sequence[Point]) -> Text:
    """ "Another challenge, as highlighted by the speaker from …, was that …", and what else the speaker said."""
    record.another_challenge.add(session.id)
    first, *further = points
    verb = record.sentence(replace(first, verb=first.verb or "highlighted")) and record.verb
    words = stopped(small(one_line(first.text)))
    content = text(f"Another challenge, as {verb} by ", mention.content, f", was {words}")
    return text(content, " ", told(record, text(later), later, further, also=True)) if further else content
