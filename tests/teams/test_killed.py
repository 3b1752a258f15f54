"""A worker that is killed (kill -9) after Microsoft has done what it asked for, and before it could write that down."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database, outbox
from meetings.database import db, transaction
from meetings.journal import Actor
from meetings.models.meeting import Sitting
from meetings.models.message import Job
from meetings.teams import commands, queries
from meetings.worker import make_worker
from tests.fake_microsoft import FakeMicrosoft
from tests.teams.conftest import work

ME = Actor("account:1")
LINK = "https://zoom.example.org/j/1"


def test_an_online_meeting_that_a_killed_worker_had_made_is_the_sitting_s(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, database_url: str, tmp_path: Path
) -> None:
    commands.create_link(slug="here", key="morning", actor=ME, now=database.now())
    killed_after(microsoft, database_url, tmp_path, "POST")
    assert sitting.teams_state == "asked"
    work_after_the_lease(app)
    (made,) = microsoft.meetings.values()
    assert (sitting.join_url, sitting.teams_id, sitting.teams_state) == (made["joinWebUrl"], made["id"], "made")


@pytest.mark.sqlite_only("what Microsoft does twice does not depend on the database")
def test_a_change_that_a_killed_worker_had_told_is_told_again(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, database_url: str, tmp_path: Path
) -> None:
    commands.create_link(slug="here", key="morning", actor=ME, now=database.now())
    work(app)
    before, after = queries.Settings("organization", "organization"), queries.Settings("everyone", "everyone")
    commands.choose_settings(slug="here", to=after, shown=before, actor=ME, now=database.now())
    killed_after(microsoft, database_url, tmp_path, "PATCH")
    work_after_the_lease(app)
    (made,) = microsoft.meetings.values()
    assert (sitting.teams_id, made["lobbyBypassSettings"]["scope"]) == (made["id"], "everyone")
    known = queries.online_sitting(sitting.id)
    assert known is not None
    assert not known.to_be_told


@pytest.mark.sqlite_only("what Microsoft does twice does not depend on the database")
def test_a_deletion_that_a_killed_worker_had_asked_for_comes_to_its_end(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, database_url: str, tmp_path: Path
) -> None:
    commands.create_link(slug="here", key="morning", actor=ME, now=database.now())
    work(app)
    commands.paste_link(slug="here", key="morning", url=LINK, actor=ME, now=database.now())
    killed_after(microsoft, database_url, tmp_path, "DELETE")
    work_after_the_lease(app)
    assert (microsoft.meetings, microsoft.times("DELETE"), sitting.join_url) == ({}, 2, LINK)


@pytest.mark.sqlite_only("what Microsoft does twice does not depend on the database")
def test_what_a_killed_worker_had_made_and_nobody_wants_any_more_is_deleted(
    app: Flask, microsoft: FakeMicrosoft, sitting: Sitting, database_url: str, tmp_path: Path
) -> None:
    commands.create_link(slug="here", key="morning", actor=ME, now=database.now())
    killed_after(microsoft, database_url, tmp_path, "POST")
    assert len(microsoft.meetings) == 1
    with transaction() as session:
        session.delete(session.get_one(Sitting, sitting.id))
    work_after_the_lease(app)
    assert microsoft.meetings == {}


def work_after_the_lease(app: Flask) -> None:
    """Let another worker take over what the killed one had in hand, and do all the rest."""
    assert db.session.scalars(sa.select(Job.attempts).where(Job.lease.is_not(None))).all() == [1]
    db.session.rollback()
    worker = make_worker(app, "second")
    while worker.run_once(at=database.now() + outbox.LEASE + dt.timedelta(seconds=1)):
        pass
    db.session.rollback()
    assert set(db.session.scalars(sa.select(Job.state))) == {"done"}


def killed_after(microsoft: FakeMicrosoft, database_url: str, folder: Path, method: str) -> None:
    """Let a worker in a process of its own get Microsoft's answer to a request by this method, and kill it."""
    db.session.rollback()
    command = [sys.executable, "-m", "tests.teams.worker_to_be_killed", str(folder), database_url]
    command += [microsoft.base, str(microsoft.ca_file), method]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("answered 20")
        process.kill()
