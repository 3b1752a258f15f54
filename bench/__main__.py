"""Runs the bench and prints what it found: `make bench`, or `python -m bench --requests 200 --listeners 500`."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from bench import bare, house, least, load, programme, report
from meetings.settings import ROOT
from tests.live import LiveServer, free_port, running, tied
from tests.pgtemp import TemporaryPostgres

PRESSES = 10
WAITING = 60


def say(text: str = "") -> None:
    """One line of the result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def at(times: Sequence[float], share: float) -> str:
    """A percentile of sorted times, in milliseconds."""
    return f"{times[min(len(times) - 1, int(len(times) * share))] * 1000:,.0f} ms"


def port_of(server: LiveServer) -> int:
    """The port a server listens on."""
    return int(server.url.rpartition(":")[2])


def memory(server: LiveServer) -> list[int]:
    """What each web process holds, in megabytes: those whose command line has the server's socket."""
    own = Path("/proc")
    found = []
    for folder in own.iterdir():
        if folder.name.isdigit():
            try:
                told = (folder / "environ").read_bytes()
                command = (folder / "cmdline").read_bytes()
                status = (folder / "status").read_text()
            except OSError:
                continue
            if f"PORT={port_of(server)}\0".encode() in told and b"gunicorn" in command:
                kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
                found.append(kilobytes // 1024)
    return sorted(found)[1:] or found  # the smallest is the arbiter, which serves nobody


async def burst(server: LiveServer, home: house.House) -> list[float]:
    """Everybody asks for the floor at once; gives the sorted times of the answers."""
    port = port_of(server)
    forms = await load.open_forms(port, home.asking)
    values = {"capacity": "organisation", "topic": "", "language": "", "on_behalf_of": "", "latest": ""}
    values |= {"text": "", "delivery": "as_delivered"}
    requests = [
        load.post(path, values | {"csrf_token": token}, cookie)
        for path, (token, cookie) in zip(home.asking, forms, strict=True)
    ]
    began = time.perf_counter()
    answers = await asyncio.gather(*(load.ask(port, request) for request in requests))
    took = time.perf_counter() - began
    statuses = Counter(answer.status for answer in answers)
    rows, people = await asyncio.to_thread(house.open_requests, server, home.session_id)
    times = sorted(answer.seconds for answer in answers)
    say(f"  {len(answers):,} requests for the floor at once: {took:.2f} s, {len(answers) / took:,.0f} a second")
    say(f"    answers {dict(statuses)}; open requests {rows:,}, of {people:,} people")
    say(f"    p50 {at(times, 0.5)}, p95 {at(times, 0.95)}, last {at(times, 1)}")
    if statuses != Counter({303: len(answers)}) or rows != len(answers) or people != len(answers):
        raise SystemExit("some answer was not explicit, or a request was lost or double")
    return [took, *times]


async def bare_burst(port: int, count: int) -> float:
    """The same number of answers from the same server with another application; gives the seconds."""
    request = load.post("/", {"csrf_token": "x" * 90, "topic": ""})
    began = time.perf_counter()
    answers = await asyncio.gather(*(load.ask(port, request) for _ in range(count)))
    took = time.perf_counter() - began
    if statuses := {answer.status for answer in answers} - {303}:
        raise SystemExit(f"what the burst is compared with answered {statuses}")
    return took


def least_burst(folder: Path, url: str, workers: int, count: int) -> float:
    """The seconds for as many answers that add a row with Flask and SQLAlchemy, and do nothing else."""
    engine = sa.create_engine(url)
    least.Base.metadata.create_all(engine)
    with bare_server(folder, "bench.least:make()", workers=workers, DATABASE_URL=url) as port:
        asyncio.run(bare_burst(port, 20 * workers))  # the first answers of a process take longer
        took = asyncio.run(bare_burst(port, count))
    least.Base.metadata.drop_all(engine)
    engine.dispose()
    return took


async def listen(server: LiveServer, home: house.House, count: int) -> tuple[list[float], list[float], int]:
    """Everybody follows the floor and the chair gives and ends it; gives all times, the last ones, and the bytes."""
    port = port_of(server)
    before = memory(server)
    crowd = load.Crowd()
    streams = [load.get(home.following[n % len(home.following)] + "/stream") for n in range(count)]
    opened = await crowd.gather(port, streams)
    await asyncio.sleep(2)
    everyone, last = [], []
    for number in range(PRESSES):
        what = "give" if number % 2 == 0 else "end"
        (token, cookie) = (await load.open_forms(port, [home.chair], home.chair_cookie))[0]
        seen = await asyncio.to_thread(house.version, server, home.given_id)
        path = home.acting.format(home.requests[number // 2], what)
        times, answer = await crowd.after(port, load.post(path, {"csrf_token": token, "version": str(seen)}, cookie))
        if answer.status != 303:
            raise SystemExit(f"the chair's press was answered with {answer.status}")
        everyone += times
        last.append(times[-1])
        await asyncio.sleep(0.5)
    during = memory(server)
    everyone.sort()
    last.sort()
    say(f"  {count:,} listeners (opened in {opened:.1f} s, {crowd.lost} lost), {PRESSES} presses of the chair")
    say(f"    to a listener: p50 {at(everyone, 0.5)}, p99 {at(everyone, 0.99)}; to the last: {spread(last)}")
    say(f"    memory of each web process: {before} MB before, {during} MB during")
    size = max(listener.most for listener in crowd.listeners)
    crowd.leave()
    await asyncio.sleep(1)
    return everyone, last, size


def spread(last: Sequence[float]) -> str:
    """The median and the worst."""
    return f"median {at(last, 0.5)}, worst {at(last, 1)}"


async def bare_listen(port: int, count: int, size: int) -> list[float]:
    """The same bytes to as many listeners from the same server without an application; gives the last ones' times."""
    crowd = load.Crowd()
    await crowd.gather(port, [load.get("/stream")] * count)
    head = b"event: floor\ndata: "
    message = head + b"x" * (size - len(head) - 2) + b"\n\n"
    last = []
    for _ in range(PRESSES):
        press = b"POST /press HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(message)
        times, _answer = await crowd.after(port, press + message)
        last.append(times[-1])
        await asyncio.sleep(0.5)
    crowd.leave()
    return sorted(last)


@contextmanager
def bare_server(folder: Path, application: str, *, workers: int = 1, **environment: str) -> Iterator[int]:
    """The same server with the same settings, and another application; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "--workers", str(workers)]
    command += ["--bind", f"127.0.0.1:{port}", "--backlog", "2048", application]
    given = os.environ | environment
    with (folder / "bare.log").open("wb") as log:
        process = subprocess.Popen(tied(command, "TERM"), cwd=ROOT, env=given, stdout=log, stderr=log)
        try:
            while asyncio.run(load.ask(port, load.get("/"))).status == 0:
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def bare_programme(folder: Path, workers: int, lines: Path) -> AbstractContextManager[int]:
    """The server of the bare page and calendar."""
    return bare_server(folder, "bench.bare_page:make()", workers=workers, BENCH_LINES=str(lines))


def measure(name: str, folder: Path, options: argparse.Namespace, *, url: str, workers: int, outbox: str) -> None:
    """One set-up, with the bare limits beside it."""
    say(f"{name}")
    folder.mkdir()
    given = {"DATABASE_URL": url, "SECRET_KEY": house.SECRET}
    with running(folder, workers=workers, outbox=outbox, **given) as server:
        home = house.furnish(server, options.requests, WAITING)
        took = asyncio.run(burst(server, home))[0]
        _everyone, last, size = asyncio.run(listen(server, home, options.listeners))
        programme.measure(server, partial(bare_programme, folder, workers), folder, say)
        asyncio.run(report.meanwhile(port_of(server), *report.furnish(server), say))
    inserted = bare.insert_and_commit(url, options.requests)
    least_took = least_burst(folder, url, workers, options.requests)
    with bare_server(folder, "bench.bare:app") as port:
        answered = asyncio.run(bare_burst(port, options.requests))
        bare_last = asyncio.run(bare_listen(port, options.listeners, size))
    limit = inserted + answered
    say(f"  bare limit of the burst: INSERT+COMMIT {inserted:.2f} s, answers without application {answered:.2f} s")
    say(f"    the burst took {took / limit:.1f} times both together")
    say(f"  answers that add one row with Flask and SQLAlchemy, and do nothing else: {least_took:.2f} s")
    say(f"    the burst took {took / least_took:.1f} times that")
    say(f"  bare limit of the listeners, {size:,} bytes to each: last {spread(bare_last)}")
    say(f"    ours took {last[len(last) // 2] / bare_last[len(bare_last) // 2]:.1f} times that (medians)")
    say()


def main() -> None:
    """Both set-ups, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast Rostrum is on this machine.")
    parser.add_argument("--requests", type=int, default=1000, help="how many people ask at once")
    parser.add_argument("--listeners", type=int, default=2000, help="how many follow a floor")
    options = parser.parse_args()
    say(f"{os.cpu_count()} processors, which the crowd shares with the server\n")
    report.measure(say)
    say()
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as place:
        folder = Path(place)
        sqlite = f"sqlite:///{folder}/one/rostrum.db"
        measure("SQLite, one web process", folder / "one", options, url=sqlite, workers=1, outbox="inside")
        postgres = TemporaryPostgres()
        admin = sa.create_engine(postgres.url(), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE bench")
        admin.dispose()
        url = postgres.url("bench")
        measure("PostgreSQL, two web processes", folder / "two", options, url=url, workers=2, outbox="separate")
        postgres.stop()


if __name__ == "__main__":
    main()
