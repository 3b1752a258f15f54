"""What an organiser fills in: each form shows plain values of meetings.programme.queries.edits and gives them back."""

from meetings.programme.forms.meeting import ConceptNoteForm, NewMeetingForm, ParticularsForm
from meetings.programme.forms.people import OrganisationForm, PersonForm
from meetings.programme.forms.sessions import SessionForm
from meetings.programme.forms.sittings import SittingForm

__all__ = [
    "ConceptNoteForm",
    "NewMeetingForm",
    "OrganisationForm",
    "ParticularsForm",
    "PersonForm",
    "SessionForm",
    "SittingForm",
]
