"""The rapporteur's list of written submissions, and what can be changed of one that was listed by hand."""

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, transaction
from meetings.models.inputs import Submission
from meetings.models.message import Event
from meetings.models.report import Point
from tests import factories
from tests.client import Client
from tests.conftest import ExactQueries
from tests.page_lint import Page, text_of
from tests.report.house import House, build


@pytest.fixture
def house(app: Flask, client: Client) -> House:
    house = build()
    house.enter(client)
    return house


def test_a_submission_is_listed_changed_and_counted(house: House, client: Client) -> None:
    answer = client.submit(
        f"{house.url}/new-input",
        {
            "organisation": str(house.city.id),
            "consent": "named",
            "received": "2025-10-01",
            "themes": "Housing, Funding",
        },
    )
    page = Page(answer.data)
    assert "City of Fez" in text_of(page.root)
    assert "1 submission" in text_of(page.root)
    (row,) = db.session.scalars(sa.select(Submission))
    assert (row.organisation_id, row.category, row.consent, row.themes) == (
        house.city.id,
        None,
        "named",
        ["Housing", "Funding"],
    )
    client.submit(f"{house.url}/inputs/{row.key}", {"title": "Our view"}, button="Save")
    db.session.expire_all()
    assert (row.title, row.version) == ("Our view", 2)
    assert "draws on one written submission" in text_of(client.page(f"{house.url}/report/").root)


def test_a_submission_saved_unchanged_changes_nothing(house: House, client: Client) -> None:
    with transaction():
        row = Submission(
            meeting_id=house.meeting.id,
            key="in1",
            organisation_id=house.city.id,
            category="academia",
            themes=["Peace, justice", "Housing"],
            consent="named",
            title="Ours",
        )
        db.session.add(row)
    before = {c.key: getattr(row, c.key) for c in sa.inspect(Submission).columns}
    form = client.form(f"{house.url}/inputs/in1", button="Save")
    assert client.send(form, form.fields, follow=False).status_code == 303
    db.session.refresh(row)
    assert {c.key: getattr(row, c.key) for c in sa.inspect(Submission).columns} == before
    assert list(db.session.scalars(sa.select(Event))) == []


def test_a_submission_that_another_rapporteur_changed_is_shown_beside(
    house: House, client: Client, new_client: type[Client]
) -> None:
    client.submit(f"{house.url}/new-input", {"title": "First"})
    key = db.session.scalars(sa.select(Submission.key)).one()
    other = new_client()
    house.enter(other)
    form = client.form(f"{house.url}/inputs/{key}", button="Save")
    other.submit(f"{house.url}/inputs/{key}", {"title": "Theirs", "consent": "anonymous"}, button="Save")
    answer = client.send(form, form.filled({"title": "Mine"}))
    assert answer.status_code == 409
    assert [text_of(e) for e in Page(answer.data).elements("dd")] == ["Yes, without the name", "Theirs"]


def test_a_submission_goes_only_while_no_point_rests_on_it(house: House, client: Client) -> None:
    client.submit(f"{house.url}/new-input", {})
    row = db.session.scalars(sa.select(Submission)).one()
    with transaction():
        db.session.add(Point(meeting_id=house.meeting.id, submission_id=row.id, text="t", themes=[]))
    answer = client.submit(f"{house.url}/inputs/{row.key}", button="Take it off the list")
    assert "Points rest on this submission" in answer.text
    with transaction() as session:
        session.execute(sa.delete(Point))
    answer = client.submit(f"{house.url}/inputs/{row.key}", button="Take it off the list")
    assert "The submission was taken off the list." in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Submission.id))) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_submissions_takes_the_same_statements(
    house: House, client: Client, exact_queries: ExactQueries, number: int
) -> None:
    with transaction():
        for place in range(number):
            body = factories.organisation(house.meeting)
            db.session.add(
                Submission(meeting_id=house.meeting.id, key=f"in{place}", organisation_id=body.id, themes=[])
            )
    url = f"{house.url}/inputs/"
    with exact_queries(11):
        client.page(url)
