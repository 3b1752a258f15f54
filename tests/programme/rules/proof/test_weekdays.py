"""Weekdays and dates in texts, in three languages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.programme.rules.proof.weekdays import contradictions, dates_in
from tests.programme.rules.proof.cases import JULY, NOVEMBER, Hit, Miss, saying

_RIGHT = {  # the day is Tuesday 22 July 2025
    "Monday 22 July 2025": "Tuesday 22 July 2025",
    "held on Monday, 22 July 2025, at": "held on Tuesday, 22 July 2025, at",
    "MONDAY 22 JULY 2025": "TUESDAY 22 JULY 2025",
    "Monday the 22nd of July 2025": "Tuesday the 22nd of July 2025",
    "Monday, July 22, 2025": "Tuesday, July 22, 2025",
    "Monday July 22nd": "Tuesday July 22nd",
    "Mon 22 Jul 2025": "Tue 22 Jul 2025",
    "Thurs. 22 July 2025": "Tue. 22 July 2025",
    "on Monday 22 July.": "on Tuesday 22 July.",
    "Monday\u00a022\u00a0July\u00a02025": "Tuesday\u00a022\u00a0July\u00a02025",
    "Monday\n22 July 2025": "Tuesday\n22 July 2025",
    "22 July 2025 (Monday)": "22 July 2025 (Tuesday)",
    "July 22, 2025 (Mon.)": "July 22, 2025 (Tue.)",
    "Monday 2025-07-22": "Tuesday 2025-07-22",
    "Monday 22/07/2025": "Tuesday 22/07/2025",
    "Monday, 22.7.2025": "Tuesday, 22.7.2025",
    "Monday 22 and Wednesday 23 July 2025": "Tuesday 22 and Wednesday 23 July 2025",
    "Friday 22–23 July 2025": "Tuesday 22–23 July 2025",
    "lundi 22 juillet 2025": "mardi 22 juillet 2025",
    "Le Lundi 22 juillet": "Le Mardi 22 juillet",
    "lundi 22 et mercredi 23 juillet 2025": "mardi 22 et mercredi 23 juillet 2025",
    "lunes 22 de julio de 2025": "martes 22 de julio de 2025",
    "el Miercoles, 22 de julio del 2025": "el Martes, 22 de julio del 2025",
    "sábado 22 de julio": "martes 22 de julio",
}
HITS: list[Hit] = [
    *(("weekday", saying(wrong), right) for wrong, right in _RIGHT.items()),
    # Another day than the meeting's: either the weekday or the date may be wrong.
    ("weekday", saying("Write to us until Friday 30 June 2025."), None),
    ("weekday", saying("lunes 21 de abril de 2026"), None),
    ("weekday", saying("Monday 26 November 2025", NOVEMBER), "Wednesday 26 November 2025"),
    ("weekday", saying("Monday 01/02/2025", NOVEMBER), None),
    ("no-such-day", saying("Submissions are due on 31 June 2025."), None),
    ("no-such-day", saying("29 février 2025"), None),
    ("no-such-day", saying("30 de febrero de 2024"), None),
    ("no-such-day", saying("September 31, 2025"), None),
]
MISSES: list[Miss] = [
    *(("weekday", saying(right)) for right in _RIGHT.values()),
    *(
        ("weekday", saying(text))
        for text in (
            "every Monday 22 people meet",
            "Monday 22 August",  # no year, and no day of the meeting
            "Monday and Tuesday",
            "Tuesday 07/08/2025",  # 7 August is a Thursday, but 8 July is a Tuesday
            "Monday 31 June 2025",  # no such day: another check
            "Monday 21 to Wednesday 23 July 2025",
            "lundi 21, mardi 22 et mercredi 23 juillet 2025",
            "Friday 1st August 2025",
            "Sunday Times, 22 July 2025",
            "the Monday group met on 22 July 2025",
            "Sam 22 juillet 2025",
        )
    ),
    ("no-such-day", saying("29 February 2024, 31 July 2025 and 30 June")),
    ("no-such-day", saying("resolution 57/12 of 10 October 2024")),
    ("no-such-day", saying("In May 2025, 31 cities had joined.")),
]

_LANGUAGES = (
    (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
        "{w} {d} {m} {y}",
    ),
    (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "{w} {d} {m} {y}",
    ),
    (
        "lunes martes miércoles jueves viernes sábado domingo",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "{w}, {d} de {m} de {y}",
    ),
)
any_day = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))


def written(day: dt.date, weekday: int, language: int) -> str:
    weekdays, months, form = _LANGUAGES[language]
    return form.format(w=weekdays.split()[weekday], d=day.day, m=months.split()[day.month - 1], y=day.year)


@given(any_day, st.integers(0, 6), st.integers(0, 2))
def test_just_the_weekdays_that_are_wrong_are_found_and_put_right(day: dt.date, weekday: int, language: int) -> None:
    text = f"… {written(day, weekday, language)}, …"
    found = contradictions(text, [day])
    if weekday == day.weekday():
        assert found == []
        return
    (one,) = found
    assert text[one.start : one.end] == one.typed == written(day, weekday, language)
    assert one.right == written(day, day.weekday(), language)
    assert (one.date, one.certain) == (day, True)
    assert contradictions(text.replace(one.typed, one.right), [day]) == []


@given(st.text(st.sampled_from("Monday 22 July 2025, lundi et juillet de/.-()\n0123456789º"), max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for each in contradictions(text, [JULY]):
        assert text[each.start : each.end] == each.typed
        assert each.typed != each.right


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("by 1 October 2025 at the latest", [dt.date(2025, 10, 1)]),
        ("26 November and 27 novembre", [NOVEMBER, dt.date(2025, 11, 27)]),
        ("October 1, 2025", [dt.date(2025, 10, 1)]),
        ("resolution 57/12", []),
    ],
)
def test_the_dates_of_a_text(text: str, dates: list[dt.date]) -> None:
    assert dates_in(text, [NOVEMBER]) == dates
