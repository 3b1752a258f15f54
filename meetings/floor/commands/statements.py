"""What participants do with the statement of a request: file it, replace it, remove it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import undefer

from meetings.database import db, locked, transaction
from meetings.floor import rules
from meetings.floor.asking_words import file_problems
from meetings.floor.commands import acting
from meetings.floor.file_text import text_of
from meetings.floor.queries.statements import statement_in
from meetings.floor.rules import Status
from meetings.floor.rules import statements as checks
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest, Statement
from meetings.refusals import Refused

# A statement is taken as long as the request may be heard, and after it for the record.
_TAKEN = rules.OPEN | {Status.SPOKEN, Status.NOT_REACHED}


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as it is sent: typed, as a file, or both. Without `content`, a file sent before stays.

    `examined` is what the file was found to be by whoever took it; else the command looks, before it locks the floor.
    """

    delivery: str
    text: str | None
    file_name: str | None
    content: bytes | None
    examined: checks.Examined | None = None


def file_statement(
    *, request_id: int, registration_id: int, draft: Draft | None, actor: Actor, now: dt.datetime
) -> bool:
    """Keep the statement of a participant's own request, in place of one sent before; False where nothing changes.

    Once the time has run out or the request was spoken, it is for the record; without a draft, the one sent before
    is filed so. Refused for a request that was withdrawn, declined or missed, and for a file that is not taken.
    """
    sent = columns(draft)
    with transaction():
        floor, request = own(request_id, registration_id)
        if Status(request.status) not in _TAKEN:
            raise Refused(_("No statement can be sent for this request any more. Ask for the floor again."))
        if draft is None and request.statement is None:
            raise Refused(_("There is no statement to file. Type one, or choose a file."))
        return keep(floor, request, sent, actor=actor, now=now)


def remove_statement(*, request_id: int, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take back the statement of a participant's own request. A repeat changes nothing."""
    with transaction():
        floor, request = own(request_id, registration_id)
        _drop(floor, request, actor=actor, now=now)


def read_file(*, request_id: int, session_id: int) -> str | None:
    """The text of a statement's file, None where there is none to read; kept, so that a file is read once.

    It is read when somebody wants to lift words from it, and not while a room full of people sends statements. What is
    kept follows from the file alone: the log has no line of it, and the floor's version stays.
    """
    found = statement_in(request_id, session_id)
    if found is None or found.content is None:
        return None
    if found.file_text is not None:
        return found.file_text or None
    db.session.rollback()  # no connection is held while the file is read
    text = text_of(str(found.file_type), found.content)
    with transaction():
        row = locked(Statement, Statement.request_id == request_id, options=[undefer(Statement.content)])
        if row is not None and row.content == found.content:  # else another file was sent in the meantime
            row.file_text = text or ""
    return text


def columns(draft: Draft | None) -> dict[str, Any]:
    """The columns that a draft sets, none without one; refused where it cannot be taken.

    To be called before the floor is locked: nobody else waits while a file is looked at.
    """
    if draft is None:
        return {}
    if draft.delivery not in ("as_delivered", "check_against_delivery"):
        raise Refused(_("Say how the statement will be delivered."))
    text = checks.typed(draft.text)
    if len(text or "") > checks.LONGEST_TYPED:
        raise Refused(_("The statement is too long to be typed here. Send it as a file."))
    sent: dict[str, Any] = {"delivery": draft.delivery, "text": text}
    if draft.content is not None:
        found = draft.examined or checks.examine(draft.content)
        if isinstance(found, checks.Problem):
            raise Refused(file_problems()[found])
        sent |= {
            "file_name": checks.shown_name(draft.file_name) or f"statement.{found.file_type}",
            "file_type": found.file_type,
            "size": len(draft.content),
            "content": draft.content,
            "words": found.words,
        }
    return sent | ({"words": checks.count_words(text)} if text else {})


def keep(floor: Floor, request: FloorRequest, sent: dict[str, Any], *, actor: Actor, now: dt.datetime) -> bool:
    """Set columns of the statement of a request inside a command and raise the version; False where they are so.

    With nothing sent, and no file sent before, what was typed before is removed. Words are those of the text where
    there is one, else of the file; of a file that was sent with a text which is removed now they are not known.
    """
    row = request.statement
    wanted = sent | {"for_record": Status(request.status) not in rules.OPEN}
    if wanted.get("text", row and row.text) is None and wanted.get("file_type", row and row.file_type) is None:
        return _drop(floor, request, actor=actor, now=now)
    if row is not None and row.text is not None and "words" not in wanted and wanted.get("text", row.text) is None:
        wanted["words"] = None
    if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    if row is None:
        request.statement = row = Statement(filed_at=now, **wanted)
    else:
        for name, value in wanted.items():
            setattr(row, name, value)
        if "content" in wanted:
            row.file_text = None
        row.filed_at = now
    floor.version += 1
    facts = {name: getattr(row, name) for name in ("delivery", "words", "file_type", "size", "for_record")}
    acting.log(floor, "floor.statement_filed", request, actor=actor, now=now, after=facts)
    return True


def _drop(floor: Floor, request: FloorRequest, *, actor: Actor, now: dt.datetime) -> bool:
    if request.statement is None:
        return False
    before = {"file_type": request.statement.file_type, "words": request.statement.words}
    request.statement = None
    floor.version += 1
    acting.log(floor, "floor.statement_removed", request, actor=actor, now=now, before=before)
    return True


def own(request_id: int, registration_id: int) -> tuple[Floor, FloorRequest]:
    """A participant's own request, freshly read, with its floor locked."""
    request = db.session.get(FloorRequest, request_id)
    if request is None or request.registration_id != registration_id:
        raise Refused(_("This is not a request of yours."))
    floor = acting.lock_floor(request.session_id)
    db.session.refresh(request)
    return floor, request
