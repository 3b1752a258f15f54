"""YAML and JSON text to plain data, strictly, and plain data to YAML text in one canonical form.

Plain data is what JSON knows (dict, list, str, bool, int, None), with Decimal for fractions, dates and times, and
`Misread` where a YAML 1.1 reader sees something else than a person does: `NO` (false), `10:30` (630), `0x1F`.
"""

import datetime as dt
import json
import re
from decimal import Decimal

import yaml

from exports.meeting_file_problems import MeetingFileError, Path, Problem
from exports.meeting_file_values import Misread

_LARGEST = 5_000_000  # bytes
_DEEPEST = 20  # levels; the format itself has six
_WIDTH = 100
_NOT_TEXT = yaml.reader.Reader.NON_PRINTABLE
_NOT_IN_BLOCKS = re.compile("[\x85\u2028\u2029\ufeff]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast, and not on every machine

_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_MEANINGS = {"bool": "true or false", "int": "a number", "float": "a number"}
# Other YAML readers take these for true and false or for numbers too: they are quoted.
_READ_ELSEWHERE = re.compile(r"[yYnN]|[-+]?(\.?[0-9]|0o)[0-9_.]*([eE][-+]?[0-9]+)?|[0-9][0-9_]*(:[0-9]+)+")

# What the YAML library says (its C and its Python part differ), and what helps.
_SAME_COLUMN = "the lines of one group must start in the same column"
_COMMA = "a comma, or a closing ] or }, is missing"
_CURES = {
    "mapping values are not allowed": 'a text with ": " in it must stand in quotes',
    "cannot start any token": "indent with spaces, not tabs, and put a text that starts with @, ` or % in quotes",
    "could not find expected ':'": 'each key needs ": " and its value after it, on the same line',
    "while scanning a quoted scalar": "a quotation mark is not closed",
    "did not find expected key": _SAME_COLUMN,
    "did not find expected '-'": _SAME_COLUMN,
    "expected <block end>": _SAME_COLUMN,
    "expected ',' or": _COMMA,
}


def parse(text: str, name: str) -> tuple[object, list[Problem]]:
    """The file's plain data, with the problems that leave the rest readable; others are raised at once."""
    text = text.removeprefix("\ufeff")
    if len(text.encode("utf-8", "surrogatepass")) > _LARGEST:
        raise _impossible(name, f"the file is larger than {_LARGEST // 1_000_000} MB, the most a meeting file may have")
    if stray := _NOT_TEXT.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        raise _impossible(name, f"line {line}: there is a character that is not text; save the file as UTF-8 text")
    if name.lower().endswith(".json"):
        return _parse_json(text, name)
    return _parse_yaml(text, name)


def _impossible(name: str, message: str) -> MeetingFileError:
    return MeetingFileError(name, [Problem((), message)])


# JSON ------------------------------------------------------------------------------------------------------------


def _parse_json(text: str, name: str) -> tuple[object, list[Problem]]:
    twice: list[str] = []

    def group(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        twice.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=group, parse_float=Decimal, parse_constant=Decimal)
    except json.JSONDecodeError as error:
        raise _impossible(name, f"line {error.lineno}: this is not JSON ({error.msg})") from None
    except (RecursionError, ValueError):  # a ValueError: an integer of thousands of digits
        raise _impossible(name, "this is nested too deeply for a meeting file, or has too long a number") from None
    return data, [Problem((), f'the key "{key}" stands twice in one group') for key in twice]


# YAML ------------------------------------------------------------------------------------------------------------


def _parse_yaml(text: str, name: str) -> tuple[object, list[Problem]]:
    try:
        _refuse_bombs(text, name)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _impossible(name, _in_words(error)) from None
    except yaml.YAMLError as error:
        raise _impossible(name, f"this is not YAML: {error}") from None
    problems: list[Problem] = []
    return (None if node is None else _plain(node, (), problems)), problems


def _refuse_bombs(text: str, name: str) -> None:
    """Refuse what makes a small file huge or deep once it is read: aliases and endless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _impossible(name, f"line {line}: anchors (&) and aliases (*) are not accepted: write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _impossible(name, f"line {line}: this is nested too deeply for a meeting file")


def _in_words(error: yaml.MarkedYAMLError) -> str:
    said = " ".join(part for part in (error.context, error.problem) if part)
    cure = next((cure for sign, cure in _CURES.items() if sign in said), None)
    mark = error.problem_mark
    place = f"line {mark.line + 1}: " if mark is not None else ""
    if "expected a single document" in said:
        return f"{place}a second document starts here (---), and a meeting file has one"
    return f"{place}this is not YAML" + (f": {cure}" if cure else f" ({said})")


def _plain(node: yaml.Node, path: Path, problems: list[Problem]) -> object:
    if node.tag not in _CONSTRUCTED:
        problems.append(Problem(path, f"the tag {node.tag.removeprefix(_TAG)} is not accepted: leave it away"))
        return None
    if isinstance(node, yaml.MappingNode):
        return _group(node, path, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, place), problems) for place, item in enumerate(node.value)]
    return _scalar(str(node.value), node.tag.removeprefix(_TAG))


def _group(node: yaml.MappingNode, path: Path, problems: list[Problem]) -> dict[str, object]:
    found: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem(path, f"line {line}: a key must be text"))
            continue
        key = str(key_node.value)
        if key in found:
            problems.append(Problem((*path, key), f"stands twice, in lines {lines[key]} and {line}"))
            continue
        lines[key] = line
        found[key] = _plain(value_node, (*path, key), problems)
    return found


def _scalar(text: str, kind: str) -> object:
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind == "int" and _WHOLE.fullmatch(text) and len(text) < 20:
        return int(text)
    if kind == "float" and _FRACTION.fullmatch(text):
        return Decimal(text)
    if kind == "timestamp":
        return _timestamp(text)
    if kind in _MEANINGS:
        return Misread(text, _MEANINGS[kind])
    return text


def _timestamp(text: str) -> object:
    for read in (dt.date.fromisoformat, dt.datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text


_CONSTRUCTED = {
    _TAG + kind for kind in ("str", "null", "bool", "int", "float", "timestamp", "map", "seq", "value", "merge")
}


# Writing ---------------------------------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """Block style; texts of several lines as blocks; lists set in under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        """Write a value out each time it stands somewhere, even where Python holds it only once."""
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain_tag = dumper.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # not in the stubs
    misread = plain_tag != _TAG + "str" or _READ_ELSEWHERE.fullmatch(text)
    return dumper.represent_scalar(_TAG + "str", text, style='"' if misread else _block_style(text))


def _block_style(text: str) -> str | None:
    """Literal or folded for several lines of ordinary text; None leaves the choice to the library."""
    lines = text.split("\n")
    if len(lines) == 1 or _NOT_IN_BLOCKS.search(text) or any(line != line.strip() for line in lines):
        return None
    return ">" if any(len(line) > _WIDTH for line in lines) else "|"


def _write_instant(dumper: yaml.SafeDumper, instant: dt.datetime) -> yaml.ScalarNode:
    """A point in time; a time on the clock in the meeting's zone, which has no offset, as text to the minute."""
    if instant.tzinfo is None:
        return dumper.represent_scalar(_TAG + "str", instant.isoformat(timespec="minutes"), style='"')
    text = instant.isoformat(timespec="milliseconds" if instant.microsecond else "seconds")
    return dumper.represent_scalar(_TAG + "timestamp", text)


def _write_time(dumper: yaml.SafeDumper, time: dt.time) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TAG + "str", time.isoformat("minutes"), style='"')


def _write_number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    whole = number == number.to_integral_value()
    return dumper.represent_scalar(
        _TAG + ("int" if whole else "float"), str(int(number)) if whole else f"{number.normalize():f}"
    )


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(dt.datetime, _write_instant)
_Dumper.add_representer(dt.time, _write_time)
_Dumper.add_representer(Decimal, _write_number)


def unparse(data: dict[str, object]) -> str:
    """The text of a file: keys in the order they have, an empty line between the parts."""
    return "\n".join(
        yaml.dump({key: value}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
        for key, value in data.items()
    )
