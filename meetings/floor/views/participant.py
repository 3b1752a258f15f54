"""A participant's page of one session's floor, by their personal link: ask, see one's place, change one's own."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import commands, queries, rules
from meetings.floor.forms import AskForm, StatementForm, SubstituteForm
from meetings.floor.rules import Status
from meetings.floor.rules.statements import WORDS_PER_MINUTE, reading_ms
from meetings.floor.views import parts
from meetings.floor.views.shared import blueprint, live_page, unchanged
from meetings.floor.words import deliveries
from meetings.journal import Actor
from meetings.refusals import Refused

# When a statement can be sent: as long as the request may be heard, and after it for the record.
_TAKES_STATEMENT = rules.OPEN | {Status.SPOKEN, Status.NOT_REACHED}


@blueprint.route("/me/<token>/sessions/<key>/floor", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="personal")
def ask(token: str, key: str) -> ResponseReturnValue:
    """The floor as a participant sees it, with the form to ask for it; sent twice, it asks once."""
    if request.method == "POST":
        return _asked(token, key)
    now = present()
    who = _who()
    head = queries.floor_head(who.slug, key, now) or abort(404)
    if short := unchanged(head, now):
        return short
    return _page(token, who, head, now, 200, newest=queries.newest_request(head, who.registration_id))


def _asked(token: str, key: str) -> ResponseReturnValue:
    """The answer to the form. The page, which takes a long list long to read, is made only where it is shown again."""
    registration_id, serial = g.claim
    asker = queries.asker(registration_id, serial, key) or abort(404)
    form = AskForm.for_request(asker.newest, asker.languages, asker.language)
    status = 422
    if form.validate():
        try:
            return _ask(token, key, asker, form)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    now = present()
    who = _who()
    head = queries.floor_head(who.slug, key, now) or abort(404)
    newest = queries.newest_request(head, who.registration_id)
    return _page(token, who, head, now, status, newest=newest, form=form)


def _ask(token: str, key: str, asker: queries.Asker, form: AskForm) -> ResponseReturnValue:
    asked = commands.ask(
        session_id=asker.session_id,
        registration_id=asker.registration_id,
        capacity=form.capacity.data,
        on_behalf_of=form.on_behalf_of.data,
        language=form.language.data or None,
        topic=form.topic.data,
        statement=form.statement,
        latest_seen=form.latest.data,
        actor=Actor.registration(asker.registration_id),
        now=present(),
    )
    if asked.added:
        flash(_("You are on the list of speakers."), "good")
    elif asked.changed:
        flash(_("Your request was changed; you keep your place."), "good")
    else:
        flash(_("This request had arrived already; nothing was changed."), "good")
    return _done(token, key)


@blueprint.post("/me/<token>/requests/<int:request_id>/statement")
@allow(Audience.LINK, purpose="personal")
def send_statement(token: str, request_id: int) -> ResponseReturnValue:
    """Send the statement of one's own request, or another one in its place; sent twice, it is kept once."""
    who, head, now = *_who_and_whose(request_id), present()
    line = queries.own_request(request_id, who.registration_id) or abort(404)
    form = StatementForm.for_statement(line.statement)
    status = 422
    if form.validate_on_submit():
        try:
            kept = commands.file_statement(
                request_id=request_id,
                registration_id=who.registration_id,
                draft=form.draft(),
                actor=Actor.registration(who.registration_id),
                now=now,
            )
            flash(_("Your statement has arrived.") if kept else _("This statement had arrived already."), "good")
            return _done(token, head.key)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    return _page(token, who, head, now, status, newest=line, statement_form=form)


@blueprint.post("/me/<token>/requests/<int:request_id>/statement/record")
@allow(Audience.LINK, purpose="personal")
def file_for_record(token: str, request_id: int) -> ResponseReturnValue:
    """File the statement that was sent before for the record, since the time ran out."""
    return _act(token, request_id, commands.file_statement, _("Your statement is filed for the record."), draft=None)


@blueprint.post("/me/<token>/requests/<int:request_id>/statement/remove")
@allow(Audience.LINK, purpose="personal")
def remove_statement(token: str, request_id: int) -> ResponseReturnValue:
    """Take one's statement back."""
    return _act(token, request_id, commands.remove_statement, _("Your statement was removed."))


@blueprint.post("/me/<token>/requests/<int:request_id>/withdraw")
@allow(Audience.LINK, purpose="personal")
def withdraw(token: str, request_id: int) -> ResponseReturnValue:
    """Take one's own request off the list."""
    return _act(token, request_id, commands.withdraw, _("Your request was withdrawn."))


@blueprint.post("/me/<token>/requests/<int:request_id>/lower/<where>")
@allow(Audience.LINK, purpose="personal")
def lower_place(token: str, request_id: int, where: str) -> ResponseReturnValue:
    """Let the next one go first, or everybody else; sent twice, it is done once."""
    if where not in ("one", "end"):
        abort(404)
    seen = request.form.get("place", type=int)
    done, not_done = (
        _("You let others speak before you."),
        _("Your place on the list has changed since you saw it: nothing more was done."),
    )
    return _act(token, request_id, commands.lower_place, done, not_done, place=seen, to_end=where == "end")


@blueprint.post("/me/<token>/requests/<int:request_id>/substitute")
@allow(Audience.LINK, purpose="personal")
def substitute(token: str, request_id: int) -> ResponseReturnValue:
    """Let a colleague speak in one's place; without a name, speak oneself after all."""
    form = SubstituteForm(prefix="colleague-")
    if not form.validate_on_submit():
        who, head = _who_and_whose(request_id)
        line = queries.own_request(request_id, who.registration_id)
        return _page(token, who, head, present(), 422, newest=line, substitute_form=form)
    name = form.name.data
    said = _("The chair sees that %(name)s will speak.", name=name) if name else _("You will speak yourself.")
    return _act(token, request_id, commands.substitute, said, name=name)


def _act(
    token: str, request_id: int, command: Callable[..., object], said: str, nothing_said: str = "", **values: object
) -> ResponseReturnValue:
    """Do one thing with one's own request and go back to the page, which says that it was done or why not.

    `nothing_said` is for a command that answers whether it changed anything.
    """
    who, head = _who_and_whose(request_id)
    actor = Actor.registration(who.registration_id)
    try:
        did = command(request_id=request_id, registration_id=who.registration_id, actor=actor, now=present(), **values)
        flash(nothing_said if nothing_said and did is False else said, "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return _done(token, head.key)


def _done(token: str, key: str) -> ResponseReturnValue:
    """Back to the page; static/ask.js, which sends a form by itself, is told where that is."""
    address = url_for("floor.ask", token=token, key=key)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(next=address)
    return redirect(address, 303)


def _page(
    token: str,
    who: queries.Participant,
    head: queries.FloorHead,
    now: dt.datetime,
    status: int,
    *,
    newest: queries.RequestLine | None,
    form: AskForm | None = None,
    statement_form: StatementForm | None = None,
    substitute_form: SubstituteForm | None = None,
) -> ResponseReturnValue:
    form = form or AskForm.for_request(newest, head.languages, who.language)
    takes_statement = newest is not None and newest.status in _TAKES_STATEMENT
    values: dict[str, Any] = {
        "token": token,
        "who": who,
        "newest": newest,
        "form": form,
        "statement_form": statement_form or StatementForm.for_statement(newest.statement if newest else None),
        "substitute_form": substitute_form or SubstituteForm(prefix="colleague-"),
        "takes_statement": takes_statement,
        "limit_ms": head.limit_for(newest.category if newest else who.category),
        "OPEN": rules.OPEN,
        "deliveries": deliveries,
        "reading_ms": reading_ms,
        "words_per_minute": WORDS_PER_MINUTE,
    }
    state = queries.floor_state(head, now)
    place = state.place_of(newest.id) if newest else None
    values |= {"place": place, "earliest_at": parts.earliest_at(state, place) if place else None}
    return live_page("floor/ask.html", head, now, status, **values, **parts.values("participant", state))


def _who() -> queries.Participant:
    registration_id, serial = g.claim
    who = queries.participant(registration_id, serial)
    return who if who is not None else abort(404)


def _who_and_whose(request_id: int) -> tuple[queries.Participant, queries.FloorHead]:
    """Who acts, and the floor of the request that they act on, if it is in the meeting of their link."""
    who = _who()
    head = queries.floor_head_of_request(request_id, present())
    return (who, head) if head is not None and head.slug == who.slug else abort(404)
