"""A meeting unlike the expert meeting compiles without a wrong sentence: the whole of its proceedings, as it reads."""

from dataclasses import replace
from pathlib import Path

from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, gaps_of, masthead_gaps
from meetings.report.rules.material import Meeting
from meetings.report.rules.wording import plain
from tests.report.from_file import lines
from tests.report.unlike import NAMES_NEVER_PRINTED, POINTS, UNLIKE

# Read as a whole by an editor; whoever changes what the compiler says reads it anew.
EXPECTED = Path(__file__).with_name("unlike.txt")


def test_the_whole_draft_as_it_reads() -> None:
    assert lines(compiled(UNLIKE)) == EXPECTED.read_text(encoding="utf-8").splitlines()


def test_it_is_as_large_as_it_says() -> None:
    assert len(UNLIKE.interventions) == 120
    assert len({session.date for session in UNLIKE.sessions}) == 3
    assert len({session.track for session in UNLIKE.sessions if session.track}) == 3


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
    unheard = {each.session: each.organisations for each in compiled(UNLIKE).unheard}
    assert unheard[14] == ("Republic of Korea",)
    assert unheard[7] == ("University of Examples", "مرصد النموذج لحقوق السكن", "League of Model Towns")
    assert {session: len(bodies) for session, bodies in unheard.items()} == {14: 1, 5: 8, 6: 6, 7: 3, 15: 3}


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
