import datetime as dt
from dataclasses import replace

from exports.speakers import Session, Share, Speaker, Speakers, speakers_xlsx
from tests.exports.samples import MADE
from tests.exports.workbooks import opened, rows, table

STARTED = dt.datetime(2025, 11, 26, 10, 0, tzinfo=dt.UTC)
HEARD = Speaker(
    heard=1,
    place=None,
    name="Ms. ليلى Demonstration",
    organisation="=Demonstration City",
    category="Local and regional governments",
    country="Jordan",
    language="العربية",
    capacity="Joint statement",
    on_behalf_of="Three cities",
    topic="Housing\nand water",
    status="Has spoken",
    requested=STARTED - dt.timedelta(days=1),
    started=STARTED,
    ended=STARTED + dt.timedelta(seconds=110),
    granted=dt.timedelta(minutes=2),
    used=dt.timedelta(seconds=110),
    statement=True,
    words=230,
    delivery="Check against delivery",
)
WAITS = replace(
    HEARD, heard=None, place=1, status="Waiting", started=None, ended=None, granted=None, used=None,
    statement=False, words=None, delivery="",
)  # fmt: skip
DIALOGUE = Session(
    "Interactive dialogue",
    dt.date(2025, 11, 26),
    dt.time(10),
    dt.time(11, 30),
    dt.timedelta(minutes=45),
    dt.timedelta(seconds=110),
    (HEARD, WAITS),
)
MEETING = Speakers(
    "Local governments for human rights",
    "Europe/Zurich",
    (DIALOGUE, replace(DIALOGUE, title="Without a floor", day=None, start=None, cap=None, speakers=())),
    (Share("States", 0, dt.timedelta(0)), Share("Not known", 1, None)),
)


def test_every_session_has_a_sheet_with_its_requests() -> None:
    content = speakers_xlsx(MEETING, made=MADE)
    assert opened(content).sheetnames == ["Totals", "1 Interactive dialogue", "2 Without a floor"]
    assert rows(content, "2 Without a floor")[0] == ["Without a floor; all times in Europe/Zurich"]
    heard, waits = table(content, "1 Interactive dialogue")
    assert heard == {
        "Heard": 1, "Place": None, "Speaker": "Ms. ليلى Demonstration", "Organization": "=Demonstration City",
        "Category": "Local and regional governments", "Country": "Jordan", "Language": "العربية",
        "Capacity": "Joint statement", "On behalf of": "Three cities", "Topic": "Housing\nand water",
        "State": "Has spoken",
        "Asked": dt.datetime(2025, 11, 25, 11, 0),  # noqa: DTZ001  # wall clock in Geneva
        "Began": dt.datetime(2025, 11, 26, 11, 0),  # noqa: DTZ001
        "Ended": dt.datetime(2025, 11, 26, 11, 1, 50),  # noqa: DTZ001
        "Given": dt.timedelta(minutes=2), "Used": dt.timedelta(seconds=110),
        "Statement": "yes", "Words": 230, "Delivery": "Check against delivery",
    }  # fmt: skip
    assert [waits[each] for each in ("Heard", "Place", "Began", "Used", "Statement", "Words", "Delivery")] == [
        None, 1, None, None, "no", None, None,
    ]  # fmt: skip


def test_the_first_sheet_adds_up() -> None:
    found = rows(speakers_xlsx(MEETING, made=MADE), "Totals")
    day, cap, used = dt.datetime(2025, 11, 26), dt.timedelta(minutes=45), dt.timedelta(seconds=110)  # noqa: DTZ001
    assert found == [
        ["Local governments for human rights: speakers, all times in Europe/Zurich"],
        ["Session", "Date", "Hours", "Requests", "Heard", "Waiting", "Cap", "Used"],
        ["Interactive dialogue", day, "10:00 – 11:30", 2, 1, 1, cap, used],
        ["Without a floor", None, None, 0, 0, 0, None, used],
        ["All sessions", None, None, 2, 1, 1, None, 2 * used],
        [],
        ["Interventions by category"],
        ["Category", "Interventions", "Time used"],
        ["States", 0, dt.timedelta(0)],
        ["Not known", 1],
        ["All interventions", 1, dt.timedelta(0)],
    ]


def test_a_meeting_without_sessions_has_its_totals() -> None:
    content = speakers_xlsx(replace(MEETING, sessions=()), made=MADE)
    assert opened(content).sheetnames == ["Totals"]
    assert rows(content, "Totals")[2] == ["All sessions", None, None, 0, 0, 0, None, dt.timedelta(0)]
