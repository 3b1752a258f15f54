"""How lists are written in a text box: an item on each line, and back again without a change.

A line that starts with two spaces goes on with the item above it. In grouped lists a line that starts with `#` names
the group of the lines below. A backslash at the start of a line takes such a sign at its word.
"""

from collections.abc import Iterable, Sequence

from exports.text import clean

Group = tuple[str | None, tuple[str, ...]]

_MORE = "  "
_HEAD = "#"
_WORD = "\\"


def to_lines(items: Iterable[str]) -> str:
    """The text box's content for a list."""
    return "\n".join(_written(item) for item in items)


def from_lines(text: str) -> tuple[str, ...]:
    """The list that a text box holds; empty lines are passed over."""
    return tuple(item for kind, item in _read(text) if kind == "item" and item)


def to_groups(groups: Sequence[Group]) -> str:
    """The text box's content for groups of items; a group without a name needs its `#` only where it is not first."""
    blocks = []
    for number, (name, items) in enumerate(groups):
        bare = name is None and number == 0 and items
        head = [] if bare else [f"{_HEAD} {name}" if name else _HEAD]
        blocks.append("\n".join([*head, *(_written(item, grouped=True) for item in items)]))
    return "\n\n".join(blocks)


def from_groups(text: str) -> tuple[Group, ...]:
    """The groups that a text box holds."""
    groups: list[tuple[str | None, list[str]]] = []
    for kind, item in _read(text, grouped=True):
        if kind == "head":
            groups.append((item or None, []))
            continue
        if not item:
            continue
        if not groups:
            groups.append((None, []))
        groups[-1][1].append(item)
    return tuple((name, tuple(items)) for name, items in groups)


def _written(item: str, *, grouped: bool = False) -> str:
    first, *more = item.split("\n")
    is_sign = first[:1].isspace() or first.startswith((_WORD, _HEAD) if grouped else _WORD)
    return "\n".join([_WORD + first if is_sign else first, *(_MORE + line for line in more)])


def _read(text: str, *, grouped: bool = False) -> Iterable[tuple[str, str]]:
    """Every item, or a group's head, as the text box has them."""
    found: list[tuple[str, str]] = []
    for line in clean(text).split("\n"):
        if line.startswith(_MORE) and found and found[-1][0] == "item":
            found[-1] = ("item", f"{found[-1][1]}\n{line.removeprefix(_MORE)}")
        elif grouped and line.startswith(_HEAD):
            found.append(("head", line.removeprefix(_HEAD).strip()))
        elif line.strip():
            found.append(("item", line.removeprefix(_WORD) if line.startswith(_WORD) else line.lstrip()))
    return [(kind, item.rstrip()) for kind, item in found]
