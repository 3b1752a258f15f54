"""Every page that can be reached from the front page and from the demonstration's links, as whoever may open it.

Each visitor follows the links on each page, as someone does who reads only the screen. Of pages of one kind (the
address of one view) a visitor looks at two. None has a barrier, none scrolls sideways, none logs an error.
"""

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from playwright.sync_api import Page

from meetings import create_app, links, settings
from meetings.database import db, now, transaction
from meetings.floor import commands as floor
from meetings.models.floor import Floor, FloorRequest, Statement
from meetings.models.meeting import Meeting, Session, Sitting
from meetings.models.people import Person, Registration
from meetings.models.programme import Speaker
from tests import factories
from tests.browser.walking import links_printed, walk
from tests.conftest import make_app
from tests.floor.scene import Scene
from tests.live import LiveServer

PAGES_OF_A_KIND = 2
VISITORS = ("visitor", "organiser", "chair", "rapporteur", "participant")
# Pages that no link on a page leads to, with how one comes there.
ELSEWHERE = {
    "accounts.back_from_entra": "where Microsoft leads back to (tests/browser/test_microsoft.py)",
    "accounts.sign_in_by_entra": "where signing in with Microsoft is set up (tests/browser/test_microsoft.py)",
    "floor.ask_stream": "for static/refresh.js, as all streams are",
    "floor.chair_stream": "for static/refresh.js",
    "floor.clock": "for static/clock.js",
    "floor.display_stream": "for static/refresh.js",
    "floor.interpreters_stream": "for static/refresh.js",
    "publishing.people": "where many would be told, which the demonstration has not: tests/publishing/test_large.py",
    "reading.read_into": "from a draft without sessions, which the demonstration has not: test_reading.py",
    "invitations.personal_ics": "for calendar programs that subscribed before calendars had addresses of their own",
    "report.input_notes_stream": "for static/refresh.js",
    "report.input_text": "for static/notes_lift.js",
    "report.notes_stream": "for static/refresh.js",
    "site.health": "for the program that watches the server",
    "speakers.write_to": "by the form on the list of speakers: test_speakers.py",
}

Reached = dict[str, set[str]]


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, for its map of addresses alone."""
    folder = tmp_path_factory.mktemp("map")
    return make_app(folder, f"sqlite:///{folder}/unused.db")


@pytest.fixture(scope="module")
def reached() -> Reached:
    """The endpoints that each visitor has come to, filled by the walks and judged after them."""
    return {}


@pytest.fixture(scope="module")
def entrances(live_server: LiveServer) -> dict[str, list[str]]:
    """Where each visitor comes in: the front page, the links that are printed, those that come by mail or after a form.

    The demonstration gets what it starts without: mail, an input, join links, and a floor in every state.
    """
    application = create_app(settings.load(live_server.environment))
    with application.app_context():
        with transaction():
            meeting = db.session.scalars(sa.select(Meeting).where(Meeting.slug == "demonstration")).one()
            factories.message(meeting)
            submission = factories.submission(meeting, key="walk", title="An input", consent="named")
            factories.submission_file(submission)
            factories.call_for_inputs(meeting)
            factories.ledger_entry(meeting)
            speaker = db.session.scalars(sa.select(Person).where(Person.meeting_id == meeting.id)).first()
            assert speaker is not None
            check = factories.paragraph_check(speaker)
            db.session.execute(sa.update(Sitting).values(join_url="https://teams.example.org/l/meetup-join/walk"))
            stranger = factories.registration(meeting)
            asked = db.session.scalars(sa.select(Speaker).where(Speaker.meeting_id == meeting.id)).first()
            assert asked is not None
            invited = [factories.calendar_entry(person) for person in (stranger.person, asked.person)]
            uids = [entry.uid for entry in invited]
        token = links_printed(live_server)["participant"].rstrip("/").rpartition("/")[2]
        registration_id, _serial = links.read("personal", token) or []
        use_the_floor(meeting, db.session.get_one(Registration, registration_id))
        with application.test_request_context(base_url=live_server.url):
            answer = url_for("people.mail_sent", slug=meeting.slug, what="registration", _external=True)
            mailed = url_for("people.verify", token=links.make("verify", stranger.id, 1), _external=True)
            own_paragraph = url_for("report.paragraph_check", token=links.make("check", check.id, 1), _external=True)
            own_input = url_for("report.own_submission", token=links.make("input", submission.id, 1), _external=True)
            as_speaker = links.make("speaker", asked.id, 1)
            own_part = url_for("speakers.own", token=as_speaker, _external=True)
            mailed_too = [
                url_for("invitations.speaker_calendar", token=as_speaker, _external=True),
                url_for("invitations.speaker_answer", token=as_speaker, uid=uids[1], _external=True),
                url_for(
                    "invitations.answer",
                    token=links.make("personal", stranger.id, 1),
                    uid=uids[0],
                    answer="accepted",
                    _external=True,
                ),
            ]
        db.session.remove()
        db.engine.dispose()
    found = {visitor: [link, live_server.url + "/"] for visitor, link in links_printed(live_server).items()}
    return found | {"visitor": [live_server.url + "/", answer, mailed, own_input, own_paragraph, own_part, *mailed_too]}


def use_the_floor(meeting: Meeting, who: Registration) -> None:
    """One has spoken, one speaks, and the participant of the walk waits; both have sent a statement as a file."""
    of_today = sa.select(Session).join(Floor).where(Session.meeting_id == meeting.id, Session.key == "session-1")
    session = db.session.scalars(of_today).one()
    scene = Scene(meeting, session, now=now() - dt.timedelta(minutes=2))
    spoken, speaking, waiting = scene.ask(), scene.ask(), scene.ask(who)
    file = {"content": b"Good morning.", "file_type": "txt", "file_name": "statement.txt", "size": 13}
    with transaction():
        db.session.execute(sa.delete(Statement).where(Statement.request_id == waiting))
        for each in (speaking, waiting):
            factories.statement(db.session.get_one(FloorRequest, each), **file)
    scene.act(floor.give_floor, spoken)
    scene.after(minutes=1).act(floor.end, spoken)
    scene.act(floor.give_floor, speaking)


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_page_has_a_barrier(
    visitor: str,
    entrances: dict[str, list[str]],
    page: Page,
    application: Flask,
    reached: Reached,
    axe: Callable[[Page], None],
    reflows: Callable[[Page], None],
) -> None:
    def look(page: Page) -> None:
        axe(page)
        reflows(page)

    seen = walk(page, application.url_map.bind("127.0.0.1"), entrances[visitor], look, of_a_kind=PAGES_OF_A_KIND)
    reached[visitor] = seen
    assert len(seen) > 1


def test_every_page_is_reached_by_somebody(application: Flask, reached: Reached) -> None:
    assert set(reached) == set(VISITORS), "this judges the walks above: run the whole file"
    pages = {rule.endpoint for rule in application.url_map.iter_rules() if "GET" in (rule.methods or ())}
    found = set().union(*reached.values())
    missing = sorted(pages - found - {"static"})
    assert missing == sorted(ELSEWHERE)
