"""Taking notes: of a session while it runs or after it, and of the written submissions."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from meetings.access import Audience, actor, allow, current_account
from meetings.database import now
from meetings.display import session_roles
from meetings.floor import commands as floor_commands
from meetings.floor import queries as floor_queries
from meetings.models.report import new_uid
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused
from meetings.report import commands, queries
from meetings.report.forms import PointForm
from meetings.report.rules.notes import CLAUSES, SUGGESTED, VERBS, Voice
from meetings.report.views import notes_live
from meetings.report.views.blueprint import blueprint, head_of

ADDED = 303


@blueprint.get("/meetings/<slug>/notes/")
@allow(Audience.RAPPORTEUR)
def note_sessions(slug: str) -> ResponseReturnValue:
    """The session in progress; with `?all`, or where there is none, every session that notes can be taken of."""
    head = head_of(slug)
    running = queries.session_in_progress(head.id, head.timezone, now())
    if running is not None and "all" not in request.args:
        return redirect(url_for(".notes", slug=slug, key=running))
    sessions = queries.session_choices(head.id)
    return render_template("report/sessions.html", meeting=head, sessions=sessions, running=running)


@blueprint.route("/meetings/<slug>/notes/<key>", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def notes(slug: str, key: str) -> ResponseReturnValue:
    """The notes of one session, and the line for the next one. Whoever has the floor is chosen already."""
    head = head_of(slug)
    session = queries.session_notes(head.id, key) or abort(404)
    if (answer := notes_live.unchanged(session.live)) is not None:
        return answer
    form = PointForm(data={"speaker": _proposed(session), "kind": "point", "uid": new_uid()})
    form.offer(session.voices, session_roles())
    status = _take(head, session.id, form)
    if _asks_for_json():
        return _told(form, status)
    if status == ADDED:
        again = {"speaker": form.speaker.data, "floor": session.live.heard.request or ""}
        return redirect(url_for(".notes", slug=slug, key=key, **again) + "#text", status)
    values = _values_of(head, form, session.live, session.themes)
    names = {choice.voice.value: choice.name for choice in session.live.heard.choices}
    return notes_live.dated((render_template("report/notes.html", session=session, names=names, **values), status))


def _proposed(session: queries.SessionNotes) -> str:
    """Whom to choose beforehand: who has the floor; while that does not change, whoever was chosen last."""
    offered = {choice.voice.value for choice in session.voices} | {Voice().value, Voice(collective=True).value}
    last = request.args.get("speaker", "")
    if last in offered and request.args.get("floor", "") == str(session.live.heard.request or ""):
        return last
    return session.voices[0].voice.value if session.voices else Voice(collective=True).value


@blueprint.route("/meetings/<slug>/input-notes", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def input_notes(slug: str) -> ResponseReturnValue:
    """The notes of the written submissions, and the line for the next one."""
    head = head_of(slug)
    inputs = queries.input_notes(head.id)
    if (answer := notes_live.unchanged(inputs.live)) is not None:
        return answer
    form = PointForm(data={"speaker": request.args.get("speaker", ""), "kind": "point", "uid": new_uid()})
    form.offer_submissions(inputs.submissions)
    status = _take(head, None, form)
    if _asks_for_json():
        return _told(form, status)
    if status == ADDED:
        return redirect(url_for(".input_notes", slug=slug, speaker=form.speaker.data) + "#text", status)
    values = _values_of(head, form, inputs.live, inputs.themes)
    return notes_live.dated((render_template("report/input_notes.html", **values), status))


def _take(head: MeetingHead, session_id: int | None, form: PointForm) -> int:
    """Add the point that was sent, if one was; gives the status of the answer."""
    if not form.validate_on_submit():
        return 422 if form.is_submitted() else 200
    try:
        commands.add_point(
            meeting_id=head.id,
            session_id=session_id,
            values=form.values(),
            actor=actor(),
            now=now(),
            uid=form.uid.data,
        )
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return 409
    return ADDED


def _asks_for_json() -> bool:
    """Whether a point was sent by static/notes_queue.js, which keeps it until it is told that it has arrived."""
    return request.method == "POST" and request.accept_mimetypes.best == "application/json"


def _told(form: PointForm, status: int) -> ResponseReturnValue:
    problems = [*form.form_errors, *(str(problem) for each in form for problem in each.errors)]
    return jsonify(problems=problems), 200 if status == ADDED else status


def _values_of(head: MeetingHead, form: PointForm, live: queries.LiveNotes, themes: tuple[str, ...]) -> dict[str, Any]:
    account = current_account()
    suggested = json.dumps({"verbs": SUGGESTED, "clauses": CLAUSES})
    return {
        "meeting": head,
        "form": form,
        "themes": themes,
        "verbs": VERBS,
        "suggested": suggested,
        "whose": account.id if account else 0,
        **notes_live.page_of(live),
    }


@blueprint.get("/meetings/<slug>/notes/<key>/statements/<int:request_id>")
@allow(Audience.RAPPORTEUR)
def statement(slug: str, key: str, request_id: int) -> ResponseReturnValue:
    """The text of a statement, typed or read out of its file, to lift words from."""
    head = head_of(slug)
    session_id = queries.session_number(head.id, key) or abort(404)
    found = floor_queries.statement_in(request_id, session_id) or abort(404)
    in_file = floor_commands.read_file(request_id=request_id, session_id=session_id) if found.file_type else None
    return render_template(
        "report/statement.html",
        meeting=head,
        title=queries.speaker_of(request_id),
        texts=[text for text in (found.text, in_file) if text],
        language=found.language,
        unread=[f"statement.{found.file_type}"] if found.file_type and in_file is None else [],
        back=url_for(".notes", slug=slug, key=key),
    )


@blueprint.get("/meetings/<slug>/input-notes/texts/<int:submission_id>")
@allow(Audience.RAPPORTEUR)
def input_text(slug: str, submission_id: int) -> ResponseReturnValue:
    """The text of a submission, typed or read out of its files, to lift words from."""
    head = head_of(slug)
    found = queries.input_text(head.id, submission_id) or abort(404)
    back = url_for(".input_notes", slug=slug, speaker=Voice(submission=submission_id).value)
    return render_template(
        "report/statement.html",
        meeting=head,
        title=found.title,
        texts=found.texts,
        language=found.language,
        unread=found.unread,
        back=back,
    )
