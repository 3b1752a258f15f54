"""What everyone sees of the meetings."""

from flask import Flask

from meetings.database import transaction
from tests import factories
from tests.client import Client


def test_no_meeting_yet_is_said(app: Flask, client: Client) -> None:
    assert "No meeting has been published yet." in client.page("/").text


def test_a_published_meeting_is_listed_and_has_a_page(app: Flask, client: Client) -> None:
    with transaction():
        factories.meeting(slug="dialogue", title="A dialogue")
    assert "A dialogue" in client.page("/").text
    assert "A dialogue" in client.page("/meetings/dialogue/").text


def test_a_draft_is_not_there_for_the_public(app: Flask, client: Client) -> None:
    with transaction():
        factories.meeting(slug="draft", title="A draft", published_at=None)
    assert "A draft" not in client.page("/").text
    client.page("/meetings/draft/", status=404)
