"""The demonstration with the people who may try it: loaded into an empty database, and shown to whoever starts it."""

import datetime as dt

import sqlalchemy as sa

from meetings import links
from meetings.accounts import commands as accounts
from meetings.database import db, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import FloorRequest
from meetings.models.meeting import Meeting, Role
from meetings.models.people import Registration
from meetings.transfer import queries
from meetings.transfer.commands import load_demonstration

TEAM = {
    "organiser": "organiser@example.org",
    "chair": "chair@example.org",
    "rapporteur": "rapporteur@example.org",
}


def is_wanted() -> bool:
    """Whether the database is empty, so that the demonstration may be loaded unasked."""
    return queries.is_empty_of_meetings() and not queries.holds_real_data()


def is_all_there_is() -> bool:
    """Whether the database holds the demonstration and nothing of anybody's own."""
    return not queries.is_empty_of_meetings() and not queries.holds_real_data()


def load(now: dt.datetime) -> list[str]:
    """Load the meetings with their team; gives their slugs, none if they are there. Refused over data of one's own."""
    with transaction():
        slugs = load_demonstration(now=now)
        for slug in slugs:
            for role, email in TEAM.items():
                accounts.give_role(email=email, role=role, slug=slug, actor=COMMAND_LINE, now=now)
    return slugs


def sign_in_links(now: dt.datetime) -> dict[str, str]:
    """A link for each of the team, good once, and the personal page of one participant, by what they are."""
    found = {
        role: links.address("sign_in", accounts.print_link(email=email, actor=COMMAND_LINE, now=now))
        for role, email in TEAM.items()
    }
    participant = _a_participant()
    if participant is not None:
        found["participant"] = links.address("personal", participant.id, participant.link_serial)
    return found


def _a_participant() -> Registration | None:
    """Somebody of the newest meeting who takes part from afar, without a role there or a request for the floor yet."""
    return db.session.scalars(
        sa.select(Registration)
        .join(Meeting, Meeting.id == Registration.meeting_id)
        .where(
            Meeting.demonstration,
            Registration.status == "confirmed",
            Registration.attendance == "online",
            Registration.person_id.not_in(sa.select(Role.person_id)),
            Registration.person_id.not_in(sa.select(FloorRequest.person_id).where(FloorRequest.person_id.is_not(None))),
        )
        .order_by(Meeting.start_date.desc(), Registration.position, Registration.id)
        .limit(1)
    ).one_or_none()
