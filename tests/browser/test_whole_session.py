"""A whole session: twelve participants, a chair and a room display follow a floor of 45 minutes, up to its cap.

The server's clock runs thirty times as fast, and so do those of the browsers: 45 minutes take a minute and a half.
Nobody looks at anything but their own screen, and nobody reloads it.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from meetings import create_app, links, settings
from meetings.database import db, transaction
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.settings import ROOT
from tests import factories
from tests.browser.test_floor import milliseconds
from tests.live import LiveServer, free_port, stop, tied, wait_until_ready
from tests.signing_in import sign_in

SPEED = 30
FAST = f"""
const real = Date.now.bind(Date), began = real(), started = %s;
Date.now = () => started + (real() - started) * {SPEED};
// static/clock.js looks twice a second whether the device's clock was set: this one would be, all the time.
const often = setInterval;
window.setInterval = (what, ms) => (ms === 500 ? 0 : often(what, ms));
"""
PARTICIPANTS = 12
LIMIT_MS = 7 * 60_000

# The floor as it was: who does what, in order. `clock` waits for what the speaker's countdown says.
SCRIPT = (
    ("chair", "give", 1), ("clock", "ending", 1), ("chair", "end", 1),
    ("chair", "give", 2), ("chair", "pause", 2), ("all", "agree", 2), ("chair", "resume", 2),
    ("clock", "ending", 2), ("chair", "end", 2),
    ("chair", "give", 3), ("chair", "set-aside", 3), ("chair", "give", 3), ("clock", "ending", 3), ("chair", "end", 3),
    ("own", "withdraw", 5),
    ("chair", "give", 4), ("clock", "ending", 4), ("chair", "end", 4),
    ("chair", "give", 6), ("chair", "absent", 6),
    ("chair", "give", 7), ("clock", "ending", 7), ("chair", "end", 7),
    ("chair", "give", 8), ("clock", "ending", 8), ("chair", "end", 8),
    ("chair", "give", 9), ("clock", "over", 9), ("chair", "end", 9),
)  # fmt: skip
SPOKE, ABSENT, WITHDREW, NOT_REACHED = (1, 2, 3, 4, 7, 8, 9), (6,), (5,), (10, 11, 12)


@dataclass(frozen=True)
class House:
    """The server, where everybody's page is, and the cookie by which the chair is signed in."""

    server: LiveServer
    chair: str
    display: str
    participants: tuple[str, ...]
    cookie: str
    started: float


@contextmanager
def fast_server(folder: Path, url: str, workers: int) -> Iterator[tuple[LiveServer, float]]:
    """The production server on the fast clock; gives the instant, too, from which on that runs faster."""
    started, port = time.time(), free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONWARNINGS": "error,ignore::ResourceWarning",
        "INSTANCE_FOLDER": str(folder),
        "DATABASE_URL": url,
        "SECRET_KEY": "for-tests",
        "PORT": str(port),
        "WEB_WORKERS": str(workers),
        "CLOCK_STARTED": str(started),
        "CLOCK_SPEED": str(SPEED),
    }
    server = LiveServer(f"http://127.0.0.1:{port}", folder, environment)
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "--workers", str(workers)]
    command += ["--bind", f"127.0.0.1:{port}", "tests.browser.fast_clock:app"]
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as log:
        process = subprocess.Popen(tied(command, "TERM"), cwd=ROOT, env=environment, stdout=out, stderr=log)
        try:
            wait_until_ready(server, process)
            yield server, started
        finally:
            stop(process)


@pytest.fixture
def house(database_url: str, tmp_path: Path, backend: str) -> Iterator[House]:
    """A meeting of today with a floor of 45 minutes, five minutes a speaker, and twelve registered for it."""
    workers = 1 if backend == "sqlite" else 2
    with fast_server(tmp_path, database_url, workers) as (server, started):
        app = create_app(settings.load(server.environment))
        with app.app_context():
            with transaction():
                meeting = factories.meeting(slug="whole", start_date=None, end_date=None)
                session = factories.session(
                    meeting, key="s1", date=None, start=None, end=None, title="Human rights cities"
                )
                factories.floor(session, limit_ms=LIMIT_MS)
                people = [
                    factories.registration(meeting, factories.person(meeting, family=f"Speaker {number:02}"))
                    for number in range(1, PARTICIPANTS + 1)
                ]
                chair = factories.account("chair@example.org", "chair", of=meeting)
            client = app.test_client()
            sign_in(client, chair)
            cookie = client.get_cookie("rostrum")
            assert cookie is not None
            tokens = [links.make("personal", each.id, each.link_serial) for each in people]
            display = links.make("display", session.id, 1)
            yield House(
                server,
                chair=f"{server.url}/meetings/whole/floor/s1/",
                display=f"{server.url}/display/{display}",
                participants=tuple(f"{server.url}/me/{token}/sessions/s1/floor" for token in tokens),
                cookie=cookie.value,
                started=started,
            )
            db.session.remove()
            db.engine.dispose()


class Play:
    """Everybody's screens."""

    def __init__(self, house: House, new_page: Callable[[], Page]) -> None:
        self.chair, self.display = new_page(), new_page()
        self.own = {number: new_page() for number in range(1, PARTICIPANTS + 1)}
        script = FAST % round(house.started * 1000)
        self.chair.context.add_cookies([{"name": "rostrum", "value": house.cookie, "url": house.server.url}])
        for page in (self.chair, self.display, *self.own.values()):
            page.add_init_script(script)
        for page in self.own.values():
            page.set_viewport_size({"width": 375, "height": 700})
        self.chair.goto(house.chair)
        self.display.goto(house.display)
        for number, address in enumerate(house.participants, 1):
            self.own[number].goto(address)

    def everybody_asks(self) -> None:
        """One after the other; each sees their place."""
        for number, page in self.own.items():
            page.get_by_role("button", name="Ask for the floor").click()
            expect(page.locator("main")).to_contain_text(f"number {number} of {number}")
        for number, page in self.own.items():
            expect(page.locator("main")).to_contain_text(f"number {number} of {PARTICIPANTS}")
        expect(self.display.locator("main")).to_contain_text(re.compile(f"{PARTICIPANTS}\\s+waiting"))

    def do(self, who: str, what: str, number: int) -> None:
        """One line of the script."""
        name = f"Speaker {number:02}"
        if who == "chair":
            self.press(what, name, number)
        elif who == "own":
            self.own[number].get_by_text("Give up your place").click()
            self.own[number].get_by_role("button", name="Withdraw my request").click()
            expect(self.own[number].locator("main")).to_contain_text("You withdrew your request.")
        elif who == "clock":
            reached = self.chair.locator(f'.now [data-clock][data-stage="{what}"]').first
            expect(reached).to_be_visible(timeout=60_000)
        else:
            self.agree(number)

    def press(self, what: str, name: str, number: int) -> None:
        """The chair presses, and the room and the participant see it."""
        if what == "give":
            self.chair.get_by_role("button", name=re.compile(f"^Give the floor to .*{name}")).first.click()
            expect(self.own[number].locator("main")).to_contain_text("You have the floor")
            expect(self.display.locator(".room-now")).to_contain_text(name)
            return
        self.chair.locator(f'.now button[formaction$="/{what}"]').click()
        shown = {"pause": "paused", "set-aside": "Your connection was lost", "end": "You have spoken"}
        words = shown | {"absent": "You were called and marked as absent", "resume": "You have the floor."}
        expect(self.own[number].locator("main")).to_contain_text(words[what])

    def agree(self, number: int) -> None:
        """The clock is paused: chair, display and speaker show the same time."""
        clocks = (
            self.chair.locator(".now [data-clock]").first,
            self.display.locator(".room-now [data-clock]"),
            self.own[number].locator("[data-own] [data-clock]"),
        )
        for clock in clocks:
            expect(clock).to_have_attribute("data-stage", "paused")
        times = {milliseconds(clock.locator("[data-time]").inner_text()) for clock in clocks}
        assert len(times) == 1, times

    def see_the_end(self) -> None:
        """Everybody knows how it ended."""
        expect(self.chair.locator("main")).to_contain_text("The floor is closed")
        expect(self.display.locator("main")).to_contain_text("The floor is closed")
        for number in NOT_REACHED:
            expect(self.own[number].locator("main")).to_contain_text("The time ran out before you were reached.")


@pytest.mark.postgresql_only("two web processes are the harder set-up, and it takes a minute and a half")
def test_twelve_speakers_a_chair_and_a_room_come_to_the_cap(house: House, new_page: Callable[[], Page]) -> None:
    play = Play(house, new_page)
    play.everybody_asks()
    for line in SCRIPT:
        play.do(*line)
    play.see_the_end()
    requests = db.session.scalars(sa.select(FloorRequest).order_by(FloorRequest.id)).all()
    expected = {"spoken": SPOKE, "absent": ABSENT, "withdrawn": WITHDREW, "not_reached": NOT_REACHED}
    for status, numbers in expected.items():
        assert [n for n, request in enumerate(requests, 1) if request.status == status] == list(numbers)
    turns = db.session.scalars(sa.select(Turn).order_by(Turn.id)).all()
    spent = 0
    for turn in turns:
        assert turn.spent_before_ms == spent
        assert turn.granted_ms == min(LIMIT_MS, turn.cap_ms - spent)
        assert turn.used_ms is not None
        spent += turn.used_ms
    floor = db.session.scalars(sa.select(Floor)).one()
    assert floor.closed_at is not None
    assert spent > floor.cap_ms - floor.minimum_ms
