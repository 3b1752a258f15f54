"""Addresses, marks of machines, limits, and who may be left without a role."""

import pytest

from meetings.accounts import rules


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ana@example.org", "ana@example.org"),
        ("  Ana.Lopez@Example.ORG \n", "ana.lopez@example.org"),
        ("ana@bücher.example.org", "ana@xn--bcher-kva.example.org"),
        ("o'neill+un@example.org", "o'neill+un@example.org"),
    ],
)
def test_an_address_is_known_in_one_form(typed: str, address: str) -> None:
    assert rules.normal_address(typed) == address
    assert rules.normal_address(address) == address


@pytest.mark.parametrize("typed", ["", "ana", "ana@", "@example.org", "a b@example.org", "ana@example", "a@b@c.org"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        rules.normal_address(typed)


def test_a_machine_is_marked_without_its_address_and_only_with_the_key() -> None:
    mark = rules.machine_mark("192.0.2.7", "key")
    assert mark is not None
    assert "192.0.2.7" not in mark
    assert mark == rules.machine_mark("192.0.2.7", "key")
    assert mark != rules.machine_mark("192.0.2.8", "key")
    assert mark != rules.machine_mark("192.0.2.7", "other")


def test_one_network_of_ipv6_is_one_machine() -> None:
    assert rules.machine_mark("2001:db8::1", "key") == rules.machine_mark("2001:db8::ffff", "key")
    assert rules.machine_mark("2001:db8::1", "key") != rules.machine_mark("2001:db8:0:1::1", "key")


@pytest.mark.parametrize("address", [None, "", "unix"])
def test_a_machine_without_an_address_has_no_mark(address: str | None) -> None:
    assert rules.machine_mark(address, "key") is None


@pytest.mark.parametrize(
    ("for_address", "from_machine", "too_often"),
    [(0, 0, False), (3, 29, False), (4, 0, True), (0, 30, True), (9, 99, True)],
)
def test_links_are_counted_by_address_and_by_machine(for_address: int, from_machine: int, too_often: bool) -> None:
    assert rules.asks_too_often(for_address=for_address, from_machine=from_machine) is too_often


ME, OTHER = 1, 2


@pytest.mark.parametrize(
    ("role", "own", "sufficient_elsewhere", "organisers", "holder", "locks_out"),
    [
        ("chair", True, False, [ME], ME, False),
        ("rapporteur", False, False, [], OTHER, False),
        ("organiser", True, False, [ME, OTHER], ME, True),  # oneself outside
        ("organiser", True, True, [ME, OTHER], ME, False),
        ("organiser", True, True, [ME], ME, True),  # the meeting without one
        ("organiser", False, True, [OTHER], OTHER, True),
        ("organiser", False, False, [ME, OTHER], OTHER, False),
    ],
)
def test_a_role_is_taken_away_unless_that_locks_somebody_out(
    role: str, own: bool, sufficient_elsewhere: bool, organisers: list[int], holder: int, locks_out: bool
) -> None:
    assert locks_out is rules.removal_locks_out(
        role=role,
        own=own,
        sufficient_elsewhere=sufficient_elsewhere,
        organisers_of_meeting=organisers,
        holder=holder,
    )
