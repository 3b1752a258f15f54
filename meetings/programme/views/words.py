"""The warnings of a programme in words: what is odd, and how to mend it."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.programme.queries.lines import Programme, SessionLine
from meetings.programme.queries.oddities import every_session, oddities
from meetings.programme.rules.warnings import Kind, Oddity


@dataclass(frozen=True, slots=True)
class Explained:
    """A warning as a page shows it: the session to change, what is odd, and the cure."""

    kind: str
    session: SessionLine
    reason: str
    cure: str


def explained(programme: Programme) -> list[Explained]:
    """All warnings of a private programme, in words."""
    sessions = {each.id: each for each in every_session(programme)}
    return [
        Explained(each.kind, sessions[each.sessions[0]], *_words(each, [sessions[one] for one in each.sessions]))
        for each in oddities(programme)
    ]


def name(session: SessionLine) -> str:
    """A session as a sentence names it."""
    return str(_("“%(title)s”", title=session.label or session.title))


def _words(odd: Oddity, sessions: list[SessionLine]) -> tuple[str, str]:
    """The reason and the cure."""
    this = name(sessions[0])
    other = name(sessions[-1])
    match odd.kind:
        case Kind.OVERLAP:
            return (
                ngettext(
                    "%(this)s and %(other)s overlap by one minute.",
                    "%(this)s and %(other)s overlap by %(num)d minutes.",
                    odd.minutes,
                    this=this,
                    other=other,
                ),
                _("Change a time, or give them different tracks if they run in parallel."),
            )
        case Kind.PERSON_TWICE:
            return (
                _(
                    "%(person)s has a role in %(this)s and %(other)s at the same time.",
                    person=odd.person,
                    this=this,
                    other=other,
                ),
                _("Change a time, or give one of the roles to somebody else."),
            )
        case Kind.GAP:
            return (
                ngettext(
                    "Nothing is planned for one minute between %(other)s and %(this)s.",
                    "Nothing is planned for %(num)d minutes between %(other)s and %(this)s.",
                    odd.minutes,
                    this=this,
                    other=other,
                ),
                _("Change a time, add a break, or end the sitting and begin another one."),
            )
        case Kind.OUTSIDE_SITTING:
            return (
                _("%(this)s is not within the hours of its sitting.", this=this),
                _("Change its time or its sitting, or the hours of the sitting."),
            )
        case Kind.NO_SITTING:
            return (
                _("%(this)s is in no sitting: nobody is invited to it, and it has no join link.", this=this),
                _("Choose its sitting, or add one for this time."),
            )
        case Kind.FLOOR_TOO_LONG:
            return (
                _(
                    "The floor of %(this)s takes %(floor)d minutes; presentations and replies leave %(left)d.",
                    this=this,
                    floor=odd.minutes,
                    left=odd.available,
                ),
                _("Shorten the floor, the presentations or the replies, or make the session longer."),
            )
        case Kind.PARTS_TOO_LONG:
            return (
                _(
                    "The parts of %(this)s take %(needed)d minutes together; it has %(has)d.",
                    this=this,
                    needed=odd.minutes,
                    has=odd.available,
                ),
                _("Make the session longer or the parts shorter, or give the parts tracks if they run in parallel."),
            )
        case Kind.PART_OUTSIDE:
            return (
                _("%(this)s is not within the time of %(other)s, which it is part of.", this=this, other=other),
                _("Change its time, or let it be a session of its own."),
            )
