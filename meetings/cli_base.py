"""What all commands of the command line share: how they fail, and where their output goes."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from exports.meeting_file import MeetingFileError
from meetings.database import db
from meetings.refusals import Refused
from meetings.server import CannotListen
from meetings.settings import BadSetting


class Command(click.Command):
    """A command that runs within the application, and tells what went wrong in one clear line, with status 1."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.callback is not None:
            self.callback = with_appcontext(_tidy(self.callback))

    def invoke(self, context: click.Context) -> Any:
        """Run it; what is refused becomes a line on standard error."""
        try:
            return super().invoke(context)
        except (Refused, BadSetting, CannotListen, MeetingFileError) as error:
            raise Failure(str(error)) from None
        except sa.exc.DBAPIError as error:
            raise Failure(_database_trouble(error)) from None
        except OSError as error:
            raise Failure(f"{error.filename or 'the operating system'}: {error.strerror}") from None


def _tidy(callback: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with the connections to the database closed at its end."""

    @wraps(callback)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return callback(*args, **kwargs)
        finally:
            db.session.remove()
            db.engine.dispose()

    return run


class Failure(click.ClickException):
    """The command was not carried out: status 1, the reason on standard error."""

    def show(self, file: Any = None) -> None:
        """Say why."""
        click.echo(f"rostrum: {self.message}", err=True)


def _database_trouble(error: sa.exc.DBAPIError) -> str:
    """A failure of the database in one line, without what people typed."""
    said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return f"the database does not answer: {said[0].strip()} (check DATABASE_URL)"


def put_out(content: bytes, file: Path | None) -> None:
    """Write a document to the file, or to standard output; a terminal gets no binary one."""
    if file is not None:
        try:
            file.write_bytes(content)
        except OSError as error:
            raise Failure(f"{file}: {error.strerror}") from None
        return
    if sys.stdout.isatty() and b"\0" in content:
        raise Failure("this format is not for reading on a terminal; name a file with -o FILE")
    sys.stdout.buffer.write(content)
