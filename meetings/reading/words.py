"""What a reader is told about a reading: the doubts at its lines, and what was assumed."""

from flask_babel import gettext as _

from meetings.reading.rules.result import Doubt, Reading, Remark


def said(remark: Remark) -> str:
    """A doubt in a sentence, with what was done about it."""
    stated, meant = remark.stated, remark.meant
    match remark.doubt:
        case Doubt.WEEKDAY:
            return _("“%(stated)s”: the weekday is not that of the date, %(meant)s. The date is taken.", stated=stated, meant=meant)  # fmt: skip
        case Doubt.DAY_OR_MONTH:
            return _("“%(stated)s” is read as %(meant)s, the day before the month. Check it.", stated=stated, meant=meant)
        case Doubt.BACKWARDS:
            return _("“%(stated)s”: the end is not after the start. The end is left out.", stated=stated)
        case Doubt.BAD_TIME:
            return _("%(stated)s: no title was found for this time.", stated=stated)
        case Doubt.NO_ZONE:
            return _("No time zone is stated. The place tells it: %(meant)s.", meant=meant)
        case Doubt.ZONE_GUESSED:
            return _("Neither a time zone nor a place tells in which zone the times are. %(meant)s is taken: choose the right one.", meant=meant)  # fmt: skip
        case Doubt.ZONE_BY_ABBREVIATION:
            return _("“%(stated)s” is taken for %(meant)s; several places share this abbreviation.", stated=stated, meant=meant)  # fmt: skip
        case Doubt.ZONE_CONTRADICTS:
            return _("“%(stated)s” is not what clocks show on that day in %(meant)s, where the meeting is held.", stated=stated, meant=meant)  # fmt: skip
        case Doubt.END_TAKEN:
            return _("No ends are stated. This session, which starts at %(stated)s, is taken to end when the next one starts, at %(meant)s.", stated=stated, meant=meant)  # fmt: skip
        case Doubt.OTHER_DAY:
            return _("%(stated)s is not among the days of the meeting that its head names. They are extended to it.", stated=stated)  # fmt: skip
        case Doubt.NO_DATE:
            return _("No date was found.")
        case Doubt.NO_TITLE:
            return _("No title was found.")
        case Doubt.LINK_BY_ORDER:
            return _("%(stated)s is given to %(meant)s by its place among the links. Check it.", stated=stated, meant=meant)
        case Doubt.FLOOR_UNSTATED:
            return _("The floor is open, but for how long is not said: %(meant)s minutes are set, the most there are.", meant=meant)  # fmt: skip
        case Doubt.TOO_LONG:
            return _("A floor of %(stated)s minutes is longer than the %(meant)s that a floor may last; these are set.", stated=stated, meant=meant)  # fmt: skip


def assumed(reading: Reading) -> list[str]:
    """What no line says and a meeting needs."""
    found = [said(remark) for remark in reading.remarks if not remark.line]
    if not reading.head.mode_stated:
        found.append(_("How the meeting is held is not said: in person is taken."))
    return found


def untitled() -> str:
    """What a meeting is called whose title was not found."""
    return _("Untitled meeting")
