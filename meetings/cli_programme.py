"""`rostrum programme read`: a concept note or programme, as its authors wrote it, printed as a meeting file."""

from pathlib import Path

import click

from exports import meeting_file
from meetings import database
from meetings.cli_base import Command, Failure
from meetings.programme.rules.names import slug_for
from meetings.reading import words
from meetings.reading.files import source_of
from meetings.reading.rules import read
from meetings.reading.rules.meeting_file import meeting_data
from meetings.reading.rules.result import Reading
from meetings.reading.rules.source import Source


@click.group("programme")
def programme() -> None:
    """Reads programmes as their authors write them."""


@programme.command("read", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
def read_programme(file: Path) -> None:
    """Recognise the meeting in a concept note or programme (.docx, .txt) and print it as a meeting file.

    What was not understood and what was assumed goes to standard error, with the numbers of the lines. Nothing is
    written into the database.
    """
    source = source_of(file.read_bytes())
    reading = read(source)
    if not reading.sessions and not reading.head.title:
        raise Failure(f"{file}: neither a title nor a session was found in it")
    title = reading.head.title or words.untitled()
    day = reading.head.first_day or database.now().date()
    slug = slug_for(title, day.year, lambda _taken: False)
    for line in _told(source, reading, slug):
        click.echo(line, err=True)
    click.echo(meeting_file.write(meeting_file.make(meeting_data(reading, slug, title=title))), nl=False)


def _told(source: Source, reading: Reading, slug: str) -> list[str]:
    """What to look at, line by line; then what no line says."""
    at: dict[int, list[str]] = {}
    for remark in reading.remarks:
        if remark.line:
            at.setdefault(remark.line, []).append(words.said(remark))
    for number in reading.not_understood:
        at.setdefault(number, []).append(f"not understood: {source.lines[number - 1].text.strip()}")
    found = [f"line {number}: {text}" for number in sorted(at) for text in at[number]]
    return [*found, *words.assumed(reading), f"The meeting's address (slug) is made from its title: {slug}"]
