"""A meeting unlike the expert meeting compiles without a wrong sentence: the whole of its proceedings, as it reads."""

from dataclasses import replace

from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, gaps_of, masthead_gaps
from meetings.report.rules.material import Meeting
from meetings.report.rules.wording import plain
from tests.report.from_file import lines
from tests.report.unlike import NAMES_NEVER_PRINTED, POINTS, UNLIKE

EXPECTED = """\
# I. Introduction
1. The meeting entitled “Local governments for human rights” was held online, from 2 to 4 March 2026, pursuant to the \
request of the Human Rights Council in its resolution 57/12. The meeting focused on [focus of the meeting]. The \
meeting consisted of an opening session, a keynote session, five thematic sessions, two interactive dialogues and a \
closing session.
# II. Summary of proceedings
## A. Opening session
2. The chair of the opening session, the Secretary-General of the Network of Demonstration Cities (NDC), Robin Doe, \
opened the discussion by outlining the objectives of the meeting and introducing the speaker. Robin Doe said that all \
were welcome.
3. The Deputy Mayor of the بلدية النموذج, Morocco, أمينة النموذجي, noted the need for patience.
4. In a keynote address, the Mayor of Modelville, United Republic of Tanzania, Suhartono, put cities first.
## B. Thematic sessions
5. The first, second and third sessions were held in parallel. The first session, held on 2 March 2026 on the theme \
“Housing”, featured two panellists and was moderated by one of them, the Head of Programmes, Learning Unit, NDC, Ines \
Sample.
6. Ms. Sample described training of staff. Ms. Sample also recommended more money.
7. The Director of the Centre for Model Rights (CMR), Kim Min-jun, highlighted that rents rise.
8. In an intervention from the floor, the representative of Ghana asked why rents rise.
9. The second session, held on 2 March 2026 on the theme “Water”, featured two panellists.
10. Ms. النموذجي described wells.
11. Old Hand, former Mayor of Exampledam, Kingdom of the Netherlands, recalled that water is a right.
12. In interventions from the floor, speakers highlighted pipes. Speakers also highlighted taps.
13. The representative of the Republic of Korea highlighted leaks. The representative also noted that repairs take \
years.
14. The third session, held on 2 March 2026 on the theme “Care”, was facilitated by Nobody Knows, [function and \
organization].
15. In interventions from the floor, the speaker from the City of Exampledam, Kingdom of the Netherlands, noted that \
care is work.
16. One speaker highlighted that care is not paid.
17. The fourth session, held on 3 March 2026 on the theme “Funding”, was held in two parts and was moderated and \
facilitated by Robin Doe.
18. The first part of the fourth session, on the theme “Taxes”, featured one panellist, a human rights lawyer from the \
Demonstration Institute of Rights, Cities and Peace, Do-yun Kim, who also moderated the discussion.
19. Mr. Do-yun Kim recommended a tax on empty homes.
20. The second part of the fourth session was held on the theme “Grants”. [account of the session].
21. During the interactive dialogue, the speaker from the City of Exampledam, Kingdom of the Netherlands, asked how \
taxes are collected.
22. Mr. Do-yun Kim replied that they are not.
23. The fifth session, held on 4 March 2026 on the theme “Safety”, featured two panellists.
24. One panellist highlighted fear. The panellist also highlighted silence.
25. Another panellist praised courage.
## C. Interactive dialogues
26. During the first interactive dialogue, the speaker from the Demonstration Institute of Rights, Cities and Peace, \
on behalf of three universities, noted the need for rules.
27. Mx. Hand added a word of thanks.
28. One speaker voiced doubts.
29. The second interactive dialogue was chaired by Ms. النموذجي.
30. During the second interactive dialogue, the speaker from NDC asked about next steps.
31. The speaker from CMR was a second voice.
## D. Closing session
32. The closing session was chaired by Mr. Suhartono.
33. At the closing session, concluding remarks were delivered by Mr. Kim Min-jun. [what was said].
34. In concluding remarks, Robin Doe noted that the work goes on.
# III. Conclusions
35. [conclusions]
# IV. Recommendations
36. [recommendations]
"""


def test_the_whole_draft_as_it_reads() -> None:
    assert lines(compiled(UNLIKE)) == EXPECTED.splitlines()


def test_without_submissions_the_summary_speaks_of_the_discussions_alone() -> None:
    assert plain(compiled(UNLIKE).summary.paragraph.content) == (
        "The present report, prepared pursuant to Human Rights Council resolution 57/12, reflects the discussions held"
        " at the meeting entitled “Local governments for human rights”, which was held from 2 to 4 March 2026."
    )


def test_breaks_meals_and_photographs_never_appear() -> None:
    text = "\n".join(lines(compiled(UNLIKE)))
    assert not [word for word in ("Coffee", "Lunch", "Photo", "Registration", "Reception", "lunch") if word in text]


def test_a_point_of_a_session_that_is_not_reported_is_not_lost_in_silence() -> None:
    lunch = next(point for point in POINTS if "lunch" in point.text)
    assert compiled(UNLIKE).unplaced == (lunch.id,)


def test_who_is_protected_or_spoke_from_the_floor_is_never_named() -> None:
    text = "\n".join(lines(compiled(UNLIKE)))
    assert not [name for name in NAMES_NEVER_PRINTED if name in text]


def test_who_had_the_floor_without_a_point_is_listed_apart() -> None:
    (unheard,) = compiled(UNLIKE).unheard
    assert (unheard.session, unheard.organisations) == (14, ("Republic of Korea",))


def test_what_is_not_known_is_a_gap_with_a_reason() -> None:
    draft = compiled(replace(UNLIKE, meeting=Meeting("Workshop on care", "hybrid")))
    gaps = [gap for part in (draft.summary, *draft.body) if isinstance(part, Block) for gap in gaps_of(part)]
    assert [gap.text for gap in gaps] == [
        "mandate",
        "date of the meeting",
        "place of the meeting",
        "date of the meeting",
        "mandate",
        "focus of the meeting",
        "function and organization",
        "account of the session",
        "what was said",
        "conclusions",
        "recommendations",
    ]
    assert all(gap.comment.endswith((".", "Notes.")) for gap in gaps)
    assert [gap.text for gap in masthead_gaps(draft.masthead)] == [
        "symbol",
        "date of submission",
        "session of the Council",
        "dates of the session",
        "agenda items",
    ]


def test_a_paragraph_keeps_its_key_when_something_is_added_before_it() -> None:
    before = {part.key: part for part in compiled(UNLIKE).body if isinstance(part, Block)}
    more = replace(UNLIKE, points=(replace(POINTS[3], id=9999, uid="u9999", text="an earlier word"), *POINTS))
    after = {part.key: part for part in compiled(more).body if isinstance(part, Block)}
    assert before.keys() == after.keys()
    assert [key for key in before if before[key] != after[key]] == ["session:s5:speaker:person-14"]
