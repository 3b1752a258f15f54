"""Somebody is added who is not registered: "they are in row 3"."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from meetings.database import db, transaction
from meetings.floor import commands
from meetings.models.people import Organisation, Person, Registration
from meetings.refusals import Refused, Stale
from tests import factories
from tests.floor.scene import Scene

CITY: dict[str, Any] = {
    "organisation": "Demonstration City of Fez (DCF)",
    "category": "local_and_regional_governments",
    "country": "MA",
}


def count(model: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_speaker_without_registration_waits_with_what_the_chair_typed(scene: Scene) -> None:
    other = scene.ask()
    request_id = scene.add_speaker(" Demonstration Guest ", seat=" row 3 ", language="fr", **CITY)
    row = scene.request(request_id)
    assert (row.registration_id, row.seat, row.language, row.status) == (None, "row 3", "fr", "requested")
    assert row.person is not None
    assert row.organisation is not None
    assert (row.person.name, row.person.email, row.person.organisation_id) == (
        "Demonstration Guest", None, row.organisation_id,
    )  # fmt: skip
    body = row.organisation
    assert (body.name, body.acronym, body.category, body.country) == (
        "Demonstration City of Fez", "DCF", "local_and_regional_governments", "MA",
    )  # fmt: skip
    assert scene.waiting() == [other, request_id]
    assert count(Registration) == 1
    (line,) = scene.events("floor.added")
    assert line.target == f"request:{request_id}"
    assert "Guest" not in str(line.after)  # names do not belong in the log
    scene.speak(request_id)
    assert scene.status(request_id) == "spoken"


def test_the_keys_of_those_added_are_their_own(scene: Scene) -> None:
    scene.add_speaker("Demonstration Guest", organisation="Demonstration City One")
    scene.add_speaker("Demonstration Visitor", organisation="Demonstration City Two")
    keys = [*db.session.scalars(sa.select(Person.key)), *db.session.scalars(sa.select(Organisation.key))]
    assert len(set(keys)) == 4


def test_a_name_alone_is_enough_and_so_is_an_organization(scene: Scene) -> None:
    person, body = scene.add_speaker("ممثل توضيحي"), scene.add_speaker(None, **CITY)
    assert (scene.request(person).organisation_id, scene.request(body).person_id) == (None, None)
    assert [line.name or line.organisation for line in scene.state().waiting] == [
        "ممثل توضيحي", "Demonstration City of Fez",
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["the demonstration city of FÉZ", "DCF"])
def test_an_organization_of_the_meeting_is_known_by_its_name(scene: Scene, written: str) -> None:
    with transaction():
        body = factories.organisation(
            scene.meeting, name="Demonstration City of Fez", acronym="DCF", category="academia"
        )
    request_id = scene.add_speaker(organisation=written, category="states")
    row = scene.request(request_id)
    assert row.organisation_id == body.id
    assert row.organisation is not None
    assert row.organisation.category == "academia"
    assert count(Organisation) == 1


def test_a_joint_or_national_statement_is_marked_so(scene: Scene) -> None:
    for capacity, others in (("joint", "Demonstration Cities"), ("national", None)):
        request_id = scene.add_speaker(f"Demonstration Guest {capacity}", capacity=capacity, on_behalf_of=others)
        row = scene.request(request_id)
        assert (row.capacity, row.on_behalf_of) == (capacity, others)


def test_the_chair_may_add_while_the_list_is_closed_or_full(new_scene: Callable[..., Scene]) -> None:
    scene = new_scene(list_open=False, max_requests=1)
    requests = [scene.add_speaker(f"Demonstration Guest {number}") for number in range(2)]
    assert scene.waiting() == requests


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": None}, "Enter the speaker’s name, or the organization."),
        ({"name": "  ", "organisation": " "}, "Enter the speaker’s name, or the organization."),
        ({"category": "kings"}, "There is no such category of stakeholders."),
        ({"capacity": "shouting"}, "Say on whose behalf they will speak."),
        ({"capacity": "joint", "on_behalf_of": " "}, "Name the others that the joint statement is made with."),
        (
            {"on_behalf_of": "Demonstration Cities"},
            "You have named other organizations: choose a joint statement, or leave the names out.",
        ),
    ],
)
def test_what_makes_no_speaker_is_refused_and_nothing_is_kept(
    scene: Scene, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused) as refusal:
        scene.add_speaker(**values)
    assert str(refusal.value) == message
    assert (scene.waiting(), count(Person)) == ([], 0)


def test_a_closed_floor_takes_nobody(scene: Scene) -> None:
    scene.act(commands.close_floor)
    with pytest.raises(Refused, match="The floor of this session is closed"):
        scene.add_speaker(**CITY)
    db.session.rollback()
    assert (count(Person), count(Organisation)) == (0, 0)


@pytest.mark.parametrize(
    ("allowed", "message"),
    [
        (1, "Demonstration City of Fez is on the list already: this floor lets one request of an organization wait or"
            " speak at a time."),
        (2, "Demonstration City of Fez is on the list already: this floor lets 2 requests of an organization wait or"
            " speak at a time."),
    ],
)  # fmt: skip
def test_an_organization_has_as_many_requests_open_as_the_floor_allows(
    new_scene: Callable[..., Scene], allowed: int, message: str
) -> None:
    scene = new_scene(per_organisation=allowed)
    requests = [scene.add_speaker(f"Demonstration Guest {number}", **CITY) for number in range(allowed)]
    with pytest.raises(Refused) as refusal:
        scene.add_speaker("Demonstration Visitor", **CITY)
    assert str(refusal.value) == message
    assert count(Person) == allowed
    scene.act(commands.decline, requests[0])
    scene.add_speaker("Demonstration Visitor", **CITY)


def test_a_participant_of_the_organization_counts_too(scene: Scene) -> None:
    with transaction():
        body = factories.organisation(scene.meeting, name="Demonstration City of Fez")
        person = factories.person(scene.meeting, organisation_id=body.id)
    scene.ask(scene.participant(who=person))
    with pytest.raises(Refused, match="Demonstration City of Fez is on the list already"):
        scene.add_speaker(**CITY)


def test_pressed_twice_one_is_added(scene: Scene) -> None:
    seen = scene.floor.version
    first = scene.add_speaker(version=seen, **CITY)
    assert scene.add_speaker(version=seen, **CITY) == first
    assert (scene.waiting(), count(Person), len(scene.events("floor.added"))) == ([first], 1, 1)


def test_the_same_speaker_is_not_added_again_on_purpose(scene: Scene) -> None:
    scene.add_speaker("Demonstration Guest")
    with pytest.raises(Refused, match=r"^Demonstration Guest is on the list already\.$"):
        scene.add_speaker("Demonstration Guest")


@pytest.mark.parametrize(
    ("name", "organisation"), [("Demonstration Guest", None), ("Demonstration Guest", CITY), (None, CITY)]
)
@pytest.mark.parametrize("how", ["put back", "undone"])
def test_the_same_speaker_does_not_come_back_beside_themselves(
    new_scene: Callable[..., Scene], name: str | None, organisation: dict[str, Any] | None, how: str
) -> None:
    scene = new_scene(per_organisation=2)
    first = scene.add_speaker(name, **(organisation or {}))
    scene.act(commands.mark_absent, first)
    absence = scene.last_event().id
    assert scene.state().may_return == {first}
    if how == "put back":
        second = scene.add_speaker(name, **(organisation or {}))
        with pytest.raises(Refused, match="is on the list already"):
            scene.act(commands.put_back, first)
        assert (scene.waiting(), scene.state().may_return) == ([second], frozenset())
        scene.act(commands.mark_absent, second)
    else:
        with transaction():
            row = scene.request(first)
            who: dict[str, Any] = {"person_id": row.person_id, "organisation_id": row.organisation_id}
            factories.floor_request(scene.session, status="speaking", **who)
        with pytest.raises(Refused, match="is on the list already"):
            scene.undo(absence)
        return
    scene.act(commands.put_back, first)
    assert scene.waiting() == [first]


def test_two_of_whom_nothing_is_known_come_back_both(scene: Scene) -> None:
    with transaction():
        blank = [factories.floor_request(scene.session, status="absent").id for _ in range(2)]
    for request_id in blank:
        scene.act(commands.put_back, request_id)
    assert scene.waiting() == blank


def test_a_stale_addition_is_refused(scene: Scene) -> None:
    seen = scene.floor.version
    scene.add_speaker("Demonstration Guest")
    with pytest.raises(Stale):
        scene.add_speaker("Demonstration Visitor", version=seen, **CITY)
    db.session.rollback()
    assert (count(Person), count(Organisation)) == (1, 0)
