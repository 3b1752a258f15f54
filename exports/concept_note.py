"""The concept note: why, what for, how, and the programme of work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from exports.inline import Span
from exports.markdown import write_markdown
from exports.meeting_head import MeetingHead, open_file, write_head
from exports.phrases import Phrases, phrases
from exports.programme import Programme, plain_paragraphs, write_programme
from exports.text import as_clauses, one_line
from exports.word import WordFile, link_target

# How an objective begins that cannot follow "are to": an article, an infinitive with its own "to", a gerund.
_NO_VERB = re.compile(r"(?:An?|The|To|\w*[aeiouy]\w*ing)\s")


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Guiding questions under one theme; the theme may be empty."""

    theme: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackgroundDocument:
    """A document to read beforehand. `symbol` such as A/HRC/56/32 and `url` may be empty."""

    title: str
    symbol: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ConceptNote:
    """What a concept note says beside its head. What is empty gets no heading.

    `background` is Markdown with footnotes; the rest is plain text.
    """

    head: MeetingHead
    programme: Programme
    background: str = ""
    objectives: tuple[str, ...] = ()
    modalities: str = ""
    guiding_questions: tuple[QuestionGroup, ...] = ()
    documents: tuple[BackgroundDocument, ...] = ()
    contact: str = ""


def concept_note_docx(note: ConceptNote, *, made: datetime) -> bytes:
    """concept-note.docx, the programme on a page of its own with the meeting's head on it as in the note of July 2025.

    `made` is the aware instant the file is dated with.
    """
    words = phrases(note.head.language)
    file = open_file(note.head, words.concept_note, made=made)
    file.paragraph(words.concept_note, "Subtitle")
    if note.background.strip():
        file.paragraph(words.background, "Heading 1")
        write_markdown(file, note.background)
    if objectives := as_clauses(note.objectives, words.semicolon):
        file.paragraph(words.objectives_heading, "Heading 1")
        lead = words.objectives_are if any(map(_NO_VERB.match, objectives)) else words.objectives
        file.paragraph(lead).paragraph_format.keep_with_next = True
        _write_bullets(file, objectives)
    if paragraphs := plain_paragraphs(note.modalities):
        file.paragraph(words.format, "Heading 1")
        for text in paragraphs:
            file.paragraph(text)
    _write_questions(file, words, note.guiding_questions)
    _write_documents(file, words, note.documents)
    if contact := one_line(note.contact):
        file.paragraph(words.contact, "Heading 1")
        file.paragraph([Span(contact, url=f"mailto:{contact}" if "@" in contact else None)])
    if any(day.items for day in note.programme.days):
        write_head(file, note.head, "_ Repeated title").paragraph_format.page_break_before = True
        write_programme(file, note.programme, note.head)
    return file.to_bytes()


def _write_questions(file: WordFile, words: Phrases, groups: Iterable[QuestionGroup]) -> None:
    written = [(one_line(group.theme), list(filter(None, map(one_line, group.questions)))) for group in groups]
    if not any(theme or questions for theme, questions in written):
        return
    file.paragraph(words.guiding_questions, "Heading 1")
    for theme, questions in written:
        if theme:
            file.paragraph(theme, "Heading 2")
        _write_bullets(file, questions)


def _write_documents(file: WordFile, words: Phrases, documents: Iterable[BackgroundDocument]) -> None:
    """Each as its title with the symbol in brackets; the link is on the symbol or, without one, on the title."""
    listed = list(documents)
    if not listed:
        return
    file.paragraph(words.documents, "Heading 1")
    for document in listed:
        title, symbol, url = one_line(document.title), one_line(document.symbol), document.url.strip()
        if not symbol:
            content = [Span(title or url, url=url)]
        elif not title:
            content = [Span(symbol, url=url)]
        else:
            content = [Span(f"{title} ("), Span(symbol, url=url), Span(")")]
        if url and not link_target(url):
            content.append(Span(f", {url}"))
        file.paragraph(content, "List Bullet")


def _write_bullets(file: WordFile, texts: Iterable[str]) -> None:
    for text in texts:
        file.paragraph(text, "List Bullet")
