"""The server's address: taken before it is shown, or refused with the cure."""

import errno
import http.client
import socket
import threading
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


def test_a_server_that_is_told_to_stop_ends_its_streams_and_does_not_cut_them(tmp_path: Path) -> None:
    with running(tmp_path, SECRET_KEY="for-tests") as server:
        app = make_app(tmp_path, f"sqlite:///{tmp_path}/rostrum.db")
        with app.app_context():
            session_id = db.session.scalars(sa.select(Floor.session_id)).first()
            path = urlsplit(links.address("display", session_id or 0, 1)).path
            db.session.remove()
            db.engine.dispose()
        port = urlsplit(server.url).port
        stream = http.client.HTTPConnection("127.0.0.1", port)
        stream.request("GET", f"{path}/stream")
        answer = stream.getresponse()
        assert answer.readline() == b"event: beat\n"
        received: list[bytes] = []
        # A stream that is cut, and not ended, makes the reading of it fail (IncompleteRead).
        reader = threading.Thread(target=lambda: received.append(answer.read()))
        reader.start()
    reader.join()
    stream.close()
    assert len(received) == 1
