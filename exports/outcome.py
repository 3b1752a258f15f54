"""The outcome note as HTML: part of a page, or a page of its own that needs nothing from elsewhere."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt

from exports.text import clean, one_line

# Raw HTML is escaped and links are limited to safe schemes by the library's own rules. A picture would be fetched from
# elsewhere by whoever reads the note.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_DEEPEST = 6


def outcome_body(text: str, *, below: int = 0) -> str:
    """The note's Markdown as HTML; its headings stand so many levels below those that it says."""
    tokens = _MARKDOWN.parse(clean(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + below, _DEEPEST)}"
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def outcome_html(text: str, *, title: str) -> str:
    """A whole page with the note, titled by its own first heading of level 1; without one, `title` is put above it.

    It has no look of its own: that is for the site it is put on.
    """
    body, own = outcome_body(text), _title(text)
    if not own:
        body = f"<h1>{escape(one_line(title))}</h1>\n{body}"
    return (
        '<!doctype html>\n<html lang="en" dir="auto">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(own or one_line(title))}</title>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _title(text: str) -> str:
    tokens = _MARKDOWN.parse(clean(text))
    for token, inside in pairwise(tokens):
        if (token.type, token.tag) == ("heading_open", "h1"):
            children = inside.children or []
            return one_line("".join(" " if child.type.endswith("break") else child.content for child in children))
    return ""
