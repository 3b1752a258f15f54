"""The demonstration comes into an empty database only, once, with its meeting in progress on today's date."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import MeetingFile, read
from meetings.database import db, transaction
from meetings.models.meeting import Meeting
from meetings.refusals import Refused
from meetings.transfer.commands import load_demonstration
from meetings.transfer.queries import export_meeting, holds_real_data
from meetings.transfer.rules import last_number, shift_to
from tests import factories

# Late on 31 March 2027 in UTC is 1 April in Zurich, by then in summer time.
NOW = dt.datetime(2027, 3, 31, 22, 30, tzinfo=dt.UTC)
DATED = """
format: rostrum-meeting/1
meeting: {slug: m, title: M, mode: online, timezone: Europe/Zurich, dates: {start: 2025-11-26, end: 2025-11-27}}
sittings: [{id: a9, date: 2025-11-27, start: "09:00", end: "10:00"}]
sessions:
  - {id: s12, kind: panel, title: P, date: 2025-11-26, start: "09:00", floor: {}}
  - {id: s2, kind: other, title: O}
floor: [{session: s12, requested_at: 2025-11-26T09:30:00+01:00}, {session: s12}]
submissions: [{id: in-7, received: 2025-10-27}]
report: {council_session: {number: 63, start: 2026-09-14}}
"""


def dated() -> MeetingFile:
    return read(DATED, "dated.yaml")


def test_a_shifted_meeting_keeps_its_days_apart_and_its_clock() -> None:
    file = shift_to(dated(), dt.date(2026, 7, 1))
    assert (file.meeting.dates.start, file.meeting.dates.end) == (dt.date(2026, 7, 1), dt.date(2026, 7, 2))
    assert [each.date for each in file.sittings] == [dt.date(2026, 7, 2)]
    assert [each.date for each in file.sessions] == [dt.date(2026, 7, 1), None]
    assert file.sessions[0].start == dt.time(9)
    assert file.submissions[0].received == dt.date(2026, 6, 1)
    summer = dt.datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Zurich"))
    assert [entry.requested_at for entry in file.floor] == [summer, None]
    assert file.report == dated().report


def test_a_meeting_without_a_date_stays_without() -> None:
    file = read(DATED.replace(", dates: {start: 2025-11-26, end: 2025-11-27}", ""), "undated.yaml")
    assert shift_to(file, dt.date(2026, 7, 1)) == file


def test_keys_made_on_screen_start_above_the_numbers_of_the_file() -> None:
    assert last_number(dated()) == 12
    assert (
        last_number(read(DATED.replace("s12", "s").replace("s2", "t").replace("a9", "a").replace("in-7", "in"), "m"))
        == 0
    )


def test_the_demonstration_is_published_marked_and_takes_place_today(app: Flask) -> None:
    slugs = load_demonstration(now=NOW)
    assert len(slugs) == 7
    meetings = {meeting.slug: meeting for meeting in db.session.scalars(sa.select(Meeting))}
    assert set(meetings) == set(slugs)
    assert all(meeting.published_at == NOW and meeting.demonstration for meeting in meetings.values())
    assert meetings["demonstration"].start_date == dt.date(2027, 4, 1)
    assert meetings["geneva-2019-06"].start_date == dt.date(2019, 6, 17)
    file = export_meeting("demonstration")
    first = next(entry.requested_at for entry in file.floor if entry.session == "session-1")
    assert first is not None
    assert first.astimezone(ZoneInfo("Europe/Zurich")).isoformat().startswith("2027-04-01T09:21:00")
    windows = {each.id: each.floor.asking_opens for each in file.sessions if each.floor and each.floor.asking_opens}
    assert {str(opens) for opens in windows.values()} == {"2027-03-25 09:00:00"}


def test_loading_it_again_changes_nothing(app: Flask) -> None:
    load_demonstration(now=NOW)
    assert not holds_real_data()
    before = export_meeting("demonstration")
    assert load_demonstration(now=NOW + dt.timedelta(days=3)) == []
    assert export_meeting("demonstration") == before


def test_a_database_with_a_meeting_of_its_own_gets_no_demonstration(app: Flask) -> None:
    with transaction():
        factories.meeting()
    assert holds_real_data()
    with pytest.raises(Refused, match="into an empty one only"):
        load_demonstration(now=NOW)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 1


def test_a_database_with_somebody_who_can_sign_in_gets_no_demonstration(app: Flask) -> None:
    with transaction():
        factories.account("boss@example.org", "administrator")
    with pytest.raises(Refused, match="into an empty one only"):
        load_demonstration(now=NOW)


def test_two_processes_that_start_at_once_load_it_once(app: Flask) -> None:
    def start(_: int) -> list[str]:
        with app.app_context():
            return load_demonstration(now=NOW)

    with ThreadPoolExecutor(2) as pool:
        loaded = list(pool.map(start, range(2)))
    assert sorted(map(len, loaded)) == [0, 7]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 7
