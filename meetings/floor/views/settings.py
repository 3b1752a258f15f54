"""What is decided of a floor: its limits, when participants may ask, and the links of its display and interpreters."""

from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import links
from meetings.access import Audience, actor, allow
from meetings.database import now as present
from meetings.floor import commands
from meetings.floor.forms import SettingsForm
from meetings.floor.queries import FloorHead
from meetings.floor.views.acting import address_of, head_or_404
from meetings.floor.views.shared import blueprint, live_page
from meetings.refusals import Refused


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody else set while the form was open. `both`: the reader has written something else there."""

    label: str
    text: str
    both: bool


@blueprint.route("/meetings/<slug>/floor/<key>/settings", methods=["GET", "POST"])
@allow(Audience.CHAIR)
def settings(slug: str, key: str) -> ResponseReturnValue:
    """The settings of a floor."""
    head, now = head_or_404(slug, key), present()
    form = SettingsForm(head)
    changes: list[Change] = []
    status = 200
    if form.validate_on_submit():
        changes = _changes_of_others(form, head)
        try:
            if not changes:
                commands.set_settings(
                    session_id=head.session_id, version=head.version, actor=actor(), now=now, **form.settings
                )
                flash(_("The settings have been saved."), "good")
                return redirect(address_of(head, "main"), 303)
            form = _with_theirs(form, head)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        status = 409
    elif form.is_submitted():
        status = 422
    return live_page(
        "floor/settings.html",
        head,
        now,
        status,
        form=form,
        changes=changes,
        display=links.address("display", head.session_id, head.display_serial),
        interpreters=links.address("interpreters", head.session_id, head.interpreters_serial),
    )


def _changes_of_others(form: SettingsForm, head: FloorHead) -> list[Change]:
    """What is stored by now and was not when the page was shown, but for what both have set alike."""
    shown, typed = form.shown(), form.texts()
    stored = SettingsForm(head, formdata=None).texts()
    return [
        Change(str(form[name].label.text), text, both=typed[name] != shown.get(name))
        for name, text in stored.items()
        if text != shown.get(name) and text != typed[name]
    ]


def _with_theirs(form: SettingsForm, head: FloorHead) -> SettingsForm:
    """The form again: with what the other set, but for what the reader typed."""
    shown = form.shown()
    again = SettingsForm(head, formdata=None)
    again.was.data = again.mark()
    for field in form:
        if field.name in shown and str(field._value()) != shown[field.name]:
            again[field.name].data = field.data
    return again


@blueprint.post("/meetings/<slug>/floor/<key>/display")
@allow(Audience.CHAIR)
def renew_display(slug: str, key: str) -> ResponseReturnValue:
    """Give the room display a new link; the one it had leads nowhere then."""
    head = head_or_404(slug, key)
    commands.renew_display(session_id=head.session_id, serial=_serial(), actor=actor(), now=present())
    flash(_("The room display has a new link. The one before leads nowhere now."), "good")
    return _back(head, "display-heading")


@blueprint.post("/meetings/<slug>/floor/<key>/interpreters")
@allow(Audience.CHAIR)
def renew_interpreters(slug: str, key: str) -> ResponseReturnValue:
    """Give the interpreters' page a new link; the one it had leads nowhere then."""
    head = head_or_404(slug, key)
    commands.renew_interpreters(session_id=head.session_id, serial=_serial(), actor=actor(), now=present())
    flash(_("The interpreters’ page has a new link. The one before leads nowhere now."), "good")
    return _back(head, "interpreters-heading")


def _serial() -> int:
    serial = request.form.get("serial", type=int)
    return abort(400) if serial is None else serial


def _back(head: FloorHead, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("floor.settings", slug=head.slug, key=head.key, _anchor=anchor), 303)
