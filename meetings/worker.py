"""The outbox worker with everything it does: mail. Runs inside the web process or as `rostrum worker`."""

from flask import Flask

from meetings import mail, outbox


def make_worker(app: Flask, name: str) -> outbox.Worker:
    """A worker for the application's jobs; `name` tells it from all other workers."""
    return outbox.Worker(app, {mail.JOB: mail.deliver}, {}, name)
