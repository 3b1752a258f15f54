"""What can be wrong with a meeting file, and how that is told: each mistake with its path, all of them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (`("sessions", 3, "end")`) and what, in words that end with the cure where it is known."""

    path: Path
    message: str

    def __str__(self) -> str:
        return f"{written(self.path)}: {self.message}" if self.path else self.message


def written(path: Path) -> str:
    """A path as it is written in messages: `sessions[3].end`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


class MeetingFileError(Exception):
    """The file was refused; `problems` holds every mistake that was found."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__("\n".join(f"{name}: {problem}" for problem in self.problems))
