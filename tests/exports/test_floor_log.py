import datetime as dt
from dataclasses import replace

from exports.floor_log import FloorLog, Happening, Record, floor_log_xlsx
from tests.exports.samples import MADE
from tests.exports.workbooks import opened, rows, table

AT = dt.datetime(2025, 11, 26, 10, 0, 0, 123_000, tzinfo=dt.UTC)
HEARD = Record(
    number=7,
    name="Ms. Demonstration Participant",
    organisation="Demonstration City",
    status="Has spoken",
    requested=AT,
    called=AT,
    started=AT,
    ended=AT,
    paused=dt.timedelta(seconds=3),
    granted=dt.timedelta(minutes=2),
    used=dt.timedelta(minutes=2, milliseconds=250),
    overrun=dt.timedelta(milliseconds=250),
    by="desk@example.org",
)
WITHDREW = replace(
    HEARD, name="A participant", status="Withdrawn", called=None, started=None, ended=None, paused=None, granted=None,
    used=None, overrun=None, by="",
)  # fmt: skip
LOG = FloorLog(
    meeting="Local governments for human rights",
    session="Interactive dialogue",
    zone="Asia/Kolkata",
    records=(HEARD, HEARD, WITHDREW),
    happenings=(
        Happening(AT, "Floor given", "desk@example.org", "Ms. Demonstration Participant", "=Time given: 2:00"),
    ),
)


def test_the_requests_come_with_the_sum_of_their_times() -> None:
    content = floor_log_xlsx(LOG, made=MADE)
    assert opened(content).sheetnames == ["Requests", "Log"]
    heading = "Interactive dialogue, Local governments for human rights; all times in Asia/Kolkata"
    assert [rows(content, sheet)[0] for sheet in ("Requests", "Log")] == [[heading], [heading]]
    heard, _, withdrew, total = table(content, "Requests")
    assert heard["Called"] == dt.datetime(2025, 11, 26, 15, 30, 0, 123_000)  # noqa: DTZ001  # wall clock in Kolkata
    assert (heard["Over time"], heard["Given by"]) == (dt.timedelta(milliseconds=250), "desk@example.org")
    assert (heard["Number"], total["Number"]) == (7, None)
    assert (withdrew["Speaker"], withdrew["Used"]) == ("A participant", None)
    sums = dt.timedelta(minutes=4), dt.timedelta(minutes=4, milliseconds=500), dt.timedelta(milliseconds=500)
    assert (total["Speaker"], *(total[each] for each in ("Given", "Used", "Over time"))) == ("All requests", *sums)


def test_what_happened_is_a_line_each() -> None:
    (line,) = table(floor_log_xlsx(LOG, made=MADE), "Log")
    assert line == {
        "When": dt.datetime(2025, 11, 26, 15, 30, 0, 123_000),  # noqa: DTZ001  # wall clock in Kolkata
        "What": "Floor given",
        "By whom": "desk@example.org",
        "Whose request": "Ms. Demonstration Participant",
        "Facts": "=Time given: 2:00",
    }


def test_a_floor_on_which_nothing_happened_has_its_empty_tables() -> None:
    content = floor_log_xlsx(replace(LOG, records=(), happenings=()), made=MADE)
    assert table(content, "Log") == []
    assert table(content, "Requests")[0]["Used"] == dt.timedelta(0)
