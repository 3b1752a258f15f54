"""Who is behind a mail address that has changed, and which private links a new one is to get."""

from typing import Literal

import sqlalchemy as sa

from meetings import mail
from meetings.database import db
from meetings.invitations.queries.calendars import Invitee, invitee_of
from meetings.models.message import Message
from meetings.models.people import Person, Registration
from meetings.models.programme import Speaker

# The purposes of the links that lead to somebody's own pages.
OwnPage = Literal["verify", "personal", "speaker"]


def person_of(registration_id: int) -> int | None:
    """The person whose registration this is, or None where it is gone."""
    return db.session.scalar(sa.select(Registration.person_id).where(Registration.id == registration_id))


def reached(person_id: int) -> Invitee:
    """A person as mails reach them now, whatever they take part in."""
    query = (
        sa.select(Person, Registration, Speaker)
        .outerjoin(Registration, Registration.person_id == Person.id)
        .outerjoin(Speaker, Speaker.person_id == Person.id)
        .where(Person.id == person_id)
        .execution_options(populate_existing=True)
    )
    person, registration, speaker = db.session.execute(query).one()
    return invitee_of(person, registration, speaker)


def own_pages(invitee: Invitee) -> list[OwnPage]:
    """The pages whose links a new address is to get; not that of a speaker whose mail waits among the drafts."""
    found: list[OwnPage] = []
    if not invitee.email:
        return found
    if invitee.registration_id is not None:
        found.append("verify" if invitee.status == "unverified" else "personal")
    draft = sa.exists().where(Message.person_id == invitee.person_id, mail.drafts_with_link("speaker"))
    if invitee.speaker_status in ("invited", "confirmed", "declined") and not db.session.scalar(sa.select(draft)):
        found.append("speaker")
    return found
