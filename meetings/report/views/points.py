"""The points that were noted: put in order, corrected, given to another speaker, merged, removed."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.access import Audience, actor, allow
from meetings.database import now
from meetings.display import session_roles
from meetings.programme.queries import MeetingHead
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.forms import PointForm, kind_names
from meetings.report.queries import PointValues
from meetings.report.rules.notes import VERBS, voice
from meetings.report.views.blueprint import blueprint, head_of
from meetings.report.views.editing import conflict, seen

POINTS_ON_A_PAGE = 50
_OF_ONE: dict[str, Callable[..., None]] = {
    "remove": commands.remove_point,
    "restore": commands.restore_point,
    "split": commands.split_point,
    "up": lambda **target: commands.move_point(up=True, **target),
    "down": lambda **target: commands.move_point(up=False, **target),
}


@blueprint.get("/meetings/<slug>/notes/<key>/points")
@allow(Audience.RAPPORTEUR)
def points(slug: str, key: str) -> ResponseReturnValue:
    """All points of a session in order."""
    return _points(head_of(slug), key)


@blueprint.get("/meetings/<slug>/input-notes/points")
@allow(Audience.RAPPORTEUR)
def input_points(slug: str) -> ResponseReturnValue:
    """All points of the submissions in order."""
    return _points(head_of(slug), None)


def _points(head: MeetingHead, key: str | None) -> ResponseReturnValue:
    page = queries.points_page(head.id, key, request.args.get("page", type=int), POINTS_ON_A_PAGE) or abort(404)
    form = PointForm()
    if key is None:
        form.offer_submissions(page.submissions)
    else:
        form.offer(page.voices, session_roles())
    return render_template("report/points.html", meeting=head, listed=page, form=form, kinds=kind_names())


@blueprint.post("/meetings/<slug>/points")
@allow(Audience.RAPPORTEUR)
def arrange_points(slug: str) -> ResponseReturnValue:
    """Do to one point, or to those that are ticked, what the button that was pressed says."""
    head = head_of(slug)
    anchor = None
    try:
        if "attribute" in request.form:
            _attribute(head)
        elif "merge" in request.form:
            anchor = _merge(head)
        else:
            anchor = _arrange_one(head)
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(_list_of(head, request.form.get("session"), request.form.get("page"), anchor), 303)


def _arrange_one(head: MeetingHead) -> int | None:
    pressed = next((name for name in _OF_ONE if name in request.form), None)
    point_id = request.form.get(pressed, type=int) if pressed else None
    if pressed is None or point_id is None:
        abort(400)
    _OF_ONE[pressed](meeting_id=head.id, point_id=point_id, actor=actor(), now=now())
    if pressed == "remove":
        flash(_("The point was removed. It can be put back from the end of this page."), "good")
        return None
    return point_id


def _attribute(head: MeetingHead) -> None:
    try:
        whose = voice(request.form.get("speaker", ""))
    except ValueError:
        abort(400)
    count = commands.attribute_points(meeting_id=head.id, points=_ticked(), voice=whose, actor=actor(), now=now())
    flash(ngettext("%(num)d point was changed.", "%(num)d points were changed.", count), "good")


def _merge(head: MeetingHead) -> int:
    kept = commands.merge_points(meeting_id=head.id, points=_ticked(), actor=actor(), now=now())
    flash(_("The points are merged: the first of them speaks for all. They can be parted again."), "good")
    return kept


def _ticked() -> dict[int, int]:
    """The points that are ticked, by id with the version that the page showed."""
    pairs = [value.partition(".")[::2] for value in request.form.getlist("point")]
    if not all(number.isdecimal() and version.isdecimal() for number, version in pairs):
        abort(400)
    return {int(number): int(version) for number, version in pairs}


def _list_of(head: MeetingHead, key: str | None, page: str | None, point_id: int | None) -> str:
    """The list that a point is in: that of its session, or of the submissions."""
    anchor = f"point-{point_id}" if point_id else None
    if key:
        return url_for(".points", slug=head.slug, key=key, page=page, _anchor=anchor)
    return url_for(".input_points", slug=head.slug, page=page, _anchor=anchor)


@blueprint.route("/meetings/<slug>/points/<int:point_id>", methods=["GET", "POST"])
@allow(Audience.RAPPORTEUR)
def edit_point(slug: str, point_id: int) -> ResponseReturnValue:
    """Change one point."""
    head = head_of(slug)
    stored, version, session_id = queries.point_values(head.id, point_id) or abort(404)
    form = PointForm(data=PointForm.data_of(stored, version))
    key, title = _offer(head, session_id, stored, form)
    back = _back_from(head, key, point_id)
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
    values = {"form": form, "changes": changes, "title": title, "back": back, "verbs": VERBS, "themes": ()}
    return render_template("report/point.html", meeting=head, **values), status


def _back_from(head: MeetingHead, key: str | None, point_id: int) -> str:
    """The page that led to a point: the list of all, by its page's number, or else where notes are taken."""
    if "page" in request.args:
        return _list_of(head, key, request.args["page"], point_id)
    anchor = f"point-{point_id}"
    if key:
        return url_for(".notes", slug=head.slug, key=key, _anchor=anchor)
    return url_for(".input_notes", slug=head.slug, _anchor=anchor)


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
