import datetime as dt
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import read
from meetings.database import db, now, transaction
from meetings.floor.queries import Statistics, statistics
from meetings.floor.rules.balance import AGAIN, FIRST, Group
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Turn
from meetings.models.meeting import Session
from meetings.settings import ROOT
from meetings.transfer.commands import import_meeting
from tests import factories
from tests.client import Client
from tests.conftest import ExactQueries
from tests.floor.history import meeting_with_floor, request, speaker
from tests.page_lint import Page, text_of
from tests.signing_in import sign_in

SERIES = "Demonstration dialogues"
SVG = "{http://www.w3.org/2000/svg}"


def figures(session: Session, *, over_series: bool = False) -> Statistics:
    """The figures of the session's meeting."""
    found = statistics(session.meeting.slug, over_series=over_series)
    assert found is not None
    return found


def told(groups: Sequence[Group]) -> dict[str | None, tuple[int, int]]:
    """Number and whole seconds by code, of those that are not empty."""
    return {group.code: (group.interventions, group.used_ms // 1000) for group in groups if group.interventions}


def test_time_and_number_are_counted_by_category_region_and_gender(app: Flask) -> None:
    session = meeting_with_floor()
    mayor = speaker(session, gender="woman", organisation={"country": "SN"})
    request(session, mayor, 2)
    request(session, mayor, 1.5)
    request(session, speaker(session, organisation={"category": "academia", "country": "PS"}), 2.25)
    request(session, speaker(session, organisation={"category": None}, gender="man", protected=True), 1)
    found = figures(session).balance
    assert (found.total.interventions, found.total.used_ms, found.total.average_ms) == (4, 405_000, 101_250)
    assert told(found.categories) == {
        "local_and_regional_governments": (2, 210),
        "academia": (1, 135),
        None: (1, 60),
    }
    assert told(found.regions) == {"African States": (2, 210), "no_group": (1, 135), None: (1, 60)}
    assert told(found.genders) == {"woman": (2, 210), "man": (1, 60), None: (1, 135)}


def test_of_whom_no_time_is_known_only_the_number_counts(app: Flask) -> None:
    session = meeting_with_floor()
    request(session, minutes=2)
    request(session)
    total = figures(session).balance.total
    assert (total.interventions, total.timed, total.average_ms) == (2, 1, 120_000)


def test_requests_are_counted_by_what_became_of_them(app: Flask) -> None:
    session = meeting_with_floor()
    for status, minutes in [
        ("spoken", 2), ("spoken", None), ("set_aside", 1), ("withdrawn", 1), ("withdrawn", None), ("absent", 0.1),
        ("absent", None), ("not_reached", None), ("declined", None), ("requested", None), ("called", None),
    ]:  # fmt: skip
        request(session, minutes=minutes, status=status)
    found = figures(session)
    assert dict(found.outcomes) == {
        "heard": 4, "waiting": 2, "not_reached": 1, "withdrawn": 1, "absent": 2, "declined": 1,
    }  # fmt: skip
    assert found.requests == sum(count for _, count in found.outcomes) == 11
    assert (found.balance.total.interventions, found.balance.total.used_ms) == (4, 240_000)


def test_a_turn_counts_with_its_time_once_it_has_ended_and_not_before(app: Flask) -> None:
    session = meeting_with_floor()
    request(session, minutes=1, status="speaking")
    with transaction():
        db.session.execute(sa.update(Turn).values(used_ms=None, started_at=now()))
    request(session, minutes=1.25)
    found = figures(session)
    outcomes, total = dict(found.outcomes), found.balance.total
    assert (outcomes["heard"], outcomes["waiting"], found.requests) == (1, 1, 2)
    assert (total.interventions, total.used_ms, total.average_ms) == (1, 75_000, 75_000)


def test_first_time_is_by_address_over_the_meetings_of_the_series_before(app: Flask) -> None:
    days = [dt.date(2025, month, 1) for month in (3, 7, 11)]
    march, july, november = [meeting_with_floor(series=SERIES, start_date=day, end_date=day) for day in days]
    for session in (march, november):
        request(session, speaker(session, email="Ana@example.org"), 1)
    again = speaker(july, email="ana@example.org")
    request(july, again, 1)
    request(july, again, 1)
    request(july, speaker(july, email="new@example.org"), 1)
    request(july, speaker(july, email=None), 1)
    request(july, speaker(july, email="in-their-place@example.org"), 1, substitute="Demonstration Colleague")
    request(november, speaker(november, email="new@example.org"), 1)
    assert told(figures(march).balance.firsts) == {FIRST: (1, 60)}
    assert told(figures(july).balance.firsts) == {AGAIN: (2, 120), FIRST: (1, 60), None: (2, 120)}
    assert told(figures(november).balance.firsts) == {AGAIN: (2, 120)}
    assert told(figures(july, over_series=True).balance.firsts) == {FIRST: (2, 120), AGAIN: (4, 240), None: (2, 120)}


@pytest.mark.parametrize("before", ["withdrawn", "absent", "requested"])
def test_who_was_not_heard_before_speaks_for_the_first_time(app: Flask, before: str) -> None:
    earlier, later = (
        meeting_with_floor(series=SERIES, start_date=day, end_date=day)
        for day in (factories.DAY - dt.timedelta(days=100), factories.DAY)
    )
    request(earlier, speaker(earlier, email="ana@example.org"), 0.5 if before == "absent" else None, status=before)
    request(later, speaker(later, email="ana@example.org"), 1)
    assert told(figures(later).balance.firsts) == {FIRST: (1, 60)}


def test_two_meetings_on_one_day_are_not_one_after_the_other(app: Flask) -> None:
    first, second = meeting_with_floor(series=SERIES), meeting_with_floor(series=SERIES)
    for session in (first, second):
        request(session, speaker(session, email="ana@example.org"), 1)
    assert told(figures(first).balance.firsts) == told(figures(second).balance.firsts) == {FIRST: (1, 60)}


def test_the_series_has_its_published_meetings_and_this_one(app: Flask) -> None:
    this = meeting_with_floor(series=SERIES, published_at=None, title="This")
    other = meeting_with_floor(series=SERIES, title="Other", start_date=dt.date(2025, 1, 1))
    hidden = meeting_with_floor(series=SERIES, title="Hidden", published_at=None)
    elsewhere = meeting_with_floor(series="Another series", title="Elsewhere")
    for session in (this, other, hidden, elsewhere):
        request(session, minutes=1)
    found = figures(this, over_series=True)
    assert [(each.title, each.share.interventions) for each in found.meetings] == [("Other", 1), ("This", 1)]
    assert found.balance.total.interventions == 2
    assert figures(this).balance.total.interventions == 1


def test_a_meeting_of_no_series_is_its_own_and_nobody_is_a_first_time_speaker(app: Flask) -> None:
    session, other = meeting_with_floor(), meeting_with_floor()
    request(session, minutes=1)
    request(other, minutes=1)
    found = figures(session, over_series=True)
    assert (found.over_series, found.balance.total.interventions) == (False, 1)
    assert told(found.balance.firsts) == {None: (1, 60)}


def test_there_are_no_figures_of_no_meeting(app: Flask) -> None:
    assert statistics("nowhere", over_series=False) is None


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_figures_take_as_many_queries_for_three_sessions_as_for_one(
    app: Flask, exact_queries: ExactQueries, sessions: int
) -> None:
    first = meeting_with_floor(series=SERIES)
    meeting, slug = first.meeting, first.meeting.slug
    with transaction():
        more = [factories.session(meeting) for _ in range(sessions - 1)]
    for session in (first, *more):
        request(session, minutes=1)
        request(session, minutes=1, status="requested")
    db.session.remove()
    with exact_queries(6):  # the meeting, its series, sessions, requests, turns, who was heard before
        statistics(slug, over_series=False)


def chair(app: Flask, client: Client, session: Session) -> str:
    """Sign the browser in as the chair; gives the address of the figures."""
    with transaction():
        account = factories.account("", "chair", of=session.meeting)
    sign_in(client, account)
    return f"/meetings/{session.meeting.slug}/floor/statistics"


def test_the_page_has_every_figure_in_a_table_and_as_a_bar(app: Flask, client: Client) -> None:
    session = meeting_with_floor()
    request(session, speaker(session, gender="woman", organisation={"category": "states", "country": "GH"}), 1.5)
    request(session, speaker(session, organisation={"country": "CH"}), 0.5)
    page = client.page(chair(app, client, session))
    assert "Interventions heard 2, in one session Time heard 2:00 Average length 1:00" in page.text
    rows = table(page, "categories")
    assert rows["States"] == ["1 (50%)", "1:30 (75%)", "1:30"]
    assert rows["Academia"] == ["0 (0%)", "–", "–"]
    assert table(page, "regions")["African States"] == ["1 (50%)", "1:30 (75%)", "1:30"]
    assert table(page, "genders")["Not declared"] == ["1 (50%)", "0:30 (25%)", "0:30"]
    assert table(page, "outcomes")["Heard"] == ["2 (100%)"]
    bars = [str(bar.get("width")) for bar in page.elements(f"{SVG}svg")]
    whole = float(bars[0].rstrip("%"))
    shares = [round(float(bar.rstrip("%")) / whole, 2) for bar in bars]
    assert shares[:6] == [1, 0, 0, 0, 0, 0]  # what became of the requests
    assert shares[6:10] == [0.75, 0.5, 0.25, 0.5]  # States by time and number, local and regional governments


def table(page: Page, key: str) -> dict[str, list[str]]:
    """The figures of a part of the page, by what stands at the head of each row."""
    heading = page.by_id(key)
    assert heading is not None
    section = page.ancestor(heading, "section")
    rows = [] if section is None else [row for row in section.iter("tr") if row.find("td") is not None]
    return {
        text_of(row.findall("th")[0]): [text_of(cell).rpartition(": ")[2] for cell in row.iter("td")] for row in rows
    }


def test_before_anybody_asks_the_page_says_so(app: Flask, client: Client) -> None:
    page = client.page(chair(app, client, meeting_with_floor(title="حقوق " * 30)))
    assert "There are no statistics yet: nobody has asked for the floor." in page.text
    assert not list(page.elements("table", f"{SVG}svg"))


def test_the_page_of_the_series_has_its_meetings(app: Flask, client: Client) -> None:
    this = meeting_with_floor(series=SERIES, title="This one")
    other = meeting_with_floor(series=SERIES, title="The other", start_date=dt.date(2025, 1, 1))
    request(this, speaker(this, email="ana@example.org"), 2)
    request(other, speaker(other, email="ana@example.org"), 1)
    address = chair(app, client, this)
    alone, whole = client.page(address), client.page(f"{address}?over=series")
    assert "Interventions heard 1" in alone.text
    assert "Interventions heard 2" in whole.text
    assert table(alone, "firsts")["Heard at an earlier meeting of the series"] == ["1 (100%)", "2:00 (100%)", "2:00"]
    meetings = table(whole, "meetings")
    assert meetings == {"The other": ["Wednesday 1 January 2025", "1", "1:00"], "This one": [
        "Wednesday 26 November 2025", "1", "2:00",
    ]}  # fmt: skip


def test_a_meeting_of_no_series_says_why_it_has_no_first_time_speakers(app: Flask, client: Client) -> None:
    session = meeting_with_floor()
    request(session, minutes=1)
    page = client.page(chair(app, client, session) + "?over=series")
    assert page.by_id("firsts") is None
    assert "Who speaks for the first time is counted only within a series of meetings" in page.text
    assert "Its whole series" not in page.text


def test_nobody_is_named(app: Flask, client: Client) -> None:
    session = meeting_with_floor(series=SERIES)
    for protected in (True, False):
        request(session, speaker(session, family="Unmistakable", protected=protected), 1)
    assert "Unmistakable" not in client.page(chair(app, client, session)).text


def test_the_interventions_of_2023_count_by_number_since_their_time_is_not_known(app: Flask, client: Client) -> None:
    file = read((ROOT / "demonstration" / "2023-08-28.yaml").read_text(encoding="utf-8"), "2023-08-28.yaml")
    imported = import_meeting(file, actor=COMMAND_LINE, now=now())
    session = db.session.scalars(sa.select(Session).where(Session.meeting_id == imported.meeting_id)).first()
    assert session is not None
    page = client.page(chair(app, client, session))
    assert "Interventions heard 9, in 2 sessions Time heard not known Average length –" in page.text
    assert "Of 9 interventions the time is not known" in page.text
    assert table(page, "categories")["United Nations entities"] == ["2 (22%)", "not known", "–"]
    assert table(page, "regions")["Latin American and Caribbean States"] == ["1 (11%)", "not known", "–"]
    assert table(page, "genders") == {}
    assert "Of none of those heard is it known." in page.text


def test_a_meeting_that_is_not_there_has_no_page(app: Flask, client: Client) -> None:
    with transaction():
        account = factories.account("", "administrator")
    sign_in(client, account)
    assert client.get("/meetings/nowhere/floor/statistics").status_code == 404
