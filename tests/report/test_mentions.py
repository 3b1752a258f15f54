"""The grammar of mentions: who is called what, at first and later (A/HRC/56/32)."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from meetings.report.rules.material import Organisation, Person
from meetings.report.rules.mentions import Mentions
from meetings.report.rules.wording import plain

_ids: Iterator[int] = count(1)


def body(name: str, **known: Any) -> Organisation:
    return Organisation(next(_ids), name, **known)


def person(given: str | None, family: str | None, function: str | None = None, **known: Any) -> Person:
    return Person(next(_ids), given, family, function=function, **known)


OHCHR = body("Office of the United Nations High Commissioner for Human Rights", acronym="OHCHR", article="the")
CANELONES = body("government of Canelones", country="UY", show_country=True, article="the")


def first(someone: Person) -> str:
    return plain(Mentions([someone]).person(someone).before_verb())


@pytest.mark.parametrize(
    ("someone", "called"),
    [
        pytest.param(
            person(
                "Wan-Hea",
                "Lee",
                "Chief of the Civil, Political, Economic, Social and Cultural Rights Section",
                unit="Human Rights Council and Treaty Mechanisms Division",
                organisation=OHCHR,
            ),
            "the Chief of the Civil, Political, Economic, Social and Cultural Rights Section, Human Rights Council and"
            " Treaty Mechanisms Division, Office of the United Nations High Commissioner for Human Rights (OHCHR),"
            " Wan-Hea Lee,",
            id="a function with a body of its own, a unit and an organisation",
        ),
        pytest.param(
            person("Václav", "Bálek", "President", organisation=body("Human Rights Council", article="the")),
            "the President of the Human Rights Council, Václav Bálek,",
            id="function and organisation",
        ),
        pytest.param(
            person(
                "Václav",
                "Bálek",
                "President of the Human Rights Council",
                organisation=body("Human Rights Council", article="the"),
            ),
            "the President of the Human Rights Council, Václav Bálek,",
            id="a function that names the organisation already",
        ),
        pytest.param(
            person("Nada", "Al-Nashif", "United Nations Deputy High Commissioner for Human Rights", organisation=OHCHR),
            "the United Nations Deputy High Commissioner for Human Rights, Nada Al-Nashif,",
            id="a function that names the organisation in other words",
        ),
        pytest.param(
            person("Philippe", "Rio", "Mayor of Grigny", organisation=body("City of Grigny", article="the")),
            "the Mayor of Grigny, Philippe Rio,",
            id="the mayor of a city, of the city",
        ),
        pytest.param(
            person(
                "Etonam James",
                "Flolu",
                "District Chief Executive (Mayor)",
                organisation=body("Afadzato South District", country="GH", show_country=True, article="the"),
            ),
            "the District Chief Executive (Mayor) of the Afadzato South District, Ghana, Etonam James Flolu,",
            id="the country where the organisation asks for it",
        ),
        pytest.param(
            person(
                "A",
                "Adviser",
                "Adviser",
                organisation=body("Ministry of Justice of Italy", country="IT", show_country=True, article="the"),
            ),
            "the Adviser of the Ministry of Justice of Italy, A Adviser,",
            id="no country twice",
        ),
        pytest.param(
            person(
                "Ivonne",
                "González Rodríguez",
                "High Counsellor for Peace, Victims’ Rights and Reconciliation",
                organisation=body("Mayor’s Office of Bogotá", country="CO", show_country=True, article="the"),
            ),
            "the High Counsellor for Peace, Victims’ Rights and Reconciliation of the Mayor’s Office of Bogotá,"
            " Colombia, Ivonne González Rodríguez,",
            id="a list inside the function needs no comma behind it",
        ),
        pytest.param(
            person(
                "JoAnn",
                "Kamuf Ward",
                "Deputy Commissioner, Policy and External Affairs",
                organisation=body("New York City Commission on Human Rights", country="US", article="the"),
            ),
            "the Deputy Commissioner, Policy and External Affairs, of the New York City Commission on Human Rights,"
            " JoAnn Kamuf Ward,",
            id="an apposition inside the function does; no country where it is not asked for",
        ),
        pytest.param(
            person("Emilia", "Sáiz", "Secretary-General", organisation=body("United Cities", acronym="UC")),
            "the Secretary-General of United Cities (UC), Emilia Sáiz,",
            id="an organisation without article",
        ),
        pytest.param(
            person("Peggy", "Hicks", "Director", unit="Thematic Engagement Division", organisation=OHCHR),
            "the Director of the Thematic Engagement Division, Office of the United Nations High Commissioner for Human"
            " Rights (OHCHR), Peggy Hicks,",
            id="a bare function is one of the unit",
        ),
        pytest.param(
            person(
                "Maja",
                "Bova",
                "legal expert",
                indefinite=True,
                organisation=body("Interministerial Committee for Human Rights", article="the"),
            ),
            "a legal expert from the Interministerial Committee for Human Rights, Maja Bova,",
            id="an indefinite function",
        ),
        pytest.param(
            person("Melissa", "Upreti", "member", indefinite=True, organisation=body("Working Group", article="the")),
            "a member of the Working Group, Melissa Upreti,",
            id="a member",
        ),
        pytest.param(
            person("Melissa", "Upreti", "member", organisation=body("Working Group", article="the")),
            "a member of the Working Group, Melissa Upreti,",
            id="there is never the member",
        ),
        pytest.param(
            person("Miloon", "Kothari", "Special Rapporteur on the right to adequate housing", former=True),
            "Miloon Kothari, former Special Rapporteur on the right to adequate housing,",
            id="a former function",
        ),
        pytest.param(
            person("Yun", "Seong Deok", "Adviser", name_order="family_given"),
            "the Adviser, Seong Deok Yun,",
            id="the order of the person's own name",
        ),
        pytest.param(person(None, "Suharto", "Mayor"), "the Mayor, Suharto,", id="one name alone"),
        pytest.param(
            person("نور الهدى", "بنعبد الله", "Deputy Mayor", organisation=body("مدينة فاس", article="the")),
            "the Deputy Mayor of the مدينة فاس, نور الهدى بنعبد الله,",
            id="an Arabic name",
        ),
        pytest.param(person(None, None, "Mayor of Fez"), "the Mayor of Fez, [name],", id="a name that is not known"),
        pytest.param(
            person("Ada", "Ray", organisation=OHCHR),
            "Ada Ray, [function] of the Office of the United Nations High Commissioner for Human Rights (OHCHR),",
            id="a function that is not known",
        ),
        pytest.param(person("Ada", "Ray"), "Ada Ray, [function and organization],", id="nothing but a name"),
    ],
)
def test_the_first_mention_is_function_body_and_full_name(someone: Person, called: str) -> None:
    assert first(someone) == called


@pytest.mark.parametrize(
    ("someone", "called"),
    [
        (person("Seong Deok", "Yun", honorific="Mr."), "Mr. Yun"),
        (person("JoAnn", "Kamuf Ward", honorific="Ms.", report_surname="Ward"), "Ms. Ward"),
        (person(None, "Suharto", honorific="Mr."), "Mr. Suharto"),
        (person("Madonna", None, honorific="Ms."), "Ms. Madonna"),
        (person("Václav", "Bálek"), "Václav Bálek"),
        (person(None, None, "Mayor of Fez"), "The speaker"),
    ],
)
def test_a_later_mention_is_honorific_and_surname_and_never_an_invention(someone: Person, called: str) -> None:
    mentions = Mentions([someone])
    assert not mentions.introduced(someone)
    mentions.person(someone)
    assert mentions.introduced(someone)
    assert plain(mentions.person(someone).before_verb()) == called


@pytest.mark.parametrize(
    ("someone", "called"),
    [
        (
            person("Morten", "Kjaerum", "Director", honorific="Mr.", organisation=body("Institute", article="the")),
            "the Director of the Institute, Mr. Kjaerum,",
        ),
        (person("Miloon", "Kothari", "Special Rapporteur", honorific="Mr.", former=True), "Mr. Kothari"),
        (person("Maja", "Bova", "legal expert", honorific="Ms.", indefinite=True), "Ms. Bova"),
        (person("Melissa", "Upreti", "member", honorific="Ms."), "Ms. Upreti"),
        (person("Mona", "M’Bikay", "Executive Director"), "Mona M’Bikay"),
        (person("Uma", "Solo", honorific="Ms."), "Ms. Solo"),
    ],
)
def test_a_panellist_who_was_named_before_is_told_again_what_for(someone: Person, called: str) -> None:
    mentions = Mentions([someone])
    mentions.person(someone)
    assert plain(mentions.again(someone).before_verb()) == called


@pytest.mark.parametrize(("honorific", "called"), [("Mr", "Mr. Ray"), ("Dr.", "Dr. Ray"), ("H.E. Ms.", "H.E. Ms. Ray")])
def test_honorifics_have_the_full_stop_that_the_united_nations_writes(honorific: str, called: str) -> None:
    someone = person("Ada", "Ray", honorific=honorific)
    assert Mentions([someone]).short(someone) == called


def test_two_people_of_one_surname_keep_their_full_names() -> None:
    one, other = person("Min-jun", "Kim", honorific="Mr."), person("Do-yun", "Kim", honorific="Mr.")
    third = person("Seo-yeon", "Kim", honorific="Ms.")
    mentions = Mentions([one, other, third])
    assert mentions.short(one) == "Mr. Min-jun Kim"
    assert mentions.short(other) == "Mr. Do-yun Kim"
    assert mentions.short(third) == "Ms. Kim"


def test_a_protected_bearer_of_a_name_leaves_no_trace_in_how_others_are_called() -> None:
    one = person("Min-jun", "Kim", honorific="Mr.")
    hidden = person("Do-yun", "Kim", honorific="Mr.", protected=True)
    assert Mentions([one, hidden]).short(one) == "Mr. Kim"


def test_an_acronym_is_spelled_out_once_and_stands_alone_without_article_after() -> None:
    mentions = Mentions([])
    assert plain(mentions.organisation(OHCHR)) == f"the {OHCHR.name} (OHCHR)"
    assert plain(mentions.organisation(OHCHR)) == "OHCHR"
    director = person("Peggy", "Hicks", "Director", unit="Thematic Engagement Division", organisation=OHCHR)
    assert (
        plain(mentions.person(director).content)
        == "the Director of the OHCHR Thematic Engagement Division, Peggy Hicks"
    )


@pytest.mark.parametrize(
    ("organisation", "called"),
    [
        (CANELONES, "the speaker from the government of Canelones, Uruguay,"),
        (body("Public Services International"), "the speaker from Public Services International"),
        (
            body("United Nations Human Settlements Programme", acronym="UN-Habitat", article="the"),
            "the speaker from the United Nations Human Settlements Programme (UN-Habitat)",
        ),
        (body("Ghana", category="states", country="GH"), "the representative of Ghana"),
        (body("Republic of Korea", category="states", country="KR"), "the representative of the Republic of Korea"),
        (
            body("Centre for Peace, Justice and Truth", article="the"),
            "the speaker from the Centre for Peace, Justice and Truth",
        ),
        (None, "one speaker"),
    ],
)
def test_who_has_the_floor_is_called_by_organisation_alone(organisation: Organisation | None, called: str) -> None:
    assert plain(Mentions([]).speaker(organisation).before_verb()) == called


def test_who_speaks_for_several_says_for_whom() -> None:
    mention = Mentions([]).speaker(CANELONES, "six municipalities of Uruguay")
    assert plain(mention.before_verb()) == (
        "the speaker from the government of Canelones, Uruguay, on behalf of six municipalities of Uruguay,"
    )


def test_somebody_represents_a_state_and_not_its_mission() -> None:
    mission = body("Permanent Mission of Ghana to the United Nations Office at Geneva", article="the")
    envoy = person("Ada", "Ray", "Deputy Permanent Representative", organisation=mission)
    assert first(envoy) == (
        "the Deputy Permanent Representative of Ghana to the United Nations Office at Geneva, Ada Ray,"
    )
    attache = person("Bo", "Ray", "Counsellor", organisation=mission)
    assert first(attache).startswith("the Counsellor of the Permanent Mission of Ghana ")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("City of Grigny", "the speaker from the City of Grigny"),
        ("Ministry of Housing", "the speaker from the Ministry of Housing"),
        ("Public Services International", "the speaker from Public Services International"),
        ("Cities for Rights", "the speaker from Cities for Rights"),
        ("Barcelona City Council", "the speaker from Barcelona City Council"),
    ],
)
def test_a_body_typed_without_its_article_gets_the_one_that_its_name_asks_for(name: str, called: str) -> None:
    assert plain(Mentions([]).speaker(body(name)).before_verb()) == called
