"""The differences between two published programmes, and what versions are called, in words."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from meetings.display import country, day, day_range, hours, language_name, modes, session_roles
from meetings.programme.queries.lines import State
from meetings.programme.rules.changes import Change, Kind


def states() -> dict[State, str]:
    """What a version is called."""
    return {"tentative": _("Tentative"), "final": _("Final"), "revised": _("Revised")}


def in_words(change: Change) -> str:
    """One difference as a sentence, with what was before and what is now."""
    facts = {
        "session": _("“%(title)s”", title=change.subject),
        "old": _reading(change.kind)(change.old),
        "new": _reading(change.kind)(change.new),
    }
    return str(_sentences()[change.kind] % facts)


def _sentences() -> dict[Kind, str]:
    """What is said of each kind of difference; `%(session)s`, `%(old)s` and `%(new)s` are filled in afterwards."""
    blank = {"session": "%(session)s", "old": "%(old)s", "new": "%(new)s"}
    return {
        "title": _("The title was “%(old)s” and is “%(new)s”.", **blank),
        "subtitle": _("The subtitle was “%(old)s” and is “%(new)s”.", **blank),
        "mode": _("How the meeting is held was “%(old)s” and is “%(new)s”.", **blank),
        "timezone": _("The time zone was %(old)s and is %(new)s.", **blank),
        "place": _("The place was %(old)s and is %(new)s.", **blank),
        "dates": _("The date of the meeting was %(old)s and is %(new)s.", **blank),
        "sitting_added": _("There is a new sitting: %(new)s.", **blank),
        "sitting_removed": _("The sitting of %(old)s is cancelled.", **blank),
        "sitting_moved": _("The sitting of %(old)s is moved to %(new)s.", **blank),
        "sitting_room": _("The room of the sitting was %(old)s and is %(new)s.", **blank),
        "sitting_languages": _("Interpretation was in %(old)s and is in %(new)s.", **blank),
        "session_added": _("New: %(session)s, %(new)s.", **blank),
        "session_removed": _("Cancelled: %(session)s, %(old)s.", **blank),
        "session_moved": _("%(session)s is moved from %(old)s to %(new)s.", **blank),
        "session_renamed": _("“%(old)s” is called “%(new)s” now.", **blank),
        "session_room": _("The room of %(session)s was %(old)s and is %(new)s.", **blank),
        "session_details": _("Details of %(session)s have changed.", **blank),
        "order": _("The order of the sessions has changed.", **blank),
        "speaker_added": _("%(session)s: %(new)s is new.", **blank),
        "speaker_removed": _("%(session)s: %(old)s is not in it any more.", **blank),
        "speaker_role": _("%(session)s: instead of %(old)s now %(new)s.", **blank),
        "speaker_named": _("Instead of “%(old)s” it now reads “%(new)s”.", **blank),
    }


def _reading(kind: Kind) -> Callable[[Any], str]:
    """How the values of a kind of difference are read."""
    special: dict[Kind, Callable[[Any], str]] = {
        "mode": lambda code: modes().get(code, ""),
        "place": _place,
        "dates": lambda value: day_range(_date(value["start_date"]), _date(value["end_date"])) or _open(),
        "sitting_room": _room_of,
        "sitting_languages": _languages,
        "speaker_added": _speaker,
        "speaker_removed": _speaker,
        "speaker_role": _speaker,
        "speaker_named": _person,
    }
    times: tuple[Kind, ...] = (
        "sitting_added",
        "sitting_removed",
        "sitting_moved",
        "session_added",
        "session_removed",
        "session_moved",
    )
    read = _when if kind in times else special.get(kind, str)
    return lambda value: _open() if value is None else read(value)


def _open() -> str:
    return str(_("not said"))


def _when(value: Mapping[str, str | None]) -> str:
    """A day and its hours, as far as they are fixed."""
    when = (day(_date(value["date"])), hours(_time(value["start"]), _time(value["end"])))
    return ", ".join(filter(None, when)) or str(_("a time that is not fixed"))


def _room_of(value: Mapping[str, str | None]) -> str:
    room = value["room"] or _open()
    return f"{room} ({_when(value)})" if "date" in value else room


def _languages(value: Mapping[str, Any]) -> str:
    languages = ", ".join(map(language_name, value["languages"])) or str(_("no language"))
    return f"{languages} ({_when(value)})" if "date" in value else languages


def _place(value: Mapping[str, str | None]) -> str:
    parts = (value["room"], value["venue"], value["city"], country(value["country"]))
    return ", ".join(filter(None, parts)) or _open()


def _speaker(value: Mapping[str, Any]) -> str:
    roles = session_roles()
    return f"{value['name']} ({', '.join(roles.get(each, each) for each in value['roles'])})"


def _person(value: Mapping[str, str | None]) -> str:
    parts = (value["name"], value["function"], value["unit"], value["organisation"], country(value["country"]))
    return ", ".join(filter(None, parts))


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
