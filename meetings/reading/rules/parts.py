"""The parts of a note beside its head and its programme: background, objectives, questions, documents, format. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from meetings.reading.rules.blocks import Block, Note
from meetings.reading.rules.documents import documents_in, plain_document
from meetings.reading.rules.head import LONG, HeadReader
from meetings.reading.rules.result import Document, Numbers, Questions
from meetings.reading.rules.vocabulary import leads_to_objectives, tells_the_format

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ITEM_END = re.compile(r"(?:\s*[;,.]\s*(?:and|et|y)?|\s(?:and|et|y))$", re.IGNORECASE)


@dataclass(slots=True)
class PartsReader(HeadReader):
    """The parts of a note while they are read."""

    explicit: set[str] = field(default_factory=set)  # parts that have a heading of their own with something below it
    background: list[str] = field(default_factory=list)
    format: list[str] = field(default_factory=list)
    objectives: list[tuple[str, Numbers]] = field(default_factory=list)
    questions: list[Questions] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def _background(self, block: Block) -> None:
        said = block.said
        if block.begins == "bullet" and (found := documents_in(said, block.numbers, block.links)):
            self.documents += found
            return
        if leads_to_objectives(said):
            self.section = "objectives"
            self.found.aside.update(block.numbers)
            return
        if "format" not in self.explicit and tells_the_format(said):
            self.format.append(said)
            self._note("format", block.numbers)
            return
        if self.section in ("head", "when", "where"):
            self.section = "background"
        text = _markdown(block)
        if block.begins == "bullet" and self.background and self.background[-1].startswith("- "):
            self.background[-1] += f"\n{text}"
        else:
            self.background.append(text)
        self._note("background", block.numbers)

    def _objective(self, block: Block) -> None:
        said = block.said
        listed = block.begins in ("bullet", "label")
        if listed or (len(said) < 400 and not said.endswith(":") and "objectives" in self.explicit):
            self.objectives.append((_ITEM_END.sub("", said), block.numbers))
        elif said.endswith(":"):
            self.found.aside.update(block.numbers)
            self.explicit.add("objectives")
        elif self.objectives:
            self.section = "background"
            self._background(block)
        else:
            self.objectives.append((said, block.numbers))
            self.explicit.add("objectives")

    def _question(self, block: Block) -> None:
        said, last = block.said, self.questions[-1]
        if block.begins == "bullet" or said.endswith("?"):
            self.questions[-1] = replace(last, questions=(*last.questions, said), lines=(*last.lines, *block.numbers))
        elif said.endswith(":") and not last.questions and not last.theme and len(said) > 60:
            self.found.aside.update(block.numbers)
        elif len(said) <= LONG:
            if last.questions or last.theme:
                self.questions.append(Questions(said.rstrip(":"), (), block.numbers))
            else:
                self.questions[-1] = Questions(said.rstrip(":"), (), (*last.lines, *block.numbers))

    def _document(self, block: Block) -> None:
        if found := documents_in(block.said, block.numbers, block.links):
            self.documents += found
            self.explicit.add("documents")
        elif (block.begins == "bullet" or block.links or "http" in block.said) and (
            one := plain_document(block.said, block.numbers, block.links)
        ):
            self.documents.append(one)
        elif len(block.said) > 120:
            self._background(block)
        elif block.said.endswith(":"):
            self.found.aside.update(block.numbers)
        elif one := plain_document(block.said, block.numbers):
            self.documents.append(one)

    def _format(self, block: Block) -> None:
        text = f"- {block.said}" if block.begins == "bullet" else block.said
        if block.begins == "bullet" and self.format and self.format[-1].startswith("- "):
            self.format[-1] += f"\n{text}"
        else:
            self.format.append(text)
        self.explicit.add("format")
        self._note("format", block.numbers)

    def _with_notes(self) -> str:
        """The background in Markdown with its footnotes; a note whose mark is nowhere stands at its end."""
        background = "\n\n".join(self.background)
        bodies = []
        for place, note in enumerate(self.found.notes, 1):
            name = _name_of(note) or str(place)
            if note.mark and note.mark[0] in "¹²³⁴⁵⁶⁷⁸⁹":
                background = background.replace(note.mark, f"[^{name}]", 1)
            bodies.append(f"[^{name}]: {note.said}")
            self._note("background", note.numbers)
        return "\n\n".join(filter(None, (background, *bodies)))


def _name_of(note: Note) -> str:
    return re.sub(r"\W", "", note.mark.translate(_SUPERSCRIPTS))


def _markdown(block: Block) -> str:
    """A paragraph as Markdown, its links kept."""
    said = block.said
    for shown, url in block.links:
        if shown in said and f"({url})" not in said and shown != url:
            said = said.replace(shown, f"[{shown}]({url})", 1)
    if block.begins == "bullet":
        return f"- {said}"
    if block.begins == "heading" and block.first.style == "heading":
        return f"### {said}"
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([#>+-])", r"\\\1", said))
