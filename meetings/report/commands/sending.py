"""What a sender does: send a submission, correct it until the deadline, change what they agree to, withdraw it.

What the log says of it is for who works on the meeting, and names nobody: no name, no address, nothing that was typed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.meeting import Meeting
from meetings.models.message import Message
from meetings.refusals import Refused
from meetings.report.commands import input_letters
from meetings.report.commands.input_files import NewFile, change_files, files_of, same_files
from meetings.report.commands.shared import begin, check_version, log
from meetings.report.input_words import too_long, wrong_type
from meetings.report.queries.call import call_of, call_state
from meetings.report.rules.call import CONSENTS, PERIOD, SENT_BY_ONE_ADDRESS, SENT_IN_ONE_MEETING, Call, State, words_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sender enters. `answers` stand by the number of their question; behind them whatever else is said."""

    organisation_name: str | None
    category: str
    country: str | None
    contact_name: str | None
    contact_email: str
    language: str | None
    answers: tuple[str, ...]
    themes: tuple[str, ...]
    consent: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission that was sent: what its private link says. `fresh`: it was not there before."""

    id: int
    serial: int
    fresh: bool


def send(*, meeting_id: int, mark: str, entry: Entry, files: Sequence[NewFile], actor: Actor, now: dt.datetime) -> Sent:
    """Take a submission and mail its sender the private link; the same sent twice from one form is taken once.

    `mark` tells one open form from all others. Refuses while the call is not open, what the call does not take, and
    too many at once.
    """
    key = f"sent-{hashlib.sha256(mark.encode()).hexdigest()[:16]}"
    with transaction():
        meeting = begin(meeting_id, now)
        known = locked(Submission, Submission.meeting_id == meeting.id, Submission.key == key)
        if known is not None:
            if known.withdrawn_at is None and _is(known, entry) and same_files(known.id, files):
                return Sent(known.id, known.serial, fresh=False)
            raise Refused(_("This form was sent before. To change what you sent, open the link in the mail you got."))
        call = open_call(meeting.id, now)
        check_taken(call, entry, files, ())
        _brake(meeting, entry.contact_email, now)
        row = _new(meeting, key, now)
        _fill(row, entry)
        db.session.add(row)
        db.session.flush()
        change_files(row, files, (), now)
        input_letters.tell(meeting, row, "sent", now)
        log("submission.sent", meeting.id, f"submission:{row.id}", actor, now, after=_facts(row))
        return Sent(row.id, row.serial, fresh=True)


def correct(
    *,
    submission_id: int,
    version: int,
    entry: Entry,
    files: Sequence[NewFile],
    removed: Collection[int],
    actor: Actor,
    now: dt.datetime,
) -> bool:
    """Change what one has sent, while the call is open; False where nothing differs. Refuses as send() does.

    Another name of the organisation undoes what the rapporteur had matched it with.
    """
    with transaction():
        meeting, row = own(submission_id, now)
        call = open_call(meeting.id, now)
        check_version(row.version, version)
        check_taken(call, entry, files, [file.file_type for file in files_of(row.id) if file.id not in removed])
        before, differs = _facts(row), not _is(row, entry)
        if not change_files(row, files, removed, now) and not differs:
            return False
        if entry.organisation_name != row.organisation_name:
            row.organisation_id = None
        _fill(row, entry)
        row.version += 1
        db.session.flush()
        log("submission.corrected", meeting.id, f"submission:{row.id}", actor, now, before=before, after=_facts(row))
        return True


def set_consent(*, submission_id: int, consent: str, actor: Actor, now: dt.datetime) -> bool:
    """Change whether one's submission may be published, also after the deadline; False where nothing differs."""
    with transaction():
        meeting, row = own(submission_id, now)
        if consent not in CONSENTS:
            raise Refused(_("Choose whether it may be published."))
        if row.consent == consent:
            return False
        before, row.consent = row.consent, consent
        row.version += 1
        target = f"submission:{row.id}"
        log(
            "submission.consent", meeting.id, target, actor, now, before={"consent": before}, after={"consent": consent}
        )
        return True


def withdraw(*, submission_id: int, erase: bool, actor: Actor, now: dt.datetime) -> None:
    """Take a submission back: it is no longer counted, shown or published. A repeat changes nothing.

    With `erase`, also one that was withdrawn before, all that was sent is erased: who, how to reach them, answers,
    files and the mails about it. The points that the rapporteur took of it are the rapporteur's own words, and stay.
    """
    with transaction():
        meeting, row = _locked(submission_id, now)
        target = f"submission:{row.id}"
        if row.withdrawn_at is None:
            row.withdrawn_at = now
            row.version += 1
            log("submission.withdrawn", meeting.id, target, actor, now)
        if erase and _erase(row):
            row.version += 1
            log("submission.erased", meeting.id, target, actor, now)


def replace_link(*, submission_id: int, actor: Actor, now: dt.datetime) -> None:
    """Make the private link invalid wherever it has got to, and mail a new one. Refuses without an address."""
    with transaction():
        meeting, row = _locked(submission_id, now)
        if not row.contact_email:
            raise Refused(_("No mail address is known to send a new link to."))
        lately = sa.select(sa.func.count()).where(
            Message.kind == input_letters.KIND,
            Message.recipient == row.contact_email,
            Message.created_at > now - PERIOD,
        )
        if (db.session.scalar(lately) or 0) >= SENT_BY_ONE_ADDRESS:
            raise Refused(
                _("Several links have been sent within the hour. Look in your mail, or try again in an hour.")
            )
        row.serial += 1
        input_letters.tell(meeting, row, "replaced", now)
        log("submission.link_replaced", meeting.id, f"submission:{row.id}", actor, now)


def own(submission_id: int, now: dt.datetime) -> tuple[Meeting, Submission]:
    """A submission that was not withdrawn, and its meeting, both locked."""
    meeting, row = _locked(submission_id, now)
    if row.withdrawn_at is not None:
        raise Refused(_("This submission was withdrawn. Nothing can be changed in it any more."))
    return meeting, row


def _locked(submission_id: int, now: dt.datetime) -> tuple[Meeting, Submission]:
    meeting_id = db.session.scalar(sa.select(Submission.meeting_id).where(Submission.id == submission_id))
    if meeting_id is None:
        raise Refused(_("This submission is no longer there."))
    meeting = begin(meeting_id, now)
    row = locked(Submission, Submission.id == submission_id)
    if row is None:
        raise Refused(_("This submission is no longer there."))
    return meeting, row


def open_call(meeting_id: int, now: dt.datetime) -> Call:
    """The call, which takes submissions now."""
    standing, _published = call_state(meeting_id, now)
    if standing is not State.OPEN:
        raise Refused(_("The call for inputs is closed: nothing can be sent or changed any more."))
    return call_of(db.session.get(CallForInputs, meeting_id))


def check_taken(call: Call, entry: Entry, files: Sequence[NewFile], kept: Sequence[str]) -> None:
    """Refuse what the call does not take; `kept` are the types of the files that were sent before and stay."""
    if not any(entry.answers) and not files and not kept:
        raise Refused(_("Answer a question, or choose a file."))
    if entry.consent not in CONSENTS:
        raise Refused(_("Choose whether it may be published."))
    problems = [too_long(call, words_of(entry.answers))]
    problems += [wrong_type(call, file.examined.file_type) for file in files]
    problems += [too_long(call, file.examined.words) for file in files]
    for problem in filter(None, problems):
        raise Refused(problem)


def _brake(meeting: Meeting, address: str, now: dt.datetime) -> None:
    lately = sa.select(sa.func.count()).where(Submission.meeting_id == meeting.id, Submission.sent_at > now - PERIOD)
    if (db.session.scalar(lately.where(Submission.contact_email == address)) or 0) >= SENT_BY_ONE_ADDRESS:
        raise Refused(_("Several submissions were sent with this address within the hour. Try again in an hour."))
    if (db.session.scalar(lately) or 0) >= SENT_IN_ONE_MEETING:
        raise Refused(_("Too many submissions are arriving at this moment. Please try again in an hour."))


def _new(meeting: Meeting, key: str, now: dt.datetime) -> Submission:
    last = db.session.scalar(sa.select(sa.func.max(Submission.position)).where(Submission.meeting_id == meeting.id))
    return Submission(
        meeting_id=meeting.id,
        key=key,
        position=0 if last is None else last + 1,
        sent_at=now,
        received=now.astimezone(ZoneInfo(meeting.timezone)).date(),
    )


def _fill(row: Submission, entry: Entry) -> None:
    row.organisation_name, row.category, row.country = entry.organisation_name, entry.category, entry.country
    row.contact_name, row.contact_email, row.language = entry.contact_name, entry.contact_email, entry.language
    row.answers, row.themes, row.consent = list(entry.answers), list(entry.themes), entry.consent


def _is(row: Submission, entry: Entry) -> bool:
    """Whether a submission says just what was entered."""
    stored = Entry(
        row.organisation_name,
        row.category or "",
        row.country,
        row.contact_name,
        row.contact_email or "",
        row.language,
        tuple(row.answers),
        tuple(row.themes),
        row.consent,
    )
    return stored == entry


def _facts(row: Submission) -> dict[str, object]:
    """What the log keeps of a submission."""
    return {
        "category": row.category,
        "country": row.country,
        "language": row.language,
        "consent": row.consent,
        "words": words_of(row.answers),
        "files": len(files_of(row.id)),
    }


def _erase(row: Submission) -> bool:
    """Erase what was sent; False where nothing is left."""
    files = files_of(row.id)
    for file in files:
        db.session.delete(file)
    mails = sa.select(Message).where(Message.meeting_id == row.meeting_id, Message.kind == input_letters.KIND)
    for message in db.session.scalars(mails):
        if (message.link_claim or [None])[0] == row.id:
            db.session.delete(message)
    held = any((row.contact_email, row.contact_name, row.organisation_name, row.organisation_id, row.title))
    if not held and not files and not any(row.answers):
        return False
    row.contact_email = row.contact_name = row.organisation_name = row.title = None
    row.organisation_id = row.country = row.language = None
    row.answers = []
    return True
