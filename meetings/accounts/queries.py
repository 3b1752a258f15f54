"""What is read of accounts: the state of a sign-in link, and a meeting's team."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from meetings.database import db
from meetings.models.account import ENTRA, Account, Grant, SignInLink
from meetings.models.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Member:
    """One role that somebody holds in a meeting. Roles `everywhere` are not the meeting's to take away.

    `by_entra`: it follows the app roles in Microsoft Entra ID.
    """

    grant_id: int
    email: str
    name: str | None
    role: str
    everywhere: bool
    by_entra: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """Who holds which role in a meeting."""

    slug: str
    title: str
    members: tuple[Member, ...]


def team(slug: str) -> Team | None:
    """A meeting's team, the meeting's own roles first, each in the order of their addresses."""
    meeting = db.session.execute(sa.select(Meeting.id, Meeting.title).where(Meeting.slug == slug)).one_or_none()
    if meeting is None:
        return None
    rows = db.session.execute(
        sa.select(Grant.id, Account.email, Account.name, Grant.role, Grant.meeting_id, Grant.source)
        .join(Account, Account.id == Grant.account_id)
        .where(sa.or_(Grant.meeting_id == meeting.id, Grant.meeting_id.is_(None)))
        .order_by(Grant.meeting_id.is_(None), Account.email, Grant.role)
    )
    members = tuple(
        Member(row.id, row.email, row.name, row.role, row.meeting_id is None, row.source == ENTRA) for row in rows
    )
    return Team(slug=slug, title=meeting.title, members=members)


def names(account_ids: Collection[int]) -> dict[int, str]:
    """How a log names accounts: by their name, else by their address; those that are gone are not in it."""
    rows = db.session.execute(sa.select(Account.id, Account.name, Account.email).where(Account.id.in_(account_ids)))
    return {row.id: row.name or row.email for row in rows}


def link_is_good(nonce: str, now: dt.datetime) -> bool | None:
    """Whether a sign-in link would sign in: not used, and not too old. None for one that was never made."""
    link = db.session.scalar(sa.select(SignInLink).where(SignInLink.nonce == nonce))
    return None if link is None else link.used_at is None and link.expires_at > now
