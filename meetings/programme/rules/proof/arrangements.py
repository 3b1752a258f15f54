"""What participants need in order to take part: a room, a join link, a word on accessibility, names that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from meetings.programme.rules.proof.facts import HELD_IN_A_SITTING, Facts
from meetings.programme.rules.proof.finding import N_, Check, Finding, Place, Severity

ACCESSIBILITY = Check(
    "accessibility", Severity.LOOK,
    N_("A concept note that says nothing about accessibility"),
    N_("Say under Format what is provided, and how to ask for more."),
    N_("Convention on the Rights of Persons with Disabilities, arts. 9 and 21; JIU/REP/2018/6"),
)  # fmt: skip
NO_ROOM = Check(
    "no-room", Severity.LOOK,
    N_("A sitting without a room, in a meeting held in person"),
    N_("Name the room of the sitting, or one for the whole meeting."),
    N_("Calendar entries and the programme say where to go."),
)  # fmt: skip
NO_JOIN_LINK = Check(
    "no-join-link", Severity.FIRST,
    N_("A sitting without a join link, in a published meeting held online"),
    N_("Create the Teams link, or paste one."),
    N_("Confirmed participants get it with their calendar entry."),
)  # fmt: skip
SAME_NAME = Check(
    "same-name", Severity.LOOK,
    N_("Two sessions with the same label and title"),
    N_("Give them different titles, or labels such as Dialogue 1 and Dialogue 2."),
    N_("Calendars, the floor and the report tell sessions apart by them."),
)  # fmt: skip

# What is provided for persons with disabilities, in the six official languages: no theme of a meeting is called so.
_PROVIDED: Final = re.compile(
    r"sign language|international sign\b|caption|subtitl|wheelchair|step-free"
    r"|langue des signes|sous-titr|fauteuil roulant|lenguas? de (?:señas|signos)|subtítul|subtitulad|silla de ruedas"
    r"|жестов|субтитр|لغة الإشارة|الترجمة النصية|手语|字幕",
    re.IGNORECASE,
)
# Words that are about the meeting where they stand under Format, and may be about its theme everywhere else.
_ACCESS: Final = re.compile(
    r"accessib|accommodation|aménagements? raisonnable|accesib|ajustes? razonable|доступност|إمكانية الوصول|无障碍",
    re.IGNORECASE,
)


def accessibility(facts: Facts) -> Iterator[Finding]:
    """Not a word, in any text, about how persons with disabilities take part."""
    place = Place("note", "modalities")
    if facts.over or any(
        _PROVIDED.search(text.text) or (text.place == place and _ACCESS.search(text.text)) for text in facts.texts
    ):
        return
    yield ACCESSIBILITY.at(
        place,
        N_("Nothing says how persons with disabilities can take part, and whom to ask."),
    )


def rooms(facts: Facts) -> Iterator[Finding]:
    """Sittings to which people come and are not told where."""
    if facts.mode == "online" or facts.over or facts.room:
        return
    for sitting in facts.sittings:
        if not sitting.room:
            yield NO_ROOM.at(
                Place("sitting", "room", sitting.key),
                N_("The sitting of %(day)s, %(start)s to %(end)s, has no room."),
                day=sitting.date, start=sitting.start, end=sitting.end,
            )  # fmt: skip


def join_links(facts: Facts) -> Iterator[Finding]:
    """Sittings that people join online and that nobody can join."""
    if facts.mode == "in_person" or facts.over or not facts.published:
        return
    for sitting in facts.sittings:
        if not sitting.linked:
            yield NO_JOIN_LINK.at(
                Place("sitting", "join_url", sitting.key),
                N_("The sitting of %(day)s, %(start)s to %(end)s, has no join link."),
                day=sitting.date, start=sitting.start, end=sitting.end,
            )  # fmt: skip


def names(facts: Facts) -> Iterator[Finding]:
    """Sessions that nobody can tell apart by their names; pauses may be called alike."""
    seen: set[tuple[str, str, int | None]] = set()
    for session in facts.sessions:
        named = ((session.label or "").casefold(), session.title.casefold(), session.part_of_id)
        if session.kind not in HELD_IN_A_SITTING | {"side_event"} or not session.title:
            continue
        if named in seen:
            yield SAME_NAME.at(session.at("title"), N_("Another session is called %(this)s too."), this=session.name)
        seen.add(named)
