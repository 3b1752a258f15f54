"""How many people can read a programme at once: its page and its calendar, beside what they cost at the least."""

import asyncio
import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import icalendar

from bench import load
from bench.house import application
from exports.calendar_data import uid
from meetings.database import db, now, transaction
from meetings.models.programme import ProgrammeVersion
from meetings.programme.queries import MeetingPage, meeting_page
from meetings.programme.queries.published import content_of
from tests import factories
from tests.live import LiveServer

SLUG = "bench-programme"
ADDRESS, CALENDAR = f"/meetings/{SLUG}/", f"/meetings/{SLUG}/programme.ics"
FIRST_DAY = dt.date(2027, 7, 21)
SESSIONS, PANELLISTS = 60, 3
DAYS, TRACKS = 3, 2
REQUESTS, AT_ONCE, ROUNDS = 150, 8, 6
DESCRIPTION = "What cities have tried, what came of it, what it cost, and what they would do otherwise today. " * 3

BareServer = Callable[[Path], AbstractContextManager[int]]


def furnish(server: LiveServer) -> MeetingPage:
    """A published meeting of three days with 60 sessions, each with a floor, a moderator and three panellists."""
    with application(server), transaction():
        last_day = FIRST_DAY + dt.timedelta(DAYS - 1)
        meeting = factories.meeting(slug=SLUG, start_date=FIRST_DAY, end_date=last_day)
        people = [factories.person(meeting, function="Deputy Mayor for Human Rights") for _ in range(SESSIONS)]
        for number in range(SESSIONS):
            day, place = divmod(number, SESSIONS // DAYS)
            minutes = 8 * 60 + 45 * (place // TRACKS)
            session = factories.session(
                meeting,
                date=FIRST_DAY + dt.timedelta(day),
                start=dt.time(*divmod(minutes, 60)),
                end=dt.time(*divmod(minutes + 45, 60)),
                label=f"Session {number + 1}",
                description=DESCRIPTION,
                track=f"Track {place % TRACKS + 1}",
            )
            factories.floor(session)
            factories.role(session, people[number], "moderator")
            for further in range(1, PANELLISTS + 1):
                factories.role(session, people[(number + further) % SESSIONS])
        db.session.flush()
        page = _page()
        version = ProgrammeVersion(meeting_id=meeting.id, number=1, published_at=now(), content=content_of(page.head))
        db.session.add(version)
        db.session.flush()
        return _page()


def _page() -> MeetingPage:
    page = meeting_page(SLUG)
    if page is None:
        raise SystemExit("the meeting of the bench is not there")
    return page


def measure(server: LiveServer, bare_server: BareServer, folder: Path, say: Callable[[str], None]) -> None:
    """Ask for the page and the calendar, ours and the bare ones in turn, and say how many came a second."""
    port, shown = int(server.url.rpartition(":")[2]), furnish(server)
    page, calendar = (asyncio.run(load.ask(port, load.get(path))) for path in (ADDRESS, CALENDAR))
    lines = folder / "lines.json"
    told = list(_lines(shown, _body(calendar)))
    lines.write_text(json.dumps({"title": shown.head.title, "bytes": len(_body(page)), "lines": told}))
    sizes = f"a page of {len(_body(page)):,} bytes, a calendar of {len(_body(calendar)):,}"
    say(f"  a programme of {SESSIONS} sessions: {sizes}")
    with bare_server(lines) as bare:
        pages = asyncio.run(_in_turn((port, load.get(ADDRESS), 200), (bare, load.get("/"), 200)))
        calendars = asyncio.run(
            _in_turn(
                (port, load.get(CALENDAR), 200),
                (bare, load.get("/programme.ics"), 200),
                (port, load.get(CALENDAR, tag=_header(calendar, b"etag")), 304),
            )
        )
    say(f"    the page: {_beside(pages[0], pages[1], 'bare Flask with a template of the same size')}")
    say(f"    the calendar: {_beside(calendars[0], calendars[1], 'bare icalendar with the same events')}")
    say(f"    the calendar while nothing changes (304): {calendars[2]:,.0f} a second")


def _beside(ours: float, bare: float, what: str) -> str:
    return f"{ours:,.0f} a second; {what}: {bare:,.0f}; ours takes {bare / ours:.2f} times as long"


def _body(answer: load.Answer) -> bytes:
    if answer.status != 200:
        raise SystemExit(f"the programme was answered with {answer.status}")
    return answer.content.partition(b"\r\n\r\n")[2]


def _header(answer: load.Answer, name: bytes) -> str:
    lines = answer.content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return next(
        value.strip().decode() for key, _, value in (line.partition(b":") for line in lines) if key.lower() == name
    )


async def _in_turn(*asked: tuple[int, bytes, int]) -> list[float]:
    """The answers a second to each of these requests: of the quickest of a few rounds, in which they take turns."""
    for port, request, status in asked:
        await _rate(port, request, status, 20 * AT_ONCE)  # the first answers of a process take longer
    rounds = [[await _rate(port, request, status, REQUESTS) for port, request, status in asked] for _ in range(ROUNDS)]
    return [max(rates) for rates in zip(*rounds, strict=True)]


async def _rate(port: int, request: bytes, status: int, count: int) -> float:
    few = asyncio.Semaphore(AT_ONCE)

    async def one() -> int:
        async with few:
            return (await load.ask(port, request)).status

    began = time.perf_counter()
    statuses = Counter(await asyncio.gather(*(one() for _ in range(count))))
    if statuses != Counter({status: count}):
        raise SystemExit(f"the programme was answered with {dict(statuses)}")
    return count / (time.perf_counter() - began)


def _lines(page: MeetingPage, calendar: bytes) -> Iterator[dict[str, Any]]:
    """What the page and the calendar say of each session, as plain texts."""
    events: dict[str, Any] = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(calendar).events}
    for session in (each for day in page.programme.days for each in day.sessions):
        event = events[uid(SLUG, "public-session", session.key)]
        yield {
            "hours": f"{session.start:%H:%M}–{session.end:%H:%M}",
            "title": f"{session.label} {session.title}",
            "description": session.description,
            "people": [f"{role.person.name}, {role.person.function}" for role in session.roles],
            **{
                name: str(event[name])
                for name in ("uid", "summary", "description", "location", "url", "status", "transp")
            },
            "sequence": int(str(event["sequence"])),
            **{name: event[name].dt.isoformat() for name in ("dtstamp", "dtstart", "dtend")},
        }
