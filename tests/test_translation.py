"""Every text a person sees can be translated: in a language nobody speaks, no plain English is left on any page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import available_timezones

import pytest
import sqlalchemy as sa
from flask import Flask

from exports.countries import countries
from meetings import create_app
from meetings.database import Base, db, transaction
from meetings.display import language_name
from meetings.report.rules.call import UN_LANGUAGES
from meetings.settings import load
from tests import pseudo
from tests.client import Client
from tests.page_lint import Page, describe
from tests.signing_in import sign_in
from tests.test_access import address, fill_house, rules

WORD = re.compile(r"[A-Za-z]{2,}")
MARKED = re.compile(f"{pseudo.OPEN}[^{pseudo.OPEN}{pseudo.CLOSE}]*{pseudo.CLOSE}")
# What is the same in all languages: addresses of mail and pages, time zones, symbols of documents.
CODES = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S*|(\d\d:\d\d )?\b[A-Z]{3,5} \([A-Z]\w+(/\w+)+\)|\d\d:\d\d [A-Z]{3,5}|A/HRC/\S+"
)
SHOWN_ATTRIBUTES = ("aria-label", "placeholder", "title", "alt")
GREEK = str.maketrans(
    "abcdefghiklmnopqrstuvwxyzjABCDEFGHIKLMNOPQRSTUVWXYZJ", "αβγδεφγηικλμνοπκρστυβωξυζιΑΒΓΔΕΦΓΗΙΚΛΜΝΟΠΚΡΣΤΥΒΩΞΥΖΙ"
)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application in English and in the language that nobody speaks."""
    pseudo.compile_into(tmp_path / "translations")
    chosen = {
        "INSTANCE_FOLDER": str(tmp_path),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "for-tests",
        "LANGUAGES": f"en {pseudo.CODE}",
        "TRANSLATIONS_FOLDER": str(tmp_path / "translations"),
    }
    application = create_app(load(chosen))
    application.testing = True
    application.test_client_class = Client
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def write_data_in_greek() -> None:
    """Put everything that people have typed into Greek letters, so that Latin ones on a page are the program's own."""
    with transaction() as session:
        for mapper in Base.registry.mappers:
            texts = [c.key for c in mapper.columns if isinstance(c.type, sa.Text) or c.key == "honorific"]
            for row in session.scalars(sa.select(mapper.class_)):
                for name in texts:
                    if isinstance(value := getattr(row, name), str) and not value.startswith("http"):
                        setattr(row, name, value.translate(GREEK))


def known_names() -> set[str]:
    """Names that come from data rather than from the program's texts."""
    languages = map(language_name, UN_LANGUAGES)
    return {each.name() for each in countries().values()} | available_timezones() | set(languages)


def plain_words(page: Page) -> list[str]:
    """The words on a page that no translator would get to see, with where they stand."""
    known = known_names()
    found = []
    for element in page.elements():
        if skipped(page, element):
            continue
        texts = texts_in(element)
        texts += [element.get(name, "") for name in SHOWN_ATTRIBUTES]
        for text in texts:
            if " ".join(text.split()) in known:
                continue
            if WORD.search(CODES.sub("", unmarked(text))):
                found.append(f"{describe(element)} {text.strip()!r}")
    return found


def texts_in(element: Element) -> list[str]:
    """The texts between an element's children; a slot, into which scripts put a value, is part of its sentence."""
    texts = [element.text or ""]
    for child in element:
        tail = child.tail or ""
        if "data-slot" in child.attrib:
            texts[-1] += "".join(child.itertext()) + tail
        else:
            texts.append(tail)
    return texts


def unmarked(text: str) -> str:
    """What is left of a text without what was translated, and what was put into that."""
    rest = MARKED.sub("", text)
    return rest if rest == text else unmarked(rest)


def skipped(page: Page, element: Element | None) -> bool:
    """Whether an element's text is not for reading, or says itself that it is not to be translated."""
    while element is not None:
        if element.tag in ("script", "style", "code", "textarea", "#comment") or element.get("translate") == "no":
            return True
        element = page.parents.get(element)
    return False


def open_all(app: Flask, client: Client, house: dict[str, Any]) -> Iterator[tuple[str, Page]]:
    """Every page that can be opened, with its address; a file to be saved is a document in its own language."""
    with client.session_transaction() as session:
        session["language"] = pseudo.CODE
    for rule in rules(app):
        if "GET" not in (rule.methods or set()):
            continue
        url = address(app, rule, house)
        answer = client.get(url)
        saved = answer.headers.get("Content-Disposition", "").startswith("attachment")
        if answer.mimetype == "text/html" and answer.status_code == 200 and not saved:
            yield url, Page(answer.data)


@pytest.mark.sqlite_only("what is written on pages does not depend on the database")
def test_no_page_has_a_text_that_cannot_be_translated(app: Flask, client: Client) -> None:
    house = fill_house()
    write_data_in_greek()
    opened, found = 0, []
    sign_in(client, house["accounts"]["organiser"])
    for url, page in open_all(app, client, house):
        opened += 1
        assert page.root.get("dir") == "rtl"
        found += [f"{url}: {each}" for each in plain_words(page)]
    assert opened >= 40
    assert not found, "\n".join(found)


def test_a_text_that_is_not_marked_would_be_found() -> None:
    page = Page(
        f"<html><body><main><p>{pseudo.pseudo('Marked')} <b>ana@example.org</b> Γενεύη 09:00 CET</p>"
        "<button aria-label='Not marked'>×</button><i>Neither</i></main></body></html>".encode()
    )
    assert [each.split(">")[1].strip() for each in plain_words(page)] == ["'Not marked'", "'Neither'"]
