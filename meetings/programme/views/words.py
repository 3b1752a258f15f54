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
    cures = _cures()
    return [
        Explained(
            kind=odd.kind,
            session=sessions[odd.sessions[0]],
            reason=_reason(odd, name(sessions[odd.sessions[0]]), name(sessions[odd.sessions[-1]])),
            cure=cures[odd.kind],
        )
        for odd in oddities(programme)
    ]


def name(session: SessionLine) -> str:
    """A session as a sentence names it."""
    return str(_("“%(title)s”", title=session.label or session.title))


def _reason(odd: Oddity, this: str, other: str) -> str:
    """What is odd about a session, beside another one where it takes two."""
    facts = {"this": this, "other": other, "person": odd.person, "needed": odd.minutes, "has": odd.available}
    match odd.kind:
        case Kind.OVERLAP:
            return str(
                ngettext(
                    "%(this)s and %(other)s overlap by one minute.",
                    "%(this)s and %(other)s overlap by %(num)d minutes.",
                    odd.minutes,
                    **facts,
                )
            )
        case Kind.GAP:
            return str(
                ngettext(
                    "Nothing is planned for one minute between %(other)s and %(this)s.",
                    "Nothing is planned for %(num)d minutes between %(other)s and %(this)s.",
                    odd.minutes,
                    **facts,
                )
            )
        case Kind.PERSON_TWICE:
            return str(_("%(person)s has a role in %(this)s and %(other)s at the same time.", **facts))
        case Kind.OUTSIDE_SITTING:
            return str(_("%(this)s is not within the hours of its sitting.", **facts))
        case Kind.NO_SITTING:
            return str(_("%(this)s is in no sitting: nobody is invited to it, and it has no join link.", **facts))
        case Kind.FLOOR_TOO_LONG:
            return str(
                _("The floor of %(this)s takes %(needed)d minutes; presentations and replies leave %(has)d.", **facts)
            )
        case Kind.PARTS_TOO_LONG:
            return str(_("The parts of %(this)s take %(needed)d minutes together; it has %(has)d.", **facts))
        case Kind.PART_OUTSIDE:
            return str(_("%(this)s is not within the time of %(other)s, which it is part of.", **facts))


def _cures() -> dict[Kind, str]:
    """How each kind of oddity is mended."""
    return {
        Kind.OVERLAP: _("Change a time, or give them different tracks if they run in parallel."),
        Kind.PERSON_TWICE: _("Change a time, or give one of the roles to somebody else."),
        Kind.GAP: _("Change a time, add a break, or end the sitting and begin another one."),
        Kind.OUTSIDE_SITTING: _("Change its time or its sitting, or the hours of the sitting."),
        Kind.NO_SITTING: _("Choose its sitting, or add one for this time."),
        Kind.FLOOR_TOO_LONG: _("Shorten the floor, the presentations or the replies, or make the session longer."),
        Kind.PARTS_TOO_LONG: _(
            "Make the session longer or the parts shorter, or give the parts tracks if they run in parallel."
        ),
        Kind.PART_OUTSIDE: _("Change its time, or let it be a session of its own."),
    }
