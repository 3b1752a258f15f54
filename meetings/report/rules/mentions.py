"""The grammar of mentions in a report (A/HRC/56/32): who is called what, at first and later.

- First mention of a person: function, body and full name, without honorific, between commas.
- Any later one: honorific and surname. Nothing is invented for a person without an honorific: the full name stays.
- Who has the floor is called by organisation alone, and a protected person by nothing but what they do.
- An organisation is spelled out at first, with its acronym in parentheses; then the acronym stands alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from exports.countries import countries
from exports.inline import Gap
from exports.people import names_body
from exports.text import one_line
from meetings.report.rules.material import Organisation, Person
from meetings.report.rules.wording import (
    Text,
    country_after,
    country_in_text,
    implied_article,
    plain,
    text,
    with_article,
)

_MISSION = re.compile(r"Permanent Mission of (?=.)")
_OF = re.compile(r"\b(of|for|on|to|in|at)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """How somebody is called. `set_off`: it ends in an apposition, so that a comma follows in mid-sentence."""

    content: Text
    set_off: bool = False

    def before_verb(self) -> Text:
        """As the subject of a sentence."""
        return text(self.content, "," if self.set_off else "")


class Mentions:
    """Knows who and what a report has introduced so far. One is made for each report and used from top to bottom."""

    def __init__(self, people: Iterable[Person], spelled_out: frozenset[str] = frozenset()) -> None:
        self._people: set[int] = set()
        self._spelled_out = spelled_out  # acronyms that are not used: too seldom
        self._acronyms: set[str] = set()
        named = {person.id: person for person in people if not person.protected}
        surnames = Counter(_address(person) for person in named.values())
        self._shared_surnames = {surname for surname, bearers in surnames.items() if bearers > 1}

    def introduced(self, person: Person) -> bool:
        """Whether the report has named this person already."""
        return person.id in self._people

    def person(self, person: Person) -> Mention:
        """A person who is not protected: in full at first, later by honorific and surname."""
        if self.introduced(person):
            return Mention(text(self.short(person)))
        self._people.add(person.id)
        name = person.name or Gap("name", "The name of this speaker is not recorded: add it under People.")
        if not person.function or person.former:
            return Mention(text(name, ", ", self._apposition(person)), set_off=True)
        return Mention(text(self._office(person), ", ", name), set_off=True)

    def again(self, person: Person) -> Mention:
        """A panellist who was named before: the Director of the Institute, Mr. Kjaerum, …"""
        one_of_many = person.indefinite or person.function == "member"
        if not person.function or person.former or one_of_many or not person.honorific:
            return Mention(text(self.short(person)))
        return Mention(text(self._office(person), ", ", self.short(person)), set_off=True)

    def short(self, person: Person) -> str:
        """Ms. Lee; the full name where there is no honorific, or where two people would be called the same."""
        address = _address(person)
        if not address or not person.honorific:
            return person.name or "The speaker"
        return f"{_honorific(person)} {person.name}" if address in self._shared_surnames else address

    def organisation(self, body: Organisation, *, article: bool = True, country: bool = True) -> Text:
        """the Office of … (OHCHR) at first, then OHCHR; with its country where the organisation asks for it."""
        called = self._called(body)
        stands_before = body.article or implied_article(body.name)
        before = f"{stands_before} " if article and stands_before and called != body.acronym else ""
        where = country_after(body.country) if country and body.show_country and body.country else ""
        return text(before, called, f", {where}" if where and where not in called else "")

    def author(self, body: Organisation) -> Mention:
        """An organisation as the one that says something: the Subsecretary of Regional Development, Chile, …"""
        called = self.organisation(body)
        return Mention(called, set_off=_ends_in_country(called))

    def speaker(self, body: Organisation | None, on_behalf_of: str | None = None) -> Mention:
        """Who has the floor: the speaker from the government of Canelones, Uruguay; the representative of Ghana."""
        if body is None:
            return Mention(text("one speaker"))
        state = _states().get(body.name)
        if state is not None:
            called = text("the representative of ", country_in_text(state))
        else:
            called = text("the speaker from ", self.organisation(body))
        if on_behalf_of:
            return Mention(text(called, f", on behalf of {on_behalf_of}"), set_off=True)
        return Mention(called, set_off=_ends_in_country(called))

    def _office(self, person: Person) -> Text:
        """the Director of the Institute; a member of the Working Group, where there are others"""
        function = person.function or ""
        one_of_many = person.indefinite or function == "member"
        return text(with_article(function) if one_of_many else f"the {function}", self._body(person))

    def _called(self, body: Organisation) -> str:
        if not body.acronym or body.acronym in body.name or body.acronym in self._spelled_out:
            return body.name
        if body.acronym in self._acronyms:
            return body.acronym
        self._acronyms.add(body.acronym)
        return f"{body.name} ({body.acronym})"

    def _apposition(self, person: Person) -> Text:
        """What stands behind a name: "former Director of …"; a gap where the function is not known."""
        if person.function:
            return text("former " if person.former else "", person.function, self._body(person))
        what = "function" if person.organisation else "function and organization"
        gap = Gap(what, f"The {what} of {person.name or 'this speaker'} must be recorded: add it under People.")
        return text(gap, self._of(person.organisation)) if person.organisation else text(gap)

    def _of(self, body: Organisation, word: str = "of") -> Text:
        return text(f" {word} ", self.organisation(body))

    def _body(self, person: Person) -> Text:
        """Unit and organisation as they follow the function, as far as the function does not name them itself."""
        function, unit, body = person.function or "", person.unit, person.organisation
        local = body is not None and body.category == "local_and_regional_governments"
        if body is not None and names_body(function, body.name, acronym=body.acronym or "", local=local):
            where = country_after(body.country) if body.show_country and body.country else ""
            if not unit:
                return text(f", {where}" if where and where not in function else "")
            body = None
        if unit:
            return self._unit(function, unit, body)
        if body is None:
            return ()
        if person.indefinite and not re.search(r"\b(member|representative)$", function):
            return self._of(body, "from")
        if function.endswith("Permanent Representative") and (mission := _MISSION.match(body.name)):
            # Somebody represents a State, and not its mission.
            return text(f" of {body.name[mission.end() :]}")
        # "Deputy Commissioner, Policy and External Affairs, of …", but "Counsellor for Peace, Rights and … of …"
        apart = "," in function and not _OF.search(function.partition(",")[0])
        return text("," if apart else "", self._of(body))

    def _unit(self, function: str, unit: str, body: Organisation | None) -> Text:
        """of the OHCHR Thematic Engagement Division; where the function has a body of its own: , Division, Office."""
        bare = not _OF.search(function)
        if bare and body is not None and body.acronym in self._acronyms:
            return text(f" of the {body.acronym} {unit}")
        parent = text(", ", self.organisation(body, article=False)) if body is not None else ()
        return text(f" of the {unit}" if bare else f", {unit}", parent)


@cache
def _states() -> dict[str, str]:
    """The codes of countries by their names."""
    return {country.name(): code for code, country in countries().items()}


def _ends_in_country(called: Text) -> bool:
    """Whether an organisation's name ends in a country set off by a comma, so that another comma has to follow."""
    _, comma, last = plain(called).rpartition(", ")
    return bool(comma) and any(last == country_after(code) for code in countries())


def _address(person: Person) -> str:
    surname = one_line(person.report_surname or person.family or person.given or "")
    honorific = _honorific(person)
    return f"{honorific} {surname}" if honorific and surname else surname


def _honorific(person: Person) -> str:
    """Ms., Dr.: with the full stop that the United Nations writes."""
    honorific = one_line(person.honorific or "")
    return f"{honorific}." if honorific in {"Mr", "Ms", "Mrs", "Mx", "Dr", "Prof"} else honorific
