"""What may be done with a paragraph of the draft, on both databases, also by two people at once."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.report_data import Heading
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE, Actor
from meetings.models.message import Event
from meetings.models.report import DraftParagraph, Point, Report
from meetings.refusals import Refused, Stale
from meetings.report import commands, queries
from meetings.report.rules.draft import Block
from meetings.report.rules.edited import EditedDraft, target
from meetings.report.rules.notation import paragraph_to_lines
from meetings.report.rules.wording import plain
from tests import factories
from tests.report.house import House, build

FRAME = "session:panel:frame"


@pytest.fixture
def house(app: Flask) -> House:
    return build()


def draft(house: House) -> EditedDraft:
    return queries.edited_draft(house.meeting.id)


def blocks(house: House) -> list[Block]:
    made = draft(house)
    return [made.summary, *(part for part in made.body if isinstance(part, Block))]


def lines(house: House, key: str) -> str:
    whole = [draft(house).summary, *(part for part in draft(house).whole if isinstance(part, Block))]
    return paragraph_to_lines(next(each for each in whole if each.key == key).paragraph)


def keys(house: House) -> list[str]:
    return [part.text if isinstance(part, Heading) else part.key for part in draft(house).body]


def row(house: House, key: str) -> DraftParagraph | None:
    query = sa.select(DraftParagraph).where(DraftParagraph.key == key).execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def version(house: House, key: str) -> int:
    found = row(house, key)
    return found.version if found else 0


def do(house: House, command: Any, key: str, **values: Any) -> None:
    """Run a command on a paragraph as it stands now."""
    standing = {"version": version(house, key), **values}
    command(meeting_id=house.meeting.id, key=key, actor=COMMAND_LINE, now=now(), **standing)


def rewrite(house: House, key: str, text: str, *items: str, **values: Any) -> None:
    given = {"base": lines(house, key), "text": text, "items": items, **values}
    do(house, commands.edit_paragraph, key, **given)


def log(key: str) -> list[Event]:
    return list(db.session.scalars(sa.select(Event).where(Event.target == target(key)).order_by(Event.id)))


def note(house: House, words: str = "the need for rules") -> None:
    with transaction():
        db.session.add(
            Point(meeting_id=house.meeting.id, session_id=house.panel.id, person_id=house.panellist.id, text=words)
        )


def test_an_edited_paragraph_keeps_its_words_when_more_is_noted(house: House) -> None:
    speech = next(each.key for each in blocks(house) if ":speaker:" in each.key)
    rewrite(house, speech, "The Mayor spoke *well*.")
    note(house)
    assert lines(house, speech) == "The Mayor spoke *well*."
    mark = draft(house).marks[speech]
    assert mark.changed_beneath
    assert mark.compiled is not None
    assert "the need for rules" in plain(mark.compiled.paragraph.content)
    assert db.session.get_one(Report, house.meeting.id).edited_at is not None


def test_each_change_is_one_line_of_the_log_with_the_words_before_and_after(house: House) -> None:
    compiled = lines(house, FRAME)
    rewrite(house, FRAME, "First.")
    rewrite(house, FRAME, "Second.", "one;", "two.")
    do(house, commands.leave_out, FRAME)
    do(house, commands.put_back, FRAME)
    do(house, commands.back_to_compiled, FRAME)
    found = [(e.kind, e.before and e.before["text"], e.after and e.after["text"]) for e in log(FRAME)]
    second = "Second.\none;\ntwo."
    assert found == [
        ("paragraph.edited", compiled, "First."),
        ("paragraph.edited", "First.", second),
        ("paragraph.left_out", second, second),
        ("paragraph.put_back", second, second),
        ("paragraph.compiled", second, compiled),
    ]
    assert row(house, FRAME) is None
    assert [change.kind for change in queries.history(house.meeting.id, FRAME)] == [kind for kind, *_ in found][::-1]


@pytest.mark.parametrize("key", ["summary", "introduction", FRAME])
def test_the_words_as_they_were_shown_change_nothing(house: House, key: str) -> None:
    text, *items = lines(house, key).split("\n")
    rewrite(house, key, f" {text}\r\n", *items, "")
    assert row(house, key) is None
    assert log(key) == []
    rewrite(house, key, "Mine.")
    rewrite(house, key, "Mine.")
    assert len(log(key)) == 1


def test_typing_the_compiled_words_again_makes_it_a_compiled_paragraph(house: House) -> None:
    compiled = lines(house, FRAME)
    rewrite(house, FRAME, "Mine.", base=compiled)
    rewrite(house, FRAME, compiled, base=compiled)
    assert row(house, FRAME) is None
    assert [event.kind for event in log(FRAME)] == ["paragraph.edited", "paragraph.compiled"]


def test_an_edit_of_words_that_changed_meanwhile_is_marked(house: House) -> None:
    speech = next(each.key for each in blocks(house) if ":speaker:" in each.key)
    shown = lines(house, speech)
    note(house)
    rewrite(house, speech, "Mine.", base=shown)
    assert draft(house).marks[speech].changed_beneath


@pytest.mark.parametrize("seen", [0, 1, 7])
def test_a_stale_change_is_refused_and_overwrites_nothing(house: House, seen: int) -> None:
    rewrite(house, FRAME, "Theirs.")
    rewrite(house, FRAME, "Theirs again.")
    for command in (commands.leave_out, commands.put_back, commands.back_to_compiled, commands.remove_own):
        with pytest.raises(Stale):
            do(house, command, FRAME, version=seen)
    with pytest.raises(Stale):
        rewrite(house, FRAME, "Mine.", version=seen)
    assert lines(house, FRAME) == "Theirs again."


def test_a_page_of_before_fits_no_paragraph_that_was_set_back_and_edited_anew(house: House) -> None:
    rewrite(house, FRAME, "First.")
    seen = version(house, FRAME)
    do(house, commands.back_to_compiled, FRAME)
    rewrite(house, FRAME, "Second.")
    with pytest.raises(Stale):
        rewrite(house, FRAME, "Mine.", version=seen)


def test_a_paragraph_without_words_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="leave it out"):
        rewrite(house, FRAME, " \n ")


def test_a_paragraph_that_is_not_in_the_draft_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="no longer in the draft"):
        do(house, commands.edit_paragraph, "session:gone:frame", text="Mine.", items=(), base="")


def test_what_is_left_out_comes_back_as_it_was(house: House) -> None:
    compiled = lines(house, FRAME)
    do(house, commands.leave_out, FRAME)
    do(house, commands.leave_out, FRAME)
    assert FRAME not in keys(house)
    with pytest.raises(Refused, match="Put it back first"):
        rewrite(house, FRAME, "Mine.")
    do(house, commands.put_back, FRAME)
    assert lines(house, FRAME) == compiled
    assert row(house, FRAME) is None
    rewrite(house, FRAME, "Mine.")
    do(house, commands.leave_out, FRAME)
    do(house, commands.put_back, FRAME)
    assert lines(house, FRAME) == "Mine."
    assert len(log(FRAME)) == 5


def test_the_summary_is_never_left_out(house: House) -> None:
    with pytest.raises(Refused, match="cannot be left out"):
        do(house, commands.leave_out, "summary")


def test_what_changed_underneath_is_looked_at_once(house: House) -> None:
    speech = next(each.key for each in blocks(house) if ":speaker:" in each.key)
    rewrite(house, speech, "Mine.")
    note(house)
    mark = draft(house).marks[speech]
    assert mark.compiled is not None
    beneath = paragraph_to_lines(mark.compiled.paragraph)
    with pytest.raises(Stale, match="once more"):
        do(house, commands.accept_beneath, speech, base="something else")
    do(house, commands.accept_beneath, speech, base=beneath)
    assert not draft(house).marks[speech].changed_beneath
    assert lines(house, speech) == "Mine."
    do(house, commands.accept_beneath, speech, base=beneath)
    assert [event.kind for event in log(speech)] == ["paragraph.edited", "paragraph.looked_at"]


def test_what_is_compiled_no_more_can_be_removed_and_left_out_and_edited(house: House) -> None:
    rewrite(house, FRAME, "Mine.")
    with transaction():
        db.session.execute(sa.update(DraftParagraph).values(key="session:gone:frame"))
    gone = "session:gone:frame"
    assert draft(house).marks[gone].orphaned
    rewrite(house, gone, "Mine still.")
    do(house, commands.leave_out, gone)
    assert gone not in keys(house)
    do(house, commands.put_back, gone)
    with pytest.raises(Refused, match="can be removed"):
        do(house, commands.back_to_compiled, gone)
    do(house, commands.remove_own, gone)
    assert gone not in keys(house)
    assert log(gone)[-1].before == {"state": "edited", "text": "Mine still."}


def test_a_paragraph_left_out_before_it_ceased_to_be_compiled_comes_back_with_what_it_said(house: House) -> None:
    said = lines(house, FRAME)
    do(house, commands.leave_out, FRAME)
    with transaction():
        db.session.execute(sa.update(DraftParagraph).values(key="session:gone:frame"))
    do(house, commands.put_back, "session:gone:frame")
    assert lines(house, "session:gone:frame") == said
    assert "session:gone:frame" in keys(house)


def test_a_compiled_paragraph_is_not_removed_and_not_moved(house: House) -> None:
    rewrite(house, FRAME, "Mine.")
    with pytest.raises(Refused, match="left out"):
        do(house, commands.remove_own, FRAME)
    with pytest.raises(Refused, match="own"):
        do(house, commands.move_paragraph, FRAME, up=True)


def add(house: House, text: str, key: str, *, before: bool = False) -> str:
    return commands.add_paragraph(
        meeting_id=house.meeting.id,
        beside_key=key,
        before=before,
        text=text,
        items=("one;", "", "two."),
        actor=COMMAND_LINE,
        now=now(),
    )


def test_own_paragraphs_are_added_edited_and_removed(house: House) -> None:
    first = add(house, "A", FRAME)
    second = add(house, "B", FRAME)
    third = add(house, "C", first)
    fourth = add(house, "D", FRAME, before=True)
    order = keys(house)
    place = order.index(FRAME)
    assert order[place - 1 : place + 4] == [fourth, FRAME, second, first, third]
    assert order[place - 2] == "Summary of proceedings"
    rewrite(house, first, "A more.", base="")
    assert lines(house, first) == "A more."
    with pytest.raises(Refused, match="can be removed"):
        do(house, commands.leave_out, first)
    do(house, commands.remove_own, first)
    assert first not in keys(house)
    assert [event.kind for event in log(first)] == ["paragraph.added", "paragraph.edited", "paragraph.removed"]
    assert add(house, "E", FRAME) not in (first, second, third, fourth)


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_own_paragraph_needs_words_and_a_place(house: House, text: str) -> None:
    with pytest.raises(Refused, match="needs words"):
        add(house, text, FRAME)
    with pytest.raises(Refused, match="no longer in the draft"):
        add(house, "A", "session:gone:frame")
    assert row(house, "own:1") is None


def test_an_own_paragraph_moves_over_every_other_and_back(house: House) -> None:
    note(house)
    other = add(house, "B", FRAME)
    own = add(house, "A", "introduction", before=True)
    orders = [keys(house)]
    for _ in range(20):
        do(house, commands.move_paragraph, own, up=False)
        if keys(house) == orders[-1]:
            break
        orders.append(keys(house))
    assert orders[-1][-1] == own
    others = [key for key in orders[0] if key != own]
    for order in orders:
        assert [key for key in order if key != own] == others
    places = [order.index(own) for order in orders]
    assert places == sorted(set(places))
    assert {order[order.index(own) - 1] for order in orders} >= {FRAME, other, "Introduction", "Conclusions"}
    back = [keys(house)]
    for _ in orders[1:]:
        do(house, commands.move_paragraph, own, up=True)
        back.append(keys(house))
    assert back[-1] == orders[0]
    do(house, commands.move_paragraph, own, up=True)
    assert keys(house) == orders[0]


def test_two_own_paragraphs_in_one_place_change_places(house: House) -> None:
    second, first = add(house, "B", FRAME), add(house, "A", FRAME)
    do(house, commands.move_paragraph, first, up=False)
    place = keys(house).index(FRAME)
    assert keys(house)[place + 1 : place + 3] == [second, first]
    do(house, commands.move_paragraph, first, up=True)
    assert keys(house)[place + 1 : place + 3] == [first, second]


def test_a_long_key_has_its_history_too(house: House) -> None:
    with transaction():
        person = factories.person(house.meeting, key="x" * 80)
        factories.role(house.panel, person, "panellist")
    key = f"session:panel:speaker:{'x' * 80}"
    rewrite(house, key, "Mine.")
    assert len(target(key)) == 60
    assert target(key) != target(key + "y")
    assert [change.after for change in queries.history(house.meeting.id, key)] == ["Mine."]


def test_the_history_names_who_did_it(house: House) -> None:
    rewrite(house, FRAME, "Mine.")
    actor = Actor.account(house.rapporteur.id)
    seen = version(house, FRAME)
    commands.edit_paragraph(
        meeting_id=house.meeting.id, key=FRAME, version=seen, text="Theirs.", items=(), base="", actor=actor, now=now()
    )
    assert [change.who for change in queries.history(house.meeting.id, FRAME)] == ["rapporteur@example.org", None]


def test_paragraphs_of_another_meeting_are_not_touched(house: House) -> None:
    rewrite(house, FRAME, "Mine.")
    with transaction():
        other = factories.meeting()
        factories.session(other, key="panel")
    assert not queries.edited_draft(other.id).marks
    assert queries.history(other.id, FRAME) == []


def test_two_rapporteurs_edit_two_paragraphs_in_turn(house: House) -> None:
    shown = {key: (version(house, key), lines(house, key)) for key in ("introduction", FRAME)}
    for key, (seen, base) in shown.items():
        rewrite(house, key, f"Words of {key}.", version=seen, base=base)
    assert [lines(house, key) for key in shown] == [f"Words of {key}." for key in shown]
    assert replace(draft(house).marks[FRAME], version=0).state == "edited"
