"""What must hold between the parts of a meeting file: references, order in time, the cap of the floor.

These checks look at the plain data and not at validated models, so that a mistake in one value hides no other. What
they cannot make sense of they leave to the check of that value.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from exports import meeting_file_values as values
from exports.meeting_file_floor import CAP_MINUTES, LIMIT_SECONDS, MINIMUM_SECONDS
from exports.meeting_file_problems import Path, Problem, written

Data = dict[str, Any]
Row = dict[str, Any]
T = TypeVar("T")

_NAMES = {
    "organisations": "an organisation",
    "people": "a person",
    "sittings": "a sitting",
    "sessions": "a session",
    "submissions": "a submission",
    "points": "a point",
    "ledger": "a recommendation",
}
# Where a reference stands, and in which list its target must be. "*" is every place of a list.
_REFERENCES: tuple[tuple[Path, str], ...] = (
    (("meeting", "organisers", "*"), "organisations"),
    (("people", "*", "organisation"), "organisations"),
    (("sessions", "*", "part_of"), "sessions"),
    (("sessions", "*", "sitting"), "sittings"),
    (("sessions", "*", "roles", "*", "person"), "people"),
    (("registrations", "*", "person"), "people"),
    (("speakers", "*", "person"), "people"),
    (("floor", "*", "session"), "sessions"),
    (("floor", "*", "person"), "people"),
    (("floor", "*", "organisation"), "organisations"),
    (("points", "*", "session"), "sessions"),
    (("points", "*", "submission"), "submissions"),
    (("points", "*", "person"), "people"),
    (("points", "*", "organisation"), "organisations"),
    (("points", "*", "merged_into"), "points"),
    (("submissions", "*", "organisation"), "organisations"),
    (("report", "recommendations", "*", "points", "*"), "points"),
    (("ledger", "*", "points", "*"), "points"),
)


def check(data: Data) -> list[Problem]:
    """Every mistake between the parts of a file."""
    return [problem for one in _CHECKS for problem in one(data)]


def rows(data: object, *path: str) -> Iterator[tuple[Path, Row]]:
    """The groups of keys in the list at a path, each with its own path."""
    for place, row in _at(data, (*path, "*")):
        if isinstance(row, dict):
            yield place, row


def _at(data: object, pattern: Path, so_far: Path = ()) -> Iterator[tuple[Path, Any]]:
    """What stands at a path, or at all places of it where it has "*" (of a list) or "*key" (of a group)."""
    if not pattern:
        yield so_far, data
    elif pattern[0] == "*key":
        for key, value in data.items() if isinstance(data, dict) else ():
            yield from _at(value, pattern[1:], (*so_far, key))
    elif pattern[0] == "*":
        if isinstance(data, list):
            for place, item in enumerate(data):
                yield from _at(item, pattern[1:], (*so_far, place))
    elif isinstance(data, dict) and pattern[0] in data:
        yield from _at(data[pattern[0]], pattern[1:], (*so_far, pattern[0]))


def _word(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _good(read: Callable[[object], T], value: object) -> T | None:
    """The value where it is as it should be; what is wrong with it is told elsewhere."""
    try:
        return None if value is None else read(value)
    except ValueError:
        return None


def _ids(data: Data, part: str) -> dict[str, None]:
    """The ids of a part in their order, quick to look up."""
    return {word: None for path, row in rows(data, part) if (word := _id(part, path, row))}


def _id(part: str, path: Path, row: Row) -> str | None:
    """The id of a row. A point without one is called by its place in the list: p1, p2, …"""
    return _word(row.get("id")) or (f"p{int(path[-1]) + 1}" if part == "points" else None)


def _references(data: Data) -> Iterator[Problem]:
    known = {part: _ids(data, part) for part in _NAMES}
    for pattern, part in _REFERENCES:
        for path, value in _at(data, pattern):
            word = _word(value)
            if word and word not in known[part]:
                cure = values.nearest(word, list(known[part]))
                yield Problem(path, f"{values.shown(word)} is not the id of {_NAMES[part]} in this file{cure}")


def _first_uses(cells: Iterator[tuple[Path, object]], message: str) -> Iterator[Problem]:
    """A problem for each value that an earlier place has already; `message` says so, with {value} and {first}."""
    seen: dict[object, Path] = {}
    for path, value in cells:
        if value is None:
            continue
        if value in seen:
            shown = values.shown(value) if isinstance(value, str) else ""
            yield Problem(path, message.format(value=shown, first=written(seen[value])))
        else:
            seen[value] = path


def _given_twice(data: Data) -> Iterator[Problem]:
    for part in _NAMES:
        ids = (((*path, "id"), _id(part, path, row)) for path, row in rows(data, part))
        yield from _first_uses(ids, "{value} is given already: {first}")
    addresses = (((*path, "email"), _good(values.email, row.get("email"))) for path, row in rows(data, "people"))
    yield from _first_uses(addresses, "{value} is given already: {first}; one address is one person")
    organisers = ((path, _word(value)) for path, value in _at(data, ("meeting", "organisers", "*")))
    yield from _first_uses(organisers, "{value} is given already: {first}")
    people = (((*path, "person"), _word(row.get("person"))) for path, row in rows(data, "registrations"))
    yield from _first_uses(people, "{value} is registered already: {first}")
    people = (((*path, "person"), _word(row.get("person"))) for path, row in rows(data, "speakers"))
    yield from _first_uses(people, "{value} is asked to speak already: {first}")
    for path, session in rows(data, "sessions"):
        roles = (
            ((*path, *role_path), (_word(role.get("role")), _word(role.get("person"))))
            for role_path, role in rows(session, "roles")
        )
        yield from _first_uses(roles, "this person has this role already: {first}")
    waiting = (
        (path, (_word(row.get("session")), _word(row.get("person"))))
        for path, row in rows(data, "floor")
        if row.get("status") in (None, "requested") and _word(row.get("person"))
    )
    yield from _first_uses(waiting, "this person waits for this floor already: {first}")


def _order_in_time(data: Data) -> Iterator[Problem]:
    for part in ("sittings", "sessions"):
        for path, row in rows(data, part):
            start, end = _good(values.time, row.get("start")), _good(values.time, row.get("end"))
            if start and end and end <= start:
                relation = "is before the start" if end < start else "is the same as the start"
                yield Problem((*path, "end"), f"{end:%H:%M} {relation}, {start:%H:%M}")
    for where in (("meeting", "dates"), ("report", "council_session")):
        for path, row in _at(data, where):
            first, last = _days(row)
            if first and last and last < first:
                yield Problem((*path, "end"), f"{last} is before the start, {first}")


def _days(row: object) -> tuple[dt.date | None, dt.date | None]:
    if not isinstance(row, dict):
        return None, None
    return _good(values.date, row.get("start")), _good(values.date, row.get("end"))


def _outside_the_meeting(data: Data) -> Iterator[Problem]:
    first, last = next((_days(row) for _, row in _at(data, ("meeting", "dates"))), (None, None))
    if not first or (last and last < first):
        return
    span = f"dates, {first} to {last}" if last and last != first else f"date, {first}"
    for part in ("sittings", "sessions"):
        for path, row in rows(data, part):
            day = _good(values.date, row.get("date"))
            if day and not first <= day <= (last or first):
                yield Problem((*path, "date"), f"{day} is outside the meeting's {span}")


def _circles(data: Data) -> Iterator[Problem]:
    paths = {_word(row.get("id")): path for path, row in rows(data, "sessions")}
    parents = {_word(row.get("id")): _word(row.get("part_of")) for _, row in rows(data, "sessions")}
    told: set[str | None] = set()
    for start in parents:
        trail = [start]
        while (parent := parents.get(trail[-1])) and parent not in trail:
            trail.append(parent)
        if parent == start and start not in told:
            told.update(trail)
            way = " → ".join(str(step) for step in (*trail, start))
            yield Problem((*paths[start], "part_of"), f"a session cannot be part of itself ({way})")


def _floors(data: Data) -> Iterator[Problem]:
    """The shortest turn fits under the cap and under every speaking limit: else nobody could be given the floor."""
    for path, floor in _at(data, ("sessions", "*", "floor")):
        if not isinstance(floor, dict):
            continue
        yield from _windows(path, floor)
        cap = _cap_ms(floor)
        if not cap:
            continue
        minimum, limit = (
            _good(values.milliseconds_of, default if floor.get(key) is None else floor[key]) or 0
            for key, default in (("minimum_seconds", MINIMUM_SECONDS), ("limit_seconds", LIMIT_SECONDS))
        )
        yield from _limits(path, floor, minimum, cap)
        place = (*path, "minimum_seconds")
        if minimum > cap:
            yield Problem(place, f"{_seconds(minimum)} is over the cap of {cap // 60_000} minutes")
        elif limit and minimum > limit:
            yield Problem(place, f"{_seconds(minimum)} is longer than the speaking limit, {_seconds(limit)} seconds")


def _limits(path: Path, floor: Row, minimum: int, cap: int) -> Iterator[Problem]:
    """Every category's limit lies between the shortest turn and the cap."""
    for place, value in _at(floor, ("limits_seconds", "*key")):
        limit = _good(values.milliseconds_of, value)
        if limit and cap < limit <= CAP_MINUTES * 60_000:
            yield Problem((*path, *place), f"{_seconds(limit)} is over the cap of {cap // 60_000} minutes")
        elif limit and limit < minimum <= cap:
            yield Problem(
                (*path, *place), f"{_seconds(limit)} is shorter than the shortest turn, {_seconds(minimum)} seconds"
            )


def _windows(path: Path, floor: Row) -> Iterator[Problem]:
    opens, closes = (_good(values.wall_clock, floor.get(key)) for key in ("asking_opens", "asking_closes"))
    if opens and closes and closes <= opens:
        relation = "is before asking opens" if closes < opens else "is when asking opens"
        yield Problem((*path, "asking_closes"), f"{closes:%Y-%m-%dT%H:%M} {relation}, {opens:%Y-%m-%dT%H:%M}")


def _cap_ms(floor: object) -> int | None:
    if not isinstance(floor, dict):
        return None
    minutes = CAP_MINUTES if floor.get("cap_minutes") is None else floor["cap_minutes"]
    good = _good(partial(values.floor_minutes, CAP_MINUTES), minutes)
    return good and good * 60_000


def _interventions(data: Data) -> Iterator[Problem]:
    """The floor's arithmetic: what was spent before a grant, and the grant, stay within the cap."""
    sessions = {_word(row.get("id")): row for _, row in rows(data, "sessions")}
    spent: dict[str | None, int] = {}
    for path, entry in rows(data, "floor"):
        name = _word(entry.get("session"))
        session = sessions.get(name)
        granted = _good(values.milliseconds_of, entry.get("granted_seconds"))
        spoken = _good(values.milliseconds_of, entry.get("spoken_seconds"))
        if session is None:
            continue
        if session.get("floor") is None:
            yield from _history(path, entry, str(name))
            continue
        yield from _both_times(path, entry)
        cap = _cap_ms(session["floor"])
        before = spent.get(name, 0)
        if cap and granted and before + granted > cap:
            yield Problem(
                (*path, "granted_seconds"),
                f"{_seconds(granted)} seconds after the {_seconds(before)} already spoken pass the cap of {name},"
                f" {_seconds(cap)} seconds",
            )
        spent[name] = before + (spoken or 0)


def _history(path: Path, entry: Row, session: str) -> Iterator[Problem]:
    times = [key for key in ("granted_seconds", "spoken_seconds") if entry.get(key) is not None]
    if times or entry.get("status") != "spoken":
        yield Problem(
            (*path, "session"), f"{session} has no floor: only what was spoken, without times, may be told of it"
        )


def _both_times(path: Path, entry: Row) -> Iterator[Problem]:
    granted, spoken = entry.get("granted_seconds"), entry.get("spoken_seconds")
    if spoken is not None and granted is None:
        yield Problem((*path, "granted_seconds"), "is missing: time was spoken, so it was granted")
    if granted is not None and spoken is None:
        yield Problem((*path, "spoken_seconds"), "is missing: time was granted; write 0 if nothing was said")
    if _good(values.milliseconds_of, granted) == 0:
        yield Problem((*path, "granted_seconds"), "must be more than 0")


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}".rstrip("0").rstrip(".")


def _statements(data: Data) -> Iterator[Problem]:
    """Who speaks for several says for whom; when a statement was filed is known."""
    for path, entry in rows(data, "floor"):
        if entry.get("capacity") == "joint" and not _word(entry.get("on_behalf_of")):
            yield Problem((*path, "on_behalf_of"), "is missing: a joint statement is on behalf of others")
        statement = entry.get("statement")
        if isinstance(statement, dict) and entry.get("requested_at") is None and statement.get("filed_at") is None:
            yield Problem((*path, "statement", "filed_at"), "is missing: no time of the request stands for it either")


def _answers(data: Data) -> Iterator[Problem]:
    for path, row in rows(data, "speakers"):
        if row.get("status") in (None, "invited") and row.get("answered_at") is not None:
            yield Problem(
                (*path, "answered_at"), "stands beside a status that is no answer: confirmed or declined is one"
            )


def _sources(data: Data) -> Iterator[Problem]:
    for path, point in rows(data, "points"):
        if point.get("session") is not None and point.get("submission") is not None:
            yield Problem(path, "rests on a session and on a submission: it can rest on one of them")


def _merged(data: Data) -> Iterator[Problem]:
    """A point is merged into another one, which stands for itself."""
    into = {_id("points", path, row): _word(row.get("merged_into")) for path, row in rows(data, "points")}
    for path, row in rows(data, "points"):
        target = _word(row.get("merged_into"))
        if target is not None and target == _id("points", path, row):
            yield Problem((*path, "merged_into"), "a point cannot be merged into itself")
        elif target is not None and into.get(target):
            yield Problem((*path, "merged_into"), f"{target} is merged into another point itself: name that one")


def _of_the_draft(data: Data) -> Iterator[Problem]:
    keys = (((*path, "key"), _word(row.get("key"))) for path, row in rows(data, "report", "paragraphs"))
    yield from _first_uses(keys, "{value} is given already: {first}")


def _of_consent(data: Data) -> Iterator[Problem]:
    for path, row in rows(data, "submissions"):
        if row.get("publish") is True and row.get("consent") is not None:
            yield Problem((*path, "consent"), "says less than “publish: true”: leave one of them out")


_CHECKS: tuple[Callable[[Data], Iterator[Problem]], ...] = (
    _references,
    _given_twice,
    _order_in_time,
    _outside_the_meeting,
    _circles,
    _floors,
    _interventions,
    _statements,
    _answers,
    _sources,
    _merged,
    _of_the_draft,
    _of_consent,
)
