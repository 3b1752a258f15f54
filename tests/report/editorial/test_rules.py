"""The rules as a whole: each is tried both ways, can be read, and stands in the documentation as it is."""

import re
from pathlib import Path

from meetings.report.rules.editorial.check import BY_DRAFT, BY_PASSAGE, BY_REPORT, RULES
from tests.report.editorial import (
    test_abbreviations,
    test_consistency,
    test_dates,
    test_names,
    test_numbers,
    test_punctuation,
    test_spelling,
    test_structure,
    test_symbols,
    test_wording_rules,
)

PACKAGE = Path(__file__).parents[3] / "meetings" / "report" / "rules" / "editorial"
DOCUMENTATION = Path(__file__).parents[3] / "docs" / "editorial-checks.md"
# Numbers of words (LE1, LE2) have a test of their own: their cases would be 8,500 words long.
COUNTED = {"LE1", "LE2"}
MODULES = (
    test_abbreviations, test_consistency, test_dates, test_names, test_numbers, test_punctuation, test_spelling,
    test_structure, test_symbols, test_wording_rules,
)  # fmt: skip
HITS = [hit for module in MODULES for hit in (*module.HITS, *getattr(module, "REPORT_HITS", ()))]
MISSES = [miss for module in MODULES for miss in (*module.MISSES, *getattr(module, "REPORT_MISSES", ()))]
# The rules of the Editorial Manual that a machine can check, by their subject.
MANUAL = {
    *("SP1", "SP2", "SP3", "NU1", "NU2", "NU3", "DA1", "DA2", "TI1", "AB1", "AB2", "AB3", "PO1", "SC1", "QU1", "FN1"),
    *("FN2", "PA1", "HE1", "CA1", "GE1", "NA1", "NA2", "SY1", "LE1", "LE2", "EM1"),
}


def test_every_rule_of_the_manual_that_can_be_checked_is() -> None:
    assert len(MANUAL) == 27
    assert {rule.id for rule in RULES} >= MANUAL


def test_each_rule_has_one_name() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_rule_has_cases_in_which_it_finds_something_and_cases_in_which_it_must_not() -> None:
    ids = {rule.id for rule in RULES}
    assert ids - COUNTED - {hit[0] for hit in HITS} == set()
    assert ids - COUNTED - {miss[0] for miss in MISSES} == set()
    assert {case[0] for case in (*HITS, *MISSES)} <= ids


def test_every_reason_is_marked_for_translation_and_has_a_percent_sign_for_values_alone() -> None:
    for file in PACKAGE.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        for reason in re.findall(r'N_\(\s*"([^"]*)"\s*\)', text):
            assert "%" not in re.sub(r"%\([a-z]+\)s", "", reason)
        assert re.findall(r'\.at\([^)]*, (?!N_\()"', text) == [], file.name


def test_no_check_is_listed_twice() -> None:
    checks = [*BY_PASSAGE, *BY_REPORT, *BY_DRAFT]
    assert len(checks) == len(set(checks))


def test_the_documentation_tells_the_rules_as_they_are() -> None:
    rows = re.findall(
        r"^\| ([A-Z]{2}\d) \| (.*) \| (.*) \| (.*) \| (.*) \|$", DOCUMENTATION.read_text("utf-8"), re.MULTILINE
    )
    fixable = {rule for rule, _, fix in HITS if fix is not None}
    expected = [(r.id, r.what, WORDS[r.severity], "yes" if r.id in fixable else "", r.source) for r in RULES]
    assert rows == expected


WORDS = {"error": "mistake", "warning": "check", "info": "hint"}
