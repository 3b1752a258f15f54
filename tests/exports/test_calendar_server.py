"""Every calendar file, read by a CalDAV server and given back; times against zoneinfo and vobject."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from exports.calendar import feed, invitation
from exports.calendar_data import CalendarEntry, Mailbox, uid, wall_to_utc
from tests.exports.caldav_server import Program, radicale
from tests.exports.test_calendar import ANA, NOVEMBER, OHCHR

SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a CalDAV server."""
    with radicale(tmp_path_factory.mktemp("radicale")) as address:
        yield address


@pytest.fixture
def program(server: str) -> Program:
    """A calendar program whose calendar is empty."""
    return Program(server)


def properties(event: Any) -> dict[str, Any]:
    """What an entry says, with the parameters, whatever their order."""
    return {
        f"{part.name}.{name}": (getattr(value, "dt", None) or str(value), sorted(getattr(value, "params", {}).items()))
        for part in [event, *event.subcomponents]
        for name, value in part.items()
    }


@pytest.mark.parametrize(
    "entry",
    [
        NOVEMBER,
        replace(NOVEMBER, summary="حوار حول حقوق الإنسان " * 9, description="مدن\nوحقوق؛ نعم, لا"),
        replace(NOVEMBER, summary="地方政府与人权对话" * 12, location="万国宫，第二十会议室"),
        replace(NOVEMBER, summary="👩‍👩‍👧‍👦" * 20, join_url=None, status="TENTATIVE"),
        replace(NOVEMBER, location="", url=None),
    ],
)
def test_a_server_gives_back_every_property_of_an_invitation(program: Program, entry: CalendarEntry) -> None:
    content = invitation(entry, organizer=OHCHR, attendee=Mailbox("آنا، 安娜", ANA.email), partstat="TENTATIVE")
    program.put(content)
    (found,) = program.between(entry.start, entry.end)
    (made,) = Calendar.from_ical(content).walk("VEVENT")
    assert properties(found) == properties(made)


@pytest.mark.parametrize(
    ("day", "start", "end", "zone"),
    [
        (date(2025, 7, 22), time(10), time(13), "Europe/Zurich"),
        (date(2025, 11, 26), time(9), time(11), "Europe/Zurich"),
        (date(2026, 3, 29), time(1, 30), time(4), "Europe/Zurich"),  # an hour shorter: the clocks go forward
        (date(2026, 10, 25), time(1, 30), time(4), "Europe/Zurich"),  # an hour longer
        (date(2026, 2, 10), time(9), time(12), "Pacific/Auckland"),  # still the day before in UTC
        (date(2026, 4, 5), time(1), time(5), "Pacific/Auckland"),
    ],
)
def test_instants_are_those_of_the_zone_for_everyone_who_reads_them(
    program: Program, day: date, start: time, end: time, zone: str
) -> None:
    begins, ends = (datetime.combine(day, each, ZoneInfo(zone)).astimezone(UTC) for each in (start, end))
    entry = replace(NOVEMBER, start=wall_to_utc(day, start, zone), end=wall_to_utc(day, end, zone))
    content = invitation(entry, organizer=OHCHR, attendee=ANA)
    event = vobject.readOne(content.decode()).vevent
    assert (event.dtstart.value, event.dtend.value) == (begins, ends)
    program.put(content)
    assert len(program.between(begins, begins + SECOND)) == 1
    assert len(program.between(ends - SECOND, ends)) == 1
    assert program.between(begins - SECOND, begins) == []
    assert program.between(ends, ends + SECOND) == []


def test_a_calendar_to_subscribe_to_is_taken_as_a_whole(program: Program) -> None:
    second = replace(NOVEMBER, uid=uid("m", "public-session", "s2"), status="CANCELLED", summary="第二场会议")
    found = program.subscribe(feed("Dialogue, برنامج", [NOVEMBER, second]))
    assert {key: (str(each["STATUS"]), each["SEQUENCE"]) for key, each in found.items()} == {
        NOVEMBER.uid: ("CONFIRMED", 3),
        second.uid: ("CANCELLED", 3),
    }
    assert str(found[second.uid]["SUMMARY"]) == "第二场会议"


def test_messages_that_overtake_each_other_leave_the_newest(program: Program) -> None:
    moved = replace(
        NOVEMBER, sequence=4, start=NOVEMBER.start + timedelta(hours=1), end=NOVEMBER.end + timedelta(hours=1)
    )
    for entry in (moved, NOVEMBER):
        program.receive(invitation(entry, organizer=OHCHR, attendee=ANA))
    assert program.find(NOVEMBER.uid)["DTSTART"].dt == moved.start
    cancelled = replace(moved, sequence=5, stamp=moved.stamp + SECOND)
    program.receive(invitation(cancelled, organizer=OHCHR, attendee=ANA, method="CANCEL"))
    assert program.shows() == {}
