"""How long the draft is, section by section, against the limit on words.

The limit is on the whole document with its headings and footnotes (General Assembly resolutions 52/214, 53/208 and
59/265): 8,500 words for what originates in the Secretariat, 10,700 for others. The shares are those that A/HRC/56/32
shows to be workable: 1 per cent for the introduction, 59 for the proceedings, 27 for the inputs, 13 for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from exports.dates import range_text
from exports.inline import Footnote
from exports.report_data import Heading, Paragraph
from meetings.report.rules.draft import Draft, numbered
from meetings.report.rules.wording import Text, plain

_SHARES = {"introduction": 1, "proceedings": 59, "session": 59, "inputs": 27, "conclusions": 13, "recommendations": 13}
_LAST = ("conclusions", "recommendations")  # one share for both


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its number and heading (two where they have one share), its words, and what is useful for it."""

    label: str
    words: int
    share: int | None = None
    useful: int | None = None

    @property
    def over(self) -> int:
        """By how many words it is longer than is useful."""
        return max(self.words - self.useful, 0) if self.useful is not None else 0


@dataclass(frozen=True, slots=True)
class Budget:
    """The words of the whole document against the limit."""

    sections: tuple[Section, ...]
    total: int
    limit: int

    @property
    def over(self) -> int:
        """By how many words the document is too long."""
        return max(self.total - self.limit, 0)

    @property
    def left(self) -> int:
        """How many words are left."""
        return max(self.limit - self.total, 0)


def budget(draft: Draft, limit: int) -> Budget:
    """Count the document: first what stands on its first page, then each section with all that belongs to it."""
    found: list[Section] = [Section("", _first_page(draft))]
    label, words, key = "", 0, ""
    for line in (*numbered(draft.body), None):
        part = line.part if line is not None else None
        if part is None or (isinstance(part, Heading) and part.level == 1):
            if label:
                found.append(_section(label, words, key, limit))
            if isinstance(part, Heading) and line is not None:
                label, words, key = f"{line.label} {part.text}", words_of(part.text), ""
        elif isinstance(part, Heading):
            words += words_of(part.text)
        else:
            words += words_in(part.paragraph)
            key = key or part.key.partition(":")[0].removeprefix("own")
    return Budget(tuple(_together(found)), sum(section.words for section in found), limit)


def words_in(paragraph: Paragraph) -> int:
    """The words of a paragraph, its items and its footnotes."""
    return sum(map(_words, (paragraph.content, *paragraph.items)))


def words_of(text: str) -> int:
    """Words as Word counts them: what stands between blanks."""
    return len(text.split())


def _words(content: Text) -> int:
    notes = sum(_words(piece.content) for piece in content if isinstance(piece, Footnote))
    return words_of(plain(content)) + notes


def _first_page(draft: Draft) -> int:
    """Masthead, title, author line and the box with the summary."""
    head = draft.masthead
    facts = [
        head.organ,
        head.body,
        "United Nations",
        f"Distr.: {head.distribution}",
        f"Original: {head.original_language}",
    ]
    facts += [each for each in (head.symbol, head.session) if isinstance(each, str)]
    if isinstance(head.session_dates, tuple):
        facts.append(range_text(*head.session_dates))
    facts += [item.title for item in head.agenda_items]
    return sum(map(words_of, (*facts, draft.title, draft.author_line, "Summary"))) + words_in(draft.summary.paragraph)


def _section(label: str, words: int, key: str, limit: int) -> Section:
    share = _SHARES.get(key)
    return Section(label, words, share, None if share is None else limit * share // 100)


def _together(found: list[Section]) -> list[Section]:
    """Conclusions and recommendations in one line, since they have one share."""
    last = [section for section in found if section.share == _SHARES[_LAST[0]]]
    if len(last) < len(_LAST):
        return found
    both = Section(
        " – ".join(each.label for each in last), sum(each.words for each in last), last[0].share, last[0].useful
    )
    return [section for section in found if section not in last] + [both]
