"""The commands of `rostrum`, which hang under `flask` too. Exit status: 0 done, 1 refused, 2 wrong usage."""

import os
import signal
import socket
import sys
import threading

import click
from flask import Flask, current_app

from meetings import database, demonstration, doctor, links, migrating, server
from meetings.accounts import commands as accounts
from meetings.accounts import rules
from meetings.cli_base import Command, Failure
from meetings.cli_calendar import calendar
from meetings.cli_meetings import meeting
from meetings.cli_programme import programme
from meetings.journal import COMMAND_LINE
from meetings.settings import Settings
from meetings.worker import make_worker


@click.command("demo", cls=Command)
def demo() -> None:
    """Load the real dialogues and a demonstration meeting into an empty database."""
    migrating.make_ready()
    with database.alone():
        loaded = demonstration.load(database.now())
    for slug in loaded:
        click.echo(slug)
    if not loaded:
        click.echo("The demonstration is there already.", err=True)


@click.command("sign-in-link", cls=Command)
@click.argument("email")
def sign_in_link(email: str) -> None:
    """Print a link that signs EMAIL in, once, within a day."""
    migrating.make_ready()
    address = _address(email)
    nonce = accounts.print_link(email=address, actor=COMMAND_LINE, now=database.now())
    click.echo(links.address("sign_in", nonce))


@click.command("grant", cls=Command)
@click.argument("email")
@click.argument("role", metavar="ROLE", type=click.Choice(["administrator", *rules.MEETING_ROLES]))
@click.option("--meeting", "slug", metavar="SLUG", help="in this meeting only; without it in all")
def grant(email: str, role: str, slug: str | None) -> None:
    """Let EMAIL hold a ROLE; makes the account where there is none.

    ROLE is administrator, organiser, chair or rapporteur.
    """
    migrating.make_ready()
    address = _address(email)
    where = f"of {slug}" if slug else "of all meetings"
    given = accounts.give_role(email=address, role=role, slug=slug, actor=COMMAND_LINE, now=database.now())
    click.echo(f"{address} is {role} {where}{'' if given else ' already'}")


@click.command("serve", cls=Command)
def serve() -> None:
    """Run the production web server; an empty database is set up and gets the demonstration."""
    settings: Settings = current_app.config["SETTINGS"]
    listener = server.listen(settings.host, settings.port)
    migrating.upgrade()
    now = database.now()
    with database.alone():
        if demonstration.is_wanted():
            demonstration.load(now)
    click.echo(f"Rostrum: {settings.base_url}")
    if demonstration.is_all_there_is():
        found = demonstration.sign_in_links(now)
        click.echo(
            "\nThis is a demonstration. Look around as (links to sign in work once; each start prints new ones,"
            " until there is a meeting of your own):"
        )
        for who, link in found.items():
            click.echo(f"  {who:<12} {link}")
    else:
        click.echo("To sign in without waiting for the mail: rostrum sign-in-link ADDRESS prints a link.")
    click.echo("\nStop with Ctrl+C.")
    database.db.session.remove()
    database.db.engine.dispose()
    server.serve(listener, workers=settings.web_workers)


@click.command("worker", cls=Command)
def worker() -> None:
    """Run one more outbox worker until it is told to stop; it ends after the job in hand."""
    migrating.make_ready()
    stop_signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop_signals)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's way to leave the context
    name = f"{socket.gethostname()}-{os.getpid()}"
    hand = make_worker(app, name)
    thread = threading.Thread(target=hand.run, name="outbox")
    thread.start()
    click.echo(f"The worker {name} is at work. Stop with Ctrl+C.", err=True)
    signal.sigwait(stop_signals)
    hand.stop()
    thread.join()


@click.command("doctor", cls=Command)
def examine() -> None:
    """Check the installation; say what to do about what is not right."""
    findings = doctor.examine(current_app.config["SETTINGS"])
    for finding in findings:
        click.echo(str(finding))
    if not all(finding.good for finding in findings):
        sys.exit(1)


COMMANDS = (demo, meeting, programme, calendar, sign_in_link, grant, serve, worker, examine)


def _address(text: str) -> str:
    try:
        return rules.normal_address(text)
    except ValueError:
        raise Failure(f"{text} is not an e-mail address") from None
