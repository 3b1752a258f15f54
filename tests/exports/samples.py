"""Facts of the real dialogues, with short sentences of our own, for the tests of the documents."""

from datetime import UTC, date, datetime, time

from exports.concept_note import BackgroundDocument, ConceptNote, QuestionGroup
from exports.meeting_head import Hours, MeetingHead
from exports.participants import Participant, ParticipantList
from exports.people import Person
from exports.programme import Programme, ProgrammeDay, ProgrammeItem, RolePeople
from exports.report_data import AgendaItem, Footnote, Gap, Heading, Masthead, Paragraph, Report, Span

MADE = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)

# Control characters, the end of a CDATA section, bidi marks, emoji, unpaired surrogate, markup, several scripts.
HOSTILE = (
    "null\x00 bell\x07 escape\x1b ]]> <b>&amp;</b> \u202eoverride\u202c \u200f mark \U0001f469\u200d\U0001f4bb "
    "\ud800 lone \ufffe end حقوق الإنسان, 人权城市, 인권, Права"
)

TURK = Person("Volker", "Türk", "Mr.", function="United Nations High Commissioner for Human Rights")
LEE = Person("Wan-Hea", "Lee", "Ms.", function="Chief of Section", organisation="OHCHR")
YUN = Person(
    "Seong Deok",
    "Yun",
    "Mr.",
    function="Permanent Representative",
    organisation="Permanent Mission of the Republic of Korea",
)
SHIN = Person(
    "Gyonggu",
    "Shin",
    "Mr.",
    function="Executive Director",
    organisation="International Human Rights Training Centre of Gwangju Metropolitan City",
    country="Republic of Korea",
)
FLOLU = Person(
    "Etonam James",
    "Flolu",
    "Mr.",
    function="District Chief Executive (Mayor)",
    organisation="Afadzato South District",
    country="Ghana",
)

JULY_HEAD = MeetingHead(
    title="Local governments for human rights",
    first_day=date(2025, 7, 22),
    last_day=date(2025, 7, 22),
    zone="Europe/Zurich",
    place="Room XXIV, Palais des Nations, Geneva, Switzerland",
    hours=(Hours(date(2025, 7, 22), time(10), time(13)), Hours(date(2025, 7, 22), time(15), time(18))),
)

JULY_PROGRAMME = Programme(
    tentative=True,
    days=(
        ProgrammeDay(
            date(2025, 7, 22),
            (
                ProgrammeItem(
                    "Welcome and opening remarks",
                    time(10),
                    time(10, 30),
                    "opening",
                    roles=(RolePeople("opening", (TURK,)),),
                ),
                ProgrammeItem("Keynote speeches", time(10, 30), time(11), "keynote"),
                ProgrammeItem(
                    "Human Rights Cities: applying the Guidance Framework",
                    time(11),
                    time(13),
                    "dialogue",
                    label="Dialogue 1",
                    description="The Framework is shown.\n\nCities say what has worked for them and what has not.",
                    roles=(RolePeople("moderator", (LEE,)), RolePeople("panellist", (FLOLU, SHIN))),
                ),
                ProgrammeItem("Group photo", time(13), time(13, 15), "photo"),
                ProgrammeItem("Lunch break", time(13, 15), time(15), "lunch"),
                ProgrammeItem(
                    "Human rights budgeting and procurement",
                    time(16, 30),
                    time(17, 45),
                    "dialogue",
                    label="Dialogue 3",
                    presentations_minutes=20,
                    floor_minutes=45,
                    limit_seconds=120,
                    replies_minutes=10,
                ),
                ProgrammeItem("Closing remarks and next steps", time(17, 45), time(18), "closing"),
            ),
        ),
    ),
)

BACKGROUND = """\
OHCHR and UCLG met local governments for the first time in **2019**[^first], and have worked under a
letter of agreement since *2022*.[^letter]

Three strands are followed:

1. the [Guidance Framework](https://www.ohchr.org/en/documents/guidance-framework);
2. public services
   - water and sanitation
   - housing
3. budgets and procurement.

> A sentence that somebody said in 2019.

[^first]: In Geneva, on 17 June 2019.
[^letter]: Signed by both; see <https://uclg-cisdp.org/en>.
"""

CONCEPT_NOTE = ConceptNote(
    head=JULY_HEAD,
    programme=JULY_PROGRAMME,
    background=BACKGROUND,
    objectives=("Bring local governments and human rights bodies together;", "Present the Guidance Framework."),
    modalities="Each part begins with short remarks.\n\nThen the floor is open, 45 minutes at most.",
    guiding_questions=(
        QuestionGroup("Action at the local level", ("Which challenge presses most?", "What has been put in place?")),
        QuestionGroup("A common voice", ("How can cities be heard at the international level?",)),
    ),
    documents=(
        BackgroundDocument(
            "Summary of the expert meeting of 28 August 2023", "A/HRC/56/32", "https://docs.un.org/en/A/HRC/56/32"
        ),
        BackgroundDocument("Role of local government", "A/HRC/30/49", "https://docs.un.org/A/HRC/30/49"),
        BackgroundDocument("Guidance Framework", url="https://www.ohchr.org/en/documents/guidance-framework"),
    ),
    contact="secretariat@example.org",
)

JUNE_PROGRAMME = Programme(
    days=(
        ProgrammeDay(
            date(2019, 6, 17),
            (
                ProgrammeItem("Registration and welcome", time(9), time(9, 30), "registration"),
                ProgrammeItem(
                    "Local governments promoting and protecting human rights",
                    time(10, 45),
                    time(12, 45),
                    "dialogue",
                    parts=(
                        ProgrammeItem("Economic and social rights", kind="dialogue", label="Group 1", floor_minutes=15),
                        ProgrammeItem(
                            "Inequality", kind="panel", label="Group 2", description="Groups in vulnerable situations."
                        ),
                    ),
                ),
            ),
        ),
        ProgrammeDay(
            date(2019, 6, 18),
            (
                ProgrammeItem("Right to the City", time(9), time(10), track="Track A", room="Room XXI"),
                ProgrammeItem("Migration", time(9, 30), time(10, 30), track="Track B", room="Room XXII"),
                ProgrammeItem("Wrap up", time(10, 30), time(11), "closing"),
            ),
        ),
    ),
)

JUNE_HEAD = MeetingHead(
    title="Meeting on local governments and human rights",
    subtitle="Addressing economic and social inequalities at local level",
    first_day=date(2019, 6, 17),
    last_day=date(2019, 6, 18),
    zone="Europe/Zurich",
    place="Geneva",
    hours=(
        Hours(date(2019, 6, 18), time(9), time(11)),
        Hours(date(2019, 6, 17), time(9), time(15, 45)),
        Hours(date(2019, 6, 18), time(9), time(11)),  # a second room at the same time
    ),
)

PARTICIPANTS = ParticipantList(
    head=JULY_HEAD,
    provisional=True,
    corrections_to="secretariat@example.org",
    participants=(
        Participant(Person("Ana (demonstration)", "Ortega", "Ms.", function="Counsellor"), "states", "Uruguay"),
        Participant(YUN, "states", "Republic of Korea"),
        Participant(Person("Awa (demonstration)", "Koné", "Ms.", function="Attaché"), "states", "Côte d’Ivoire"),
        Participant(Person("Luis (demonstration)", "Mora", "Mr.", function="Adviser"), "states", "Costa Rica"),
        Participant(Person("Iva (demonstration)", "Horvat", "Ms.", function="Adviser"), "states", "Croatia"),
        Participant(Person("Lea (demonstration)", "Babić", "Ms.", function="First Secretary"), "states", "Croatia"),
        Participant(SHIN, "human_rights_institutions"),
        Participant(FLOLU, "local_and_regional_governments"),
        Participant(
            Person("小明", "王", "Mr.", "family_given", function="研究员", organisation="示范大学 (demonstration)"),
            "academia",
        ),
        Participant(
            Person("ليلى", "الحسن", organisation="مدينة النموذج (demonstration)", function="رئيسة البلدية"),
            "local_and_regional_governments",
        ),
        Participant(LEE, "united_nations_entities"),
    ),
)

REPORT = Report(
    masthead=Masthead(
        symbol="A/HRC/56/32",
        submission_date=date(2024, 3, 20),
        session="Fifty-sixth session",
        session_dates=(date(2024, 6, 18), date(2024, 7, 12)),
        agenda_items=(
            AgendaItem(
                2,
                "Annual report of the United Nations High Commissioner for Human Rights and reports of the "
                "Office of the High Commissioner and the Secretary-General",
            ),
            AgendaItem(
                3,
                "Promotion and protection of all human rights, civil, political, economic, social and cultural "
                "rights, including the right to development",
            ),
        ),
    ),
    title="Summary of the expert meeting on enhancing capacity-building for local governments to incorporate "
    "human rights into all their work",
    author_line="Report of the Office of the United Nations High Commissioner for Human Rights",
    summary=(
        Span("The present report, prepared pursuant to Human Rights Council resolution 51/12, reflects the talks of "),
        Span("28 August 2023"),
        Span(". It also draws on "),
        Gap("number of submissions", "Count the written submissions that were received."),
        Span(" written submissions."),
    ),
    body=(
        Heading(1, "Introduction"),
        Paragraph((Span("The expert meeting was held in Geneva, on 28 August 2023."),)),
        Heading(1, "Summary of proceedings"),
        Heading(2, "Opening session"),
        Paragraph((Span("The President of the Human Rights Council, Václav Bálek, welcomed local actors."),)),
        Paragraph(
            (
                Span("The Permanent Representative, Seong Deok Yun, stressed "),
                Span("coherence", italic=True),
                Span(" at every level."),
                Footnote((Span("See "), Span("A/HRC/56/32", url="https://docs.un.org/A/HRC/56/32"), Span("."))),
            )
        ),
        Heading(2, "Thematic sessions"),
        Paragraph((Span("The first session featured five panellists and was moderated by Ms. Lee. " * 8),)),
        Paragraph((Gap("notes of the second session", "No point has been taken in this session."), Span("."))),
        Heading(1, "Inputs received from States and other stakeholders"),
        Heading(3, "Challenges", numbered=False),
        Paragraph((Span("One submission spoke of scarce means."),)),
        Heading(1, "Conclusions"),
        Paragraph((Span("Local governments are close to those they serve."),), bold=True),
        Heading(1, "Recommendations"),
        Paragraph(
            (Span("National governments should:"),),
            items=((Span("Strengthen local capacity;"),), (Span("Involve local governments in reporting."),)),
            bold=True,
        ),
        Paragraph(
            (Span("Within their competencies, local governments should:"),),
            items=((Span("Train their staff;"),), (Span("Hear their inhabitants;"),), (Span("Plan by rights."),)),
            bold=True,
        ),
        Paragraph((Span("The Human Rights Council should consider a regular discussion."),), bold=True),
    ),
)
