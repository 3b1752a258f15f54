"""What is recognised in notes of the three forms, item by item; and that no line of any text is dropped."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from exports import meeting_file
from meetings.reading.rules import Reading, from_text, read
from meetings.reading.rules.meeting_file import meeting_data
from meetings.reading.rules.result import Doubt, Session
from tests.reading import notes

GUIDANCE = "https://www.ohchr.org/en/documents/tools-and-resources/guidance-framework-creating-human-rights-city"
SUMMARY = (
    "https://www.ohchr.org/en/documents/reports/"
    "ahrc5632-summary-expert-meeting-enhancing-capacity-building-local-governments"
)


def reading(text: str) -> Reading:
    return read(from_text(text))


def line(session: Session) -> tuple[str, str, str, str, str]:
    hours = [each.strftime("%H:%M") if each else "" for each in (session.start, session.end)]
    return hours[0], hours[1], session.kind, session.label, session.title


def doubts(found: Reading) -> list[tuple[int, Doubt]]:
    return [(remark.line, remark.doubt) for remark in found.remarks]


def test_the_head_of_a_note_with_tables() -> None:
    head = reading(notes.JULY).head
    assert (head.title, head.subtitle) == ("Local governments for human rights", "")
    assert (head.first_day, head.last_day) == (dt.date(2025, 7, 22), dt.date(2025, 7, 22))
    assert (head.zone, head.zone_stated, head.mode) == ("Europe/Zurich", "CEST", "in_person")
    assert (head.room, head.venue, head.city, head.country) == ("Room XXIV", "Palais des Nations", "Geneva", "CH")


def test_the_sessions_of_a_note_with_tables() -> None:
    assert [line(each) for each in reading(notes.JULY).sessions] == [
        ("10:00", "10:30", "opening", "", "Welcome and opening remarks"),
        ("10:30", "11:00", "keynote", "", "Keynote speeches"),
        ("11:00", "13:00", "dialogue", "Dialogue 1", "Human Rights Cities: applying the Guidance Framework"),
        ("13:00", "13:15", "photo", "", "Group photo"),
        ("13:15", "15:00", "lunch", "", "Lunch break"),
        (
            "15:00",
            "16:30",
            "dialogue",
            "Dialogue 2",
            "Realization of economic, social and cultural rights through local public services",
        ),
        ("16:30", "17:45", "dialogue", "Dialogue 3", "Human rights budgeting and procurement"),
        ("17:45", "18:00", "closing", "", "Closing remarks and next steps"),
    ]


def test_the_rest_of_a_note_with_tables() -> None:
    found = reading(notes.JULY)
    assert [(each.start, each.end) for each in found.sittings] == [
        (dt.time(10), dt.time(13)),
        (dt.time(15), dt.time(18)),
    ]
    assert [text for text, _ in found.objectives] == [
        "Thank local governments for what they do and bring them closer to the human rights system",
        "Try the new framework on real cases, and collect what should be changed",
        "Exchange what works in housing, water and care",
    ]
    assert found.format.startswith("Two or three guests begin")
    paragraphs = found.background.split("\n\n")
    assert len(paragraphs) == 3
    assert "human rights cities[^1]. The convenors" in paragraphs[0]
    assert paragraphs[2].startswith("[^1]: How many there are")
    second = found.sessions[5]
    assert "left out by those public services that were built" in second.description  # a page stood between them
    assert [each.floor_minutes for each in found.sessions] == [None, None, 45, None, None, 45, 45, None]
    assert doubts(found) == [(line, Doubt.FLOOR_UNSTATED) for line in (43, 55, 63)]
    assert found.not_understood == ()


def test_each_item_knows_its_lines() -> None:
    found = reading(notes.JULY)
    assert found.head_lines["title"] == (3,)
    assert found.head_lines["dates"] == (5, 31)
    assert found.sessions[5].lines == (55, 57, 59, 61)
    assert found.objectives[0][1] == (23,)
    assert {29, 37, 39} <= found.aside  # the repeated title, a heading, the rule above a table


def test_a_pdf_whose_columns_were_lost() -> None:
    found = reading(notes.NOVEMBER)
    assert (found.head.first_day, found.head.mode, found.head.zone) == (
        dt.date(2025, 11, 26),
        "online",
        "Europe/Zurich",
    )
    assert [line(each) for each in found.sessions] == [
        ("09:00", "09:20", "opening", "", "Opening session"),
        ("09:20", "11:00", "panel", "Session 1", "Human rights cities"),
        (
            "15:00",
            "16:45",
            "panel",
            "Session 2",
            "Engagement of local and regional governments with the United Nations human rights mechanisms",
        ),
        ("16:45", "17:00", "closing", "", "Closing session"),
    ]
    assert [each.floor_minutes for each in found.sessions] == [None, 45, 45, None]
    assert found.sessions[2].description.startswith("Who reads the recommendations in a town hall")
    assert found.sessions[2].description.endswith("what the treaty bodies made of it.")
    assert found.background.startswith("People who work in town halls")
    assert "https://www.example.org/cities-and-territories-2030" in found.background
    assert found.format.startswith("After an opening session")
    assert found.not_understood == ()


def test_documents_and_their_links_are_found_wherever_these_stand() -> None:
    found = reading(notes.NOVEMBER)
    reports = "OHCHR's reports on local government and human rights"
    services = (
        "OHCHR's report on the role of public service delivery in the promotion and protection of human rights and in"
        " the achievement of the Sustainable Development Goals"
    )
    assert [(each.title, each.symbol, each.url) for each in found.documents] == [
        ("OHCHR-UCLG Guidance framework for creating a human rights city", "", GUIDANCE),
        (reports, "A/HRC/56/32", SUMMARY),
        (reports, "A/HRC/51/10", "https://docs.un.org/en/A/HRC/51/10"),
        (reports, "A/HRC/42/22", "https://ap.ohchr.org/documents/dpage_e.aspx?si=A/HRC/42/22"),
        (reports, "A/HRC/38/22", "https://docs.un.org/A/HRC/38/22"),
        (
            "Final report of the Human Rights Council Advisory Committee on the role of local government in the"
            " promotion and protection of human rights",
            "A/HRC/30/49",
            "https://docs.un.org/A/HRC/30/49",
        ),
        (services, "A/HRC/56/34", "https://docs.un.org/en/A/HRC/56/34"),
        (
            "Report on the role of the public service as an essential component of good governance in the promotion"
            " and protection of human rights",
            "A/HRC/25/27",
            "https://docs.un.org/en/A/HRC/25/27",
        ),
        *(
            (f"Human Rights Council resolution {number} of {day}", f"A/HRC/RES/{number}", url)
            for number, day, url in (
                ("24/2", "26 September 2013", "https://digitallibrary.un.org/record/762431?v=pdf"),
                (
                    "27/4",
                    "25 September 2014",
                    "https://documents.un.org/doc/undoc/gen/g14/177/44/pdf/g1417744.pdf?OpenElement",
                ),
                ("33/8", "29 September 2016", "https://ap.ohchr.org/documents/dpage_e.aspx?si=A/HRC/RES/33/8"),
                ("39/7", "27 September 2018", "https://digitallibrary.un.org/record/1650764?v=pdf"),
                ("45/7", "6 October 2020", "https://digitallibrary.un.org/record/3888393?v=pdf"),
                ("51/12", "6 October 2022", "https://docs.un.org/A/HRC/RES/51/12"),
                ("57/12", "10 October 2024", "https://docs.un.org/en/A/HRC/RES/57/12"),
            )
        ),
    ]
    by_order = [remark.meant for remark in found.remarks if remark.doubt is Doubt.LINK_BY_ORDER]
    assert by_order == [f"A/HRC/RES/{number}" for number in ("24/2", "27/4", "39/7", "45/7")]


def test_mixed_times_and_groups_inside_a_session() -> None:
    found = reading(notes.JUNE)
    thematic = "Local governments promoting and protecting human rights: Priorities, challenges and initiatives"
    assert [line(each) for each in found.sessions] == [
        ("09:00", "09:30", "registration", "", "Registration and welcome"),
        ("09:30", "10:00", "opening", "", "Opening statements"),
        ("10:00", "10:30", "keynote", "", "Keynote speeches and presentations on the human rights city"),
        ("10:30", "10:45", "break", "", "Break"),
        ("10:45", "12:45", "dialogue", "", thematic),
        (
            "",
            "",
            "dialogue",
            "Group 1",
            "Local governments as promoters and protectors of economic and social rights: Housing, informality, access"
            " to basic public services and public space",
        ),
        (
            "",
            "",
            "dialogue",
            "Group 2",
            "Inequality, social and economic rights of groups in situation of vulnerability: Migration,"
            " non-discrimination, urban security and peace",
        ),
        (
            "",
            "",
            "dialogue",
            "Group 3",
            "Guaranteeing the Right to the City for all: rights to participation, free expression and culture",
        ),
        ("12:45", "14:00", "lunch", "", "Lunch time"),
        (
            "14:00",
            "15:30",
            "dialogue",
            "",
            "Strengthening dialogue and partnership between local governments and the UN human rights system",
        ),
        ("15:30", "15:45", "closing", "", "Wrap up and next steps"),
    ]
    groups = found.sessions[5:8]
    assert [(each.part_of, each.presentations_minutes, each.floor_minutes) for each in groups] == [(4, 30, 15)] * 3
    assert found.sessions[4].description.startswith("Each group hears presentations")
    assert found.sessions[9].description.startswith("What would each of the two")
    assert [(each.given, each.family, each.function, each.organisation) for each in found.sessions[1].people] == [
        ("Kate", "Gilmore", "Deputy High Commissioner", ""),
        ("", "", "co-presidency", "UCLG CSIPDHR"),
    ]


def test_the_head_the_objectives_and_the_questions_of_june() -> None:
    found = reading(notes.JUNE)
    head = found.head
    assert head.subtitle == "Addressing economic and social inequalities at local level"
    assert (head.city, head.zone, head.zone_stated) == ("Geneva", "Europe/Zurich", "")
    assert doubts(found) == [(7, Doubt.NO_ZONE)]
    assert [text for text, _ in found.objectives] == [
        "Show what local governments do",
        "Let them and the human rights system ask each other questions",
        "Look for something to do together for longer than a day",
    ]
    assert [(each.theme, len(each.questions)) for each in found.questions] == [
        ("Human rights challenges and action at the local level", 2),
        ("A common voice for the global movement of local governments for human rights", 2),
    ]
    assert found.questions[1].questions[0] == "What can towns say together that none can say alone"
    assert found.not_understood == ()


def test_a_note_in_french() -> None:
    found = reading(notes.FRENCH)
    head = found.head
    assert (head.title, head.first_day, head.zone) == (
        "Les villes et les droits humains",
        dt.date(2026, 6, 4),
        "Europe/Zurich",
    )
    assert (head.room, head.venue, head.city, head.country) == ("Salle XX", "Palais des Nations", "Genève", "CH")
    assert [line(each) for each in found.sessions] == [
        ("09:00", "09:30", "registration", "", "Accueil des participants"),
        ("09:30", "10:00", "opening", "", "Séance d'ouverture"),
        ("10:00", "11:00", "panel", "Table ronde 1", "Se loger en ville"),
        ("11:00", "11:15", "break", "", "Pause-café"),
        ("11:15", "12:30", "dialogue", "Dialogue 2", "L'eau pour tous"),
        ("12:30", "14:00", "lunch", "", "Déjeuner"),
        ("14:00", "16:30", "interactive_dialogue", "", "Débat général"),
        ("16:30", "17:00", "closing", "", "Séance de clôture"),
    ]
    assert [(each.role, each.honorific, each.family) for each in found.sessions[1].people] == [
        ("moderator", "Mme", "Dupont-Essai")
    ]
    assert [(each.role, each.family, each.function, each.country) for each in found.sessions[2].people] == [
        ("panellist", "Modèle", "maire de Modèleville", ""),
        ("panellist", "Exemple", "adjointe au maire", "Sénégal"),
    ]
    assert [text for text, _ in found.objectives] == ["Écouter les villes", "Comparer leurs moyens"]
    assert found.questions[0].questions == ("Qui paie ?", "Qui décide ?")
    assert found.not_understood == ()


def test_a_note_in_spanish_over_two_days() -> None:
    found = reading(notes.SPANISH)
    head = found.head
    assert (head.first_day, head.last_day, head.mode, head.zone) == (
        dt.date(2026, 6, 4),
        dt.date(2026, 6, 5),
        "online",
        "Europe/Zurich",
    )
    assert [(each.day and each.day.day, *line(each)) for each in found.sessions] == [
        (4, "10:00", "10:30", "opening", "", "Sesión de apertura"),
        (4, "10:30", "11:45", "dialogue", "Sesión 1", "Vivienda"),
        (4, "11:45", "12:00", "break", "", "Pausa"),
        (4, "12:00", "13:00", "panel", "Mesa redonda 2", "Agua"),
        (5, "10:00", "12:30", "dialogue", "Diálogo 3", "Presupuestos"),
        (5, "12:30", "13:00", "closing", "", "Sesión de clausura"),
    ]
    assert [each.honorific for each in found.sessions[3].people] == ["Sra."]
    assert found.not_understood == ()


LINES = st.one_of(
    st.sampled_from(
        [line for text in (notes.JULY, notes.NOVEMBER, notes.JUNE, notes.SPANISH) for line in text.split("\n")]
    ),
    st.sampled_from(
        ["10:00 –", "10:30", "9h", "Session 3:", "Moderator:", "| a | b |", "-----", "Day 2", "p. 3", "!", "*"]
    ),
    st.text(max_size=60),
)


@given(st.lists(LINES, max_size=40))
@example(["10:00", "10:30", "11:00", "Welcome"])
@example(["¹", "https://example.org/a-", "", "b"])
def test_every_line_is_used_or_listed_as_not_understood(lines: list[str]) -> None:
    source = from_text("\n".join(lines))
    found = read(source)
    told = {each.number for each in source.lines if each.text.strip()}
    assert found.used | set(found.not_understood) == told
    assert not found.used & set(found.not_understood)


@given(st.lists(LINES, max_size=40))
def test_whatever_was_read_is_a_sound_meeting_file(lines: list[str]) -> None:
    found = read(from_text("\n".join(lines)))
    written = meeting_file.write(meeting_file.make(meeting_data(found, "a-note", title="Untitled")))
    assert meeting_file.write(meeting_file.read(written, "printed")) == written
