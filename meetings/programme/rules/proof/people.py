"""Who is missing in a session: somebody who leads it, somebody who declined, or half of humanity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from meetings.programme.rules.proof.facts import DISCUSSIONS, Facts, PlannedSession
from meetings.programme.rules.proof.finding import N_, Check, Finding, Severity

NO_MODERATOR = Check(
    "no-moderator", Severity.LOOK,
    N_("A panel or dialogue that nobody leads"),
    N_("Give somebody the role of chair, moderator or facilitator."),
    N_("A/HRC/56/32: each thematic session names its moderator"),
)  # fmt: skip
DECLINED = Check(
    "declined", Severity.FIRST,
    N_("Somebody who declined and still has a role"),
    N_("Take them out of the session, or ask them again."),
    N_("The answers of the speakers"),
)  # fmt: skip
UNANSWERED = Check(
    "unanswered", Severity.LOOK,
    N_("Somebody who was asked to speak and has let the day pass by which to answer"),
    N_("Remind them, ask them by telephone, or ask somebody else."),
    N_("The day that stood in the mail to them"),
)  # fmt: skip
ONE_GENDER = Check(
    "one-gender", Severity.LOOK,
    N_("A panel whose panellists all declared the same gender"),
    N_("Invite one more panellist."),
    N_("The Panel Parity Pledge of the International Gender Champions. Only where every panellist declared a gender."),
)  # fmt: skip

_LEADERS = frozenset({"chair", "moderator", "facilitator"})
_GENDERS = frozenset({"woman", "man"})


def leaderless(facts: Facts) -> Iterator[Finding]:
    """Panels and dialogues in which nobody is chair, moderator or facilitator.

    Who leads a whole leads its parts; and a whole whose parts are all led needs nobody more.
    """
    by_id = {session.id: session for session in facts.sessions}
    for session in facts.sessions:
        if session.kind in DISCUSSIONS and not _is_led(session, by_id):
            own = [part for part in facts.sessions if part.part_of_id == session.id]
            if session.part_of_id in by_id and by_id[session.part_of_id].kind in DISCUSSIONS:
                continue  # said of the whole
            if not own or not all(_LEADERS & set(part.roles) for part in own):
                yield NO_MODERATOR.at(
                    session.at("roles"), N_("Nobody is named to chair or moderate %(this)s."), this=session.name
                )


def _is_led(session: PlannedSession, by_id: dict[int, PlannedSession]) -> bool:
    seen: set[int] = set()
    around: PlannedSession | None = session
    while around is not None and around.id not in seen:
        if _LEADERS & set(around.roles):
            return True
        seen.add(around.id)
        around = by_id.get(around.part_of_id) if around.part_of_id is not None else None
    return False


def declined(facts: Facts) -> Iterator[Finding]:
    """People in the programme who said that they will not speak."""
    for session in facts.sessions:
        for number, person in dict.fromkeys(session.people):
            if number in facts.declined:
                yield DECLINED.at(
                    session.at("roles"), N_("%(person)s declined, and still has a role in %(this)s."),
                    about=str(number), person=person, this=session.name,
                )  # fmt: skip


def unanswered(facts: Facts) -> Iterator[Finding]:
    """People in the programme who were to answer by now; nothing once the meeting is over."""
    for session in facts.sessions if not facts.over else ():
        for number, person in dict.fromkeys(session.people):
            if number in facts.late:
                yield UNANSWERED.at(
                    session.at("roles"),
                    N_("%(person)s was asked to speak in %(this)s and has not answered in time."),
                    about=str(number), person=person, this=session.name,
                )  # fmt: skip


def of_one_gender(declared: Sequence[str | None]) -> bool:
    """Whether two panellists or more have all declared the same gender, woman or man."""
    return len(declared) > 1 and len(set(declared)) == 1 and declared[0] in _GENDERS


def one_gender(facts: Facts) -> Iterator[Finding]:
    """Panels of one gender. Nobody is named, and neither is the gender."""
    for session in facts.sessions:
        if session.of_one_gender:
            yield ONE_GENDER.at(
                session.at("roles"), N_("All panellists of %(this)s declared the same gender."), this=session.name
            )
