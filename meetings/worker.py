"""The outbox worker with everything it does. It runs inside the web process, or as `rostrum worker`."""

from flask import Flask

from meetings import mail, outbox
from meetings.invitations import jobs as invitations_jobs
from meetings.invitations.commands import send_reminders
from meetings.invitations.queries.calendars import TELL
from meetings.programme.commands.people import ADDRESS_CHANGED
from meetings.programme.commands.sittings import SITTING_REMOVED
from meetings.publishing import jobs as publishing_jobs
from meetings.report.commands import input_files
from meetings.teams import jobs as teams_jobs
from meetings.teams import queries as teams


def make_worker(app: Flask, name: str) -> outbox.Worker:
    """A worker for the application's jobs; `name` tells it from all other workers."""
    handlers = {
        mail.JOB: mail.deliver,
        teams.CREATE: teams_jobs.create_link,
        teams.UPDATE: teams_jobs.update,
        teams.DELETE: teams_jobs.delete,
        SITTING_REMOVED: teams_jobs.sitting_removed,
        ADDRESS_CHANGED: invitations_jobs.follow_address,
        TELL: publishing_jobs.tell,
        input_files.JOB: input_files.read_text,
    }
    mourners = {teams.CREATE: teams_jobs.given_up, teams.UPDATE: teams_jobs.given_up}
    return outbox.Worker(app, handlers, mourners, name, chores=[send_reminders])
