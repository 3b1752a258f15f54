"""“Will you attend?”: the answer by a link in a mail, and what organizers see of all answers."""

from urllib.parse import quote

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.invitations import commands, queries
from meetings.invitations.forms import RepliesForm
from meetings.invitations.letters import when
from meetings.invitations.rules.reply_mail import LARGEST_FILE
from meetings.invitations.views.blueprint import blueprint, head_or_404
from meetings.invitations.words import answer_words, reply_reasons
from meetings.journal import Actor
from meetings.refusals import Refused
from meetings.requests import takes


@blueprint.get("/me/<token>/answer/<path:uid>")
@allow(Audience.LINK, purpose="personal")
def answer(token: str, uid: str) -> ResponseReturnValue:
    """Asks a participant whether they will attend. Opening it changes nothing: programs look at links in mails."""
    return _page("personal", uid)


@blueprint.post("/me/<token>/answer/<path:uid>")
@allow(Audience.LINK, purpose="personal")
def answer_now(token: str, uid: str) -> ResponseReturnValue:
    """Keep a participant's answer."""
    return _answer("personal", uid, Actor.registration(g.claim[0]))


@blueprint.get("/speaker/<token>/answer/<path:uid>")
@allow(Audience.LINK, purpose="speaker")
def speaker_answer(token: str, uid: str) -> ResponseReturnValue:
    """Asks a speaker whether they will be at a session."""
    return _page("speaker", uid)


@blueprint.post("/speaker/<token>/answer/<path:uid>")
@allow(Audience.LINK, purpose="speaker")
def speaker_answer_now(token: str, uid: str) -> ResponseReturnValue:
    """Keep a speaker's answer."""
    return _answer("speaker", uid, Actor.speaker(g.claim[0]))


def _entry_or_404(purpose: str, uid: str) -> queries.OwnEntry:
    person_id = queries.person_of_link(purpose, *g.claim)
    entry = queries.own_entry(person_id, uid) if person_id is not None else None
    return entry or abort(404)


def _page(purpose: str, uid: str) -> ResponseReturnValue:
    words = answer_words()
    entry = _entry_or_404(purpose, uid)
    chosen = request.args.get("answer", "")
    answers_anew = chosen in words and chosen != entry.partstat
    return render_template(
        "invitations/answer.html",
        meeting=entry.meeting,
        entry=entry,
        here=quote(request.path),
        home=quote(request.path.partition("answer/")[0]),
        over=entry.ends_at <= now(),
        chosen=chosen if answers_anew else None,
        words=words,
        when=when,
        withdraw=url_for("people.withdraw", token=(request.view_args or {})["token"])
        if purpose == "personal" and entry.sitting
        else None,
    )


def _answer(purpose: str, uid: str, actor: Actor) -> ResponseReturnValue:
    entry = _entry_or_404(purpose, uid)
    partstat = request.form.get("answer", "")
    if partstat not in answer_words():
        abort(400)
    try:
        commands.answer(person_id=entry.person_id, uid=uid, partstat=partstat, actor=actor, now=now())
    except Refused as refusal:
        flash(str(refusal), "warn")
    else:
        flash(_("Your answer is noted. You can change it at any time."), "good")
    return redirect(quote(request.path), 303)


@blueprint.route("/meetings/<slug>/organise/answers", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
@takes(LARGEST_FILE + 64 * 1024)
def answers(slug: str) -> ResponseReturnValue:
    """What people have answered; answers that came by mail are handed in here, as files."""
    meeting = head_or_404(slug)
    form = RepliesForm()
    outcomes: list[commands.Outcome] = []
    status = 200
    if form.validate_on_submit():
        for content in form.contents:
            outcomes += commands.take_replies(content=content, meeting_id=meeting.id, actor=access.actor(), now=now())
        taken = sum(each.reason is None for each in outcomes)
        flash(ngettext("%(num)d answer was taken.", "%(num)d answers were taken.", taken), "good" if taken else "warn")
    elif form.is_submitted():
        status = 422
    return render_template(
        "invitations/answers.html",
        meeting=meeting,
        entries=queries.answers(meeting),
        form=form,
        outcomes=outcomes,
        words=answer_words(),
        reasons=reply_reasons(),
        when=when,
    ), status
