"""Two wordings beside each other."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.report.rules.words import Stretch, compared


@pytest.mark.parametrize(
    ("before", "after", "stretches"),
    [
        ("", "", []),
        ("the same", "the same", [("same", "the same")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
        ("five panellists spoke", "six panellists spoke", [
            ("removed", "five"), ("added", "six"), ("same", " panellists spoke"),
        ]),
        ("it was held", "it was not held", [("same", "it was "), ("added", "not "), ("same", "held")]),
        ("في فاس", "في فيينا", [("same", "في "), ("removed", "فاس"), ("added", "فيينا")]),
    ],
)  # fmt: skip
def test_what_was_removed_and_added_is_told_word_by_word(
    before: str, after: str, stretches: list[tuple[str, str]]
) -> None:
    assert [(each.kind, each.text) for each in compared(before, after)] == stretches


texts = st.text(st.sampled_from("ab \n"), max_size=20)


@given(texts, texts)
def test_both_wordings_can_be_read_out_of_the_stretches(before: str, after: str) -> None:
    def without(stretches: list[Stretch], kind: str) -> str:
        return "".join(each.text for each in stretches if each.kind != kind)

    stretches = compared(before, after)
    assert (without(stretches, "added"), without(stretches, "removed")) == (before, after)


def test_two_long_texts_with_nothing_in_common_take_no_time() -> None:
    start = time.monotonic()
    stretches = compared(" ".join(map(str, range(20_000))), " ".join(map(str, range(20_000, 40_000))))
    assert time.monotonic() - start < 3
    assert {each.kind for each in stretches} >= {"removed", "added"}
