"""A participant's own pages, by their personal link."""

from dataclasses import asdict

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, allow
from meetings.database import now
from meetings.floor.queries import floors_of
from meetings.floor.words import statuses as request_statuses
from meetings.invitations.queries import own_calendar
from meetings.invitations.words import answer_words
from meetings.journal import Actor
from meetings.people import commands, queries
from meetings.people.forms import CorrectForm
from meetings.people.views.shared import blueprint
from meetings.refusals import Refused, Stale


def own_or_404() -> queries.Own:
    """The registration whose link was opened, unless a newer link has replaced it."""
    registration_id, serial = g.claim
    if not queries.serial_holds(registration_id, serial):
        abort(404)
    return queries.own(registration_id, now())


@blueprint.get("/me/<token>/")
@allow(Audience.LINK, purpose="personal")
def personal(token: str) -> ResponseReturnValue:
    """Where a registration stands, and all that its participant may do; of a draft, nothing of what is planned."""
    own = own_or_404()
    calendar = own_calendar(*g.claim) or abort(404)
    published = own.meeting.published
    return render_template(
        "people/personal.html",
        token=token,
        own=own,
        meeting=own.meeting,
        entries=calendar.local if published else [],
        answers=calendar.answers,
        answer_words=answer_words(),
        days=calendar.programme.days if published else (),
        floors={each.head.key: each.head for each in floors_of(own.meeting.slug, now())} if published else {},
        requests=queries.own_requests(own.line.id) if published else [],
        request_statuses=request_statuses(),
        speaks=calendar.invitee.speaker_status not in (None, "withdrawn"),
    )


@blueprint.route("/me/<token>/data", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="personal")
def correct(token: str) -> ResponseReturnValue:
    """Correct what one has said of oneself."""
    own = own_or_404()
    told = own.line.particulars
    form = CorrectForm(
        meeting=own.meeting,
        current=told,
        in_programme=own.in_programme,
        data=asdict(told) | {"version": own.line.version},
    )
    status = 200
    changed_by_others = False
    if form.validate_on_submit():
        try:
            saved = commands.correct(
                registration_id=own.line.id,
                version=form.version.data or 0,
                to=form.particulars(),
                actor=Actor.registration(own.line.id),
                now=now(),
            )
        except Stale:
            changed_by_others, status = True, 409
            form.version.data, form.version.raw_data = own.line.version, None
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash(_("Your data is saved.") if saved else _("Nothing was changed."), "good")
            return redirect(url_for(".personal", token=token), 303)
    elif form.is_submitted():
        status = 422
    return render_template(
        "people/correct.html", token=token, own=own, meeting=own.meeting, form=form, changed_by_others=changed_by_others
    ), status


@blueprint.get("/me/<token>/withdraw")
@allow(Audience.LINK, purpose="personal")
def withdraw(token: str) -> ResponseReturnValue:
    """Asks whether one really wants to withdraw."""
    own = own_or_404()
    return render_template("people/withdraw.html", token=token, own=own, meeting=own.meeting)


@blueprint.post("/me/<token>/withdraw")
@allow(Audience.LINK, purpose="personal")
def withdraw_now(token: str) -> ResponseReturnValue:
    """Take no part any more."""
    own = own_or_404()
    commands.withdraw(registration_id=own.line.id, actor=Actor.registration(own.line.id), now=now())
    flash(_("You have withdrawn. Your calendar is told."), "good")
    return redirect(url_for(".personal", token=token), 303)


@blueprint.post("/me/<token>/rejoin")
@allow(Audience.LINK, purpose="personal")
def rejoin(token: str) -> ResponseReturnValue:
    """Take part after all."""
    own = own_or_404()
    commands.rejoin(registration_id=own.line.id, actor=Actor.registration(own.line.id), now=now())
    flash(_("The organizers will decide on your registration anew."), "good")
    return redirect(url_for(".personal", token=token), 303)


@blueprint.post("/me/<token>/new-link")
@allow(Audience.LINK, purpose="personal")
def replace_link(token: str) -> ResponseReturnValue:
    """Make the link invalid wherever it has got to, and have a new one mailed."""
    own = own_or_404()
    try:
        commands.replace_link(registration_id=own.line.id, actor=Actor.registration(own.line.id), now=now())
    except Refused as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".personal", token=token), 303)
    return redirect(url_for(".mail_sent", slug=own.meeting.slug, what="replaced"), 303)
