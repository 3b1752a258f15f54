"""Fixtures for the tests of Teams: a stand-in for Microsoft, and a sitting to make a link for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from meetings import database
from meetings import microsoft as application
from meetings.database import db, transaction
from meetings.models.account import Account
from meetings.models.meeting import Sitting
from meetings.worker import make_worker
from tests import factories
from tests.fake_microsoft import FakeMicrosoft, fake_microsoft


@pytest.fixture(scope="session")
def microsoft_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeMicrosoft]:
    """The stand-in for Microsoft, for all tests."""
    with fake_microsoft(tmp_path_factory.mktemp("microsoft")) as fake:
        yield fake


@pytest.fixture
def microsoft(app: Flask, microsoft_server: FakeMicrosoft) -> Iterator[FakeMicrosoft]:
    """The stand-in, fresh, and the application with the right credentials for it."""
    microsoft_server.reset()
    configure(app, **microsoft_server.settings)
    yield microsoft_server
    application.forget()


def configure(app: Flask, **settings: Any) -> None:
    """Change settings of the running application."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], **settings)


def work(app: Flask) -> int:
    """Let the worker do everything that is due; gives how much that was."""
    done = 0
    while make_worker(app, "test").run_once(at=database.now() + dt.timedelta(seconds=1)):
        done += 1
    db.session.rollback()
    return done


@pytest.fixture
def sitting(app: Flask) -> Sitting:
    """A sitting of 26 November 2025, 9 to 11 in Geneva, without a join link."""
    with transaction():
        meeting = factories.meeting(slug="here", title="Les collectivités et les droits de l’homme")
        return factories.sitting(meeting, key="morning")


@pytest.fixture
def organiser(sitting: Sitting) -> Account:
    """The organiser of the sitting's meeting."""
    with transaction():
        return factories.account("organiser@example.org", "organiser")
