"""A reading put into a meeting that is there already, without sessions: both as data of meeting files. Pure."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
_LISTS = ("objectives", "guiding_questions", "documents")
_TEXTS = ("background", "modalities", "contact")


def filled(meeting: Row, reading: Row) -> Row:
    """The meeting with what was read. What was read replaces what it said; what was not read stays.

    Organisations, people and sittings are added, under ids of their own; hours that are there already are not.
    """
    names = {part: _renamed(meeting[part], reading[part]) for part in ("organisations", "people", "sittings")}
    hours = {(each["date"], each["start"], each["end"]) for each in meeting["sittings"]}
    sittings = [each for each in reading["sittings"] if (each["date"], each["start"], each["end"]) not in hours]
    people = [each | {"organisation": names["organisations"].get(each["organisation"])} for each in reading["people"]]
    sessions = [
        each | {"roles": [role | {"person": names["people"][role["person"]]} for role in each["roles"]]}
        for each in reading["sessions"]
    ]
    return meeting | {
        "meeting": _head(meeting["meeting"], reading["meeting"]),
        "organisations": [*meeting["organisations"], *_under(reading["organisations"], names["organisations"])],
        "people": [*meeting["people"], *_under(people, names["people"])],
        "sittings": [*meeting["sittings"], *_under(sittings, names["sittings"])],
        "sessions": sessions,
    }


def _head(old: Row, new: Row) -> Row:
    kept = {name: old[name] for name in (*_LISTS, *_TEXTS) if not new[name]}
    return old | new | kept | {"slug": old["slug"]}


def _renamed(old: list[Row], new: list[Row]) -> dict[str, str]:
    """Ids for what is new that nothing has yet."""
    taken = {each["id"] for each in old}
    names: dict[str, str] = {}
    for each in new:
        stem, number = each["id"].rsplit("-", 1)
        place = int(number)
        while f"{stem}-{place}" in taken:
            place += 1
        names[each["id"]] = f"{stem}-{place}"
        taken.add(names[each["id"]])
    return names


def _under(rows: list[Row], names: dict[str, str]) -> list[Row]:
    return [each | {"id": names[each["id"]]} for each in rows]
