"""Numbers, percentages, thousands: in words below ten, in figures from ten, as the series and the sentence ask for."""

import pytest

from tests.report.editorial.cases import Hit, Miss, holds, silent

HITS: list[Hit] = [
    ("NU1", "The network has ⟦5⟧ members in the region.", "five"),
    ("NU1", "She named ⟦3⟧ reasons and ⟦2⟧ cities.", "three"),
    ("NU1", "⟦5⟧ cities took part.", "Five"),
    ("NU1", "The forum met. ⟦28⟧ submissions were received.", None),
    ("NU1", "The report draws on ⟦twelve⟧ submissions.", "12"),
    ("NU1", "Some ⟦twenty-eight⟧ cities and villages took part.", "28"),
    ("NU1", "About ⟦2/3⟧ of the cities agreed.", "two thirds"),
    ("NU1", "About ⟦½⟧ of the cities agreed.", "one half"),
    ("NU2", "Some 7⟦0%⟧ of residents agreed.", "0 per cent"),
    ("NU2", "A rise of 5.⟦5 %⟧ was noted.", "5 per cent"),
    ("NU2", "Some 70 ⟦percent⟧ agreed.", "per cent"),
    ("NU2", "A rise of ⟦five⟧ per cent was noted.", "5"),
    ("NU2", "The ⟦%⟧ of women rose.", None),
    ("NU3", "A meeting of ⟦five⟧ mayors and 12 experts was held.", "5"),
    ("NU3", "A meeting of 12 experts and ⟦five⟧ mayors was held.", "5"),
    ("NU4", "The text has ⟦8500⟧ words.", "8,500"),
    ("NU4", "Some ⟦25000⟧ people live there.", "25,000"),
    ("NU4", "Some ⟦10 000⟧ people live there.", "10,000"),
]
MISSES: list[Miss] = [
    ("NU1", "Under agenda items 2 and 3, the Council took note of paragraphs 4, 5 and 6 and of article 7."),
    ("NU1", "Goal 5 and target 3 guided session 2; Dialogue 1 and part 3 of annex 2 set out steps 1 to 4."),
    ("NU1", "The forum of 9 July 2025 met from 5 to 7 May, at 9 a.m., in room 3, on day 2."),
    ("NU1", "Children aged 5 to 9 years and those under 5 years of age were counted; so were boys aged 7 years."),
    ("NU1", "Some 9 per cent, 3 million people and 5 km of road, and the share of 5 to 12 per cent."),
    ("NU1", "Of 28 submissions, 5 came from cities and 12 cities sent 3 each."),
    ("NU1", "Agenda 5 and Horizon 2 and Building 4 took place beside Web 3 projects."),
    ("NU1", "Ten cities took part. Twelve of them spoke. Twenty-one sessions were held in the twenty-first century."),
    ("NU1", "Nine cities, two thirds of the region and one half of the budget; a ten-year plan; one hundred towns."),
    ("NU1", "Resolution 2/3 of the Council and resolutions 1/2 and 3/4 of that year."),
    ("NU1", "The title is “10 ideas for 5 cities”."),
    ("NU1", "Ratio of 3:1, version 2.0, a 3-year plan, COVID-19, $5 per person and 1,000 cities."),
    ("NU1", "It was said that 1 in 3 women, 1 in every 5 men and 3 in 10 children were affected."),
    ("NU1", "Between nine and twelve cities, or ten at most, will join."),
    ("NU1", "Mr. Lee opened the session. Dr. Sow, No. 5 of the list, spoke at 3 p.m. in Geneva."),
    ("NU2", "Some 70 per cent, by percentage points, of the 50th percentile."),
    ("NU2", "Seventy per cent of residents agreed."),
    ("NU2", "The campaign “100% city” was launched."),
    ("NU3", "OHCHR received 28 submissions and two speakers asked for more."),
    ("NU3", "One of 12 cities and three of its districts were in the area."),
    ("NU3", "The mayors of five cities met on 12 July and in 2024."),
    ("NU3", "A total of five and 12 per cent of the members took part."),
    (
        "NU4",
        "In 2024 cities and in 2030 all States will report on resolution 1325 (2000) and General Comment 2000 words.",
    ),
    ("NU4", "Some 1,000 cities and 8,500 words; room 8500 was full; the line 0800 and 1998 participants of 2015."),
]


@pytest.mark.parametrize("hit", HITS, ids=str)
def test_numbers_are_written_as_their_place_asks_for(hit: Hit) -> None:
    holds(hit)


@pytest.mark.parametrize("miss", MISSES, ids=str)
def test_numbers_of_things_dates_and_names_are_left_alone(miss: Miss) -> None:
    silent(miss)
