"""Time zones: texts that leave open or contradict the zone, and days on which clocks change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final
from zoneinfo import ZoneInfo

from meetings.programme.rules.proof.facts import Facts, PlannedSession, PlannedSitting, PlannedText, minutes_between
from meetings.programme.rules.proof.finding import N_, Check, Finding, Fix, Minutes, Place, Quoted, Replace, Severity
from meetings.programme.rules.proof.weekdays import dates_in

ZONE_MISSING = Check(
    "zone-missing", Severity.LOOK,
    N_("A time of day in a text that does not say in which zone"),
    N_("Name the zone behind the time, or leave the time to the programme, which names it."),
    N_("Only for meetings held online or in both ways: their readers sit in several zones."),
)  # fmt: skip
ZONE_WRONG = Check(
    "zone-wrong", Severity.FIRST,
    N_("A time of day with the zone's name of the other half of the year"),
    N_("Name the zone as it is called on the day of the meeting."),
    N_("The time zone database: on 26 November Geneva has CET, not CEST"),
    fixes=True,
)  # fmt: skip
CLOCK_CHANGE = Check(
    "clock-change", Severity.LOOK,
    N_("A day of the meeting on which clocks change"),
    N_("Remind participants, above all those who travel or join from elsewhere."),
    N_("The time zone database"),
)  # fmt: skip
CLOCK_CHANGE_WITHIN = Check(
    "clock-change-within", Severity.FIRST,
    N_("Clocks change while a sitting or a session lasts"),
    N_("Choose other hours, or say what is meant: it is shorter or longer than its times say."),
    N_("The time zone database"),
)  # fmt: skip

_CLOCK: Final = r"(?:[01]?\d|2[0-4])(?:[:h][0-5]\d|\.[0-5]\d(?= ?[ap]\.?m))"
_TIME: Final = re.compile(
    rf"(?<![\w:.,/-])(?:{_CLOCK}(?: ?[ap]\.?m\b\.?)?|(?:1[0-2]|[1-9]) ?[ap]\.?m\b\.?|(?:[01]?\d|2[0-4]) h(?: [0-5]\d)?)"
    r"(?![\w:/]|-\d\d?(?![\d:h.]))",
    re.IGNORECASE,
)
# Names of zones as programmes write them, and words that point to a place's time, in three languages.
_NAMES: Final = (
    "UTC", "GMT", "CET", "CEST", "BST", "WET", "WEST", "EET", "EEST", "MSK", "TRT", "EST", "EDT", "CST", "CDT",
    "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST", "AST", "ADT", "NST", "NDT", "IST", "PKT", "NPT", "JST",
    "KST", "HKT", "SGT", "PHT", "WIB", "WITA", "WIT", "ICT", "AEST", "AEDT", "ACST", "ACDT", "AWST", "NZST", "NZDT",
    "SAST", "CAT", "EAT", "WAT", "GST", "COT", "PET", "ART", "BRT", "CLT", "CLST", "UYT", "VET", "BOT", "ECT",
    "PYT", "HNEC", "HAEC",
)  # fmt: skip
_ZONE: Final = re.compile(
    rf"\b(?:{'|'.join(_NAMES)})\b|\bUTC ?[+−-]|\b(?:[A-Z]\w+/)+[A-Z]\w+\b"
    r"|\b[A-Z][\w-]+ (?:[Ss]ummer |[Ss]tandard )?[Tt]ime\b"
    r"|\b(?:local|central european|eastern|pacific) (?:summer |standard )?time\b"
    r"|\bheures? (?:d[eu’'] ?|locales?)|\bhora (?:de |del |local)"
    r"|\btime zones?\b|\bfuseau|\bzona horaria\b",
)
_SENTENCE: Final = re.compile(r"[^\n.!?]+(?:(?:(?<=[ap]\.m)\.|[.!?](?!\s))[^\n.!?]*)*")


def unnamed(facts: Facts) -> Iterator[Finding]:
    """Texts with times of day and without any zone: one finding for each text."""
    if facts.mode == "in_person":
        return
    for text in facts.texts:
        times = [match for match in _TIME.finditer(text.text) if not _is_duration(match[0])]
        if times and not _ZONE.search(text.text):
            yield ZONE_MISSING.at(
                text.place, N_("It says %(typed)s without naming a zone."), about=text.text[:80],
                typed=Quoted(times[0][0].strip()),
            )  # fmt: skip


def _is_duration(typed: str) -> bool:
    """2h30 and 1 h are how long something takes."""
    match = re.match(r"(\d\d?) ?h", typed)
    return match is not None and int(match[1]) < 8


def misnamed(facts: Facts) -> Iterator[Finding]:
    """Times with CEST behind them for a meeting in November: its days have CET. Other days' times are left alone."""
    names = {_called(facts.timezone, day) for day in facts.days}
    if len(names) != 1:
        return
    right = names.pop()
    year = facts.days[0].year
    others = {_called(facts.timezone, dt.date(year, month, 15)) for month in range(1, 13)} - {right}
    others = {each for each in others if each.isalpha()}
    if not right.isalpha() or not others:
        return
    pattern = re.compile(rf"({_TIME.pattern}) ?({'|'.join(sorted(others))})\b")
    for text in facts.texts:
        for sentence in _SENTENCE.finditer(text.text):
            named = list(pattern.finditer(sentence[0]))
            if named and all(day in facts.days for day in dates_in(sentence[0], facts.days)):
                yield from (_renamed(text, match[0], match[0][: -len(match[2])], right) for match in named)


def _renamed(text: PlannedText, typed: str, time: str, right: str) -> Finding:
    replace = Replace(text.place, typed, time + right)
    return ZONE_WRONG.at(
        text.place, N_("It says %(typed)s; on the days of the meeting the zone is called %(right)s."),
        about=typed, fix=Fix(N_("Make it “%(right)s”"), (replace,), {"right": replace.after}),
        typed=Quoted(typed), right=right,
    )  # fmt: skip


def _called(zone: str, day: dt.date) -> str:
    return dt.datetime.combine(day, dt.time(12), ZoneInfo(zone)).tzname() or ""


def clock_changes(facts: Facts) -> Iterator[Finding]:
    """Days on which the clocks of the meeting's zone change, and what lasts while they do."""
    zone = ZoneInfo(facts.timezone)
    for day in facts.days:
        shift = _shift(day, zone)
        if not shift:
            continue
        within = list(_within(facts, day, zone))
        yield from within
        if not within:
            forward = N_("On %(day)s clocks go forward by %(minutes)s in %(zone)s.")
            back = N_("On %(day)s clocks go back by %(minutes)s in %(zone)s.")
            yield CLOCK_CHANGE.at(
                Place("meeting", "start_date"), forward if shift > 0 else back, about=day.isoformat(),
                day=day, minutes=Minutes(abs(shift)), zone=facts.timezone,
            )  # fmt: skip


def _shift(day: dt.date, zone: ZoneInfo) -> int:
    """By how many minutes clocks go forward on a day, or (negative) back."""
    first, last = (dt.datetime.combine(each, dt.time(), zone) for each in (day, day + dt.timedelta(1)))
    before, after = first.utcoffset(), last.utcoffset()
    return int((after - before).total_seconds()) // 60 if before is not None and after is not None else 0


def _within(facts: Facts, day: dt.date, zone: ZoneInfo) -> Iterator[Finding]:
    """What does not last as long on that day as its times say: sittings, and sessions in none."""
    planned: Iterable[PlannedSitting | PlannedSession] = (
        *facts.sittings,
        *(each for each in facts.sessions if each.sitting_id is None and each.part_of_id is None),
    )
    for each in planned:
        if each.date != day or each.start is None or each.end is None:
            continue
        real = _real_minutes(day, each.start, each.end, zone)
        said = minutes_between(each.start, each.end)
        if real != said:
            reason = N_("Clocks change between %(start)s and %(end)s on %(day)s: it lasts %(real)s, not %(said)s.")
            place = each.at("start") if isinstance(each, PlannedSession) else Place("sitting", "start", each.key)
            yield CLOCK_CHANGE_WITHIN.at(
                place, reason, start=each.start, end=each.end, day=day, real=Minutes(max(0, real)), said=Minutes(said)
            )


def _real_minutes(day: dt.date, start: dt.time, end: dt.time, zone: ZoneInfo) -> int:
    first, last = (dt.datetime.combine(day, time, zone).astimezone(dt.UTC) for time in (start, end))
    return int((last - first).total_seconds()) // 60
