"""Names of countries and their lists."""

import pytest

from exports.countries import countries
from meetings.report.rules.editorial import checked_text
from meetings.report.rules.wording import country_in_text
from tests.report.editorial.cases import Hit, Miss, holds, silent

HITS: list[Hit] = [
    ("NA1", "Cities in ⟦Turkey⟧ took part.", "Türkiye"),
    ("NA1", "⟦The Czech Republic⟧ and ⟦the Slovak Republic⟧ took part.", "Czechia"),
    ("NA1", "The delegation of ⟦Vietnam⟧ spoke.", "Viet Nam"),
    ("NA1", "Cities in ⟦South Korea⟧ took part.", "the Republic of Korea"),
    ("NA1", "⟦South Korea⟧ took part.", "The Republic of Korea"),
    ("NA1", "Cities in ⟦North Korea⟧ took part.", "the Democratic People’s Republic of Korea"),
    ("NA1", "Cities in ⟦Korea⟧ took part.", None),
    ("NA1", "Cities in ⟦Ivory Coast⟧ and ⟦Swaziland⟧ took part.", "Côte d’Ivoire"),
    ("NA1", "Cities in ⟦Cote d’Ivoire⟧ took part.", "Côte d’Ivoire"),
    ("NA1", "The Government of ⟦Iran⟧ replied.", "the Islamic Republic of Iran"),
    ("NA1", "Cities in ⟦the Netherlands⟧ took part.", "the Kingdom of the Netherlands"),
    ("NA1", "The port of Rotterdam, ⟦Netherlands⟧, took part.", None),
    ("NA1", "Cities in ⟦Bolivia⟧ and ⟦Venezuela⟧ took part.", "the Plurinational State of Bolivia"),
    ("NA1", "A mission to ⟦Russia⟧, ⟦Syria⟧ and ⟦Moldova⟧ was planned.", "the Russian Federation"),
    ("NA1", "Cities in ⟦the US⟧ and ⟦the UK⟧ took part.", "the United States of America"),
    (
        "NA1",
        "The ⟦UK⟧ Government replied.".replace("The ⟦UK⟧", "⟦The UK⟧"),
        "The United Kingdom of Great Britain and Northern Ireland",
    ),
    ("NA1", "Cities in ⟦Democratic Republic of Congo⟧ took part.", "the Democratic Republic of the Congo"),
    ("NA1", "Cities in ⟦Macedonia⟧ and ⟦Cape Verde⟧ took part.", "North Macedonia"),
    ("NA1", "Cities in ⟦España⟧, ⟦Maroc⟧ and ⟦Египет⟧ took part.", "Spain"),
    ("NA1", "Cities in ⟦中国⟧ and ⟦مصر⟧ took part.", "China"),
    ("NA1", "Cities in ⟦Holland⟧ took part.", "the Kingdom of the Netherlands"),
    ("NA1", "The law of ⟦Bolivia⟧’s towns.", None),
    ("NA2", "Cities in ⟦Ghana, Chile and Uruguay⟧ took part.", "Chile, Ghana and Uruguay"),
    (
        "NA2",
        "Experience came from ⟦the Republic of Korea, Ghana and Colombia⟧.",
        "Colombia, Ghana and the Republic of Korea",
    ),
    ("PO1", "A survey of ⟦Uruguay’s⟧ towns.", None),
    ("PO1", "A survey of ⟦OHCHR’s⟧ work.", None),
    ("PO1", "A survey of the ⟦United Nations’⟧ work.", "United Nations"),
    ("PO1", "A survey of the ⟦Philippines’⟧ towns.", None),
]
MISSES: list[Miss] = [
    ("NA1", "Cities in Türkiye, Czechia, Viet Nam, Côte d’Ivoire, Cabo Verde, Eswatini and North Macedonia took part."),
    ("NA1", "The Islamic Republic of Iran, Iran (Islamic Republic of), the Plurinational State of Bolivia spoke."),
    (
        "NA1",
        "The Kingdom of the Netherlands, the Russian Federation, the Syrian Arab Republic, the State of Palestine.",
    ),
    ("NA1", "The United Republic of Tanzania, Brunei Darussalam, the Republic of Moldova, Bosnia and Herzegovina."),
    ("NA1", "The Democratic Republic of the Congo, the Congo, Guinea, Jordan, Chad and Georgia; Ms. Georgia Jordan."),
    (
        "NA1",
        "The Democratic People’s Republic of Korea and the Republic of Korea; the Bank of Korea; Korea University.",
    ),
    ("NA1", "The Union of Municipalities of Turkey, the University of Vietnam and the Vietnam Women Union took part."),
    ("NA1", "Ms. Holland, Mr. Burma Singh, North Holland, Central Macedonia and Greater Syria were named."),
    ("NA1", "The report “Cities of Turkey”, the address info@turkey.example.org and https://example.org/Turkey."),
    ("NA1", "Palestine refugees; US$ 5 million; the US Conference of Mayors; tell us of the City of Vienna."),
    ("NA1", "New York City, Mexico City, Latin America, the America of cities, Micronesia and Melanesia."),
    ("NA1", "Granada, Maurice and Dominique; the Gobierno de España and the Ville de Paris took part."),
    ("NA2", "Cities in Chile, Ghana, the Republic of Korea and Uruguay took part."),
    ("NA2", "Cities in Uruguay and Ghana took part, in Spain and Morocco, too."),
    ("NA2", "Accra, Ghana, Chile and Bolivia; Uruguay, Ghana and Chile, in that order, took the floor."),
    (
        "NA2",
        "Côte d’Ivoire, Croatia and Cuba; the Gambia, Germany and Ghana; Oman, Peru and Togo.",
    ),
    ("PO1", "The Mayor’s office, women’s rights, Ms. Ward’s suggestion, the Council’s agenda, people’s lives."),
    ("PO1", "The ‘Philippines’ and the law of Uruguay; Jordan Smith’s town; the report “Uruguay’s towns”."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_countries_are_called_as_in_unterm(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_right_names_and_other_bearers_are_left_alone(miss: Miss) -> None:
    silent(miss)


@pytest.mark.parametrize("code", sorted(countries()))
def test_the_right_name_of_every_country_is_right(code: str) -> None:
    sentences = (f"Cities in {country_in_text(code)} took part.", f"Cities in {countries()[code].name()} took part.")
    assert [f for text in sentences for f in checked_text(text) if f.rule == "NA1"] == []


@pytest.mark.parametrize("language", ["fr", "es", "ru", "zh", "ar"])
def test_names_in_the_other_languages_are_told_apart_from_the_english(language: str) -> None:
    known = {country.name().replace("'", "’") for country in countries().values()} | {
        *("Chili", "Dominique", "Grenade", "Granada", "Maurice", "Panamá"),  # words, given names and cities, too
    }
    named = {c.names[language].replace("'", "’"): code for code, c in countries().items() if language in c.names}
    fixes = {name: {f.fix for f in checked_text(f"Towns in {name} met.")} for name in named.keys() - known}
    right = {code: country_in_text(code).replace("'", "’") for code in countries()}
    assert len(fixes) > 100
    assert [name for name, found in fixes.items() if right[named[name]] not in found] == []
