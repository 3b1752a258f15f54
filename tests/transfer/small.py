"""A small meeting file, and how tests put it into the database."""

import sqlalchemy as sa

from exports.meeting_file import read
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting
from meetings.transfer.commands import Imported, import_meeting

SMALL = """
format: rostrum-meeting/1
meeting: {slug: small, title: Small, mode: online, timezone: Asia/Kathmandu,
          dates: {start: 2026-03-02, end: 2026-03-02}}
organisations:
  - {id: city, name: Demonstration City}
people:
  - {id: ana, given: Demonstration, family: Ana, organisation: city, email: ana@example.org}
  - {id: bo, given: Demonstration, family: Bo, organisation: city, email: bo@example.org}
sittings:
  - {id: morning, date: 2026-03-02, start: "09:00", end: "11:00"}
sessions:
  - {id: s1, kind: panel, title: Panel, date: 2026-03-02, start: "09:00", end: "11:00", floor: {cap_minutes: 10},
     roles: [{role: chair, person: ana}]}
  - {id: s2, kind: closing, title: Close, part_of: s1}
registrations:
  - {person: ana, status: confirmed}
floor:
  - {session: s1, person: ana, organisation: city, status: spoken, granted_seconds: 120, spoken_seconds: 118.25}
  - {session: s1, person: bo, organisation: city, status: absent, requested_at: 2026-03-02T09:10:00.5+05:45}
points:
  - {session: s1, person: ana, verb: stressed, text: the need for rain}
report: {title: Summary}
"""


def load(text: str) -> Imported:
    return import_meeting(read(text, "small.yaml"), actor=COMMAND_LINE, now=now())


def the_meeting(slug: str = "small") -> Meeting:
    return db.session.scalars(sa.select(Meeting).where(Meeting.slug == slug)).one()


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def empty_the_database() -> None:
    with transaction() as session:
        for table in reversed(db.metadata.sorted_tables):
            session.execute(sa.update(table).values(part_of_id=None) if table.name == "session" else sa.select(1))
            session.execute(sa.delete(table))
        session.expire_all()
