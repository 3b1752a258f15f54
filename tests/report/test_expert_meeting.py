"""The expert meeting of 28 August 2023: the draft has the form of its published report, A/HRC/56/32."""

import itertools
import re
from dataclasses import replace

import pytest

from exports.report_data import Heading
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, Draft, gaps_of, masthead_gaps
from meetings.report.rules.options import Options
from meetings.report.rules.wording import plain
from tests.report.from_file import demonstration, lines


@pytest.fixture(scope="module")
def draft() -> Draft:
    return compiled(demonstration("2023-08-28.yaml"))


@pytest.fixture(scope="module")
def body(draft: Draft) -> list[str]:
    return lines(draft)


def paragraphs(body: list[str]) -> list[str]:
    return [line.partition(" ")[2] for line in body if re.match(r"\d+\. ", line)]


def section(body: list[str], heading: str) -> list[str]:
    """The paragraphs under a heading, up to the next one."""
    start = body.index(heading) + 1
    end = next((place for place in range(start, len(body)) if body[place].startswith("#")), len(body))
    return body[start:end]


def test_it_has_the_sections_of_the_published_report(body: list[str]) -> None:
    assert [line for line in body if line.startswith("#")] == [
        "# I. Introduction",
        "# II. Summary of proceedings",
        "## A. Opening session",
        "## B. Thematic sessions",
        "## C. Interactive dialogue",
        "## D. Closing session",
        "# III. Inputs received from States and other stakeholders",
        "### Challenges",
        "### Capacity-building",
        "### Engagement with United Nations human rights mechanisms",
        "# IV. Conclusions",
        "# V. Recommendations",
    ]


def test_its_sixty_five_paragraphs_are_numbered_through_without_a_restart(body: list[str]) -> None:
    numbers = [int(line.partition(".")[0]) for line in body if re.match(r"\d+\. ", line)]
    assert numbers == list(range(1, 66))


@pytest.mark.parametrize(
    ("heading", "paragraphs"),
    [
        ("# I. Introduction", 1),
        ("## A. Opening session", 4),
        ("## B. Thematic sessions", 16),
        ("## C. Interactive dialogue", 7),
        ("## D. Closing session", 2),
        ("# III. Inputs received from States and other stakeholders", 2),
        ("### Challenges", 4),
        ("### Capacity-building", 7),
        ("### Engagement with United Nations human rights mechanisms", 13),
        ("# IV. Conclusions", 4),
        ("# V. Recommendations", 5),
    ],
)
def test_each_section_is_as_long_as_in_the_published_report(body: list[str], heading: str, paragraphs: int) -> None:
    assert len([line for line in section(body, heading) if re.match(r"\d+\. ", line)]) == paragraphs


def test_the_masthead_is_complete(draft: Draft) -> None:
    head = draft.masthead
    assert masthead_gaps(head) == []
    assert (head.symbol, head.session, head.original_language) == ("A/HRC/56/32", "Fifty-sixth session", "English")
    assert [item.number for item in head.agenda_items] == [2, 3]
    assert head.agenda_items[1].title.startswith("Promotion and protection of all human rights, civil,")
    assert draft.title == (
        "Summary of the expert meeting on enhancing capacity-building for local governments to incorporate human"
        " rights into all their work"
    )


def test_the_summary_follows_its_formula(draft: Draft) -> None:
    assert plain(draft.summary.paragraph.content) == (
        "The present report, prepared pursuant to Human Rights Council resolution 51/12, reflects the discussions held"
        " at the expert meeting on enhancing capacity-building for local governments to incorporate human rights into"
        " all their work, which was held on 28 August 2023. The report also draws on 28 written submissions received"
        " from States, local and regional governments, national and local human rights institutions, non-governmental"
        " organizations and other stakeholders in response to the call for inputs."
    )


def test_the_introduction_says_where_when_and_on_whose_request(body: list[str]) -> None:
    (introduction,) = section(body, "# I. Introduction")
    assert introduction.startswith(
        "1. The expert meeting on enhancing capacity-building for local governments to incorporate human rights into"
        " all their work was held in Geneva, on 28 August 2023, pursuant to the request of the Human Rights Council in"
        " its resolution 51/12."
    )
    assert ". The meeting focused on good practices and difficulties in " in introduction
    assert introduction.endswith(
        "The meeting consisted of an opening session, two thematic sessions, an interactive dialogue and a"
        " closing session."
    )


def test_the_opening_session_has_its_moderator_and_three_speakers(body: list[str]) -> None:
    moderator, *speakers = section(body, "## A. Opening session")
    assert moderator == (
        "2. The moderator of the opening session, the Chief of the Civil, Political, Economic, Social and Cultural"
        " Rights Section, Human Rights Council and Treaty Mechanisms Division, Office of the United Nations High"
        " Commissioner for Human Rights (OHCHR), Wan-Hea Lee, opened the discussion by outlining the objectives of the"
        " expert meeting and introducing the three speakers."
    )
    openings = [
        "3. The President of the Human Rights Council, Václav Bálek, welcomed ",
        "4. The Permanent Representative of the Republic of Korea to the United Nations Office and other international"
        " organizations in Geneva, Seong Deok Yun, stressed ",
        "5. The United Nations Deputy High Commissioner for Human Rights, Nada Al-Nashif, underscored ",
    ]
    assert [said.startswith(opening) for said, opening in zip(speakers, openings, strict=True)] == [True] * 3


def test_the_frames_of_the_sessions(body: list[str]) -> None:
    assert (
        "6. The first session, on the theme “Human rights cities – enhancing capacity-building for local and regional"
        " governments”, featured five panellists and was moderated by Ms. Lee. Panellists shared experiences from"
        " Colombia, Ghana, the Republic of Korea and Uruguay."
    ) in body
    assert (
        "16. The second session, on the theme “Strengthening the capacity of local and regional governments”, featured"
        " five panellists and was moderated by the Executive Director of Universal Periodic Review Info (UPR Info),"
        " Mona M’Bikay."
    ) in body


@pytest.mark.parametrize(
    "opening",
    [
        "7. The District Chief Executive (Mayor) of the Afadzato South District, Ghana, Etonam James Flolu, stressed ",
        "8. The High Counsellor for Peace, Victims’ Rights and Reconciliation of the Mayor’s Office of Bogotá,"
        " Colombia, Ivonne González Rodríguez, presented ",
        "9. The Director of the Human Rights Division of the government of Canelones, Uruguay, Carlos Garolla,"
        " emphasized ",
        "10. The Director of the Raoul Wallenberg Institute of Human Rights and Humanitarian Law, Morten Kjaerum,"
        " underscored ",
        "11. The Executive Director of the International Human Rights Training Centre of Gwangju Metropolitan City,"
        " Republic of Korea, Gyonggu Shin, outlined ",
        "17. A legal expert from the Interministerial Committee for Human Rights of the Ministry of Foreign Affairs"
        " and International Cooperation of Italy, Maja Bova, shared ",
        "18. The Deputy Commissioner, Policy and External Affairs, of the New York City Commission on Human Rights,"
        " JoAnn Kamuf Ward, emphasized ",
        "19. Miloon Kothari, former Special Rapporteur on the right to adequate housing, underscored ",
        "20. The Vice-Chair of the Committee on the Elimination of Discrimination against Women, Esther"
        " Eghobamien-Mshelia, emphasized ",
        "21. A member of the Working Group on discrimination against women and girls, Melissa Upreti, highlighted ",
    ],
)
def test_the_ten_panellists_are_introduced_in_the_right_form(body: list[str], opening: str) -> None:
    assert sum(line.startswith(opening) for line in body) == 1


def test_the_floor_of_the_first_session_is_told_by_what_it_was_about(body: list[str]) -> None:
    parts = [
        ("12. In interventions from the floor, speakers reiterated ", ". Speakers also discussed "),
        (
            "13. Several speakers recommended ",
            ". In addition, the speaker from the United Nations Human Settlements Programme (UN-Habitat) highlighted ",
            ". The speaker also sought ",
        ),
        (
            "14. Several speakers underscored ",
            ". Speakers also emphasized ",
            ". In addition, the speaker from Global Cities Hub called for a new status ",
        ),
        ("15. Several speakers shared ",),
    ]
    for said, (opening, *more) in zip(section(body, "## B. Thematic sessions")[6:10], parts, strict=True):
        assert said.startswith(opening)
        assert [each for each in more if each not in said] == []


def test_the_seven_interventions_of_the_dialogue_are_attributed_to_organisations(body: list[str]) -> None:
    openings = [
        "During the interactive dialogue, the speaker from the government of Canelones, Uruguay, shared ",
        "The speaker from Public Services International underscored ",
        "The speaker from the Swedish Institute for Human Rights noted ",
        "The speaker from UN-Habitat stressed ",
        "Another challenge, as highlighted by the speaker from the government of Catalonia, was that ",
        "The speaker from Global Human Rights Group underscored ",
        "The speaker from the Minneapolis Civil Rights Commission highlighted ",
    ]
    said = [line.partition(" ")[2] for line in section(body, "## C. Interactive dialogue")]
    assert [each.startswith(opening) for each, opening in zip(said, openings, strict=True)] == [True] * 7


def test_a_second_point_of_the_same_speaker_is_said_by_the_speaker(body: list[str]) -> None:
    (habitat,) = [line for line in body if "The speaker from UN-Habitat" in line]
    assert ". The speaker also asked whether " in habitat
    assert habitat.endswith(" local and regional governments.")


def test_the_closing_session_has_two_speakers_and_no_pronoun(body: list[str]) -> None:
    first, second = section(body, "## D. Closing session")
    assert first.startswith(
        "29. At the closing session, concluding remarks were delivered by the Secretary-General of United Cities and"
        " Local Governments, Emilia Sáiz, who underscored "
    )
    assert second.startswith(
        "30. In concluding remarks, the Director of the OHCHR Thematic Engagement, Special Procedures and Right to"
        " Development Division, Peggy Hicks, highlighted "
    )
    assert not re.search(r"\b(he|she|his|her)\b", " ".join(paragraphs(body)), re.IGNORECASE)


THREE_THEMES = """
33. Several submissions identified | Contributors also pointed out
34. Several submissions highlighted | Contributors also noted
35. One submission noted | The submission also observed
36. Several submissions underscored | Contributors also noted
37. Several submissions described
38. One submission described
39. Another submission presented
40. A further submission outlined
41. A further contribution reported on
42. Another contribution described
43. Several submissions emphasized | In addition, one submission expressed | The submission also proposed
44. Several submissions described
45. Several contributions noted | Contributors also mentioned
46. Several submissions highlighted | Contributors also stressed
47. One submission recommended | A further contribution described
48. Several submissions advocated
49. Several contributions suggested
50. Global Cities Hub described
51. Global Cities Hub also suggested | Global Cities Hub further proposed
52. The Swedish Institute for Human Rights recommended | Global Cities Hub also suggested
53. Several submissions called for
54. Global Cities Hub also proposed
55. Several submissions shared | In addition, one submission described
56. A further contribution described
"""


@pytest.mark.parametrize("told", THREE_THEMES.strip().splitlines(), ids=lambda told: told.partition(" ")[0])
def test_the_inputs_read_as_prose_and_name_those_who_agreed(body: list[str], told: str) -> None:
    opening, *more = told.split(" | ")
    (paragraph,) = [line for line in body if line.startswith(f"{opening} ")]
    sentences = paragraph.split(". ")[2:]
    assert [words.startswith(f"{each} ") for words, each in zip(sentences, more, strict=True)] == [True] * len(more)


def test_the_inputs_begin_with_how_many_there_were(body: list[str]) -> None:
    assert section(body, "# III. Inputs received from States and other stakeholders") == [
        "31. To inform the present report, OHCHR sought contributions from States and local governments,"
        " intergovernmental organizations, United Nations agencies, funds and programmes, national human rights"
        " institutions, networks of local governments, non-governmental organizations and other stakeholders. OHCHR"
        " received 28 submissions.",
        "32. The contributions received are summarized below under three themes.",
    ]


def test_no_two_sentences_about_the_inputs_begin_and_go_on_alike(body: list[str]) -> None:
    inputs = paragraphs(body)[32:56]
    openings = [" ".join(words.split()[:4]) for words in inputs]
    assert [pair for pair in itertools.pairwise(openings) if pair[0] == pair[1]] == []


def test_conclusions_and_recommendations_are_bold_with_eighteen_lettered_items(draft: Draft) -> None:
    places = [place for place, part in enumerate(draft.body) if isinstance(part, Heading) and part.level == 1]
    last = [part.paragraph for part in draft.body[places[3] :] if isinstance(part, Block)]
    assert len(last) == 9
    assert all(paragraph.bold for paragraph in last)
    assert [len(paragraph.items) for paragraph in last] == [0, 0, 0, 0, 5, 7, 6, 0, 0]
    assert not any(part.paragraph.bold for part in draft.body[: places[3]] if isinstance(part, Block))
    for paragraph in last[4:7]:
        assert plain(paragraph.content).endswith(":")
        *most, final = map(plain, paragraph.items)
        assert all(item.endswith(";") and item[0].isupper() for item in most)
        assert final.endswith(".")


def test_conclusions_can_be_plain(draft: Draft) -> None:
    plainly = compiled(replace(demonstration("2023-08-28.yaml"), options=Options(bold=False)))
    assert not any(part.paragraph.bold for part in plainly.body if isinstance(part, Block))
    assert len(plainly.body) == len(draft.body)


def test_no_gap_is_left(draft: Draft) -> None:
    assert [gap for part in (draft.summary, *draft.body) if isinstance(part, Block) for gap in gaps_of(part)] == []


def test_without_its_focus_the_objectives_help_to_find_it() -> None:
    material = demonstration("2023-08-28.yaml")
    draft = compiled(replace(material, particulars=replace(material.particulars, focus=None)))
    gaps = [gap for part in draft.body if isinstance(part, Block) for gap in gaps_of(part)]
    assert [gap.text for gap in gaps] == ["focus of the meeting"]
    assert "Compare practices and difficulties" in gaps[0].comment


def test_every_point_has_its_place_and_every_paragraph_its_sources(draft: Draft) -> None:
    material = demonstration("2023-08-28.yaml")
    assert draft.unplaced == ()
    assert draft.unheard == ()
    blocks = [part for part in draft.body if isinstance(part, Block)]
    told = [part for part in blocks if not part.key.startswith("recommendations")]
    resting = [source.id for part in told for source in part.sources if source.kind == "point"]
    assert sorted(resting) == [point.id for point in material.points]
    assert len({part.key for part in blocks}) == len(blocks)
    assert [part.key for part in blocks if not part.sources] == []


def test_each_recommendation_rests_on_points(draft: Draft) -> None:
    recommended = [part for part in draft.body if isinstance(part, Block) and part.key.startswith("recommendations:")]
    resting = [sum(source.kind == "point" for source in part.sources) for part in recommended]
    assert resting == [6, 6, 5, 2, 2]


def test_every_speaker_of_the_programme_is_named_in_full_once(body: list[str]) -> None:
    people = {role.person for session in demonstration("2023-08-28.yaml").sessions for role in session.roles}
    text = "\n".join(body)
    assert len(people) == 17
    # Without an honorific there is no shorter way to call somebody.
    assert {person.name for person in people if person.honorific and text.count(person.name) != 1} == set()
    assert {person.name for person in people if not person.honorific} == {"Mona M’Bikay"}
