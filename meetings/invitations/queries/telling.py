"""How far everybody has been told of what was published last: jobs done, mails sent."""

from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.invitations.queries.calendars import TELL
from meetings.invitations.queries.messages import state_counts
from meetings.models.message import Job, Message
from meetings.models.people import Person


@dataclass(frozen=True, slots=True)
class Telling:
    """How far the telling begun last has come: people, and the mails to them by what became of each."""

    batch: int
    people: int
    told: int
    given_up: int
    sent: int
    failed: int
    queued: int
    drafts: int

    @property
    def mails(self) -> int:
        """All mails there are so far."""
        return self.sent + self.failed + self.queued + self.drafts

    @property
    def going_on(self) -> bool:
        """Whether the outbox has still to do with it."""
        return self.told + self.given_up < self.people or self.queued > 0

    @property
    def tag(self) -> str:
        """Another one whenever anything here is another; static/refresh.js knows the newer by its second and third."""
        return f"{self.batch}-{self.told}-{self.sent}-{self.failed}-{self.given_up}-{self.queued}-{self.drafts}"


@dataclass(frozen=True, slots=True)
class NotTold:
    """Somebody whom telling was given up, with the reason."""

    name: str
    reason: str


def not_told(meeting_id: int) -> list[NotTold]:
    """Those whom telling was given up: an error of the program, since no mail server is asked for it."""
    own = sa.and_(Job.meeting_id == meeting_id, Job.kind == TELL, Job.state == "dead")
    query = sa.select(Person, Job.error).join(Person, Person.id == Job.payload["person"].as_integer()).where(own)
    return [NotTold(person.name or "", error or "") for person, error in db.session.execute(query.order_by(Job.id))]


def telling(meeting_id: int) -> Telling | None:
    """How far the telling of the version published (or taken back) last has come; None where there never was one.

    All its jobs were written at one instant, and none of its mails before that.
    """
    own = sa.and_(Job.meeting_id == meeting_id, Job.kind == TELL, Job.payload["version"].as_integer().is_not(None))
    began = sa.select(sa.func.max(Job.created_at)).where(own).scalar_subquery()
    columns = (Job.state, Job.created_at, sa.func.count(), sa.func.min(Job.id))
    counted = sa.select(*columns).where(own, Job.created_at == began).group_by(Job.state, Job.created_at)
    jobs = {state: (at, number, first) for state, at, number, first in db.session.execute(counted)}
    if not jobs:
        return None
    at = next(iter(jobs.values()))[0]
    numbers = {state: number for state, (_at, number, _first) in jobs.items()}
    mails = state_counts(meeting_id, Message.version_id.is_not(None), Message.created_at >= at)
    return Telling(
        batch=min(first for _at, _number, first in jobs.values()),
        people=sum(numbers.values()),
        told=numbers.get("done", 0),
        given_up=numbers.get("dead", 0),
        sent=mails["sent"],
        failed=mails["failed"],
        queued=mails["queued"],
        drafts=mails["draft"],
    )
