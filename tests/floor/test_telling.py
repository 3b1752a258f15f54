"""The mails of the floor: not reached, declined, on the list again; each with the way to the page."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import links, mail
from meetings.database import db, transaction
from meetings.floor import commands
from meetings.floor.commands import Draft
from meetings.floor.commands.telling import tell_listed_again, tell_not_reached
from meetings.models.floor import Floor, FloorRequest
from meetings.models.message import Job, Message
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.floor.scene import Scene


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


def mails() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def test_who_was_not_reached_is_told_how_to_file_the_statement(app: Flask, scene: Scene, client: Client) -> None:
    heard, registration = scene.ask(), scene.participant()
    scene.act(commands.give_floor, heard)
    scene.act(commands.end, heard)
    scene.ask(registration)
    scene.act(commands.close_floor)
    (message,) = mails()
    assert message.recipient == registration.person.email
    assert message.subject == f"You were not reached: {scene.session.title}"
    assert "ran out before you were reached" in message.text
    assert "You can still send your statement" in message.text
    assert links.make("personal", registration.id, 1) not in message.text  # the secret is not stored
    assert db.session.scalar(sa.select(sa.func.count(Job.id))) == 1
    sent = mail.compose(message, app.config["SETTINGS"], message.recipient)
    page = next(line for line in sent.get_content().splitlines() if line.endswith("/floor"))
    text = client.get(page.removeprefix(app.config["SETTINGS"].base_url)).get_data(as_text=True)
    assert "File it for the record" in text


def test_who_has_sent_a_statement_is_told_that_one_press_files_it(scene: Scene) -> None:
    scene.ask(statement=Draft("as_delivered", "Thank you", None, None))
    scene.act(commands.close_floor)
    (message,) = mails()
    assert "press the button for it" in message.text


def test_closing_twice_tells_once(scene: Scene) -> None:
    scene.ask()
    for _ in range(2):
        scene.act(commands.close_floor)
    assert len(mails()) == 1


def test_who_is_declined_is_told_with_the_reason(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.decline, request_id, reason="The topic was heard twice")
    (message,) = mails()
    assert "The chair could not give you the floor." in message.text
    assert "The reason given: The topic was heard twice" in message.text


def test_who_is_on_the_list_again_is_told_with_the_way_to_the_page(app: Flask, scene: Scene) -> None:
    request_id = scene.ask()
    with transaction():
        request = db.session.get_one(FloorRequest, request_id)
        tell_listed_again(db.session.get_one(Floor, scene.session.id), request, scene.now)
    (message,) = mails()
    assert message.subject == f"You are on the list of speakers again: {scene.session.title}"
    assert "you are on the list of speakers again" in message.text
    sent = mail.compose(message, app.config["SETTINGS"], message.recipient).get_content()
    assert f"/sessions/{scene.session.key}/floor" in sent


@pytest.mark.parametrize("status", ["withdrawn", "declined"])
def test_who_no_longer_takes_part_in_the_meeting_is_not_told(scene: Scene, status: str) -> None:
    gone, there = scene.participant(), scene.participant()
    for each in (gone, there):
        scene.ask(each)
    with transaction():
        db.session.get_one(type(gone), gone.id).status = status
    scene.act(commands.close_floor)
    assert [message.recipient for message in mails()] == [there.person.email]


def test_who_has_no_address_or_registration_gets_none(scene: Scene) -> None:
    with transaction():
        person = factories.person(scene.meeting, email=None)
        factories.floor_request(scene.session)
    scene.ask(scene.participant(who=person))
    scene.act(commands.close_floor)
    assert mails() == []


def test_sixty_are_told_with_as_many_reads_as_one(scene: Scene) -> None:
    def reads(count: int) -> int:
        with transaction():
            for _ in range(count):
                factories.floor_request(scene.session, factories.registration(scene.meeting), status="not_reached")
        statements: list[str] = []

        def record(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.lstrip().upper().startswith("SELECT"):
                statements.append(statement)

        with transaction():
            floor = db.session.get_one(Floor, scene.session.id)
            requests = db.session.scalars(sa.select(FloorRequest)).all()
            sa.event.listen(db.engine, "before_cursor_execute", record)
            try:
                tell_not_reached(floor, requests, now=scene.now)
            finally:
                sa.event.remove(db.engine, "before_cursor_execute", record)
        return len(statements)

    few = reads(1)
    assert reads(60) == few
    assert len(mails()) == 62
