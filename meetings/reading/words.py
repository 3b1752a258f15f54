"""What a reader is told about a reading: the doubts at its lines, and what was assumed."""

from flask_babel import gettext as _

from meetings.reading.rules.result import Doubt, Reading, Remark


def said(remark: Remark) -> str:
    """A doubt in a sentence, with what was done about it."""
    return _sentences()[remark.doubt] % {"stated": remark.stated, "meant": remark.meant}


def _sentences() -> dict[Doubt, str]:
    """What each doubt reads like: `stated` is what the source says, `meant` what was taken."""
    return {
        Doubt.WEEKDAY: _("“%(stated)s”: the weekday is not that of the date. The date is taken, %(meant)s."),
        Doubt.DAY_OR_MONTH: _("“%(stated)s” is read as %(meant)s, the day before the month. Check it."),
        Doubt.BACKWARDS: _("“%(stated)s”: the end is not after the start. The end is left out."),
        Doubt.BAD_TIME: _("%(stated)s: no title was found for this time."),
        Doubt.NO_ZONE: _("No time zone is stated. The place tells it: %(meant)s."),
        Doubt.ZONE_GUESSED: _(
            "Neither a time zone nor a place tells in which zone the times are. %(meant)s is taken. Check it."
        ),
        Doubt.ZONE_BY_ABBREVIATION: _(
            "“%(stated)s” is taken for %(meant)s; several places share this abbreviation. Check it."
        ),
        Doubt.ZONE_CONTRADICTS: _("“%(stated)s” is not what clocks show on that day in %(meant)s. This zone is taken."),
        Doubt.END_TAKEN: _(
            "No ends are stated. What starts at %(stated)s is taken to end when the next session starts, at %(meant)s."
        ),
        Doubt.OTHER_DAY: _(
            "%(stated)s is not among the days that the head of the note names. The meeting is extended to it."
        ),
        Doubt.NO_DATE: _("No date was found."),
        Doubt.NO_TITLE: _("No title was found."),
        Doubt.LINK_BY_ORDER: _("%(stated)s is given to %(meant)s by its place among the links. Check it."),
        Doubt.FLOOR_UNSTATED: _(
            "The floor is open, but for how long is not said: %(meant)s minutes are set, the longest that there is."
        ),
        Doubt.TOO_LONG: _(
            "A floor of %(stated)s minutes is longer than the %(meant)s that a floor may last. These are set."
        ),
    }


def assumed(reading: Reading) -> list[str]:
    """What no line says and a meeting needs."""
    found = [said(remark) for remark in reading.remarks if not remark.line]
    if not reading.head.mode_stated:
        found.append(_("How the meeting is held is not said: in person is taken."))
    return found


def untitled() -> str:
    """What a meeting is called whose title was not found."""
    return str(_("Untitled meeting"))


def uses() -> dict[str, str]:
    """What a line can have been used for, in words; those with `%(number)d` are several."""
    return {
        "title": _("Title"),
        "subtitle": _("Subtitle"),
        "dates": _("Dates"),
        "hours": _("Hours"),
        "zone": _("Time zone"),
        "place": _("Place"),
        "contact": _("Contact"),
        "background": _("Background"),
        "format": _("Format"),
        "objectives": _("Objectives"),
        "questions": _("Guiding questions"),
        "document": _("Document %(number)d"),
        "session": _("Session %(number)d of this page"),
    }
