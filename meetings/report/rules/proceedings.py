"""Section II, the summary of proceedings: the frames of the sessions, and in them who said what."""

from __future__ import annotations

from exports.dates import day_text
from exports.inline import Gap
from exports.report_data import Heading
from exports.text import one_line
from meetings.report.rules.draft import Block, Source, block
from meetings.report.rules.floor import floor
from meetings.report.rules.material import Person, Session
from meetings.report.rules.plan import Plan, Thematic
from meetings.report.rules.speech import Record, delivered, sources, speech
from meetings.report.rules.wording import Text, capital, count, countries_in_order, enumerated, ordinal, quoted, text

_OFFICERS = {"chair": "chaired", "moderator": "moderated", "facilitator": "facilitated"}
_SPEAKERS = ("opening", "keynote", "panellist", "closing")
_LEADS = {"opening": "In opening remarks, ", "keynote": "In a keynote address, ", "closing": "In concluding remarks, "}
# Bodies that speak for no one country, whatever country they sit in.
_INTERNATIONAL = {"united_nations_entities", "international_organizations", "city_networks"}


def proceedings(record: Record, plan: Plan, meeting_noun: str) -> list[Heading | Block]:
    """Section II with its parts A, B, …; a part that would be the only one has no heading of its own."""
    keynotes_only = bool(plan.opening) and all(session.kind == "keynote" for session in plan.opening)
    opening = [b for session in plan.opening for b in _opening(record, session, plan, meeting_noun)]
    thematic = [b for each in plan.thematic for b in _thematic(record, each, plan)]
    dialogues = _dialogues(record, plan)
    closing = [b for session in plan.closing for b in _closing(record, session, plan)]
    usual = {
        "opening": "Keynote addresses" if keynotes_only else "Opening session",
        "thematic": "Thematic sessions" if len(plan.thematic) > 1 else "Thematic session",
        "dialogue": "Interactive dialogue" if len(plan.dialogues) < 2 else "Interactive dialogues",
        "closing": "Closing session",
    }
    chosen = record.options.headings
    parts = zip(usual.items(), (opening, thematic, dialogues, closing), strict=True)
    written = [(one_line(chosen.get(part, "")) or title, blocks) for (part, title), blocks in parts if blocks]
    body: list[Heading | Block] = [Heading(1, "Summary of proceedings")]
    for title, blocks in written:
        body += [*([Heading(2, title)] if len(written) > 1 else []), *blocks]
    return body if written else [*body, _nothing()]


def _nothing() -> Block:
    gap = Gap("summary of proceedings", "The programme has no session yet: add the sessions under Programme.")
    return block("proceedings", text(gap), Source("meeting"))


def _name(session: Session, plan: Plan) -> str:
    """opening session; where there are several, with its day: opening session of 22 July 2025"""
    if session.kind == "interactive_dialogue":
        return "interactive dialogue"
    kind = "closing" if session in plan.closing else "keynote" if session.kind == "keynote" else "opening"
    alike = [s for s in (*plan.opening, *plan.closing) if s.kind == session.kind]
    day = f" of {day_text(session.date)}" if session.date and len({s.date for s in alike}) > 1 else ""
    return f"{kind} session{day}"


def _opening(record: Record, session: Session, plan: Plan, meeting_noun: str) -> list[Block]:
    """The moderator's paragraph and one for each speaker; keynote speakers are told as such."""
    name = _name(session, plan)
    record.verb = ""
    if session.kind == "interactive_dialogue":
        return _dialogue(record, session, name, folded=True)
    officers = session.holding(*_OFFICERS)
    speakers = [person for person in session.holding(*_SPEAKERS) if person not in officers]
    first = session == next((s for s in plan.opening if s.kind == "opening"), None)
    blocks = _opened(record, session, name, speakers, meeting_noun) if first else _presided(record, session, name)
    told = {source.id for each in blocks for source in each.sources if source.kind == "point"}
    for person in officers:
        if any(point.id not in told for point in record.said_by(person, session)):
            blocks.append(speech(record, person, session, noun="moderator"))
    for person in speakers:
        lead = _LEADS["keynote"] if "keynote" in (session.kind, _role_of(session, person)) else ""
        blocks.append(speech(record, person, session, lead=lead))
    blocks += _from_the_floor(record, session, plan)
    return blocks or [_unknown(session, name)]


def _opened(record: Record, session: Session, name: str, speakers: list[Person], meeting_noun: str) -> list[Block]:
    """ "The moderator of the opening session, the …, …, opened the discussion by …", and what that person said."""
    moderators = [person for person in session.holding("moderator", "facilitator") if not person.protected]
    chairs = [p for p in session.holding("chair") if not p.protected and p not in moderators]
    if not chairs and not moderators:
        return []
    content: Text = ()
    if chairs and moderators:
        content = text(f"The {name} was chaired by ", _named(record, chairs), ". ")
    officers, role = (moderators, "moderator") if moderators else (chairs, "chair")
    them = count(len(speakers), "speaker") if len(speakers) > 1 else "speaker"
    introducing = f" and introducing the {them}" if speakers else ""
    content = text(
        content,
        f"The {role}{'s' if len(officers) > 1 else ''} of the {name}, ",
        _named(record, officers),
        f", opened the discussion by outlining the objectives of the {meeting_noun}{introducing}.",
    )
    points = [point for person in (*chairs, *moderators) for point in record.said_by(person, session)]
    for point in points:
        if point.person is not None:
            content = text(content, f" {record.mentions.short(point.person)} {record.sentence(point)}")
    return [block(_frame_key(session), content, Source("session", session.id), *sources(points))]


def _presided(record: Record, session: Session, name: str) -> list[Block]:
    """ "The closing session was chaired by …", where somebody did."""
    officers = _officers(record, session, [])
    if not officers:
        return []
    content = text(f"The {name} ", enumerated(officers), ".")
    return [block(_frame_key(session), content, Source("session", session.id))]


def _named(record: Record, people: list[Person]) -> Text:
    return enumerated([record.mentions.person(person).content for person in people])


def _thematic(record: Record, each: Thematic, plan: Plan) -> list[Block]:
    """A thematic session with its parts and its floor."""
    beside = ""
    if each.parallel:
        beside = f"The {enumerated_words(each.parallel)} sessions were held in parallel. "
    return _session(record, each.session, _names(each, plan), plan, each, beside=beside)


def _names(each: Thematic, plan: Plan) -> dict[int, str]:
    """What a thematic session and its parts are called: the fourth session, the first part of the fourth session."""
    name = f"the {ordinal(each.number)} session" if len(plan.thematic) > 1 else "the thematic session"
    names = {each.session.id: name}
    for place, part in enumerate(each.parts, 1):
        names[part.id] = f"the {ordinal(place)} part of {name}" if len(each.parts) > 1 else f"one part of {name}"
    return names


def _dialogues(record: Record, plan: Plan) -> list[Block]:
    """The interactive dialogues, and the floors that are told there and not within their sessions."""
    names = {session.id: f"the {_name(session, plan)}" for session in (*plan.opening, *plan.closing)}
    for each in plan.thematic:
        names |= _names(each, plan)
    blocks: list[Block] = []
    for session in plan.dialogues:
        name = "interactive dialogue"
        if len(plan.standing) > 1 and session in plan.standing:
            name = f"{ordinal(plan.standing.index(session) + 1)} {name}"
        elif len(plan.dialogues) > 1 and session not in plan.standing:
            of = names.get(session.id) or names.get(session.part_of or 0)
            name += f" of {of}" if of else ""
        if session.id in plan.apart:
            record.verb = ""
            blocks += floor(record, session, lead=f"During the {name}, ", lead_of_one=f"During the {name}, ")
        else:
            blocks += _dialogue(record, session, name) or [_unknown(session, name)]
    return blocks


def enumerated_words(numbers: tuple[int, ...]) -> str:
    """second, third and fourth"""
    *most, last = map(ordinal, numbers)
    return f"{', '.join(most)} and {last}"


def _session(
    record: Record,
    session: Session,
    names: dict[int, str],
    plan: Plan,
    whole: Thematic | None = None,
    *,
    beside: str = "",
) -> list[Block]:
    """A session's frame, its speakers in the order of their roles, its parts, its floor, and who concluded it.

    `whole` holds the parts and dialogues of a session that is no part itself.
    """
    record.verb = ""
    parts, dialogues = (whole.parts, whole.dialogues) if whole else ((), ())
    speaking = _speaking(record, session)
    blocks = [_frame(record, session, names[session.id], plan, beside=beside, parts=len(parts))]
    for role, person in speaking:
        if role != "closing":
            just_named = len(blocks) == 1 and person in session.holding(*_OFFICERS)
            blocks.append(_speech(record, person, session, role, in_full=role == "panellist" and not just_named))
    for part in parts:
        blocks += _session(record, part, names, plan)
    blocks += _from_the_floor(record, session, plan, further=any(record.from_the_floor(part) for part in parts))
    for dialogue in dialogues:
        blocks += _dialogue(record, dialogue, "interactive dialogue", folded=True)
    blocks += [_speech(record, person, session, role) for role, person in speaking if role == "closing"]
    if len(blocks) == 1 and not session.roles and not record.points(session):
        gap = Gap("account of the session", f"Neither speakers nor points are recorded for “{session.title}”.")
        blocks = [block(blocks[0].key, text(blocks[0].paragraph.content, " ", gap, "."), *blocks[0].sources)]
    return blocks


def _speaking(record: Record, session: Session) -> list[tuple[str, Person]]:
    """Who has a paragraph in a session, each once, by the first of their roles: officers only where they said more."""
    speakers = session.holding(*_SPEAKERS)
    roles: dict[int, tuple[str, Person]] = {}
    for role in ("opening", "keynote", *_OFFICERS, "panellist", "closing"):
        for person in session.holding(role):
            if role not in _OFFICERS or (person not in speakers and record.said_by(person, session)):
                roles.setdefault(person.id, (role, person))
    return list(roles.values())


def _speech(record: Record, person: Person, session: Session, role: str, *, in_full: bool = False) -> Block:
    noun = "panellist" if role == "panellist" else "moderator" if role in _OFFICERS else "speaker"
    return speech(record, person, session, lead=_LEADS.get(role, ""), noun=noun, in_full=in_full)


def _frame(record: Record, session: Session, name: str, plan: Plan, *, beside: str, parts: int) -> Block:
    """ "The first session, on the theme “…”, featured five panellists and was moderated by …"."""
    panel = session.holding("panellist")
    predicates: list[Text] = []
    if panel:
        predicates.append(_featured(record, session, panel))
    if parts:
        predicates.append(text(f"consisted of {count(parts, 'part')}"))
    predicates += _officers(record, session, panel)
    theme = f"on the theme {quoted(session.title)}"
    several_days = len({each.date for each in plan.sessions}) > 1
    day = f"held on {day_text(session.date)}" if several_days and session.date and session.part_of is None else ""
    if predicates:
        content = text(f"{name}, {day} {theme}, " if day else f"{name}, {theme}, ", enumerated(predicates), ".")
    else:
        content = text(f"{name} was {day or 'held'} {theme}.")
    content = text(beside, capital(content), _experiences(panel))
    return block(_frame_key(session), content, Source("session", session.id))


def _featured(record: Record, session: Session, panel: list[Person]) -> Text:
    """How many panellists; a single one who also moderated is named here already."""
    if len(panel) == 1 and not panel[0].protected:
        verbs = [verb for role, verb in _OFFICERS.items() if panel == session.holding(role)]
        if verbs:
            mention = record.mentions.person(panel[0]).content
            return text("featured one panellist, ", mention, f", who also {verbs[0]} the discussion")
    return text(f"featured {count(len(panel), 'panellist')}")


def _officers(record: Record, session: Session, panel: list[Person]) -> list[Text]:
    """ "was moderated by …", for each who chaired, moderated or facilitated."""
    by: dict[tuple[int, ...], tuple[list[str], list[Person]]] = {}
    for role, verb in _OFFICERS.items():
        people = [person for person in session.holding(role) if not person.protected and [person] != panel]
        if people:
            by.setdefault(tuple(p.id for p in people), ([], people))[0].append(verb)
    predicates = []
    for verbs, people in by.values():
        names = [
            text("one of them, " if person in panel else "", record.mentions.person(person).content)
            for person in people
        ]
        predicates.append(text(f"was {' and '.join(verbs)} by ", enumerated(names)))
    return predicates


def _experiences(panel: list[Person]) -> str:
    """ "Panellists shared experiences from …", where panellists speak for at least two countries."""
    codes = [
        person.organisation.country
        for person in panel
        if not person.protected
        and not person.former
        and person.organisation is not None
        and person.organisation.country
        and person.organisation.category not in _INTERNATIONAL
    ]
    return f" Panellists shared experiences from {countries_in_order(codes)}." if len(set(codes)) > 1 else ""


def _from_the_floor(record: Record, session: Session, plan: Plan, *, further: bool = False) -> list[Block]:
    """The floor of a session that has panellists or other speakers of its own, unless it is told elsewhere.

    `further`: parts of the session had a floor before.
    """
    if session.id in plan.apart:
        return []
    return floor(
        record,
        session,
        lead=f"In {'further ' if further else ''}interventions from the floor, ",
        lead_of_one=f"In {'a further' if further else 'an'} intervention from the floor, ",
        gathered=True,
    )


def _dialogue(record: Record, session: Session, name: str, *, folded: bool = False) -> list[Block]:
    """An interactive dialogue, in a section of its own or folded into the session it is part of."""
    record.verb = ""
    blocks = _presided(record, session, name)
    speakers = session.holding(*_SPEAKERS)
    for person in session.holding(*_OFFICERS):
        if person not in speakers and record.said_by(person, session):
            blocks.append(speech(record, person, session, noun="moderator"))
    blocks += [speech(record, person, session, noun="panellist") for person in speakers]
    lead = f"During the {name}, "
    return blocks + floor(record, session, lead=lead, lead_of_one=lead, gathered=folded)


def _closing(record: Record, session: Session, plan: Plan) -> list[Block]:
    """ "At the closing session, concluding remarks were delivered by …, who …", then the other speakers."""
    name = _name(session, plan)
    record.verb = ""
    if session.kind == "interactive_dialogue":
        return _dialogue(record, session, name, folded=True)
    speakers = session.holding(*_SPEAKERS)
    blocks = _presided(record, session, name)
    for person in session.holding(*_OFFICERS):
        if person not in speakers and record.said_by(person, session):
            blocks.append(speech(record, person, session, noun="moderator"))
    for place, person in enumerate(speakers):
        if place == 0:
            lead = f"At the {name}, concluding remarks were delivered by "
            blocks.append(delivered(record, person, session, lead))
        else:
            blocks.append(speech(record, person, session, lead=_LEADS["closing"]))
    blocks += _from_the_floor(record, session, plan)
    return blocks or [_unknown(session, name)]


def _unknown(session: Session, name: str) -> Block:
    gap = Gap(f"account of the {name}", f"Neither speakers nor points are recorded for “{session.title}”.")
    return block(_frame_key(session), text(gap), Source("session", session.id))


def _frame_key(session: Session) -> str:
    return f"session:{session.key}:frame"


def _role_of(session: Session, person: Person) -> str:
    return next((role.role for role in session.roles if role.person == person), "")
