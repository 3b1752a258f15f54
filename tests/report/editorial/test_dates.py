"""Dates, seasons, weekdays and times of day in running text."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds, silent

HITS: list[Hit] = [
    ("DA1", "The forum met on ⟦August 28, 2023⟧ in Geneva.", "28 August 2023"),
    ("DA1", "The forum met on ⟦July 22⟧.", "22 July"),
    ("DA1", "The forum met on ⟦May 3rd⟧ and later.", "3 May"),
    ("DA1", "The forum met on ⟦28th August⟧ 2023.", "28 August"),
    ("DA1", "The forum met on ⟦the 1st of May⟧.", "1 May"),
    ("DA1", "The text of ⟦28/08/2023⟧ was shared.", "28 August 2023"),
    ("DA1", "The text of ⟦08/28/2023⟧ was shared.", "28 August 2023"),
    ("DA1", "The text of ⟦12/13/2023⟧ was shared.", "13 December 2023"),
    ("DA1", "The text of ⟦08/09/2023⟧ was shared.", None),
    ("DA1", "The text of ⟦2023-08-28⟧ was shared.", "28 August 2023"),
    ("DA1", "The text of ⟦28 Aug. 2023⟧ was shared.", "28 August 2023"),
    ("DA1", "The session of ⟦21-23 July⟧ 2025 closed.", "21–23 July"),
    ("DA1", "The session of ⟦18 June - 12 July⟧ 2024 closed.", "18 June–12 July"),
    ("DA1", "The plan for ⟦2024-2030⟧ was adopted.", "2024–2030"),
    ("DA1", "It ran ⟦from 2020–2024⟧ in two towns.", "from 2020 to 2024"),
    ("DA1", "It ran ⟦between 2020-2024⟧ in two towns.", "between 2020 and 2024"),
    ("DA1", "The forum met in ⟦August, 2023⟧.", "August 2023"),
    ("DA1", "Towns grew in the ⟦1990’s⟧ and later.", "1990s"),
    ("DA1", "⟦28th August⟧ was chosen.", None),
    ("DA2", "The forum will meet in ⟦spring⟧ 2026.", None),
    ("DA2", "It met in the ⟦summer⟧ of 2025.", None),
    ("DA2", "It will report by next ⟦winter⟧.", None),
    ("DA3", "The forum met on ⟦Monday, 29 August 2023⟧.", None),
    ("DA3", "The forum met on ⟦31 June 2023⟧.", None),
    ("TI1", "The forum opened at ⟦10am⟧ and closed at ⟦3:30 PM⟧ in Geneva.", "10 a.m."),
    ("TI1", "It opened at ⟦10:00 a.m.⟧ in Geneva.", "10 a.m."),
    ("TI1", "It opened at ⟦15:00⟧ in Geneva.", "3 p.m."),
    ("TI1", "It ran from ⟦10:00–13:00⟧ in Geneva.", "10 a.m. to 1 p.m."),
    ("TI1", "It broke up at ⟦12h45⟧ for lunch.", "12.45 p.m."),
    ("TI1", "It broke up at ⟦12:00⟧ for lunch.", "noon"),
    ("TI1", "It broke up at ⟦12 noon⟧ for lunch.", "noon"),
    ("TI1", "It ended at ⟦15:30.⟧", "3.30 p.m."),
    ("TI1", "It ended at ⟦5 pm.⟧", "5 p.m."),
]
MISSES: list[Miss] = [
    ("DA1", "The forum met on 28 August 2023, from 18 June to 12 July 2024, in the session of 21–23 July 2025."),
    ("DA1", "In May 2025 cities, in July 28 submissions and by March 12 mayors had replied; the 1990s were over."),
    ("DA1", "The twenty-first session, the 28th meeting, resolution 60/251 of 15 March 2006, and version 1.2.2023-4."),
    ("DA1", "Between 2020 and 2024, from 2020 to 2024 and in 2015–2030; document A/HRC/2023-08-28."),
    ("DA1", "The campaign “August 28, 2023” and the page https://example.org/2023-08-28 were noted."),
    ("DA1", "In August, 28 cities met; on Monday, 28 August, and Tuesday, 29 August, they spoke."),
    ("DA2", "The Arab Spring, a spring of water, the winter Olympics and a summer school for young people."),
    ("DA2", "Rivers spring from the hills; the autumn of life; the city of Winter Garden."),
    ("DA3", "Monday, 28 August 2023 and 29 February 2024; Tuesday 22 July 2025; 31 December 2025."),
    ("TI1", "The forum met from 10 a.m. to 1 p.m., at noon, and at 3.30 p.m. A ratio of 3:1 was named."),
    ("TI1", "It lasted 2h30, or 02h30 in all. I am not sure: am I?"),
    ("TI1", "See https://example.org/10:30 and the verse “10:30”."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_dates_and_times_have_one_form(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_what_is_right_or_no_date_is_left_alone(miss: Miss) -> None:
    silent(miss)
