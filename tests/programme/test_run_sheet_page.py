"""The run sheet as organisers use it: one, and two at a time."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.message import Event
from meetings.programme import commands
from tests import factories
from tests.client import Client
from tests.conftest import ExactQueries
from tests.page_lint import Page, text_of
from tests.programme.scenes import ARABIC, LONG, full_meeting
from tests.programme.test_forms import everything
from tests.programme.test_organising import order_of, press, row_of, times_of
from tests.signing_in import sign_in

ADDRESS = "/meetings/m/organise/programme"


@pytest.fixture
def organiser(app: Flask, client: Client) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    return client


@pytest.fixture
def second(organiser: Client, new_client: Callable[[], Client]) -> Client:
    """Another organiser, who works at the same time."""
    with transaction():
        account = factories.account("second@example.org", "organiser")
    client = new_client()
    sign_in(client, account)
    return client


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Three sessions from 9 to 12, in Auckland."""
    with transaction():
        meeting = factories.meeting(slug="m", timezone="Pacific/Auckland")
        for place, key in enumerate("abc"):
            start, end = dt.time(9 + place), dt.time(10 + place)
            factories.session(meeting, key=key, title=f"Panel {key.upper()}", start=start, end=end)
    return meeting


def events() -> int:
    db.session.rollback()
    return db.session.query(Event).count()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Bogota"])
def test_every_row_saved_unchanged_changes_nothing(organiser: Client, zone: str) -> None:
    scene = full_meeting(timezone=zone)
    address = f"/meetings/{scene.slug}/organise/programme"
    before = everything()
    for key in order_of(organiser.page(address)):
        form = row_of(organiser.page(address), address, key)
        assert form.fields["act"] == "retime"
        assert organiser.send(form, form.fields).status_code == 200
        del form.fields["rest"]
        assert organiser.send(form, form.fields).status_code == 200
        assert everything() == before, key


def test_a_row_is_set_and_the_rest_follows_or_not(organiser: Client, meeting: Meeting) -> None:
    page = Page(press(organiser, "m", "a", "retime", minutes="75").data)
    assert times_of(page) == ["09:00 75", "10:15 60", "11:15 60"]
    page = Page(press(organiser, "m", "b", "retime", start="10:30", rest=None).data)
    assert times_of(page) == ["09:00 75", "10:30 60", "11:15 60"]
    page = Page(press(organiser, "m", "b", "retime", start="", minutes="").data)
    assert times_of(page)[1:2] == [" "]


def test_every_button_of_a_row_does_what_it_says(organiser: Client, meeting: Meeting) -> None:
    assert times_of(Page(press(organiser, "m", "a", "split", at="09:20").data))[:2] == ["09:00 20", "09:20 40"]
    assert times_of(Page(press(organiser, "m", "a", "merge").data)) == ["09:00 60", "10:00 60", "11:00 60"]
    assert times_of(Page(press(organiser, "m", "a", "break-15").data))[:3] == ["09:00 60", "10:00 15", "10:15 60"]
    assert len(order_of(Page(press(organiser, "m", "b", "duplicate").data))) == 5
    page = Page(press(organiser, "m", "c", "place", before="a").data)
    assert order_of(page)[0] == "c"
    assert times_of(page)[0] == "09:00 60"


def test_undo_says_what_it_undoes_and_steps_back_and_forth(organiser: Client, meeting: Meeting) -> None:
    press(organiser, "m", "a", "retime", minutes="75")
    press(organiser, "m", "b", "split")
    page = Page(organiser.submit(ADDRESS, button="Undo: “Panel B” split").data)
    assert order_of(page) == ["a", "b", "c"]
    page = Page(organiser.submit(ADDRESS, button="Undo: “Panel A” set to another time").data)
    assert times_of(page) == ["09:00 60", "10:00 60", "11:00 60"]
    page = Page(organiser.submit(ADDRESS, button="Do again: “Panel A” set to another time").data)
    assert times_of(page) == ["09:00 75", "10:15 60", "11:15 60"]


def test_an_added_and_a_removed_session_are_undone(organiser: Client, meeting: Meeting) -> None:
    base = "/meetings/m/organise/sessions"
    organiser.submit(f"{base}/new", {"title": LONG.strip(), "start": "13:00"})
    assert len(order_of(organiser.page(ADDRESS))) == 4
    organiser.submit(ADDRESS, button=f"Undo: “{LONG[:59]}…” added")
    assert order_of(organiser.page(ADDRESS)) == ["a", "b", "c"]
    organiser.submit(f"{base}/b/remove", button="Remove the session")
    organiser.submit(ADDRESS, button="Undo: “Panel B” removed")
    assert order_of(organiser.page(ADDRESS)) == ["a", "b", "c"]


def test_an_undo_that_came_too_late_changes_nothing_and_says_so(
    organiser: Client, second: Client, meeting: Meeting
) -> None:
    press(organiser, "m", "a", "retime", minutes="75")
    form = organiser.form(ADDRESS, button="Undo: “Panel A” set to another time")
    press(second, "m", "c", "retime", minutes="30")
    answer = organiser.send(form, form.fields)
    assert "The programme was changed in the meantime." in answer.text
    assert times_of(Page(answer.data)) == ["09:00 75", "10:15 60", "11:15 30"]
    assert "by second@example.org" in Page(answer.data).text


def test_a_stale_row_comes_back_with_what_was_typed_beside_what_is_stored(
    organiser: Client, second: Client, meeting: Meeting
) -> None:
    form = row_of(organiser.page(ADDRESS), ADDRESS, "b")
    press(second, "m", "a", "retime", minutes="90")
    answer = organiser.send(form, form.filled({"minutes": "45"}))
    page = Page(answer.data)
    assert answer.status_code == 409
    assert "Somebody else has changed this while you were writing" in page.text
    assert "Stored is now: 10:30–11:30." in page.text
    assert times_of(page) == ["09:00 90", "10:00 45", "11:30 60"]
    assert "Changed by second@example.org" in page.text
    again = row_of(page, ADDRESS, "b")
    assert times_of(Page(organiser.send(again, again.fields).data)) == ["09:00 90", "10:00 45", "10:45 60"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"start": "25:00"}, "This is not a time."),
        ({"minutes": "0"}, "Give a number of minutes, from 1 to 1439."),
        ({"minutes": "much"}, "This is not a whole number."),
        ({"start": "", "minutes": "60"}, "Give the start too."),
        ({"start": "23:30"}, "“Panel B” would then begin before the day or last past midnight."),
        ({"start": "08:00"}, "This would change the order of the programme, at “Panel A”."),
    ],
)
def test_what_cannot_be_set_is_said_and_stays_in_the_row(
    organiser: Client, meeting: Meeting, typed: dict[str, str], said: str
) -> None:
    before = events()
    answer = press(organiser, "m", "b", "retime", **typed)
    page = Page(answer.data)
    assert answer.status_code in (409, 422)
    assert said in page.text
    form = row_of(page, ADDRESS, "b")
    assert {name: form.fields[name] for name in typed} == typed
    assert events() == before


def test_another_button_does_not_lose_what_was_typed(organiser: Client, meeting: Meeting) -> None:
    answer = press(organiser, "m", "b", "later", minutes="45")
    assert answer.status_code == 409
    assert "Set them first." in answer.text
    assert times_of(Page(answer.data)) == ["09:00 60", "10:00 45", "11:00 60"]


def test_a_row_that_is_gone_is_said(organiser: Client, second: Client, meeting: Meeting) -> None:
    form = row_of(organiser.page(ADDRESS), ADDRESS, "b")
    second.submit("/meetings/m/organise/sessions/b/remove", button="Remove the session")
    answer = organiser.send(form, form.filled({"minutes": "45"}))
    assert answer.status_code == 409
    assert "somebody has removed it" in answer.text
    form.fields.setlist("act", ["later"])
    assert "somebody has removed it" in organiser.send(form, form.fields).text


def test_a_press_on_an_older_page_is_refused(organiser: Client, second: Client, meeting: Meeting) -> None:
    form = row_of(organiser.page(ADDRESS), ADDRESS, "b")
    press(second, "m", "b", "earlier")
    form.fields.setlist("act", ["later"])
    answer = organiser.send(form, form.fields)
    assert "Somebody else has moved or changed this session." in answer.text
    assert order_of(Page(answer.data)) == ["b", "a", "c"]


def test_a_button_that_there_is_not_does_nothing(organiser: Client, meeting: Meeting) -> None:
    before = events()
    for act in ("break-7", "explode", "undo", "redo"):
        assert press(organiser, "m", "b", act).status_code == 200
    assert events() == before


def test_who_looks_is_told_of_others_changes_and_not_of_their_own(
    organiser: Client, second: Client, meeting: Meeting
) -> None:
    press(organiser, "m", "a", "break-5")
    assert "Changed by organiser@example.org" not in organiser.page(ADDRESS).text
    assert second.page(ADDRESS).text.count("Changed by organiser@example.org") == 4
    second.submit("/meetings/m/organise/sessions/c", {"title": "Another"}, button="Save the session")
    assert organiser.page(ADDRESS).text.count("Changed by second@example.org") == 1


def test_a_change_is_told_of_for_a_quarter_of_an_hour(organiser: Client, meeting: Meeting) -> None:
    with transaction():
        account = factories.account("early@example.org", "organiser")
    commands.retime_session(
        meeting_id=meeting.id,
        key="c",
        start=dt.time(11),
        minutes=30,
        rest=True,
        version=1,
        actor=Actor.account(account.id),
        now=now() - dt.timedelta(minutes=16),
    )
    page = organiser.page(ADDRESS)
    assert "Changed by" not in page.text
    assert "Undo: “Panel C” set to another time" in page.text
    assert "by early@example.org" in page.text


def test_the_page_answers_shortly_where_nothing_has_changed(
    organiser: Client, second: Client, meeting: Meeting, exact_queries: ExactQueries
) -> None:
    tag = next(e.get("data-sheet") for e in organiser.page(ADDRESS).elements("div") if e.get("data-sheet"))
    headers = {"If-None-Match": f'"{tag}"'}
    with exact_queries(4):
        assert organiser.get(ADDRESS, headers=headers).status_code == 304
    press(second, "m", "a", "later")
    assert organiser.get(ADDRESS, headers=headers).status_code == 200


def test_parallel_tracks_stand_side_by_side_under_their_names(organiser: Client, meeting: Meeting) -> None:
    with transaction():
        for key, track in (("x", "Housing"), ("y", ARABIC)):
            factories.session(meeting, key=key, track=track, start=dt.time(13), end=dt.time(14))
    page = organiser.page(ADDRESS)
    (together,) = [each for each in page.elements("li") if each.get("class") == "parallel"]
    assert [heading.text for section in together for heading in section if heading.tag == "h3"] == ["Housing", ARABIC]
    assert order_of(page) == ["a", "b", "c", "x", "y"]


# In three statements: the account, its roles, the meeting; then what the page itself reads. One for others' names.
@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_page_takes_the_same_statements_and_stays_under_100_kb(
    organiser: Client, exact_queries: ExactQueries, count: int
) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        people = [factories.person(meeting) for _number in range(5)]
        for number in range(count):
            start = dt.time(8 + number // 6, number % 6 * 10)
            end = dt.time(8 + (number + 1) // 6, (number + 1) % 6 * 10)
            session = factories.session(
                meeting,
                key=f"s{number}",
                title=f"Local governments and human rights, part {number}",
                start=start,
                end=end,
            )
            factories.floor(session)
            for person in people[:2]:
                factories.role(session, person)
        account = factories.account("other@example.org", "organiser")
    commands.retime_session(
        meeting_id=meeting.id,
        key="s0",
        start=dt.time(8),
        minutes=5,
        rest=True,
        version=1,
        actor=Actor.account(account.id),
        now=now(),
    )
    with exact_queries(13):
        answer = organiser.get(ADDRESS)
    assert len(answer.data) < 100_000
    assert len(order_of(Page(answer.data))) == count


def test_a_session_is_added_where_its_day_ends(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m", end_date=factories.DAY + dt.timedelta(1))
        factories.session(meeting, end=dt.time(12))
        factories.session(meeting, date=factories.DAY + dt.timedelta(1), end=dt.time(17))
    links = {text_of(each): each.get("href") or "" for each in organiser.page(ADDRESS).elements("a")}
    for text, day, start in (
        ("Add a session on Wednesday 26 November 2025", "2025-11-26", "12:00"),
        ("Add a session on Thursday 27 November 2025", "2025-11-27", "17:00"),
    ):
        fields = organiser.form(links[text]).fields
        assert (fields["date"], fields["start"]) == (day, start)
    fields = organiser.form("/meetings/m/organise/sessions/new?day=nonsense").fields
    assert (fields["date"], fields["start"]) == ("2025-11-27", "17:00")
