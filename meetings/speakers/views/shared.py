"""What all pages of this capability hang on."""

from flask import Blueprint, Response, request

from meetings.speakers.words import events, missing, states, ways, word_names

blueprint = Blueprint("speakers", __name__)


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """A page behind a secret link is kept in no cache. (No other site is told the address: see Referrer-Policy.)"""
    if "token" in (request.view_args or {}):
        response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.context_processor
def _words() -> dict[str, object]:
    """The words that the templates need."""
    return {
        "speaker_states": states,
        "speaker_missing": missing,
        "speaker_events": events,
        "answer_ways": ways,
        "word_names": word_names,
    }
