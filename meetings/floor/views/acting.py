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

# What was typed as a reason and is still to be used, and whether for a move, until the page is shown again.
KEPT_REASON = "floor_reason"


def head_or_404(slug: str, key: str) -> FloorHead:
    """The floor that an address names."""
    return queries.floor_head(slug, key, present()) or abort(404)


def reason_given() -> str:
    """The reason typed beside the list."""
    return line(request.form.get("reason")) or ""


def reason_of_its_own() -> str:
    """The reason typed beside the list; empty where it is the one that the page kept from a move."""
    return "" if reason_given() == request.form.get("kept") else reason_given()


def keep_reason(*, of_move: bool) -> None:
    """Let the reason stay on the page: for the next move, or for an act that was refused."""
    session[KEPT_REASON] = [reason_given(), of_move]


def kept_reason() -> tuple[str, bool]:
    """The reason to show, once, and whether it is of a move. Asking whether anything changed does not spend it."""
    text, of_move = (session.get if request.if_none_match else session.pop)(KEPT_REASON, ("", False))
    return text, of_move


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
        if reason_given():
            flash(_("Nothing was done: that reason was for a move. Say why the request is declined."), "bad")
        else:
            flash(_("Nothing was done: say why first. The reason is kept in the log."), "bad")
        return redirect(address_of(head, "reason"), 303)
    try:
        command(session_id=head.session_id, version=version, actor=actor(), now=present(), **target)
    except Refused as refusal:
        flash(why(head, refusal), "warn" if isinstance(refusal, Stale) else "bad")
        keep_reason(of_move="place" in target)
        return redirect(address_of(head, "main"), 303)
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
