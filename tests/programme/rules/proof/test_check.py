"""Every check against its table of cases: where it must find something, and where it must not."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from meetings.programme.rules.proof import check as checking
from meetings.programme.rules.proof.check import CHECKS, findings
from meetings.programme.rules.proof.facts import Facts
from meetings.programme.rules.proof.finding import Change, Drop, Finding, Replace, Severity
from tests.programme.rules.proof import (
    test_arrangements,
    test_interpretation,
    test_links,
    test_people,
    test_symbols,
    test_weekdays,
    test_zones,
)
from tests.programme.rules.proof.cases import Hit, Miss, meeting

MODULES = (*(test_arrangements, test_interpretation, test_links, test_people, test_symbols, test_weekdays, test_zones),)
HITS: list[Hit] = [hit for module in MODULES for hit in module.HITS]
MISSES: list[Miss] = [miss for module in MODULES for miss in module.MISSES]
# What contradicts itself in the times has tests with figures of its own (test_times).
OF_TIMES = {
    *("overlap", "person-twice", "gap", "outside-sitting", "no-sitting", "floor-too-long", "parts-too-long"),
    "part-outside",
}


def found(check: str, facts: Facts) -> list[Finding]:
    return [each for each in findings(facts) if each.check.id == check]


def mended(facts: Facts, changes: Iterable[Change]) -> Facts:
    """The meeting after a fix of its texts and documents."""
    for change in changes:
        field = change.place.field
        if isinstance(change, Drop):
            rows = tuple(each for each in facts.documents if not field.startswith(f"documents-{each.row}-"))
            facts = replace(facts, documents=rows)
        if isinstance(change, Replace):
            facts = replace(
                facts,
                texts=tuple(
                    replace(each, text=each.text.replace(change.before, change.after))
                    if each.place == change.place
                    else each
                    for each in facts.texts
                ),
                documents=tuple(
                    replace(each, url=change.after) if each.at("url") == change.place else each
                    for each in facts.documents
                ),
            )
    return facts


def texts(facts: Facts) -> list[str]:
    return [*(each.text for each in facts.texts), *(each.url or "" for each in facts.documents)]


@pytest.mark.parametrize(("check", "facts", "right"), HITS)
def test_a_check_finds_its_cases_and_mends_only_what_is_certain(check: str, facts: Facts, right: str | None) -> None:
    (odd,) = found(check, facts)
    assert (odd.fix is not None) == (right is not None)
    if odd.fix is None or right is None:
        return
    after = mended(facts, odd.fix.changes)
    assert right in texts(after) or right == "(taken away)"
    assert found(check, after) == []
    assert odd.check.fixes


@pytest.mark.parametrize(("check", "facts"), MISSES)
def test_a_check_leaves_alone_what_is_sound(check: str, facts: Facts) -> None:
    assert found(check, facts) == []


def test_every_check_has_cases_in_which_it_finds_something_and_cases_in_which_it_must_not() -> None:
    ids = {each.id for each in CHECKS}
    assert ids == {each for each, *_rest in HITS} | OF_TIMES
    assert ids == {each for each, _facts in MISSES} | OF_TIMES
    fixing = {each for each, _facts, right in HITS if right is not None}
    assert {each.id for each in CHECKS if each.fixes} == fixing | {"outside-sitting", "floor-too-long"}


def test_checks_are_told_once_and_what_to_mend_first_stands_first() -> None:
    assert len({each.id for each in CHECKS}) == len(CHECKS)
    severities = [each.severity for each in CHECKS]
    assert severities == sorted(severities, key=list(Severity).index)
    assert len(checking.CHECKS) >= 28


def test_of_a_meeting_of_which_nothing_is_known_nothing_is_said_but_of_accessibility() -> None:
    empty = meeting(start_date=None, end_date=None, room=None)
    assert [each.check.id for each in findings(empty)] == ["accessibility"]


def test_a_findings_name_stays_while_its_figures_change_and_its_mark_does_not() -> None:
    (one,) = found("symbol-twice", test_symbols.HITS[-1][1])
    moved = replace(one, place=replace(one.place, field="documents-7-symbol"))
    assert moved.name == one.name
    assert one.fix is not None
    other = replace(one, fix=replace(one.fix, says="Something else"))
    assert (other.name, other.mark != one.mark) == (one.name, True)
