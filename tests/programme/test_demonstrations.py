"""The real dialogues give just the warnings that they deserve, and every page of theirs opens."""

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.models.meeting import Meeting
from meetings.programme import queries
from meetings.programme.queries.oddities import every_session, oddities
from meetings.transfer.commands import load_demonstration
from tests import factories
from tests.client import Client
from tests.exports.reading import texts
from tests.page_lint import text_of
from tests.signing_in import sign_in


@pytest.fixture
def slugs(app: Flask) -> list[str]:
    load_demonstration(now=now())
    return list(db.session.scalars(sa.select(Meeting.slug)))


def test_only_the_three_blocs_of_2019_are_too_long(slugs: list[str]) -> None:
    found = {}
    for slug in slugs:
        head = queries.meeting_head(slug)
        assert head is not None
        programme = queries.programme(head.id, private=True)
        labels = {each.id: each.title for each in every_session(programme)}
        found[slug] = [
            (str(odd.kind), labels[odd.sessions[0]].partition(":")[0], odd.minutes, odd.available)
            for odd in oddities(programme)
        ]
    assert {slug: odd for slug, odd in found.items() if odd} == {
        "geneva-2019-06": [("parts_too_long", "Local governments promoting and protecting human rights", 135, 120)]
    }


def test_every_page_and_file_of_a_real_dialogue_opens(slugs: list[str], client: Client) -> None:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    for slug in slugs:
        for path in ("", "programme.ics", "programme.docx", "concept-note.docx"):
            assert client.get(f"/meetings/{slug}/{path}").status_code == 200, path
        for path in ("", "particulars", "concept-note", "programme", "people", "publish", "export.yaml"):
            assert client.get(f"/meetings/{slug}/organise/{path}").status_code == 200, path


def test_who_held_a_function_in_the_past_is_former_wherever_the_programme_stands(
    slugs: list[str], client: Client
) -> None:
    address = "/meetings/expert-meeting-2023-08/"
    page = client.page(address)
    assert "former Special Rapporteur on the right to adequate housing" in text_of(page.root)
    for path in ("programme.docx", "concept-note.docx"):
        read = "\n".join(texts(client.get(f"{address}{path}").data))
        assert "Mr. Miloon Kothari, former Special Rapporteur on the right to adequate housing" in read
