"""What is public of a meeting is kept while nothing changes that it is made of; whatever changes shows at once.

The changes are written as rows, by no command: nobody tells the process that has kept something.
"""

import datetime as dt
import http.client
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from meetings import kept
from meetings.database import db, now, transaction
from meetings.models.inputs import CallForInputs
from meetings.models.meeting import Meeting, MeetingOrganiser
from meetings.models.message import Event
from meetings.models.people import Organisation, Person
from meetings.models.programme import ProgrammeVersion, Speaker
from meetings.models.report import Report
from meetings.programme.queries.meetings import head_line
from meetings.programme.queries.published import content_of
from meetings.programme.views import public
from meetings.report.rules.options import from_stored, to_stored
from tests import factories
from tests.client import Client
from tests.conftest import Clock, ExactQueries
from tests.live import LiveServer, running
from tests.signing_in import sign_in

PAGE = "/meetings/m/"
FILES = ("programme.ics", "programme.docx", "concept-note.docx")
# The tables that made_of() reads; a version stands for those that it was made of.
READ = {
    "meeting", "programme_version", "person", "meeting_organiser", "organisation", "speaker", "call_for_inputs",
    "report",
}  # fmt: skip


def publish(meeting: Meeting, number: int) -> None:
    """Keep the working copy as a version."""
    content = content_of(head_line(meeting))
    db.session.add(ProgrammeVersion(meeting_id=meeting.id, number=number, content=content, published_at=now()))


def scene() -> Meeting:
    """A published meeting with a convener, a call that is not open, and a speaker who has not confirmed yet."""
    with transaction():
        meeting = factories.meeting(slug="m", background="Why we meet.", contact="a@example.org")
        organisation = factories.organisation(meeting, name="Convening Demonstration Body")
        db.session.add(MeetingOrganiser(meeting_id=meeting.id, organisation_id=organisation.id))
        session = factories.session(meeting, title="First title", description="What is planned.")
        factories.role(session, factories.person(meeting, given="Demonstration", family="Moderator"), "moderator")
        speaker = factories.person(meeting, given="Demonstration", family="Speaker")
        factories.role(session, speaker)
        db.session.add(Speaker(meeting_id=meeting.id, person_id=speaker.id, status="confirmed"))
        factories.call_for_inputs(meeting, opened_at=None)
        db.session.add(Report(meeting_id=meeting.id))
        publish(meeting, 1)
    return meeting


def texts(client: Client) -> dict[str, str]:
    """What the page and the files say, and which entity tags the files have."""
    found = {"page": re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", client.get(PAGE).text)}
    for name in FILES:
        answer = client.get(PAGE + name)
        found[name] = said(answer.data) if name.endswith("docx") and answer.status_code == 200 else answer.text
        found[f"tag of {name}"] = str(answer.headers.get("ETag"))
    return found


def said(document: bytes) -> str:
    """All that a Word file says."""
    file = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in file.paragraphs] + cells)


def set_row(model: type[db.Model], **values: object) -> None:  # type: ignore[name-defined]  # Flask-SQLAlchemy's own
    """Change all rows of a table, past every command."""
    db.session.execute(sa.update(model).values(**values))


def next_version() -> None:
    meeting = db.session.scalars(sa.select(Meeting)).one()
    meeting.sessions[0].title = "Second title"
    db.session.flush()
    publish(meeting, 2)


def protect() -> None:
    db.session.execute(sa.update(Person).where(Person.family == "Speaker").values(protected=True))


def erase() -> None:
    db.session.execute(sa.delete(Person).where(Person.family == "Speaker"))


def no_convener() -> None:
    db.session.execute(sa.delete(MeetingOrganiser))


CHANGES: dict[str, tuple[Callable[[], None], set[str]]] = {
    "a new version": (next_version, {"page", "programme.ics", "programme.docx", "concept-note.docx"}),
    "a protected person": (protect, {"page", "programme.docx", "concept-note.docx"}),
    "a person whose data is erased": (erase, {"page", "programme.docx", "concept-note.docx"}),
    "a speaker who is asked again": (lambda: set_row(Speaker, status="invited"), {"programme.docx"}),
    "the concept note": (lambda: set_row(Meeting, background="Something else."), {"page", "concept-note.docx"}),
    "the address for questions": (lambda: set_row(Meeting, contact="b@example.org"), {"page", "concept-note.docx"}),
    "the mark of a demonstration": (lambda: set_row(Meeting, demonstration=True), {"page"}),
    "the working languages": (lambda: set_row(Meeting, languages=["fr"]), {"page", "programme.docx"}),
    "the convener's name": (lambda: set_row(Organisation, name="Another Demonstration Body"), {"page"}),
    "the convener's acronym": (lambda: set_row(Organisation, acronym="ADB"), {"page"}),
    "no convener": (no_convener, {"page"}),
    "the call that is opened": (lambda: set_row(CallForInputs, opened_at=now()), {"page"}),
    "the inputs that are published": (
        lambda: set_row(Report, plan=to_stored(replace(from_stored({}), inputs_published=True))),
        {"page"},
    ),
    "a meeting that is not public any more": (
        lambda: set_row(Meeting, published_at=None),
        {"page", "programme.ics", "programme.docx", "concept-note.docx"},
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_shows_at_once(app: Flask, client: Client, what: str) -> None:
    scene()
    before = texts(client)
    assert texts(client) == before
    change, changed = CHANGES[what]
    with transaction():
        change()
    after = texts(client)
    assert {name for name in ("page", *FILES) if after[name] != before[name]} >= changed
    app.extensions["kept"] = kept.Shelf()
    assert texts(client) == after


@pytest.mark.parametrize("name", ["", *FILES])
def test_while_nothing_changes_one_statement_answers(
    app: Flask, client: Client, exact_queries: ExactQueries, clock: Clock, name: str
) -> None:
    scene()
    first = client.get(PAGE + name)
    with exact_queries(1):
        assert client.get(PAGE + name).data == first.data
    if name:
        with exact_queries(1):
            again = client.get(PAGE + name, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["", *FILES])
def test_all_that_an_answer_is_made_of_is_compared(
    app: Flask, client: Client, exact_queries: ExactQueries, name: str
) -> None:
    """What is made for the shelf reads no table that the one statement does not read; the date of a file apart."""
    scene()
    statements: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert client.get(PAGE + name).status_code == 200
    tables = {table for each in statements for table in re.findall(r'(?:FROM|JOIN|,)\s+"?([a-z_]+)"?(?= |\n|$)', each)}
    assert tables & {table.name for table in db.metadata.sorted_tables} <= READ | (
        {Event.__tablename__} if name else set()
    )
    assert len(statements) > 3


def test_a_meeting_without_a_version_is_never_kept(app: Flask, client: Client) -> None:
    with transaction():
        meeting = factories.meeting(slug="m")
        factories.session(meeting, title="First title")
    assert "First title" in client.get(PAGE).text
    with transaction():
        meeting.sessions[0].title = "Second title"
    assert "Second title" in client.get(PAGE).text
    assert app.extensions["kept"].bytes == 0


def test_what_the_clock_decides_is_told_to_the_minute(app: Flask, client: Client, clock: Clock) -> None:
    scene()
    with transaction():
        deadline = {"partner": "Everybody", "at": "2025-11-26T12:00:00", "timezone": "Europe/Zurich"}
        set_row(CallForInputs, opened_at=now(), deadlines=[deadline])
    clock.set(dt.datetime(2025, 11, 26, 11, 0, 59, tzinfo=dt.UTC))
    assert "Call for written inputs" in client.get(PAGE).text
    clock.advance(seconds=1)
    assert "Call for written inputs" not in client.get(PAGE).text
    clock.set(dt.datetime(2025, 11, 26, 22, 59, 59, tzinfo=dt.UTC))
    assert "The meeting is over." not in client.get(PAGE).text
    clock.advance(seconds=1)
    assert "The meeting is over." in client.get(PAGE).text


@pytest.fixture
def bilingual(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """English and French are offered; so each page has a form to choose, with its token."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], languages=("en", "fr")))


def test_a_draft_is_kept_for_nobody(app: Flask, new_client: Callable[[], Client]) -> None:
    """A meeting that was public has versions, and its team goes on to look at its files."""
    meeting = scene()
    with transaction():
        set_row(Meeting, published_at=None)
        account = factories.account("somebody@example.org", "organiser", of=meeting)
    visitor, member = new_client(), new_client()
    sign_in(member, account)
    for name in ("", *FILES):
        assert member.get(PAGE + name).status_code == 200
        assert visitor.get(PAGE + name).status_code == 404


def test_each_language_has_its_page(app: Flask, bilingual: None, new_client: Callable[[], Client]) -> None:
    scene()
    assert "?language=fr" in new_client().get(f"{PAGE}?language=fr").text
    for _twice in range(2):
        assert "Wednesday 26 November 2025" in new_client().get(PAGE).text
        french = new_client().get(PAGE, headers={"Accept-Language": "fr"}).text
        assert "mercredi 26 novembre 2025" in french
        assert "?language=fr" not in french
        assert "mercredi 26 novembre 2025" in new_client().get(f"{PAGE}?language=fr").text
    english = new_client()
    english.submit(PAGE, {"language": "fr"}, button="Change")
    assert "mercredi 26 novembre 2025" in english.get(PAGE).text


def test_each_visitor_has_a_token_of_their_own_that_works(
    app: Flask, bilingual: None, new_client: Callable[[], Client]
) -> None:
    scene()
    visitors = [new_client() for _ in range(3)]
    tokens = [str(visitor.form(PAGE, button="Change").fields["csrf_token"]) for visitor in visitors]
    assert len(set(tokens)) == 3
    for parts in (each.parts for each in app.extensions["kept"]._kept.values()):
        assert not [token for token in tokens if token.encode() in b"".join(parts)]
    app.config["WTF_CSRF_ENABLED"] = True
    for visitor in visitors:
        assert visitor.submit(PAGE, {"language": "fr"}, button="Change").status_code in (200, 302)


def test_who_is_signed_in_and_who_is_not_see_pages_of_their_own(app: Flask, new_client: Callable[[], Client]) -> None:
    meeting = scene()
    with transaction():
        account = factories.account("somebody@example.org", "organiser", of=meeting)
    visitor, member = new_client(), new_client()
    sign_in(member, account)
    for _twice in range(2):
        assert "Sign out" in member.get(PAGE).text
        assert "Sign out" not in visitor.get(PAGE).text


def test_a_message_is_shown_to_whom_it_is_meant_for_and_kept_for_nobody(
    app: Flask, new_client: Callable[[], Client]
) -> None:
    scene()
    told, other = new_client(), new_client()
    other.get(PAGE)
    with told.session_transaction() as session:
        session["_flashes"] = [("good", "For you alone")]
    assert "For you alone" in told.get(PAGE).text
    assert "For you alone" not in told.get(PAGE).text
    assert "For you alone" not in other.get(PAGE).text


def test_what_changes_while_a_page_is_made_is_not_kept_as_it_was_before(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change comes between the statement and what is read for the page, and is taken back: the page shows it once."""
    scene()
    page_or_404 = vars(public)["page_or_404"]

    def late(slug: str, *, working: bool) -> object:
        with another_connection() as connection:
            connection.execute(sa.update(Meeting).values(background="Meanwhile."))
        return page_or_404(slug, working=working)

    monkeypatch.setattr(public, "page_or_404", late)
    assert "Meanwhile." in client.get(PAGE).text
    monkeypatch.undo()
    with another_connection() as connection:
        connection.execute(sa.update(Meeting).values(background="Why we meet."))
    assert "Why we meet." in client.get(PAGE).text
    assert "Meanwhile." not in client.get(PAGE).text


@contextmanager
def another_connection() -> Iterator[sa.Connection]:
    """As another process has it."""
    engine = sa.create_engine(current_app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.begin() as connection:
        yield connection
    engine.dispose()


# The real server: two web processes on PostgreSQL; on SQLite one, and the test is another


def get(server: LiveServer, name: str) -> str:
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
    connection.request("GET", PAGE + name)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return said(content) if name.endswith("docx") and answer.status == 200 else content.decode()


def test_a_change_by_another_process_shows_at_once(app: Flask, backend: str, database_url: str, tmp_path: Path) -> None:
    scene()
    db.session.remove()
    workers = 2 if backend == "postgresql" else 1
    with running(tmp_path, workers=workers, DATABASE_URL=database_url, SECRET_KEY="for-tests") as server:
        for _warm in range(10 * workers):
            assert "Demonstration Speaker" in get(server, "")
            assert "Demonstration Speaker" in get(server, "programme.docx")
        with transaction():
            protect()
        for _each in range(10 * workers):
            assert "Demonstration Speaker" not in get(server, "")
            assert "Demonstration Speaker" not in get(server, "programme.docx")
        with transaction():
            set_row(Meeting, published_at=None)
        for name in ("", "programme.ics", "programme.docx"):
            for _each in range(5 * workers):
                assert "There is no such page" in get(server, name)
