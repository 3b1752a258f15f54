"""What differs between two programmes, for everybody to read: what was moved, renamed, added, cancelled.

A programme is compared as a version keeps it (meetings/programme/queries/published.py). Sessions, sittings and people
are known by their keys and ids, so that one that is moved and renamed is still the same. Two programmes differ exactly
where there is a change: whatever else a version keeps is neither shown to the public nor in anybody's calendar.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "title", "subtitle", "mode", "timezone", "place", "dates",
    "sitting_added", "sitting_removed", "sitting_moved", "sitting_room", "sitting_languages",
    "session_added", "session_removed", "session_moved", "session_renamed", "session_room", "session_details", "order",
    "speaker_added", "speaker_removed", "speaker_role", "speaker_named",
]  # fmt: skip
Content = Mapping[str, Any]

_TIMES = ("date", "start", "end")
_PLACE = ("venue", "room", "city", "country")
_DATES = ("start_date", "end_date")
_DETAILS = ("kind", "description", "track")
_FLOOR = ("cap_ms", "limit_ms", "minimum_ms")
_PERSON = ("name", "function", "unit")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, as plain as JSON. `subject` is the session it is about; `person` the id of whom it names.

    `old` and `new` are texts, or mappings: `date`, `start`, `end` of a time; `name`, `function` … of a person.
    """

    kind: Kind
    subject: str = ""
    old: Any = None
    new: Any = None
    person: int | None = None


def compare(before: Content, after: Content) -> list[Change]:
    """All that differs: the meeting first, then sittings, then sessions in the order of the newer programme."""
    return [
        *_of_meeting(before["meeting"], after["meeting"]),
        *_of_sittings(before["sittings"], after["sittings"]),
        *_of_sessions(before, after),
    ]


def _of_meeting(before: Content, after: Content) -> Iterator[Change]:
    groups: dict[Kind, tuple[str, ...]] = {"dates": _DATES, "place": _PLACE}
    for kind in ("title", "subtitle", "mode", "timezone"):
        if before[kind] != after[kind]:
            yield Change(kind, old=before[kind], new=after[kind])
    for group, names in groups.items():
        old, new = _only(before, names), _only(after, names)
        if old != new:
            yield Change(group, old=old, new=new)


def _of_sittings(before: Iterable[Content], after: Iterable[Content]) -> Iterator[Change]:
    old, new = ({each["key"]: each for each in sittings} for sittings in (before, after))
    for key, sitting in new.items():
        if key not in old:
            yield Change("sitting_added", new=_only(sitting, _TIMES))
            continue
        was = old[key]
        if _only(was, _TIMES) != _only(sitting, _TIMES):
            yield Change("sitting_moved", old=_only(was, _TIMES), new=_only(sitting, _TIMES))
        if was["room"] != sitting["room"]:
            yield Change("sitting_room", old=_only(was, ("room",)), new=_only(sitting, ("room", *_TIMES)))
        if set(was["interpretation"]) != set(sitting["interpretation"]):
            languages = (sorted(each["interpretation"]) for each in (was, sitting))
            yield Change(
                "sitting_languages",
                old={"languages": next(languages)},
                new={"languages": next(languages)} | _only(sitting, _TIMES),
            )
    yield from (Change("sitting_removed", old=_only(sitting, _TIMES)) for key, sitting in old.items() if key not in new)


@dataclass(frozen=True, slots=True)
class _Session:
    """A session in its place: the keys of the session it is part of and of the sitting chosen for it."""

    line: Content
    whole: str | None
    sitting: str | None


def _of_sessions(before: Content, after: Content) -> Iterator[Change]:
    old, new = _sessions(before), _sessions(after)
    moved = False
    for key, session in new.items():
        if key not in old:
            yield Change("session_added", name_of(session.line), new=_only(session.line, _TIMES))
            continue
        for change in _of_session(old[key], session):
            moved |= change.kind == "session_moved"
            yield change
    for key, session in old.items():
        if key not in new:
            yield Change("session_removed", name_of(session.line), old=_only(session.line, _TIMES))
    if not moved and [key for key in old if key in new] != [key for key in new if key in old]:
        yield Change("order")
    yield from _of_names(old, new)


def _sessions(content: Content) -> dict[str, _Session]:
    """All sessions by key, each before its parts."""
    sittings = {each["id"]: each["key"] for each in content["sittings"]}
    found: dict[str, _Session] = {}

    def add(sessions: Iterable[Content], whole: str | None) -> None:
        for each in sessions:
            found[each["key"]] = _Session(each, whole, sittings.get(each["sitting_id"]))
            add(each["parts"], each["key"])

    add(content["sessions"], None)
    return found


def _of_session(old: _Session, new: _Session) -> Iterator[Change]:
    before, after = old.line, new.line
    name = name_of(after)
    if _only(before, _TIMES) != _only(after, _TIMES):
        yield Change("session_moved", name, _only(before, _TIMES), _only(after, _TIMES))
    if name_of(before) != name:
        yield Change("session_renamed", name, name_of(before), name)
    if before["room"] != after["room"]:
        yield Change("session_room", name, before["room"], after["room"])
    people = list(_of_speakers(name, before["roles"], after["roles"]))
    yield from people
    order = (
        () if people else tuple(tuple((_id(each), each["role"]) for each in line["roles"]) for line in (before, after))
    )
    if _details(old) != _details(new) or (order and order[0] != order[1]):
        yield Change("session_details", name)


def _details(session: _Session) -> list[Any]:
    floor = session.line["floor"]
    own = [session.line[name] for name in _DETAILS]
    return [*own, session.whole, session.sitting, _only(floor, _FLOOR) if floor else None]


def _of_speakers(name: str, before: Iterable[Content], after: Iterable[Content]) -> Iterator[Change]:
    """Who is new, who is not there any more, whose role is another."""
    old, new = _by_person(before), _by_person(after)
    for person, roles in new.items():
        said = {"name": roles[0]["person"]["name"], "roles": sorted(each["role"] for each in roles)}
        if person not in old:
            yield Change("speaker_added", name, new=said, person=person)
        elif (was := sorted(each["role"] for each in old[person])) != said["roles"]:
            yield Change("speaker_role", name, said | {"roles": was}, said, person)
    for person, roles in old.items():
        if person not in new:
            said = {"name": roles[0]["person"]["name"], "roles": sorted(each["role"] for each in roles)}
            yield Change("speaker_removed", name, old=said, person=person)


def _by_person(roles: Iterable[Content]) -> dict[int, list[Content]]:
    found: dict[int, list[Content]] = {}
    for each in roles:
        found.setdefault(_id(each), []).append(each)
    return found


def _of_names(old: Mapping[str, _Session], new: Mapping[str, _Session]) -> Iterator[Change]:
    """Whose name, function or organisation reads another way; once, however many roles they have."""
    before, after = _people(old), _people(new)
    for person, said in after.items():
        if person in before and before[person] != said:
            yield Change("speaker_named", old=before[person], new=said, person=person)


def _people(sessions: Mapping[str, _Session]) -> dict[int, dict[str, Any]]:
    return {_id(role): _said(role["person"]) for each in sessions.values() for role in each.line["roles"]}


def _said(person: Content) -> dict[str, Any]:
    """What the programme says of a person."""
    of = person["organisation"]
    country = of["country"] if of and of["show_country"] else None
    return _only(person, _PERSON) | {"organisation": of["name"] if of else None, "country": country}


def name_of(session: Content) -> str:
    """What a session is called: its label and its title."""
    return ": ".join(filter(None, (session["label"], session["title"])))


def _id(role: Content) -> int:
    return int(role["person"]["id"])


def _only(values: Content, names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}
