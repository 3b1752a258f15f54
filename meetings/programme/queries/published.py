"""What is public of a programme: the newest published version, while organisers work on the next one.

A version is kept as JSON with everybody and everything in it, so that it can be read ever after. Who reads it for the
public is given nobody who is protected by now, nobody whose data has been erased, and no link to join.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from meetings.database import db
from meetings.models.meeting import Sitting
from meetings.models.people import Person
from meetings.models.programme import ProgrammeVersion
from meetings.programme.queries.lines import (
    FloorLine,
    MeetingHead,
    OrganisationLine,
    PersonLine,
    Programme,
    ProgrammeDay,
    RoleLine,
    SessionLine,
    SittingLine,
    State,
    VersionMark,
)
from meetings.programme.queries.sessions import programme

# What a version keeps of the meeting itself: all that says when and where. The concept note is always the present one.
FACTS = (
    "title",
    "subtitle",
    "mode",
    "timezone",
    "venue",
    "room",
    "city",
    "country",
    "start_date",
    "end_date",
    "version",
)


@dataclass(frozen=True, slots=True)
class Published:
    """What holds of a meeting: by a version (`mark`), or without one as it stands now."""

    head: MeetingHead
    programme: Programme
    mark: VersionMark | None = None

    @property
    def number(self) -> int | None:
        """The number of the version, where it is one."""
        return self.mark.number if self.mark else None


@dataclass(frozen=True, slots=True)
class OnlineMeeting:
    """The link to join a sitting, and what Teams calls its online meeting, where Teams has made it."""

    join_url: str | None
    teams_id: str | None


def content_of(head: MeetingHead, working: Programme | None = None) -> dict[str, Any]:
    """The working copy as a version keeps it; `working` is the private programme, where it has been read already."""
    working = working or programme(head.id, private=True)
    sittings = db.session.execute(sa.select(Sitting.key, Sitting.teams_id).where(Sitting.meeting_id == head.id))
    teams = {key: teams_id for key, teams_id in sittings}
    content: dict[str, Any] = _plain(
        {
            "meeting": {name: getattr(head, name) for name in FACTS},
            "sittings": [
                {"key": each.key, "teams_id": teams.get(each.key)}
                | {name: value for name, value in asdict(each).items() if not name.startswith("teams_")}
                for each in working.sittings
            ],
            "sessions": [asdict(each) for day in working.days for each in day.sessions],
        }
    )
    return content


def published(head: MeetingHead, *, private: bool = False) -> Published:
    """What holds of a meeting. Without `private` it is fit for everyone, as `programme` is.

    That is its newest version while it is published; a draft, and a meeting without a version, holds as it stands now.
    """
    row = newest_version(head.id) if head.published else None
    if row is None:
        return Published(head, programme(head.id, private=private))
    return read_version(head, row, private=private)


def newest_version(meeting_id: int) -> ProgrammeVersion | None:
    """The version that was published last, or None."""
    query = sa.select(ProgrammeVersion).where(ProgrammeVersion.meeting_id == meeting_id)
    return db.session.scalars(query.order_by(ProgrammeVersion.number.desc()).limit(1)).one_or_none()


def all_versions(meeting_id: int) -> list[ProgrammeVersion]:
    """Every version of a meeting's programme, the oldest first."""
    query = sa.select(ProgrammeVersion).where(ProgrammeVersion.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(ProgrammeVersion.number)))


def read_version(head: MeetingHead, row: ProgrammeVersion, *, private: bool = False) -> Published:
    """A version as it was published, for the present meeting's `head`."""
    shown = None if private else people_for_everyone(head.id)
    sessions = [_session(each, shown) for each in row.content["sessions"]]
    sittings = tuple(_sitting(each, private=private) for each in row.content["sittings"])
    return Published(
        head=replace(head, **_facts(row.content["meeting"])),
        programme=Programme(
            days=tuple(
                ProgrammeDay(date, tuple(lines)) for date, lines in groupby(sessions, key=lambda each: each.date)
            ),
            sittings=sittings,
        ),
        mark=VersionMark(row.number, _state(row), row.published_at),
    )


def state_of(*, final: bool, final_before: bool) -> State:
    """What a version is called: `tentative` until one is `final`; what comes after a final one is `revised`."""
    if not final:
        return "tentative"
    return "revised" if final_before else "final"


def _state(row: ProgrammeVersion) -> State:
    if not row.final:
        return "tentative"
    own = sa.and_(ProgrammeVersion.meeting_id == row.meeting_id, ProgrammeVersion.number < row.number)
    before = db.session.scalar(sa.select(sa.exists().where(own, ProgrammeVersion.final)))
    return state_of(final=True, final_before=bool(before))


def public_head(head: MeetingHead) -> MeetingHead:
    """A meeting's head as the public knows it: with the title, dates and place of its newest version."""
    return public_heads([head])[0]


def public_heads(heads: Sequence[MeetingHead]) -> list[MeetingHead]:
    """Heads as the public knows them, in one statement."""
    row = ProgrammeVersion
    ids = [each.id for each in heads if each.published]
    newest = (
        sa.select(row.meeting_id, sa.func.max(row.number).label("number"))
        .where(row.meeting_id.in_(ids))
        .group_by(row.meeting_id)
        .subquery()
    )
    own = sa.and_(row.meeting_id == newest.c.meeting_id, row.number == newest.c.number)
    kept = sa.select(row.meeting_id, row.content["meeting"]).join(newest, own)
    facts: dict[int, dict[str, Any]] = {key: value for key, value in db.session.execute(kept)} if ids else {}
    return [replace(each, **_facts(facts[each.id])) if each.id in facts else each for each in heads]


def _facts(kept: dict[str, Any]) -> dict[str, Any]:
    return kept | {name: _date(kept[name]) for name in ("start_date", "end_date")}


def online_meetings(row: ProgrammeVersion) -> dict[str, OnlineMeeting]:
    """The online meetings of a version's sittings as they were then, by the sitting's key."""
    return {each["key"]: OnlineMeeting(each["join_url"], each["teams_id"]) for each in row.content["sittings"]}


def with_online_meeting(content: dict[str, Any], key: str, present: OnlineMeeting) -> dict[str, Any]:
    """A version's content with another online meeting of the sitting with this key.

    That is no part of what was published, and everybody has to find the present one.
    """
    sittings = [each | asdict(present) if each["key"] == key else each for each in content["sittings"]]
    return content | {"sittings": sittings}


def people_for_everyone(meeting_id: int) -> Collection[int]:
    """The ids of those whom the public may read of, as of now."""
    return set(db.session.scalars(sa.select(Person.id).where(Person.meeting_id == meeting_id, ~Person.protected)))


def _session(kept: dict[str, Any], shown: Collection[int] | None) -> SessionLine:
    floor = kept["floor"]
    return SessionLine(
        **{
            **kept,
            "date": _date(kept["date"]),
            "start": _time(kept["start"]),
            "end": _time(kept["end"]),
            "floor": FloorLine(**floor) if floor else None,
            "roles": tuple(_roles(kept["roles"], shown)),
            "parts": tuple(_session(part, shown) for part in kept["parts"]),
        }
    )


def _roles(kept: Iterable[dict[str, Any]], shown: Collection[int] | None) -> Iterable[RoleLine]:
    for each in kept:
        person = each["person"]
        if shown is None or person["id"] in shown:
            of = person["organisation"]
            yield RoleLine(
                each["role"], PersonLine(**{**person, "organisation": OrganisationLine(**of) if of else None})
            )


def _sitting(kept: dict[str, Any], *, private: bool) -> SittingLine:
    own = {name: value for name, value in kept.items() if name != "teams_id"}
    return SittingLine(
        **{
            **own,
            "date": dt.date.fromisoformat(kept["date"]),
            "start": dt.time.fromisoformat(kept["start"]),
            "end": dt.time.fromisoformat(kept["end"]),
            "interpretation": tuple(kept["interpretation"]),
            "join_url": kept["join_url"] if private else None,
            "teams_state": None,
            "teams_error": None,
        }
    )


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    """A value as JSON carries it."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
