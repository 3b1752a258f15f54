"""The shelf that answers are kept on."""

import pytest

from meetings.kept import Shelf


def test_what_was_kept_is_found_only_while_it_is_made_of_the_same() -> None:
    shelf = Shelf()
    shelf.keep("page", (1, "a"), (b"old",))
    assert shelf.find("page", (1, "a")) == (b"old",)
    assert shelf.find("page", (2, "a")) is None
    assert shelf.find("another", (1, "a")) is None
    shelf.keep("page", (2, "a"), (b"new", b"er"))
    assert shelf.find("page", (1, "a")) is None
    assert shelf.find("page", (2, "a")) == (b"new", b"er")
    assert shelf.bytes == 5


def test_what_was_not_asked_for_the_longest_is_given_up_first() -> None:
    shelf = Shelf(most_bytes=10)
    for name in "abc":
        shelf.keep(name, 1, (b"xxx",))
    assert shelf.find("a", 1)
    shelf.keep("d", 1, (b"xxx",))
    assert [name for name in "abcd" if shelf.find(name, 1)] == ["a", "c", "d"]
    assert shelf.bytes == 9


@pytest.mark.parametrize("size", [10, 11])
def test_an_answer_beyond_the_bound_is_not_kept(size: int) -> None:
    shelf = Shelf(most_bytes=10)
    shelf.keep("a", 1, (b"x" * size,))
    assert (shelf.find("a", 1) is not None) is (size == 10)
    assert shelf.bytes == (10 if size == 10 else 0)
