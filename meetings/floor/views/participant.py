"""A participant's page of one session's floor, by their personal link: ask, see one's place, withdraw."""

import datetime as dt

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, allow
from meetings.database import now as present
from meetings.floor import commands, queries, rules
from meetings.floor.forms import AskForm
from meetings.floor.views import parts
from meetings.floor.views.shared import blueprint, live_page, unchanged
from meetings.journal import Actor
from meetings.refusals import Refused


@blueprint.route("/me/<token>/sessions/<key>/floor", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="personal")
def ask(token: str, key: str) -> ResponseReturnValue:
    """The floor as a participant sees it, with the form to ask for it; sent twice, it asks once."""
    now = present()
    who, head = _who_and_where(key, now)
    if short := unchanged(head, now):
        return short
    newest = queries.newest_request(head, who.registration_id)
    form = AskForm.for_request(newest, head.languages, who.language)
    status = 200
    if form.validate_on_submit():
        try:
            return _asked(token, key, form, who, head)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
    elif form.is_submitted():
        status = 422
    state = queries.floor_state(head, now)
    values = {"token": token, "who": who, "newest": newest, "form": form, "OPEN": rules.OPEN}
    return live_page("floor/ask.html", head, now, status, **values, **parts.values("participant", state))


def _asked(
    token: str, key: str, form: AskForm, who: queries.Participant, head: queries.FloorHead
) -> ResponseReturnValue:
    asked = commands.ask(
        session_id=head.session_id,
        registration_id=who.registration_id,
        capacity=form.capacity.data,
        on_behalf_of=form.on_behalf_of.data,
        language=form.language.data or None,
        topic=form.topic.data,
        statement=None,
        latest_seen=form.latest.data,
        actor=Actor.registration(who.registration_id),
        now=present(),
    )
    if asked.added:
        flash(_("You are on the list of speakers."), "good")
    elif asked.changed:
        flash(_("Your request was changed; you keep your place."), "good")
    else:
        flash(_("This request had arrived already; nothing was changed."), "good")
    return redirect(url_for("floor.ask", token=token, key=key), 303)


@blueprint.post("/me/<token>/requests/<int:request_id>/withdraw")
@allow(Audience.LINK, purpose="personal")
def withdraw(token: str, request_id: int) -> ResponseReturnValue:
    """Take one's own request off the list."""
    who = _who()
    now = present()
    head = queries.floor_head_of_request(request_id, now)
    if head is None:
        abort(404)
    try:
        commands.withdraw(
            request_id=request_id,
            registration_id=who.registration_id,
            actor=Actor.registration(who.registration_id),
            now=now,
        )
        flash(_("Your request was withdrawn."), "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for("floor.ask", token=token, key=head.key), 303)


def _who() -> queries.Participant:
    registration_id, serial = g.claim
    who = queries.participant(registration_id, serial)
    return who if who is not None else abort(404)


def _who_and_where(key: str, now: dt.datetime) -> tuple[queries.Participant, queries.FloorHead]:
    who = _who()
    head = queries.floor_head(who.slug, key, now)
    return (who, head) if head is not None else abort(404)
