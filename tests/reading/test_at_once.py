"""What holds when several organisers agree to a reading at the same moment: real threads, on both databases."""

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.meeting import Meeting, Session
from meetings.models.message import Event
from meetings.reading import commands
from meetings.reading.rules import from_text, read
from meetings.refusals import Refused
from tests import factories
from tests.reading import notes
from tests.threads import at_once

MANY = 6
JUNE = read(from_text(notes.JUNE))


def test_meetings_of_one_title_made_at_once_replace_none(app: Flask) -> None:
    def create() -> str:
        return commands.create_meeting(JUNE, title="Untitled", organiser=None, actor=COMMAND_LINE, now=now())

    answers = at_once(app, [create] * MANY)
    made = [answer for answer in answers if isinstance(answer, str)]
    assert made
    assert all(isinstance(answer, Refused) for answer in answers if not isinstance(answer, str)), answers
    assert sorted(db.session.scalars(sa.select(Meeting.slug))) == sorted(made)
    assert len(set(made)) == len(made)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Session)) == len(made) * len(JUNE.sessions)
    kinds = set(db.session.scalars(sa.select(Event.kind)))
    assert kinds == {"meeting.imported"}


def test_of_those_who_fill_a_draft_at_once_one_does(app: Flask) -> None:
    with transaction():
        meeting_id = factories.meeting(published_at=None).id

    def fill() -> None:
        commands.fill_meeting(JUNE, meeting_id=meeting_id, title="Untitled", actor=COMMAND_LINE, now=now())

    answers = at_once(app, [fill] * MANY)
    assert [answer for answer in answers if answer is None] == [None]
    assert all(isinstance(answer, Refused) for answer in answers if answer is not None), answers
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Session)) == len(JUNE.sessions)


def test_a_meeting_that_is_gone_is_not_filled(app: Flask) -> None:
    with pytest.raises(Refused, match="no longer there"):
        commands.fill_meeting(JUNE, meeting_id=4711, title="Untitled", actor=COMMAND_LINE, now=now())


def test_a_meeting_that_was_made_since_the_look_is_not_replaced(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction():
        factories.meeting(slug="meeting-on-local-governments-and-human-rights", title="Somebody else's")
    monkeypatch.setattr(commands, "meeting_head", lambda _slug: None)  # as it looked a moment before
    with pytest.raises(Refused, match="was made just now"):
        commands.create_meeting(JUNE, title="Untitled", organiser=None, actor=COMMAND_LINE, now=now())
    assert list(db.session.scalars(sa.select(Meeting.title))) == ["Somebody else's"]
