"""The helper that other tests sign in with does what the mailed link does."""

import pytest
from flask import Flask

from meetings import access
from meetings.access import Audience, allow
from meetings.database import transaction
from tests import factories
from tests.client import Client
from tests.signing_in import sign_in


@pytest.mark.own_app("it adds a view")
def test_the_helper_signs_a_browser_in(app: Flask, client: Client) -> None:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")

    @app.get("/who")
    @allow(Audience.ORGANISER)
    def who() -> dict[str, str]:
        return {"actor": access.actor().label}

    sign_in(client, account)
    assert client.get("/who").json == {"actor": f"account:{account.id}"}
