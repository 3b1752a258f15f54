"""Rostrum as people run it: the real server process, the real command line, a database and mail folder of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 10


def tied(command: Sequence[str], signal_name: str) -> list[str]:
    """The command, made to get this signal when the process that starts it dies, however that dies (Linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", signal_name, *command] if setpriv else [*command]


@dataclass(frozen=True)
class LiveServer:
    """A running server: `url` is its address, `folder` its instance folder (mail in `outbox/` there)."""

    url: str
    folder: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)  # the server first

    @property
    def workers(self) -> list[int]:
        """The process ids of the web processes (Linux)."""
        server = self.processes[0].pid
        return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]

    def kill(self) -> None:
        """End the server and its web processes as a power cut does."""
        for pid in (self.processes[0].pid, *self.workers):
            os.kill(pid, signal.SIGKILL)
        self.processes[0].wait()

    def begin(self) -> None:
        """Start the server (again), and wait until it answers."""
        self.processes[:1] = [self.run("serve")]
        wait_until_ready(self, self.processes[0])

    def run(self, command: str) -> subprocess.Popen[bytes]:
        """Start a command that goes on until it is stopped; what it writes is kept in the folder."""
        with (self.folder / "stdout").open("ab") as out, (self.folder / "stderr").open("ab") as log:
            return start(command, self.environment, out.fileno(), log.fileno())

    @property
    def printed(self) -> str:
        """What `rostrum serve` has printed on its standard output."""
        return (self.folder / "stdout").read_text(encoding="utf-8")

    @property
    def log(self) -> str:
        """What the processes have written on their standard error."""
        return (self.folder / "stderr").read_text(encoding="utf-8")

    def rostrum(self, *arguments: str) -> str:
        """Run a command of the command line on the same installation; gives its standard output."""
        done = subprocess.run(
            [program(), *arguments], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"rostrum {' '.join(arguments)}: {done.stderr}"
        return done.stdout


def program() -> str:
    """The console script, as it is installed beside this Python."""
    return str(Path(sys.executable).with_name("rostrum"))


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    folder: Path, *, host: str = "127.0.0.1", workers: int = 1, outbox: str = "inside", **settings: str
) -> Iterator[LiveServer]:
    """Rostrum on a port of its own until the block ends: one web process with the outbox worker inside.

    With `outbox="separate"` a `rostrum worker` runs beside it. `settings` are environment variables (DATABASE_URL …).
    Fails afterwards when the server has logged an error.
    """
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        # gunicorn leaves a copy of the socket that it is handed to the garbage collector
        "PYTHONWARNINGS": "error,ignore::ResourceWarning",
        "INSTANCE_FOLDER": str(folder),
        "HOST": host,
        "PORT": str(port),
        "WEB_WORKERS": str(workers),
        "OUTBOX_WORKER": outbox,
        **settings,
    }
    server = LiveServer(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}", folder, environment)
    try:
        server.begin()
        if outbox == "separate":
            server.processes.append(server.run("worker"))
        yield server
    finally:
        for process in server.processes:
            stop(process)
    errors = [line for line in server.log.splitlines() if '"level": "error"' in line or line.startswith("Traceback")]
    assert not errors, "the server logged:\n" + "\n".join(errors)


def start(command: str, environment: dict[str, str], out: int, log: int) -> subprocess.Popen[bytes]:
    """Start a command of the command line that goes on until it is stopped."""
    return subprocess.Popen(tied([program(), command], "TERM"), env=environment, stdout=out, stderr=log)


def wait_until_ready(server: LiveServer, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; fails with its log when it ends before."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        assert process.poll() is None, f"rostrum serve ended with {process.returncode}:\n{server.log}"
        assert time.monotonic() < deadline, f"rostrum serve did not answer in {START_SECONDS} s:\n{server.log}"
        try:
            with urllib.request.urlopen(server.url + "/healthz", timeout=5) as answer:  # noqa: S310  # our own http
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process as a service manager does."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
