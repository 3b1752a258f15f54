"""Who is missing in a session."""

import pytest

from meetings.programme.rules.proof.people import of_one_gender
from tests.programme.rules.proof.cases import Hit, Miss, meeting, session

HITS: list[Hit] = [
    ("no-moderator", meeting(sessions=(session("panel"),)), None),
    ("no-moderator", meeting(sessions=(session("dialogue", roles=("panellist", "opening")),)), None),
    ("no-moderator", meeting(sessions=(session("interactive_dialogue"),)), None),
    # One of its parts is led, the other is not; and what is said of the whole is not said again of its parts.
    (
        "no-moderator",
        meeting(
            sessions=(
                session("dialogue"),
                session("dialogue", 2, part_of_id=1, roles=("facilitator",)),
                session("dialogue", 3, part_of_id=1),
            )
        ),
        None,
    ),
    ("no-moderator", meeting(sessions=(session("other"), session("panel", 2, part_of_id=1))), None),
    ("one-gender", meeting(sessions=(session("panel", of_one_gender=True),)), None),
    ("unanswered", meeting(late=frozenset({2}), sessions=(session(people=((1, "Ms. Kim"), (2, "Mr. Lee"))),)), None),
    ("declined", meeting(declined=frozenset({2}), sessions=(session(people=((1, "Ms. Kim"), (2, "Mr. Lee"))),)), None),
]
MISSES: list[Miss] = [
    *(
        ("no-moderator", meeting(sessions=(session("panel", roles=("panellist", role)),)))
        for role in ("chair", "moderator", "facilitator")
    ),
    *(
        ("no-moderator", meeting(sessions=(session(kind),)))
        for kind in ("opening", "closing", "keynote", "lunch", "break", "photo", "registration", "side_event", "other")
    ),
    (
        "no-moderator",
        meeting(sessions=(session("dialogue", roles=("chair",)), session("dialogue", 2, part_of_id=1))),
    ),
    (
        "no-moderator",
        meeting(sessions=(session("dialogue"), session("dialogue", 2, part_of_id=1, roles=("facilitator",)))),
    ),
    ("no-moderator", meeting(sessions=(session("panel", part_of_id=1, roles=("chair",)),))),
    ("one-gender", meeting(sessions=(session("panel"),))),
    ("declined", meeting(declined=frozenset({2}), sessions=(session(people=((1, "Ms. Kim"),)), session(number=3)))),
    ("declined", meeting(sessions=(session(people=((1, "Ms. Kim"), (2, "Mr. Lee"))),))),
    ("unanswered", meeting(late=frozenset({2}), sessions=(session(people=((1, "Ms. Kim"),)),))),
    ("unanswered", meeting(late=frozenset({1}), over=True, sessions=(session(people=((1, "Ms. Kim"),)),))),
]


@pytest.mark.parametrize(
    ("declared", "of_one"),
    [
        (["woman", "woman"], True),
        (["man", "man", "man"], True),
        (["man", "woman"], False),
        (["man", "man", None], False),
        (["man", "man", "other"], False),
        (["other", "other"], False),
        (["man"], False),
        ([None, None], False),
        ([], False),
    ],
)
def test_a_panel_is_of_one_gender_only_where_each_of_two_or_more_declared_it(
    declared: list[str | None], of_one: bool
) -> None:
    assert of_one_gender(declared) is of_one
