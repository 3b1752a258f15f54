"""What the proof-reader finds, in words: what is odd, where, how to mend it, and what a press would mend."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.database import now
from meetings.display import clock, day, hours
from meetings.programme.queries.edits import concept_note
from meetings.programme.queries.lines import ConceptNote, MeetingHead, Programme
from meetings.programme.queries.oddities import every_session, oddities
from meetings.programme.rules.proof.arrangements import ACCESSIBILITY
from meetings.programme.rules.proof.finding import Check, Finding, Minutes, Place, Quoted, Severity, Value


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding as a page shows it. `where` names the form that `address` leads to, at the very field.

    `fix` is what the button says, empty where nothing is certain; `name` and `mark` are what it sends. `suggestion` is
    the address of the form with a text put into it, to be confirmed.
    """

    check: Check
    reason: str
    where: str
    address: str
    fix: str
    name: str
    mark: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found, of what cannot be right as it stands, and of what may be meant so."""

    first: Sequence[Explained]
    look: Sequence[Explained]

    def __bool__(self) -> bool:
        return bool(self.first or self.look)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return len(self.first) + len(self.look)

    @staticmethod
    def by_check(found: Sequence[Explained]) -> list[tuple[Check, list[Explained]]]:
        """The findings of each check, in the order of the checks."""
        return [(check, list(each)) for check, each in groupby(found, key=lambda each: each.check)]


def explained(head: MeetingHead, programme: Programme, note: ConceptNote | None = None) -> Proof:
    """What is found in a meeting with a private programme. The concept note is read where it is not given."""
    found = oddities(head, programme, note or concept_note(head.id), now=now())
    sayings = _Sayings(head, programme)
    told = [sayings.of(each) for each in found]
    first, look = ([each for each in told if each.check.severity == severity] for severity in Severity)
    return Proof(first, look)


class _Sayings:
    """Puts the findings of one meeting into words."""

    def __init__(self, head: MeetingHead, programme: Programme) -> None:
        self._slug = head.slug
        self._sessions = {each.key: each for each in every_session(programme)}
        self._sittings = {each.key: each for each in programme.sittings}

    def of(self, finding: Finding) -> Explained:
        place, fix = finding.place, finding.fix
        return Explained(
            check=finding.check,
            reason=said(finding.reason, finding.values),
            where=self._where(place),
            address=self._address(place),
            fix=said(fix.says, fix.values) if fix else "",
            name=finding.name,
            mark=finding.mark,
            suggestion=self._suggestion(finding),
        )

    def _where(self, place: Place) -> str:
        if place.on == "session":
            session = self._sessions[place.key]
            return str(_("Session “%(title)s”", title=session.label or session.title))
        if place.on == "sitting":
            sitting = self._sittings[place.key]
            return str(_("Sitting of %(when)s", when=f"{day(sitting.date)}, {hours(sitting.start, sitting.end)}"))
        if place.on == "meeting":
            return str(_("Particulars"))
        fields = {
            "background": _("Concept note, background"),
            "objectives": _("Concept note, objectives"),
            "modalities": _("Concept note, format"),
            "guiding_questions": _("Concept note, guiding questions"),
        }
        row = place.field.partition("documents-")[2].partition("-")[0]
        return str(fields.get(place.field) or _("Background document %(number)s", number=int(row) + 1))

    def _address(self, place: Place) -> str:
        if place.on == "session":
            return url_for("programme.edit_session", slug=self._slug, key=place.key, _anchor=place.field)
        if place.on == "sitting" and place.field == "join_url":
            return url_for("programme.edit_programme", slug=self._slug, _anchor=f"sitting-{place.key}")
        if place.on == "sitting":
            return url_for("programme.edit_sitting", slug=self._slug, key=place.key, _anchor=place.field)
        endpoint = "programme.edit_particulars" if place.on == "meeting" else "programme.edit_concept_note"
        return url_for(endpoint, slug=self._slug, _anchor=place.field)

    def _suggestion(self, finding: Finding) -> str:
        if finding.check != ACCESSIBILITY:
            return ""
        return url_for(
            "programme.edit_concept_note", slug=self._slug, suggest="accessibility", _anchor=finding.place.field
        )


def said(words: str, values: Mapping[str, Value]) -> str:
    """Words that were marked for translation, with their values as a sentence shows them."""
    return str(_(words, **{name: _shown(value) for name, value in values.items()}) if values else _(words))


def _shown(value: Value) -> str:
    match value:
        case Quoted(text):
            return str(_("“%(title)s”", title=text if len(text) <= 100 else f"{text[:99]}…"))
        case Minutes(count):
            return str(ngettext("one minute", "%(num)d minutes", count))
        case dt.date():
            return day(value)
        case dt.time():
            return clock(value)
    return str(value)


def accessibility_line(contact: str | None) -> str:
    """The line that is put into the form for the organiser to confirm."""
    asks = _(
        "Accessibility: when you register, say what you need to take part, for example captioning, International Sign, "
        "step-free access or documents in an accessible format."
    )
    return f"{asks} {_('Questions: %(contact)s', contact=contact)}" if contact else str(asks)
