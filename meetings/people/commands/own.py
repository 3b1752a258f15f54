"""What a participant does by the personal link."""

import datetime as dt
from dataclasses import asdict

from flask_babel import gettext as _

from meetings.database import transaction
from meetings.directory.commands import same_organisation
from meetings.invitations.commands import bring_up_to_date
from meetings.journal import Actor
from meetings.models.meeting import Meeting
from meetings.models.people import Organisation, Person, Registration
from meetings.people.commands import letters
from meetings.people.commands.shared import (
    check_offered,
    is_theirs_alone,
    lock,
    log,
    organisation_of,
    take,
)
from meetings.people.queries import Particulars, is_in_programme, particulars_of
from meetings.refusals import Refused, Stale

_OF_ORGANISATION = ("organisation", "category", "country")
_OF_PROGRAMME = ("function", *_OF_ORGANISATION)
_OF_PERSON = (*_OF_PROGRAMME, "gender")  # what organisers may be writing at the same time
_PLAIN = ("attendance", "languages", "consent_listed", "consent_photographed", "consent_recorded")


def correct(*, registration_id: int, version: int, to: Particulars, actor: Actor, now: dt.datetime) -> bool:
    """Change what a participant said of their part; False where nothing differs.

    Refuses with Stale when somebody has changed the registration since this version was read, and to change what the
    programme says of somebody. A calendar that shows something else now is told.
    """
    with transaction():
        meeting, row = lock(registration_id)
        present = particulars_of(row)
        before, after = asdict(present), asdict(to)
        changed = [name for name in before if before[name] != after[name]]
        if not changed:
            return False
        if version != row.version:
            raise Stale(_("This registration was changed in the meantime. Nothing was overwritten."))
        if set(changed) & {*_OF_PROGRAMME} and is_in_programme(row.person_id):
            raise Refused(
                _("The programme names your function and organization. Write to the organizers to change them.")
            )
        check_offered(meeting, to, present)
        _apply(meeting, row, to, changed)
        row.version += 1
        log(
            row,
            "registration.corrected",
            actor=actor,
            now=now,
            before={name: before[name] for name in changed if name in _PLAIN},
            after={name: after[name] for name in changed if name in _PLAIN} | {"changed": changed},
        )
        bring_up_to_date(meeting_id=meeting.id, only=[row.person_id], actor=actor, now=now)
        return True


def _apply(meeting: Meeting, row: Registration, to: Particulars, changed: list[str]) -> None:
    person = row.person
    if any(name in changed for name in _OF_PERSON):
        person.function, person.gender = to.function, to.gender
        meeting.version += 1
    if any(name in changed for name in _OF_ORGANISATION):
        person.organisation = _organisation(meeting, person, to)
    row.attendance, row.languages, row.accessibility = to.attendance, list(to.languages), to.accessibility
    row.consent_listed = to.consent_listed
    row.consent_photographed, row.consent_recorded = to.consent_photographed, to.consent_recorded


def _organisation(meeting: Meeting, person: Person, to: Particulars) -> Organisation | None:
    """The organisation as it is worded now: one that others belong to as well keeps its wording."""
    present = person.organisation
    named = same_organisation(meeting, to.organisation, to.country)
    if to.organisation and present and named in (None, present) and is_theirs_alone(present, person):
        present.name, present.category, present.country = to.organisation, to.category, to.country
        return present
    return organisation_of(meeting, to)


def withdraw(*, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take no part any more: calendars are told, a mail says so. A repeat changes nothing."""
    _step("withdraw", registration_id, actor, now)


def rejoin(*, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    """Take part after all, once the organisers have agreed anew. A repeat changes nothing."""
    _step("rejoin", registration_id, actor, now)


def _step(step: letters.OwnStep, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    with transaction():
        meeting, row = lock(registration_id)
        if take(step, row, actor=actor, now=now):
            letters.standing(meeting, row, step, now)
            bring_up_to_date(meeting_id=meeting.id, only=[row.person_id], actor=actor, now=now)


def replace_link(*, registration_id: int, actor: Actor, now: dt.datetime) -> None:
    """Make the personal link invalid wherever it has got to, and mail a new one. Refuses without an address."""
    with transaction():
        meeting, row = lock(registration_id)
        row.link_serial += 1
        if not letters.standing(meeting, row, "replaced", now):
            raise Refused(_("No mail address is known to send a new link to. Write to the organizers."))
        log(row, "registration.link_replaced", actor=actor, now=now)
