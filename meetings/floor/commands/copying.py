"""A floor's settings, taken from one session and given to another: for a copy of a session, or one that comes back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from meetings.database import db, transaction
from meetings.floor.commands import acting
from meetings.journal import Actor
from meetings.models.floor import Floor, Turn
from meetings.refusals import Refused

_SETTINGS = (
    "cap_ms",
    "limit_ms",
    "minimum_ms",
    "list_open",
    "max_requests",
    "per_organisation",
    "policy",
    "priority",
    "quotas",
    "limits_ms",
    "warning_ms",
)
_WINDOW = ("asking_opens", "asking_closes")


def settings_of(floor: Floor) -> dict[str, Any]:
    """A floor's settings as JSON carries them; not what has happened on it, and not the seed of a draw."""
    window = {name: value.isoformat() if (value := getattr(floor, name)) else None for name in _WINDOW}
    return {name: getattr(floor, name) for name in _SETTINGS} | window


def has_opened(floor: Floor) -> bool:
    """Whether the floor was given to anybody, on screen or in a meeting file: its session stays one then."""
    spoken = sa.select(Turn.id).where(Turn.session_id == floor.session_id).limit(1)
    return floor.opened_at is not None or db.session.scalar(spoken) is not None


def put_floor(*, session_id: int, settings: Mapping[str, Any], actor: Actor, now: dt.datetime) -> None:
    """Give a session a new floor with these settings (see settings_of). Refused where it has one."""
    with transaction():
        if db.session.get(Floor, session_id) is not None:
            raise Refused(_("This session has a floor already."))
        window = {name: dt.datetime.fromisoformat(value) if (value := settings[name]) else None for name in _WINDOW}
        floor = Floor(session_id=session_id, version=1, chair_version=1, **{**settings, **window})
        db.session.add(floor)
        db.session.flush()
        wanted = {name: settings[name] for name in ("cap_ms", "limit_ms", "minimum_ms")}
        acting.log(floor, "floor.set", actor=actor, now=now, after=wanted)
