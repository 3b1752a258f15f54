"""A worker in a process of its own, to be killed: does jobs of kind `slow`, saying so on its output when it has begun.

python -m tests.outbox_in_a_process INSTANCE_FOLDER DATABASE_URL
"""

import sys
import time
from pathlib import Path
from typing import Any

from meetings.outbox import Worker
from tests.conftest import make_app


def slow(payload: dict[str, Any]) -> None:
    """Begin, and never come to an end."""
    print("begun", payload["number"], flush=True)  # noqa: T201  # this is how the test learns of it
    time.sleep(600)


if __name__ == "__main__":
    worker = Worker(make_app(Path(sys.argv[1]), sys.argv[2]), {"slow": slow}, {}, "worker to be killed")
    worker.run()
