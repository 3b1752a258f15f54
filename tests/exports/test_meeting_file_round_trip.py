"""What is written can be read, is then the same, and is written the same again: for any meeting at all."""

import datetime as dt
from decimal import Decimal
from typing import Any, get_args

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.categories import Category
from exports.meeting_file import make, read, write
from exports.meeting_file_floor import Delivery, FloorStatus, Policy
from exports.meeting_file_report import FileType, FloorPlace, LedgerStatus, ParagraphState, PlanPart, PointKind
from exports.meeting_file_types import RegistrationStatus, RoleName, SessionKind, SpeakerStatus

# Everything that a document can show, with what YAML treats in its own ways more often.
_ORDINARY = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
_TRICKY = st.sampled_from(list("\n\t \"'#:-|>&*!%@`{}[],?~\\\u2028\u2029\ufeff\u200f\xa0é中ع😀"))
_TRAPS = [
    "NO",
    "y",
    "10:30",
    "0x1F",
    "1_0",
    "1e3",
    "2025-11-26",
    "null",
    "=",
    "<<",
    "---",
    "...",
    "a: b",
    "- a",
    "a #b",
]
text = (st.text(_ORDINARY | _TRICKY, min_size=1, max_size=150) | st.sampled_from(_TRAPS)).filter(str.strip)
line = text.map(lambda value: " ".join(value.split("\n"))).filter(str.strip)
short = line.map(lambda value: value.strip()[:40]).filter(str.strip)
_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
instants = st.integers(0, 10**12).map(lambda milliseconds: _EPOCH + dt.timedelta(milliseconds=milliseconds))
milliseconds = st.integers(1, 200_000)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The value, or null."""
    return st.none() | strategy


def a(literal: Any) -> st.SearchStrategy[str]:
    """One of the words that a key may have."""
    return st.sampled_from(get_args(literal))


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A few groups with these keys."""
    return st.lists(st.fixed_dictionaries(keys), max_size=3)


def one_of(rows: list[dict[str, Any]]) -> st.SearchStrategy[str | None]:
    """The id of one of the rows, or null."""
    return maybe(st.sampled_from([row["id"] for row in rows])) if rows else st.none()


def with_ids(rows: list[dict[str, Any]], stem: str) -> list[dict[str, Any]]:
    """The rows with ids of their own, which YAML 1.1 may read as something else."""
    return [{"id": f"{stem}{number or ''}"} | row for number, row in enumerate(rows)]


ORGANISATIONS = some(
    name=line,
    acronym=maybe(short),
    category=maybe(a(Category)),
    country=maybe(st.just("NO")),
    show_country=st.booleans(),
)
PEOPLE = some(given=maybe(line), family=maybe(line), language=maybe(st.just("no")), protected=st.booleans())
DAY = maybe(st.dates(dt.date(2026, 3, 2), dt.date(2026, 3, 6)))
TIMES = st.sampled_from([{}, {"start": dt.time(9), "end": dt.time(10, 30)}, {"start": dt.time(0)}])
MINUTE = st.integers(0, 10**6).map(lambda minutes: dt.datetime(2026, 1, 1) + dt.timedelta(minutes=minutes))  # noqa: DTZ001  -- wall clock
WINDOW = st.lists(MINUTE, min_size=2, max_size=2, unique=True).map(sorted)
FLOOR_SETTINGS = st.fixed_dictionaries(
    {
        "limits_seconds": st.dictionaries(a(Category), st.integers(30, 2700), max_size=3),
        "warning_seconds": maybe(st.integers(0, 2700)),
        "window": maybe(WINDOW),
        "max_requests": maybe(st.integers(1, 300)),
        "per_organisation": st.integers(1, 3),
        "policy": a(Policy),
        "priority": st.booleans(),
        "quotas": st.dictionaries(a(Category), st.integers(0, 20), max_size=3),
        "draw_seed": maybe(short),
    }
)
SESSIONS = some(
    kind=a(SessionKind),
    title=line,
    description=maybe(text),
    date=DAY,
    times=TIMES,
    floor=maybe(st.just({}) | FLOOR_SETTINGS),
)
POINTS = some(verb=maybe(short), kind=a(PointKind), themes=st.lists(line, max_size=2), text=maybe(text))
FLOOR = some(
    on_behalf_of=maybe(line),
    language=maybe(st.just("no")),
    topic=maybe(text),
    status=a(FloorStatus),
    requested_at=maybe(instants),
    used=maybe(milliseconds),
    capacity=st.sampled_from([None, "organisation", "national"]),
    dignitary=st.booleans(),
    substitute=maybe(line),
    seat=maybe(line),
    reason=maybe(text),
    statement=maybe(
        st.fixed_dictionaries(
            {"text": text, "delivery": a(Delivery), "for_record": st.booleans(), "filed_at": instants}
        )
    ),
)
SUBMISSIONS = some(
    publish=st.booleans(),
    anonymous=st.booleans(),
    country=maybe(st.just("NO")),
    language=maybe(st.just("no")),
    organisation_name=maybe(line),
    contact=st.fixed_dictionaries({"name": maybe(line)}),
    answers=st.lists(maybe(text), max_size=2),
    sent_at=maybe(instants),
    withdrawn_at=maybe(instants),
)
CALL = st.fixed_dictionaries(
    {
        "introduction": maybe(text),
        "addressees": maybe(line),
        "questions": some(text=text, items=st.lists(text, max_size=2)),
        "deadlines": some(partner=line, at=MINUTE, timezone=st.just("Pacific/Chatham")),
        "max_words": maybe(st.integers(1, 9000)),
        "file_types": st.lists(a(FileType), unique=True),
        "languages": st.lists(st.sampled_from(["en", "no"]), max_size=2),
        "opened_at": maybe(instants),
        "closed_at": maybe(instants),
    }
)
PLAN = st.fixed_dictionaries(
    {
        "floors": st.dictionaries(st.sampled_from(["NO", "1", "s2"]), a(FloorPlace), max_size=2),
        "headings": st.dictionaries(a(PlanPart), line, max_size=2),
        "themes": some(heading=line, themes=st.lists(line, max_size=2)),
        "several": st.integers(1, 9),
        "bold": st.booleans(),
        "word_limit": st.sampled_from([8_500, 10_700]),
    }
)
PARAGRAPHS = some(
    state=a(ParagraphState), text=maybe(text), items=st.lists(text, max_size=2), base=maybe(text), after=maybe(short)
)
LEDGER = some(
    text=text,
    addressee=maybe(line),
    source=maybe(line),
    status=a(LedgerStatus),
    follow_up=some(text=text, date=DAY, url=maybe(st.just("https://example.org/a"))),
)
SPEAKER = st.fixed_dictionaries(
    {
        "status": a(SpeakerStatus),
        "invited_at": maybe(instants),
        "answer_by": DAY,
        "checked_at": maybe(instants),
        "consent": st.fixed_dictionaries({"photographed": maybe(st.booleans()), "recorded": maybe(st.booleans())}),
        "remark": maybe(text),
    }
)
REPORT = st.fixed_dictionaries(
    {
        "title": maybe(line),
        "conclusions": st.lists(text, max_size=3),
        "recommendations": some(lead=maybe(text), items=st.lists(text, max_size=2)),
        "focus": maybe(text),
        "plan": PLAN,
        "paragraphs": PARAGRAPHS.map(lambda rows: [row | {"key": f"own:{place}"} for place, row in enumerate(rows)]),
        "outcome": maybe(text),
        "outcome_base": maybe(text),
    }
)
MEETING = st.fixed_dictionaries(
    {
        "slug": st.just("any-meeting"),
        "title": line,
        "mode": st.just("hybrid"),
        "timezone": st.sampled_from(["Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"]),
        "languages": st.lists(st.sampled_from(["en", "zh-Hant", "no"]), max_size=3),
        "dates": st.just({"start": dt.date(2026, 3, 2), "end": dt.date(2026, 3, 6)}),
        "background": maybe(text),
        "objectives": st.lists(text, max_size=3),
        "guiding_questions": some(theme=maybe(line), questions=st.lists(text, max_size=2)),
    }
)


def submission(row: dict[str, Any]) -> dict[str, Any]:
    """A submission; only one that may not be named can be anonymous."""
    kept = {key: value for key, value in row.items() if key != "anonymous"}
    return kept | {"consent": "anonymous" if row["anonymous"] and not row["publish"] else None}


@st.composite
def points(draw: st.DrawFn, sessions: list[dict[str, Any]], people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Points, some with an id of their own, the others merged into the first or not."""
    rows = [row | {"session": draw(one_of(sessions)), "person": draw(one_of(people))} for row in draw(POINTS)]
    for number, row in enumerate(rows):
        row["id"] = draw(st.sampled_from([None, f"1_{number}"]))
        row["merged_into"] = draw(st.sampled_from([None, rows[0]["id"] or "p1"])) if number else None
    return rows


def session(row: dict[str, Any]) -> dict[str, Any]:
    """A session with its times, and the window of its floor, as keys of their own."""
    floor = row["floor"]
    if floor and (window := floor.get("window")):
        floor = floor | {"asking_opens": window[0], "asking_closes": window[1]}
    floor = floor and {key: value for key, value in floor.items() if key != "window"}
    return {key: value for key, value in row.items() if key != "times"} | dict(row["times"]) | {"floor": floor}


def entry(row: dict[str, Any], of: dict[str, Any]) -> dict[str, Any]:
    """An entry of the floor; what was granted was spoken."""
    seconds = None if row["used"] is None else Decimal(row["used"]) / 1000
    kept = {key: value for key, value in row.items() if key != "used"}
    return kept | {"session": of["id"], "granted_seconds": seconds, "spoken_seconds": seconds}


@st.composite
def meetings(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a whole meeting, all references in order."""
    organisations = with_ids(draw(ORGANISATIONS), "NO")
    people = with_ids(draw(PEOPLE), "10:3")
    sessions = with_ids([session(row) for row in draw(SESSIONS)], "y")
    floors = [row for row in sessions if row["floor"] is not None]
    return {
        "format": "rostrum-meeting/1",
        "meeting": draw(MEETING),
        "organisations": organisations,
        "people": [row | {"organisation": draw(one_of(organisations))} for row in people],
        "sessions": [
            row
            | {"part_of": sessions[0]["id"] if number else None}
            | {"roles": [{"role": draw(a(RoleName)), "person": person["id"]} for person in people]}
            for number, row in enumerate(sessions)
        ],
        "registrations": [
            {"person": row["id"], "status": draw(a(RegistrationStatus)), "attendance": "online"} for row in people
        ],
        "speakers": [draw(SPEAKER) | {"person": row["id"]} for row in people],
        "floor": [entry(row, draw(st.sampled_from(floors))) for row in draw(FLOOR)] if floors else [],
        "points": draw(points(sessions, people)),
        "call": draw(maybe(CALL)),
        "submissions": with_ids([submission(row) for row in draw(SUBMISSIONS)], "0x"),
        "ledger": with_ids(draw(LEDGER), "1e"),
        "report": draw(maybe(REPORT)),
    }


@given(meetings())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_written_is_read_as_the_same_and_written_as_the_same(data: dict[str, Any]) -> None:
    file = make(data)
    written = write(file)
    assert written.endswith("\n")
    again = read(written, "any.yaml")
    assert again == file
    assert write(again) == written


@given(text)
@settings(deadline=None, max_examples=300)
def test_any_yaml_reader_sees_the_same_text(value: str) -> None:
    data = {"slug": "m", "title": "M", "mode": "online", "timezone": "UTC", "background": value}
    file = make({"format": "rostrum-meeting/1", "meeting": data})
    assert yaml.safe_load(write(file))["meeting"]["background"] == file.meeting.background
