"""Statements: sent, replaced and removed by their owners, and handed out to whoever may read them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from meetings import links
from meetings.database import db, transaction
from meetings.floor import commands, forms
from meetings.floor.commands import Draft
from meetings.floor.rules import statements
from meetings.floor.rules.statements import Examined, Problem, examine
from meetings.models.floor import Statement
from meetings.models.people import Registration
from meetings.refusals import Refused
from tests import factories
from tests.client import Client
from tests.conftest import Clock
from tests.floor.reading import read
from tests.floor.scene import Scene
from tests.floor.statement_files import docx, package, pdf
from tests.page_lint import text_of
from tests.signing_in import sign_in

TYPED = Draft("as_delivered", "Thank you, Chair.", None, None)
FILE = Draft("check_against_delivery", None, "../our\u202estatement.docx", docx("Thank you"))


@pytest.fixture
def scene(new_scene: Callable[..., Scene], clock: Clock) -> Scene:
    """A session with a floor, at the time of the stopped clock."""
    scene = new_scene()
    scene.now = clock.now
    return scene


@pytest.fixture
def me(scene: Scene) -> Registration:
    return scene.participant()


@pytest.fixture
def token(app: Flask, me: Registration) -> str:
    return links.make("personal", me.id, me.link_serial)


@pytest.fixture
def url(scene: Scene, token: str) -> str:
    return f"/me/{token}/sessions/{scene.session.key}/floor"


def kept(scene: Scene, request_id: int) -> Statement | None:
    return scene.request(request_id).statement


def test_a_statement_comes_with_the_request_and_is_kept(scene: Scene) -> None:
    row = kept(scene, scene.ask(statement=FILE))
    assert row is not None
    assert (row.delivery, row.file_name, row.file_type, row.words) == (
        "check_against_delivery",
        "ourstatement.docx",
        "docx",
        2,
    )
    assert (row.size, row.content, row.for_record, row.filed_at) == (
        len(docx("Thank you")),
        FILE.content,
        False,
        scene.now,
    )
    line = scene.events("floor.statement_filed")[0]
    assert "Thank" not in str(line.after)  # the log says that it came, not what it says


def test_a_request_with_a_file_that_is_refused_is_not_made(scene: Scene) -> None:
    with pytest.raises(Refused, match="neither a Word file"):
        scene.ask(statement=Draft("as_delivered", None, "statement.pdf", b"MZ\x90\x00"))
    assert scene.waiting() == []


def test_a_statement_sent_twice_is_kept_once(scene: Scene) -> None:
    request_id = scene.ask()
    version = scene.floor.version
    assert scene.do(commands.file_statement, request_id, draft=FILE) is True
    assert scene.do(commands.file_statement, request_id, draft=FILE) is False
    assert scene.floor.version == version + 1
    assert len(scene.events("floor.statement_filed")) == 1


def test_the_file_stays_while_the_text_changes_and_the_words_are_of_what_is_spoken(scene: Scene) -> None:
    request_id = scene.ask(statement=FILE)
    scene.do(commands.file_statement, request_id, draft=TYPED)
    row = kept(scene, request_id)
    assert row is not None
    assert (row.text, row.file_type, row.words, row.delivery) == ("Thank you, Chair.", "docx", 3, "as_delivered")
    scene.do(commands.file_statement, request_id, draft=Draft("as_delivered", " ", None, None))
    row = kept(scene, request_id)
    assert row is not None
    assert (row.text, row.file_type, row.words) == (None, "docx", None)  # the stored file is not opened again
    scene.do(commands.file_statement, request_id, draft=Draft("check_against_delivery", None, None, FILE.content))
    scene.do(commands.file_statement, request_id, draft=Draft("as_delivered", None, None, None))
    row = kept(scene, request_id)
    assert row is not None
    assert (row.delivery, row.words) == ("as_delivered", 2)


def test_another_file_takes_the_place_of_the_first(scene: Scene) -> None:
    request_id = scene.ask(statement=FILE)
    scene.do(commands.file_statement, request_id, draft=Draft("as_delivered", None, "other.pdf", pdf()))
    row = kept(scene, request_id)
    assert row is not None
    assert (row.file_name, row.file_type, row.words, row.content) == ("other.pdf", "pdf", None, pdf())


def test_a_statement_is_removed_once(scene: Scene) -> None:
    request_id = scene.ask(statement=TYPED)
    for _ in range(2):
        scene.do(commands.remove_statement, request_id)
    assert kept(scene, request_id) is None
    assert len(scene.events("floor.statement_removed")) == 1


def test_an_emptied_text_is_removed(scene: Scene) -> None:
    request_id = scene.ask(statement=TYPED)
    assert scene.do(commands.file_statement, request_id, draft=Draft("as_delivered", "\x00 ", None, None)) is True
    assert kept(scene, request_id) is None


def test_the_chairs_press_is_not_made_stale_by_a_statement(scene: Scene) -> None:
    request_id = scene.ask()
    seen = scene.floor.version
    scene.do(commands.file_statement, request_id, draft=TYPED)
    scene.act(commands.give_floor, request_id, version=seen)
    scene.do(commands.file_statement, request_id, draft=FILE)  # also while they speak


@pytest.mark.parametrize("how", ["not_reached", "spoken"])
def test_afterwards_it_is_for_the_record(scene: Scene, how: str) -> None:
    request_id = scene.ask(statement=TYPED)
    if how == "spoken":
        scene.act(commands.give_floor, request_id)
        scene.act(commands.end, request_id)
    else:
        scene.act(commands.close_floor)
    row = kept(scene, request_id)
    assert row is not None
    assert not row.for_record
    assert scene.do(commands.file_statement, request_id, draft=None) is True
    assert scene.do(commands.file_statement, request_id, draft=None) is False
    row = kept(scene, request_id)
    assert row is not None
    assert (row.for_record, row.text) == (True, "Thank you, Chair.")


def test_there_is_nothing_to_file_without_a_statement(scene: Scene) -> None:
    request_id = scene.ask()
    scene.act(commands.close_floor)
    with pytest.raises(Refused, match="no statement to file"):
        scene.do(commands.file_statement, request_id, draft=None)


@pytest.mark.parametrize("status", ["withdrawn", "declined", "absent"])
def test_a_request_that_came_to_nothing_takes_no_statement(scene: Scene, me: Registration, status: str) -> None:
    with transaction():
        request = factories.floor_request(scene.session, me, status=status)
    with pytest.raises(Refused, match="No statement can be sent"):
        scene.do(commands.file_statement, request.id, draft=TYPED)


# ---- The pages


def test_a_file_is_looked_at_once_and_while_nobody_waits_for_the_floor(
    scene: Scene, client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []

    def look(content: bytes) -> Examined | Problem:
        locked.append(bool(db.session.info.get("in_transaction")))
        return examine(content)

    for module in (forms.asking, statements):
        monkeypatch.setattr(module, "examine", look)
    values: dict[str, Any] = {"file": (io.BytesIO(docx("Thank you")), "our statement.docx")}
    client.submit(url, values, button="Ask for the floor")
    assert locked == [False]
    client.submit(url, {"sent-delivery": "as_delivered"}, button="Send the statement")
    client.submit(url, {"sent-text": "Thank you"}, button="Send the statement")
    assert locked == [False]
    scene.ask(statement=FILE)  # by a way that has not looked at the file
    assert locked == [False, False]


def test_the_own_statement_comes_back_as_a_file_of_ours(
    scene: Scene, me: Registration, client: Client, token: str
) -> None:
    request_id = scene.ask(me, statement=FILE)
    answer = client.get(f"/me/{token}/requests/{request_id}/statement")
    assert answer.data == FILE.content
    assert answer.headers["Content-Disposition"] == f"attachment; filename=statement-{request_id}.docx"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_typed_statement_comes_as_a_text(scene: Scene, me: Registration, client: Client, token: str) -> None:
    request_id = scene.ask(me, statement=Draft("as_delivered", "<script>alert(1)</script> شكراً", None, None))
    answer = client.get(f"/me/{token}/requests/{request_id}/statement")
    assert answer.data.decode() == "<script>alert(1)</script> شكراً"
    assert answer.mimetype == "text/plain"


def test_the_desk_and_the_booths_read_statements_of_their_session_alone(
    app: Flask, scene: Scene, new_scene: Callable[..., Scene], new_client: Callable[[], Client]
) -> None:
    elsewhere = new_scene()
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    chair, booth = new_client(), new_client()
    sign_in(chair, account)
    here, there = scene.ask(statement=FILE), elsewhere.ask(statement=FILE)
    desk = f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}"
    interpreters = f"/interpreters/{links.make('interpreters', scene.session.id, 1)}"
    for client, base in ((chair, desk), (booth, interpreters)):
        assert client.get(f"{base}/requests/{here}/statement").data == FILE.content
        assert client.get(f"{base}/requests/{there}/statement").status_code == 404
    assert booth.get(f"{desk}/requests/{here}/statement").status_code == 302
    with transaction():
        scene.floor.interpreters_serial += 1
    assert booth.get(f"{interpreters}/requests/{here}/statement").status_code == 404


def test_a_typed_text_and_a_file_are_both_reached(
    scene: Scene, me: Registration, token: str, new_client: Callable[[], Client]
) -> None:
    with transaction():
        account = factories.account("chair@example.org", "chair", of=scene.meeting)
    chair, anybody = new_client(), new_client()
    sign_in(chair, account)
    draft = Draft("as_delivered", "شكراً\n<script>alert(1)</script>", "our statement.docx", FILE.content)
    path = f"requests/{scene.ask(me, statement=draft, language='ar')}/statement"
    for client, base in (
        (anybody, f"/me/{token}"),
        (chair, f"/meetings/{scene.meeting.slug}/floor/{scene.session.key}"),
        (anybody, f"/interpreters/{links.make('interpreters', scene.session.id, 1)}"),
    ):
        page = client.page(f"{base}/{path}")
        (text,) = (each for each in page.elements("div") if each.get("class") == "booth-text")
        assert (text.get("lang"), text_of(text)) == ("ar", "شكراً <script>alert(1)</script>")
        (link,) = (each.get("href") for each in page.elements("a") if "as=file" in (each.get("href") or ""))
        assert link is not None
        assert client.get(f"{base}/{path}{link}").data == FILE.content
        (back,) = (each.get("href") for each in page.elements("a") if text_of(each) == "Back to the floor")
        assert back is not None
        assert client.get(back).status_code == 200
        assert client.get(f"{base}/{path}").headers["Cache-Control"] == "no-store"


def test_nobody_reads_anothers_statement_by_their_own_link(
    scene: Scene, me: Registration, client: Client, token: str
) -> None:
    others, mine = scene.ask(statement=FILE), scene.ask(me)
    assert client.get(f"/me/{token}/requests/{others}/statement").status_code == 404
    assert client.get(f"/me/{token}/requests/{mine}/statement").status_code == 404
    form = client.form(f"/me/{token}/sessions/{scene.session.key}/floor", button="Send the statement")
    form.action = form.action.replace(f"/requests/{mine}/", f"/requests/{others}/")
    assert client.send(form, form.fields).status_code == 404


def test_asking_with_a_file(scene: Scene, client: Client, url: str) -> None:
    values: dict[str, Any] = {"topic": "Water", "file": (io.BytesIO(docx("Thank you")), "our statement.docx")}
    text = read(client.submit(url, values, button="Ask for the floor"))
    assert "Your statement: our statement.docx Check against delivery 2 words: about 0:01 to speak" in text
    assert scene.request(scene.waiting()[0]).topic == "Water"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("statement.pdf", b"MZ\x90\x00\x03", "neither a Word file (.docx) nor a PDF nor plain text"),
        ("statement.docx", b"", "The file is empty."),
        ("statement.docx", b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        ("statement.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected"),
        ("statement.odt", package({"mimetype": b"x"}), "neither a Word file"),
        ("cut.pdf", pdf()[:-7], "damaged or was cut off"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_nothing_typed_is_lost(
    scene: Scene, client: Client, url: str, name: str, content: bytes, said: str
) -> None:
    form = client.form(url, button="Ask for the floor")
    answer = client.send(form, form.filled({"topic": "Water", "file": (io.BytesIO(content), name)}))
    assert answer.status_code == 422
    assert said in read(answer)
    assert b'value="Water"' in answer.data
    assert scene.waiting() == []


def test_sending_replacing_and_removing_on_the_page(scene: Scene, me: Registration, client: Client, url: str) -> None:
    request_id = scene.ask(me)
    text = read(client.submit(url, {"sent-text": "Thank you"}, button="Send the statement"))
    assert "Your statement has arrived." in text
    version = scene.floor.version
    assert "had arrived already" in read(client.submit(url, button="Send the statement"))  # saved unchanged
    assert scene.floor.version == version
    assert "Your statement was removed." in read(client.submit(url, button="Remove my statement"))
    assert kept(scene, request_id) is None
    empty = client.submit(url, button="Send the statement")
    assert empty.status_code == 422
    assert "Type the text, or choose a file." in read(empty)


def test_a_text_that_is_too_long_comes_back(scene: Scene, me: Registration, client: Client, url: str) -> None:
    scene.ask(me)
    form = client.form(url, button="Send the statement")
    answer = client.send(form, form.filled({"sent-text": "long " * 7000}))
    assert answer.status_code == 422
    assert "Use at most 30000 characters" in read(answer)
    assert b"long long" in answer.data


def test_a_statement_for_a_request_that_was_declined_meanwhile_is_refused_on_the_page(
    scene: Scene, me: Registration, client: Client, url: str
) -> None:
    request_id = scene.ask(me)
    form = client.form(url, button="Send the statement")
    scene.act(commands.decline, request_id, reason="Off the topic")
    answer = client.send(form, form.filled({"sent-text": "Thank you"}))
    assert answer.status_code == 409
    assert "No statement can be sent" in read(answer)


def test_who_was_not_reached_files_with_one_button(scene: Scene, me: Registration, client: Client, url: str) -> None:
    request_id = scene.ask(me, statement=TYPED)
    scene.act(commands.close_floor)
    text = read(client.submit(url, button="File my statement for the record"))
    assert "Your statement is filed for the record." in text
    row = kept(scene, request_id)
    assert row is not None
    assert row.for_record
    buttons = [text_of(each) for each in client.page(url).elements("button")]
    assert "File my statement for the record" not in buttons


def test_the_script_is_told_where_to_go_on(scene: Scene, client: Client, url: str) -> None:
    form = client.form(url, button="Ask for the floor")
    answer = client.post(form.action, data=form.fields, headers={"Accept": "application/json"})
    assert answer.get_json() == {"next": url}
    assert "You are on the list of speakers." in read(client.get(url))
