"""People on a line of a programme: who, as what, from where. Pure."""

from __future__ import annotations

import re

from meetings.reading.rules.places import country_of
from meetings.reading.rules.result import Person

_HONORIFIC = re.compile(
    r"(?P<honorific>(?:H\.\s?E\.\s+|S\.\s?E\.\s+|Excm[oa]\.\s+)?(?:(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Professor|Sir"
    r"|Dame|M|MM|Mme|Mlle|Sr|Sra|Srta|Dra?|D|Dña)\b\.?"
    r"|H\.\s?E\.|S\.\s?E\.|Excm[oa]\.|Ambassador|Honou?rable|Hon\.)\s+(?:(?:Dr|Prof)\.\s+)?)(?=[A-ZÀ-Þ])"
)
_PARTICLE = (
    r"(?:de|del|de la|de las|de los|da|das|do|dos|di|du|des|van|van der|van den|von|der|den|ten|ter|la|le|el|al|bin|ibn"
    r"|ben|y|e)"
)
_NAME_WORD = r"(?:d['’])?[A-ZÀ-Þ][\w'’.\-]*"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_NAME_WORD}){{1,5}}", re.UNICODE)
_FUNCTION = re.compile(
    r"\b(?:mayor(?:ess)?|deputy|vice|director|chief|head|chair|president|secretary|minister|commissioner"
    r"|rapporteur|ambassador|professor"
    r"|council+or|governor|officer|coordinator|expert|representative|member|manager|advis[eo]r|delegate"
    r"|lecturer|dean|founder|spokesperson"
    r"|co-presiden\w*|presiden(?:t|cy|te|ta|cia)|envoy|counsellor|consultant|researcher|senator|executive|lead"
    r"|specialist|judge|ombuds\w+"
    r"|maire|adjointe?|directeur|directrice|chef(?:fe)?|secrétaire|ministre|haut-commissaire|rapporteuse"
    r"|professeure?|conseill(?:er|ère)"
    r"|gouverneure?|coordonnat(?:eur|rice)|représentante?|membre|déléguée?|présidente?"
    r"|alcalde(?:sa)?|directora?|jef[ae]|secretari[oa]|ministr[oa]|comisionad[oa]|relator[a]?|profesor[a]?"
    r"|concejal[a]?|consejer[ao]|gobernador[a]?"
    r"|coordinador[a]?|representante|miembro|intendent[ea]|asesor[a]?|embajador[a]?)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:United|Nations|Office|Council|Committee|Commission|Department|Ministry|Institute|University|Centre"
    r"|Center|Network|Association"
    r"|Organization|Organisation|Programme|Government|Governments|Cit(?:y|ies)|Municipality|Forum|Foundation"
    r"|Group|Mechanisms?|Rights|Human"
    r"|Ville|Conseil|Comité|Ministère|Université|Réseau|Ciudad|Consejo|Ministerio|Universidad|Red|Ayuntamiento"
    r"|Session|Dialogue|Panel"
    r"|Commissioner|Framework|Local|Regional|International|National|Agenda|Welcome|Opening|Closing|Remarks)\b"
)
_BY = re.compile(
    r"^(?P<title>.{4,90}?)\s+(?:by|delivered by|par|de la part de|por|a cargo de)\s+(?P<who>.+)$", re.IGNORECASE
)
_SEPARATORS = re.compile(r"\s*;\s*|\s+(?:and|et|y|&)\s+(?=(?:the\s+|la\s+|le\s+|el\s+|l['’])?[A-ZÀ-Þ])")
_ARTICLE = re.compile(r"^(?:the|a|an|le|la|les|l['’]|un|une|el|los|las|una)\s*(?=[A-ZÀ-Þ\w])", re.IGNORECASE)
_DASH = re.compile(r"\s+[–—-]\s+|\s*\((?=[^)]{3,}\)$)")
_AFFILIATED = re.compile(
    r"^(?P<body>(?:[A-Z][A-Z&.-]{1,}(?:\s+[A-Z][A-Z&.-]{1,})*))\s+(?P<function>[a-zà-ÿ][\w-]+(?:\s[\w-]+){0,3})$"
)


def person_in(text: str, role: str, lines: tuple[int, ...] = ()) -> Person | None:
    """The person of a line as “Ms. Jane Roe, Director, City of Utrecht”; None where the line names nobody surely."""
    text = text.strip().rstrip(".;,").strip()
    match = _HONORIFIC.match(text)
    honorific = " ".join(match["honorific"].split()) if match else ""
    rest = text[match.end() :] if match else text
    parts = [_balanced(part) for part in re.split(r",\s+", _DASH.sub(", ", rest)) if _balanced(part)]
    if not parts:
        return None
    name = parts[0]
    if honorific:
        if not re.fullmatch(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_NAME_WORD})*", name):
            return None
    elif not _is_name(name) or (len(parts) > 1 and not _is_about_a_person(parts[1:])) or (len(parts) == 1):
        return None
    given, family = _given_and_family(name)
    function, unit, organisation, country = _described(parts[1:])
    return Person(role, honorific, given, family, function, unit, organisation, country, lines)


def people_after(text: str, role: str, lines: tuple[int, ...] = ()) -> tuple[Person, ...]:
    """All that a list names, where each part of it is somebody: by name, or by function and body alone."""
    text = text.strip().rstrip(".").strip()
    found = []
    for part in _SEPARATORS.split(text):
        person = person_in(part, role, lines) or _function_first(part, role, lines) or _by_function(part, role, lines)
        if person is None:
            return ()
        found.append(person)
    return tuple(found)


def lone_person(text: str, role: str, lines: tuple[int, ...] = ()) -> Person | None:
    """Somebody on a line of their own below “Speakers:”, where a name alone is enough, or a function."""
    text = text.strip().rstrip(".;").strip()
    found = person_in(text, role, lines)
    if found is not None:
        return found
    if _is_name(text):
        given, family = _given_and_family(text)
        return Person(role, given=given, family=family, lines=lines)
    function_first = _function_first(text, role, lines)
    if function_first is not None:
        return function_first
    if len(text) < 200 and text and not text.endswith(("?", ":")) and (_FUNCTION.search(text) or _BODY.search(text)):
        parts = [part.strip() for part in re.split(r",\s+", text)]
        if _FUNCTION.search(parts[0]):
            function, unit, organisation, country = _described(parts)
            return Person(role, "", "", "", function, unit, organisation, country, lines)
        return Person(role, organisation=text, lines=lines)
    return None


def title_and_people(title: str, role: str, lines: tuple[int, ...]) -> tuple[str, tuple[Person, ...]]:
    """“Opening statements by the Deputy High Commissioner, Kate Gilmore” apart; the title alone if nobody is named."""
    match = _BY.match(title)
    if match and (found := people_after(match["who"], role, lines)):
        return match["title"].strip(" ,:–-"), found
    return title, ()


def name_in(text: str) -> tuple[str, str, str]:
    """Form of address, given and family name of a name that is known to be one."""
    match = _HONORIFIC.match(text)
    honorific = " ".join(match["honorific"].split()) if match else ""
    return (honorific, *_given_and_family(text[match.end() :] if match else text)) if text else ("", "", "")


def _balanced(part: str) -> str:
    """A part of a line without a bracket that was opened or closed in another."""
    part = part.strip()
    return part.strip("( )") if part.count("(") != part.count(")") else part


def _is_name(text: str) -> bool:
    if not _NAME.fullmatch(text) or _BODY.search(text) or _FUNCTION.search(text):
        return False
    words = text.split()
    return 2 <= len(words) <= 6 and not any(len(word) > 3 and word.isupper() for word in words[:1])


def _is_about_a_person(parts: list[str]) -> bool:
    return any(map(_FUNCTION.search, parts)) or (len(parts) <= 3 and any(map(_BODY.search, parts)))


def _function_first(text: str, role: str, lines: tuple[int, ...]) -> Person | None:
    """“the Deputy High Commissioner, Kate Gilmore”."""
    head, comma, tail = _ARTICLE.sub("", text).rpartition(", ")
    match = _HONORIFIC.match(tail)
    name = tail[match.end() :] if match else tail
    if not comma or not _FUNCTION.search(head) or not (_is_name(name) or (match and _NAME.fullmatch(name))):
        return None
    given, family = _given_and_family(name)
    function, unit, organisation, country = _described([part.strip() for part in head.split(", ")])
    honorific = " ".join(match["honorific"].split()) if match else ""
    return Person(role, honorific, given, family, function, unit, organisation, country, lines)


def _by_function(text: str, role: str, lines: tuple[int, ...]) -> Person | None:
    """“UCLG CSIPDHR co-presidency”, “the High Commissioner for Human Rights”."""
    if re.match(r"(?:an?|une?|una?)\s", text, re.IGNORECASE):
        return None  # somebody, and nobody knows who
    text = _ARTICLE.sub("", text)
    if match := _AFFILIATED.match(text):
        return Person(role, function=match["function"], organisation=match["body"], lines=lines)
    if _FUNCTION.search(text) and text[:1].isupper() and len(text) < 120:
        function, unit, organisation, country = _described([part.strip() for part in text.split(", ")])
        return Person(role, "", "", "", function, unit, organisation, country, lines)
    return None


def _given_and_family(name: str) -> tuple[str, str]:
    """The last word is the family name, with the particles before it; names in capitals are family names."""
    words = name.split()
    if len(words) == 1:
        return "", name
    capitals = [word for word in words if len(word) > 1 and word.isupper() and "." not in word]
    if capitals and len(capitals) < len(words):
        first = words.index(capitals[0])
        if words[first:] == capitals:
            return " ".join(words[:first]), " ".join(capitals)
    last = len(words) - 1
    while last > 1 and re.fullmatch(_PARTICLE, words[last - 1]):
        last -= 1
    return " ".join(words[:last]), " ".join(words[last:])


def _described(parts: list[str]) -> tuple[str, str, str, str]:
    """Function, unit, organization and country out of what stands behind a name."""
    parts = list(parts)
    country = country_of(parts[-1]) if len(parts) > 1 else ""
    named = ""
    if country:
        named = parts.pop()
    if not parts:
        return "", "", "", named
    if len(parts) == 1:
        return (parts[0], "", "", named) if _FUNCTION.search(parts[0]) else ("", "", parts[0], named)
    if not _FUNCTION.search(parts[0]):
        return "", "", ", ".join(parts), named
    return parts[0], ", ".join(parts[1:-1]), parts[-1], named
