import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from exports.calendar import feed, invitation
from exports.calendar_data import CalendarEntry, Mailbox, Method, uid, wall_to_utc
from tests.exports.samples import HOSTILE

NOVEMBER = CalendarEntry(
    uid=uid("online-2025-11", "session", "s1"),
    sequence=3,
    stamp=datetime(2025, 11, 1, 12, 0, 0, 999_000, tzinfo=UTC),
    start=wall_to_utc(date(2025, 11, 26), time(9, 20), "Europe/Zurich"),
    end=wall_to_utc(date(2025, 11, 26), time(11), "Europe/Zurich"),
    summary="Session 1: Human rights cities; حقوق الإنسان في المدن, 人权城市的对话与经验交流",
    description="Working languages: English, French, Spanish.\nInterpretation: yes.",
    location="Online (MS Teams)",
    url="https://example.org/meetings/online-2025-11/",
    join_url="https://teams.example.org/l/meetup-join/19%3ameeting",
    last_modified=datetime(2025, 11, 1, 11, tzinfo=UTC),
)
OHCHR = Mailbox("Secretariat, OHCHR", "secretariat@example.org")
ANA = Mailbox("Ana María (demonstration)", "ana@example.org")

any_text = st.text(st.characters(exclude_categories=()))  # surrogates and controls too


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        (date(2025, 7, 22), time(10), "Europe/Zurich", "2025-07-22T08:00"),  # Geneva in summer
        (date(2025, 11, 26), time(9), "Europe/Zurich", "2025-11-26T08:00"),  # Geneva in winter
        (date(2026, 1, 15), time(9), "Pacific/Auckland", "2026-01-14T20:00"),  # the day before in UTC
        (date(2026, 7, 15), time(9), "Pacific/Auckland", "2026-07-14T21:00"),
        (date(2026, 5, 1), time(9), "Asia/Kathmandu", "2026-05-01T03:15"),
        (date(2026, 3, 29), time(1, 59), "Europe/Zurich", "2026-03-29T00:59"),
        (date(2026, 3, 29), time(2, 30), "Europe/Zurich", "2026-03-29T01:30"),  # skipped: the offset before
        (date(2026, 3, 29), time(3), "Europe/Zurich", "2026-03-29T01:00"),
        (date(2026, 10, 25), time(2, 30), "Europe/Zurich", "2026-10-25T00:30"),  # comes twice: the first
        (date(2026, 10, 25), time(2, 30, fold=1), "Europe/Zurich", "2026-10-25T00:30"),
        (date(2026, 4, 5), time(2, 30), "Pacific/Auckland", "2026-04-04T13:30"),
    ],
)
def test_wall_clock_becomes_the_instant_that_rfc_5545_means(day: date, at: time, zone: str, instant: str) -> None:
    assert wall_to_utc(day, at, zone) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "Europe", "", "../../etc/passwd", "CET\x00"])
def test_an_unknown_zone_is_refused_by_name(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        wall_to_utc(date(2026, 1, 1), time(9), zone)


def test_a_request_carries_what_rfc_5546_asks_for_and_one_attendee() -> None:
    lines = unfolded(invitation(NOVEMBER, organizer=OHCHR, attendee=ANA))
    assert lines.count("BEGIN:VEVENT") == 1
    assert {
        "METHOD:REQUEST",
        "UID:online-2025-11.session.s1@rostrum",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "DTSTAMP:20251101T120000Z",
        "LAST-MODIFIED:20251101T110000Z",
        "DTSTART:20251126T082000Z",
        "DTEND:20251126T100000Z",
        'ORGANIZER;CN="Secretariat, OHCHR":mailto:secretariat@example.org',
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "TRANSP:OPAQUE",
        "LOCATION:Online (MS Teams)",
        "TRIGGER:-PT15M",
    } <= set(lines)
    (attendee,) = [line for line in lines if line.startswith("ATTENDEE")]
    assert attendee.endswith(":mailto:ana@example.org")
    assert "RSVP=TRUE" in attendee
    assert "PARTSTAT=NEEDS-ACTION" in attendee
    (conference,) = [line for line in lines if line.startswith("CONFERENCE")]
    assert conference == (
        "CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=Join online;VALUE=URI:"
        "https://teams.example.org/l/meetup-join/19%3ameeting"
    )
    assert "VTIMEZONE" not in "".join(lines)


def test_a_cancellation_says_so_and_leaves_link_and_reminder_out() -> None:
    content = invitation(replace(NOVEMBER, sequence=4), organizer=OHCHR, attendee=ANA, method="CANCEL")
    lines = unfolded(content)
    wanted = {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:4", "UID:online-2025-11.session.s1@rostrum"}
    assert wanted <= set(lines)
    assert [line for line in lines if "ana@example.org" in line]
    assert b"teams.example.org" not in content.replace(b"\r\n ", b"")
    assert b"VALARM" not in content
    assert b"RSVP=TRUE" not in content


def test_what_is_cancelled_cannot_be_requested() -> None:
    with pytest.raises(ValueError, match="send a cancellation"):
        invitation(replace(NOVEMBER, status="CANCELLED"), organizer=OHCHR, attendee=ANA)


def test_a_feed_names_nobody_and_is_no_message() -> None:
    cancelled = replace(NOVEMBER, uid="online-2025-11.session.s2@rostrum", status="CANCELLED")
    content = feed("Local governments, البرنامج", [NOVEMBER, cancelled])
    lines = unfolded(content)
    assert not [line for line in lines if line.startswith(("ATTENDEE", "ORGANIZER", "METHOD", "BEGIN:VALARM"))]
    assert "mailto:" not in content.decode()
    assert "X-WR-CALNAME:Local governments\\, البرنامج" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert lines.count("BEGIN:VEVENT") == 2
    assert len([line for line in lines if line.startswith("CONFERENCE")]) == 1  # nobody joins what is cancelled
    assert content == feed("Local governments, البرنامج", [NOVEMBER, cancelled])


def test_a_feed_without_entries_is_still_a_calendar() -> None:
    assert Calendar.from_ical(feed("Nothing yet", [])).events == []


@pytest.mark.parametrize(
    ("location", "join_url", "shown"),
    [
        ("Room XXIV", "https://j.example", "Room XXIV"),
        ("", "https://j.example", "https://j.example"),
        ("", None, None),
    ],
)
def test_the_place_is_the_room_or_else_the_link(location: str, join_url: str | None, shown: str | None) -> None:
    entry = replace(NOVEMBER, location=location, join_url=join_url)
    event = Calendar.from_ical(feed("x", [entry])).events[0]
    assert event.get("location") == shown
    assert (join_url or "Interpretation") in str(event["description"])


def test_vobject_reads_the_same_entry() -> None:
    event = vobject.readOne(invitation(NOVEMBER, organizer=OHCHR, attendee=ANA).decode()).vevent
    assert event.summary.value == NOVEMBER.summary
    assert event.dtstart.value == NOVEMBER.start
    assert event.dtend.value == NOVEMBER.end
    assert event.attendee.params["CN"] == ["Ana María (demonstration)"]
    assert event.description.value == f"{NOVEMBER.description}\n\n{NOVEMBER.join_url}"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_hostile_text_stays_text(method: Method) -> None:
    description = f"{HOSTILE}\r\nBEGIN:VEVENT\r\n{HOSTILE}"
    entry = replace(NOVEMBER, summary=HOSTILE * 20, description=description, location="a\nb")
    guest = Mailbox('Ana "x"\r\nATTENDEE:mailto:eve@example.org', "ana@example.org\r\nX-EVIL:1")
    content = invitation(entry, organizer=OHCHR, attendee=guest, method=method)
    lines = unfolded(content)
    assert lines.count("BEGIN:VEVENT") == 1
    assert not [line for line in lines if line.startswith("X-EVIL")]
    assert len([line for line in lines if line.startswith("ATTENDEE")]) == 1
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content)


@given(summary=any_text, description=any_text, name=any_text)
@example(summary="", description="", name="\\")
@example(summary="حوار حول حقوق الإنسان " * 9, description="👩‍👩‍👧‍👦" * 30, name="地方政府与人权对话")
def test_any_text_survives_folding_and_reading_back(summary: str, description: str, name: str) -> None:
    entry = replace(NOVEMBER, summary=summary, description=description, join_url=None)
    content = invitation(entry, organizer=Mailbox(name, "o@example.org"), attendee=Mailbox(name, "a@example.org"))
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two (RFC 5545, 3.1)
    calendar = Calendar.from_ical(content)
    assert calendar.to_ical() == content
    assert len(calendar.events) == 1
    legible = [character for character in summary if character.isalnum()]
    assert [character for character in str(calendar.events[0]["summary"]) if character.isalnum()] == legible


slugs = st.text("abc-019", min_size=1)
keys = st.text("abc-._019", min_size=1)
KINDS = ["sitting", "session", "public-sitting", "public-session"]


@given(st.tuples(slugs, st.sampled_from(KINDS), keys), st.data())
def test_two_different_sessions_never_share_a_uid(one: tuple[str, str, str], data: st.DataObject) -> None:
    other = data.draw(st.tuples(slugs, st.sampled_from(KINDS), keys))
    assert (uid(*one) == uid(*other)) == (one == other)  # type: ignore[arg-type]  # drawn from the four kinds


@pytest.mark.parametrize(("slug", "key"), [("", "s1"), ("a.b", "s1"), ("a", "")])
def test_no_uid_is_made_of_half_a_key(slug: str, key: str) -> None:
    with pytest.raises(ValueError, match="no calendar UID"):
        uid(slug, "session", key)


def test_an_entry_needs_zones_and_an_order() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        replace(NOVEMBER, start=datetime(2025, 11, 26, 9))  # noqa: DTZ001 (the mistake under test)
    with pytest.raises(ValueError, match="not after its start"):
        replace(NOVEMBER, end=NOVEMBER.start)
