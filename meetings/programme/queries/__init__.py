"""What is read of meetings and their programmes. Other capabilities import from here."""

from meetings.programme.queries.lines import (
    ConceptNote,
    DocumentLine,
    FloorLine,
    MeetingHead,
    MeetingLine,
    MeetingPage,
    OrganisationLine,
    PersonLine,
    Programme,
    ProgrammeDay,
    QuestionGroup,
    RoleLine,
    SessionLine,
    SittingLine,
)
from meetings.programme.queries.meetings import earlier_meetings, meeting_head, meeting_lines, meeting_page, organisers
from meetings.programme.queries.sessions import programme, session_line

__all__ = [
    "ConceptNote",
    "DocumentLine",
    "FloorLine",
    "MeetingHead",
    "MeetingLine",
    "MeetingPage",
    "OrganisationLine",
    "PersonLine",
    "Programme",
    "ProgrammeDay",
    "QuestionGroup",
    "RoleLine",
    "SessionLine",
    "SittingLine",
    "earlier_meetings",
    "meeting_head",
    "meeting_lines",
    "meeting_page",
    "organisers",
    "programme",
    "session_line",
]
