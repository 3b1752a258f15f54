"""The console script `rostrum`, and what the application has on a command line alone.

A web process is without it: what migrations and commands need is a good part of a process's memory.
"""

import click
from flask import Flask
from flask.cli import ScriptInfo
from flask_migrate import Migrate

from meetings import create_app
from meetings.cli_commands import COMMANDS
from meetings.database import db
from meetings.settings import ROOT

migrate = Migrate(render_as_batch=True, compare_type=True)


def install(app: Flask) -> Flask:
    """Give the application its commands and migrations."""
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


@click.group("rostrum", commands={str(command.name): command for command in COMMANDS})
@click.pass_context
def rostrum(context: click.Context) -> None:
    """Runs the dialogues between local governments and the United Nations human rights system."""
    context.obj = context.obj or ScriptInfo(create_app=lambda: install(create_app()))


def main() -> None:
    """Run the command that the arguments name."""
    rostrum(prog_name="rostrum")
