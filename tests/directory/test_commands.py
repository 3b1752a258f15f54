"""An organization is entered once, however its name is written."""

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.directory.commands import organisation_named
from meetings.models.people import Organisation
from tests import factories


@pytest.mark.parametrize(
    "again",
    ["Demonstration Cities (DCLG)", "demonstration cities", "DCLG", "The Demonstration Cities (DCLG)"],
)
def test_a_name_with_its_acronym_means_the_organization_that_it_made(app: Flask, again: str) -> None:
    with transaction():
        meeting = factories.meeting()
        first = organisation_named(meeting, "Demonstration Cities (DCLG)", "city_networks", "ES")
        assert first is not None
        assert (first.name, first.acronym, first.category, first.country) == (
            "Demonstration Cities", "DCLG", "city_networks", "ES",
        )  # fmt: skip
        assert organisation_named(meeting, again, None, None) is first
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 1


def test_the_same_name_in_another_country_is_another_organization(app: Flask) -> None:
    with transaction():
        meeting = factories.meeting()
        first, second = (organisation_named(meeting, "Demonstration Santa Fe", None, code) for code in ("AR", "US"))
    assert first is not None
    assert second is not None
    assert first.key != second.key


def test_no_name_is_no_organization(app: Flask) -> None:
    with transaction():
        assert organisation_named(factories.meeting(), "", "states", "AR") is None
