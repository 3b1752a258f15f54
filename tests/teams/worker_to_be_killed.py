"""A worker in a process of its own, to be killed between Microsoft's answer and what is written down of it.

python -m tests.teams.worker_to_be_killed INSTANCE_FOLDER DATABASE_URL BASE CA_FILE METHOD
"""

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests

from meetings import microsoft
from meetings.worker import make_worker
from tests.conftest import make_app
from tests.fake_microsoft import FakeMicrosoft


def main(folder: str, database_url: str, base: str, ca_file: str, method: str) -> None:
    """Work until Microsoft has answered a request by this method, say so, and never come back."""
    app = make_app(Path(folder), database_url)
    chosen = replace(app.config["SETTINGS"], **FakeMicrosoft(base, Path(ca_file)).settings)
    app.config["SETTINGS"] = chosen
    session = microsoft.http(chosen)
    ask = session.request

    def request(method_used: str, url: str, **kwargs: Any) -> requests.Response:
        answer = ask(method_used, url, **kwargs)
        if method_used == method and "/onlineMeetings" in url:
            print("answered", answer.status_code, flush=True)  # noqa: T201  # this is how the test learns of it
            time.sleep(600)
        return answer

    session.request = request  # type: ignore[assignment]  # for this process alone
    make_worker(app, "worker to be killed").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
