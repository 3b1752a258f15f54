"""Registrations as documents: the table for spreadsheet programs, and the list of participants."""

from collections.abc import Iterable, Sequence
from typing import cast, get_args

from flask_babel import gettext as _

from exports.categories import Category
from exports.countries import country_name
from exports.participants import Participant, ParticipantList
from exports.people import NameOrder, Person
from exports.spreadsheet import Cell, csv_bytes
from meetings.display import attendances, category, country, instant, language_name, registration_statuses
from meetings.people.queries import RegistrationLine
from meetings.programme.queries import MeetingHead, programme
from meetings.programme.queries.documents import file_head


def registrations_csv(meeting: MeetingHead, lines: Sequence[RegistrationLine]) -> bytes:
    """All that organizers need of each registration, a row each, in the words of the page's language.

    Not the gender: participants are told that only totals are made of it.
    """
    header = [
        _("Form of address"), _("Given name"), _("Family name"), _("Mail address"), _("Function"), _("Unit"),
        _("Organization"), _("Category"), _("Country"), _("Attendance"), _("Languages"), _("Accessibility needs"),
        _("In the list"), _("Photographs"), _("Recording"), _("Protected"), _("Status"), _("Registered"),
    ]  # fmt: skip
    return csv_bytes(header, (_row(meeting, line) for line in lines))


def _row(meeting: MeetingHead, line: RegistrationLine) -> list[Cell]:
    told = line.particulars
    return [
        line.honorific, line.given, line.family, line.email, told.function, line.unit,
        told.organisation, category(told.category), country(told.country), attendances()[told.attendance],
        ", ".join(language_name(code) for code in told.languages), told.accessibility,
        _yes(told.consent_listed), _yes(told.consent_photographed), _yes(told.consent_recorded), _yes(line.protected),
        registration_statuses()[line.status], instant(line.created_at, meeting.timezone) if line.created_at else None,
    ]  # fmt: skip


def _yes(value: bool) -> str:
    return str(_("yes") if value else _("no"))


def participant_list(meeting: MeetingHead, lines: Iterable[RegistrationLine]) -> ParticipantList:
    """Those who are confirmed and want to be listed; never who is protected. Provisional until it is made final.

    That is for the organizers to say and not for the calendar: corrections come in for days after a meeting, and a
    list that calls itself final while they are still being made would be one nobody can cite. Refuses with ValueError a
    meeting that has no date.
    """
    listed = tuple(
        _participant(line)
        for line in lines
        if line.status == "confirmed" and line.particulars.consent_listed and not line.protected
    )
    return ParticipantList(
        head=file_head(meeting, programme(meeting.id).sittings),
        participants=listed,
        provisional=meeting.participants_final_at is None,
        corrections_to=meeting.contact or "",
    )


def _participant(line: RegistrationLine) -> Participant:
    told = line.particulars
    of_country = country_name(told.country) if told.country else ""
    known = told.category in get_args(Category)
    person = Person(
        given=line.given or "",
        family=line.family or "",
        honorific=line.honorific or "",
        name_order=cast(NameOrder, line.name_order),
        function=f"former {told.function}" if line.former and told.function else told.function or "",
        unit=line.unit or "",
        organisation=told.organisation,
        country=of_country if line.show_country else "",
    )
    return Participant(
        person=person,
        category=cast(Category, told.category) if known else "other_stakeholders",
        state=of_country if told.category == "states" else "",
    )
