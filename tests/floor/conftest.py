"""Sessions with a floor (tests/floor/scene.py)."""

from collections.abc import Callable

import pytest
from flask import Flask

from meetings.database import transaction
from tests import factories
from tests.client import Client
from tests.floor.scene import Scene, make_scene
from tests.signing_in import sign_in


@pytest.fixture
def new_scene(app: Flask) -> Callable[..., Scene]:
    """Makes a session with a floor; `new_scene(cap_ms=60_000)` sets what it says."""
    return make_scene


@pytest.fixture
def scene(new_scene: Callable[..., Scene]) -> Scene:
    """A session with a floor of 45 minutes, two minutes a speaker."""
    return new_scene()


@pytest.fixture
def chair(scene: Scene, client: Client) -> Client:
    """The browser of the session's chair, signed in."""
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    sign_in(client, account)
    return client
