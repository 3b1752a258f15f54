"""Paragraphs of what was said: by one named speaker, from the floor, or by several speakers together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from exports.inline import Gap
from exports.text import one_line
from meetings.report.rules.draft import Block, Source, block
from meetings.report.rules.material import Material, Organisation, Person, Point, Session, Submission
from meetings.report.rules.mentions import Mention, Mentions
from meetings.report.rules.wording import Text, capital, plain, reporting, text

_FURTHER = ("added ", "concluded ", "reiterated ")


class Record:
    """What one report is compiled from, looked up by session, and whom the report has introduced so far."""

    def __init__(self, material: Material) -> None:
        self.material = material
        on_programme = [role.person for session in material.sessions for role in session.roles]
        self.mentions = Mentions(on_programme)
        self.on_programme = {person.id for person in on_programme}
        self.anonymous: set[tuple[int, str]] = set()  # sessions that have had their first unnamed speaker of a kind
        self.placed: set[int] = set()
        self._points: dict[int, list[Point]] = {}
        for point in material.points:
            if point.session is not None and one_line(point.text):
                self._points.setdefault(point.session, []).append(point)
        self._on_behalf_of = {
            (heard.session, heard.organisation.id): heard.on_behalf_of
            for heard in material.interventions
            if heard.organisation is not None
        }

    def place(self, points: Iterable[Point]) -> None:
        """The points have their place in the report, and those merged into them too."""
        self.placed |= {source.id for source in sources(points)}

    def points(self, session: Session) -> list[Point]:
        """The points that rest on a session, in order."""
        return self._points.get(session.id, [])

    def said_by(self, person: Person, session: Session) -> list[Point]:
        """The points of somebody who has a role in the session."""
        return [p for p in self.points(session) if not p.collective and p.person and p.person.id == person.id]

    def on_behalf_of(self, session: Session, organisation: Organisation | None) -> str | None:
        """For whom else an organisation took the floor in a session."""
        return self._on_behalf_of.get((session.id, organisation.id)) if organisation else None


def sources(points: Iterable[Point]) -> list[Source]:
    """What a paragraph of these points rests on, merged points included."""
    return [Source("point", each.id) for point in points for each in (point, *point.merged)]


def sentence(point: Point, *, also: bool = False) -> str:
    """Verb and note of a point. Some verbs say themselves that more was said before."""
    words = reporting(point.kind, point.verb, point.text)
    return f"also {words}" if also and not words.startswith(_FURTHER) else words


def told(record: Record, opening: Text, later: str, points: Sequence[Point]) -> Text:
    """One speaker's points as sentences: the opening with the first one, then `later` as the subject of each."""
    record.place(points)
    content = text(opening, " ", sentence(points[0]))
    for point in points[1:]:
        content = text(content, f" {later} ", sentence(point, also=point is points[-1]))
    return capital(content)


def subject(record: Record, person: Person, session: Session, noun: str) -> tuple[Mention, str]:
    """How a speaker of the programme is called now, and in the next sentence. Who is protected stays unnamed.

    A paragraph tells of one speaker, so that nobody's full name has to be said twice in it.
    """
    if not person.protected:
        later = record.mentions.short(person) if person.honorific else f"The {noun}"
        return record.mentions.person(person), later
    again = (session.id, noun) in record.anonymous
    record.anonymous.add((session.id, noun))
    return Mention(text(f"{'another' if again else 'one'} {noun}")), f"The {noun}"


def speech(record: Record, person: Person, session: Session, *, lead: str = "", noun: str = "speaker") -> Block:
    """The paragraph of somebody who has a role in the session; a gap where nothing was noted."""
    points = record.said_by(person, session)
    mention, later = subject(record, person, session, noun)
    opening = text(lead, mention.before_verb())
    content = told(record, opening, later, points) if points else capital(text(opening, " ", unsaid(session), "."))
    return block(_key(session, person), content, Source("session", session.id), *sources(points))


def delivered(record: Record, person: Person, session: Session, lead: str) -> Block:
    """The paragraph of the first closing speaker: "… were delivered by the Director of …, …, who stressed …"."""
    points = record.said_by(person, session)
    mention, later = subject(record, person, session, "speaker")
    opening = text(lead, mention.content)
    if points:
        content = told(record, text(opening, ", who"), later, points)
    else:
        content = capital(text(opening, ". ", unsaid(session), "."))
    return block(_key(session, person), content, Source("session", session.id), *sources(points))


def unsaid(session: Session) -> Gap:
    """The gap where a speaker's words should stand."""
    return Gap("what was said", f"No point is recorded for this speaker in “{session.title}”: take it under Notes.")


def floor(record: Record, session: Session, *, lead: str, lead_of_one: str) -> list[Block]:
    """What was said from the floor, a paragraph for each organisation and each run of points of several speakers.

    The points of those who have a role in the session stand elsewhere. `lead` opens the first paragraph;
    `lead_of_one` does where a single speaker is all there is.
    """
    holding = {role.person.id for role in session.roles}
    points = [p for p in record.points(session) if p.collective or p.person is None or p.person.id not in holding]
    groups: dict[tuple[object, ...], list[Point]] = {}
    for run, (key, said) in enumerate(groupby(points, key=lambda p: _speaker(record, session, p))):
        groups.setdefault((*key, run) if key[0] == "several" else key, []).extend(said)
    blocks: list[Block] = []
    for key, members in groups.items():
        opening = "" if blocks else lead_of_one if len(groups) == 1 and key[0] != "several" else lead
        blocks.append(_group(record, session, key, members, opening))
    return blocks


def preview(point: Point, session: Session | None, submission: Submission | None) -> str:
    """A point as a sentence of its own, as the rapporteur sees it while taking notes."""
    mentions = Mentions([])
    person, body = point.person, point.organisation or (point.person.organisation if point.person else None)
    if point.collective:
        who = text("several speakers" if session else "several submissions")
    elif session is None:
        named = submission.organisation if submission is not None and submission.publish else None
        who = mentions.author(named).before_verb() if named else text("one submission")
    elif person is not None and any(role.person.id == person.id for role in session.roles):
        who = text("one speaker" if person.protected else mentions.short(person))
    else:
        who = mentions.speaker(None if person and person.protected else body).before_verb()
    return plain(capital(text(who, " ", sentence(point))))


def _speaker(record: Record, session: Session, point: Point) -> tuple[object, ...]:
    """What tells the speaker of a point from the floor from others. In a dialogue the panellists reply by name."""
    person = point.person
    organisation = point.organisation or (person.organisation if person else None)
    if point.collective:
        return ("several", point.themes[:1])
    if person is not None and person.protected:
        return ("person", person.id)
    if person is not None and session.kind == "interactive_dialogue" and person.id in record.on_programme:
        return ("named", person.id)
    if organisation is not None:
        return ("organisation", organisation.id)
    return ("person", person.id) if person else ("unknown", point.id)


def _group(record: Record, session: Session, key: tuple[object, ...], points: list[Point], lead: str) -> Block:
    first = points[0]
    organisation = first.organisation or (first.person.organisation if first.person else None)
    if key[0] == "several":
        opening, later = text(lead, "speakers" if lead else "several speakers"), "Speakers"
    elif key[0] == "named" and first.person is not None:
        opening = text(lead, record.mentions.person(first.person).before_verb())
        later = record.mentions.short(first.person) if first.person.honorific else "The speaker"
    else:
        who = organisation if key[0] == "organisation" else None
        mention = record.mentions.speaker(who, record.on_behalf_of(session, who))
        opening = text(lead, mention.before_verb())
        later = "The representative" if plain(mention.content).startswith("the representative") else "The speaker"
    return block(
        f"session:{session.key}:floor:{_name(key, first)}", told(record, opening, later, points), *sources(points)
    )


def _name(key: tuple[object, ...], first: Point) -> str:
    """What tells a paragraph of the floor from others: who speaks in it, else its first point."""
    body = first.organisation or (first.person.organisation if first.person else None)
    if key[0] == "organisation" and body is not None:
        return f"organisation:{body.key}"
    if key[0] in ("person", "named") and first.person is not None:
        return f"person:{first.person.key}"
    return f"point:{first.uid}"


def _key(session: Session, person: Person) -> str:
    return f"session:{session.key}:speaker:{person.key}"
