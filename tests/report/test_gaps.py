"""Where each gap of a draft is filled."""

import pytest

from exports.inline import Gap
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, gaps_of, masthead_gaps
from meetings.report.rules.gaps import Filled, filled_at
from meetings.report.rules.material import (
    Material,
    Meeting,
    Organisation,
    Particulars,
    Person,
    Recommendation,
    Role,
    Session,
    Submission,
)

BARE = Material(
    meeting=Meeting("Meeting", "in_person", mandate_body="Human Rights Council"),
    sessions=(
        Session(1, "panel", "panel", "Panel", roles=(
            Role(1, "panellist", Person(1, family="Muster", honorific="Ms.", key="ada")),
            Role(2, "panellist", Person(2, function="Mayor", key="bob")),
        )),
        Session(2, "talk", "interactive_dialogue", "Talk"),
        Session(3, "empty", "panel", "Empty"),
    ),
    submissions=(Submission(1, "in1", Organisation(1, "City")), Submission(2, "in2", Organisation(2, "Town"))),
    particulars=Particulars(recommendations=(Recommendation(items=("Act", "Pay")),)),
)  # fmt: skip


def every(material: Material) -> list[tuple[Gap, str | None]]:
    draft = compiled(material)
    blocks = [draft.summary, *(part for part in draft.body if isinstance(part, Block))]
    found: list[tuple[Gap, str | None]] = [(gap, None) for gap in masthead_gaps(draft.masthead)]
    return found + [(gap, block.key) for block in blocks for gap in gaps_of(block)]


@pytest.mark.parametrize("material", [BARE, Material(meeting=Meeting("Meeting", "online"))])
def test_every_gap_of_a_meeting_of_which_nothing_is_known_has_its_page(material: Material) -> None:
    gaps = every(material)
    assert len(gaps) >= 9
    for gap, key in gaps:
        assert filled_at(gap, key).page != "paragraph", gap


@pytest.mark.parametrize(
    ("gap", "key", "filled"),
    [
        ("symbol", None, Filled("details", "symbol")),
        ("dates of the session", None, Filled("details", "council_start")),
        ("focus of the meeting", "introduction", Filled("details", "focus")),
        ("place of the meeting", "introduction", Filled("particulars")),
        ("mandate", "summary", Filled("concept_note")),
        ("categories of those who sent them", "summary", Filled("submissions")),
        ("what was said", "session:panel:speaker:bob", Filled("notes", "panel")),
        ("account of the session", "session:empty:frame", Filled("notes", "empty")),
        ("function and organization", "session:panel:speaker:ada", Filled("person", "ada")),
        ("name", "session:panel:speaker:bob", Filled("person", "bob")),
        ("name", "session:panel:frame", Filled("people")),
        ("something of one's own", "own:1", Filled("paragraph")),
    ],
)
def test_a_gap_is_filled_where_the_thing_itself_is(gap: str, key: str | None, filled: Filled) -> None:
    known = {each.text: each for each, _key in every(BARE)}
    assert filled_at(known.get(gap, Gap(gap, "")), key) == filled


def test_only_organisers_may_go_where_the_meeting_itself_is_described() -> None:
    assert [Filled(page).needs_organiser for page in ("details", "notes", "people", "concept_note")] == [
        False, False, True, True,
    ]  # fmt: skip
