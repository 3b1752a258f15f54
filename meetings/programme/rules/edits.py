"""Two people editing the same thing: what a form's page showed, compared with what is stored by now.

A form carries a mark of every value it showed. Whoever saves later is shown what the other changed; a value that only
the other changed is kept as the other left it, so that nothing is lost on either side.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


def mark(values: Mapping[str, Any]) -> str:
    """The mark of a form's values, to be carried in a hidden field."""
    return json.dumps({name: _digest(value) for name, value in values.items()}, separators=(",", ":"))


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has happened to a form's values since its page was shown: `mine` and `theirs` name the changed ones."""

    mine: frozenset[str]
    theirs: frozenset[str]

    @property
    def both(self) -> frozenset[str]:
        """What both have changed."""
        return self.mine & self.theirs


def compare(shown: str, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> Comparison:
    """Compare by the mark that the form carried. A mark that cannot be read counts as older than everything."""
    try:
        before = json.loads(shown)
    except ValueError:
        before = {}
    if not isinstance(before, dict):
        before = {}
    return Comparison(
        mine=frozenset(name for name, value in typed.items() if _digest(value) != before.get(name)),
        theirs=frozenset(name for name, value in stored.items() if _digest(value) != before.get(name)),
    )


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that differ, as they were and as they are, for the log."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
