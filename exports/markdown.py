"""Markdown, as organizers type a background, written into a Word document with real footnotes and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from exports.inline import Footnote, Inline, Span
from exports.text import clean
from exports.word import WordFile
from exports.word_numbering import BULLETS, ORDERED, deepest, new_list, set_number

# CommonMark with footnotes. HTML is off: what looks like a tag is text.
_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).use(footnote_plugin)
_DEEPEST_HEADING = 3


@dataclass(frozen=True, slots=True)
class _List:
    """The list that the blocks stand in: its numId and how deep it is nested."""

    number_id: int
    level: int


def write_markdown(file: WordFile, text: str, *, top_heading: int = 2) -> None:
    """Append the text to the document: paragraphs, headings, lists, quotations, emphasis, links, footnotes.

    A first-level heading of the text becomes one of level `top_heading`. What has no counterpart in
    Word (code, pictures) stays as its text. A note called twice is printed twice. No text is refused.
    """
    tree = _parsed(clean(text))
    notes = {
        int(note.meta["id"]): tuple(_note(note))
        for block in tree.children
        if block.type == "footnote_block"
        for note in block.children
    }
    writer = _Writer(file, notes, top_heading)
    writer.blocks(tree.children)
    # A note called only inside another, where Word has no place for it, is called at the end.
    if left := [Footnote(content) for number, content in notes.items() if number not in writer.called]:
        file.paragraph(left)


def _parsed(text: str) -> SyntaxTreeNode:
    """The text as a tree. Notes that nothing calls, which the parser would drop, are called at its end."""
    found: dict[str, Any] = {}
    tokens = _PARSER.parse(text, found)
    uncalled = [key[1:] for key, number in found.get("footnotes", {}).get("refs", {}).items() if number < 0]
    if uncalled:
        calls = " ".join(f"[^{label}]" for label in uncalled)
        tokens = _PARSER.parse(f"{text}\n\n{calls}")
    return SyntaxTreeNode(tokens)


class _Writer:
    def __init__(self, file: WordFile, notes: dict[int, tuple[Span, ...]], top_heading: int) -> None:
        self._file = file
        self._notes = notes
        self._top_heading = top_heading
        self.called: set[int] = set()

    def blocks(self, nodes: list[SyntaxTreeNode], *, style: str = "Normal", inside: _List | None = None) -> None:
        for node in nodes:
            match node.type:
                case "paragraph":
                    self._file.paragraph(self._content(node), style)
                case "heading":
                    level = min(int(node.tag[1:]) + self._top_heading - 1, _DEEPEST_HEADING)
                    self._file.paragraph(self._content(node), f"Heading {level}")
                case "bullet_list" | "ordered_list":
                    self._list(node, inside)
                case "blockquote":
                    self.blocks(node.children, style="Quote", inside=inside)
                case "fence" | "code_block":
                    self._file.paragraph(f"{node.info}\n{node.content}".strip("\n"), style)

    def _list(self, node: SyntaxTreeNode, outer: _List | None) -> None:
        level = deepest(outer.level + 1 if outer else 0)
        ordered = node.type == "ordered_list"
        number_id = BULLETS
        if ordered:
            number_id = new_list(self._file.numbering, ORDERED, level, int(node.attrs.get("start", 1)))
        here = _List(number_id, level)
        for item in node.children:
            self._item(item, "List Number" if ordered else "List Bullet", here)

    def _item(self, item: SyntaxTreeNode, style: str, here: _List) -> None:
        first, rest = item.children[:1], item.children[1:]
        if first and first[0].type != "paragraph":  # such as a list that begins with a list: the number still shows
            first, rest = [], item.children
        paragraph = self._file.paragraph(self._content(first[0]) if first else "", style)
        set_number(paragraph, here.number_id, here.level)
        # Further paragraphs of an item stand plainly below it.
        self.blocks(rest, inside=here)

    def _content(self, block: SyntaxTreeNode) -> Iterator[Inline]:
        for child in block.children:
            yield from self._inline(child, Span(""))

    def _inline(self, node: SyntaxTreeNode, look: Span) -> Iterator[Inline]:
        if node.type == "footnote_ref":
            number = int(node.meta["id"])
            self.called.add(number)
            yield Footnote(self._notes.get(number, ()))
            return
        if node.children and node.type != "image":
            for child in node.children:
                yield from self._inline(child, _look(node, look))
            return
        yield from _leaf(node, look)


def _note(node: SyntaxTreeNode, look: Span = Span("")) -> Iterator[Span]:  # noqa: B008 (a frozen value)
    """What a footnote says, on lines where it has several paragraphs. A call inside a note is left out."""
    for position, child in enumerate(node.children):
        if child.type == "paragraph" and position:
            yield Span("\n")
        if child.children and child.type != "image":
            yield from _note(child, _look(child, look))
        elif not child.type.startswith("footnote"):
            yield from _leaf(child, look)


def _look(node: SyntaxTreeNode, look: Span) -> Span:
    match node.type:
        case "em":
            return replace(look, italic=True)
        case "strong":
            return replace(look, bold=True)
        case "link":
            return replace(look, url=str(node.attrs.get("href", "")))
    return look


def _leaf(node: SyntaxTreeNode, look: Span) -> Iterator[Span]:
    match node.type:
        case "softbreak":
            yield replace(look, text=" ")
        case "hardbreak":
            yield replace(look, text="\n")
        case "inline":  # of an empty block
            return
        case _:
            yield replace(look, text=node.content)
