"""What publishing would do: what has changed, who would be told what, and how each mail reads."""

import datetime as dt
from dataclasses import dataclass

from meetings.invitations.letters import letter
from meetings.invitations.queries import Plan, differing, plan_of
from meetings.invitations.queries.calendars import Due
from meetings.invitations.rules import Kind
from meetings.programme.queries import MeetingHead
from meetings.programme.queries.versions import VersionLine, pending, versions
from meetings.programme.rules.changes import Change

KINDS: tuple[Kind, ...] = ("invitation", "update", "cancellation")


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail of a kind, in full."""

    kind: Kind
    recipient: str
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing the working copy would do now.

    `changes` are against the newest public version, None where there is none. `told` are those who would get mails;
    `unreachable` would, but no address of theirs is known.
    """

    newest: VersionLine | None
    changes: tuple[Change, ...] | None
    told: tuple[Due, ...]
    unreachable: tuple[Due, ...]
    plan: Plan

    def people(self, kind: Kind) -> int:
        """How many people would get a mail of this kind."""
        return sum(any(change.kind == kind for change in each.changes) for each in self.told)

    @property
    def mails(self) -> int:
        """How many mails would be sent: one for each entry in a calendar."""
        return sum(len(each.changes) for each in self.told)

    @property
    def is_final(self) -> bool:
        """Whether a version before was final, so that all after it are."""
        return self.newest is not None and self.newest.state != "tentative"


def preview(head: MeetingHead, now: dt.datetime) -> Preview:
    """What publishing the working copy would do now. `head` is the working copy's."""
    plan = plan_of(head.id, working=True)
    concerned = differing(plan, now)
    told = tuple(each for each in concerned if each.invitee.email)
    changes = pending(head, plan.programme)
    return Preview(
        newest=next(iter(versions(head.id)), None),
        changes=None if changes is None else tuple(changes),
        told=told,
        unreachable=tuple(each for each in concerned if not each.invitee.email),
        plan=plan,
    )


def samples(of: Preview, now: dt.datetime, note: str | None) -> list[Sample]:
    """The first mail of each kind, as it would read with this note."""
    found = []
    for kind in KINDS:
        first = next(((each, change) for each in of.told for change in each.changes if change.kind == kind), None)
        if first is not None:
            made = letter(of.plan.head, first[0].invitee, first[1], now, note)
            found.append(Sample(kind, made.recipient_name or made.recipient, made.language, made.subject, made.text))
    return found


def withdrawal(head: MeetingHead, now: dt.datetime) -> list[Due]:
    """Whose calendars would have something to cancel if the meeting became a draft again."""
    plan = plan_of(head.id)
    return [each for each in differing(plan.as_draft, now) if each.invitee.email]
