"""What is changed in the report's particulars, conclusions and recommendations."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from meetings.database import db, locked, transaction
from meetings.journal import Actor
from meetings.models.report import Report
from meetings.report.commands.shared import check_version, log, meeting_row, plain
from meetings.report.queries import ReportValues, report_values


def edit_report(*, meeting_id: int, version: int, values: ReportValues, actor: Actor, now: dt.datetime) -> None:
    """Change the report's particulars, conclusions and recommendations. Refuses where they changed since."""
    with transaction():
        meeting_row(meeting_id)
        row = locked(Report, Report.meeting_id == meeting_id)
        check_version(row.version if row else 0, version)
        before, _version = report_values(meeting_id)
        changed = [name for name in ReportValues.__slots__ if getattr(before, name) != getattr(values, name)]
        if not changed:
            return
        if row is None:
            row = Report(meeting_id=meeting_id, version=0)
            db.session.add(row)
        old, new = plain(asdict(before)), plain(asdict(values))
        for name in changed:
            value = getattr(values, name)
            setattr(row, name, value if isinstance(value, dt.date) else new[name])
        row.version += 1
        row.edited_at = row.edited_at or now
        old, new = ({name: state[name] for name in changed} for state in (old, new))
        log("report.edited", meeting_id, f"report:{meeting_id}", actor, now, before=old, after=new)
