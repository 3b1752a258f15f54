"""What runs in parallel: sessions of one time with different tracks, which stand side by side in a programme."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from meetings.programme.rules.order import Planned


class OnATrack(Planned, Protocol):
    """What has a place in a programme, and a track where it runs in parallel."""

    @property
    def track(self) -> str | None: ...


P = TypeVar("P", bound=OnATrack)


@dataclass(frozen=True, slots=True)
class Block(Generic[P]):
    """One session by itself; or several tracks (then more than one), each with its sessions in their order."""

    session: P | None = None
    tracks: tuple[tuple[str, tuple[P, ...]], ...] = ()

    @property
    def start(self) -> dt.time | None:
        """When the first of several tracks begins."""
        return min((time for time in self._times("start") if time is not None), default=None)

    @property
    def end(self) -> dt.time | None:
        """When the last of several tracks ends; None where that is not known of all."""
        ends = list(self._times("end"))
        return None if None in ends else max((time for time in ends if time is not None), default=None)

    def _times(self, name: str) -> Iterator[dt.time | None]:
        return (getattr(each, name) for _track, sessions in self.tracks for each in sessions)


def blocks(sessions: Iterable[P]) -> list[Block[P]]:
    """The sessions of one day, in the order of the programme, as blocks to be shown one below the other."""
    found: list[Block[P]] = []
    together: list[P] = []
    for session in sessions:
        if not (together and _overlaps(together, session)):
            found += _as_blocks(together)
            together = []
        together.append(session)
    return found + _as_blocks(together)


def _overlaps(together: Sequence[P], session: P) -> bool:
    """Whether a session goes on while one of these is held, and all have a track."""
    if session.start is None or session.track is None or together[-1].track is None:
        return False
    return any(
        each.start is not None and (session.start < each.end if each.end is not None else session.start == each.start)
        for each in together
    )


def _as_blocks(together: Sequence[P]) -> list[Block[P]]:
    tracks: dict[str, list[P]] = {}
    for each in together:
        tracks.setdefault(each.track or "", []).append(each)
    if len(tracks) < 2:
        return [Block(session=each) for each in together]
    return [Block(tracks=tuple((name, tuple(sessions)) for name, sessions in tracks.items()))]
