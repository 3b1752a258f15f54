"""The list of speakers: by session, who had a part in the programme, and which bodies were heard from the floor.

Who speaks from the floor is never named, and who is protected not at all.
"""

from __future__ import annotations

from exports.countries import country_name
from exports.people import Person as Listed
from exports.people import line
from exports.report_data import Annex, AnnexSession
from exports.text import one_line
from meetings.report.rules.material import Material, Organisation, Person, Session

_TITLE = "List of speakers"
_ROLES = {
    "chair": "Chair",
    "moderator": "Moderator",
    "opening": "Opening remarks",
    "keynote": "Keynote speaker",
    "panellist": "Panellist",
    "facilitator": "Facilitator",
    "closing": "Closing remarks",
}


def annex(material: Material) -> Annex:
    """The list of speakers of a meeting; sessions in which nobody is known to have spoken are left out."""
    heard: dict[int, list[Organisation]] = {}
    for each in material.interventions:
        if each.organisation is not None:
            heard.setdefault(each.session, []).append(each.organisation)
    sessions = [_session(session, heard.get(session.id, [])) for session in material.sessions]
    return Annex(_TITLE, tuple(each for each in sessions if each.named or each.floor))


def _session(session: Session, heard: list[Organisation]) -> AnnexSession:
    """Bodies in the order in which they were first heard, each once."""
    title = ": ".join(filter(None, (one_line(session.label or ""), one_line(session.title))))
    named = [
        (_ROLES.get(role.role, role.role), told)
        for role in session.roles
        if not role.person.protected and (told := person_line(role.person))
    ]
    return AnnexSession(title, tuple(named), tuple(dict.fromkeys(filter(None, map(body_line, heard)))))


def person_line(person: Person) -> str:
    """Ms. Wan-Hea Lee, Chief of Section, OHCHR"""
    body = person.organisation
    function = person.function or ""
    return line(
        Listed(
            given=person.given or "",
            family=person.family or "",
            honorific=person.honorific or "",
            name_order="family_given" if person.name_order == "family_given" else "given_family",
            function=f"former {function}" if person.former and function else function,
            unit=person.unit or "",
            organisation=body.name if body else "",
            country=_country(body),
        )
    )


def body_line(body: Organisation) -> str:
    """City of Fez, Morocco; with a capital, whatever the name has in running text."""
    told = line(Listed(organisation=body.name, country=_country(body)))
    return told[:1].upper() + told[1:]


def _country(body: Organisation | None) -> str:
    return country_name(body.country) if body and body.country and body.show_country else ""
