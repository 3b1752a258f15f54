"""Two wordings beside each other, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\s+|[^\s]+")
# Beyond so many words against so many others, what differs is shown as a whole: comparing takes their product.
_MOST = 4_000_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words that both have, or only the earlier or the later one."""

    kind: Literal["same", "removed", "added"]
    text: str


def compared(before: str, after: str) -> list[Stretch]:
    """The stretches of both, in order; what was removed stands before what was added in its place."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    stretches = [Stretch("same", "".join(old[:head]))]
    stretches += _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    stretches.append(Stretch("same", "".join(old[len(old) - tail :])))
    return [each for each in stretches if each.text]


def _alike(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _middle(old: list[str], new: list[str]) -> list[Stretch]:
    if len(old) * len(new) > _MOST:
        return [Stretch("removed", "".join(old)), Stretch("added", "".join(new))]
    stretches: list[Stretch] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            stretches.append(Stretch("same", "".join(old[start:end])))
        else:
            stretches.append(Stretch("removed", "".join(old[start:end])))
            stretches.append(Stretch("added", "".join(new[begin:stop])))
    return stretches
