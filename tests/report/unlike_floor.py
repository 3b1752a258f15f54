"""The floor of the meeting unlike the expert meeting: 120 interventions by bodies in two scripts. All is invented."""

import re
from itertools import count
from typing import Any

from meetings.report.rules.material import Intervention, Organisation, Point

_LOCAL, _NGO = "local_and_regional_governments", "non_governmental_organizations"
_INSTITUTIONS = "human_rights_institutions"
_BODIES: dict[str, dict[str, Any]] = {
    # Local governments, in Latin and in Arabic letters.
    "modeltown": {"name": "City of Modeltown", "category": _LOCAL, "country": "KE", "show_country": True},
    "sampleport": {"name": "Port of Sampleport Municipality", "category": _LOCAL, "article": "the"},
    "examplia": {"name": "Region of Examplia", "category": _LOCAL, "country": "IT", "show_country": True},
    "mustertal": {"name": "Gemeinde Mustertal", "category": _LOCAL, "country": "CH", "show_country": True},
    "ville": {"name": "Ville d’Exemple", "category": _LOCAL, "country": "FR", "show_country": True},
    "ciudad": {"name": "Ayuntamiento de Muestra", "category": _LOCAL, "country": "BO", "show_country": True},
    "namudhaj": {"name": "بلدية النموذج الجديد", "category": _LOCAL, "country": "EG", "show_country": True},
    "mithal": {"name": "مدينة المثال", "category": _LOCAL, "country": "TN", "show_country": True},
    "ayyina": {"name": "مجلس بلدية العيّنة", "category": _LOCAL},
    "tajriba": {"name": "جهة التجربة", "category": _LOCAL, "country": "MA", "show_country": True},
    # Others.
    "union": {"name": "Model Union of Municipal Workers", "acronym": "MUMW", "category": _NGO, "article": "the"},
    "tenants": {"name": "Sample Tenants’ Association", "category": _NGO, "article": "the"},
    "water": {"name": "100 Model Wells", "category": _NGO},
    "care": {"name": "Demonstration Carers International", "acronym": "DCI", "category": _NGO},
    "rasd": {"name": "مرصد النموذج لحقوق السكن", "category": _NGO},
    "hurra": {"name": "جمعية المثال", "acronym": "جم", "category": _NGO},
    "ombud": {"name": "Ombudsperson for Modelland", "category": _INSTITUTIONS},
    "commission": {"name": "Demonstration Commission on Equality", "category": _INSTITUTIONS, "article": "the"},
    "university": {"name": "University of Examples", "category": "academia", "article": "the"},
    "school": {"name": "Sample School of Government", "acronym": "SSG", "category": "academia", "article": "the"},
    "league": {"name": "League of Model Towns", "acronym": "LMT", "category": "city_networks", "article": "the"},
    "agency": {"name": "Model Housing Agency", "category": "united_nations_entities", "article": "the"},
    "somebody": {"name": "Friends of the Demonstration", "category": None},
}  # fmt: skip
# Session: whose note it is (several after a plus say the same), kind, verb or nothing, the note, and its theme.
_NOTES = """
5: tenants challenge - that rents rise faster than wages
5: rasd+ciudad+ayyina challenge - evictions without notice
5: examplia example presented a register of empty homes
5: several point underscored the right to adequate housing #homes
5: union recommendation - that housing officers be trained in human rights #homes
5: mustertal question - How can a small town report to a treaty body?
5: several+agency+league+school+university+ombud recommendation - building on public land #land
5: modeltown example - land leased to cooperatives for 60 years #land
6: water challenge - that wells run dry
6: ville+sampleport+modeltown+mithal+tajriba point stressed that water is local government’s first duty
6: namudhaj example - a tariff under which the first litres are free
6: commission question asked whether meters may be cut off in winter
6: hurra challenge highlighted the absence of data on leaks
6: hurra recommendation - to publish what is measured
7: care point emphasized that care is work
7: several challenge - low pay
7: care recommendation - contracts for those who care at home
7: union challenge noted that most carers are women
7: somebody example - “a street where neighbours care for one another”
7: ayyina point - “We do not count what we do not value.”
12: ssg question raised Who pays for it all?
12: mithal+namudhaj recommendation called for a share of national taxes
12: ciudad example - 40 per cent of the budget, decided in assemblies
12: league question - whether fees are taxes
12: ville challenge - Cities cannot borrow
14: modeltown point - the need for clear standards
14: sampleport challenge - that local governments are not heard
14: sampleport recommendation suggested that they be
14: examplia challenge - That mandates come without money.
14: mustertal example - its annual report on human rights
14: ville question - how to be accredited?
14: ciudad point acknowledged the progress made
14: namudhaj recommendation - ترجمة التوصيات إلى اللغات المحلية
14: mithal example - دليل محلي لحقوق الإنسان
14: ayyina point welcomed that the Council listens
14: tajriba question - what is the next step?
14: union challenge - the fear of speaking up
14: tenants point reiterated that housing is a right
14: water recommendation - the use of the name “right to water”
14: care point added that care is one too
14: rasd challenge drew attention to أثر الإخلاء على الأطفال
14: hurra example - open data on budgets
14: ombud recommendation proposed that local ombudspersons be founded
14: commission point - equality plans in every town hall
14: university example - research on 300 towns
14: school recommendation - courses for newly elected mayors
14: league point called for a forum of towns
14: agency question enquired how Governments had consulted towns
14: somebody point observed that much had been said
15: several+modeltown+sampleport+examplia+mustertal+ville+ciudad+namudhaj recommendation - a permanent place for towns
15: mithal+ayyina+tajriba challenge pointed to visas that come too late
15: unknown question - when the Council will decide
15: union+tenants+care point thanked the organizers
15: ombud+commission recommendation - that institutions like theirs be invited
15: university+school example - lectures by mayors
15: rasd recommendation urged the Council to hear tenants
15: hurra point - progress since the last meeting
15: agency point said that it would help
13: modeltown+examplia+mustertal+sampleport+ville+ciudad+tajriba challenge - threats against mayors
13: rasd example - a telephone line for those who are threatened
13: ombud recommendation recommended protection plans
13: league recommendation - solidarity between towns
9: examplia+ville point - that funds arrive late
9: mustertal+ciudad+namudhaj+mithal challenge - grants that end after a year
9: agency recommendation - to plan for five years
11: tajriba challenge - forms in languages nobody speaks
11: union+league+school recommendation - one form for all grants
"""
_LINE = re.compile(r"(\d+): (\S+) (\w+) (.+)")
_VERBS_OF_TWO = ("called for", "drew attention to", "pointed to")
_numbers = count(1001)

BODIES = {key: Organisation(next(_numbers), key=key, **{"article": None} | known) for key, known in _BODIES.items()}


def _points() -> list[Point]:
    made = []
    for line in _NOTES.strip().splitlines():
        found = _LINE.fullmatch(line)
        assert found is not None, line
        session, who, kind, rest = found.groups()
        words, _, theme = rest.partition(" #")
        verb = next((each for each in _VERBS_OF_TWO if words.startswith(each)), words.partition(" ")[0])
        note = words[len(verb) + 1 :]
        themes = (theme,) if theme else ()
        voices = [
            _point(int(session), each, kind, None if verb == "-" else verb, note, themes) for each in who.split("+")
        ]
        made.append(
            Point(**{name: getattr(voices[0], name) for name in Point.__slots__} | {"merged": tuple(voices[1:])})
        )
    return made


def _point(session: int, who: str, kind: str, verb: str | None, note: str, themes: tuple[str, ...]) -> Point:
    number = next(_numbers)
    body = BODIES.get({"ssg": "school"}.get(who, who))
    assert body is not None or who in ("several", "unknown"), who
    return Point(
        number,
        note,
        kind,
        verb,
        session,
        organisation=body,
        collective=who == "several",
        themes=themes,
        uid=f"u{number}",
    )


POINTS = tuple(_points())
# Who had the floor while nothing was noted.
_UNNOTED = {
    5: "sampleport ville namudhaj mithal tajriba care hurra commission",
    6: "examplia mustertal ciudad ayyina union agency",
    7: "university rasd league",
    15: "water league somebody",
}
INTERVENTIONS = (
    *dict.fromkeys(
        Intervention(each.session or 0, each.organisation)
        for point in POINTS
        for each in (point, *point.merged)
        if not each.collective
    ),
    *(Intervention(session, BODIES[key]) for session, keys in _UNNOTED.items() for key in keys.split()),
)
