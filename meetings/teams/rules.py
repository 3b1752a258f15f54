"""What Microsoft Teams is asked for a sitting, and what may be pasted as a join link instead."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_SUBJECT_LETTERS = 250
_LINK_LETTERS = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """An online meeting to be made: `start` and `end` in UTC, as Microsoft Graph reads them."""

    external_id: str
    subject: str
    start: str
    end: str


def wanted(
    *,
    site: str,
    slug: str,
    key: str,
    title: str,
    date: dt.date,
    start: dt.time,
    end: dt.time,
    timezone: str,
) -> Wanted:
    """The online meeting for a sitting, whose times are wall clock in the meeting's zone.

    The external id makes asking again give the same online meeting (Graph keys createOrGet by it): it stays the same
    for a sitting, and differs between installations that share a tenant. `site` is the public address.
    """
    zone = ZoneInfo(timezone)
    day = f", {date.isoformat()} {start:%H:%M} ({timezone})"
    return Wanted(
        external_id=f"{urlsplit(site).netloc}/{slug}/{key}",
        subject=title[: _SUBJECT_LETTERS - len(day)] + day,
        start=_utc(dt.datetime.combine(date, start, zone)),
        end=_utc(dt.datetime.combine(date, end, zone)),
    )


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
