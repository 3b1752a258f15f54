"""The outbox worker in a process of its own, to be killed: all as it is, but for shorter pauses and a shorter lease.

    python -m tests.publishing.worker_in_a_process INSTANCE_FOLDER DATABASE_URL SETTINGS

SETTINGS are JSON: where mail and Graph are. It says on its output when it is at work.
"""

import datetime as dt
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from meetings import outbox
from meetings.publishing import jobs
from meetings.worker import make_worker
from tests.conftest import make_app

# Twelve attempts still take half a minute: longer than any server is away in the test.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, LINK_PAUSE_SECONDS = 1, 4, 0.3
LEASE = dt.timedelta(seconds=4)

if __name__ == "__main__":
    outbox._FIRST_PAUSE_SECONDS, outbox._LONGEST_PAUSE_SECONDS = FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS
    outbox.LEASE = LEASE
    jobs._PAUSE_SECONDS = LINK_PAUSE_SECONDS
    app = make_app(Path(sys.argv[1]), sys.argv[2])
    settings = json.loads(sys.argv[3])
    for name in ("graph_ca_file", "smtp_ca_file"):
        settings[name] = Path(settings[name])
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], **settings)
    print("at work", flush=True)  # noqa: T201  # this is how the test learns of it
    make_worker(app, f"worker {os.getpid()}").run()
