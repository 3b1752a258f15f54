"""What is read of a floor: how it stands at an instant, and which floors a meeting and a participant have."""

from meetings.floor.queries.asking import Asker, Standing, Wish, asker, standing
from meetings.floor.queries.heads import FloorHead, floor_head, floor_head_by_id, floor_head_of_request, floor_heads
from meetings.floor.queries.lines import Countdown, RequestLine, StatementLine, TurnLine
from meetings.floor.queries.log import By, FloorLog, LogLine, RequestRecord, floor_log
from meetings.floor.queries.participants import Participant, newest_request, own_request, participant
from meetings.floor.queries.records import MeetingRecords, SessionRecord, meeting_records
from meetings.floor.queries.sessions import FloorSummary, floors_of, meeting_title
from meetings.floor.queries.state import FloorState, floor_state
from meetings.floor.queries.statements import StatementText, own_statement, statement_in
from meetings.floor.queries.statistics import MeetingShare, Statistics, statistics

__all__ = [
    "Asker",
    "By",
    "Countdown",
    "FloorHead",
    "FloorLog",
    "FloorState",
    "FloorSummary",
    "LogLine",
    "MeetingRecords",
    "MeetingShare",
    "Participant",
    "RequestLine",
    "RequestRecord",
    "SessionRecord",
    "Standing",
    "StatementLine",
    "StatementText",
    "Statistics",
    "TurnLine",
    "Wish",
    "asker",
    "floor_head",
    "floor_head_by_id",
    "floor_head_of_request",
    "floor_heads",
    "floor_log",
    "floor_state",
    "floors_of",
    "meeting_records",
    "meeting_title",
    "newest_request",
    "own_request",
    "own_statement",
    "participant",
    "standing",
    "statement_in",
    "statistics",
]
