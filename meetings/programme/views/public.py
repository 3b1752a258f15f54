"""What everyone sees: the list of meetings and a meeting's page."""

from functools import partial

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from meetings import access, kept
from meetings.access import Audience, allow
from meetings.database import now
from meetings.programme.change_words import in_words, states
from meetings.programme.queries import meeting_lines
from meetings.programme.queries.made_of import made_of
from meetings.programme.queries.published import public_head
from meetings.programme.queries.versions import pending
from meetings.programme.queries.versions import version as published_as
from meetings.programme.queries.versions import versions as all_versions
from meetings.programme.rules.order import is_over
from meetings.programme.rules.parallel import blocks
from meetings.programme.views.blueprint import blueprint, head_or_404, page_or_404, works_on

blueprint.app_template_global()(blocks)  # for every page that shows a programme


@blueprint.get("/")
@allow(Audience.ANYONE)
def meetings() -> ResponseReturnValue:
    """All meetings, those to come first; drafts for those who work on them."""
    lines = meeting_lines(now=now(), drafts_of=own_meetings())
    upcoming = [line for line in reversed(lines) if not line.over]
    past = [line for line in lines if line.over]
    return render_template("programme/meetings.html", upcoming=upcoming, past=past)


def own_meetings() -> list[int] | None:
    """The meetings in which the signed-in account has a role; None for all."""
    grants = access.grants()
    if any(grant.meeting_id is None for grant in grants):
        return None
    return [grant.meeting_id for grant in grants if grant.meeting_id is not None]


@blueprint.get("/meetings/<slug>/")
@allow(Audience.ANYONE)
def meeting(slug: str) -> ResponseReturnValue:
    """A meeting's public page: its newest version. Those who work on it may look at the working copy (`?working=1`)."""
    return kept.page(("programme", slug), partial(made_of, slug, now()), partial(_meeting, slug))


def _meeting(slug: str) -> str:
    team = works_on(slug)
    working = team and "working" in request.args
    page = page_or_404(slug, working=working)
    head = page.head
    return render_template(
        "programme/meeting.html",
        page=page,
        over=is_over(head.end_date or head.start_date, head.timezone, now()),
        works_on=team,
        working=working,
        pending=pending(head) if team else None,
        states=states(),
    )


@blueprint.get("/meetings/<slug>/programme/versions")
@allow(Audience.ANYONE)
def versions(slug: str) -> ResponseReturnValue:
    """All published versions of a programme, and what each changed."""
    head = head_or_404(slug)
    found = all_versions(head.id)
    return render_template(
        "programme/versions.html",
        head=public_head(head),
        works_on=works_on(slug),
        versions=found,
        states=states(),
        in_words=in_words,
    )


@blueprint.get("/meetings/<slug>/programme/versions/<int:number>")
@allow(Audience.ANYONE)
def version(slug: str, number: int) -> ResponseReturnValue:
    """A programme as it was published under this number, whatever holds now."""
    head = head_or_404(slug)
    found = all_versions(head.id)
    line = next((each for each in found if each.number == number), None) or abort(404)
    return render_template(
        "programme/version.html",
        page=published_as(head, number),
        line=line,
        newest=found[0],
        works_on=works_on(slug),
        states=states(),
        in_words=in_words,
    )
