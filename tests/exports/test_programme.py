from dataclasses import replace
from datetime import date, time

import pytest
from docx.oxml.ns import qn
from docx.table import Table

from exports.people import Person
from exports.programme import Programme, ProgrammeDay, ProgrammeItem, Role, RolePeople, programme_docx
from tests.exports.reading import headings, opened, texts
from tests.exports.samples import FLOLU, JULY_HEAD, JULY_PROGRAMME, JUNE_HEAD, JUNE_PROGRAMME, LEE, MADE, SHIN


def of_items(*items: ProgrammeItem) -> bytes:
    return programme_docx(JULY_HEAD, Programme((ProgrammeDay(JULY_HEAD.first_day, items),)), made=MADE)


def rows(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells) for row in table.rows]


def test_the_head_says_which_meeting_when_and_where() -> None:
    assert texts(programme_docx(JULY_HEAD, JULY_PROGRAMME, made=MADE))[:5] == [
        "“Local governments for human rights”",
        "Tuesday 22 July 2025",
        "10:00 – 13:00 and 15:00 – 18:00 CEST (UTC+2)",
        "Room XXIV, Palais des Nations, Geneva, Switzerland",
        "Tentative programme of work",
    ]


def test_several_days_have_a_line_and_a_table_each() -> None:
    content = programme_docx(JUNE_HEAD, JUNE_PROGRAMME, made=MADE)
    assert texts(content)[:6] == [
        "“Meeting on local governments and human rights”",
        "Addressing economic and social inequalities at local level",
        "Monday 17 June 2019 – Tuesday 18 June 2019",
        "Monday 17 June 2019, 09:00 – 15:45 CEST (UTC+2)",
        "Tuesday 18 June 2019, 09:00 – 11:00 CEST (UTC+2)",
        "Geneva",
    ]
    assert headings(content) == [(1, "Programme of work"), (2, "Monday 17 June 2019"), (2, "Tuesday 18 June 2019")]
    assert len(opened(content).tables) == 2


def test_times_and_sessions_stand_in_a_table_with_a_repeated_header() -> None:
    (table,) = opened(programme_docx(JULY_HEAD, JULY_PROGRAMME, made=MADE)).tables
    assert rows(table) == [
        ("Time, CEST (UTC+2)", "Session"),
        (
            "10:00 – 10:30",
            "Welcome and opening remarks\n"
            "Opening remarks: Mr. Volker Türk, United Nations High Commissioner for Human Rights",
        ),
        ("10:30 – 11:00", "Keynote speeches"),
        (
            "11:00 – 13:00",
            "Dialogue 1: Human Rights Cities: applying the Guidance Framework\n"
            "The Framework is shown.\n"
            "Cities say what has worked for them and what has not.\n"
            "Moderator: Ms. Wan-Hea Lee, Chief of Section, OHCHR\n"
            "Panellists:\n"
            "Mr. Etonam James Flolu, District Chief Executive (Mayor), Afadzato South District, Ghana\n"
            "Mr. Gyonggu Shin, Executive Director, International Human Rights Training Centre of Gwangju Metropolitan "
            "City, Republic of Korea",
        ),
        ("13:00 – 13:15", "Group photo"),
        ("13:15 – 15:00", "Lunch break"),
        ("16:30 – 17:45", "Dialogue 3: Human rights budgeting and procurement"),
        ("17:45 – 18:00", "Closing remarks and next steps"),
    ]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Sessions of Tuesday 22 July 2025"


def test_blocs_stand_under_their_session_and_parallel_ones_say_so() -> None:
    first, second = opened(programme_docx(JUNE_HEAD, JUNE_PROGRAMME, made=MADE)).tables
    assert rows(first)[2] == (
        "10:45 – 12:45",
        "Local governments promoting and protecting human rights\n"
        "Group 1: Economic and social rights\n"
        "Group 2: Inequality\n"
        "Groups in vulnerable situations.",
    )
    assert rows(second)[1:] == [
        ("09:00 – 10:00", "Right to the City\nIn parallel: Track A, Room XXI"),
        ("09:30 – 10:30", "Migration\nIn parallel: Track B, Room XXII"),
        ("10:30 – 11:00", "Wrap up"),
    ]


def test_a_room_or_track_alone_is_not_called_parallel() -> None:
    one = ProgrammeItem("One", time(9), time(10), track="A", room="Room I")
    after = ProgrammeItem("Two", time(10), time(11), track="B")
    (table,) = opened(of_items(one, after)).tables
    assert [row[1] for row in rows(table)[1:]] == ["One\nA, Room I", "Two\nB"]


def test_a_bloc_with_times_of_its_own_shows_them() -> None:
    bloc = ProgrammeItem("Housing", time(9), time(9, 45), label="Group 1")
    (table,) = opened(of_items(ProgrammeItem("All", time(9), time(11), parts=(bloc,)))).tables
    assert rows(table)[1][1] == "All\n09:00 – 09:45  Group 1: Housing"


def test_without_any_time_there_is_no_column_for_it() -> None:
    (table,) = opened(of_items(ProgrammeItem("Opening session"), ProgrammeItem("Closing session"))).tables
    assert rows(table) == [("Session",), ("Opening session",), ("Closing session",)]


def test_a_session_without_time_keeps_its_place_among_others() -> None:
    (table,) = opened(of_items(ProgrammeItem("One", time(0)), ProgrammeItem("Two"))).tables
    assert rows(table)[1:] == [("00:00", "One"), ("", "Two")]


@pytest.mark.parametrize(
    ("role", "people", "lines"),
    [
        ("chair", (LEE,), ["Chair: Ms. Wan-Hea Lee, Chief of Section, OHCHR"]),
        ("panellist", (Person(function="co-presidency", organisation="UCLG"),), ["Panellist: co-presidency, UCLG"]),
        ("panellist", (), []),
        ("panellist", (Person(),), []),
        ("keynote", (Person("Ana", "Mora"), Person("王")), ["Keynote speakers:", "Ana Mora", "王"]),
        ("closing", (SHIN, FLOLU), None),
    ],
)
def test_roles_are_named_one_or_several(role: Role, people: tuple[Person, ...], lines: list[str] | None) -> None:
    (table,) = opened(of_items(ProgrammeItem("x", time(9), roles=(RolePeople(role, people),)))).tables
    found = rows(table)[1][1].split("\n")[1:]
    assert found == lines if lines is not None else found[0] == "Closing remarks:"


def test_an_empty_programme_says_so() -> None:
    head = replace(JULY_HEAD, hours=(), place="")
    for programme in (Programme(), Programme((ProgrammeDay(date(2025, 7, 22), ()),))):
        assert texts(programme_docx(head, programme, made=MADE)) == [
            "“Local governments for human rights”",
            "Tuesday 22 July 2025",
            "Programme of work",
            "No session has been entered yet.",
        ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Rights", "“Rights”"), ("“Rights” now", "“Rights” now"), ("«Droits»", "«Droits»"), (" a \n b ", "“a b”")],
)
def test_the_title_is_quoted_once(title: str, shown: str) -> None:
    assert texts(programme_docx(replace(JULY_HEAD, title=title), Programme(), made=MADE))[0] == shown


def test_a_heading_stays_with_what_it_is_for() -> None:
    role = RolePeople("panellist", (SHIN, FLOLU))
    (table,) = opened(of_items(ProgrammeItem("One", time(9), roles=(role,)), ProgrammeItem("Two", time(10)))).tables
    kept = {p.text: p.paragraph_format.keep_with_next for row in table.rows for p in row.cells[1].paragraphs}
    assert (kept["One"], kept["Panellists:"], kept["Two"]) == (True, True, False)
