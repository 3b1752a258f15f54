"""Those who were asked to speak go with their meeting."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import read, write
from meetings.database import db, now
from meetings.journal import COMMAND_LINE
from meetings.models.programme import Speaker
from meetings.refusals import Refused
from meetings.speakers import commands
from meetings.transfer import rules
from meetings.transfer.queries import export_meeting
from tests.transfer.small import SMALL, count, empty_the_database, load, the_meeting

ASKED = SMALL.replace(
    "floor:\n  - ",
    """speakers:
  - {person: ana, status: confirmed, invited_at: 2026-02-01T09:00:00.25+05:45, answer_by: 2026-02-20,
     answered_at: 2026-02-03T10:00:00+05:45, checked_at: 2026-02-03T10:05:00+05:45,
     consent: {photographed: false, recorded: true}, remark: "I come by train.\\nFrom far."}
  - {person: bo, status: withdrawn, reminded_at: 2026-02-05T09:00:00+05:45}
floor:
  - """,
)


def speaker(key: str) -> Speaker:
    db.session.rollback()
    return next(row for row in db.session.scalars(sa.select(Speaker)) if row.person.key == key)


def answer(key: str) -> None:
    commands.record_answer(
        meeting_id=the_meeting().id,
        key=key,
        version=speaker(key).version,
        answer="decline",
        way="letter",
        remark=None,
        actor=COMMAND_LINE,
        now=now(),
    )
    db.session.rollback()


def test_speakers_are_read_kept_and_written_again_byte_by_byte(app: Flask) -> None:
    load(ASKED)
    row = speaker("ana")
    assert (row.status, row.answer_by, row.remark) == (
        "confirmed",
        dt.date(2026, 2, 20),
        "I come by train.\nFrom far.",
    )
    assert (row.consent_photographed, row.consent_recorded, row.link_serial) == (False, True, 1)
    assert speaker("bo").consent_photographed is None
    written = write(export_meeting("small"))
    assert "answered_at: 2026-02-03T10:00:00+05:45" in written
    empty_the_database()
    load(written)
    assert write(export_meeting("small")) == written


def test_a_file_that_knows_nothing_of_speakers_is_imported_and_stays_as_it_is(app: Flask) -> None:
    load(SMALL)
    assert "speakers" not in write(export_meeting("small"))
    assert count(Speaker) == 0


def test_importing_again_keeps_rows_and_takes_away_who_only_a_file_knew(app: Flask) -> None:
    load(ASKED)
    before = speaker("ana").id
    load(ASKED)
    assert (speaker("ana").id, count(Speaker)) == (before, 2)
    load(SMALL)
    assert count(Speaker) == 0


@pytest.mark.parametrize("text", [SMALL, ASKED], ids=["without speakers", "with another answer"])
def test_an_answer_given_on_screen_is_not_imported_over(app: Flask, text: str) -> None:
    load(ASKED)
    answer("ana")
    with pytest.raises(Refused, match="speakers asked and their answers: 1,"):
        load(text)
    assert speaker("ana").status == "declined"
    load(write(export_meeting("small")))
    assert speaker("ana").status == "declined"


def test_a_demonstration_moves_its_speakers_with_it() -> None:
    moved = rules.shift_to(read(ASKED, "small.yaml"), dt.date(2026, 3, 4)).speakers[0]
    assert (moved.answer_by, moved.answered_at) == (
        dt.date(2026, 2, 22),
        dt.datetime(2026, 2, 5, 4, 15, tzinfo=dt.UTC),
    )
