"""The floor as workbooks: the speakers of a meeting, and the log of one session. In English, as all documents are.

A protected person is in them without name, organization, country, topic or anything else they have written; time and
category are kept, so that the sums are right.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import force_locale

from exports import floor_log as log_file
from exports import speakers as speakers_file
from exports.categories import CATEGORY_HEADINGS
from exports.countries import country_name
from meetings.floor import log_words, words
from meetings.floor.queries.lines import RequestLine
from meetings.floor.queries.log import FloorLog, LogLine, RequestRecord
from meetings.floor.queries.records import MeetingRecords, SessionRecord
from meetings.floor.rules.balance import balance

_CAPACITIES = {"organisation": "For the organization", "joint": "Joint statement", "national": "National capacity"}
_CATEGORIES: Mapping[str | None, str] = dict([*CATEGORY_HEADINGS.items(), (None, "Not known")])
# Of a protected person the log keeps only facts that name nobody.
_NAMING_NOBODY = {"status", "place"}


def speakers_xlsx(records: MeetingRecords, *, made: dt.datetime) -> bytes:
    """speakers.xlsx of a meeting."""
    shares = balance(line for session in records.sessions for line in session.heard).categories
    with force_locale("en"):
        speakers = speakers_file.Speakers(
            meeting=records.title,
            zone=records.timezone,
            sessions=[_session(each) for each in records.sessions],
            categories=[
                speakers_file.Share(
                    _CATEGORIES[share.code], share.interventions, _duration(share.used_ms) if share.timed else None
                )
                for share in shares
            ],
        )
    return speakers_file.speakers_xlsx(speakers, made=made)


def _session(record: SessionRecord) -> speakers_file.Session:
    heard = {line.id: number for number, line in enumerate(record.heard, start=1)}
    places = {line.id: place for place, line in enumerate(record.waiting, start=1)}
    return speakers_file.Session(
        title=_session_name(record.label, record.title),
        day=record.date,
        start=record.start,
        end=record.end,
        cap=None if record.cap_ms is None else _duration(record.cap_ms),
        used=_duration(record.spent_ms),
        speakers=[_speaker(line, heard.get(line.id), places.get(line.id)) for line in record.lines],
    )


def _speaker(line: RequestLine, heard: int | None, place: int | None) -> speakers_file.Speaker:
    named = not line.protected
    statement = line.statement
    return speakers_file.Speaker(
        heard=heard,
        place=place,
        name=_name(line),
        organisation=(named and line.organisation) or "",
        category=_CATEGORIES.get(line.category, "") if line.category else "",
        country=country_name(line.country) if named and line.country else "",
        language=_language(line.language) if line.language else "",
        capacity=_CAPACITIES[line.capacity] if named else "",
        on_behalf_of=(named and line.on_behalf_of) or "",
        topic=(named and line.topic) or "",
        status=words.statuses()[line.status],
        requested=line.requested_at,
        started=line.turns[0].started_at if line.turns else None,
        ended=line.turns[-1].ended_at if line.turns else None,
        granted=_duration(line.granted_ms) if line.turns else None,
        used=_duration(line.used_ms) if any(turn.used_ms is not None for turn in line.turns) else None,
        statement=statement is not None,
        words=statement.words if statement else None,
        delivery=words.deliveries()[statement.delivery] if statement else "",
    )


def log_xlsx(log: FloorLog, *, made: dt.datetime) -> bytes:
    """log.xlsx of a session's floor."""
    with force_locale("en"):
        document = log_file.FloorLog(
            meeting=log.head.meeting_title,
            session=_session_name(log.head.label, log.head.title),
            zone=log.head.timezone,
            records=[_record(each) for each in log.records],
            happenings=list(_happenings(log.lines)),
        )
    return log_file.floor_log_xlsx(document, made=made)


def _record(record: RequestRecord) -> log_file.Record:
    line, turned = record.line, bool(record.line.turns)
    return log_file.Record(
        number=line.id,
        name=_name(line),
        organisation="" if line.protected else line.organisation or "",
        status=words.statuses()[line.status],
        requested=line.requested_at,
        called=record.called_at,
        started=record.started_at,
        ended=record.ended_at,
        paused=_duration(record.paused_ms) if turned else None,
        granted=_duration(record.granted_ms) if turned else None,
        used=_duration(record.used_ms) if turned else None,
        overrun=_duration(record.overrun_ms) if turned else None,
        by=log_words.who_acted(record.given_by) if record.given_by else "",
    )


def _happenings(lines: Iterable[LogLine]) -> Iterable[log_file.Happening]:
    acts = log_words.acts()
    for line in lines:
        protected = line.request is not None and line.request.protected
        yield log_file.Happening(
            at=line.at,
            what=acts.get(line.kind, line.kind),
            by=log_words.who_acted(line.by),
            name=_name(line.request) if line.request else "",
            facts="; ".join(str(fact) for fact in log_words.facts(_naming_nobody(line) if protected else line)),
        )


def _naming_nobody(line: LogLine) -> LogLine:
    def kept(facts: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in facts.items() if name in _NAMING_NOBODY or name.endswith("_ms")}

    return replace(line, before=kept(line.before), after=kept(line.after))


def _name(line: RequestLine) -> str:
    """Who spoke, and in whose place; empty where only the organization is known."""
    if line.protected:
        return speakers_file.PROTECTED
    return f"{line.name} (in the place of {line.in_place_of})" if line.in_place_of else line.name


def _language(code: str) -> str:
    """A language's English name: French; the code where it is unknown."""
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code


def _session_name(label: str | None, title: str) -> str:
    return f"{label}: {title}" if label else title


def _duration(milliseconds: int) -> dt.timedelta:
    return dt.timedelta(milliseconds=milliseconds)
