"""A session with a floor, participants who may ask for it, and short ways to act on it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from meetings.database import db, transaction
from meetings.floor import commands, queries
from meetings.journal import Actor
from meetings.models.floor import Floor, FloorRequest, Turn
from meetings.models.meeting import Meeting, Session
from meetings.models.message import Event
from meetings.models.people import Registration
from tests import factories

CHAIR = Actor("account:1")
NOON = dt.datetime(2025, 11, 26, 11, 0, tzinfo=dt.UTC)


@dataclass
class Scene:
    """A floor and its participants. `act` does a command as the chair who sees the newest list, at `now`."""

    meeting: Meeting
    session: Session
    now: dt.datetime = NOON
    registrations: list[Registration] = field(default_factory=list)

    def after(self, **duration: float) -> "Scene":
        """Let time pass."""
        self.now += dt.timedelta(**duration)
        return self

    @property
    def floor(self) -> Floor:
        """The floor as it stands."""
        db.session.rollback()
        return db.session.get_one(Floor, self.session.id)

    def request(self, request_id: int) -> FloorRequest:
        """A request as it stands."""
        db.session.rollback()
        return db.session.get_one(FloorRequest, request_id)

    def status(self, request_id: int) -> str:
        """Where a request stands."""
        return self.request(request_id).status

    def turn(self, request_id: int) -> Turn:
        """The last turn of a request."""
        return self.request(request_id).turns[-1]

    def participant(self, **values: Any) -> Registration:
        """One more confirmed participant, of an organisation of their own."""
        with transaction():
            registration = factories.registration(self.meeting, **values)
        self.registrations.append(registration)
        return registration

    def ask(self, registration: Registration | None = None, **values: Any) -> int:
        """A participant (a new one unless given) asks for the floor; gives the request's id."""
        registration = registration or self.participant()
        details: dict[str, Any] = {
            "capacity": "joint" if values.get("on_behalf_of") else "organisation",
            **dict.fromkeys(("on_behalf_of", "language", "topic", "statement", "latest_seen")),
        }
        return commands.ask(
            session_id=self.session.id,
            registration_id=registration.id,
            actor=Actor.registration(registration.id),
            now=self.now,
            **(details | values),
        ).request_id

    def act(self, command: Callable[..., Any], request_id: int | None = None, **values: Any) -> Any:
        """The chair acts, having seen the newest list unless a version is given; with a reason where one is due."""
        target = {} if request_id is None else {"request_id": request_id}
        version = values.pop("version", None) or self.floor.version
        if command in (commands.decline, commands.move):
            values = {"reason": "balance between the categories"} | values
        return command(session_id=self.session.id, version=version, actor=CHAIR, now=self.now, **target, **values)

    def speak(self, request_id: int, seconds: float = 60) -> int:
        """Somebody has the floor for so long; gives the request's id."""
        self.act(commands.give_floor, request_id)
        self.after(seconds=seconds).act(commands.end, request_id)
        return request_id

    def order(self, policy: str, **values: Any) -> None:
        """The chair orders the list by a rule."""
        rule: dict[str, Any] = {"priority": False, "quotas": {}, "seed": None}
        self.act(commands.apply_order, policy=policy, **(rule | values))

    def add_speaker(self, name: str | None = "Demonstration Guest", **values: Any) -> int:
        """The chair adds somebody who is not registered, of no organisation unless one is given."""
        blank = dict.fromkeys(("organisation", "category", "country", "language", "seat", "on_behalf_of"))
        request_id: int = self.act(
            commands.add_speaker, **(blank | {"name": name, "capacity": "organisation"} | values)
        )
        return request_id

    def set(self, **changed: Any) -> None:
        """The chair changes some of the floor's settings and saves the others as they are."""
        names = ("limit_ms", "limits_ms", "minimum_ms", "warning_ms", "asking_opens", "asking_closes")
        floor = self.floor
        settings = {name: getattr(floor, name) for name in (*names, "max_requests", "per_organisation")}
        self.act(commands.set_settings, **(settings | changed))

    def last_event(self) -> Event:
        """The newest line of the log."""
        db.session.rollback()
        return db.session.scalars(sa.select(Event).order_by(Event.id.desc()).limit(1)).one()

    def undo(self, event_id: int | None = None, **values: Any) -> None:
        """The chair undoes an act: the newest line of the log, unless another is given."""
        self.act(commands.undo, event_id=event_id or self.last_event().id, **values)

    def state(self) -> queries.FloorState:
        """How the floor stands now."""
        db.session.rollback()
        head = queries.floor_head_by_id(self.session.id, self.now)
        assert head is not None
        return queries.floor_state(head, self.now)

    def do(self, command: Callable[..., Any], request_id: int, *, by: Registration | None = None, **values: Any) -> Any:
        """A participant (who made the request, unless told otherwise) acts on a request."""
        registration_id = by.id if by else self.request(request_id).registration_id
        actor = Actor.registration(registration_id or 0)
        return command(request_id=request_id, registration_id=registration_id, actor=actor, now=self.now, **values)

    def waiting(self) -> list[int]:
        """The ids of those who wait, in order."""
        rows = db.session.scalars(
            sa.select(FloorRequest)
            .where(FloorRequest.session_id == self.session.id)
            .where(FloorRequest.status.in_(["requested", "called", "set_aside"]))
            .order_by(FloorRequest.rank, FloorRequest.id)
        )
        return [row.id for row in rows]

    def events(self, kind: str) -> list[Event]:
        """The lines of the log of one kind."""
        return list(db.session.scalars(sa.select(Event).where(Event.kind == kind).order_by(Event.id)))


def make_scene(**floor: Any) -> Scene:
    """A session with a floor (45 minutes, two minutes a speaker, at least 30 seconds, unless told otherwise)."""
    with transaction():
        meeting = factories.meeting()
        session = factories.session(meeting, kind="interactive_dialogue")
        factories.floor(session, **floor)
    return Scene(meeting, session)
