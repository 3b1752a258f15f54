"""The command line as a process of its own: how it starts, how it fails before the program runs, how it stops."""

import os
import pty
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import mail
from meetings.database import now, transaction
from meetings.models.message import Message
from meetings.settings import ROOT
from tests.conftest import address, postgres_database
from tests.live import free_port, program, running

OWN = "format: rostrum-meeting/1\nmeeting: {slug: own, title: Own, mode: online, timezone: UTC}\n"


def rostrum(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the console script with these environment variables alone."""
    return subprocess.run(
        [program(), *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"PORT": "many"}, "PORT='many': must be a whole number from 1 to 65535"),
        ({"DATABASE_URL": "oracle://x"}, "DATABASE_URL: must start with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "postgresql://a@127.0.0.1:9/x"}, "the database does not answer: "),
        ({"DATABASE_URL": "postgresql://a@b:port/x"}, "DATABASE_URL: cannot be read; it looks like postgresql://user:"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "/nowhere/at/all.db.lock: No such file or directory"),
        ({"WEB_WORKERS": "2"}, "WEB_WORKERS: more than one web process needs PostgreSQL"),
    ],
)
def test_what_is_wrong_with_the_installation_is_told_in_one_line(
    tmp_path: Path, environment: dict[str, str], reason: str
) -> None:
    done = rostrum("worker", INSTANCE_FOLDER=str(tmp_path), **environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("rostrum: ")
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_doctor_speaks_of_a_database_that_is_away(tmp_path: Path) -> None:
    done = rostrum("doctor", INSTANCE_FOLDER=str(tmp_path), DATABASE_URL="postgresql://a:hidden@127.0.0.1:9/x")
    assert done.returncode == 1
    assert re.search(r"^database +BAD +does not answer: .*correct DATABASE_URL$", done.stdout, re.MULTILINE)
    assert "hidden" not in done.stdout + done.stderr
    assert done.stderr == ""


def test_a_database_of_another_version_is_left_alone(tmp_path: Path) -> None:
    rostrum("meeting", "list", INSTANCE_FOLDER=str(tmp_path))
    with sqlite3.connect(tmp_path / "rostrum.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'older'")
    connection.close()
    done = rostrum("meeting", "list", INSTANCE_FOLDER=str(tmp_path))
    assert done.returncode == 1
    assert "the database is at migration older" in done.stderr
    assert "flask db upgrade" in done.stderr
    done = rostrum("serve", INSTANCE_FOLDER=str(tmp_path), PORT=str(free_port()))
    assert (done.returncode, done.stdout) == (1, "")
    assert "made by another version of Rostrum" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_terminal_gets_no_binary_document(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    rostrum("meeting", "import", str(tmp_path / "own.yaml"), INSTANCE_FOLDER=str(tmp_path))
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [program(), "meeting", "export", "own", "report.docx"],
        env={"PATH": os.environ["PATH"], "INSTANCE_FOLDER": str(tmp_path)},
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 1
    assert "-o FILE" in done.stderr


def test_a_busy_port_stops_the_server_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = rostrum("serve", INSTANCE_FOLDER=str(tmp_path), PORT=str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {port} is in use" in done.stderr
    assert not (tmp_path / "rostrum.db").exists()


def test_the_server_prints_links_for_the_demonstration_and_none_for_real_data(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        assert f"Rostrum: {server.url}\n" in server.printed
        links = dict(re.findall(r"^  (\w+) +(\S+)$", server.printed, re.MULTILINE))
        assert list(links) == ["organiser", "chair", "rapporteur", "participant"]
        for link in links.values():
            assert link.startswith(server.url)
            with urllib.request.urlopen(link) as answer:  # noqa: S310  # our own http
                assert answer.status == 200
        own = tmp_path / "own.yaml"
        own.write_text(OWN)
        assert server.rostrum("meeting", "import", str(own)) == "own: imported\n"
    (tmp_path / "stdout").unlink()
    with running(tmp_path) as server:
        assert "/sign-in/" not in server.printed
        assert "/me/" not in server.printed


def has_ipv6() -> bool:
    """Whether this machine can be spoken to by IPv6; some containers cannot."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_the_server_listens_on_an_ipv6_address_and_says_so_in_brackets(tmp_path: Path) -> None:
    with running(tmp_path, host="::1") as server:
        assert server.url.startswith("http://[::1]:")
        assert f"Rostrum: {server.url}\n" in server.printed
        links = re.findall(r"^  \w+ +(\S+)$", server.printed, re.MULTILINE)
        assert len(links) == 4
        for link in links:
            with urllib.request.urlopen(link) as answer:  # noqa: S310  # our own http
                assert answer.url.startswith(server.url)


@pytest.mark.postgresql_only("several processes on one database at once")
def test_two_servers_that_start_at_once_on_an_empty_database_do_not_collide(
    backend: str, postgres_url: sa.URL, postgres_admin: sa.Engine, tmp_path: Path
) -> None:
    with postgres_database(postgres_admin) as name, ThreadPoolExecutor(2) as pool:
        url = address(postgres_url, name)

        def start(number: int) -> str:
            (tmp_path / str(number)).mkdir()
            with running(tmp_path / str(number), DATABASE_URL=url, SECRET_KEY="x" * 40) as server:
                return server.printed

        printed = list(pool.map(start, (1, 2)))
    assert all("organiser" in each for each in printed)


@pytest.mark.sqlite_only("the same on the database that needs no server")
def test_two_commands_at_once_set_up_one_sqlite_file(backend: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: rostrum("demo", INSTANCE_FOLDER=str(tmp_path)), range(3)))
    assert [each.returncode for each in done] == [0, 0, 0], [each.stderr for each in done]
    assert sorted(bool(each.stdout) for each in done) == [False, False, True]


def queue_mail() -> None:
    """A mail that is to be sent at once."""
    with transaction():
        mail.send(Message(kind="x", recipient="a@example.org", subject="S", text="T"), at=now())


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_works_until_it_is_told_to_stop(
    app: Flask, database_url: str, tmp_path: Path, stop: signal.Signals
) -> None:
    queue_mail()
    environment = {
        "PATH": os.environ["PATH"],
        "INSTANCE_FOLDER": str(tmp_path),
        "DATABASE_URL": database_url,
        "PYTHONWARNINGS": "error",
    }
    worker = subprocess.Popen([program(), "worker"], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 30
        while not list((tmp_path / "outbox").glob("*.eml")):
            assert time.monotonic() < deadline
            assert worker.poll() is None
            time.sleep(0.05)
        worker.send_signal(stop)
        _, said = worker.communicate(timeout=10)
    finally:
        worker.kill()
        worker.wait()
    assert worker.returncode == 0
    assert re.fullmatch(r"The worker \S+-\d+ is at work\. Stop with Ctrl\+C\.\n", said)


SLOW_WORKER = """
import sys, time
from meetings import cli, mail
send = mail.deliver
def slowly(payload):
    print("begun", flush=True)
    time.sleep(2)
    send(payload)
mail.deliver = slowly
sys.argv = ["rostrum", "worker"]
cli.main()
"""


@pytest.mark.sqlite_only("what a signal does to the process does not depend on the database")
def test_the_worker_finishes_the_job_in_hand(app: Flask, database_url: str, tmp_path: Path) -> None:
    queue_mail()
    queue_mail()
    environment = {"PATH": os.environ["PATH"], "INSTANCE_FOLDER": str(tmp_path), "DATABASE_URL": database_url}
    worker = subprocess.Popen([sys.executable, "-c", SLOW_WORKER], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "begun\n"
        worker.send_signal(signal.SIGTERM)
        worker.wait(10)
    finally:
        worker.kill()
        worker.communicate()
    assert worker.returncode == 0
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1


def test_the_same_commands_under_flask_start_no_worker_beside_them(tmp_path: Path) -> None:
    def flask(*arguments: str) -> str:
        done = subprocess.run(
            [Path(program()).with_name("flask"), *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "INSTANCE_FOLDER": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stderr

    assert "outbox" not in flask("db", "upgrade")
    assert flask("meeting", "list") == "There is no meeting yet. Try: rostrum demo, or rostrum meeting import FILE\n"
