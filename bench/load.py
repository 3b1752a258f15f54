"""The crowd: many connections at once from one process, each with as little work of its own as can be."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_COOKIE = re.compile(rb"^set-cookie: (rostrum=[^;\r]+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
ANSWER_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What came back: the status (0: the connection broke), after how many seconds, and the whole of it."""

    status: int
    seconds: float
    content: bytes


async def ask(port: int, request: bytes) -> Answer:
    """Send one request on a connection of its own and read all that comes back."""
    began = time.perf_counter()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
            writer.write(request)
            content = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return Answer(0, time.perf_counter() - began, b"")
    found = _STATUS.match(content)
    return Answer(int(found.group(1)) if found else 0, time.perf_counter() - began, content)


def get(path: str, cookie: str = "", tag: str = "") -> bytes:
    """A request for a page; with `tag` for one that is not the one with this entity tag."""
    return _head("GET", path, cookie) + (f"If-None-Match: {tag}\r\n" if tag else "").encode() + b"\r\n"


def post(path: str, values: dict[str, str], cookie: str = "") -> bytes:
    """A form that is sent."""
    body = urlencode(values).encode()
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    return _head("POST", path, cookie) + f"{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _head(method: str, path: str, cookie: str) -> bytes:
    lines = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    return (lines + (f"Cookie: {cookie}\r\n" if cookie else "")).encode()


async def open_forms(port: int, paths: Sequence[str], cookie: str = "") -> list[tuple[str, str]]:
    """Open pages, a few at a time; gives each one's form token and the cookie that goes with it."""
    few = asyncio.Semaphore(20)

    async def one(path: str) -> tuple[str, str]:
        async with few:
            answer = await ask(port, get(path, cookie))
        token, given = _TOKEN.search(answer.content), _COOKIE.search(answer.content)
        if token is None:
            raise RuntimeError(f"{path}: no form in the answer, status {answer.status}")
        return token.group(1).decode(), given.group(1).decode() if given else cookie

    return await asyncio.gather(*map(one, paths))


class Listener(asyncio.Protocol):
    """One open stream: notes when a message came that is newer than the press of the moment."""

    def __init__(self, crowd: "Crowd", request: bytes) -> None:
        self.crowd, self.request = crowd, request
        self.most = self.now = 0  # bytes of the longest message, and of the one that is coming

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # for the type checker: a socket is one
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """A message, or a part of one: its first part has the event's name."""
        if b"HTTP/1.1 200" in data:
            self.crowd.opened += 1
        if b"event: floor" in data:
            self.now = 0
            self.crowd.heard(self)
        self.now += len(data)
        self.most = max(self.most, self.now)

    def connection_lost(self, error: Exception | None) -> None:
        """The stream ended."""
        self.crowd.lost += 1


class Crowd:
    """Many listeners, and when each of them heard of the last press."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.opened = self.lost = 0
        self.times: dict[Listener, float] = {}
        self.all_heard = asyncio.Event()

    async def gather(self, port: int, requests: Sequence[bytes]) -> float:
        """Open all streams, some at a time; gives how many seconds that took."""
        loop, few, began = asyncio.get_running_loop(), asyncio.Semaphore(100), time.perf_counter()

        async def one(request: bytes) -> None:
            async with few:
                _, listener = await loop.create_connection(lambda: Listener(self, request), "127.0.0.1", port)
                self.listeners.append(listener)

        await asyncio.gather(*map(one, requests))
        async with asyncio.timeout(ANSWER_SECONDS):
            while self.opened < len(requests):
                await asyncio.sleep(0.01)
        return time.perf_counter() - began

    def heard(self, listener: Listener) -> None:
        """One of them has heard."""
        self.times.setdefault(listener, time.perf_counter())
        if len(self.times) == len(self.listeners):
            self.all_heard.set()

    async def after(self, port: int, press: bytes) -> tuple[list[float], Answer]:
        """Press a button; gives after how many seconds each listener heard, sorted, and the answer to the press."""
        self.times.clear()
        self.all_heard.clear()
        began = time.perf_counter()
        answer = asyncio.ensure_future(ask(port, press))
        async with asyncio.timeout(ANSWER_SECONDS):
            await self.all_heard.wait()
        return sorted(each - began for each in self.times.values()), await answer

    def leave(self) -> None:
        """Close all streams."""
        for listener in self.listeners:
            listener.transport.close()
