"""What is done with accounts: sign-in links, signing in, giving and taking roles."""

import datetime as dt
import secrets
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from flask import render_template
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from meetings import journal, links, mail
from meetings.accounts import rules
from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.account import ENTRA, Account, Grant, SignInLink
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.refusals import Refused

_SUFFICIENT = ("organiser", "administrator")
# In place of a machine's mark, for links that the command line prints: they count for no limit.
_COMMAND_LINE = "command line"


class TooOften(Refused):
    """Too many sign-in links were asked for; waiting helps."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a link has signed in; the serial ends the sign-in when the account's rises."""

    account_id: int
    serial: int


def ask_for_link(*, email: str, machine: str | None, actor: Actor, now: dt.datetime) -> None:
    """Mail a sign-in link if the address (normal form) has an account; what is told is the same if it has none.

    Refuses with TooOften by counting what was asked for the address, and from the machine (a keyed hash).
    """
    with transaction() as session:
        account = locked(Account, Account.email == email)
        session.execute(sa.delete(SignInLink).where(SignInLink.asked_at < now - rules.KEEP_LINKS))
        for_address = _asked(SignInLink.email == email, now)
        from_machine = _asked(SignInLink.asked_from == machine, now) if machine else 0
        if rules.asks_too_often(for_address=for_address, from_machine=from_machine):
            raise TooOften(_("A link was asked for several times. Use the newest mail, or wait a quarter of an hour."))
        nonce = _keep_link(email=email, machine=machine, now=now, valid=rules.LINK_VALID)
        if account is not None:
            mail.send(_sign_in_mail(account, nonce), at=now)
        target = f"account:{account.id}" if account is not None else None
        journal.record(actor=actor, kind="account.link_asked", at=now, target=target)


def print_link(*, email: str, actor: Actor, now: dt.datetime) -> str:
    """Make a sign-in link for the command line to print; gives its nonce. Refuses an address without an account."""
    with transaction():
        account = locked(Account, Account.email == email)
        if account is None:
            raise Refused(_("%(email)s has no account; rostrum grant %(email)s ROLE makes one", email=email))
        journal.record(actor=actor, kind="account.link_printed", at=now, target=f"account:{account.id}")
        return _keep_link(email=email, machine=_COMMAND_LINE, now=now, valid=rules.PRINTED_LINK_VALID)


def use_link(*, nonce: str, actor: Actor, now: dt.datetime) -> SignedIn:
    """Sign in by a link, which is good once only. Refuses one that is used, too old or unknown."""
    with transaction():
        link = locked(SignInLink, SignInLink.nonce == nonce)
        if link is None or link.expires_at <= now:
            raise Refused(_("This link is too old. Ask for a new one."))
        if link.used_at is not None:
            raise Refused(_("This link has been used already. Ask for a new one."))
        account = db.session.scalar(sa.select(Account).where(Account.email == link.email))
        if account is None:
            raise Refused(_("This link is too old. Ask for a new one."))
        link.used_at = now
        journal.record(actor=actor, kind="account.signed_in", at=now, target=f"account:{account.id}")
        return SignedIn(account.id, account.serial)


def sign_in_by_entra(*, who: rules.Identity, actor: Actor, now: dt.datetime) -> SignedIn | None:
    """Sign in whom Entra ID has signed in, with the roles that it says: given in all meetings, and taken again.

    Roles given here by hand stay. None for somebody who has no role then; no account is made for them.

    An account is known by the subject. The first time it is joined by the address: a member's is given by the tenant's
    administrators, who could make themselves administrators here as well. A guest's is not theirs to give, and joins
    nothing. Refuses an address that is somebody else's, or is none.
    """
    with transaction():
        account = locked(Account, Account.subject == who.subject)
        if account is None:
            account = _of_entra(who, now)
        if account is None:
            return None
        _follow_roles(account, who.roles, actor, now)
        db.session.flush()
        account.name = account.name or who.name
        if db.session.scalar(sa.select(Grant.id).where(Grant.account_id == account.id).limit(1)) is None:
            return None
        journal.record(actor=actor, kind="account.signed_in_by_entra", at=now, target=f"account:{account.id}")
        return SignedIn(account.id, account.serial)


def _of_entra(who: rules.Identity, now: dt.datetime) -> Account | None:
    """The account of somebody who comes from Entra ID for the first time: joined by the address, or made for a role."""
    if who.address is None:
        if not who.roles:
            return None
        raise Refused(
            _(
                "Your user name at Microsoft is not a mail address, by which people are known here. Ask whoever looks "
                "after Entra ID at your organization to give you one that is."
            )
        )
    known = locked(Account, Account.email == who.address)
    if known is None and not who.roles:
        return None
    if known is not None and known.subject != who.subject and (who.guest or known.subject is not None):
        raise Refused(
            _(
                "There is an account of %(email)s here that is not yours at Microsoft for certain. Sign in by a mailed "
                "link instead.",
                email=who.address,
            )
        )
    account = known or _account(who.address, now)
    account.subject = who.subject
    return account


def _follow_roles(account: Account, roles: Collection[str], actor: Actor, now: dt.datetime) -> None:
    """Let the account hold just these roles in all meetings, besides what it was given by hand."""
    everywhere = {grant.role: grant for grant in account.grants if grant.meeting_id is None}
    for role in sorted(set(roles) - everywhere.keys()):
        db.session.add(Grant(account_id=account.id, role=role, source=ENTRA))
        _note_role(account, "account.role_given", actor, now, after={"role": role, "source": ENTRA})
    for role, grant in sorted(everywhere.items()):
        if grant.source == ENTRA and role not in roles:
            db.session.delete(grant)
            _note_role(account, "account.role_removed", actor, now, before={"role": role, "source": ENTRA})


def _note_role(
    account: Account,
    kind: str,
    actor: Actor,
    now: dt.datetime,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    journal.record(actor=actor, kind=kind, at=now, target=f"account:{account.id}", before=before, after=after)


def sign_out(*, account_id: int, actor: Actor, now: dt.datetime) -> None:
    """End all sign-ins of an account, in every browser: a cookie that was copied is of no use from then on."""
    with transaction():
        account = locked(Account, Account.id == account_id)
        if account is None:
            return
        account.serial += 1
        journal.record(actor=actor, kind="account.signed_out", at=now, target=f"account:{account.id}")


def give_role(*, email: str, role: str, slug: str | None, actor: Actor, now: dt.datetime, invite: bool = False) -> bool:
    """Let an address (normal form) hold a role, in one meeting or everywhere; an account is made where there is none.

    With `invite` a mail says so, and where to sign in. False, and nothing changed, where the role is held already.
    Refuses an unknown meeting, and an administrator of one meeting only.
    """
    with transaction() as session:
        meeting = _meeting(slug) if slug is not None else None
        if role == "administrator" and meeting is not None:
            raise Refused(_("An administrator is one for all meetings."))
        account = _account(email, now)
        meeting_id = meeting.id if meeting is not None else None
        held = next((each for each in account.grants if each.role == role and each.meeting_id == meeting_id), None)
        if held is not None and held.source is None:
            return False
        if held is not None:
            held.source = None  # by hand from now on: it stays when Entra ID withdraws its own
        else:
            session.add(Grant(account_id=account.id, role=role, meeting_id=meeting_id))
        journal.record(
            actor=actor,
            kind="account.role_given",
            at=now,
            meeting_id=meeting_id,
            target=f"account:{account.id}",
            after={"role": role},
        )
        if invite and meeting is not None:
            mail.send(_invitation(account, role, meeting), at=now)
        return True


def remove_role(*, slug: str, grant_id: int, account_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take a role of the meeting from somebody; `account_id` is the one who takes it.

    Refuses to leave the meeting without an organiser, and oneself outside. Repeating it changes nothing.
    """
    with transaction() as session:
        meeting = _meeting(slug)
        grant = session.scalar(sa.select(Grant).where(Grant.id == grant_id, Grant.meeting_id == meeting.id))
        if grant is None:
            return
        organisers = session.scalars(
            sa.select(Grant.account_id).where(Grant.meeting_id == meeting.id, Grant.role == "organiser")
        ).all()
        everywhere = session.scalar(
            sa.select(Grant.id)
            .where(Grant.account_id == account_id, Grant.meeting_id.is_(None), Grant.role.in_(_SUFFICIENT))
            .limit(1)
        )
        if rules.removal_locks_out(
            role=grant.role,
            own=grant.account_id == account_id,
            sufficient_elsewhere=everywhere is not None,
            organisers_of_meeting=organisers,
            holder=grant.account_id,
        ):
            raise Refused(_("The meeting keeps its organizer: add another one, who can then take this role from you."))
        journal.record(
            actor=actor,
            kind="account.role_removed",
            at=now,
            meeting_id=meeting.id,
            target=f"account:{grant.account_id}",
            before={"role": grant.role},
        )
        session.delete(grant)


def _meeting(slug: str) -> Meeting:
    """The meeting, locked, so that two who change its team wait for each other."""
    meeting = locked(Meeting, Meeting.slug == slug)
    if meeting is None:
        raise Refused(_("There is no meeting %(slug)s.", slug=slug))
    return meeting


def _account(email: str, now: dt.datetime) -> Account:
    """The address's account, locked; made if there is none, which somebody else may be doing just now."""
    account = locked(Account, Account.email == email)
    if account is not None:
        return account
    try:
        with db.session.begin_nested():
            db.session.add(Account(email=email, created_at=now))
    except IntegrityError:
        pass
    made = locked(Account, Account.email == email)
    if made is None:
        raise RuntimeError("the account that was just made is gone")
    return made


def _asked(condition: sa.ColumnElement[bool], now: dt.datetime) -> int:
    """How many mailed links fulfil the condition within the time that counts."""
    count = sa.select(sa.func.count()).where(
        condition,
        SignInLink.asked_at > now - rules.LINK_VALID,
        SignInLink.asked_from.is_distinct_from(_COMMAND_LINE),
    )
    return db.session.scalar(count) or 0


def _keep_link(*, email: str, machine: str | None, now: dt.datetime, valid: dt.timedelta) -> str:
    nonce = secrets.token_urlsafe(24)
    db.session.add(SignInLink(email=email, nonce=nonce, asked_at=now, asked_from=machine, expires_at=now + valid))
    return nonce


def _language() -> str:
    return str(get_locale() or "en").replace("_", "-")


def _sign_in_mail(account: Account, nonce: str) -> Message:
    minutes = int(rules.LINK_VALID.total_seconds() // 60)
    return Message(
        kind="sign_in",
        private=True,
        recipient=account.email,
        recipient_name=account.name,
        language=_language(),
        subject=_("Your link to sign in to Rostrum"),
        text=render_template("accounts/sign_in_mail.txt", minutes=minutes),
        link_purpose="sign_in",
        link_claim=[nonce],
    )


def _invitation(account: Account, role: str, meeting: Meeting) -> Message:
    return Message(
        kind="team_invitation",
        meeting_id=meeting.id,
        recipient=account.email,
        recipient_name=account.name,
        reply_to=meeting.contact,
        language=_language(),
        subject=_("Your part in the preparation: %(title)s", title=meeting.title),
        text=render_template(
            "accounts/invitation_mail.txt",
            title=meeting.title,
            role=role,
            email=account.email,
            address=links.page("accounts.sign_in"),
        ),
    )
