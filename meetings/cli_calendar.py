"""`rostrum calendar …`: takes the answers that came by mail."""

from pathlib import Path

import click

from meetings import database, migrating
from meetings.cli_base import Command, Failure
from meetings.invitations.commands import Outcome, take_replies
from meetings.invitations.rules.reply_mail import LARGEST_FILE
from meetings.invitations.words import answer_words, reply_reasons
from meetings.journal import COMMAND_LINE


@click.group("calendar")
def calendar() -> None:
    """Takes the answers that calendar programs send by mail."""


@calendar.command("replies", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
def replies(files: tuple[Path, ...]) -> None:
    """Take the answers in mails: each FILE is a mail (.eml) or a folder of mails (mbox).

    What is taken is a line on standard output, what is not one on standard error, with the reason.
    """
    migrating.make_ready()
    total = refused = 0
    for file in files:
        for outcome in _read(file):
            total += 1
            refused += outcome is None or outcome.reason is not None
            if outcome is not None:
                _say(file, outcome)
    if refused:
        raise Failure(f"{refused} of {total} not taken")


def _read(file: Path) -> list[Outcome] | list[None]:
    """What became of the mails of a file; None for a file that cannot be read, which is said."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            click.echo(f"{file}: larger than {LARGEST_FILE // 2**20} MB; hand in a part of it", err=True)
            return [None]
        content = file.read_bytes()
    except OSError as error:
        click.echo(f"{file}: {error.strerror}", err=True)
        return [None]
    return take_replies(content=content, meeting_id=None, actor=COMMAND_LINE, now=database.now())


def _say(file: Path, outcome: Outcome) -> None:
    where = f"{file}, mail {outcome.number}: {outcome.sender or 'sender not read'}"
    if outcome.reason is None:
        click.echo(f"{where}: {answer_words()[outcome.partstat or '']}: {outcome.title}")
    else:
        click.echo(f"{where}: {reply_reasons()[outcome.reason]}", err=True)
