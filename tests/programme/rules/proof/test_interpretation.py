"""How long interpreters work."""

from meetings.programme.rules.proof.facts import Facts, PlannedSitting
from tests.programme.rules.proof.cases import NOVEMBER, Hit, Miss, meeting, sitting

EN_FR = ("en", "fr")


def planned(*whens: str) -> Facts:
    """Sittings of these hours, all with interpretation."""
    sittings: tuple[PlannedSitting, ...] = tuple(
        sitting(when, number=number, interpretation=EN_FR) for number, when in enumerate(whens, start=1)
    )
    return meeting(sittings=sittings)


HITS: list[Hit] = [
    ("interpretation-slot", planned("10:00-13:01"), None),
    ("interpretation-slot", planned("09:00-13:00", "15:00-18:00"), None),
    ("interpretation-slot", planned("10:00-12:00", "12:00-14:00"), None),
    ("interpretation-slot", planned("14:00-15:30", "10:00-11:30", "11:40-14:00"), None),
    ("interpretation-slot", planned("10:00-13:00", "11:00-13:30"), None),
    ("interpretation-slot", planned("10:00-13:00", "11:00-12:00", "13:00-14:00"), None),
]
MISSES: list[Miss] = [
    ("interpretation-slot", planned("10:00-13:00", "15:00-18:00")),
    ("interpretation-slot", planned("10:00-12:00", "12:15-14:00")),
    ("interpretation-slot", meeting(sittings=(sitting("09:00-17:00"),))),
    # Another room has other interpreters, and so has another day.
    (
        "interpretation-slot",
        meeting(
            sittings=(
                sitting("10:00-12:00", interpretation=EN_FR, room="A"),
                sitting("12:00-14:00", number=2, interpretation=EN_FR, room="B"),
                sitting("12:00-14:00", NOVEMBER, number=3, interpretation=EN_FR, room="A"),
            )
        ),
    ),
    (
        "interpretation-slot",
        meeting(sittings=(sitting("10:00-12:00", interpretation=EN_FR), sitting("12:00-14:00", number=2))),
    ),
]
