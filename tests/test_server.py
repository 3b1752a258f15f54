"""The server's address: taken before it is shown, or refused with the cure."""

import errno
import http.client
import re
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from meetings import links
from meetings.database import db
from meetings.models.floor import Floor
from meetings.server import CannotListen, listen
from tests.conftest import make_app
from tests.live import free_port, running


def test_the_address_is_taken_at_once() -> None:
    port = free_port()
    with listen("127.0.0.1", port) as listener:
        assert listener.getsockname() == ("127.0.0.1", port)
        socket.create_connection(("127.0.0.1", port), timeout=1).close()


def test_a_busy_port_is_refused_with_another_to_try() -> None:
    port = free_port()
    with listen("127.0.0.1", port), pytest.raises(CannotListen, match=rf"port {port} is in use.*PORT={port + 1}"):
        listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("number", "complaint"),
    [
        (errno.EACCES, "needs rights that this user has not"),
        (errno.EADDRNOTAVAIL, "HOST=127.0.0.1 is not an address of this machine"),
        (errno.ENOBUFS, "cannot listen on 127.0.0.1, port 80: no room"),
    ],
)
def test_an_address_that_cannot_be_taken_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, number: int, complaint: str
) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(CannotListen, match=complaint):
        listen("127.0.0.1", 80)


def test_a_host_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(CannotListen, match="HOST=nowhere is not an address of this machine"):
        listen("nowhere", 8000)


def display_stream(folder: Path) -> str:
    """The address of a stream of the demonstration's room display, without the server's own part."""
    app = make_app(folder, f"sqlite:///{folder}/rostrum.db")
    with app.app_context():
        session_id = db.session.scalars(sa.select(Floor.session_id)).first()
        path = urlsplit(links.address("display", session_id or 0, 1)).path
        db.session.remove()
        db.engine.dispose()
    return f"{path}/stream"


def test_a_server_that_is_told_to_stop_ends_its_streams_and_does_not_cut_them(tmp_path: Path) -> None:
    with running(tmp_path, SECRET_KEY="for-tests") as server:
        stream = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port)
        stream.request("GET", display_stream(tmp_path))
        answer = stream.getresponse()
        assert answer.readline() == b"event: beat\n"
        received: list[bytes] = []
        # A stream that is cut, and not ended, makes the reading of it fail (IncompleteRead).
        reader = threading.Thread(target=lambda: received.append(answer.read()))
        reader.start()
    reader.join()
    stream.close()
    assert len(received) == 1


def test_an_open_stream_takes_little_memory(tmp_path: Path) -> None:
    with running(tmp_path, SECRET_KEY="for-tests") as server, ExitStack() as streams:
        path, port = display_stream(tmp_path), urlsplit(server.url).port

        def kilobytes_with(count: int) -> int:
            for _ in range(count):
                stream = streams.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
                stream.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                while b"event: beat" not in stream.recv(4096):
                    pass
            status = Path(f"/proc/{server.workers[0]}/status").read_text(encoding="ascii")
            return int(re.findall(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[0])

        few = kilobytes_with(100)
        # 9 as it is; 18 when a stream is sent by the greenlet that dealt with its request (gunicorn.conf.py).
        assert (kilobytes_with(400) - few) / 400 < 15
