"""Who was heard how often and for how long: the figures of a meeting, or of its series."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from meetings.access import Audience, allow
from meetings.floor import queries, statistics_words
from meetings.floor.views.shared import blueprint


@blueprint.get("/meetings/<slug>/floor/statistics")
@allow(Audience.CHAIR)
def statistics(slug: str) -> ResponseReturnValue:
    """The figures of a meeting; with `?over=series` those of its series."""
    figures = queries.statistics(slug, over_series=request.args.get("over") == "series") or abort(404)
    return render_template(
        "floor/statistics.html",
        meeting={"slug": figures.slug, "title": figures.title},
        figures=figures,
        words=statistics_words,
    )
