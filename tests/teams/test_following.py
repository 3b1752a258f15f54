"""Online meetings that follow the programme: made, renamed, moved and deleted, each exactly once."""

import datetime as dt
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings import database, outbox
from meetings.database import db, transaction
from meetings.invitations.commands import bring_up_to_date
from meetings.journal import Actor
from meetings.models.meeting import Meeting, Sitting
from meetings.models.message import Event, Job, Message
from meetings.models.people import Registration
from meetings.models.programme import ProgrammeVersion
from meetings.programme import commands as programme
from meetings.programme.queries import meeting_head
from meetings.programme.queries.published import content_of, newest_version, online_meetings
from meetings.publishing import commands as publishing
from meetings.refusals import Stale
from meetings.teams import commands, graph, jobs, queries
from meetings.teams.queries import Settings
from meetings.worker import make_worker
from tests import factories
from tests.conftest import Clock
from tests.fake_microsoft import ORGANISER, FakeMicrosoft
from tests.teams.conftest import configure, work

ME = Actor("account:1")
DAY = dt.date(2027, 7, 22)
ZOOM = "https://zoom.example.org/j/1"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A published meeting with two sittings, in July in Mexico City, and somebody confirmed who joins online."""
    with transaction():
        made = factories.meeting(
            slug="here", title="Diálogo", timezone="America/Mexico_City", start_date=DAY, end_date=DAY, mode="hybrid"
        )
        factories.sitting(made, key="morning")
        factories.sitting(made, key="afternoon", start=dt.time(15), end=dt.time(18))
        factories.registration(made, status="confirmed", attendance="online")
    return made


def follow(meeting: Meeting, *, version: bool = False) -> None:
    """What publishing does; with `version`, a new version of the programme is written first."""
    with transaction():
        if version:
            publish(meeting)
        commands.follow_programme(meeting_id=meeting.id, actor=ME, now=database.now())


def publish(meeting: Meeting) -> None:
    """Write down the programme as it stands, as its next version."""
    head = meeting_head(meeting.slug)
    assert head is not None
    last = newest_version(meeting.id)
    db.session.add(
        ProgrammeVersion(
            meeting_id=meeting.id,
            number=last.number + 1 if last else 1,
            published_at=database.now(),
            content=content_of(head),
        )
    )
    db.session.flush()


def change(key: str = "morning", **values: Any) -> None:
    """Edit a sitting's row."""
    with transaction():
        for name, value in values.items():
            setattr(row(key), name, value)


def row(key: str = "morning") -> Sitting:
    """A sitting's row."""
    return db.session.scalars(sa.select(Sitting).where(Sitting.key == key)).one()


def remove(meeting: Meeting, key: str = "morning") -> None:
    """Remove a sitting on the programme's page."""
    programme.remove_sitting(meeting_id=meeting.id, key=key, actor=ME, now=database.now())


def starts(microsoft: FakeMicrosoft) -> list[str]:
    """When Teams' online meetings start."""
    return sorted(each["startDateTime"] for each in microsoft.meetings.values())


def jobs_of(kind: str) -> int:
    """How many jobs of this kind were ever written."""
    return db.session.scalar(sa.select(sa.func.count()).where(Job.kind == kind)) or 0


def kinds() -> list[str]:
    """What the log says, from the beginning."""
    return list(db.session.scalars(sa.select(Event.kind).order_by(Event.id)))


def test_publishing_makes_one_online_meeting_for_each_sitting(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting, version=True)
    follow(meeting)
    assert jobs_of(queries.CREATE) == 2
    work(app)
    assert starts(microsoft) == ["2027-07-22T15:00:00Z", "2027-07-22T21:00:00Z"]
    links = {each["joinWebUrl"] for each in microsoft.meetings.values()}
    assert {row("morning").join_url, row("afternoon").join_url} == links
    follow(meeting)
    follow(meeting, version=True)
    assert work(app) == 0
    assert (microsoft.times("POST"), microsoft.times("PATCH"), microsoft.times("DELETE")) == (2, 2, 0)


@pytest.mark.parametrize(
    "values", [{"mode": "in_person"}, {"published_at": None}, {"start_date": dt.date(2020, 7, 22)}]
)
def test_no_link_is_made_where_nobody_would_join(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, values: dict[str, Any]
) -> None:
    with transaction() as session:
        own = session.get_one(Meeting, meeting.id)
        for name, value in values.items():
            setattr(own, name, value)
        if "start_date" in values:
            for sitting in own.sittings:
                sitting.date = values["start_date"]
    follow(meeting)
    assert jobs_of(queries.CREATE) == 0


def test_no_link_is_made_without_graph_nor_over_a_pasted_one(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    configure(app, graph_organiser=None)
    follow(meeting)
    assert jobs_of(queries.CREATE) == 0
    configure(app, **microsoft.settings)
    change(join_url=ZOOM)
    follow(meeting)
    work(app)
    assert row("morning").join_url == ZOOM
    assert len(microsoft.meetings) == 1


@pytest.mark.parametrize(
    ("of", "values", "told"),
    [
        ("meeting", {"title": "Otro título"}, {"subject": "Otro título, 2027-07-22 09:00 (America/Mexico_City)"}),
        ("meeting", {"timezone": "Asia/Kathmandu"}, {"startDateTime": "2027-07-22T03:15:00Z"}),
        ("sitting", {"start": dt.time(8)}, {"startDateTime": "2027-07-22T14:00:00Z"}),
        ("sitting", {"end": dt.time(12)}, {"endDateTime": "2027-07-22T18:00:00Z"}),
        ("sitting", {"date": dt.date(2027, 7, 23)}, {"startDateTime": "2027-07-23T15:00:00Z"}),
    ],
)
def test_what_changes_is_told_to_teams_once_and_keeps_the_link(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, of: str, values: dict[str, Any], told: dict[str, str]
) -> None:
    follow(meeting, version=True)
    work(app)
    link = row().join_url
    with transaction() as session:
        changed: Any = row() if of == "sitting" else session.get_one(Meeting, meeting.id)
        for name, value in values.items():
            setattr(changed, name, value)
    follow(meeting)
    assert work(app) == 0  # the version holds; what is still being worked on is nobody's business
    follow(meeting, version=True)
    follow(meeting)
    work(app)
    (known,) = [each for each in microsoft.meetings.values() if each["joinWebUrl"] == link]
    assert {name: known[name] for name in told} == told
    assert row().join_url == link
    assert microsoft.times("PATCH") == 2 + (2 if of == "meeting" else 1)
    assert microsoft.times("POST") == 2


def test_a_room_or_an_interpretation_is_no_matter_for_teams(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting, version=True)
    work(app)
    change(room="Sala 2", interpretation=["es"])
    follow(meeting, version=True)
    assert work(app) == 0


def test_a_removed_sitting_s_online_meeting_is_deleted_when_that_is_published(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting, version=True)
    work(app)
    link = row().join_url
    remove(meeting)
    work(app)
    assert len(microsoft.meetings) == 2  # people still have it in their calendars
    version = newest_version(meeting.id)
    assert version is not None
    assert online_meetings(version)["morning"].join_url == link
    follow(meeting, version=True)
    follow(meeting)
    assert work(app) == 1
    assert starts(microsoft) == ["2027-07-22T21:00:00Z"]
    assert (microsoft.times("DELETE"), jobs_of(queries.DELETE)) == (1, 1)


def test_a_sitting_removed_from_a_draft_is_deleted_at_once(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting)
    work(app)
    with transaction() as session:
        session.get_one(Meeting, meeting.id).published_at = None
    remove(meeting)
    work(app)
    assert starts(microsoft) == ["2027-07-22T21:00:00Z"]


def test_a_meeting_made_a_draft_again_keeps_its_online_meetings(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting, version=True)
    work(app)
    link = row().join_url
    publishing.unpublish(meeting_id=meeting.id, actor=ME, now=database.now())
    follow(meeting)
    publishing.publish(meeting_id=meeting.id, actor=ME, now=database.now())
    follow(meeting, version=True)
    work(app)
    assert row().join_url == link
    assert microsoft.times("DELETE") == 0


def test_a_pasted_link_takes_the_place_of_the_made_one(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting) -> None:
    follow(meeting, version=True)
    work(app)
    commands.paste_link(slug="here", key="morning", url=ZOOM, actor=ME, now=database.now())
    assert (row().teams_id, row().teams_state, row().teams_fingerprint) == (None, None, None)
    work(app)
    assert starts(microsoft) == ["2027-07-22T21:00:00Z"]
    commands.paste_link(slug="here", key="morning", url="", actor=ME, now=database.now())
    commands.create_link(slug="here", key="morning", actor=ME, now=database.now())
    work(app)
    assert starts(microsoft) == ["2027-07-22T15:00:00Z", "2027-07-22T21:00:00Z"]
    assert row().teams_state == "made"


def test_the_next_online_meeting_is_another_one_while_the_former_is_still_being_deleted(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting)
    work(app)
    former = row().join_url
    commands.paste_link(slug="here", key="morning", url="", actor=ME, now=database.now())
    db.session.execute(sa.update(Job).where(Job.kind == queries.DELETE).values(due=database.now() + dt.timedelta(1)))
    db.session.commit()
    commands.create_link(slug="here", key="morning", actor=ME, now=database.now())
    work(app)
    link = row().join_url
    assert link not in (None, former)
    db.session.execute(sa.update(Job).where(Job.kind == queries.DELETE).values(due=database.now()))
    db.session.commit()
    work(app)
    assert link in {each["joinWebUrl"] for each in microsoft.meetings.values()}
    assert len(microsoft.meetings) == 2


def test_what_was_made_for_a_sitting_that_wants_it_no_more_is_deleted(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting)
    known = queries.online_sitting(row().id)
    assert known is not None
    make = dict(db.session.scalars(sa.select(Job).where(Job.kind == queries.CREATE)).first().payload)  # type: ignore[union-attr]
    db.session.execute(sa.update(Job).values(attempts=1))  # a worker has begun with it …
    db.session.commit()
    with app.test_request_context():
        made = graph.create_or_get(app.config["SETTINGS"], known.external_id, known.what)
        commands.paste_link(slug="here", key="morning", url=ZOOM, actor=ME, now=database.now())
        # … and comes back with the answer:
        commands.keep_link(
            meeting_id=meeting.id,
            sitting_id=known.sitting_id,
            external_id=known.external_id,
            teams_id=made.id,
            join_url=made.join_url,
            now=database.now(),
        )
    assert row().join_url == ZOOM
    work(app)
    assert starts(microsoft) == ["2027-07-22T21:00:00Z"]
    # The same where another one is asked for by then:
    with app.test_request_context():
        made = graph.create_or_get(app.config["SETTINGS"], known.external_id, known.what)
        commands.paste_link(slug="here", key="morning", url="", actor=ME, now=database.now())
        commands.create_link(slug="here", key="morning", actor=ME, now=database.now())
        commands.keep_link(
            meeting_id=meeting.id,
            sitting_id=known.sitting_id,
            external_id=known.external_id,
            teams_id=made.id,
            join_url=made.join_url,
            now=database.now(),
        )
        assert row().teams_state == "asked"
        commands.paste_link(slug="here", key="morning", url=ZOOM, actor=ME, now=database.now())
    work(app)
    assert starts(microsoft) == ["2027-07-22T21:00:00Z"]
    # Or it dies, and the next one finds that nobody wants it any more:
    with app.test_request_context():
        graph.create_or_get(app.config["SETTINGS"], known.external_id, known.what)
        jobs.create_link(make)
    assert starts(microsoft) == ["2027-07-22T21:00:00Z"]


def test_a_sitting_removed_while_its_link_is_being_made_leaves_nothing_behind(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting)
    remove(meeting)
    work(app)
    assert starts(microsoft) == ["2027-07-22T21:00:00Z"]


def test_what_was_given_up_but_may_have_been_heard_is_deleted(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, clock: Clock
) -> None:
    change("afternoon", join_url=ZOOM)
    follow(meeting)
    known = queries.online_sitting(row().id)
    assert known is not None
    with app.test_request_context():
        graph.create_or_get(app.config["SETTINGS"], known.external_id, known.what)  # the answer was lost
    for _ in range(outbox.MAX_ATTEMPTS):
        microsoft.refuse(504)
        clock.advance(hours=2)
        work(app)
    assert row().teams_state == "failed"
    commands.paste_link(slug="here", key="morning", url=ZOOM, actor=ME, now=database.now())
    work(app)
    assert microsoft.meetings == {}


def test_what_was_refused_at_once_is_not_asked_for_again_to_be_deleted(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    change("afternoon", join_url=ZOOM)
    microsoft.refuse(403)
    follow(meeting)
    work(app)
    assert row().teams_state == "failed"
    commands.paste_link(slug="here", key="morning", url=ZOOM, actor=ME, now=database.now())
    assert work(app) == 0
    assert microsoft.graph_requests == 1


def test_an_online_meeting_that_is_gone_is_made_anew_and_calendars_follow(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting, version=True)
    work(app)
    invite(meeting)
    former = row().join_url
    microsoft.meetings = {key: each for key, each in microsoft.meetings.items() if each["joinWebUrl"] != former}
    change(start=dt.time(8))
    follow(meeting, version=True)
    invite(meeting)
    work(app)
    assert starts(microsoft) == ["2027-07-22T14:00:00Z", "2027-07-22T21:00:00Z"]
    assert row().join_url in {each["joinWebUrl"] for each in microsoft.meetings.values()}
    assert row().join_url != former
    assert "sitting.teams_replaced" in kinds()
    last = db.session.scalars(sa.select(Message).order_by(Message.id.desc()).limit(1)).one()
    assert str(row().join_url) in last.text
    version = newest_version(meeting.id)
    assert version is not None
    assert online_meetings(version)["morning"].join_url == row().join_url


def test_a_user_that_is_gone_costs_nobody_the_link(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting) -> None:
    follow(meeting)
    work(app)
    link = row().join_url
    configure(app, graph_organiser="nobody")
    change(start=dt.time(8))
    follow(meeting)
    work(app)
    assert (row().join_url, row().teams_state) == (link, "made")
    assert "GRAPH_ORGANISER" in str(row().teams_error)
    configure(app, graph_organiser=ORGANISER)
    commands.tell_again(slug="here", key="morning", actor=ME, now=database.now())
    work(app)
    assert row().teams_error is None
    assert starts(microsoft) == ["2027-07-22T14:00:00Z", "2027-07-22T21:00:00Z"]


def test_what_cannot_be_deleted_is_shown_until_it_is(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting) -> None:
    follow(meeting)
    work(app)
    commands.paste_link(slug="here", key="morning", url="", actor=ME, now=database.now())
    microsoft.refuse(403)
    work(app)
    (left,) = queries.left_over(meeting.id)
    assert "OnlineMeetings.ReadWrite.All" in left.reason
    commands.delete_again(slug="here", job_id=left.job_id, actor=ME, now=database.now())
    work(app)
    assert queries.left_over(meeting.id) == []
    assert len(microsoft.meetings) == 1


def test_throttled_deletions_and_changes_wait(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, clock: Clock
) -> None:
    follow(meeting)
    work(app)
    change(start=dt.time(8))
    follow(meeting)
    microsoft.refuse(429, Retry_After="7.5")
    work(app)
    assert row().teams_fingerprint is not None
    assert starts(microsoft)[0] == "2027-07-22T15:00:00Z"
    clock.advance(seconds=8)
    work(app)
    assert starts(microsoft)[0] == "2027-07-22T14:00:00Z"


def test_the_organisers_choices_reach_every_online_meeting_at_once(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting, version=True)
    work(app)
    before, after = Settings("organization", "organization"), Settings("everyone", "organizer")
    commands.choose_settings(slug="here", to=before, shown=before, actor=ME, now=database.now())
    assert work(app) == 0
    commands.choose_settings(slug="here", to=after, shown=before, actor=ME, now=database.now())
    with pytest.raises(Stale):
        commands.choose_settings(slug="here", to=before, shown=before, actor=ME, now=database.now())
    work(app)
    told = {(each["lobbyBypassSettings"]["scope"], each["allowedPresenters"]) for each in microsoft.meetings.values()}
    assert told == {("everyone", "organizer")}


def test_two_workers_at_once_do_each_thing_once(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting) -> None:
    with transaction():
        for number in range(6):
            factories.sitting(meeting, key=f"more-{number}", start=dt.time(number), end=dt.time(number, 30))
    follow(meeting, version=True)
    microsoft.delay_seconds = 0.02
    two_workers(app)
    assert (microsoft.times("POST"), microsoft.times("PATCH")) == (8, 8)
    with transaction():
        for number in range(6):
            row(f"more-{number}").end = dt.time(number, 45)
            if number < 3:
                db.session.delete(row(f"more-{number}"))
    follow(meeting, version=True)
    follow(meeting)
    two_workers(app)
    assert (microsoft.times("PATCH"), microsoft.times("DELETE")) == (11, 3)
    assert len(microsoft.meetings) == 5
    assert db.session.scalars(sa.select(Job.state).where(Job.state != "done")).all() == []


def two_workers(app: Flask) -> None:
    """Let two workers do all that is due."""
    db.session.rollback()
    at = database.now() + dt.timedelta(minutes=1)  # later than what the jobs themselves will ask for

    def run(name: str) -> None:
        worker = make_worker(app, name)
        while worker.run_once(at=at):
            pass

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_same_change_told_by_two_workers_is_noted_once(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting)
    work(app)
    change(start=dt.time(8))
    first = queries.online_sitting(row().id)
    change(start=dt.time(7))
    second = queries.online_sitting(row().id)
    assert first is not None and second is not None  # noqa: PT018  # for the type checker
    commands.note_told(known=second, now=database.now())
    commands.note_told(known=second, now=database.now())
    assert row().teams_fingerprint == second.what.fingerprint
    commands.note_told(known=first, now=database.now())  # it came late: who knows what Teams heard last
    assert row().teams_fingerprint is None
    work(app)
    assert starts(microsoft)[0] == "2027-07-22T13:00:00Z"


def test_the_first_invitations_wait_for_links_that_are_being_made(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    follow(meeting, version=True)
    assert queries.links_are_coming(meeting.id, database.now())
    work(app)
    assert not queries.links_are_coming(meeting.id, database.now())
    assert texts() == []  # who is to be told of the version is told by who publishes it, and finds the link there
    invite(meeting)
    assert ["https://teams.microsoft.com/" in text for text in texts()] == [True, True]


def test_links_that_do_not_come_are_not_waited_for(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting, clock: Clock
) -> None:
    follow(meeting, version=True)
    clock.advance(minutes=10)
    assert not queries.links_are_coming(meeting.id, database.now())


def test_links_that_were_given_up_are_not_waited_for(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting) -> None:
    follow(meeting, version=True)
    microsoft.refuse(403)
    microsoft.refuse(403)
    work(app)
    assert not queries.links_are_coming(meeting.id, database.now())


def test_a_link_that_comes_late_is_an_update_to_every_calendar(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    invite(meeting)
    follow(meeting, version=True)
    work(app)
    assert ["https://teams.microsoft.com/" in text for text in texts()] == [False, False, True, True]


def test_a_pasted_link_is_an_update_to_every_calendar(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting) -> None:
    invite(meeting)
    for link in (ZOOM, ZOOM + "2", ""):
        commands.paste_link(slug="here", key="morning", url=link, actor=ME, now=database.now())
        work(app)
    assert [(ZOOM in text, ZOOM + "2" in text) for text in texts()[2:]] == [(True, False), (True, True), (False, False)]
    files = db.session.scalars(sa.select(Message.calendar).order_by(Message.id)).all()
    assert ["CONFERENCE;" in (file or b"").decode() for file in files] == [False, False, True, True, False]


def test_who_is_still_to_be_told_of_a_version_is_not_told_of_its_link_before(
    app: Flask, microsoft: FakeMicrosoft, meeting: Meeting
) -> None:
    invite(meeting)
    change(start=dt.time(8))
    with transaction():
        publish(meeting)
    commands.paste_link(slug="here", key="morning", url=ZOOM, actor=ME, now=database.now())
    work(app)
    assert len(texts()) == 2
    invite(meeting)
    assert ZOOM in texts()[2]
    assert len(texts()) == 3


def texts() -> list[str]:
    """All mails so far."""
    return list(db.session.scalars(sa.select(Message.text).order_by(Message.id)))


def invite(meeting: Meeting) -> None:
    """Tell everybody what their calendar should show."""
    bring_up_to_date(meeting_id=meeting.id, actor=ME, now=database.now())


def test_nobody_is_told_of_a_draft_s_link(app: Flask, microsoft: FakeMicrosoft, meeting: Meeting) -> None:
    with transaction() as session:
        session.get_one(Meeting, meeting.id).published_at = None
    commands.paste_link(slug="here", key="morning", url=ZOOM, actor=ME, now=database.now())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Message)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 1
