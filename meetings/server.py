"""The production web server, as `rostrum serve` runs it."""

import errno
import os
import socket
import sys
from typing import NoReturn

from meetings.settings import ROOT

BACKLOG = 2048


class CannotListen(Exception):
    """The address cannot be listened on; the message says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else is done, so that nobody is shown one that another program answers.

    Refuses with CannotListen where the port is taken, not permitted, or the host is not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise CannotListen(f"HOST={host} is not an address of this machine; try HOST=127.0.0.1") from None
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotListen(_cure(error, host, port)) from None
    return listener


def _cure(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use by another program; stop that, or choose another port: PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"port {port} needs rights that this user has not; choose one above 1023: PORT=8000"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"HOST={host} is not an address of this machine; try HOST=127.0.0.1"
    return f"cannot listen on {host}, port {port}: {error.strerror}"


def serve(listener: socket.socket, *, workers: int) -> NoReturn:
    """Become the web server on this socket, with so many worker processes; ends with the server.

    This process is replaced by a fresh one: gevent has to be first to touch what ssl and the like import, and here
    they are imported already (see gunicorn.conf.py). The socket goes along; so do the host and port, which the
    application needs where no BASE_URL is set.
    """
    host, port = listener.getsockname()[:2]
    environment = os.environ | {"HOST": host, "PORT": str(port)}
    listener.set_inheritable(True)
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py")]
    command += ["--bind", f"fd://{listener.fileno()}", "--workers", str(workers)]
    command += ["--pythonpath", str(ROOT), "wsgi:app"]
    os.execve(sys.executable, command, environment)  # noqa: S606  # no shell is wanted
