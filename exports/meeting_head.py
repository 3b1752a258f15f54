"""The head that concept note, programme and list of participants share: which meeting, when, where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from docx.text.paragraph import Paragraph

from exports.dates import clock_text, joined, weekday_text, zone_text
from exports.phrases import phrases
from exports.text import begun, one_line
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
    while they are not fixed. `language` is the BCP 47 tag of the meeting's own texts; the document's fixed
    words follow it (exports/phrases.py).
    """

    title: str
    first_day: date
    last_day: date
    zone: str
    subtitle: str = ""
    place: str = ""
    hours: tuple[Hours, ...] = ()
    language: str = "en-GB"


def quoted(title: str, language: str = "en") -> str:
    """The title in the quotation marks of the language, unless it brings its own."""
    title = one_line(title)
    opening, closing = phrases(language).quotes
    return title if title.startswith(("“", '"', "«")) else f"{opening}{title}{closing}"


def when_lines(head: MeetingHead) -> list[str]:
    """The date with its weekday and the hours with their zone; for several days one line each.

    Tuesday 22 July 2025 | 10:00 – 13:00 and 15:00 – 18:00 CEST (UTC+2)
    """
    by_day = {
        day: _hours_text(sorted({(hours.start, hours.end) for hours in of_day}), day, head)
        for day, of_day in groupby(sorted(head.hours, key=lambda hours: hours.day), key=lambda hours: hours.day)
    }
    first = begun(weekday_text(head.first_day, head.language))
    if head.first_day == head.last_day:
        return [first, *by_day.values()]
    dates = f"{first} – {weekday_text(head.last_day, head.language)}"
    return [dates, *(f"{begun(weekday_text(day, head.language))}, {hours}" for day, hours in by_day.items())]


def _hours_text(periods: list[tuple[time, time]], day: date, head: MeetingHead) -> str:
    hours = joined((clock_text(start, end) for start, end in periods), head.language)
    return f"{hours} {zone_text(day, periods[0][0], head.zone)}"


def open_file(head: MeetingHead, document_name: str, *, made: datetime, edition: str = "") -> WordFile:
    """A new document with the head on it. The footer says what kind of document it is, which edition, and the page."""
    file = WordFile(
        title=f"{document_name}: {one_line(head.title)}",
        language=head.language,
        made=made,
        styles=plain_styles(head.language),
        numbering=plain_numbering(),
    )
    write_head(file, head, "Title")
    footer = file.document.sections[0].footer.paragraphs[0]
    footer.style = "Footer"
    file.write(footer, f"{document_name}{', ' if edition else ''}{edition[:1].lower()}{edition[1:]}\t")
    add_field(footer, "PAGE")
    footer.add_run(" / ")
    add_field(footer, "NUMPAGES")
    return file


def write_head(file: WordFile, head: MeetingHead, title_style: str) -> Paragraph:
    """Append title, subtitle, dates, hours and place; gives the title's paragraph."""
    title = file.paragraph(quoted(head.title, head.language), title_style)
    if subtitle := one_line(head.subtitle):
        file.paragraph(subtitle, "Subtitle")
    for text in [*when_lines(head), one_line(head.place)]:
        if text:
            file.paragraph(text, "_ Meeting line")
    return title
