"""The head that concept note, programme and list of participants share: which meeting, when, where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from exports.dates import clock_text, joined, weekday_text, zone_text
from exports.text import one_line
from exports.word import WordFile, add_field
from exports.word_numbering import plain_numbering
from exports.word_styles import plain_styles


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch in which the meeting sits: wall clock in the meeting's zone."""

    day: date
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """Which meeting this is about.

    `zone` is the IANA zone of every time in the document. `place` is one line as it shall stand
    ("Room XXIV, Palais des Nations, Geneva, Switzerland" or "Online (MS Teams)"); `hours` is empty
    while they are not fixed. `language` is the BCP 47 tag of the meeting's own texts.
    """

    title: str
    first_day: date
    last_day: date
    zone: str
    subtitle: str = ""
    place: str = ""
    hours: tuple[Hours, ...] = ()
    language: str = "en-GB"


def quoted(title: str) -> str:
    """The title in curly quotation marks, unless it brings its own."""
    title = one_line(title)
    return title if title.startswith(("“", '"', "«")) else f"“{title}”"


def when_lines(head: MeetingHead) -> list[str]:
    """The date with its weekday and the hours with their zone; for several days one line each.

    Tuesday 22 July 2025 | 10:00 – 13:00 and 15:00 – 18:00 CEST (UTC+2)
    """
    by_day = {
        day: _hours_text(sorted({(hours.start, hours.end) for hours in of_day}), day, head.zone)
        for day, of_day in groupby(sorted(head.hours, key=lambda hours: hours.day), key=lambda hours: hours.day)
    }
    if head.first_day == head.last_day:
        return [weekday_text(head.first_day), *by_day.values()]
    dates = f"{weekday_text(head.first_day)} – {weekday_text(head.last_day)}"
    return [dates, *(f"{weekday_text(day)}, {hours}" for day, hours in by_day.items())]


def _hours_text(periods: list[tuple[time, time]], day: date, zone: str) -> str:
    return f"{joined(clock_text(start, end) for start, end in periods)} {zone_text(day, periods[0][0], zone)}"


def open_file(head: MeetingHead, document_name: str, *, made: datetime) -> WordFile:
    """A new document with the head on it: title, subtitle, dates, hours, place, and what kind of document it is."""
    file = WordFile(
        title=f"{document_name}: {one_line(head.title)}",
        language=head.language,
        made=made,
        styles=plain_styles(head.language),
        numbering=plain_numbering(),
    )
    file.paragraph(quoted(head.title), "Title")
    if subtitle := one_line(head.subtitle):
        file.paragraph(subtitle, "Subtitle")
    for text in [*when_lines(head), one_line(head.place)]:
        if text:
            file.paragraph(text, "_ Meeting line")
    footer = file.document.sections[0].footer.paragraphs[0]
    footer.style = "Footer"
    footer.add_run("\t")
    add_field(footer, "PAGE")
    footer.add_run(" / ")
    add_field(footer, "NUMPAGES")
    return file
