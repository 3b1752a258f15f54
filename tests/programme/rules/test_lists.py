"""Lists in a text box come back as they went in."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports import meeting_file_values
from exports.text import clean
from meetings.programme.rules.lists import from_groups, from_lines, to_groups, to_lines


def _as_kept(text: str) -> str:
    """A text as a meeting file keeps it; nothing for one that it refuses."""
    try:
        return meeting_file_values.text(clean(text))
    except ValueError:
        return ""


# Line ends, signs with a meaning of their own, and letters of several scripts are likelier than by chance.
characters = st.one_of(st.sampled_from("\n #\\ab\t\xa0\u3000 العفв中é"), st.characters(codec="utf-8"))
texts = st.text(characters, max_size=20).map(_as_kept).filter(bool)
lines = texts.filter(lambda text: "\n" not in text).map(str.strip)
groups = st.lists(st.tuples(st.none() | lines, st.lists(texts, max_size=4).map(tuple)), max_size=4).map(tuple)


@given(st.lists(texts, max_size=5))
@example(["  indented", "\ttab", "\xa0no break", "\\literal", "two\n\nparagraphs", "# no head"])
def test_a_list_survives_the_text_box(items: list[str]) -> None:
    assert from_lines(to_lines(items)) == tuple(items)


@given(groups)
@example(((None, ()), (None, ("a",))))
@example((("#", ("# b", "c")),))
def test_groups_survive_the_text_box(given_groups: tuple[tuple[str | None, tuple[str, ...]], ...]) -> None:
    assert from_groups(to_groups(given_groups)) == given_groups


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        ("\n  \n\n", ()),
        ("one\ntwo", ("one", "two")),
        ("one\r\ntwo\r\n", ("one", "two")),
        ("  one  \n\n two", ("one", "two")),
        ("one\n  goes on", ("one\ngoes on",)),
        ("one\n  \n  after a gap", ("one\n\nafter a gap",)),
        ("\\  kept", ("  kept",)),
        ("# not a head here", ("# not a head here",)),
        ("nul\0l", ("null",)),
    ],
)
def test_what_people_type_as_a_list(typed: str, read: tuple[str, ...]) -> None:
    assert from_lines(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a\nb", ((None, ("a", "b")),)),
        ("# Theme\na\n\n# Other\nb", (("Theme", ("a",)), ("Other", ("b",)))),
        ("#Theme", (("Theme", ()),)),
        ("a\n#\nb", ((None, ("a",)), (None, ("b",)))),
        ("\\# a", ((None, ("# a",)),)),
    ],
)
def test_what_people_type_as_groups(typed: str, read: object) -> None:
    assert from_groups(typed) == read
