"""What is decided about the draft as a whole: its plan."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.report import Report
from meetings.refusals import Refused, Stale
from meetings.report.commands.shared import begin, log
from meetings.report.rules.options import Options, from_stored, to_stored

_LIMITS = {"several": (2, 99), "number": (2, 999), "many_percent": (1, 100), "word_limit": (1, 1_000_000)}


def edit_plan(*, meeting_id: int, shown: Options, options: Options, actor: Actor, now: dt.datetime) -> None:
    """Decide about sections, themes, quantifiers, length and printing.

    `shown` are the decisions that the page showed: refuses where somebody has decided otherwise since. Refuses
    quantifiers that overlap, and numbers without sense.
    """
    for name, (least, most) in _LIMITS.items():
        if not least <= getattr(options, name) <= most:
            raise Refused(_("%(least)d to %(most)d can be chosen here.", least=least, most=most))
    if options.number <= options.several:
        raise Refused(_("“A number of” has to begin above “several”."))
    with transaction():
        begin(meeting_id, now)
        db.session.flush()
        row = db.session.get_one(Report, meeting_id, populate_existing=True)
        before = from_stored(row.plan)
        if before == options:
            return
        if before != shown:
            raise Stale(_("Somebody else has changed the plan in the meantime. Nothing was overwritten."))
        old, row.plan = row.plan, to_stored(options)
        log("report.planned", meeting_id, f"report:{meeting_id}", actor, now, before=old, after=row.plan)
