"""Several things at the same moment, each in a thread with an application context and a database connection of its own.

The threads are real; nothing here waits for luck more than once, so a test that rests on it repeats what it tries.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from meetings.database import db


def at_once(app: Flask, jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the jobs at the same moment, a thread each; gives what each returned or raised."""
    db.session.rollback()  # the test itself holds nothing
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        with app.app_context():
            gate.wait()
            try:
                return job()
            except Exception as error:  # every answer is looked at by the test
                return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
