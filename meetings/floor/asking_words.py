"""How pages and refusals put whether requests are taken, in what capacity they are made, and what a file is."""

import datetime as dt

from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.display import clock, day, zone
from meetings.floor.rules.asking import Asking, Window
from meetings.floor.rules.statements import LARGEST_FILE, Problem


def own_capacities() -> dict[str, str]:
    """On whose behalf somebody may ask to speak, as they are asked for it, by its code."""
    return {
        "organisation": _("My own organization"),
        "joint": _("Several organizations: a joint statement"),
        "national": _("My country: in a national capacity"),
    }


def asking_in_words(asking: Asking, floor: Window, timezone: str) -> str:
    """Whether requests are taken and until when, or why not: one sentence, times with their zone."""
    opens = moment(floor.asking_opens, timezone) if floor.asking_opens else ""
    closes = moment(floor.asking_closes, timezone) if floor.asking_closes else ""
    until = _("The list of speakers is open until %(when)s.", when=closes)
    sentences: dict[Asking, str] = {
        Asking.OPEN: until if closes else _("The list of speakers is open."),
        Asking.FLOOR_CLOSED: _("The floor of this session is closed."),
        Asking.MEETING_OVER: _("The meeting is over: requests for the floor are no longer taken."),
        Asking.USED_UP: _("Requests are no longer taken: too little time is left for another turn."),
        Asking.LIST_CLOSED: _("The list of speakers is closed."),
        Asking.NOT_YET: _("The list of speakers opens on %(when)s.", when=opens),
        Asking.WINDOW_OVER: _("The list of speakers closed on %(when)s.", when=closes),
        Asking.FULL: ngettext(
            "The list of speakers is full: it takes %(num)d request.",
            "The list of speakers is full: it takes %(num)d requests.",
            floor.max_requests or 0,
        ),
    }
    return sentences[asking]


def moment(wall: dt.datetime, timezone: str) -> str:
    """A wall-clock time in full: Wednesday 26 November 2025, 09:20 CET (Europe/Zurich)."""
    return f"{day(wall.date())}, {clock(wall.time())} {zone(timezone, wall.date(), wall.time())}"


def file_problems() -> dict[Problem, str]:
    """Why a file is not taken and what to do, by what is wrong with it."""
    return {
        Problem.EMPTY: _("The file is empty. Choose another one."),
        Problem.TOO_LARGE: _(
            "The file is larger than %(size)d MB. Leave pictures out, or save it as a PDF.",
            size=LARGEST_FILE // 1024 // 1024,
        ),
        Problem.UNKNOWN: _(
            "This is neither a Word file (.docx) nor a PDF nor plain text (.txt in UTF-8), whatever its name says."
            " Save it as one of these."
        ),
        Problem.OLD_WORD: _("This is a file of an old Word or other Office format. Save it as .docx or PDF."),
        Problem.LOCKED: _("The file is protected: the interpreters could not open it. Save it without a password."),
        Problem.MACROS: _("The file holds macros. Save it as .docx without them, or as a PDF."),
        Problem.DAMAGED: _("The file is damaged or was cut off. Save it anew and choose it again."),
    }
