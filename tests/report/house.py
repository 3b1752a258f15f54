"""A meeting with a rapporteur, for the tests of the report's commands and pages."""

from dataclasses import dataclass

from flask.testing import FlaskClient

from meetings.database import transaction
from meetings.models.account import Account
from meetings.models.meeting import Meeting, Session
from meetings.models.people import Organisation, Person
from tests import factories
from tests.signing_in import sign_in


@dataclass
class House:
    """The rows of the meeting."""

    meeting: Meeting
    panel: Session
    lunch: Session
    panellist: Person
    city: Organisation
    rapporteur: Account

    @property
    def url(self) -> str:
        """The meeting's address."""
        return f"/meetings/{self.meeting.slug}"

    @property
    def notes(self) -> str:
        """The address of the panel's notes."""
        return f"{self.url}/notes/{self.panel.key}"

    @property
    def points(self) -> str:
        """The address of all points of the panel."""
        return f"{self.notes}/points"

    def enter(self, client: FlaskClient) -> None:
        """The browser is the rapporteur's."""
        sign_in(client, self.rapporteur)


def build() -> House:
    """A meeting of one panel with one panellist, and a lunch."""
    with transaction():
        meeting = factories.meeting(slug="here", title="Meeting on human rights cities", mandate_resolution="57/12")
        body = factories.organisation(meeting, name="City of Vienna", article="the", country="AT", show_country=True)
        panellist = factories.person(
            meeting, honorific="Ms.", given="Ada", family="Muster", function="Mayor", organisation_id=body.id
        )
        panel = factories.session(meeting, key="panel", title="Cities that act")
        factories.role(panel, panellist, "panellist")
        lunch = factories.session(meeting, key="lunch", kind="lunch", title="Lunch")
        city = factories.organisation(meeting, name="City of Fez", article="the", country="MA", show_country=True)
        rapporteur = factories.account("rapporteur@example.org", "rapporteur", of=meeting)
    return House(meeting, panel, lunch, panellist, city, rapporteur)
