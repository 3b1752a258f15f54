"""Adding somebody to the list who is not registered: they raise their hand in row 3."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.access import Audience, actor, allow
from meetings.database import now as present
from meetings.floor import commands
from meetings.floor.forms import AddForm
from meetings.floor.queries.organisations import organisations_of
from meetings.floor.views.acting import address_of, head_or_404, refused
from meetings.floor.views.shared import blueprint, live_page
from meetings.refusals import Refused


@blueprint.route("/meetings/<slug>/floor/<key>/add", methods=["GET", "POST"])
@allow(Audience.CHAIR)
def add(slug: str, key: str) -> ResponseReturnValue:
    """Put somebody on the list who is not registered, also when the list is closed to others."""
    head, now = head_or_404(slug, key), present()
    form = AddForm.for_floor(head)
    status = 200
    if form.validate_on_submit():
        try:
            commands.add_speaker(
                session_id=head.session_id,
                name=form.name.data,
                organisation=form.organisation.data,
                category=form.category.data or None,
                country=form.country.data or None,
                language=form.language.data or None,
                seat=form.seat.data,
                capacity=form.capacity.data,
                on_behalf_of=form.on_behalf_of.data,
                version=form.version.data,
                actor=actor(),
                now=now,
            )
            flash(_("%(name)s is on the list.", name=form.name.data or form.organisation.data), "good")
            return redirect(address_of(head, "main"), 303)
        except Refused as refusal:
            refused(form, head, refusal)
            status = 409
    elif form.is_submitted():
        status = 422
    else:
        form.name.render_kw = {**form.name.render_kw, "autofocus": True}
    known = organisations_of(head)
    return live_page("floor/add_speaker.html", head, now, status, form=form, known=known)
