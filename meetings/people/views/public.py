"""What visitors do: register, confirm their address, ask for a lost link."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import links
from meetings.access import Audience, allow
from meetings.database import now
from meetings.journal import VISITOR, Actor
from meetings.people import commands, queries
from meetings.people.forms import AddressForm, RegisterForm
from meetings.people.views.shared import blueprint, head_or_404
from meetings.programme.queries import MeetingHead
from meetings.programme.queries.published import public_head
from meetings.refusals import Refused


def published_or_404(slug: str) -> MeetingHead:
    """The meeting that an address names as the public knows it, once it is published."""
    head = head_or_404(slug)
    if not head.published:
        abort(404)
    return public_head(head)


@blueprint.route("/meetings/<slug>/register", methods=["GET", "POST"])
@allow(Audience.ANYONE)
def register(slug: str) -> ResponseReturnValue:
    """Register for a meeting. What is answered does not tell whether the address is registered already."""
    meeting = published_or_404(slug)
    form = RegisterForm(meeting=meeting)
    if not queries.is_open(meeting, now()):
        return render_template("people/register.html", meeting=meeting, form=None)
    status = 200
    if form.validate_on_submit():
        try:
            commands.register(meeting_id=meeting.id, application=form.application(), actor=VISITOR, now=now())
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            return redirect(url_for(".mail_sent", slug=slug, what="registration"), 303)
    elif form.is_submitted():
        status = 422
    return render_template("people/register.html", meeting=meeting, form=form), status


@blueprint.route("/meetings/<slug>/lost-link", methods=["GET", "POST"])
@allow(Audience.ANYONE)
def lost_link(slug: str) -> ResponseReturnValue:
    """Have the personal link mailed again."""
    meeting = published_or_404(slug)
    form = AddressForm()
    if form.validate_on_submit():
        commands.ask_for_link(meeting_id=meeting.id, email=form.address, actor=VISITOR, now=now())
        return redirect(url_for(".mail_sent", slug=slug, what="link"), 303)
    return render_template("people/lost_link.html", meeting=meeting, form=form), 422 if form.is_submitted() else 200


@blueprint.get("/meetings/<slug>/mail-sent/<any(registration, link, replaced):what>")
@allow(Audience.ANYONE)
def mail_sent(slug: str, what: str) -> ResponseReturnValue:
    """Says to look for a mail."""
    return render_template("people/mail_sent.html", meeting=published_or_404(slug), what=what)


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="verify")
def verify(token: str) -> ResponseReturnValue:
    """Confirm an address by pressing a button: programs that look into mails open links, and must confirm nothing."""
    registration_id, serial = g.claim
    if not queries.serial_holds(registration_id, serial):
        abort(404)
    own = queries.own(registration_id, now())
    if own.line.status != "unverified":
        return redirect(url_for(".personal", token=links.make("personal", registration_id, serial)), 303)
    if request.method == "POST":
        commands.verify(registration_id=registration_id, actor=Actor.registration(registration_id), now=now())
        flash(_("Your address is confirmed. This is your own page; its link is in your mail too."), "good")
        return redirect(url_for(".personal", token=links.make("personal", registration_id, serial)), 303)
    return render_template("people/verify.html", meeting=own.meeting)
