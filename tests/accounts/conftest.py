"""Fixtures for the tests of accounts: a stand-in for Microsoft Entra ID, and the application that people come from."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from meetings import microsoft as application
from tests.fake_microsoft import FakeMicrosoft, fake_microsoft


@pytest.fixture(scope="session")
def entra_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeMicrosoft]:
    """The stand-in for Microsoft, for all tests."""
    with fake_microsoft(tmp_path_factory.mktemp("microsoft")) as fake:
        yield fake


@pytest.fixture
def entra(app: Flask, entra_server: FakeMicrosoft) -> Iterator[FakeMicrosoft]:
    """The stand-in, fresh; people may sign in by it, and the application is registered there."""
    entra_server.reset()
    chosen = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(chosen, **entra_server.settings, entra_sign_in="on")
    entra_server.redirect_addresses = [f"{chosen.base_url}/sign-in/entra/back"]
    yield entra_server
    application.forget()
