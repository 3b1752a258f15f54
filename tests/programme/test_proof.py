"""The proof-reader on its pages, and what a press mends."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor
from meetings.models.meeting import Meeting, Session
from meetings.models.message import Event
from meetings.models.programme import Speaker
from meetings.programme import queries
from meetings.programme.commands import mending
from meetings.programme.queries.edits import concept_note
from meetings.programme.queries.oddities import oddities
from meetings.programme.rules.proof.check import CHECKS
from meetings.programme.rules.proof.finding import Finding
from meetings.refusals import Refused, Stale
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.page_lint import Page
from tests.signing_in import sign_in
from tests.threads import at_once

DAY = factories.DAY  # Wednesday 26 November 2025
PAGE = "/meetings/m/organise/proof-reading"


@pytest.fixture(autouse=True)
def beforehand(clock: Clock) -> None:
    """Long before the meeting: once it is over, nothing is said of what can no longer be arranged."""
    clock.set(dt.datetime(2025, 9, 1, tzinfo=dt.UTC))


@pytest.fixture
def organiser(app: Flask, client: Client) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    return client


def read() -> list[Finding]:
    """What is found in the meeting "m"."""
    head = queries.meeting_head("m")
    assert head is not None
    programme = queries.programme(head.id, private=True)
    return oddities(head, programme, concept_note(head.id), now=now())


def of(check: str) -> Finding:
    """The one finding of this check."""
    (found,) = [each for each in read() if each.check.id == check]
    return found


def everything_odd() -> Meeting:
    """A meeting in which each check finds something, but those of which two cannot be in one meeting."""
    texts = {
        "background": "Friday 26 November 2025, until 31 November 2025, 17:00 CEST. See "
        "[the campaign](https://uclg-cisdg.org/en), http://www.un.org/en, https://human-rights-cities.org, "
        "https://humam-rights-cities.org and http://localhost:8000/.",
        "objectives": ["Begin at 10 a.m. sharp", "Mercredi 26 novembre 2025"],
        "guiding_questions": [{"theme": "Lunes 26 de noviembre de 2025", "questions": ["What next?"]}],
        "documents": [
            {"title": "A report", "symbol": "A/HRC/51/10", "url": "https://undocs.org/A/HRC/51/10"},
            {"title": "A report", "symbol": "a/hrc/51/10", "url": None},
            {"title": "Another", "symbol": "A/HRC/42/22", "url": "https://docs.un.org/en/A/HRC/38/22"},
        ],
    }
    meeting = factories.meeting(slug="m", title="Cities", mode="hybrid", **texts)
    day = {"date": DAY}
    long = factories.sitting(meeting, key="long", start=dt.time(9), end=dt.time(13), interpretation=["en", "fr"])
    later = factories.sitting(meeting, key="later", start=dt.time(15), end=dt.time(17))
    kim, lee = (factories.person(meeting, honorific=None, family=name, gender="woman") for name in ("Kim", "Lee"))
    short = factories.session(meeting, key="short", title="Short", start=dt.time(9), end=dt.time(9, 30), **day)
    factories.floor(short)
    for person in (kim, lee):
        factories.role(short, person, "panellist")
    factories.session(meeting, key="over", title="Overlapping", start=dt.time(9, 15), end=dt.time(9, 45))
    whole = factories.session(meeting, key="whole", title="Whole", start=dt.time(10), end=dt.time(13, 30))
    factories.session(meeting, key="part", title="Part", part_of_id=whole.id, start=dt.time(9), end=dt.time(10))
    factories.session(meeting, title="Long", part_of_id=whole.id, start=None, end=None, presentations_minutes=200)
    beside = factories.session(meeting, title="Beside", track="B", start=dt.time(10), end=dt.time(11))
    for session in (whole, beside):
        factories.role(session, kim, "moderator")
    db.session.add(Speaker(meeting_id=meeting.id, person_id=lee.id, status="declined"))
    db.session.add(Speaker(meeting_id=meeting.id, person_id=kim.id, status="invited", answer_by=dt.date(2020, 1, 1)))
    wrong = {"start": dt.time(15), "end": dt.time(16), "sitting_id": long.id}
    factories.session(meeting, key="wrong", title="Same", **wrong)
    factories.session(meeting, title="same", start=dt.time(16), end=dt.time(17), sitting_id=later.id)
    factories.session(meeting, title="Nowhere", start=dt.time(20), end=dt.time(21))
    return meeting


def test_every_check_finds_something_and_its_page_says_it_in_words(organiser: Client) -> None:
    with transaction():
        meeting = everything_odd()
    found = {each.check.id for each in read()}
    # The clocks change on no day of this meeting; the test below moves it to one.
    assert {check.id for check in CHECKS} - found == {"clock-change", "clock-change-within"}
    text = organiser.page(PAGE).text
    for said in (
        "“Overlapping” and “Short” overlap by 15 minutes.",
        "Kim has a role in “Beside” and “Whole” at the same time.",
        "Nothing is planned for 15 minutes between “Overlapping” and",
        "“Whole” is not within the hours of its sitting, 09:00 to 13:00.",
        "“Nowhere” is in no sitting",
        "The floor of “Short” takes 45 minutes; presentations and replies leave 30 minutes.",
        "The parts of “Whole” take 260 minutes together; it has 210 minutes.",
        "“Part” is not within the time of “Whole”, which it is part of.",
        "Interpretation is planned for 240 minutes, from 09:00 to 13:00.",
        "It says “Friday 26 November 2025”, but that day is Wednesday 26 November 2025.",
        "It says “Lunes 26 de noviembre de 2025”, but that day is Wednesday 26 November 2025.",
        "It says “31 November 2025”: there is no such day.",
        "It says “10 a.m.” without naming a zone.",
        "It says “17:00 CEST”; on the days of the meeting the zone is called CET.",
        "Demonstration Kim was asked to speak in “Short” and has not answered in time.",
        "Demonstration Lee declined, and still has a role in “Short”.",
        "Nobody is named to chair or moderate “Short”.",
        "All panellists of “Short” declared the same gender.",
        "The link “http://localhost:8000/” leads to a machine that only its own network knows.",
        "The host uclg-cisdg.org looks like uclg-cisdp.org, mistyped.",
        "The hosts humam-rights-cities.org and human-rights-cities.org differ by one letter.",
        "The link “http://www.un.org/en” is not encrypted.",
        "Documents of the United Nations are linked through 2 hosts: docs.un.org, undocs.org.",
        "The link beside A/HRC/42/22 leads to A/HRC/38/22.",
        "a/hrc/51/10 is listed twice.",
        "Nothing says how persons with disabilities can take part, and whom to ask.",
        "Another session is called “same” too.",
    ):
        assert said in text, said
    assert meeting.published_at is not None


def test_a_day_on_which_clocks_change_is_told_before_and_while_something_lasts(organiser: Client) -> None:
    day = dt.date(2026, 10, 25)
    with transaction():
        meeting = factories.meeting(slug="m", start_date=day, end_date=day)
        sitting = factories.sitting(meeting, key="early")
    text = organiser.page(PAGE).text
    assert "On Sunday 25 October 2026 clocks go back by 60 minutes in Europe/Zurich." in text
    with transaction():
        row = db.session.merge(sitting)
        row.start, row.end = dt.time(1), dt.time(4)
    text = organiser.page(PAGE).text
    assert "Clocks change between 01:00 and 04:00 on Sunday 25 October 2026: it lasts 240 minutes, not 180" in text


def test_each_finding_leads_to_its_form_and_to_a_field_that_is_there(organiser: Client) -> None:
    with transaction():
        everything_odd()
    links = {link.get("href") or "" for link in organiser.page(PAGE).elements("a")}
    leading = sorted(each for each in links if "#" in each and "/organise/" in each)
    assert len(leading) > 15
    for address in leading:
        path, _, field = address.partition("#")
        page = organiser.page(path)
        assert [each for each in page.elements() if each.get("id") == field], address


def test_a_short_list_stands_on_overview_programme_and_publish_with_the_numbers(organiser: Client) -> None:
    with transaction():
        everything_odd().published_at = None
    count = len(read())
    for path in ("", "programme", "publish"):
        page = organiser.page(f"/meetings/m/organise/{path}")
        assert f"{count} things to look at again" in page.text
        assert re.search(r"Fix first \(\d\d\)", page.text)
        assert re.search(r"And \d+ more", page.text)
        assert PAGE in {link.get("href") for link in page.elements("a")}


def test_where_nothing_is_found_the_page_says_how_much_was_checked(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m", modalities="Captions in English are provided.")
        factories.sitting(meeting, join_url="https://teams.microsoft.com/l/1")
        factories.role(factories.session(meeting), factories.person(meeting), "chair")
    assert read() == []
    assert f"{len(CHECKS)} checks were made, and there is nothing to look at." in organiser.page(PAGE).text
    for path in ("", "programme"):
        assert "The proof-reader found nothing to look at." in organiser.page(f"/meetings/m/organise/{path}").text


def field(key: str, name: str) -> object:
    """A column of a session, or of the meeting where the key is empty."""
    row = db.session.scalars(
        sa.select(Session).where(Session.key == key).execution_options(populate_existing=True)
        if key
        else sa.select(Meeting).where(Meeting.slug == "m").execution_options(populate_existing=True)
    ).one()
    return getattr(row, name)


def cap(key: str) -> int:
    return int(db.session.scalars(sa.select(Floor.cap_ms).join(Floor.session).where(Session.key == key)).one())


@pytest.mark.parametrize(
    ("button", "read_again", "expected", "event"),
    [
        (
            "Make it “Wednesday 26 November 2025”",
            lambda: str(field("", "background"))[:28],
            "Wednesday 26 November 2025, ",
            "meeting.concept_note_edited",
        ),
        (
            "Make it “Miércoles 26 de noviembre de 2025”",
            lambda: field("", "guiding_questions"),
            [{"theme": "Miércoles 26 de noviembre de 2025", "questions": ["What next?"]}],
            "meeting.concept_note_edited",
        ),
        (
            "Make it “17:00 CET”",
            lambda: "17:00 CET." in str(field("", "background")),
            True,
            "meeting.concept_note_edited",
        ),
        (
            "Make it https://uclg-cisdp.org/en",
            lambda: "(https://uclg-cisdp.org/en)" in str(field("", "background")),
            True,
            "meeting.concept_note_edited",
        ),
        (
            "Make it https://www.un.org/en",
            lambda: " https://www.un.org/en," in str(field("", "background")),
            True,
            "meeting.concept_note_edited",
        ),
        ("Shorten the floor to 30 minutes", lambda: cap("short"), 30 * 60_000, "session.edited"),
        (
            "Put it into the sitting of 15:00 to 17:00",
            lambda: field("wrong", "sitting").key,  # type: ignore[attr-defined]
            "later",
            "session.edited",
        ),
        (
            "Link them all through docs.un.org",
            lambda: [each["url"] for each in field("", "documents")],  # type: ignore[attr-defined]
            ["https://docs.un.org/A/HRC/51/10", None, "https://docs.un.org/en/A/HRC/38/22"],
            "meeting.concept_note_edited",
        ),
        (
            "Take the second one away",
            lambda: [each["symbol"] for each in field("", "documents")],  # type: ignore[attr-defined]
            ["A/HRC/51/10", "A/HRC/42/22"],
            "meeting.concept_note_edited",
        ),
    ],
)
def test_a_button_mends_just_what_it_says_and_logs_it_as_if_it_had_been_typed(
    organiser: Client, button: str, read_again: Callable[[], object], expected: object, event: str
) -> None:
    with transaction():
        everything_odd()
    before = {each.name: each.check.id for each in read()}
    answer = organiser.submit(PAGE, button=button)
    assert "It has been mended." in Page(answer.data).text
    db.session.rollback()
    assert read_again() == expected
    after = {each.name for each in read()}
    assert len(set(before) - after) >= 1
    assert after <= set(before)
    kinds = [each.kind for each in db.session.scalars(sa.select(Event).order_by(Event.id))]
    assert kinds[-1] == event
    assert kinds.count(event) == 1


def test_all_buttons_pressed_one_after_the_other_leave_nothing_that_is_certain(app: Flask) -> None:
    with transaction():
        everything_odd()
    left, presses = [each for each in read() if each.fix], 0
    while left:
        assert mend(left[0])
        presses += 1
        left = [each for each in read() if each.fix]
    assert presses == 9


def mend(finding: Finding) -> bool:
    meeting_id = db.session.scalars(sa.select(Meeting.id).where(Meeting.slug == "m")).one()
    return mending.mend(meeting_id=meeting_id, name=finding.name, mark=finding.mark, actor=COMMAND_LINE, now=now())


def events() -> int:
    return int(db.session.scalar(sa.select(sa.func.count(Event.id))) or 0)


def test_pressing_twice_mends_once(app: Flask) -> None:
    with transaction():
        everything_odd()
    finding = of("floor-too-long")
    assert mend(finding)
    count = events()
    assert not mend(finding)
    assert (cap("short"), events()) == (30 * 60_000, count)


def test_a_button_that_would_do_something_else_by_now_is_refused(app: Flask) -> None:
    with transaction():
        everything_odd()
    finding = of("floor-too-long")
    with transaction() as session:
        session.scalars(sa.select(Session).where(Session.key == "short")).one().presentations_minutes = 10
    count = events()
    with pytest.raises(Stale, match="changed in the meantime"):
        mend(finding)
    assert (cap("short"), events()) == (45 * 60_000, count)
    assert mend(of("floor-too-long"))
    assert cap("short") == 20 * 60_000


def test_of_two_who_press_at_the_same_moment_one_mends(app: Flask) -> None:
    with transaction():
        everything_odd()
    finding = of("symbol-twice")
    answers = at_once(app, [lambda: mend(finding)] * 3)
    assert sorted(answers, key=str) == [False, False, True]
    assert [each["symbol"] for each in field("", "documents")] == ["A/HRC/51/10", "A/HRC/42/22"]  # type: ignore[attr-defined]


def test_what_the_fix_itself_is_refused_for_is_said(organiser: Client) -> None:
    with transaction():
        everything_odd()
        floor = db.session.scalars(sa.select(Floor)).one()
        floor.limits_ms = {"states": 40 * 60_000}
    answer = organiser.submit(PAGE, button="Shorten the floor to 30 minutes")
    assert "A speaking limit cannot be longer than the whole floor" in answer.text
    assert cap("short") == 45 * 60_000


def test_a_finding_that_never_was_or_has_no_fix_changes_nothing(organiser: Client) -> None:
    with transaction():
        everything_odd()
    count = events()
    assert not mending.mend(meeting_id=int(str(field("", "id"))), name="none", mark="", actor=COMMAND_LINE, now=now())
    with pytest.raises(Refused):
        mend(of("interpretation-slot"))
    assert events() == count


def test_a_text_is_mended_at_each_place_where_it_stands_and_nowhere_else(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m", title="Friday 26 November 2025", subtitle="Friday 26 November 2025")
        factories.session(
            meeting, key="a", title="Friday 26 November", description="On Friday 26 November, and Friday 26 November."
        )
    places = [(each.place.on, each.place.field) for each in read() if each.check.id == "weekday"]
    assert places == [("meeting", "title"), ("meeting", "subtitle"), ("session", "title"), ("session", "description")]
    for finding in [each for each in read() if each.check.id == "weekday"][1:]:
        assert mend(finding)
    assert (field("", "title"), field("", "subtitle")) == ("Friday 26 November 2025", "Wednesday 26 November 2025")
    assert field("a", "description") == "On Wednesday 26 November, and Wednesday 26 November."


def test_the_accessibility_line_is_put_into_the_form_and_saved_by_the_organiser_alone(organiser: Client) -> None:
    with transaction():
        factories.meeting(slug="m", modalities="Panels.", contact="secretariat@example.org")
    page = organiser.page(PAGE)
    (address,) = {link.get("href") or "" for link in page.elements("a") if "suggest=" in (link.get("href") or "")}
    form = organiser.form(address.partition("#")[0])
    assert str(form.fields["modalities"]).startswith("Panels.\r\n\r\nAccessibility: ")
    assert "secretariat@example.org" in str(form.fields["modalities"])
    assert "Nothing is saved yet" in organiser.page(address.partition("#")[0]).text
    assert field("", "modalities") == "Panels."
    organiser.send(form, form.fields)
    db.session.rollback()
    assert "step-free access" in str(field("", "modalities"))
    assert "accessibility" not in {each.check.id for each in read()}


def test_a_gender_is_told_of_nobody_and_only_where_every_panellist_declared_one(organiser: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        panel = factories.session(meeting, title="Panel")
        one, two = (factories.person(meeting, family=name, gender="man") for name in ("Kim", "Lee"))
        for person in (one, two):
            factories.role(panel, person, "panellist")
        factories.role(panel, factories.person(meeting, gender="woman"), "moderator")
    (finding,) = [each for each in read() if each.check.id == "one-gender"]
    assert finding.values.keys() == {"this"}
    text = organiser.page(PAGE).text
    assert "All panellists of “Panel” declared the same gender." in text
    assert not re.search(r"\b(men|man|male|women|woman|female)\b", text)
    assert "man" not in repr(queries.programme(meeting.id, private=True))
    with transaction() as session:
        session.merge(two).gender = None
    assert "one-gender" not in {each.check.id for each in read()}


def test_only_who_declined_is_told_and_a_link_that_is_on_its_way_is_not_missing(app: Flask) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        factories.sitting(meeting, teams_state="asked")
        panel = factories.session(meeting)
        for status in ("invited", "confirmed", "declined", "withdrawn"):
            person = factories.person(meeting, family=status)
            factories.role(panel, person, "chair")
            db.session.add(Speaker(meeting_id=meeting.id, person_id=person.id, status=status))
    assert [str(each.values["person"]).split()[-1] for each in read() if each.check.id == "declined"] == ["declined"]
    assert "no-join-link" not in {each.check.id for each in read()}


DOCUMENTATION = Path(__file__).parents[2] / "docs" / "programme-checks.md"
WORDS = {"first": "fix first", "look": "look at"}


def test_the_documentation_tells_the_checks_as_they_are() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \|(.*?) ?\| (.+?) \|$", DOCUMENTATION.read_text("utf-8"), re.MULTILINE)
    told = [(each.what, WORDS[each.severity], "yes" if each.fixes else "", each.source) for each in CHECKS]
    assert [tuple(cell.strip() for cell in row) for row in rows[1:]] == told
