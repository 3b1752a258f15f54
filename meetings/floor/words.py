"""How pages and refusals name what the floor knows by a code."""

from flask_babel import gettext as _

from meetings.floor.rules import Status


def statuses() -> dict[str, str]:
    """Where a request stands, in the page's language."""
    return {
        Status.REQUESTED: _("Waiting"),
        Status.CALLED: _("Called: speaks next"),
        Status.SPEAKING: _("Speaking"),
        Status.PAUSED: _("Paused"),
        Status.SPOKEN: _("Has spoken"),
        Status.WITHDRAWN: _("Withdrawn"),
        Status.ABSENT: _("Absent"),
        Status.NOT_REACHED: _("Not reached: the time ran out"),
        Status.DECLINED: _("Declined by the chair"),
        Status.SET_ASIDE: _("Connection lost: waits at the top"),
    }


def deliveries() -> dict[str, str]:
    """How a statement will be spoken, by its code."""
    return {"as_delivered": _("As delivered"), "check_against_delivery": _("Check against delivery")}
