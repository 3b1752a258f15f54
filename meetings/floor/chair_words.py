"""How the chair's pages name rules of the list, on whose behalf somebody speaks, and reasons often given."""

from flask_babel import gettext as _


def capacities() -> dict[str, str]:
    """On whose behalf somebody speaks, by its code."""
    return {
        "organisation": _("Their own organization"),
        "joint": _("Several: a joint statement"),
        "national": _("Their country"),
    }


def policies() -> dict[str, tuple[str, str]]:
    """The rules that may order the list, by their code: the name, and one sentence that says what the rule does."""
    return {
        "first_come": (_("First come, first served"), _("In the order in which they asked.")),
        "round_robin": (
            _("Categories in turn"),
            _("One of each category after the other, in the order of the concept note, from where the last turn left."),
        ),
        "least_heard": (
            _("Least heard first"),
            _("The category heard for the shortest time comes next; each speaker counts with their limit."),
        ),
        "one_each": (
            _("One of each first"),
            _("First one of each category that has not been heard yet, then all others in the order of asking."),
        ),
        "quotas": (
            _("Places by category"),
            _("As many of each category as it has places, those heard included; then all others as they asked."),
        ),
        "draw": (_("By lot"), _("Drawn by lot. With the word of the draw, anybody can draw it again and compare.")),
    }


def common_reasons() -> list[str]:
    """What a chair often says when the order is changed or a request is declined; anything else may be written."""
    return [
        _("Balance between the categories"),
        _("Agreed with the speakers"),
        _("Has to leave"),
        _("Is not in the room yet"),
        _("Connection is not ready"),
        _("Their organization has been heard"),
        _("Not on the subject of the session"),
    ]


def keys() -> list[tuple[str, str]]:
    """The keys that press the buttons of the chair's page (static/shortcuts.js), with what each does."""
    return [
        ("g", _("Give the floor to the first on the list")),
        ("e", _("End the turn")),
        ("p", _("Pause, and resume")),
        ("a", _("Absent: the speaker, or who is called")),
        ("s", _("Set aside: connection lost")),
        ("c", _("Call the first on the list")),
        ("u", _("Undo the last act")),
        ("l", _("Close or open the list")),
        ("n", _("Add somebody")),
        ("o", _("Order the list")),
        ("r", _("Go to the reason")),
    ]
