"""The hub: what a page shows is rendered once for each change, and the same bytes go to everybody who looks at it.

It knows nothing of what is shown. A page listens to a channel; a channel is some view of a topic (a key that the
caller makes up, with the topic's number). The caller hands in how to read the versions of topics, and how to render
the channels of one. One thread of a process (a greenlet under gevent) waits for changes, looks at the versions of the
topics that may have changed, and renders those that have: at once, or when the last look was a moment ago, after that
moment, so that a burst of changes is rendered a few times and not a hundred. The thread lives while anybody listens.

A listener is only ever sent the newest message of its channel: a slow one misses what came between, and has no backlog.
Streams touch no database; what ends (a link made invalid, a topic gone) ends its streams.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from flask import Flask

from meetings.changes import changes_in
from meetings.database import db

# Versions of a topic are read, and what changed is rendered, at most this often.
COALESCE_SECONDS = 0.15
# Each topic with listeners is looked at this often even when nothing tells of a change: names that are written
# elsewhere, the time of day, and whatever was missed.
SWEEP_SECONDS = 3.0
# A stream that has nothing to say says at least this often that it is alive; so it is noticed who has gone away.
BEAT_SECONDS = 20.0
# A stream ends after about so long; the page opens it again, and whether it may is looked at again.
LIFE_SECONDS = 600.0
_PAUSE_SECONDS = 0.05
_TROUBLE_SECONDS = 1.0


class Key(Protocol):
    """Names a channel: hashable, with the number of its topic."""

    @property
    def topic(self) -> int: ...


K = TypeVar("K", bound=Key)


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel shows: `tag` is another one whenever `event` is, `event` a whole event of a stream."""

    tag: str
    event: bytes


# The versions of topics; a topic that is not in the answer is gone.
Read = Callable[[Collection[int]], Mapping[int, str]]
# What the channels of one topic show now; a channel that is not in the answer has ended.
Render = Callable[[int, Collection[K]], Mapping[K, Message]]


def event(name: str, data: Mapping[str, Any], tag: str | None = None) -> bytes:
    """An event of a stream, as the HTML standard writes them ("Server-sent events"), with JSON as its data."""
    lines = [f"id: {tag}"] if tag else []
    lines += [f"event: {name}", f"data: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}", "", ""]
    return "\n".join(lines).encode()


class _Channel:
    """One view of a topic: what it shows now, and who listens."""

    def __init__(self) -> None:
        self.message: Message | None = None
        self.ended = False
        self.listeners: set[_Listener] = set()

    def wake(self, look: int) -> None:
        """Wake those who have not been sent what the channel shows as of this look, if they came before it began."""
        for listener in tuple(self.listeners):
            is_new = self.message is not None and self.message.tag != listener.seen
            if is_new and listener.after < look:
                listener.ready.set()


class _Listener:
    """One stream. Its mailbox holds one thing: that there is something newer than what it sent."""

    def __init__(self, channel: _Channel, seen: str | None) -> None:
        self.channel = channel
        self.seen = seen
        self.after = 0  # this look at the topic may have begun before what the listener has read was written
        self.ready = threading.Event()


class _Topic(Generic[K]):
    def __init__(self) -> None:
        self.version: str | None = None  # what the channels' messages show
        self.channels: dict[K, _Channel] = {}
        self.changed = True  # it may have
        self.looked_at = 0.0
        self.looks = 0  # how often

    def is_due(self, now: float) -> bool:
        return now - self.looked_at >= (COALESCE_SECONDS if self.changed else SWEEP_SECONDS)


class Hub(Generic[K]):
    """The listeners of one process of an application, and the thread that keeps them up to date."""

    def __init__(self, app: Flask, read: Read, render: Render[K], beat: Callable[[], bytes]) -> None:
        self._app = app
        self._read = read
        self._render = render
        self._beat = beat
        self._lock = threading.Lock()
        self._topics: dict[int, _Topic[K]] = {}
        self._thread: threading.Thread | None = None
        self._closed = False

    def stream(self, key: K, *, version: str, seen: str | None = None) -> Iterator[bytes]:
        """The events for one listener, first what the channel shows, unless they have `seen` a message with its tag.

        `version` is the topic's as the caller has just read it, with the right to see it: nothing older is sent.
        """
        listener = self._join(key, version, seen)
        if listener is None:
            return
        try:
            yield self._beat()  # the first byte comes at once: who gets none knows that something holds streams back
            ends_at = time.monotonic() + LIFE_SECONDS * random.uniform(0.9, 1.1)  # noqa: S311  # not all at once
            while (left := ends_at - time.monotonic()) > 0:
                if not listener.ready.wait(min(left, BEAT_SECONDS)):
                    yield self._beat()
                    continue
                listener.ready.clear()
                if listener.channel.ended:
                    return
                message = listener.channel.message
                if message is not None and message.tag != listener.seen:
                    listener.seen = message.tag
                    yield message.event
        finally:
            self._leave(key, listener)

    @property
    def listeners(self) -> int:
        """How many listen now."""
        with self._lock:
            return sum(len(channel.listeners) for topic in self._topics.values() for channel in topic.channels.values())

    def close(self) -> None:
        """End all streams, and take no more: the process is about to end."""
        with self._lock:
            self._closed = True
            for topic in self._topics.values():
                for channel in topic.channels.values():
                    _end(channel)
            thread = self._thread
        if thread is not None:
            thread.join()

    def _join(self, key: K, version: str, seen: str | None) -> _Listener | None:
        with self._lock:
            if self._closed:
                return None
            topic = self._topics.setdefault(key.topic, _Topic())
            channel = topic.channels.setdefault(key, _Channel())
            listener = _Listener(channel, seen)
            channel.listeners.add(listener)
            if channel.message is None or topic.version != version:
                topic.changed = True
                listener.after = topic.looks
            elif channel.message.tag != seen:
                listener.ready.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live", daemon=True)
                self._thread.start()
            return listener

    def _leave(self, key: K, listener: _Listener) -> None:
        with self._lock:
            channel = listener.channel
            channel.listeners.discard(listener)
            topic = self._topics.get(key.topic)
            if topic is None or channel.listeners:
                return
            if topic.channels.get(key) is channel:
                del topic.channels[key]
            if not topic.channels:
                del self._topics[key.topic]

    def _run(self) -> None:
        with self._app.app_context():
            changes = changes_in(db.engine)
        with closing(changes):
            while self._goes_on():
                try:
                    if due := self._due(changes.wait(_PAUSE_SECONDS)):
                        self._look_at(due)
                except Exception:  # whatever it is: streams that beat and show nothing new would be worse
                    self._app.logger.exception("live: changes could not be followed")
                    time.sleep(_TROUBLE_SECONDS)

    def _goes_on(self) -> bool:
        with self._lock:
            if self._topics and not self._closed:
                return True
            self._thread = None
            return False

    def _due(self, changed: Collection[int] | None) -> dict[int, _Topic[K]]:
        """The topics to look at now, marked as looked at."""
        now = time.monotonic()
        with self._lock:
            for number in self._topics if changed is None else changed:
                if number in self._topics:
                    self._topics[number].changed = True
            due = {number: topic for number, topic in self._topics.items() if topic.is_due(now)}
            for topic in due.values():
                topic.changed, topic.looked_at = False, now
                topic.looks += 1
        return due

    def _look_at(self, due: dict[int, _Topic[K]]) -> None:
        """Render the topics whose versions are others than those shown. What fails is tried again at the next sweep."""
        try:
            with self._app.app_context():
                versions = self._read(due.keys())
        except Exception:
            self._app.logger.warning("live: the database could not be read", exc_info=True)
            return
        for number, topic in due.items():
            try:
                with self._app.app_context():
                    self._bring_up_to_date(number, topic, versions.get(number))
            except Exception:
                self._app.logger.exception("live: a topic could not be rendered")

    def _bring_up_to_date(self, number: int, topic: _Topic[K], version: str | None) -> None:
        with self._lock:
            channels = dict(topic.channels)
        is_new = version != topic.version
        stale = {key: channel for key, channel in channels.items() if is_new or channel.message is None}
        shown = self._render(number, stale.keys()) if stale and version is not None else {}
        with self._lock:
            topic.version = version
            for key, channel in stale.items():
                channel.message = shown.get(key)
                if channel.message is None:
                    _end(channel)
                    topic.channels.pop(key, None)
            for channel in channels.values():
                channel.wake(topic.looks)


def _end(channel: _Channel) -> None:
    channel.ended = True
    for listener in tuple(channel.listeners):
        listener.ready.set()
