"""The rapporteur's notes: of a session while it runs or after it, and of the written submissions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.display import session_roles
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.forms import PointForm, kind_names
from meetings.report.queries import PointLine, PointValues
from meetings.report.rules.notes import VERBS, Voice
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen

POINTS_ON_A_PAGE = 50
_ARRANGE: dict[str, Callable[..., None]] = {
    "remove": commands.remove_point,
    "restore": commands.restore_point,
    "up": lambda **target: commands.move_point(up=True, **target),
    "down": lambda **target: commands.move_point(up=False, **target),
}


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
    form = PointForm(data={"speaker": _proposed(session), "kind": request.args.get("kind") or "point"})
    form.offer(session.voices, session_roles())
    status = 200
    if form.validate_on_submit():
        if refusal := _added(head, session.id, form):
            form.form_errors.append(refusal)
            status = 409
        else:
            again = {"speaker": form.speaker.data, "kind": form.kind.data, "floor": session.speaking or ""}
            return redirect(url_for(".notes", slug=slug, key=key, **again) + "#text", 303)
    elif form.is_submitted():
        status = 422
    page = render_template(
        "report/notes.html",
        meeting=head,
        session=session,
        form=form,
        **_paged(session.points),
        **_lists(session.themes),
    )
    return page, status


def _proposed(session: queries.SessionNotes) -> str:
    """Whom to choose beforehand: who has the floor; while that does not change, whoever was chosen last."""
    offered = {choice.voice.value for choice in session.voices} | {Voice().value, Voice(collective=True).value}
    last = request.args.get("speaker", "")
    if last in offered and request.args.get("floor", "") == str(session.speaking or ""):
        return last
    return session.voices[0].voice.value if session.voices else Voice(collective=True).value


@blueprint.route("/meetings/<slug>/input-notes", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def input_notes(slug: str) -> ResponseReturnValue:
    """The notes of the written submissions, and the line for the next one."""
    head = head_of(slug)
    taken = queries.input_notes(head.id)
    form = PointForm(data={"speaker": request.args.get("speaker", ""), "kind": request.args.get("kind") or "point"})
    form.offer_submissions(taken.submissions)
    status = 200
    if form.validate_on_submit():
        if refusal := _added(head, None, form):
            form.form_errors.append(refusal)
            status = 409
        else:
            again = {"speaker": form.speaker.data, "kind": form.kind.data}
            return redirect(url_for(".input_notes", slug=slug, **again) + "#text", 303)
    elif form.is_submitted():
        status = 422
    page = render_template(
        "report/input_notes.html",
        meeting=head,
        notes=taken,
        form=form,
        **_paged(taken.points),
        **_lists(taken.themes),
    )
    return page, status


def _added(head: MeetingHead, session_id: int | None, form: PointForm) -> str | None:
    """Add the point; the refusal, if it was refused."""
    try:
        commands.add_point(meeting_id=head.id, session_id=session_id, values=form.values(), actor=actor(), now=now())
    except Refused as refusal:
        return str(refusal)
    return None


def _paged(points: tuple[PointLine, ...]) -> dict[str, Any]:
    """The points of one page of a long list, the newest page unless another is asked for."""
    pages = max(1, -(-len(points) // POINTS_ON_A_PAGE))
    number = min(max(1, request.args.get("page", pages, type=int)), pages)  # the last page may be gone by now
    first = (number - 1) * POINTS_ON_A_PAGE
    shown = points[first : first + POINTS_ON_A_PAGE]
    return {"shown": shown, "offset": first, "total": len(points), "page": number, "pages": pages}


def _lists(themes: tuple[str, ...]) -> dict[str, Any]:
    return {"verbs": VERBS, "kinds": kind_names(), "themes": themes}


@blueprint.post("/meetings/<slug>/points")
@allow(Audience.RAPPORTEUR)
def arrange_points(slug: str) -> ResponseReturnValue:
    """Move, remove or put back one point: the button that was pressed says which."""
    head = head_of(slug)
    pressed = next((name for name in _ARRANGE if name in request.form), None)
    point_id = request.form.get(pressed, type=int) if pressed else None
    if pressed is None or point_id is None:
        abort(400)
    try:
        _ARRANGE[pressed](meeting_id=head.id, point_id=point_id, actor=actor(), now=now())
    except Refused as refusal:
        flash(str(refusal), "bad")
    else:
        if pressed == "remove":
            flash(_("The point was removed. It can be put back from the end of this page."), "good")
    anchor = None if pressed == "remove" else f"point-{point_id}"
    return redirect(_list_of(head, request.form.get("session"), request.form.get("page"), anchor), 303)


def _list_of(head: MeetingHead, key: str | None, page: str | None = None, anchor: str | None = None) -> str:
    """Where a point's list is: its session's notes, or those of the submissions."""
    if key:
        return url_for(".notes", slug=head.slug, key=key, page=page, _anchor=anchor)
    return url_for(".input_notes", slug=head.slug, page=page, _anchor=anchor)


@blueprint.route("/meetings/<slug>/points/<int:point_id>", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def edit_point(slug: str, point_id: int) -> ResponseReturnValue:
    """Change one point."""
    head = head_of(slug)
    stored, version, session_id = queries.point_values(head.id, point_id) or abort(404)
    form = PointForm(data=PointForm.data_of(stored, version))
    key, title = _offer(head, session_id, stored, form)
    back = _list_of(head, key, request.args.get("page"), f"point-{point_id}")
    changes: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        try:
            commands.edit_point(
                meeting_id=head.id,
                point_id=point_id,
                version=seen(form),
                values=form.values(),
                actor=actor(),
                now=now(),
            )
            return redirect(back, 303)
        except Stale as refusal:
            theirs = PointForm(formdata=None, data=PointForm.data_of(stored, version))
            _offer(head, session_id, stored, theirs)
            form.form_errors.append(str(refusal))
            changes = conflict(form, theirs, version)
            status = 409
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    elif form.is_submitted():
        status = 422
    page = render_template(
        "report/point.html",
        meeting=head,
        form=form,
        changes=changes,
        title=title,
        back=back,
        **_lists(()),
    )
    return page, status


def _offer(
    head: MeetingHead, session_id: int | None, stored: PointValues, form: PointForm
) -> tuple[str | None, str | None]:
    """Offer the sources of a point; gives the key and the title of its session."""
    if session_id is None:
        form.offer_submissions(queries.input_notes(head.id).submissions)
        return None, None
    key, title, voices = queries.voices_for_point(head.id, session_id, stored.voice)
    form.offer(voices, session_roles())
    return key, title
