"""What people enter in the tests."""

from dataclasses import replace
from typing import Any

from meetings.people.queries import Application, Particulars

PARTICULARS = Particulars(
    function="Head of the human rights office",
    organisation="Demonstration City",
    category="local_and_regional_governments",
    country="ES",
    languages=("en",),
    attendance="online",
    accessibility=None,
    gender=None,
    consent_listed=True,
    consent_photographed=False,
    consent_recorded=False,
)
APPLICATION = Application(
    honorific="Ms.",
    given="Ana",
    family="Demonstration",
    name_order="given_family",
    email="ana@example.org",
    particulars=PARTICULARS,
)


def application(email: str = "ana@example.org", **values: Any) -> Application:
    """An application from this address; `values` of the application or of its particulars."""
    own = {name: values.pop(name) for name in list(values) if name in Application.__slots__}
    return replace(APPLICATION, email=email, particulars=replace(PARTICULARS, **values), **own)
