from dataclasses import replace
from itertools import permutations
from typing import get_args

import pytest

from exports.categories import CATEGORY_HEADINGS, Category
from exports.participants import Participant, ParticipantList, participants_docx
from exports.people import Person, alphabetical, line, name
from tests.exports.reading import headings, texts
from tests.exports.samples import JULY_HEAD, LEE, MADE, PARTICIPANTS

BODY = 5  # title, date, hours, place, kind of document


def lines(*participants: Participant) -> list[str]:
    return texts(participants_docx(ParticipantList(JULY_HEAD, participants), made=MADE))[BODY:]


def test_categories_and_members_come_in_order() -> None:
    assert texts(participants_docx(PARTICIPANTS, made=MADE))[BODY:] == [
        "Corrections may be sent to secretariat@example.org.",
        "States",
        "Costa Rica",
        "Mr. Luis (demonstration) MORA, Adviser",
        "Côte d’Ivoire",
        "Ms. Awa (demonstration) KONÉ, Attaché",
        "Croatia",
        "Ms. Lea (demonstration) BABIĆ, First Secretary",
        "Ms. Iva (demonstration) HORVAT, Adviser",
        "Republic of Korea",
        "Mr. Seong Deok YUN, Permanent Representative, Permanent Mission of the Republic of Korea",
        "Uruguay",
        "Ms. Ana (demonstration) ORTEGA, Counsellor",
        "Local and regional governments",
        "Mr. Etonam James FLOLU, District Chief Executive (Mayor), Afadzato South District, Ghana",
        "ليلى الحسن, رئيسة البلدية, مدينة النموذج (demonstration)",
        "National and local human rights institutions",
        "Mr. Gyonggu SHIN, Executive Director, International Human Rights Training Centre of Gwangju Metropolitan "
        "City, Republic of Korea",
        "Academia",
        "Mr. 王 小明, 研究员, 示范大学 (demonstration)",
        "United Nations entities",
        "Ms. Wan-Hea LEE, Chief of Section, OHCHR",
    ]


def test_the_nine_categories_are_those_of_the_note_in_its_order() -> None:
    assert list(CATEGORY_HEADINGS) == list(get_args(Category))
    everyone = tuple(Participant(LEE, category) for category in reversed(get_args(Category)))
    content = participants_docx(ParticipantList(JULY_HEAD, everyone), made=MADE)
    assert [text for level, text in headings(content) if level == 1] == list(CATEGORY_HEADINGS.values())


def test_the_order_does_not_depend_on_who_came_first() -> None:
    members = PARTICIPANTS.participants[1:5]
    assert len({tuple(lines(*order)) for order in permutations(members)}) == 1


def test_others_are_sorted_by_organization_then_surname() -> None:
    def of(organisation: str, family: str) -> Participant:
        return Participant(Person(family=family, organisation=organisation), "academia")

    assert lines(of("Zürich", "a"), of("Žilina", "a"), of("École", "b"), of("Ecole", "a"), of("Dakar", "z")) == [
        "Academia",
        "Z, Dakar",
        "A, Ecole",
        "B, École",
        "A, Žilina",
        "A, Zürich",
    ]


def test_a_state_without_name_is_found_under_its_organization() -> None:
    assert lines(Participant(Person(family="x", organisation="Permanent Mission"), "states")) == [
        "States",
        "Permanent Mission",
        "X, Permanent Mission",
    ]


def test_the_list_says_whether_it_is_provisional() -> None:
    final = replace(PARTICIPANTS, provisional=False)
    assert "List of participants" in texts(participants_docx(final, made=MADE))
    assert not [text for text in texts(participants_docx(final, made=MADE)) if "secretariat@" in text]
    assert "Provisional list of participants" in texts(participants_docx(PARTICIPANTS, made=MADE))


def test_nobody_listed_is_said() -> None:
    assert lines() == ["No participants are listed yet."]


@pytest.mark.parametrize(
    ("person", "plain", "capitals"),
    [
        (LEE, "Ms. Wan-Hea Lee", "Ms. Wan-Hea LEE"),
        (Person("Ivonne", "González Rodríguez"), "Ivonne González Rodríguez", "Ivonne GONZÁLEZ RODRÍGUEZ"),
        (Person("Mona", "M’Bikay"), "Mona M’Bikay", "Mona M’BIKAY"),
        (Person("Seong Deok", "Yun", "Mr.", "family_given"), "Mr. Yun Seong Deok", "Mr. YUN Seong Deok"),
        (Person("小明", "王", "", "family_given"), "王 小明", "王 小明"),
        (Person(given="Cher"), "Cher", "Cher"),
        (Person(), "", ""),
    ],
)
def test_names_are_written_in_the_order_of_their_owners(person: Person, plain: str, capitals: str) -> None:
    assert name(person) == plain
    assert name(person, capitals=True) == capitals


def test_a_line_has_commas_only_between_what_is_known() -> None:
    assert line(Person(family="A", unit="Unit", country="Chile")) == "A, Unit, Chile"
    assert line(Person(function=" \n", organisation="B")) == "B"


def test_accents_do_not_send_a_country_to_the_end() -> None:
    countries = ["Côte d’Ivoire", "Zambia", "Costa Rica", "Türkiye", "Croatia", "Tunisia"]
    assert sorted(countries, key=alphabetical) == [
        "Costa Rica",
        "Côte d’Ivoire",
        "Croatia",
        "Tunisia",
        "Türkiye",
        "Zambia",
    ]


@pytest.mark.parametrize(
    ("person", "written"),
    [
        (
            Person("A", function="Mayor of Vienna", organisation="City of Vienna", country="Austria"),
            "Mayor of Vienna, Austria",
        ),
        (
            Person("A", function="Minister of Health of Chile", organisation="Ministry of Health", country="Chile"),
            "Minister of Health of Chile",
        ),
        (
            Person("A", function="Mayor", organisation="City of Vienna", country="Austria"),
            "Mayor, City of Vienna, Austria",
        ),
        (
            Person("A", function="Director", organisation="Chile Institute", country="Chile"),
            "Director, Chile Institute",
        ),
        (
            Person("A", function="Envoy", organisation="Nigeria Network", country="Niger"),
            "Envoy, Nigeria Network, Niger",
        ),
    ],
)
def test_a_line_says_nothing_twice(person: Person, written: str) -> None:
    assert line(person) == f"A, {written}"
