"""Countries and areas by their United Nations short names (UNTERM), in six languages, with the regional group.

The facts are in `countries.csv` beside this file: ISO 3166 two-letter code, short names, the year of United Nations
membership and the (informal) regional group of Member States.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("countries.csv")


@dataclass(frozen=True, slots=True)
class Country:
    """One country or area; `names` is keyed by language code, `regional_group` is None for non-members."""

    code: str
    names: dict[str, str]
    member_since: int | None
    regional_group: str | None

    def name(self, language: str = "en") -> str:
        """The short name in a language, in English where the data has none."""
        return self.names.get(language) or self.names["en"]


@cache
def countries() -> dict[str, Country]:
    """Every country and area, by its two-letter code."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["iso2"]: _country(row) for row in csv.DictReader(file)}


def _country(row: dict[str, str]) -> Country:
    names = {key.removeprefix("short_"): value for key, value in row.items() if key.startswith("short_") and value}
    since = row["un_member_since"]
    return Country(row["iso2"], names, int(since) if since else None, row["un_regional_group"] or None)


def country_name(code: str, language: str = "en") -> str:
    """The short name of a country code; refuses an unknown code with KeyError."""
    return countries()[code].name(language)
