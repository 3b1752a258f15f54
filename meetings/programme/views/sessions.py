"""An organiser's pages of one session: adding, editing, removing it. The run sheet has a file of its own."""

import datetime as dt
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.display import day, hours
from meetings.programme import commands, queries
from meetings.programme.forms import SessionForm
from meetings.programme.forms.sessions import Choices
from meetings.programme.queries import MeetingHead, SessionLine
from meetings.programme.queries.edits import SessionValues, session_values
from meetings.programme.queries.oddities import every_session
from meetings.programme.queries.people import organisation_labels, person_labels, session_labels, sittings
from meetings.programme.views.blueprint import blueprint, head_or_404
from meetings.programme.views.editing import edit
from meetings.refusals import Refused


@blueprint.route("/meetings/<slug>/organise/sessions/new", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def new_session(slug: str) -> ResponseReturnValue:
    """Add a session; it begins where the last one ends, until somebody says otherwise."""
    head = head_or_404(slug)
    choices = _choices(head, None)
    form = SessionForm(data=_suggested(head), choices=choices)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                key = commands.add_session(meeting_id=head.id, to=form.values(), actor=access.actor(), now=now())
            except Refused as refusal:
                form.form_errors.append(str(refusal))
                status = 409
            else:
                flash(_("The session has been added."), "good")
                return _onward(slug, key)
    page = render_template("programme/session.html", meeting=head, form=form, changes=(), session=None, choices=choices)
    return page, status


@blueprint.route("/meetings/<slug>/organise/sessions/<key>", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def edit_session(slug: str, key: str) -> ResponseReturnValue:
    """Edit a session with its floor and roles."""
    head = head_or_404(slug)
    session = session_or_404(head, key)
    choices = _choices(head, key)

    def make(values: SessionValues, **kwargs: Any) -> SessionForm:
        return SessionForm(data=SessionForm.data_of(values), choices=choices, **kwargs)

    def save(values: SessionValues, shown: str) -> None:
        commands.edit_session(meeting_id=head.id, key=key, to=values, shown=shown, actor=access.actor(), now=now())

    edited = edit(make, partial(session_values, head.id, key), save)
    if edited.saved:
        flash(_("The session has been saved."), "good")
        return _onward(slug, key)
    page = render_template(
        "programme/session.html",
        meeting=head,
        form=edited.form,
        changes=edited.changes,
        session=session,
        choices=choices,
    )
    return page, edited.status


def _onward(slug: str, key: str) -> ResponseReturnValue:
    """Back to the programme, or to the session again for one more person."""
    if "more" in request.form:
        return redirect(url_for("programme.edit_session", slug=slug, key=key, _anchor="roles"), 303)
    return redirect(url_for("programme.edit_programme", slug=slug, _anchor=f"session-{key}"), 303)


def session_or_404(head: MeetingHead, key: str) -> SessionLine:
    """One session of the meeting with everybody in it."""
    session = queries.session_line(head.id, key, private=True)
    if session is None:
        abort(404)
    return session


def _choices(head: MeetingHead, key: str | None) -> Choices:
    return Choices(
        people=person_labels(head.id),
        organisations=organisation_labels(head.id),
        sessions=session_labels(head.id, without=key),
        sittings={
            each.key: ", ".join(filter(None, (day(each.date), hours(each.start, each.end), each.room)))
            for each in sittings(head.id)
        },
    )


def _suggested(head: MeetingHead) -> dict[str, Any]:
    """A new session's day and time: where the last one that has them ends, on the day that the address names if any."""
    day = request.args.get("day", type=dt.date.fromisoformat)
    timed = [
        each
        for each in every_session(queries.programme(head.id, private=True))
        if each.date is not None and each.end is not None and (day is None or each.date == day)
    ]
    last = max(timed, key=lambda each: (each.date, each.end), default=None)
    if last is None:
        return {"kind": "panel", "date": day or head.start_date, "start": dt.time(9)}
    return {"kind": "panel", "date": last.date, "start": last.end}


@blueprint.route("/meetings/<slug>/organise/sessions/<key>/remove", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def remove_session(slug: str, key: str) -> ResponseReturnValue:
    """Ask whether to remove a session; remove it."""
    head = head_or_404(slug)
    session = session_or_404(head, key)
    if request.method == "GET":
        return render_template("programme/remove_session.html", meeting=head, session=session)
    try:
        commands.remove_session(meeting_id=head.id, key=key, actor=access.actor(), now=now())
    except Refused as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for("programme.edit_session", slug=slug, key=key), 303)
    flash(_("“%(title)s” has been removed from the programme.", title=session.title), "good")
    return redirect(url_for("programme.edit_programme", slug=slug), 303)
