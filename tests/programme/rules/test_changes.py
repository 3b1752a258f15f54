"""What differs between two programmes: each kind of difference, and none where nothing that anyone sees differs."""

import copy
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.changes import Change, compare

Content = dict[str, Any]


def person(number: int, **values: Any) -> Content:
    """A person as a version keeps them."""
    return {
        "id": number,
        "key": f"p{number}",
        "name": f"Ms. Demonstration Speaker {number}",
        "honorific": "Ms.",
        "given": "Demonstration",
        "family": f"Speaker {number}",
        "name_order": "given_family",
        "function": "Mayor",
        "unit": None,
        "organisation": {"id": 1, "key": "o", "name": "Demonstration City", "country": "KR", "show_country": False},
        "protected": False,
    } | values


def session(key: str, **values: Any) -> Content:
    """A session as a version keeps it, with one panellist."""
    return {
        "id": hash(key) % 1000,
        "key": key,
        "position": 1,
        "date": "2025-11-26",
        "start": "09:00:00",
        "end": "10:00:00",
        "kind": "panel",
        "label": None,
        "title": f"Session {key}",
        "description": None,
        "part_of_id": None,
        "track": None,
        "sitting_id": None,
        "room": None,
        "presentations_minutes": None,
        "replies_minutes": None,
        "version": 1,
        "floor": {"cap_ms": 2_700_000, "limit_ms": 120_000, "minimum_ms": 30_000, "opened": False},
        "roles": [{"role": "panellist", "person": person(1)}],
        "parts": [],
    } | values


def programme() -> Content:
    """A morning with two sessions, the second in two parts."""
    return {
        "meeting": {
            "title": "Dialogue",
            "subtitle": None,
            "mode": "online",
            "timezone": "Europe/Zurich",
            "venue": None,
            "room": "Room 1",
            "city": "Geneva",
            "country": "CH",
            "start_date": "2025-11-26",
            "end_date": "2025-11-26",
            "version": 5,
        },
        "sittings": [
            {
                "id": 7,
                "key": "morning",
                "position": 1,
                "date": "2025-11-26",
                "start": "09:00:00",
                "end": "12:00:00",
                "room": "Room 1",
                "interpretation": ["en", "fr"],
                "join_url": "https://teams.example/1",
                "teams_id": "t1",
            }
        ],
        "sessions": [
            session("a"),
            session("b", start="10:00:00", end="12:00:00", parts=[session("b1"), session("b2")]),
        ],
    }


def changed(change: Callable[[Content], object]) -> list[Change]:
    """What is found once something is done to the programme."""
    after = copy.deepcopy(programme())
    change(after)
    return compare(programme(), after)


def at(content: Content, *path: Any) -> Any:
    """What stands at a place of the content."""
    for each in path:
        content = content[each]
    return content


CASES: list[tuple[str, Callable[[Content], object], list[tuple[str, str]]]] = [
    ("title", lambda c: c["meeting"].update(title="Other"), [("title", "")]),
    ("subtitle", lambda c: c["meeting"].update(subtitle="New"), [("subtitle", "")]),
    ("zone", lambda c: c["meeting"].update(timezone="Asia/Seoul"), [("timezone", "")]),
    ("mode", lambda c: c["meeting"].update(mode="hybrid"), [("mode", "")]),
    ("place, once", lambda c: c["meeting"].update(city="Bern", venue="Hall"), [("place", "")]),
    ("dates", lambda c: c["meeting"].update(end_date="2025-11-27"), [("dates", "")]),
    ("a sitting moved", lambda c: c["sittings"][0].update(end="13:00:00"), [("sitting_moved", "")]),
    ("its room", lambda c: c["sittings"][0].update(room="Room 2"), [("sitting_room", "")]),
    ("its languages", lambda c: c["sittings"][0].update(interpretation=["en"]), [("sitting_languages", "")]),
    ("it is gone", lambda c: c["sittings"].clear(), [("sitting_removed", "")]),
    ("a new one", lambda c: c["sittings"].append(c["sittings"][0] | {"key": "x"}), [("sitting_added", "")]),
    ("another hour", lambda c: c["sessions"][0].update(start="08:30:00"), [("session_moved", "Session a")]),
    ("another day", lambda c: c["sessions"][0].update(date=None), [("session_moved", "Session a")]),
    ("a part moved", lambda c: at(c, "sessions", 1, "parts", 0).update(start=None), [("session_moved", "Session b1")]),
    ("renamed", lambda c: c["sessions"][0].update(title="A"), [("session_renamed", "A")]),
    ("labelled", lambda c: c["sessions"][0].update(label="1"), [("session_renamed", "1: Session a")]),
    ("its room", lambda c: c["sessions"][0].update(room="Room 2"), [("session_room", "Session a")]),
    ("its description", lambda c: c["sessions"][0].update(description="Why"), [("session_details", "Session a")]),
    ("its floor", lambda c: c["sessions"][0].update(floor=None), [("session_details", "Session a")]),
    ("its sitting", lambda c: c["sessions"][0].update(sitting_id=7), [("session_details", "Session a")]),
    ("cancelled", lambda c: c["sessions"].pop(0), [("session_removed", "Session a")]),
    ("new", lambda c: c["sessions"].append(session("c")), [("session_added", "Session c")]),
    ("another order", lambda c: c["sessions"].reverse(), [("order", "")]),
    (
        "no part any more",
        lambda c: c["sessions"].append(at(c, "sessions", 1, "parts").pop()),
        [("session_details", "Session b2")],
    ),
    (
        "a new speaker",
        lambda c: c["sessions"][0]["roles"].append({"role": "moderator", "person": person(2)}),
        [("speaker_added", "Session a")],
    ),
    ("a speaker less", lambda c: c["sessions"][0]["roles"].clear(), [("speaker_removed", "Session a")]),
    ("another role", lambda c: c["sessions"][0]["roles"][0].update(role="chair"), [("speaker_role", "Session a")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_difference_is_found_and_nothing_else(
    change: Callable[[Content], object], found: list[tuple[str, str]]
) -> None:
    assert [(each.kind, each.subject) for each in changed(change)] == found


def test_old_and_new_values_are_told() -> None:
    (moved,) = changed(lambda c: c["sessions"][0].update(start="08:30:00"))
    assert (moved.old["start"], moved.new["start"]) == ("09:00:00", "08:30:00")
    (renamed,) = changed(lambda c: c["sessions"][0].update(title="A"))
    assert (renamed.old, renamed.new) == ("Session a", "A")
    (added,) = changed(lambda c: c["sessions"][0]["roles"].append({"role": "chair", "person": person(2)}))
    assert (added.person, added.new) == (2, {"name": "Ms. Demonstration Speaker 2", "roles": ["chair"]})


def test_somebody_who_reads_another_way_is_told_of_once_however_many_roles_they_have() -> None:
    def promote(content: Content) -> None:
        for line in (*content["sessions"], *at(content, "sessions", 1, "parts")):
            line["roles"][0]["person"]["function"] = "Governor"

    (change,) = changed(promote)
    assert (change.kind, change.person) == ("speaker_named", 1)
    assert (change.old["function"], change.new["function"]) == ("Mayor", "Governor")


UNSEEN: list[Callable[[Content], object]] = [
    lambda c: c["meeting"].update(version=99),
    lambda c: c["sittings"][0].update(join_url=None, teams_id=None, position=9, id=7, interpretation=["fr", "en"]),
    lambda c: c["sessions"][0].update(id=5, position=3, version=8, presentations_minutes=10, replies_minutes=5),
    lambda c: c["sessions"][0]["floor"].update(opened=True),
    lambda c: c["sessions"][0]["roles"][0]["person"].update(protected=True, key="other"),
]


@given(st.sets(st.integers(0, len(UNSEEN) - 1)))
def test_what_nobody_is_shown_is_no_change(which: set[int]) -> None:
    assert changed(lambda content: [UNSEEN[each](content) for each in which]) == []


@given(st.sets(st.sampled_from(range(len(CASES)))))
def test_a_change_is_found_exactly_where_something_was_changed_and_the_way_back_is_one_too(which: set[int]) -> None:
    after = copy.deepcopy(programme())
    for each in sorted(which):
        with suppress(IndexError, KeyError):  # what this case changes may be gone already
            CASES[each][1](after)
    assert bool(compare(programme(), after)) == bool(which)
    assert bool(compare(after, programme())) == bool(which)
    assert compare(after, after) == []
