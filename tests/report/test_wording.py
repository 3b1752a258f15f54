"""Counts, lists, places, days and sentences as reports of the United Nations write them."""

import datetime as dt

import pytest

from exports.inline import Gap, Span
from meetings.report.rules.wording import (
    capital,
    count,
    countries_in_order,
    country_after,
    country_in_text,
    days,
    enumerated,
    figures,
    in_words,
    key_part,
    number,
    ordinal,
    place,
    plain,
    small,
    stopped,
    text,
    with_article,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "zero"), (1, "one"), (5, "five"), (9, "nine"), (10, "10"), (28, "28"), (120, "120"), (1204, "1,204")],
)
def test_numbers_are_words_below_ten_and_figures_from_ten(value: int, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1, "one"), (11, "eleven"), (20, "twenty"), (42, "forty-two"), (99, "ninety-nine"), (1204, "1,204")],
)
def test_a_sentence_begins_with_a_number_in_words(value: int, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [([1, 9], ["one", "nine"]), ([1, 10], ["1", "10"]), ([], [])],
)
def test_numbers_of_one_series_are_all_in_figures_where_one_is(values: list[int], words: list[str]) -> None:
    assert figures(values) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "one panellist"),
        (2, "two panellists"),
        (5, "five panellists"),
        (12, "12 panellists"),
    ],
)
def test_a_count_is_singular_for_one_alone(value: int, words: str) -> None:
    assert count(value, "panellist") == words


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1, "first"),
        (2, "second"),
        (3, "third"),
        (4, "fourth"),
        (5, "fifth"),
        (8, "eighth"),
        (9, "ninth"),
        (12, "twelfth"),
        (13, "thirteenth"),
        (20, "twentieth"),
        (21, "twenty-first"),
        (40, "fortieth"),
        (56, "fifty-sixth"),
        (63, "sixty-third"),
        (99, "ninety-ninth"),
        (100, "one hundredth"),
        (101, "one hundred and first"),
        (230, "two hundred and thirtieth"),
    ],
)
def test_sessions_are_counted_in_words(value: int, word: str) -> None:
    assert ordinal(value) == word


@pytest.mark.parametrize(
    ("noun", "called"),
    [
        ("legal expert", "a legal expert"),
        ("expert", "an expert"),
        ("university teacher", "a university teacher"),
        ("uninvited guest", "an uninvited guest"),
        ("European envoy", "a European envoy"),
        ("OHCHR consultant", "an OHCHR consultant"),
        ("UN Volunteer", "a UN Volunteer"),
        ("honorary consul", "an honorary consul"),
        ("human rights defender", "a human rights defender"),
    ],
)
def test_the_indefinite_article_follows_the_sound(noun: str, called: str) -> None:
    assert with_article(noun) == called


@pytest.mark.parametrize(
    ("code", "alone", "in_text"),
    [
        ("GH", "Ghana", "Ghana"),
        ("KR", "Republic of Korea", "the Republic of Korea"),
        ("US", "United States of America", "the United States of America"),
        ("NL", "Kingdom of the Netherlands", "the Kingdom of the Netherlands"),
        ("IR", "Islamic Republic of Iran", "the Islamic Republic of Iran"),
        ("BO", "Plurinational State of Bolivia", "the Plurinational State of Bolivia"),
        ("CD", "Democratic Republic of the Congo", "the Democratic Republic of the Congo"),
        ("NE", "Niger", "the Niger"),
        ("NG", "Nigeria", "Nigeria"),
        ("CI", "Côte d'Ivoire", "Côte d'Ivoire"),
        ("XX", "", ""),
    ],
)
def test_countries_by_their_united_nations_names(code: str, alone: str, in_text: str) -> None:
    assert country_after(code).replace("’", "'") == alone
    assert country_in_text(code).replace("’", "'") == in_text


def test_countries_stand_in_english_alphabetical_order_each_once() -> None:
    assert countries_in_order(["UY", "KR", "GH", "CO", "GH"]) == "Colombia, Ghana, the Republic of Korea and Uruguay"
    assert countries_in_order(["CI", "HR", "CR"]).replace("’", "'") == "Costa Rica, Côte d'Ivoire and Croatia"
    # By their short names: Iran (Islamic Republic of) stands at I, and not at the article or at its form of state.
    assert countries_in_order(["IR", "IT", "ID"]) == "Indonesia, the Islamic Republic of Iran and Italy"


@pytest.mark.parametrize(
    ("city", "country", "words"),
    [
        ("Geneva", "CH", "Geneva"),
        ("Gwangju", "KR", "Gwangju, Republic of Korea"),
        ("Gwangju", None, "Gwangju"),
        ("New York", "US", "New York"),
    ],
)
def test_a_city_has_its_country_unless_it_is_a_headquarters(city: str, country: str | None, words: str) -> None:
    assert place(city, country) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2023, 8, 28), (2023, 8, 28), "on 28 August 2023"),
        ((2025, 7, 22), (2025, 7, 23), "on 22 and 23 July 2025"),
        ((2025, 7, 21), (2025, 7, 23), "from 21 to 23 July 2025"),
        ((2025, 7, 31), (2025, 8, 1), "from 31 July to 1 August 2025"),
        ((2025, 12, 31), (2026, 1, 2), "from 31 December 2025 to 2 January 2026"),
    ],
)
def test_days_in_a_sentence(start: tuple[int, int, int], end: tuple[int, int, int], words: str) -> None:
    assert days(dt.date(*start), dt.date(*end)) == words


@pytest.mark.parametrize(
    ("note", "goes_on"),
    [
        ("the need for rules", "the need for rules"),
        ("The need for rules", "the need for rules"),
        ("That cities act", "that cities act"),
        ("A plan", "a plan"),
        ("In Chile, offices exist", "in Chile, offices exist"),
        ("Training of staff", "training of staff"),
        ("Human rights offices", "human rights offices"),
        ("Human Rights Council sessions", "Human Rights Council sessions"),
        ("Local Agenda plans", "Local Agenda plans"),
        ("Gwangju and its charter", "Gwangju and its charter"),
        ("The Hague and its work", "The Hague and its work"),
        ("OHCHR guidance", "OHCHR guidance"),
        ("UN-Habitat and others", "UN-Habitat and others"),
        ("مدينة فاس", "مدينة فاس"),
        ("", ""),
    ],
)
def test_a_note_goes_on_in_small_letters_only_where_no_name_can_be_hurt(note: str, goes_on: str) -> None:
    assert small(note) == goes_on


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("the need", "the need."),
        ("the need.", "the need."),
        ("the need ;", "the need."),
        ("“cities first”", "“cities first”."),
        ("“cities first.”", "“cities first.”"),
        ("what now?", "what now?"),
        ("and so on…", "and so on…"),
    ],
)
def test_a_sentence_has_one_full_stop(words: str, sentence: str) -> None:
    assert stopped(words) == sentence


def test_neighbouring_words_are_one_span_and_gaps_are_kept() -> None:
    gap = Gap("date", "Enter it.")
    assert text("on ", "the ", gap, "", ".") == (Span("on the "), gap, Span("."))
    assert plain(text("on ", gap)) == "on [date]"
    assert capital(text(gap, " was said")) == (gap, Span(" was said"))
    assert plain(capital(text("élan"))) == "Élan"


def test_a_theme_in_a_key_has_no_colon_and_one_length_at_most() -> None:
    assert key_part(" Water:  Rights") == "water%3A rights"
    long, other = key_part("w" * 300), key_part("w" * 301)
    assert long != other
    assert len(long) <= 80
    assert key_part("مدينة") == "مدينة"


def test_a_list_whose_parts_have_commas_has_one_before_the_last_and() -> None:
    assert plain(enumerated([text("Ms. A"), text("Mr. B")])) == "Ms. A and Mr. B"
    assert plain(enumerated([text("the Mayor of X, A"), text("Mr. B")])) == "the Mayor of X, A, and Mr. B"
    assert plain(enumerated([text("featured five"), text("was led by the Mayor, A")])) == (
        "featured five and was led by the Mayor, A"
    )
    assert plain(enumerated([text("one"), text("two"), text("three")])) == "one, two and three"
