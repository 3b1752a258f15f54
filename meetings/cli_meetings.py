"""`rostrum meeting …`: lists meetings, imports and exports them."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
import sqlalchemy as sa

from exports import meeting_file
from exports.participants import ParticipantList, participants_docx, participants_xlsx
from exports.report import report_docx
from meetings import database, links, migrating
from meetings.cli_base import Command, Failure, put_out
from meetings.database import db
from meetings.floor import documents as floor_documents
from meetings.floor.queries import meeting_records
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting
from meetings.people import documents as people_documents
from meetings.people.queries import all_registrations
from meetings.programme.queries import MeetingPage, meeting_page
from meetings.programme.queries.documents import calendar_feed, concept_note_document, programme_document
from meetings.refusals import Refused
from meetings.report.queries import draft_with_material
from meetings.report.rules.file import report_file
from meetings.transfer.commands import import_meeting
from meetings.transfer.queries import export_meeting


def _yaml(slug: str) -> bytes:
    return meeting_file.write(export_meeting(slug)).encode()


def _ics(slug: str) -> bytes:
    page = _page(slug)
    return calendar_feed(page, address=links.page("programme.meeting", slug=slug))


def _concept_note(slug: str) -> bytes:
    return concept_note_document(_dated(slug))


def _programme(slug: str) -> bytes:
    return programme_document(_dated(slug))


def _participants(slug: str) -> bytes:
    return participants_docx(_participant_list(slug), made=database.now())


def _participants_table(slug: str) -> bytes:
    return participants_xlsx(_participant_list(slug), made=database.now())


def _participant_list(slug: str) -> ParticipantList:
    head = _dated(slug).head
    return people_documents.participant_list(head, all_registrations(head.id))


def _speakers(slug: str) -> bytes:
    return floor_documents.speakers_xlsx(meeting_records(slug) or _unknown(slug), made=database.now())


def _report(slug: str) -> bytes:
    return report_docx(report_file(*draft_with_material(_page(slug).head.id)), made=database.now())


def _page(slug: str) -> MeetingPage:
    return meeting_page(slug) or _unknown(slug)


def _unknown(slug: str) -> NoReturn:
    raise Failure(f"there is no meeting {slug}; see: rostrum meeting list")


def _dated(slug: str) -> MeetingPage:
    page = _page(slug)
    if page.head.start_date is None:
        raise Failure(f"{slug} has no date yet, which its documents begin with")
    return page


EXPORTS: dict[str, Callable[[str], bytes]] = {
    "yaml": _yaml,
    "ics": _ics,
    "concept-note.docx": _concept_note,
    "programme.docx": _programme,
    "participants.docx": _participants,
    "participants.xlsx": _participants_table,
    "speakers.xlsx": _speakers,
    "report.docx": _report,
}


@click.group("meeting")
def meeting() -> None:
    """Lists meetings, imports and exports them."""


@meeting.command("list", cls=Command)
def list_meetings() -> None:
    """Slug, dates and title of every meeting, a line each."""
    migrating.make_ready()
    columns = (Meeting.slug, Meeting.start_date, Meeting.end_date, Meeting.title)
    rows = db.session.execute(sa.select(*columns).order_by(Meeting.start_date, Meeting.slug)).all()
    if not rows:
        click.echo("There is no meeting yet. Try: rostrum demo, or rostrum meeting import FILE", err=True)
    for slug, start, end, title in rows:
        dates = "–".join(dict.fromkeys(str(date) for date in (start, end) if date is not None)) or "no date"
        click.echo(f"{slug}\t{dates}\t{' '.join(title.split())}")


@meeting.command("import", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
def import_files(files: tuple[Path, ...]) -> None:
    """Read meeting files; each is taken as a whole or not at all."""
    migrating.make_ready()
    refused = 0
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
            imported = import_meeting(meeting_file.read(text, str(file)), actor=COMMAND_LINE, now=database.now())
        except (meeting_file.MeetingFileError, Refused, OSError, UnicodeDecodeError) as error:
            refused += 1
            click.echo(_why_not(file, error), err=True)
        else:
            click.echo(f"{imported.slug}: {'replaced' if imported.replaced else 'imported'}")
    if refused:
        raise Failure(f"{refused} of {len(files)} not imported")


def _why_not(file: Path, error: Exception) -> str:
    if isinstance(error, meeting_file.MeetingFileError):
        return str(error)
    if isinstance(error, UnicodeDecodeError):
        return f"{file}: not a text in UTF-8"
    if isinstance(error, OSError):
        return f"{file}: {error.strerror}"
    return f"{file}: {error}"


@meeting.command("export", cls=Command)
@click.argument("slug")
@click.argument("format_", metavar="FORMAT", type=click.Choice([*EXPORTS]))
@click.option("-o", "file", metavar="FILE", type=click.Path(path_type=Path), help="write there, not to standard output")
def export(slug: str, format_: str, file: Path | None) -> None:
    """Write a meeting, or a document of it, to standard output or to a file.

    FORMAT is yaml, ics, concept-note.docx, programme.docx, participants.docx, participants.xlsx,
    speakers.xlsx or report.docx.
    """
    migrating.make_ready()
    put_out(EXPORTS[format_](slug), file)
