"""Answers that a process keeps for as long as nothing changes that they are made of.

Nobody tells of a change. For each request one statement reads all that could have changed (`made_of`), and what was
kept is given out only where that is equal to what it was made of. So a change shows at once, whoever made it, by
whatever process; and what a statement does not read must not be in the answer.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from flask import Response, current_app, g, request, session
from flask_wtf.csrf import generate_csrf

from meetings import access, display

MOST_BYTES = 16 * 1024 * 1024

# All that an answer is made of, to be compared; None where it is not to be kept.
MadeOf = Callable[[], object | None]


@dataclass(frozen=True, slots=True)
class _Kept:
    made_of: object
    parts: tuple[bytes, ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.parts))


class Shelf:
    """What one process has kept: at most so many bytes, what was not asked for the longest given up first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.bytes = 0
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable, made_of: object) -> tuple[bytes, ...] | None:
        """What was kept under this key, if it is made of the same."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.made_of != made_of:
                return None
            self._kept.move_to_end(key)
            return found.parts

    def keep(self, key: Hashable, made_of: object, parts: tuple[bytes, ...]) -> None:
        """Keep an answer in place of the one before."""
        with self._lock:
            if (before := self._kept.pop(key, None)) is not None:
                self.bytes -= before.size
            kept = self._kept[key] = _Kept(made_of, parts)
            self.bytes += kept.size
            while self.bytes > self._most_bytes:
                self.bytes -= self._kept.popitem(last=False)[1].size


def content(key: Hashable, made_of: MadeOf, make: Callable[[], bytes]) -> bytes:
    """What is the same for everybody, such as a file."""
    (only,) = _kept(key, made_of, lambda: (make(),))
    return only


def page(key: Hashable, made_of: MadeOf, render: Callable[[], str]) -> Response:
    """A page as those see it who are not signed in; for others it is rendered.

    All they do not share is the token against forged requests, which is left out of what is kept. What was kept is not
    given to somebody who is to be told something (a flash), or who asks with a query.
    """
    if access.current_account() is not None or "_flashes" in session or request.query_string:
        return Response(render(), mimetype="text/html")
    parts = _kept((key, str(display.locale())), made_of, lambda: _without_token(render()))
    token = generate_csrf().encode() if len(parts) > 1 else b""
    return Response(token.join(parts), mimetype="text/html")


def _without_token(html: str) -> tuple[bytes, ...]:
    """The page cut where its token stands."""
    token = g.get("csrf_token")
    return tuple(html.encode().split(token.encode())) if token else (html.encode(),)


def _kept(key: Hashable, made_of: MadeOf, make: Callable[[], tuple[bytes, ...]]) -> tuple[bytes, ...]:
    seen = made_of()
    if seen is None:
        return make()
    shelf: Shelf = current_app.extensions["kept"]
    found = shelf.find(key, seen)
    if found is None:
        found = make()
        if made_of() == seen:  # what was read for it is no newer
            shelf.keep(key, seen, found)
    return found
