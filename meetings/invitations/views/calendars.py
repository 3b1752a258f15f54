"""A person's own calendar: the file, and the address that calendar programs subscribe to."""

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import links, mail
from meetings.access import Audience, allow
from meetings.database import now
from meetings.invitations import commands, queries
from meetings.invitations.letters import calendar_entry
from meetings.invitations.views.blueprint import blueprint
from meetings.journal import Actor


@blueprint.get("/me/<token>/calendar.ics")
@allow(Audience.LINK, purpose="personal")
def personal_ics(token: str) -> ResponseReturnValue:
    """One participant's entries, for programs that subscribed before calendars had addresses of their own."""
    return _ics(queries.own_calendar(*g.claim) or abort(404))


@blueprint.get("/calendars/<token>/calendar.ics")
@allow(Audience.LINK, purpose="feed")
def subscribed_ics(token: str) -> ResponseReturnValue:
    """One person's entries, for a calendar program that asks again and again; unchanged, not sent again (304).

    Its address opens nothing else and is replaced by itself: calendar programs keep it on servers elsewhere.
    """
    response = _ics(queries.subscribed_calendar(*g.claim) or abort(404))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _ics(own: queries.OwnCalendar) -> Response:
    from exports.calendar import feed  # noqa: PLC0415  # icalendar is loaded when first used
    from meetings.programme.queries.documents import last_changed  # noqa: PLC0415  # as above

    changed = last_changed(own.meeting.id)
    with mail.in_language(own.invitee.language):
        entries = [
            calendar_entry(
                own.meeting,
                entry,
                sequence=told.sequence if told else 0,
                now=(told.told_at if told else None) or changed,
                status=status,
            )
            for entry, told, status in own.shown
        ]
        response = Response(feed(own.meeting.title, entries), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'inline; filename="{own.meeting.slug}.ics"'
    return response


@blueprint.get("/me/<token>/calendar")
@allow(Audience.LINK, purpose="personal")
def calendar(token: str) -> ResponseReturnValue:
    """How a participant gets their entries into a calendar."""
    return _page("personal", token)


@blueprint.get("/speaker/<token>/calendar")
@allow(Audience.LINK, purpose="speaker")
def speaker_calendar(token: str) -> ResponseReturnValue:
    """How a speaker gets their entries into a calendar."""
    return _page("speaker", token)


@blueprint.post("/me/<token>/calendar")
@allow(Audience.LINK, purpose="personal")
def replace_feed(token: str) -> ResponseReturnValue:
    """Give a participant's calendar another address; the one before stops working."""
    return _replace("personal", token, Actor.registration(g.claim[0]))


@blueprint.post("/speaker/<token>/calendar")
@allow(Audience.LINK, purpose="speaker")
def replace_speaker_feed(token: str) -> ResponseReturnValue:
    """Give a speaker's calendar another address; the one before stops working."""
    return _replace("speaker", token, Actor.speaker(g.claim[0]))


def _calendar_or_404(purpose: str) -> queries.OwnCalendar:
    person_id = queries.person_of_link(purpose, *g.claim)
    return (queries.calendar_of(person_id) if person_id is not None else None) or abort(404)


def _page(purpose: str, token: str) -> str:
    own = _calendar_or_404(purpose)
    address = links.address("feed", own.invitee.person_id, own.feed_serial)
    personal = purpose == "personal"
    return render_template(
        "invitations/calendar.html",
        meeting=own.meeting,
        address=address,
        webcal="webcal:" + address.partition(":")[2],
        home=url_for("people.personal" if personal else "speakers.own", token=token),
        replace=url_for(".replace_feed" if personal else ".replace_speaker_feed", token=token),
    )


def _replace(purpose: str, token: str, actor: Actor) -> ResponseReturnValue:
    own = _calendar_or_404(purpose)
    commands.replace_feed(person_id=own.invitee.person_id, actor=actor, now=now())
    flash(_("Your calendar has a new address. Subscribe anew, wherever you had subscribed."), "good")
    return redirect(url_for(".calendar" if purpose == "personal" else ".speaker_calendar", token=token), 303)
