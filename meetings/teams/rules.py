"""What Microsoft Teams is asked for a sitting, and what may be pasted as a join link instead."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_SUBJECT_LETTERS = 250
_LINK_LETTERS = 2000


# Who is let in at once; the others wait in the lobby until somebody of the organisation lets them in. What Graph has
# besides needs the addresses of all participants in Teams, which get there by no mail of ours, or serves nobody here.
# https://learn.microsoft.com/en-us/graph/api/resources/lobbybypasssettings
LOBBIES = ("organization", "organizer", "everyone")
# Who may share a screen and mute others; all may speak. https://learn.microsoft.com/en-us/graph/api/resources/onlinemeetingbase
PRESENTERS = ("organization", "organizer", "everyone")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What Teams shall know of an online meeting: `start` and `end` in UTC, as Microsoft Graph reads them."""

    subject: str
    start: str
    end: str
    lobby: str
    presenters: str

    @property
    def fingerprint(self) -> str:
        """Changes whenever Teams has to be told."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def wanted(
    *, title: str, date: dt.date, start: dt.time, end: dt.time, timezone: str, lobby: str, presenters: str
) -> Wanted:
    """The online meeting for a sitting, whose times are wall clock in the meeting's zone."""
    zone = ZoneInfo(timezone)
    day = f", {date.isoformat()} {start:%H:%M} ({timezone})"
    return Wanted(
        subject=title[: _SUBJECT_LETTERS - len(day)] + day,
        start=_utc(dt.datetime.combine(date, start, zone)),
        end=_utc(dt.datetime.combine(date, end, zone)),
        lobby=lobby,
        presenters=presenters,
    )


def external_id(*, site: str, slug: str, key: str, sitting_id: int, let_go: int) -> str:
    """What makes asking again give the same online meeting (Graph keys createOrGet by it).

    It stays the same for a sitting until its online meeting has been let go (`let_go` times so far): the next one is
    another, also while the former is still being deleted. It differs between installations that share a tenant;
    `site` is the public address.
    """
    return f"{urlsplit(site).netloc}/{slug}/{key}/{sitting_id}.{let_go}"


def asks_for_link(*, mode: str, state: str | None, join_url: str | None, end: dt.datetime, now: dt.datetime) -> bool:
    """Whether publishing has Teams make a sitting's link: where somebody will join online, and nothing is there yet.

    What failed before is asked for again. A sitting that is over gets none.
    """
    return mode != "in_person" and join_url is None and state in (None, "failed") and end > now


def _utc(local: dt.datetime) -> str:
    return local.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_join_link(text: str) -> bool:
    """Whether a text can be a join link: an https address of any host, without a user name or blanks in it."""
    if len(text) > _LINK_LETTERS or any(letter.isspace() or not letter.isprintable() for letter in text):
        return False
    try:
        parts = urlsplit(text)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and port_fits and "@" not in parts.netloc
