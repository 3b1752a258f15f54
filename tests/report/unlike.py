"""A meeting unlike that of 2023: three days, online, parallel tracks, no submissions, many kinds of names. Invented."""

import datetime as dt
from itertools import count
from typing import Any

from meetings.report.rules.material import (
    Intervention,
    Material,
    Meeting,
    Organisation,
    Person,
    Point,
    Role,
    Session,
)
from tests.report import unlike_floor

FIRST, SECOND, THIRD = (dt.date(2026, 3, 2) + dt.timedelta(days=days) for days in range(3))
_ids = count(1)


def _body(name: str, **known: Any) -> Organisation:
    number = next(_ids)
    return Organisation(number, name, key=f"body-{number}", **known)


def _person(given: str | None, family: str | None, function: str | None, **known: Any) -> Person:
    number = next(_ids)
    return Person(number, given, family, function=function, key=f"person-{number}", **known)


FEZ = _body("بلدية النموذج", country="MA", show_country=True, article="the", category="local_and_regional_governments")
MODELVILLE = _body(
    "City Council of Modelville",
    country="TZ",
    show_country=True,
    article="the",
    category="local_and_regional_governments",
)
UTRECHT = _body("City of Exampledam", country="NL", show_country=True, article="the")
NETWORK = _body("Network of Demonstration Cities", acronym="NDC", article="the", category="city_networks")
GHANA = _body("Ghana", country="GH", category="states")
KOREA = _body("Republic of Korea", country="KR", category="states")
INSTITUTE = _body("Demonstration Institute of Rights, Cities and Peace", article="the", country="SE")
CENTRE = _body("Centre for Model Rights", acronym="CMR", article="the")

AMINA = _person("أمينة", "النموذجي", "Deputy Mayor", honorific="Ms.", organisation=FEZ)
SINGLE = _person(None, "Suhartono", "Mayor of Modelville", honorific="Mr.", organisation=MODELVILLE)
KIM_A = _person("Min-jun", "Kim", "Director", honorific="Mr.", name_order="family_given", organisation=CENTRE)
KIM_B = _person("Do-yun", "Kim", "human rights lawyer", honorific="Mr.", indefinite=True, organisation=INSTITUTE)
PLAIN = _person("Robin", "Doe", "Secretary-General", organisation=NETWORK)
BOTH = _person("Ines", "Sample", "Head of Programmes", honorific="Ms.", unit="Learning Unit", organisation=NETWORK)
FORMER = _person("Old", "Hand", "Mayor of Exampledam", honorific="Mx.", former=True, organisation=UTRECHT)
HIDDEN = _person("Never", "Told", "Witness", honorific="Ms.", organisation=UTRECHT, protected=True)
HIDDEN_TOO = _person("Also", "Untold", "Witness", honorific="Mr.", organisation=UTRECHT, protected=True)
BARE = _person("Nobody", "Knows", None, honorific="Ms.")
PARTICIPANT = _person("Floor", "Speaker", "Adviser", organisation=UTRECHT)
HIDDEN_PARTICIPANT = _person("Hush", "Speaker", "Adviser", organisation=UTRECHT, protected=True)

NAMES_NEVER_PRINTED = ("Told", "Untold", "Floor Speaker", "Hush")


def _roles(*given: tuple[str, Person]) -> tuple[Role, ...]:
    return tuple(Role(next(_ids), role, person) for role, person in given)


def _session(number: int, kind: str, title: str, day: dt.date, start: int, **known: Any) -> Session:
    roles = _roles(*known.pop("roles", ()))
    return Session(
        number, f"s{number}", kind, title, None, day, dt.time(start), dt.time(start + 1), roles=roles, **known
    )


SESSIONS = (
    _session(1, "registration", "Registration", FIRST, 8),
    _session(2, "opening", "Welcome", FIRST, 9, roles=[("chair", PLAIN), ("opening", AMINA)]),
    _session(3, "keynote", "Keynotes", FIRST, 10, roles=[("keynote", SINGLE)]),
    _session(4, "break", "Coffee", FIRST, 11),
    _session(
        5,
        "panel",
        "Housing",
        FIRST,
        12,
        track="A",
        roles=[("moderator", BOTH), ("panellist", BOTH), ("panellist", KIM_A)],
    ),
    _session(6, "panel", "Water", FIRST, 12, track="B", roles=[("panellist", AMINA), ("panellist", FORMER)]),
    _session(7, "dialogue", "Care", FIRST, 12, track="C", roles=[("facilitator", BARE)]),
    _session(8, "lunch", "Lunch", FIRST, 13),
    _session(9, "dialogue", "Funding", SECOND, 9, roles=[("moderator", PLAIN), ("facilitator", PLAIN)]),
    _session(10, "panel", "Taxes", SECOND, 9, part_of=9, roles=[("panellist", KIM_B), ("moderator", KIM_B)]),
    _session(11, "panel", "Grants", SECOND, 10, part_of=9),
    _session(12, "interactive_dialogue", "Questions", SECOND, 11, part_of=9),
    _session(
        13, "panel", "Safety", THIRD, 9, roles=[("panellist", HIDDEN), ("panellist", HIDDEN_TOO), ("moderator", HIDDEN)]
    ),
    _session(14, "interactive_dialogue", "Dialogue I", THIRD, 10),
    _session(15, "interactive_dialogue", "Dialogue II", THIRD, 11, roles=[("chair", AMINA)]),
    _session(16, "photo", "Photo", THIRD, 12),
    _session(17, "side_event", "Reception", SECOND, 18),
    _session(18, "closing", "Goodbye", THIRD, 13, roles=[("chair", SINGLE), ("closing", KIM_A), ("closing", PLAIN)]),
)


def _point(session: int, words: str, **known: Any) -> Point:
    number = next(_ids)
    return Point(number, words, session=session, uid=f"u{number}", **known)


POINTS = (
    _point(2, "That all were welcome", person=PLAIN, verb="said"),
    _point(2, "The need for patience", person=AMINA),
    _point(3, "cities first", person=SINGLE, verb="put"),
    _point(5, "Training of staff", person=BOTH, kind="example"),
    _point(5, "more money", person=BOTH, kind="recommendation"),
    _point(5, "that rents rise", person=KIM_A, kind="challenge"),
    _point(5, "why rents rise?", organisation=GHANA, kind="question"),
    _point(6, "wells; ", person=AMINA, kind="example"),
    _point(6, "that water is a right.", person=FORMER, verb="recalled"),
    _point(6, "pipes", collective=True, kind="challenge"),
    _point(6, "taps", collective=True, kind="challenge"),
    _point(6, "leaks", organisation=KOREA, kind="challenge"),
    _point(6, "that repairs take years", organisation=KOREA),
    _point(7, "that care is work", person=PARTICIPANT),
    _point(7, "that care is not paid", person=HIDDEN_PARTICIPANT, kind="challenge"),
    _point(10, "a tax on empty homes", person=KIM_B, kind="recommendation"),
    _point(12, "how taxes are collected", organisation=UTRECHT, kind="question"),
    _point(12, "that they are not", person=KIM_B, verb="replied"),
    _point(13, "fear", person=HIDDEN, kind="challenge"),
    _point(13, "silence", person=HIDDEN, kind="challenge"),
    _point(13, "courage", person=HIDDEN_TOO, verb="praised"),
    _point(14, "the need for rules", organisation=INSTITUTE),
    _point(14, "a word of thanks", person=FORMER, verb="added"),
    _point(14, "doubts", verb="voiced"),
    _point(15, "next steps", organisation=NETWORK, kind="question"),
    _point(15, "a second voice", organisation=CENTRE, verb="was"),
    _point(18, "that the work goes on", person=PLAIN),
    _point(8, "a point taken at lunch", collective=True),
    *unlike_floor.POINTS,
)

UNLIKE = Material(
    Meeting(
        "Local governments for human rights",
        "online",
        mandate_body="Human Rights Council",
        mandate_resolution="57/12",
        start=FIRST,
        end=THIRD,
    ),
    SESSIONS,
    POINTS,
    (
        Intervention(14, INSTITUTE, "three universities"),
        Intervention(14, KOREA),
        Intervention(5, GHANA),
        *unlike_floor.INTERVENTIONS,
    ),
)
