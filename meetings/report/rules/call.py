"""The call for inputs: its questions as they are typed, its deadlines, whether it is open, what it takes. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from exports.text import one_line
from meetings.floor.rules.statements import count_words

# The official languages of the United Nations, in the alphabetical order of their English names.
UN_LANGUAGES: Final = ("ar", "zh", "en", "fr", "ru", "es")
MOST_FILES: Final = 3
# How much a submission with its files may weigh in all: three files of 5 MB, and what is typed.
LARGEST_SUBMISSION: Final = 17 * 1024 * 1024
# Brakes on abuse, as those of registration: who sends in earnest stays far below.
PERIOD: Final = dt.timedelta(hours=1)
SENT_IN_ONE_MEETING: Final = 100
SENT_BY_ONE_ADDRESS: Final = 6

# What a sender may agree to, from the most protective to the most open.
CONSENTS: Final = ("confidential", "anonymous", "named")
_HYPHENS: Final = ("-", "–", "•")


@dataclass(frozen=True, slots=True)
class Question:
    """A question; its number is its place, and its `items` are lettered sub-questions."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a partner takes submissions: wall clock `at`, in its own zone (IANA)."""

    partner: str
    at: dt.datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Call:
    """The call as it is edited. `max_words` None: any number; no `file_types`: only what is typed is taken."""

    introduction: str | None = None
    addressees: str | None = None
    questions: tuple[Question, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    max_words: int | None = None
    file_types: tuple[str, ...] = ("docx", "pdf", "txt")
    languages: tuple[str, ...] = UN_LANGUAGES


def words_of(answers: Iterable[str]) -> int:
    """The words of all answers together, counted as static/ask.js does."""
    return count_words("\n".join(answers))


class State(StrEnum):
    """Where a call stands for the public."""

    NOT_ANNOUNCED = "not_announced"
    OPEN = "open"
    OVER = "over"  # its last deadline has passed
    CLOSED = "closed"  # by hand, before


class Clock(StrEnum):
    """What is wrong with a wall-clock time in a zone, on a day when the clocks are changed."""

    SKIPPED = "skipped"  # it does not exist: the clocks go forward over it
    TWICE = "twice"  # it comes twice: the clocks go back


def clock_problem(wall: dt.datetime, timezone: str) -> Clock | None:
    """Whether a wall-clock time means no instant in its zone, or two; None where it means one."""
    first, second = _readings(wall, timezone)
    if first == second:
        return None
    back = first.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    return Clock.TWICE if back == wall else Clock.SKIPPED


def ends(deadline: Deadline) -> dt.datetime:
    """The instant (UTC) from which a deadline is over: the minute that it names still counts.

    Where a later change of a zone's rules has made its time mean two instants, it is the later one.
    """
    return max(_readings(deadline.at, deadline.timezone)) + dt.timedelta(minutes=1)


def _readings(wall: dt.datetime, timezone: str) -> tuple[dt.datetime, dt.datetime]:
    zone = ZoneInfo(timezone)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    return first, second


def last_end(deadlines: Iterable[Deadline]) -> dt.datetime | None:
    """When the last of the deadlines is over; None without any."""
    return max(map(ends, deadlines), default=None)


def state(
    deadlines: Iterable[Deadline], opened_at: dt.datetime | None, closed_at: dt.datetime | None, now: dt.datetime
) -> State:
    """Where a call stands: open from when it was opened until it is closed, or until its last deadline is over."""
    if opened_at is None:
        return State.NOT_ANNOUNCED
    end = last_end(deadlines)
    if end is not None and now >= end:
        return State.OVER
    return State.OPEN if closed_at is None else State.CLOSED


def to_questions(text: str) -> tuple[Question, ...]:
    """Questions as they are typed: one on each line, its sub-questions on the lines below, each behind a hyphen.

    A backslash before a hyphen (or another backslash) at the start of a line is not part of the question. What is
    behind a hyphen before any question is one.
    """
    questions: list[Question] = []
    for line in map(one_line, text.splitlines()):
        if line.startswith(_HYPHENS):
            words = one_line(line[1:])
            if words and questions:
                questions[-1] = Question(questions[-1].text, (*questions[-1].items, words))
                continue
        else:
            words = line.removeprefix("\\")
        if words:
            questions.append(Question(words))
    return tuple(questions)


def from_questions(questions: Iterable[Question]) -> str:
    """Questions as they are typed."""
    lines: list[str] = []
    for each in questions:
        text = one_line(each.text)
        lines.append("\\" + text if text.startswith((*_HYPHENS, "\\")) else text)
        lines += [f"- {one_line(item)}" for item in each.items]
    return "\n".join(lines)
