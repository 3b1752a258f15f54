"""What everyone sees of the meetings: the list, a meeting's page, and its files."""

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import asdict, replace

import docx
import icalendar
import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.account import Grant
from meetings.models.meeting import Meeting, Session
from meetings.programme import commands
from meetings.programme.queries.edits import particulars
from meetings.programme.rules.edits import mark
from meetings.settings import ROOT
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.page_lint import text_of
from tests.programme.scenes import ARABIC, LONG, full_meeting
from tests.signing_in import sign_in

FILES = ("", "programme.ics", "programme.docx", "concept-note.docx")


def signed_in(client: Client, *roles: str, of: Meeting | None = None) -> Client:
    with transaction():
        account = factories.account("", *roles, of=of)
    sign_in(client, account)
    return client


def words_of(document: bytes) -> str:
    """All text of a Word file, tables included."""
    file = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in file.paragraphs] + cells)


# The list


def test_no_meeting_yet_is_said(app: Flask, client: Client) -> None:
    assert "No meeting has been published yet." in client.page("/").text


def test_meetings_to_come_stand_before_past_ones_the_nearest_first(app: Flask, client: Client, clock: Clock) -> None:
    with transaction():
        for title, days in (("Last year", -365), ("Yesterday", -1), ("Today", 0), ("Next week", 7), ("Tomorrow", 1)):
            day = factories.DAY + dt.timedelta(days)
            factories.meeting(title=title, start_date=day, end_date=day)
        factories.meeting(title="Some day", start_date=None, end_date=None)
    text = client.page("/").text
    order = ["To come", "Today", "Tomorrow", "Next week", "Some day", "Past", "Yesterday", "Last year"]
    assert sorted(order, key=text.index) == order


def test_drafts_are_listed_for_those_who_work_on_them(app: Flask, new_client: Callable[[], Client]) -> None:
    with transaction():
        own = factories.meeting(title="Own draft", published_at=None)
        factories.meeting(title="Strange draft", published_at=None)
    assert "draft" not in new_client().page("/").text
    chair = signed_in(new_client(), "chair", of=own).page("/").text
    assert "Own draft" in chair
    assert "Strange draft" not in chair
    everywhere = signed_in(new_client(), "organiser").page("/").text
    assert "Own draft" in everywhere
    assert "Strange draft" in everywhere


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_two_statements(app: Flask, client: Client, exact_queries: ExactQueries, count: int) -> None:
    with transaction():
        for _number in range(count):
            factories.meeting()
    with exact_queries(2):
        client.page("/")


# A meeting's page


def test_a_meeting_shows_what_when_where_and_how_to_take_part(app: Flask, client: Client, clock: Clock) -> None:
    scene = full_meeting()
    page = client.page(f"/meetings/{scene.slug}/")
    read = page.text.replace(" ,", ",")
    for text in (
        LONG.strip(),
        ARABIC,
        "26 November 2025 – 27 November 2025",
        "09:00–12:30",
        "CET (Europe/Zurich)",
        "Room XXIV, Palais des Nations, Geneva, Switzerland",
        "Office of the United Nations High Commissioner for Human Rights",
        "Human Rights Council, resolution 57/12",
        "secretariat@example.org",
        "First objective",
        "What comes first?",
        "A/HRC/56/32",
        "Kim Demonstration Minji, former Mayor, Office of the Mayor, Demonstration City, Republic of Korea",
        "Rapporteur to be named",
        "Open floor: 15 minutes in all, 1:30 for each speaker.",
        "Day to be announced",
    ):
        assert text in read, text
    links = {link.get("href") for link in page.elements("a")}
    assert {f"/meetings/{scene.slug}/register", "https://example.org/report"} <= links


def test_parallel_tracks_stand_side_by_side_under_their_names(app: Flask, client: Client) -> None:
    scene = full_meeting()
    with transaction():
        meeting = db.session.scalars(sa.select(Meeting).where(Meeting.slug == scene.slug)).one()
        whole = factories.session(meeting, start=dt.time(15), end=dt.time(16), title="With parts")
        for track in ("Housing", "Land"):
            factories.session(meeting, part_of_id=whole.id, track=track, start=dt.time(15), end=dt.time(15, 30))
    page = client.page(f"/meetings/{scene.slug}/")
    together = [each for each in page.elements("div") if each.get("class") == "tracks"]
    headings = [[text_of(each) for each in block.iter("h4")] for block in together]
    assert headings == [["A", "B"], ["Housing", "Land"]]
    assert "In parallel: B" not in page.text


def test_nothing_public_names_the_protected_or_shows_the_join_link(app: Flask, client: Client) -> None:
    scene = full_meeting()
    for file in FILES:
        content = client.get(f"/meetings/{scene.slug}/{file}").data
        text = words_of(content) if file.endswith(".docx") else content.decode()
        assert "Protected-Name" not in text, file
        assert "secret-join-link" not in text, file


def test_a_draft_is_not_there_for_the_public(app: Flask, client: Client, new_client: Callable[[], Client]) -> None:
    scene = full_meeting(published=False)
    team = signed_in(new_client(), "rapporteur")
    for file in FILES:
        assert client.get(f"/meetings/{scene.slug}/{file}").status_code == 404
        assert team.get(f"/meetings/{scene.slug}/{file}").status_code == 200
    page = team.page(f"/meetings/{scene.slug}/")
    assert "Draft" in page.text
    assert "Tentative programme of work" in page.text
    assert all("/register" not in str(link.get("href")) for link in page.elements("a"))


def test_what_is_not_known_yet_is_said(app: Flask, client: Client) -> None:
    with transaction():
        factories.meeting(slug="open", mode="in_person", start_date=None, end_date=None)
    text = client.page("/meetings/open/").text
    for said in ("Date to be announced", "Place to be announced", "The programme has not been announced yet."):
        assert said in text
    assert client.get("/meetings/open/programme.ics").status_code == 200
    for file in ("programme.docx", "concept-note.docx"):
        answer = client.get(f"/meetings/open/{file}")
        assert answer.status_code == 409
        assert "The meeting has no date yet." in answer.text


@pytest.mark.parametrize(
    ("zone", "open_until"),
    [
        ("Europe/Zurich", "2025-11-26T22:59:59+00:00"),
        ("Pacific/Auckland", "2025-11-26T10:59:59+00:00"),
        ("America/Bogota", "2025-11-27T04:59:59+00:00"),
    ],
)
def test_registration_is_offered_until_the_last_day_is_over_where_the_meeting_is(
    app: Flask, client: Client, clock: Clock, zone: str, open_until: str
) -> None:
    with transaction():
        factories.meeting(slug="m", timezone=zone)
    clock.set(dt.datetime.fromisoformat(open_until))
    assert "Register" in client.page("/meetings/m/").text
    clock.advance(seconds=1)
    text = client.page("/meetings/m/").text
    assert "Register" not in text
    assert "The meeting is over." in text


def test_markdown_of_others_runs_nothing(app: Flask, client: Client) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    with transaction():
        factories.meeting(slug="m", background=evil, modalities=evil, title=evil)
    client.page("/meetings/m/")  # the page's own check finds scripts and handlers


@pytest.mark.parametrize("count", [1, 3])
def test_a_meeting_takes_nine_statements(app: Flask, client: Client, exact_queries: ExactQueries, count: int) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        for _number in range(count):
            session = factories.session(meeting)
            factories.floor(session)
            factories.role(session, factories.person(meeting))
            factories.sitting(meeting)
    with exact_queries(9):
        client.page("/meetings/m/")


def test_a_large_meeting_stays_under_100_kb_with_all_that_it_needs(app: Flask, client: Client) -> None:
    """60 sessions with a description of three lines and four speakers each; the page, its styles and its scripts."""
    with transaction():
        meeting = factories.meeting(slug="m")
        people = [factories.person(meeting, function="Deputy Mayor for Human Rights") for _number in range(60)]
        for number in range(60):
            session = factories.session(meeting, label=f"Session {number}", description=LONG[:290], track="Track A")
            factories.floor(session)
            for place in range(4):
                factories.role(session, people[(number + place) % 60], "moderator" if place == 0 else "panellist")
    page = client.page("/meetings/m/")
    needed = [str(each.get("href")) for each in page.elements("link")]
    needed += [str(each.get("src")) for each in page.elements("script")]
    assert len(needed) == 3
    parts = [client.get(address).data for address in ("/meetings/m/", *needed)]
    assert sum(map(len, parts)) < 100_000
    for script in (part.decode() for part in parts[2:]):
        assert "import " not in script  # nothing more is asked for


def test_a_public_page_has_the_styles_that_it_needs(app: Flask, client: Client) -> None:
    """It does without those of working pages (static/rostrum.css)."""
    scene = full_meeting()
    page = client.get(f"/meetings/{scene.slug}/").text
    assert "rostrum.css" not in page
    used = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    public, working = ((ROOT / "static" / name).read_text(encoding="utf-8") for name in ("base.css", "rostrum.css"))
    assert {"tracks", "role", "parts"} <= used
    assert {name for name in used if re.search(rf"\.{name}\b", working)} <= {
        name for name in used if re.search(rf"\.{name}\b", public)
    }


# Files


def calendar(client: Client, slug: str) -> dict[str, icalendar.Event]:
    answer = client.get(f"/meetings/{slug}/programme.ics")
    assert answer.mimetype == "text/calendar"
    events = icalendar.Calendar.from_ical(answer.data).events
    return {str(event["UID"]): event for event in events}


def test_the_calendar_has_the_sessions_at_their_instants(app: Flask, client: Client) -> None:
    scene = full_meeting(timezone="Pacific/Auckland")
    events = calendar(client, scene.slug)
    assert set(events) == {f"dialogue.public-session.{key}@rostrum" for key in ("whole", "beside", "late")}
    assert events["dialogue.public-session.whole@rostrum"].start == dt.datetime(2025, 11, 25, 20, tzinfo=dt.UTC)
    assert "Room XXV" in str(events["dialogue.public-session.whole@rostrum"]["LOCATION"])
    assert str(events["dialogue.public-session.late@rostrum"]["URL"]).endswith("/meetings/dialogue/")


def test_a_meeting_without_session_times_has_its_sittings_in_the_calendar(app: Flask, client: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        factories.sitting(meeting, key="morning")
        factories.session(meeting, start=None, end=None)
    assert set(calendar(client, "m")) == {"m.public-sitting.morning@rostrum"}


@pytest.mark.parametrize("timed", [True, False])
def test_another_time_zone_moves_the_calendar_under_a_higher_sequence(app: Flask, client: Client, timed: bool) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        factories.sitting(meeting)
        if timed:
            factories.session(meeting)
    (before,) = calendar(client, "m").values()
    stored = particulars(meeting.id)
    commands.edit_particulars(
        meeting_id=meeting.id,
        to=replace(stored, timezone="America/Bogota"),
        shown=mark(asdict(stored)),
        actor=COMMAND_LINE,
        now=now(),
    )
    (after,) = calendar(client, "m").values()
    assert after.start - before.start == dt.timedelta(hours=6)
    assert after["UID"] == before["UID"]
    assert int(str(after["SEQUENCE"])) > int(str(before["SEQUENCE"]))


def test_an_unchanged_calendar_is_not_sent_again(app: Flask, client: Client) -> None:
    scene = full_meeting()
    address = f"/meetings/{scene.slug}/programme.ics"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    meeting = db.session.query(Meeting).one()
    key = "beside"
    version = db.session.query(Session).filter_by(key=key).one().version
    with transaction():
        factories.session(meeting, key="after", start=dt.time(11), end=dt.time(12), track="B")
    commands.move_session(meeting_id=meeting.id, key=key, earlier=False, version=version, actor=COMMAND_LINE, now=now())
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    event = calendar(client, scene.slug)["dialogue.public-session.beside@rostrum"]
    assert (event["SEQUENCE"], event.start) == (1, dt.datetime(2025, 11, 26, 9, tzinfo=dt.UTC))


def test_the_word_files_say_what_the_page_says(app: Flask, client: Client) -> None:
    scene = full_meeting()
    programme = words_of(client.get(f"/meetings/{scene.slug}/programme.docx").data)
    for text in (
        LONG.strip(),
        ARABIC,
        "09:00 – 11:00",
        "Kim Demonstration Minji, former Mayor",
        "Republic of Korea",
        "Lunch",
    ):
        assert text in programme, text
    note = words_of(client.get(f"/meetings/{scene.slug}/concept-note.docx").data)
    for text in ("One paragraph", "First objective", "What comes first?", "A/HRC/56/32", "Then the floor."):
        assert text in note, text
    assert "Tentative" not in programme


# The desk


def test_the_desk_says_what_to_ask_for(app: Flask, client: Client) -> None:
    with transaction():
        factories.meeting(title="Not mine")
        account = factories.account("somebody@example.org")
    sign_in(client, account)
    text = client.page("/desk").text
    assert "Ask the organizer of your meeting to add your address, somebody@example.org" in text
    assert "Not mine" not in text


def test_the_desk_is_for_those_who_are_signed_in(app: Flask, client: Client) -> None:
    answer = client.get("/desk")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/desk")


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("chair", {"Floor"}),
        ("rapporteur", {"Notes", "Report"}),
        ("organiser", {"Overview", "Programme", "Registrations", "Floor", "Notes", "Report", "Team"}),
    ],
)
def test_the_desk_offers_what_the_role_allows(app: Flask, client: Client, role: str, offered: set[str]) -> None:
    with transaction():
        meeting = factories.meeting(title="Mine", published_at=None)
        factories.meeting(title="Not mine", published_at=None)
    page = signed_in(client, role, of=meeting).page("/desk")
    labels = {str(link.get("aria-label")).removesuffix(": Mine") for link in page.elements("a")}
    everything = {"Overview", "Programme", "Registrations", "Floor", "Notes", "Report", "Team"}
    assert labels & everything == offered
    assert "Not mine" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_takes_three_statements(app: Flask, client: Client, exact_queries: ExactQueries, count: int) -> None:
    with transaction():
        meetings = [factories.meeting() for _number in range(count)]
        account = factories.account("", "chair", of=meetings[0])
        db.session.add_all(
            Grant(account_id=account.id, role="chair", meeting_id=meeting.id) for meeting in meetings[1:]
        )
    sign_in(client, account)
    with exact_queries(3):
        client.page("/desk")
