"""The run sheet: an organiser's page of the programme, on which rows are changed in their place."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme import commands, queries
from meetings.programme.forms.run_sheet import RowForm, Typed
from meetings.programme.queries import MeetingHead
from meetings.programme.queries.oddities import every_session
from meetings.programme.queries.run_sheet import newest_event, row_times, run_sheet
from meetings.programme.queries.versions import pending
from meetings.programme.rules.moving import minutes_between
from meetings.programme.views.blueprint import blueprint, head_or_404
from meetings.programme.views.sheet_words import what
from meetings.programme.words import explained
from meetings.refusals import Refused, Stale

BREAKS = (5, 15, 30)


@blueprint.get("/meetings/<slug>/organise/programme")
@allow(Audience.ORGANISER)
def edit_programme(slug: str) -> ResponseReturnValue:
    """The sessions in rows to be changed, the warnings and the sittings; a short answer where nothing has changed."""
    head = head_or_404(slug)
    tag = _tag(head)
    if request.if_none_match.contains(tag):
        answer = Response(status=304)
        answer.set_etag(tag)
        return answer
    return _page(head, tag)


@blueprint.post("/meetings/<slug>/organise/programme")
@allow(Audience.ORGANISER)
def change_programme(slug: str) -> ResponseReturnValue:
    """Do what a button of the run sheet says. What cannot be saved stays in its row, beside what is stored."""
    head = head_or_404(slug)
    form = RowForm()
    act = request.form.get("act", "retime")
    if not form.validate():
        return _page(head, _tag(head), form.typed(), 422)
    if act != "retime" and _is_unsaved(head, form):
        return _page(head, _tag(head), form.typed(_("Start or length were changed in this row. Set them first.")), 409)
    at = form.key.data
    try:
        at = _act(head, form, act) or at
    except Refused as refusal:
        if act in ("retime", "split"):
            typed = form.typed(stale=True) if isinstance(refusal, Stale) else form.typed(str(refusal))
            return _page(head, _tag(head), typed, 409)
        flash(str(refusal), "warn")
    place = f"{act}-{at}" if act in ("earlier", "later") else f"session-{at}"
    return redirect(url_for("programme.edit_programme", slug=slug, _anchor=place if at else None), 303)


def _is_unsaved(head: MeetingHead, form: RowForm) -> bool:
    """Whether another start or length stands in the row than what is stored, and not because others changed it."""
    stored = row_times(head.id, form.key.data or "")
    return stored is not None and stored[0] == form.version.data and stored[1:] != (form.start.data, form.minutes.data)


def _act(head: MeetingHead, form: RowForm, act: str) -> str | None:
    """Carry out what was pressed; gives the key of the session to go to, where it is another one."""
    who: dict[str, Any] = {"meeting_id": head.id, "actor": access.actor(), "now": now()}
    this = who | {"key": form.key.data or "", "version": form.version.data or 0}
    change = request.form.get("change", 0, type=int)
    acts: dict[str, Callable[[], str | None]] = {
        "retime": partial(
            commands.retime_session,
            **this,
            start=form.start.data,
            minutes=form.minutes.data,
            rest=form.rest.data,
        ),
        "earlier": partial(commands.move_session, **this, earlier=True),
        "later": partial(commands.move_session, **this, earlier=False),
        "place": partial(commands.place_session, **this, before=form.before.data or None),
        "split": partial(commands.split_session, **this, at=form.at.data),
        "merge": partial(commands.merge_session, **this),
        "duplicate": partial(commands.duplicate_session, **this),
        "undo": partial(commands.undo_change, **who, change=change),
        "redo": partial(commands.redo_change, **who, change=change),
        **{f"break-{minutes}": partial(commands.insert_break, **this, minutes=minutes) for minutes in BREAKS},
    }
    return acts[act]() if act in acts else None


def _tag(head: MeetingHead) -> str:
    """Changes with everything that the page shows, in its language."""
    return f"{newest_event(head.id)}-{get_locale()}-{request.args.get('more', '')}"


def _page(head: MeetingHead, tag: str, typed: Typed | None = None, status: int = 200) -> Response:
    programme = queries.programme(head.id, private=True)
    page = render_template(
        "programme/edit_programme.html",
        meeting=head,
        programme=programme,
        proof=explained(head, programme),
        pending=pending(head, programme),
        has_graph=current_app.config["SETTINGS"].has_graph,
        sheet=run_sheet(head.id, reader=access.actor().label, now=now()),
        typed=typed,
        is_there=typed is not None and typed.key in {each.key for each in every_session(programme)},
        more=typed.key if typed else request.args.get("more"),
        tag=tag,
        breaks=BREAKS,
        minutes_between=minutes_between,
        what=what,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"  # not shown again from a browser's memory: others may have changed it
    return answer
