"""Many who ask at the same moment: nobody else goes without a connection meanwhile."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.floor import commands
from meetings.floor.commands.acting import lock_floor
from meetings.journal import Actor
from tests import factories
from tests.floor.scene import Scene


@pytest.mark.postgresql_only("on SQLite all who write wait for one lock of the process")
def test_who_waits_to_ask_keeps_no_connection(app: Flask, scene: Scene) -> None:
    """A thousand ask, and thirty connections are all there are: kept while waiting, they would be missed elsewhere."""
    session_id = scene.session.id
    with transaction():
        people = [factories.registration(scene.meeting).id for _ in range(8)]
    reached = threading.Semaphore(0)

    def ask(person: int) -> commands.Asked:
        with app.app_context():
            db.session.execute(sa.select(1))  # as a page does, which reads before it asks
            reached.release()
            try:
                return commands.ask(
                    session_id=session_id,
                    registration_id=person,
                    capacity="organisation",
                    **dict.fromkeys(("on_behalf_of", "language", "topic", "statement", "latest_seen")),
                    actor=Actor.registration(person),
                    now=scene.now,
                )
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(people)) as pool:
        with transaction():
            lock_floor(session_id)  # the chair is at it, on a connection of theirs
            asking = [pool.submit(ask, person) for person in people]
            for _ in people:
                assert reached.acquire(timeout=10)
            assert soon(lambda: connections_in_use() == 2), connections_in_use()  # the chair's, and the next one's
            assert not any(each.done() for each in asking)
        assert all(each.result(timeout=20).added for each in asking)
    assert len(scene.waiting()) == len(people)


def connections_in_use() -> int:
    """How many connections of the pool are taken."""
    pool = db.engine.pool
    assert isinstance(pool, sa.QueuePool)
    return pool.checkedout()


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within ten seconds."""
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()
