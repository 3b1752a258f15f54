"""What organisers see of speakers, and do about them."""

import datetime as dt
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme.queries import MeetingHead, meeting_head
from meetings.refusals import Refused
from meetings.speakers import commands, queries, rules
from meetings.speakers.forms import AskForm, FilterForm, RecordForm
from meetings.speakers.queries import SpeakerLine
from meetings.speakers.views.shared import blueprint
from meetings.speakers.words import missing, states


def _head_or_404(slug: str) -> MeetingHead:
    return meeting_head(slug) or abort(404)


def _today(meeting: MeetingHead) -> dt.date:
    return now().astimezone(ZoneInfo(meeting.timezone)).date()


@blueprint.get("/meetings/<slug>/organise/speakers")
@allow(Audience.ORGANISER)
def speakers(slug: str) -> ResponseReturnValue:
    """Everybody with a role, by session: who was asked, what they answered, and what is missing."""
    meeting = _head_or_404(slug)
    chosen = request.args.get("show", "")
    known = states() | missing()
    page = queries.speaker_page(meeting, today=_today(meeting), chosen=chosen if chosen in known else "")
    form = FilterForm(request.args)
    return render_template("speakers/speakers.html", meeting=meeting, page=page, form=form, chosen=chosen)


@blueprint.route("/meetings/<slug>/organise/speakers/<any(ask, remind):step>", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def write_to(slug: str, step: rules.Step) -> ResponseReturnValue:
    """Ask those who are ticked (or all who were not asked) to speak, or remind those who have not answered."""
    meeting = _head_or_404(slug)
    lines = queries.speaker_lines(meeting.id, today=_today(meeting))
    able = [each for each in lines if rules.after(each.status, step) and each.has_role]
    ticked = set(request.args.getlist("person"))
    wanted = [each for each in able if each.person.key in ticked] if ticked else _all(able, step)
    reachable = [each for each in wanted if each.reachable]
    keys = [each.person.key for each in reachable]
    form = AskForm(people=[each.person.key for each in able], today=_today(meeting))
    if form.validate_on_submit():
        command = commands.ask if step == "ask" else commands.remind
        done = command(
            meeting_id=meeting.id,
            people=form.people.data,
            invitation=form.invitation(),
            actor=access.actor(),
            now=now(),
        )
        _say(done, held=form.invitation().held)
        return redirect(url_for(".speakers", slug=slug), 303)
    page = render_template(
        "speakers/write_to.html",
        meeting=meeting,
        step=step,
        form=form,
        reachable=reachable,
        without_address=[each for each in wanted if not each.reachable],
        keys=keys,
    )
    return page, 422 if form.is_submitted() else 200


def _all(able: list[SpeakerLine], step: rules.Step) -> list[SpeakerLine]:
    """Whom a button means when nobody is ticked: who declined is asked again only by name."""
    return [each for each in able if each.status != "declined"] if step == "ask" else able


def _say(done: commands.Asked, *, held: bool) -> None:
    if done.written and held:
        flash(
            ngettext("%(num)d mail is among the drafts.", "%(num)d mails are among the drafts.", done.written), "good"
        )
    elif done.written:
        flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", done.written), "good")
    if done.without_address:
        flash(
            ngettext(
                "%(num)d has no mail address: tell them yourself.",
                "%(num)d have no mail address: tell them yourself.",
                done.without_address,
            ),
            "warn",
        )
    if done.left or not (done.written or done.without_address):
        flash(ngettext("%(num)d was left as it was.", "%(num)d were left as they were.", done.left), "warn")


@blueprint.get("/meetings/<slug>/organise/speakers/person/<key>")
@allow(Audience.ORGANISER)
def speaker(slug: str, key: str) -> ResponseReturnValue:
    """All that is known of one speaker, what happened so far, and what can be done."""
    meeting = _head_or_404(slug)
    return _page(meeting, _line_or_404(meeting, key), RecordForm(formdata=None))


def _line_or_404(meeting: MeetingHead, key: str) -> SpeakerLine:
    found = queries.speaker_lines(meeting.id, today=_today(meeting), keys=[key])
    return found[0] if found else abort(404)


def _page(meeting: MeetingHead, line: SpeakerLine, form: RecordForm) -> str:
    if form.version.data is None:
        form.version.data = line.version
    return render_template(
        "speakers/speaker.html",
        meeting=meeting,
        line=line,
        form=form,
        parts=queries.parts(meeting).get(line.person.id, []),
        happened=queries.happened(line.person.id),
        may={step: rules.after(line.status, step) is not None for step in rules.STEPS},
    )


@blueprint.post("/meetings/<slug>/organise/speakers/person/<key>/answer")
@allow(Audience.ORGANISER)
def record_answer(slug: str, key: str) -> ResponseReturnValue:
    """Take down an answer that came by telephone or letter."""
    meeting = _head_or_404(slug)
    line = _line_or_404(meeting, key)
    form = RecordForm()
    status = 422
    if form.validate_on_submit():
        try:
            recorded = commands.record_answer(
                meeting_id=meeting.id,
                key=key,
                version=form.version.data or 0,
                answer=form.answer.data,
                way=form.way.data,
                remark=form.remark.data,
                actor=access.actor(),
                now=now(),
            )
        except Refused as refusal:
            form.form_errors.append(str(refusal))
            form.version.data, form.version.raw_data = line.version, None
            status = 409
        else:
            flash(_("The answer is taken down.") if recorded else _("Nothing was changed."), "good")
            return redirect(url_for(".speaker", slug=slug, key=key), 303)
    return _page(meeting, line, form), status


@blueprint.post("/meetings/<slug>/organise/speakers/person/<key>/withdraw")
@allow(Audience.ORGANISER)
def withdraw(slug: str, key: str) -> ResponseReturnValue:
    """Take an invitation back."""
    version = request.form.get("version", 0, int)
    try:
        commands.withdraw(meeting_id=_head_or_404(slug).id, key=key, version=version, actor=access.actor(), now=now())
        flash(_("The invitation is withdrawn; its link has stopped working."), "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".speakers", slug=slug), 303)


@blueprint.post("/meetings/<slug>/organise/speakers/person/<key>/new-link")
@allow(Audience.ORGANISER)
def new_link(slug: str, key: str) -> ResponseReturnValue:
    """Replace a speaker's link and mail the new one."""
    try:
        commands.new_link(meeting_id=_head_or_404(slug).id, key=key, actor=access.actor(), now=now())
        flash(_("A new link is on its way; the one before has stopped working."), "good")
    except Refused as refusal:
        flash(str(refusal), "bad")
    return redirect(url_for(".speaker", slug=slug, key=key), 303)


@blueprint.post("/meetings/<slug>/organise/speakers/person/<key>/seen")
@allow(Audience.ORGANISER)
def mark_seen(slug: str, key: str) -> ResponseReturnValue:
    """Take note of what a speaker has changed."""
    commands.mark_seen(meeting_id=_head_or_404(slug).id, key=key, actor=access.actor(), now=now())
    return redirect(url_for(".speaker", slug=slug, key=key), 303)
