"""The pages of publishing a meeting's programme, and of making the meeting a draft again."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import access
from meetings.access import Audience, allow
from meetings.database import db, now
from meetings.invitations.asked_again import is_unchanged
from meetings.invitations.queries import telling
from meetings.invitations.words import message_kinds
from meetings.programme.change_words import in_words, states
from meetings.programme.queries import MeetingHead, meeting_head
from meetings.programme.rules.order import is_over
from meetings.programme.words import explained
from meetings.publishing import commands, queries
from meetings.publishing.forms import PublishForm, UnpublishForm
from meetings.refusals import Refused

blueprint = Blueprint("publishing", __name__)

PAGE_SIZE = 40


@blueprint.route("/meetings/<slug>/organise/publish", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def publish(slug: str) -> ResponseReturnValue:
    """Say what publishing would change, and who would be told what; publish."""
    head = _head_or_404(slug)
    progress = telling(head.id)
    if is_unchanged(progress):
        return "", 304
    preview = queries.preview(head, now())
    form = PublishForm(is_final=preview.is_final, has_mails=bool(preview.told))
    if not form.is_submitted():
        form.shown.data = str(head.version)
        return _page(head, form, preview), 200
    if not form.validate():
        return _page(head, form, preview), 422
    if "look" in request.form:  # the mails with the note as it is typed
        return _page(head, form, preview), 200
    try:
        done = commands.publish(
            meeting_id=head.id,
            shown=int(form.shown.data) if (form.shown.data or "").isdecimal() else 0,
            final="final" in form and form.final.data,
            note=form.note.data,
            mails=form.mails.data if "mails" in form else "send",
            actor=access.actor(),
            now=now(),
        )
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        db.session.rollback()
        head = _head_or_404(slug)
        form.shown.raw_data, form.shown.data = None, str(head.version)
        return _page(head, form, queries.preview(head, now())), 409
    flash(_published(done), "good")
    return redirect(url_for(".publish", slug=slug), 303)


def _published(done: commands.Done) -> str:
    if not done.people:
        return str(_("Version %(number)d is published.", number=done.number))
    return str(
        ngettext(
            "Version %(number)d is published. One person is told.",
            "Version %(number)d is published. %(num)d people are told.",
            done.people,
            number=done.number,
        )
    )


def _page(head: MeetingHead, form: PublishForm, preview: queries.Preview) -> str:
    return render_template(
        "publishing/publish.html",
        meeting=head,
        form=form,
        preview=preview,
        samples=queries.samples(preview, now(), form.note.data),
        over=is_over(head.end_date or head.start_date, head.timezone, now()),
        proof=explained(head, preview.plan.programme),
        in_words=in_words,
        kinds=message_kinds(),
        states=states(),
        telling=telling(head.id),
    )


@blueprint.get("/meetings/<slug>/organise/publish/people")
@allow(Audience.ORGANISER)
def people(slug: str) -> ResponseReturnValue:
    """Everybody who would be told, and what."""
    head = _head_or_404(slug)
    told = queries.preview(head, now()).told
    pages = max(1, -(-len(told) // PAGE_SIZE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    return render_template(
        "publishing/people.html",
        meeting=head,
        people=told[PAGE_SIZE * (page - 1) : PAGE_SIZE * page],
        page=page,
        pages=pages,
        kinds=message_kinds(),
    )


@blueprint.route("/meetings/<slug>/organise/unpublish", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def unpublish(slug: str) -> ResponseReturnValue:
    """Say what becomes of the meeting as a draft; make it one."""
    head = _head_or_404(slug)
    form = UnpublishForm()
    if form.validate_on_submit():
        commands.unpublish(meeting_id=head.id, mails=form.mails.data, actor=access.actor(), now=now())
        flash(_("The meeting is a draft again: only those who work on it can see it."), "good")
        return redirect(url_for("programme.organise", slug=slug), 303)
    if not head.published:
        return redirect(url_for(".publish", slug=slug), 303)
    page = render_template(
        "publishing/unpublish.html", meeting=head, form=form, concerned=queries.withdrawal(head, now())
    )
    return page, 422 if form.is_submitted() else 200


def _head_or_404(slug: str) -> MeetingHead:
    return meeting_head(slug) or abort(404)
