"""Pages of reading: a file or text is sent, what was recognised is shown beside it, and becomes a meeting if agreed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.fields import zone_names
from meetings.programme import queries
from meetings.programme.queries import MeetingHead, meeting_head
from meetings.reading import commands, words
from meetings.reading.forms import MOST_SESSIONS, ReadingForm, SourceForm, completed, too_many
from meetings.reading.rules import Reading, Source, from_json, read, to_json
from meetings.reading.rules.choices import corrected
from meetings.reading.rules.marks import marks
from meetings.reading.rules.result import Head
from meetings.refusals import Refused
from meetings.requests import takes

blueprint = Blueprint("reading", __name__)

_MOST_BYTES = 6 * 1024 * 1024
_MOST_FIELDS = 20_000  # seven for each session of a very long note


@blueprint.route("/meetings/read", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def read_note() -> ResponseReturnValue:
    """Send a file or a text; what is recognised in it is shown, nothing is saved."""
    return _upload(None)


@blueprint.post("/meetings/read/create")
@allow(Audience.ORGANISER)
@takes(_MOST_BYTES, most_parts=_MOST_FIELDS)
def create() -> ResponseReturnValue:
    """Create the meeting that was read and agreed to; whoever does becomes its organiser."""
    form, source = _agreed(None)
    if not form.validate():
        return _shown(form, source, None), 422
    account = access.current_account()
    everywhere = any(grant.meeting_id is None for grant in access.grants())
    result = corrected(form.reading, form.head, form.rows)
    try:
        slug = commands.create_meeting(
            result,
            title=words.untitled(),
            organiser=account.email if account and not everywhere else None,
            actor=access.actor(),
            now=now(),
        )
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return _shown(form, source, None), 409
    flash(_made(result), "good")
    return redirect(url_for("programme.edit_programme", slug=slug), 303)


@blueprint.route("/meetings/<slug>/organise/read", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def read_into(slug: str) -> ResponseReturnValue:
    """Send a file or a text for a draft that has no sessions yet."""
    return _upload(_empty_draft(slug))


@blueprint.post("/meetings/<slug>/organise/read/fill")
@allow(Audience.ORGANISER)
@takes(_MOST_BYTES, most_parts=_MOST_FIELDS)
def fill(slug: str) -> ResponseReturnValue:
    """Fill a draft with what was read and agreed to."""
    head = meeting_head(slug) or abort(404)
    form, source = _agreed(head)
    if not form.validate():
        return _shown(form, source, head), 422
    result = corrected(form.reading, form.head, form.rows)
    try:
        commands.fill_meeting(result, meeting_id=head.id, title=head.title, actor=access.actor(), now=now())
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return _shown(form, source, head), 409
    flash(_made(result), "good")
    return redirect(url_for("programme.edit_programme", slug=slug), 303)


@blueprint.app_template_filter("stretches")
def stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers of lines as stretches without a gap, in order: 3, 4, 5 and 8 are 3 to 5 and 8 to 8."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _empty_draft(slug: str) -> MeetingHead:
    """The draft that can be filled; else the programme is where to go on."""
    head = meeting_head(slug) or abort(404)
    if head.published or queries.programme(head.id, private=True).days:
        flash(_("Only a draft without sessions can be filled from a file."), "warn")
        abort(redirect(url_for("programme.edit_programme", slug=slug), 303))
    return head


def _upload(meeting: MeetingHead | None) -> ResponseReturnValue:
    form = SourceForm()
    status = 200
    if form.is_submitted():
        if form.validate() and form.source is not None:
            reading = read(form.source)
            if len(reading.sessions) > MOST_SESSIONS:
                form.form_errors.append(too_many(len(reading.sessions)))
                return render_template("reading/upload.html", form=form, meeting=meeting), 422
            data = ReadingForm.data_of(reading, _present(meeting)) | {"source": to_json(form.source)}
            return _shown(ReadingForm(formdata=None, data=data, reading=reading), form.source, meeting)
        status = 422
    return render_template("reading/upload.html", form=form, meeting=meeting), status


def _agreed(meeting: MeetingHead | None) -> tuple[ReadingForm, Source]:
    """The form with what was typed, and the source that it brought along; without that, back to the beginning."""
    with suppress(ValueError):
        source = from_json(request.form.get("source", ""))
        reading = read(source)
        if len(reading.sessions) <= MOST_SESSIONS:
            form = ReadingForm(reading=reading)
            if form.is_whole:
                return form, source
    flash(_("The page is not complete. Read the file again."), "bad")
    where = url_for("reading.read_into", slug=meeting.slug) if meeting else url_for("reading.read_note")
    abort(redirect(where, 303))


def _shown(form: ReadingForm, source: Source, meeting: MeetingHead | None) -> str:
    reading = form.reading
    by_line: dict[int, list[str]] = {}
    for remark in reading.remarks:
        by_line.setdefault(remark.line, []).append(words.said(remark))
    return render_template(
        "reading/result.html",
        form=form,
        meeting=meeting,
        source=source,
        reading=reading,
        marks=marks(reading),
        remarks=by_line,
        assumed=words.assumed(reading),
        missed=frozenset(reading.not_understood),
        so_far=_so_far(form, meeting),
        zones=zone_names(),
        what=words.uses(),
    )


def _present(meeting: MeetingHead | None) -> Head | None:
    """What a draft says of itself already."""
    if meeting is None:
        return None
    return Head(
        title=meeting.title,
        subtitle=meeting.subtitle or "",
        first_day=meeting.start_date,
        last_day=meeting.end_date or meeting.start_date,
        zone=meeting.timezone,
        mode=meeting.mode,
        venue=meeting.venue or "",
        room=meeting.room or "",
        city=meeting.city or "",
        country=meeting.country or "",
    )


def _so_far(form: ReadingForm, meeting: MeetingHead | None) -> dict[str, Any]:
    """What the draft says, where what was read says something else."""
    present = _present(meeting)
    if present is None:
        return {}
    found = completed(form.reading, present)
    names = ("title", "subtitle", "first_day", "zone", "venue", "room", "city")
    return {
        name: getattr(present, name)
        for name in names
        if getattr(present, name) and getattr(present, name) != getattr(found, name)
    }


def _made(reading: Reading) -> str:
    number = len(reading.sessions)
    sessions = ngettext("%(num)d session", "%(num)d sessions", number)
    said: str = _(
        "Made as a draft: %(sessions)s, %(objectives)d objectives, %(questions)d guiding questions, %(documents)d"
        " background documents. Only those who work on the meeting can see it.",
        sessions=sessions,
        objectives=len(reading.objectives),
        questions=sum(len(each.questions) for each in reading.questions),
        documents=len(reading.documents),
    )
    return said
