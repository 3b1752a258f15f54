"""Mending by one press what the proof-reader is certain of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from flask_babel import gettext as _

from meetings.database import transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.programme.commands.changing import find, lock_meeting
from meetings.programme.commands.meetings import edit_concept_note, edit_particulars
from meetings.programme.commands.sessions import edit_session
from meetings.programme.queries.edits import SessionValues, particulars_of, session_values_of
from meetings.programme.queries.lines import ConceptNote, DocumentLine, QuestionGroup
from meetings.programme.queries.meetings import concept_note_of, meeting_head
from meetings.programme.queries.oddities import oddities
from meetings.programme.queries.sessions import programme
from meetings.programme.rules.edits import mark as mark_of
from meetings.programme.rules.proof.finding import Assign, Change, Drop, Finding, Replace
from meetings.refusals import Stale


def mend(*, meeting_id: int, name: str, mark: str, actor: Actor, now: dt.datetime) -> bool:
    """Mend a finding as its button said; gives whether there was still something to mend.

    `name` and `mark` are those of the finding that was shown. What no longer stands is left alone, so that pressing
    twice mends once. Refuses with Stale where the button would by now do something else. What is changed is logged as
    if it had been typed into its form, a line for each form.
    """
    with transaction():
        meeting = lock_meeting(meeting_id)
        finding = next((each for each in _findings(meeting, now) if each.name == name), None)
        if finding is None:
            return False
        if finding.fix is None or finding.mark != mark:
            raise Stale(_("This has changed in the meantime. Look at the list as it is now."))
        by_form: dict[tuple[str, str], list[Change]] = {}
        for change in finding.fix.changes:
            by_form.setdefault((change.place.on, change.place.key), []).append(change)
        for (on, key), changes in by_form.items():
            _FORMS[on](meeting, key, changes, actor=actor, now=now)
        return True


def _findings(meeting: Meeting, now: dt.datetime) -> list[Finding]:
    head = meeting_head(meeting.slug)
    assert head is not None  # noqa: S101  # its row is locked
    return oddities(head, programme(meeting.id, private=True), concept_note_of(meeting), now=now)


def _mend_particulars(meeting: Meeting, key: str, changes: Iterable[Change], **by: Any) -> None:
    del key
    before = particulars_of(meeting)
    values = {name: _replaced(getattr(before, name), name, changes) for name in ("title", "subtitle")}
    edit_particulars(meeting_id=meeting.id, to=replace(before, **values), shown=mark_of(asdict(before)), **by)


def _mend_note(meeting: Meeting, key: str, changes: Iterable[Change], **by: Any) -> None:
    del key
    before = concept_note_of(meeting)
    to = replace(
        before,
        background=_replaced(before.background, "background", changes),
        modalities=_replaced(before.modalities, "modalities", changes),
        objectives=tuple(_replaced(each, "objectives", changes) for each in before.objectives),
        guiding_questions=tuple(
            QuestionGroup(
                _replaced(group.theme, "guiding_questions", changes),
                tuple(_replaced(each, "guiding_questions", changes) for each in group.questions),
            )
            for group in before.guiding_questions
        ),
        documents=_documents(before, changes),
    )
    edit_concept_note(meeting_id=meeting.id, to=to, shown=mark_of(asdict(before)), **by)


def _documents(note: ConceptNote, changes: Iterable[Change]) -> tuple[DocumentLine, ...]:
    dropped = {change.place.field.rsplit("-", 1)[0] for change in changes if isinstance(change, Drop)}
    return tuple(
        replace(each, url=_replaced(each.url, f"documents-{row}-url", changes))
        for row, each in enumerate(note.documents)
        if f"documents-{row}" not in dropped
    )


def _mend_session(meeting: Meeting, key: str, changes: Iterable[Change], **by: Any) -> None:
    before = session_values_of(find(Session, meeting, key))
    values = {name: _replaced(getattr(before, name), name, changes) for name in ("label", "title", "description")}
    to = replace(before, **values)
    for change in changes:
        if isinstance(change, Assign):
            to = _assigned(meeting, to, change)
    edit_session(meeting_id=meeting.id, key=key, to=to, shown=mark_of(asdict(before)), **by)


def _assigned(meeting: Meeting, to: SessionValues, change: Assign) -> SessionValues:
    if change.place.field == "sitting":
        return replace(to, sitting=find(Sitting, meeting, str(change.value)).key)
    return replace(to, floor=to.floor and replace(to.floor, cap_ms=int(change.value) * 60_000))


def _replaced(text: Any, field: str, changes: Iterable[Change]) -> Any:
    """The text of a field with what is to be replaced in it; what is empty stays so."""
    for change in changes:
        if text and isinstance(change, Replace) and change.place.field == field:
            text = text.replace(change.before, change.after)
    return text


_FORMS = {"meeting": _mend_particulars, "note": _mend_note, "session": _mend_session}
