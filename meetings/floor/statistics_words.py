"""The tables of the page of figures, with the words for what the tallies know by a code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from meetings.display import categories, genders
from meetings.floor.rules import Status
from meetings.floor.rules.balance import AGAIN, FIRST, HEARD, NO_GROUP, WAITS, Balance, Group, percent


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of speaker, with its shares in per cent of all interventions and of all time."""

    name: str
    share: Group
    of_number: int
    of_time: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A table and its chart, without rows where of nobody heard the kind is known.

    `key` is its address on the page, `kind` heads its first column, `note` says how it is counted.
    """

    key: str
    title: str
    kind: str
    note: str
    rows: Sequence[Row]


def tallies(balance: Balance, *, in_series: bool) -> list[Tally]:
    """The tables in their order; first-time speakers only where there is a series to be heard in before."""
    all_of_them = [
        Tally(
            "categories",
            _("By category"),
            _("Category"),
            _("The stakeholder category of the organization that the speaker spoke for."),
            _rows(balance, balance.categories, _categories()),
        ),
        Tally(
            "regions",
            _("By region"),
            _("Regional group"),
            _("The regional group of Member States of the country in which the organization is registered here."),
            _rows(balance, balance.regions, _regions()),
        ),
        Tally(
            "genders",
            _("By gender"),
            _("Gender"),
            _("As speakers declare it themselves. Of a colleague who speaks in their place it is not known."),
            _rows(balance, balance.genders, _genders()),
        ),
        Tally(
            "firsts",
            _("First-time speakers"),
            _("Speaker"),
            _(
                "Whoever has the same e-mail address is the same person. Without an address, and of a colleague who "
                "speaks in somebody’s place, it is not known."
            ),
            _rows(balance, balance.firsts, _firsts()),
        ),
    ]
    return all_of_them if in_series else all_of_them[:-1]


def _rows(balance: Balance, groups: Sequence[Group], names: Mapping[str | None, str]) -> list[Row]:
    total = balance.total
    if not any(group.interventions for group in groups if group.code is not None):
        return []
    return [
        Row(
            names[group.code],
            group,
            percent(group.interventions, total.interventions),
            percent(group.used_ms, total.used_ms),
        )
        for group in groups
    ]


def _categories() -> dict[str | None, str]:
    named: dict[str | None, str] = {None: _("Not known")}
    return named | categories()


def _regions() -> dict[str | None, str]:
    return {
        "African States": _("African States"),
        "Asia-Pacific States": _("Asia-Pacific States"),
        "Eastern European States": _("Eastern European States"),
        "Latin American and Caribbean States": _("Latin American and Caribbean States"),
        "Western European and other States": _("Western European and other States"),
        NO_GROUP: _("Of no group: not a Member State"),
        None: _("Not known: no country"),
    }


def _genders() -> dict[str | None, str]:
    named: dict[str | None, str] = {None: _("Not declared")}
    return named | genders()


def _firsts() -> dict[str | None, str]:
    return {
        FIRST: _("Heard for the first time in the series"),
        AGAIN: _("Heard at an earlier meeting of the series"),
        None: _("Not known"),
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some of the requests, with their share in per cent of all."""

    name: str
    requests: int
    of_number: int


def outcomes(counted: Iterable[tuple[str, int]]) -> list[Outcome]:
    """What became of the requests, in words."""
    names: dict[str, str] = {
        HEARD: _("Heard"),
        WAITS: _("Still waiting, or speaking"),
        Status.NOT_REACHED: _("Not reached: the time ran out"),
        Status.WITHDRAWN: _("Withdrawn"),
        Status.ABSENT: _("Absent"),
        Status.DECLINED: _("Declined by the chair"),
    }
    counts = dict(counted)
    return [Outcome(names[code], count, percent(count, sum(counts.values()))) for code, count in counts.items()]
