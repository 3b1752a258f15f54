"""A running server with a floor on it, for the tests that look at the floor in a real browser."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from meetings import links
from meetings.database import db, now, transaction
from meetings.models.account import Account
from meetings.models.people import Registration
from tests import factories
from tests.floor.scene import Scene, make_scene
from tests.signing_in import sign_in


@dataclass
class House:
    """A running server with a floor on it, and where its pages are."""

    url: str
    scene: Scene
    me: Registration
    account: Account
    app: Flask

    def link(self, purpose: str, *claim: int) -> str:
        with self.app.test_request_context():
            return links.make(purpose, *claim)

    @property
    def chair(self) -> str:
        return f"{self.url}/meetings/{self.scene.meeting.slug}/floor/{self.scene.session.key}/"

    @property
    def display(self) -> str:
        return f"{self.url}/display/{self.link('display', self.scene.session.id, 1)}"

    @property
    def ask(self) -> str:
        return f"{self.url}/me/{self.link('personal', self.me.id, 1)}/sessions/{self.scene.session.key}/floor"

    def let_in(self, page: Page) -> None:
        """The browser is signed in as the chair."""
        client = self.app.test_client()
        sign_in(client, self.account)
        cookie = client.get_cookie("rostrum")
        assert cookie is not None
        page.context.add_cookies([{"name": "rostrum", "value": cookie.value, "url": self.url}])

    def act(self, command: Callable[..., None], request_id: int | None = None, **values: Any) -> None:
        """Somebody else acts, now."""
        self.scene.now = now()
        self.scene.act(command, request_id, **values)
        db.session.rollback()


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """A server with a floor of 45 minutes, open now, in a meeting that lasts until tomorrow."""
    scene = make_scene()
    scene.now = now()
    with transaction():
        scene.meeting.start_date = scene.meeting.end_date = scene.now.date() + dt.timedelta(days=1)
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    me = scene.participant()
    db.session.rollback()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield House(f"http://127.0.0.1:{server.server_port}", scene, me, account, app)
    for hub in ("live", "live-notes"):
        app.extensions[hub].close()
    server.shutdown()
    thread.join()
    server.server_close()
