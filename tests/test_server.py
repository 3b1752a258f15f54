"""The server's address: taken before it is shown, or refused with the cure."""

import errno
import socket

import pytest

from meetings.server import CannotListen, listen
from tests.live import free_port


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
