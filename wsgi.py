"""What a server loads: `gunicorn --config gunicorn.conf.py wsgi:app`."""

import os
import socket
import threading

import click

from meetings import create_app
from meetings.worker import make_worker

app = create_app()

# `flask db upgrade` and the like load this file too, and are to do nothing but what they say.
on_command_line = click.get_current_context(silent=True) is not None

if on_command_line:
    from meetings.cli import install

    install(app)

if app.config["SETTINGS"].outbox_worker == "inside" and not on_command_line:
    # A greenlet, since gevent is in place when gunicorn's worker comes here.
    worker = make_worker(app, f"{socket.gethostname()}-{os.getpid()}")
    threading.Thread(target=worker.run, name="outbox", daemon=True).start()
