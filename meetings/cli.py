"""The console script `rostrum`."""

import click
from flask.cli import ScriptInfo

from meetings import create_app
from meetings.cli_commands import COMMANDS


@click.group("rostrum", commands={str(command.name): command for command in COMMANDS})
@click.pass_context
def rostrum(context: click.Context) -> None:
    """Runs the dialogues between local governments and the United Nations human rights system."""
    context.obj = context.obj or ScriptInfo(create_app=lambda: create_app())


def main() -> None:
    """Run the command that the arguments name."""
    rostrum(prog_name="rostrum")
