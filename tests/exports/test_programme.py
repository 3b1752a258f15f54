from dataclasses import replace
from datetime import date, time

import pytest
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given
from hypothesis import strategies as st

from exports.meeting_head import Hours, MeetingHead
from exports.people import Person
from exports.phrases import Role, kind_told, phrases
from exports.programme import Programme, ProgrammeDay, ProgrammeItem, RolePeople, programme_docx
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
            "Thematic dialogue\n"
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
        (
            "16:30 – 17:45",
            "Thematic dialogue\n"
            "Dialogue 3: Human rights budgeting and procurement\n"
            "Presentations: 20 minutes; interventions from the floor: 45 minutes at most, 2 minutes for each speaker; "
            "replies: 10 minutes.",
        ),
        ("17:45 – 18:00", "Closing remarks and next steps"),
    ]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Sessions of Tuesday 22 July 2025"


def test_blocs_stand_under_their_session_and_parallel_ones_say_so() -> None:
    first, second = opened(programme_docx(JUNE_HEAD, JUNE_PROGRAMME, made=MADE)).tables
    assert rows(first)[2] == (
        "10:45 – 12:45",
        "Thematic dialogue\n"
        "Local governments promoting and protecting human rights\n"
        "Group 1: Economic and social rights\n"
        "Interventions from the floor: 15 minutes at most.\n"
        "Panel discussion\n"
        "Group 2: Inequality\n"
        "Groups in vulnerable situations.",
    )
    assert rows(second)[1:] == [
        ("09:00 – 10:00", "Right to the City\nIn parallel: Track A\nRoom XXI"),
        ("09:30 – 10:30", "Migration\nIn parallel: Track B\nRoom XXII"),
        ("10:30 – 11:00", "Wrap up"),
    ]


def test_a_room_or_track_alone_is_not_called_parallel() -> None:
    one = ProgrammeItem("One", time(9), time(10), track="A", room="Room I")
    after = ProgrammeItem("Two", time(10), time(11), track="B")
    (table,) = opened(of_items(one, after)).tables
    assert [row[1] for row in rows(table)[1:]] == ["One\nA\nRoom I", "Two\nB"]


def test_a_bloc_with_times_of_its_own_shows_them() -> None:
    bloc = ProgrammeItem("Housing", time(9), time(9, 45), label="Group 1")
    (table,) = opened(of_items(ProgrammeItem("All", time(9), time(11), parts=(bloc,)))).tables
    assert rows(table)[1][1] == "All\n09:00 – 09:45  Group 1: Housing"


def test_without_any_time_there_is_no_column_for_it() -> None:
    (table,) = opened(of_items(ProgrammeItem("First session"), ProgrammeItem("Second session"))).tables
    assert rows(table) == [("Session",), ("First session",), ("Second session",)]


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


def test_a_session_stays_on_one_page_unless_it_is_long() -> None:
    """In a long one each heading stays with what it is for; in none is it kept with the next row."""
    short = ProgrammeItem("Short", time(9), roles=(RolePeople("panellist", (SHIN, FLOLU)),))
    long = ProgrammeItem("Long", time(10), description="Word after word. " * 80, kind="panel")
    (table,) = opened(of_items(short, long)).tables
    kept = {p.text: p.paragraph_format.keep_with_next for row in table.rows for p in row.cells[1].paragraphs}
    whole = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows[1:]]
    assert whole == [True, False]
    assert [kept[text] for text in ("Short", "Panellists:", "Panel discussion", "Long")] == [None, True, True, True]
    for style in opened(of_items(short)).styles:
        if style.name in ("_ Session", "_ Part"):
            assert style.paragraph_format.keep_with_next is False


def test_a_session_and_its_parts_are_headings() -> None:
    document = opened(programme_docx(JUNE_HEAD, JUNE_PROGRAMME, made=MADE))
    found = {
        paragraph.text: paragraph.style.base_style.name
        for table in document.tables
        for row in table.rows
        for paragraph in row.cells[1].paragraphs
        if paragraph.style and paragraph.style.name in ("_ Session", "_ Part")
    }
    assert found["Right to the City"] == "Heading 3"
    assert found["Group 2: Inequality"] == "Heading 4"


def test_each_thing_told_has_a_style_of_its_own_to_be_found_by() -> None:
    part = ProgrammeItem("Housing", time(9), time(9, 45), "panel", label="Group 1")
    speaker = Person("Ana", "Mora", "Ms.", "given_family", "Mayor", "Cabinet", "City", "Chile", unconfirmed=True)
    item = ProgrammeItem(
        "A: B", time(9), time(11), "panel", "Panel 1", "Text.", (RolePeople("chair", (speaker,)),),
        track="North", room="Room I", floor_minutes=45, parts=(part,),
    )  # fmt: skip
    (table,) = opened(of_items(item, ProgrammeItem("Coffee", time(11), kind="break"))).tables
    styled = [
        (paragraph.style.name, paragraph.text)
        for row in table.rows[1:]
        for cell in row.cells
        for paragraph in cell.paragraphs
        if paragraph.style
    ]
    assert styled == [
        ("_ Time", "09:00 – 11:00"),
        ("_ Kind", "Panel discussion"),
        ("_ Session", "Panel 1: A: B"),
        ("_ Track", "North"),
        ("_ Room", "Room I"),
        ("_ Cell text", "Text."),
        ("_ Role", "Chair: Ms.\N{NO-BREAK SPACE}Ana Mora, Mayor, Cabinet, City, Chile (tbc)"),
        ("_ Timing", "Interventions from the floor: 45 minutes at most."),
        ("_ Part", "09:00 – 09:45  Group 1: Housing"),
        ("_ Time", "11:00"),
        ("_ Kind", "Break"),
        ("_ Pause", "Coffee"),
    ]
    words = {
        run.style.name: run.text.strip()
        for paragraph in table.rows[1].cells[1].paragraphs
        for run in paragraph.runs
        if run.style
    }
    del words["Default Paragraph Font"]
    assert words == {
        "_ Label": "Group 1",
        "_ Role name": "Chair",
        "_ Name": "Ms.\N{NO-BREAK SPACE}Ana Mora",
        "_ Function": "Mayor",
        "_ Unit": "Cabinet",
        "_ Organization": "City",
        "_ Country": "Chile",
        "_ Unconfirmed": "(tbc)",
        "_ Hours": "09:00 – 09:45",
    }


@given(st.sampled_from([*phrases("en").kinds]), st.sampled_from(["en", "fr", "es"]), st.data())
def test_the_kind_of_a_session_can_always_be_told(kind: str, language: str, data: st.DataObject) -> None:
    """By what is written, or by the title where nothing is; but not an unnamed kind that the title contradicts."""
    words = phrases(language)
    title = data.draw(
        st.sampled_from([*words.kinds.values(), "Human rights cities", "Opening of the panel discussion"])
    )
    content = programme_docx(
        replace(JULY_HEAD, language=language),
        Programme((ProgrammeDay(JULY_HEAD.first_day, (ProgrammeItem(title, time(9), kind=kind),)),)),
        made=MADE,
    )
    (table,) = opened(content).tables
    lines = {paragraph.style.name: paragraph.text for paragraph in table.rows[1].cells[1].paragraphs if paragraph.style}
    names = {name: code for code, name in words.kinds.items()}
    read = names[lines["_ Kind"]] if "_ Kind" in lines else kind_told(title, language)
    assert read == kind


def test_a_version_is_told_under_the_heading_and_on_each_page() -> None:
    published = replace(JULY_PROGRAMME, version=3, version_date=date(2025, 7, 1))
    content = programme_docx(JULY_HEAD, published, made=MADE)
    assert texts(content)[4:6] == ["Tentative programme of work", "Version 3 of 1 July 2025"]
    (footer,) = opened(content).sections[0].footer.paragraphs
    assert footer.text.startswith("Tentative programme of work, version 3 of 1\N{NO-BREAK SPACE}July 2025\t")
    assert "PAGE" in footer._p.xml
    draft = opened(programme_docx(JULY_HEAD, JULY_PROGRAMME, made=MADE))
    assert draft.sections[0].footer.paragraphs[0].text.startswith("Tentative programme of work\t")
    assert "_ Version" not in [line.style.name for line in draft.paragraphs if line.style]


def test_the_format_is_told_before_the_sessions() -> None:
    content = programme_docx(JULY_HEAD, JULY_PROGRAMME, made=MADE, modalities="Remarks first.\n\nThen the floor.")
    assert texts(content)[4:8] == [
        "Tentative programme of work",
        "Format: Remarks first.",
        "Then the floor.",
        "Time, CEST (UTC+2)",
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fr",
            [
                "«\N{NO-BREAK SPACE}Local governments for human rights\N{NO-BREAK SPACE}»",
                "Jeudi 1er juillet 2027",
                "10:00 – 13:00 et 15:00 – 18:00 CEST (UTC+2)",
                "Palais des Nations",
                "Programme de travail provisoire",
                "Version 2 du 12 juin 2027",
                "Horaire, CEST (UTC+2)",
                "Séance",
                "10:00",
                "Panéliste: Ana Mora (à confirmer)",
                "Interventions de la salle : 45 minutes au maximum, 90 secondes par orateur ou oratrice.",
            ],
        ),
        (
            "es-ES",
            [
                "“Local governments for human rights”",
                "Jueves 1 de julio de 2027",
                "10:00 – 13:00 y 15:00 – 18:00 CEST (UTC+2)",
                "Palais des Nations",
                "Programa de trabajo provisional",
                "Versión 2 del 12 de junio de 2027",
                "Hora, CEST (UTC+2)",
                "Sesión",
                "10:00",
                "Panelista: Ana Mora (por confirmar)",
                "Intervenciones de los participantes: 45 minutos como máximo, 90 segundos por intervención.",
            ],
        ),
    ],
)
def test_a_meeting_in_french_or_spanish_has_its_programme_in_that_language(language: str, lines: list[str]) -> None:
    day = date(2027, 7, 1)
    head = MeetingHead(
        JULY_HEAD.title, day, day, "Europe/Zurich", "", "Palais des Nations",
        (Hours(day, time(10), time(13)), Hours(day, time(15), time(18))), language,
    )  # fmt: skip
    speaker = RolePeople("panellist", (Person("Ana", "Mora", unconfirmed=True),))
    item = ProgrammeItem("", time(10), floor_minutes=45, limit_seconds=90, roles=(speaker,))
    programme = Programme((ProgrammeDay(day, (item,)),), tentative=True, version=2, version_date=date(2027, 6, 12))
    content = programme_docx(head, programme, made=MADE)
    plain = [text.replace("\N{NO-BREAK SPACE}", " ") for text in lines]
    assert [text for text in texts(content) if text] == plain
    assert opened(content).core_properties.language == language
