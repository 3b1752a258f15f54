"""How the buttons of the chair's pages are carried out: with the version seen, and an answer that says why not."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import actor
from meetings.database import now as present
from meetings.floor import queries
from meetings.floor.forms.chair import ChairForm
from meetings.floor.forms.fields import line
from meetings.floor.queries import FloorHead
from meetings.floor.views.chair_part import last_act
from meetings.refusals import Refused, Stale

KEPT_REASON = "floor_reason"  # what was typed as a reason and is still to be used, until the page is shown again


def head_or_404(slug: str, key: str) -> FloorHead:
    """The floor that an address names."""
    return queries.floor_head(slug, key, present()) or abort(404)


def reason_given() -> str:
    """The reason typed beside the list."""
    return line(request.form.get("reason")) or ""


def address_of(head: FloorHead, anchor: str = "now") -> str:
    """The chair's page, at a part of it."""
    return url_for("floor.chair", slug=head.slug, key=head.key, _anchor=anchor or None)


def carry_out(
    head: FloorHead, command: Callable[..., object], anchor: str = "now", **target: Any
) -> ResponseReturnValue:
    """Do what a button says and go back to the list; where it is refused, say why, with what was typed still there.

    An act that takes a reason is not done without one.
    """
    version = request.form.get("version", type=int)
    if version is None:
        abort(400)
    if target.get("reason") == "":
        flash(_("Nothing was done: say why first. The reason is kept in the log."), "bad")
        return redirect(address_of(head, "reason"), 303)
    try:
        command(session_id=head.session_id, version=version, actor=actor(), now=present(), **target)
    except Refused as refusal:
        flash(why(head, refusal), "warn" if isinstance(refusal, Stale) else "bad")
        session[KEPT_REASON] = reason_given()
        return redirect(address_of(head, ""), 303)
    return redirect(address_of(head, anchor), 303)


def why(head: FloorHead, refusal: Refused) -> str:
    """Why nothing was done; where the list has changed, also what was done last and by whom."""
    if not isinstance(refusal, Stale):
        return str(refusal)
    last = last_act(queries.floor_state(head, present()))
    return f"{refusal} {_('Last act:')} {last.text}." if last else str(refusal)


def refused(form: ChairForm, head: FloorHead, refusal: Refused) -> None:
    """Let a form come back with why it was refused, resting on the newest list: it is on the page then."""
    form.form_errors.append(why(head, refusal))
    form.renew(head.version)
