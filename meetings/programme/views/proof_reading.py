"""The proof-reader's page: everything that was found, what a press mends, and what is checked."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme import queries
from meetings.programme.commands import mending
from meetings.programme.rules.proof.check import CHECKS
from meetings.programme.views.blueprint import blueprint, head_or_404
from meetings.programme.words import explained
from meetings.refusals import Refused

# So many findings of one check are listed; the rest is shown once some of these are mended.
LISTED = 20


@blueprint.get("/meetings/<slug>/organise/proof-reading")
@allow(Audience.ORGANISER)
def proof(slug: str) -> ResponseReturnValue:
    """Every finding with its reason, its cure and, where it is certain, its fix; below, the list of the checks."""
    head = head_or_404(slug)
    return render_template(
        "programme/proof.html",
        meeting=head,
        proof=explained(head, queries.programme(head.id, private=True)),
        checks=CHECKS,
        listed=LISTED,
    )


@blueprint.post("/meetings/<slug>/organise/proof-reading")
@allow(Audience.ORGANISER)
def mend(slug: str) -> ResponseReturnValue:
    """Mend one finding as its button said."""
    head = head_or_404(slug)
    try:
        mended = mending.mend(
            meeting_id=head.id,
            name=request.form.get("finding", ""),
            mark=request.form.get("mark", ""),
            actor=access.actor(),
            now=now(),
        )
    except Refused as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("It has been mended.") if mended else _("There was nothing left to mend."), "good")
    return redirect(url_for("programme.proof", slug=slug), 303)
