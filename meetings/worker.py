"""The outbox worker with everything it does. It runs inside the web process, or as `rostrum worker`."""

from flask import Flask

from meetings import mail, outbox
from meetings.invitations import jobs as invitations_jobs
from meetings.programme.commands.people import ADDRESS_CHANGED
from meetings.report.commands import input_files
from meetings.teams import commands as teams
from meetings.teams import jobs as teams_jobs


def make_worker(app: Flask, name: str) -> outbox.Worker:
    """A worker for the application's jobs; `name` tells it from all other workers."""
    handlers = {
        mail.JOB: mail.deliver,
        teams.JOB: teams_jobs.create_link,
        ADDRESS_CHANGED: invitations_jobs.follow_address,
        input_files.JOB: input_files.read_text,
    }
    mourners = {teams.JOB: teams_jobs.link_given_up}
    return outbox.Worker(app, handlers, mourners, name)
