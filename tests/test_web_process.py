"""A web process holds what pages need, and no more (docs/developers.md, "Habits")."""

import subprocess
import sys
from pathlib import Path

from flask import Flask

from meetings import links
from meetings.database import transaction
from meetings.settings import ROOT
from tests import factories

# What the server loads, then pages, each twice; says which packages are there in the end.
WEB_PROCESS = """
import sys
import wsgi
client = wsgi.app.test_client()
with client.session_transaction() as session:
    session["account"] = [int(sys.argv[1]), 1]
for address in sys.argv[2:] * 2:
    assert client.get(address).status_code == 200, address
print(*{name.partition(".")[0] for name in sys.modules})
"""
SELDOM_USED = {"alembic", "docx", "icalendar", "lxml", "msal", "pydantic", "pypdf", "requests", "xlsxwriter", "yaml"}


def test_libraries_for_what_is_seldom_done_are_not_loaded_with_the_pages(
    app: Flask, backend: str, tmp_path: Path, database_url: str
) -> None:
    with transaction():
        meeting = factories.meeting()
        session = factories.session(meeting)
        factories.floor(session)
        registration = factories.registration(meeting)
        account = factories.account("somebody@example.org", "administrator")
        own = links.make("personal", registration.id, registration.link_serial)
        here = f"/meetings/{meeting.slug}"
        pages = [
            "/", "/desk", f"{here}/", f"{here}/register", f"/me/{own}/", f"/me/{own}/sessions/{session.key}/floor",
            f"{here}/floor/{session.key}/", f"{here}/floor/{session.key}/log", f"{here}/floor/statistics",
            f"{here}/organise/", f"{here}/organise/programme", f"{here}/organise/registrations",
            f"{here}/organise/messages", f"{here}/report/", f"{here}/notes/{session.key}",
        ]  # fmt: skip
        arguments = [str(account.id), *pages]
    environment = {"INSTANCE_FOLDER": str(tmp_path), "DATABASE_URL": database_url, "SECRET_KEY": "for-tests"}
    done = subprocess.run(
        [sys.executable, "-c", WEB_PROCESS, *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"flask", "meetings"} <= loaded
    assert not loaded & (SELDOM_USED | ({"psycopg"} if backend == "sqlite" else set()))
