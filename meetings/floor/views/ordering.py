"""Ordering the list by a rule: the order it would have is shown beside the order it has, before anything is changed."""

import secrets
from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from meetings.access import Audience, actor, allow
from meetings.database import now as present
from meetings.floor import commands, queries
from meetings.floor.chair_words import policies
from meetings.floor.forms import OrderForm
from meetings.floor.queries import FloorHead, FloorState, RequestLine
from meetings.floor.rules import forecast
from meetings.floor.rules.ordering import Ordering, Policy
from meetings.floor.views.acting import address_of, head_or_404, why
from meetings.floor.views.shared import blueprint, live_page
from meetings.refusals import Refused, Stale


@blueprint.route("/meetings/<slug>/floor/<key>/order", methods=["GET", "POST"])
@allow(Audience.CHAIR)
def order(slug: str, key: str) -> ResponseReturnValue:
    """Show what a rule would make of the list; apply just what was shown."""
    head, now = head_or_404(slug, key), present()
    state = queries.floor_state(head, now)
    given = request.form if request.method == "POST" else request.args
    form = OrderForm(given if "policy" in given else None, _as_it_stands(head))
    if "policy" in given and not form.validate():
        return live_page("floor/order.html", head, now, 422, form=form, state=state, preview=None, rules=policies())
    rule = Ordering(
        Policy(form.policy.data), priority=form.priority.data, quotas=form.quotas, seed=form.seed.data or None
    )
    preview = state.ordered_by(rule)
    status = 200
    if request.method == "POST":
        try:
            if _ids(preview) == given.get("seen"):
                return _applied(head, rule, given)
            flash(_("The list has changed since you saw it; nothing was done. This is the order now."), "warn")
        except Refused as refusal:
            flash(why(head, refusal), "warn" if isinstance(refusal, Stale) else "bad")
        head = head_or_404(slug, key)
        state = queries.floor_state(head, now)
        preview = state.ordered_by(rule)
        status = 409
    values = {"state": state, "preview": preview, "seen": _ids(preview), "rules": policies(), "rule": rule}
    values["changes"] = _changes(state, preview)
    return live_page("floor/order.html", head, now, status, form=form, **values)


def _changes(state: FloorState, preview: list[RequestLine]) -> dict[int, list[str]]:
    """What an order changes for each of those who wait, in words: their place, and whether they fit."""
    fit_then = forecast([state.head.limit_for(line.category) for line in preview], state.free_ms).fit
    changes: dict[int, list[str]] = {}
    for place, line in enumerate(preview, start=1):
        before = state.place_of(line.id) or place
        fits, fitted = place <= fit_then, before <= state.forecast.fit
        said = [
            _("up from %(place)d", place=before) if place < before else "",
            _("down from %(place)d", place=before) if place > before else "",
            _("no longer fits") if fitted and not fits else "",
            _("fits now") if fits and not fitted else "",
        ]
        changes[line.id] = [each for each in said if each]
    return changes


def _as_it_stands(head: FloorHead) -> dict[str, Any]:
    """The rule that the list has; a draw gets a word of its own until somebody writes another."""
    return {
        "policy": head.policy,
        "priority": head.priority,
        "seed": head.draw_seed or secrets.token_hex(4),
    } | {f"quota_{code}": places for code, places in head.quotas.items()}


def _ids(lines: list[RequestLine]) -> str:
    return " ".join(str(line.id) for line in lines)


def _applied(head: FloorHead, rule: Ordering, given: MultiDict[str, str]) -> ResponseReturnValue:
    version = given.get("version", type=int)
    if version is None:
        abort(400)
    commands.apply_order(
        session_id=head.session_id,
        policy=rule.policy,
        priority=rule.priority,
        quotas=dict(rule.quotas),
        seed=rule.seed,
        version=version,
        actor=actor(),
        now=present(),
    )
    flash(_("The list is ordered: %(rule)s.", rule=policies()[rule.policy][0]), "good")
    return redirect(address_of(head, "main"), 303)
