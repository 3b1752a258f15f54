"""The meeting file: one YAML or JSON file that carries a whole meeting (format rostrum-meeting/1).

`read` is strict and tells every mistake at once; `write` has one canonical form, so that a file that was read and
written again stays as it is, byte for byte.
"""

import inspect
import typing
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from exports import meeting_file_values as values
from exports.meeting_file_checks import check, rows
from exports.meeting_file_problems import MeetingFileError, Path, Problem
from exports.meeting_file_types import FORMAT, MeetingFile
from exports.meeting_file_values import milliseconds_of
from exports.meeting_file_yaml import parse, unparse

__all__ = ["FORMAT", "MeetingFile", "MeetingFileError", "Problem", "make", "milliseconds_of", "read", "write"]

# The ids that rows without one get, with their number in the list.
_MADE_IDS = {
    "organisations": "organisation",
    "people": "person",
    "sittings": "sitting",
    "sessions": "session",
    "submissions": "submission",
    "ledger": "recommendation",
}


def read(text: str, name: str) -> MeetingFile:
    """The meeting in a file's text; `name` is the file's name, for messages and to know JSON by.

    Refuses with MeetingFileError, which lists all mistakes: of the text, of each value, and between the parts.
    """
    data, problems = parse(text, name)
    if not isinstance(data, dict):
        start = Problem((), f'this is not a meeting file: it starts with the line "format: {FORMAT}"')
        raise MeetingFileError(name, [*problems, start])
    _complete(data)
    try:
        file = make(data)
    except MeetingFileError as error:
        problems += error.problems
        file = None
    problems += check(data)
    if file is None or problems:
        raise MeetingFileError(name, sorted(problems, key=_place))
    return file


def make(data: dict[str, Any]) -> MeetingFile:
    """The meeting that plain data describes; each value is checked, what holds between the parts is not."""
    try:
        return MeetingFile.model_validate(data)
    except ValidationError as error:
        raise MeetingFileError("meeting", _in_words(error)) from None


def write(file: MeetingFile) -> str:
    """The file's text: every key, in the order of the format, and every list in its own order."""
    data = file.model_dump()
    zone = ZoneInfo(file.meeting.timezone)
    places = [(data["meeting"], "participants_final_at")]
    places += [(data.get("call") or {}, key) for key in ("opened_at", "closed_at")]
    places += [(each, key) for each in data["submissions"] for key in ("sent_at", "withdrawn_at")]
    asked = ("invited_at", "reminded_at", "answered_at", "checked_at")
    places += [(each, key) for each in data.get("speakers", ()) for key in asked]
    for entry in data["floor"]:
        places += [(entry, "requested_at"), (entry.get("statement", {}), "filed_at")]
    for part, key in places:
        if part.get(key):
            part[key] = part[key].astimezone(zone)
    return unparse(data)


def _complete(data: dict[str, Any]) -> None:
    """Fill in what follows from the rest: ids that nothing refers to, attendance, names known by an acronym only."""
    _make_ids(data)
    meeting = data.get("meeting")
    online = isinstance(meeting, dict) and meeting.get("mode") == "online"
    for _, row in rows(data, "registrations"):
        _fill(row, "attendance", "online" if online else "in_person")
    for _, row in rows(data, "organisations"):
        _fill(row, "name", row.get("acronym"))
    for _, row in rows(meeting, "documents"):
        _fill(row, "title", row.get("symbol") or row.get("url"))


def _fill(row: dict[str, Any], key: str, value: object) -> None:
    if row.get(key) is None and value is not None:
        row[key] = value


def _make_ids(data: dict[str, Any]) -> None:
    for part, stem in _MADE_IDS.items():
        taken = {row.get("id") for _, row in rows(data, part) if isinstance(row.get("id"), str)}
        for path, row in rows(data, part):
            number = int(path[-1]) + 1
            while f"{stem}-{number}" in taken:
                number += 1
            if row.get("id") is None:
                row["id"] = f"{stem}-{number}"
                taken.add(row["id"])


def _place(problem: Problem) -> tuple[int, int]:
    """Where in the file a mistake stands, as far as the order of its parts tells."""
    order = list(MeetingFile.model_fields)
    part = problem.path[0] if problem.path else ""
    row = problem.path[1] if len(problem.path) > 1 else 0
    return (order.index(str(part)) if part in order else -1, row if isinstance(row, int) else 0)


def _in_words(error: ValidationError) -> list[Problem]:
    """pydantic's findings, said plainly."""
    return [Problem(_path(finding["loc"]), _message(finding)) for finding in error.errors(include_url=False)]


def _path(place: Path) -> Path:
    """Where a finding is about a key itself, pydantic adds that to the path."""
    return place[:-1] if place[-1:] == ("[key]",) else place


def _message(finding: Any) -> str:
    value = finding["input"]
    match finding["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            known = _keys_at(finding["loc"][:-1])
            return "is not a key of a meeting file" + (
                values.nearest(finding["loc"][-1], known) or f"; here may stand: {', '.join(known)}"
            )
        case "value_error":
            return str(finding["ctx"]["error"])
        case "bool_type":
            return f"{values.shown(value)} is not clear: write true or false"
        case "list_type":
            return f"should be a list, not {values.named(value)}"
        case "literal_error":
            words = finding["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return f"{values.shown(value)} is not one of: {words}{values.nearest(value, words.split(', '))}"
        case "model_type" | "dict_type":
            return f"should be a group of keys, not {values.named(value)}"
    return f"{values.shown(value)} cannot be read"


def _keys_at(path: Path) -> list[str]:
    """The keys that may stand in the group at a path."""
    model: type[BaseModel] = MeetingFile
    for part in path:
        if isinstance(part, str):
            model = _group_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _group_in(annotation: object) -> type[BaseModel] | None:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _group_in(part))), None)
