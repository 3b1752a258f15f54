"""A speaker's own pages, by their private link; and how they get that link again."""

from dataclasses import asdict
from typing import cast

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, allow
from meetings.database import now
from meetings.fields import AddressForm
from meetings.invitations.queries import own_calendar
from meetings.journal import VISITOR, Actor
from meetings.people import commands as people
from meetings.programme.queries import meeting_head
from meetings.programme.rules.edits import mark
from meetings.refusals import Refused, Stale
from meetings.speakers import commands, queries, rules
from meetings.speakers.forms import AnswerForm, WordsForm
from meetings.speakers.views.shared import blueprint


def own_or_404() -> queries.Own:
    """The speaker whose link was opened, unless it has stopped working."""
    speaker_id, serial = g.claim
    return queries.own(speaker_id, serial, now()) or abort(404)


@blueprint.get("/speaker/<token>/")
@allow(Audience.LINK, purpose="speaker")
def own(token: str) -> ResponseReturnValue:
    """What a speaker is asked to do, the answer, and how the programme names them."""
    return _page(token, own_or_404(), None)


def _page(token: str, found: queries.Own, form: AnswerForm | None) -> str:
    data = {"remark": found.remark, "version": found.version}
    return render_template(
        "speakers/own.html",
        token=token,
        own=found,
        meeting=found.meeting,
        form=form or AnswerForm(formdata=None, data=data),
    )


@blueprint.post("/speaker/<token>/answer")
@allow(Audience.LINK, purpose="speaker")
def answer(token: str) -> ResponseReturnValue:
    """Accept or decline: the button that was pressed says which."""
    found = own_or_404()
    chosen = request.form.get("answer")
    if chosen not in ("accept", "decline"):
        abort(400)
    form = AnswerForm()
    status = 422
    if form.validate_on_submit():
        try:
            commands.answer(
                speaker_id=found.speaker_id,
                serial=g.claim[1],
                version=form.version.data or 0,
                to=cast(rules.Answer, chosen),
                remark=form.remark.data,
                actor=Actor.speaker(found.speaker_id),
                now=now(),
            )
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            form.version.data, form.version.raw_data = found.version, None
            status = 409
        else:
            flash(_thanks(chosen, checked=found.checked), "good")
            return redirect(url_for(".own", token=token), 303)
    return _page(token, found, form), status


def _thanks(chosen: str, *, checked: bool) -> str:
    if chosen == "decline":
        text = _("You have declined. The organizers see your answer.")
    elif checked:
        text = _("Thank you: you have accepted.")
    else:
        text = _("Thank you: you have accepted. One thing is left: check below how the programme will name you.")
    return str(text)


@blueprint.route("/speaker/<token>/data", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="speaker")
def check_words(token: str) -> ResponseReturnValue:
    """Check and correct how the programme names one, and say what one agrees to."""
    found = own_or_404()
    form = WordsForm(data=WordsForm.data_of(found.words, found.consents))
    status = 200
    changed_by_others = False
    if form.validate_on_submit():
        try:
            saved = commands.correct(
                speaker_id=found.speaker_id,
                serial=g.claim[1],
                shown=form.shown.data or "",
                to=form.words(),
                consents=form.consents(),
                actor=Actor.speaker(found.speaker_id),
                now=now(),
            )
        except Stale:
            changed_by_others, status = True, 409
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash(_("Thank you. It is saved.") if saved else _("Nothing was changed."), "good")
            return redirect(url_for(".own", token=token), 303)
    elif form.is_submitted():
        status = 422
    if changed_by_others or not form.is_submitted():
        form.shown.data = mark(asdict(found.words))
    page = render_template(
        "speakers/words.html",
        token=token,
        own=found,
        meeting=found.meeting,
        form=form,
        changed_by_others=changed_by_others,
    )
    return page, status


@blueprint.post("/speaker/<token>/new-link")
@allow(Audience.LINK, purpose="speaker")
def replace_link(token: str) -> ResponseReturnValue:
    """Make the link invalid wherever it has got to, and have a new one mailed."""
    found = own_or_404()
    try:
        commands.replace_link(
            speaker_id=found.speaker_id, serial=g.claim[1], actor=Actor.speaker(found.speaker_id), now=now()
        )
    except Refused as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".own", token=token), 303)
    return render_template("speakers/link_sent.html", meeting=found.meeting, what="replaced")


@blueprint.post("/speaker/<token>/participant-link")
@allow(Audience.LINK, purpose="speaker")
def participant_link(token: str) -> ResponseReturnValue:
    """Mail who is registered too the link to their page as a participant: this link does not open that page."""
    found = own_or_404()
    if found.email:
        people.ask_for_link(
            meeting_id=found.meeting.id,
            email=found.email.lower(),
            actor=Actor.speaker(found.speaker_id),
            now=now(),
        )
        flash(_("The link to your page as a participant is on its way to your mail address."), "good")
    return redirect(url_for(".own", token=token), 303)


@blueprint.post("/me/<token>/speaker-link")
@allow(Audience.LINK, purpose="personal")
def speaker_link(token: str) -> ResponseReturnValue:
    """Mail a participant who was asked to speak the link to that page: their personal link does not open it."""
    found = own_calendar(*g.claim) or abort(404)
    if found.invitee.email:
        commands.ask_for_link(
            meeting_id=found.meeting.id,
            email=found.invitee.email.lower(),
            actor=Actor.registration(found.invitee.registration_id or 0),
            now=now(),
        )
        flash(_("The link to your page as a speaker is on its way to your mail address."), "good")
    return redirect(url_for("people.personal", token=token), 303)


@blueprint.route("/meetings/<slug>/speaker-link", methods=["GET", "POST"])
@allow(Audience.ANYONE)
def lost_link(slug: str) -> ResponseReturnValue:
    """Have a speaker's link mailed again. What is answered does not tell who speaks."""
    meeting = meeting_head(slug)
    if meeting is None or not meeting.published:
        abort(404)
    form = AddressForm()
    if form.validate_on_submit():
        commands.ask_for_link(meeting_id=meeting.id, email=form.address, actor=VISITOR, now=now())
        return redirect(url_for(".lost_link", slug=slug, sent="yes"), 303)
    if request.args.get("sent") == "yes" and not form.is_submitted():
        return render_template("speakers/link_sent.html", meeting=meeting, what="asked")
    page = render_template("speakers/lost_link.html", meeting=meeting, form=form)
    return page, 422 if form.is_submitted() else 200
