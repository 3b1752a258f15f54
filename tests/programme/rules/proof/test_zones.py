"""Time zones in texts, and days on which clocks change."""

import datetime as dt

from meetings.programme.rules.proof.finding import Minutes
from meetings.programme.rules.proof.zones import clock_changes
from tests.programme.rules.proof.cases import JULY, NOVEMBER, Hit, Miss, meeting, saying, session, sitting

BACK = dt.date(2026, 10, 25)  # in Europe clocks go back from 03:00 to 02:00
FORWARD = dt.date(2026, 3, 29)  # and forward from 02:00 to 03:00
AUCKLAND = dt.date(2026, 9, 27)  # forward from 02:00 to 03:00

_UNNAMED = ("The floor opens at 10:30.", "Begin at 9 a.m.", "dès 9h30", "à 15 h", "a las 15:00 horas", "from 3.30 pm")
_NAMED = (
    "The floor opens at 10:30 CET.",
    "at 10:30 (UTC+1)",
    "at 10:30, Geneva time",
    "at 10:30 local time",
    "at 10:30 Europe/Zurich",
    "à 10h30, heure de Genève",
    "a las 10:30, hora de Ginebra",
    "All times are in the time zone of the venue: 10:30.",
)
HITS: list[Hit] = [
    *(("zone-missing", saying(text), None) for text in _UNNAMED),
    ("zone-missing", saying("At 10:30 and at 11:30", mode="online"), None),
    ("zone-wrong", saying("At 09:00 CEST we begin.", NOVEMBER), "At 09:00 CET we begin."),
    ("zone-wrong", saying("10:00 - 13:00 CET"), "10:00 - 13:00 CEST"),
    ("zone-wrong", saying("On 26 November, 9 a.m. CEST", NOVEMBER), "On 26 November, 9 a.m. CET"),
    (
        "zone-wrong",
        saying("Enter until 31 August, 18:00 CEST. Begin: 09:00 CEST", NOVEMBER),
        "Enter until 31 August, 18:00 CEST. Begin: 09:00 CET",
    ),
    ("zone-wrong", saying("9:00 EDT", NOVEMBER, zone="America/New_York"), "9:00 EST"),
    ("clock-change", meeting(BACK), None),
    ("clock-change", meeting(FORWARD, sittings=(sitting("10:00-13:00", FORWARD),)), None),
    ("clock-change", meeting(AUCKLAND, zone="Pacific/Auckland"), None),
    ("clock-change", meeting(BACK - dt.timedelta(2), end_date=BACK + dt.timedelta(1)), None),
    ("clock-change-within", meeting(BACK, sittings=(sitting("01:00-04:00", BACK),)), None),
    ("clock-change-within", meeting(FORWARD, sittings=(sitting("02:30-04:00", FORWARD),)), None),
    (
        "clock-change-within",
        meeting(BACK, sessions=(session(date=BACK, start=dt.time(0), end=dt.time(5)),)),
        None,
    ),
]
MISSES: list[Miss] = [
    *(("zone-missing", saying(text)) for text in _NAMED),
    *(("zone-missing", saying(text, mode="in_person")) for text in _UNNAMED),
    *(
        ("zone-missing", saying(text))
        for text in ("It lasts 2h30.", "articles 10:2 and 3:15-17", "a ratio of 3:1", "for 15 hours", "57/12", "2.30 m")
    ),
    ("zone-wrong", saying("At 09:00 CET we begin.", NOVEMBER)),
    ("zone-wrong", saying("At 09:00 CEST we begin.", JULY)),
    ("zone-wrong", saying("Registration closes on 31 August 2025, 18:00 CEST.", NOVEMBER)),
    ("zone-wrong", saying("At 14:00 UTC we begin.", NOVEMBER)),
    ("zone-wrong", saying("The CEST of the city", NOVEMBER)),
    ("zone-wrong", saying("At 09:00 CEST", zone="Asia/Seoul")),
    ("clock-change", meeting(JULY)),
    ("clock-change", meeting(BACK, zone="Africa/Nairobi")),
    ("clock-change", meeting(BACK, sittings=(sitting("01:00-04:00", BACK),))),  # said of the sitting
    ("clock-change-within", meeting(BACK, sittings=(sitting("10:00-13:00", BACK),))),
    ("clock-change-within", meeting(BACK, sittings=(sitting("03:00-05:00", BACK),))),
]


def test_what_lasts_while_clocks_change_is_told_with_its_real_length() -> None:
    def real(day: dt.date, when: str) -> object:
        (odd,) = clock_changes(meeting(day, sittings=(sitting(when, day),)))
        return odd.values["real"]

    assert real(BACK, "01:00-04:00") == Minutes(240)
    assert real(FORWARD, "01:00-04:00") == Minutes(120)
    assert real(FORWARD, "02:00-03:00") == Minutes(0)
