"""How pages and refusals put what a submission is held to, and what its sender agrees to."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.report.rules.call import Call, Clock


def consents() -> dict[str, str]:
    """What may be done with a submission, by its code, as a list shows it."""
    return {"named": _("By name"), "anonymous": _("Without the name"), "confidential": _("Confidential")}


def consent_choices() -> dict[str, str]:
    """What a sender may agree to, by its code."""
    return {
        "named": _("Publish it with the name of the organization: the answers and the files"),
        "anonymous": _("Publish it without the name: the typed answers alone, under its category; no file"),
        "confidential": _(
            "Do not publish it: it is read, counted and maybe summed up in the report, which does not say who sent it"
        ),
    }


def too_long(call: Call, words: int | None) -> str | None:
    """Why so many words are too many, None where they are not, or not known."""
    if call.max_words is None or words is None or words <= call.max_words:
        return None
    return str(
        ngettext(
            "This has %(num)d word; %(most)d are taken. Shorten it.",
            "This has %(num)d words; %(most)d are taken. Shorten it.",
            words,
            most=call.max_words,
        )
    )


def wrong_type(call: Call, file_type: str) -> str | None:
    """Why a file of this type is not taken, None where it is."""
    if file_type in call.file_types:
        return None
    return str(_("A file of this type is not taken here. Save it as %(types)s.", types=shown_types(call.file_types)))


def shown_types(file_types: Iterable[str]) -> str:
    """The types of files that are taken: Word (.docx), PDF."""
    names = {"docx": _("Word (.docx)"), "pdf": _("PDF"), "txt": _("plain text (.txt)")}
    return ", ".join(str(name) for code, name in names.items() if code in file_types)


def clock_words(problem: Clock, timezone: str) -> str:
    """Why a wall-clock time cannot be a deadline, and what to do."""
    if problem is Clock.SKIPPED:
        said = _("This time does not exist on that day in %(zone)s: the clocks go forward over it.", zone=timezone)
    else:
        said = _("This time comes twice on that day in %(zone)s: the clocks go back.", zone=timezone)
    return f"{said} {_('Choose a time two hours earlier or later.')}"
