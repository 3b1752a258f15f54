"""What somebody said as sentences, and the paragraph of one named speaker."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from exports.inline import Gap
from meetings.report.rules.draft import Block, Source, block
from meetings.report.rules.material import Material, Organisation, Person, Point, Session, Submission
from meetings.report.rules.mentions import Mention, Mentions
from meetings.report.rules.verbs import reporting
from meetings.report.rules.voices import told_apart
from meetings.report.rules.wording import Text, capital, plain, text

# Verbs that say themselves that more was said before.
_FURTHER = ("added", "concluded", "reiterated", "went on", "agreed")


class Record:
    """What one report is compiled from, looked up by session, and whom the report has introduced so far.

    `spelled_out` are acronyms that are used so seldom that the name stands in their place.
    """

    def __init__(self, material: Material, spelled_out: frozenset[str] = frozenset()) -> None:
        self.material = material
        self.options = material.options
        on_programme = [role.person for session in material.sessions for role in session.roles]
        self.mentions = Mentions(on_programme, spelled_out)
        self.on_programme = {person.id for person in on_programme}
        self.submissions = {submission.id: submission for submission in material.submissions}
        self.anonymous: dict[
            tuple[int, str], set[bool]
        ] = {}  # by session and kind: whether it is known who was unnamed
        self.challenged = False  # whether a challenge has been told of
        self.another_challenge: set[int] = set()  # sessions in which one was told as another
        self.placed: set[int] = set()
        self.verb = ""  # that of the sentence before
        self._holding = {s.id: {role.person.id for role in s.roles} for s in material.sessions}
        self._dialogues = {session.id for session in material.sessions if session.kind == "interactive_dialogue"}
        self._points: dict[int | None, list[Point]] = {}
        for point in told_apart(material.points, self._told_in):
            self._points.setdefault(point.session, []).append(point)
        self._heard: dict[int, list[int | None]] = {}  # the organisations that had the floor, by session
        for heard in material.interventions:
            self._heard.setdefault(heard.session, []).append(heard.organisation.id if heard.organisation else None)
        self._on_behalf_of = {
            (heard.session, heard.organisation.id): heard.on_behalf_of
            for heard in material.interventions
            if heard.organisation is not None
        }

    def _told_in(self, point: Point) -> Hashable | None:
        """Where a point is told: by a named speaker, or together with what else was said in its session or sent in."""
        if point.session is None:
            withdrawn = point.submission is not None and point.submission not in self.submissions
            return None if withdrawn else ("inputs",)
        person = None if point.collective else point.person
        named = person is not None and (self.holds_a_role(person, point.session) or self.replies(person, point.session))
        return (point.session, person.id if person is not None and named else None)

    def holds_a_role(self, person: Person, session: int) -> bool:
        """Whether somebody is on the programme of this session."""
        return person.id in self._holding.get(session, ())

    def replies(self, person: Person, session: int) -> bool:
        """Whether somebody speaks by name in a dialogue, since another session has them on its programme."""
        return session in self._dialogues and person.id in self.on_programme and not person.protected

    def points(self, session: Session | None) -> list[Point]:
        """The points that rest on a session, or else on what was sent in, in order."""
        return self._points.get(session.id if session else None, [])

    def said_by(self, person: Person, session: Session) -> list[Point]:
        """The points of somebody who has a role in the session."""
        return [p for p in self.points(session) if not p.collective and p.person and p.person.id == person.id]

    def from_the_floor(self, session: Session) -> list[Point]:
        """The points of a session that are of nobody with a role in it."""
        return [
            p
            for p in self.points(session)
            if p.collective or p.person is None or not self.holds_a_role(p.person, session.id)
        ]

    def heard(self, session: Session) -> int:
        """How many had the floor in a session, each organisation once; 0 where nothing is recorded of it."""
        bodies = self._heard.get(session.id, [])
        return len(set(filter(None, bodies))) + bodies.count(None)

    def on_behalf_of(self, session: Session, organisation: Organisation | None) -> str | None:
        """For whom else an organisation took the floor in a session."""
        return self._on_behalf_of.get((session.id, organisation.id)) if organisation else None

    def sentence(self, point: Point, also: str = "") -> str:
        """Verb and note of a point, which has its place in the report by that. `also` stands before the verb."""
        self.placed |= {point.id, *(each.id for each in point.merged)}
        self.challenged |= point.kind == "challenge"
        self.verb, words = reporting(point.kind, point.verb, point.text, seed=point.uid, last=self.verb)
        return f"{also} {words}" if also and not self.verb.startswith(_FURTHER) else words


def sources(points: Iterable[Point]) -> list[Source]:
    """What a paragraph of these points rests on, merged points included."""
    return [Source("point", each.id) for point in points for each in (point, *point.merged)]


def body_of(point: Point) -> Organisation | None:
    """For whom a point was made."""
    return point.organisation or (point.person.organisation if point.person else None)


def told(record: Record, opening: Text, later: str, points: Sequence[Point], *, also: bool = False) -> Text:
    """One speaker's points as sentences: the opening with the first one, then `later` as the subject of each.

    `also`: the speaker was heard before, so that the first sentence says more, and the last one "further".
    """
    content = text(opening, " ", record.sentence(points[0], "also" if also else ""))
    for point in points[1:]:
        last = ("further" if also else "also") if point is points[-1] else ""
        content = text(content, f" {later} ", record.sentence(point, last))
    return capital(content)


def speech(
    record: Record,
    person: Person,
    session: Session,
    *,
    lead: str = "",
    noun: str = "speaker",
    in_full: bool = False,
) -> Block:
    """The paragraph of somebody who has a role in the session; a gap where nothing was noted.

    `in_full`: who was named before is so again, with the function: "The Director of the Institute, Mr. Kjaerum, …".
    """
    points = record.said_by(person, session)
    mention, later = _subject(record, person, session, noun, in_full=in_full)
    opening = text(lead, mention.before_verb())
    content = told(record, opening, later, points) if points else capital(text(opening, " ", unsaid(session), "."))
    return block(_key(session, person), content, Source("session", session.id), *sources(points))


def delivered(record: Record, person: Person, session: Session, lead: str) -> Block:
    """The paragraph of the first closing speaker: "… were delivered by the Director of …, …, who stressed …"."""
    points = record.said_by(person, session)
    mention, later = _subject(record, person, session, "speaker")
    opening = text(lead, mention.content)
    if points:
        content = told(record, text(opening, ", who"), later, points)
    else:
        content = capital(text(opening, ". ", unsaid(session), "."))
    return block(_key(session, person), content, Source("session", session.id), *sources(points))


def _subject(
    record: Record, person: Person, session: Session, noun: str, *, in_full: bool = False
) -> tuple[Mention, str]:
    """How a speaker of the programme is called now, and in the next sentence. Who is protected stays unnamed.

    A paragraph tells of one speaker, so that nobody's full name has to be said twice in it.
    """
    if not person.protected:
        later = record.mentions.short(person) if person.honorific else f"The {noun}"
        again = in_full and record.mentions.introduced(person)
        return record.mentions.again(person) if again else record.mentions.person(person), later
    return Mention(text(unnamed(record, session, noun))), f"The {noun}"


def unnamed(record: Record, session: Session, noun: str, *, known: bool = True) -> str:
    """one speaker, then another, for those who stay unnamed in a session; a speaker, where it may be the same one.

    `known`: the rapporteur knows who it was, so that two of them are two.
    """
    before = record.anonymous.setdefault((session.id, noun), set())
    called = "one" if not before else "another" if known and True in before else "a"
    before.add(known)
    return f"{called} {noun}"


def unsaid(session: Session) -> Gap:
    """The gap where a speaker's words should stand."""
    return Gap("what was said", f"No point is recorded for this speaker in “{session.title}”: take it under Notes.")


def preview(point: Point, session: Session | None, submission: Submission | None) -> str:
    """A point as a sentence of its own, as the rapporteur sees it while taking notes."""
    mentions = Mentions([])
    person, body = point.person, body_of(point)
    if point.collective or point.merged:
        who = text("several speakers" if session else "several submissions")
    elif session is None:
        named = submission.organisation if submission is not None and submission.publish else None
        who = mentions.author(named).before_verb() if named else text("one submission")
    elif person is not None and any(role.person.id == person.id for role in session.roles):
        who = text("one speaker" if person.protected else mentions.short(person))
    else:
        who = mentions.speaker(None if person and person.protected else body).before_verb()
    return plain(capital(text(who, " ", reporting(point.kind, point.verb, point.text, seed=point.uid)[1])))


def _key(session: Session, person: Person) -> str:
    return f"session:{session.key}:speaker:{person.key}"
