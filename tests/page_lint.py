"""What every page of Rostrum keeps to, checked on each page that a test opens.

`problems(html)` lists what is wrong with a page, in words that name the element; an empty list is a sound page.
It reads the page as a browser does (the parsing rules of the HTML standard, by html5lib), and holds what can be told
from the text alone: what needs a rendered page is axe's part, in tests/browser.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Comment, Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

MAX_PAGE_BYTES = 100_000
# Fields that are named by their value, or by nothing since nobody sees them.
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-activedescendant")
# Attributes that a browser follows by itself, so that nothing may point elsewhere (Content-Security-Policy 'self').
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src"}
DATA_SCRIPTS = {"application/json", "application/ld+json"}


@lru_cache(maxsize=32)  # a test looks at most pages more than once: they are checked, and a form is taken from them
def parse(html: bytes) -> tuple[Element, tuple[str, ...], dict[Element, Element]]:
    """The root of a page, what the parser complained of, and the element around each element."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html, transport_encoding="utf-8")
    errors = tuple(f"line {position[0]}: {PARSE_ERRORS[code] % data}" for position, code, data in parser.errors)
    for comment in [e for e in root.iter() if e.tag is Comment]:
        # ElementTree marks a comment by a function in place of the tag's name, which its types do not know.
        comment.tag, comment.text = "#comment", ""
    return root, errors, {child: parent for parent in root.iter() for child in parent}


class Page:
    """A parsed page: its root element, and what the parser complained of. It is read and never changed."""

    def __init__(self, html: bytes) -> None:
        self.root, self.errors, self.parents = parse(html)

    @property
    def text(self) -> str:
        """What the body reads, in single spaces."""
        return " ".join(text_of(body) for body in self.elements("body"))

    def elements(self, *tags: str) -> Iterator[Element]:
        """The elements of these kinds, or all, in the order of the page."""
        return (e for e in self.root.iter() if not tags or e.tag in tags)

    def ancestor(self, element: Element, tag: str) -> Element | None:
        """The nearest element of this kind around another."""
        parent = self.parents.get(element)
        while parent is not None and parent.tag != tag:
            parent = self.parents.get(parent)
        return parent

    def by_id(self, identifier: str) -> Element | None:
        """The element with this id."""
        return next((e for e in self.elements() if e.get("id") == identifier), None)


def text_of(element: Element) -> str:
    """What a reader gets from an element: its text and the alternatives of its images, in single spaces."""
    words = [element.get("alt", "") if element.tag == "img" else element.text or ""]
    for child in element:
        words += [text_of(child), child.tail or ""]
    return " ".join(" ".join(words).split())


def describe(element: Element) -> str:
    """An element's opening tag, with the attributes that tell it from others."""
    kept = {k: v for k, v in element.attrib.items() if k in {"id", "name", "type", "href", "src", "action", "class"}}
    return "<" + " ".join([element.tag, *(f'{name}="{value}"' for name, value in kept.items())]) + ">"


def problems(html: bytes) -> list[str]:
    """Everything that is wrong with a page; nothing for a sound one."""
    page = Page(html)
    found = list(page.errors)
    if len(html) > MAX_PAGE_BYTES:
        found.append(f"{len(html)} bytes, more than {MAX_PAGE_BYTES}")
    for check in (skeleton, identifiers, controls, names, strict_content_security, forms, links):
        found += check(page)
    return found


def skeleton(page: Page) -> Iterator[str]:
    """Language, direction, title, one main part and one first heading."""
    for attribute in ("lang", "dir"):
        if not page.root.get(attribute):
            yield f"<html> has no {attribute}"
    titles = [t for t in page.elements("title") if page.ancestor(t, "svg") is None]
    if len(titles) != 1 or not text_of(titles[0]):
        yield "no title" if not titles else "more than one title, or an empty one"
    for tag in ("h1", "main"):
        count = sum(1 for _ in page.elements(tag))
        if count != 1:
            yield f"{count} <{tag}>, not one"
    for heading in page.elements("h1", "h2", "h3", "h4", "h5", "h6"):
        if not text_of(heading):
            yield f"{describe(heading)} is empty"


def identifiers(page: Page) -> Iterator[str]:
    """No id twice, and none referred to that is not there."""
    ids = Counter(e.get("id") for e in page.elements() if e.get("id") is not None)
    yield from (f'id="{identifier}" {count} times' for identifier, count in ids.items() if count > 1)
    for element in page.elements():
        for attribute in REFERENCES:
            for identifier in (element.get(attribute) or "").split():
                if identifier not in ids:
                    yield f'{describe(element)} {attribute}="{identifier}" is not on the page'
        if "" in (element.get("id"), element.get("for")):
            yield f"{describe(element)} has an empty id or for"


def controls(page: Page) -> Iterator[str]:
    """A label on everything that can be filled in."""
    labelled = {label.get("for") for label in page.elements("label") if text_of(label)}
    for control in page.elements("input", "select", "textarea"):
        if control.get("type") in UNLABELLED_TYPES or control.get("id") in labelled:
            continue
        around = page.ancestor(control, "label")
        if (around is not None and text_of(around)) or accessible_name(page, control):
            continue
        yield f"{describe(control)} has no label"


def accessible_name(page: Page, element: Element) -> str:
    """What aria-label or aria-labelledby call an element."""
    if label := (element.get("aria-label") or "").strip():
        return label
    named_by = (page.by_id(identifier) for identifier in (element.get("aria-labelledby") or "").split())
    return " ".join(text_of(e) for e in named_by if e is not None).strip()


def names(page: Page) -> Iterator[str]:
    """Buttons and links that say what they are, images with an alternative, tables with headings."""
    for element in page.elements("button", "a"):
        if element.tag == "a" and element.get("href") is None:
            continue
        if not text_of(element) and not accessible_name(page, element):
            yield f"{describe(element)} has no text"
    for image in page.elements("img"):
        if image.get("alt") is None:
            yield f"{describe(image)} has no alt"
    for button in page.elements("input"):
        if button.get("type") in {"submit", "button", "reset"} and not button.get("value"):
            yield f"{describe(button)} has no value"
    for table in page.elements("table"):
        if not any(e.tag == "th" for e in table.iter()):
            yield f"{describe(table)} has no header cell"


def strict_content_security(page: Page) -> Iterator[str]:
    """Nothing that the Content-Security-Policy blocks: no style or script in the page, nothing from elsewhere."""
    for element in page.elements():
        if "style" in element.attrib or element.tag == "style":
            yield f"{describe(element)} is styled in the page"
        for attribute, value in element.attrib.items():
            if attribute.startswith("on"):
                yield f"{describe(element)} has an event handler, {attribute}"
            if attribute in {"href", "src", "action", "formaction"} and value.strip().lower().startswith("javascript:"):
                yield f"{describe(element)} runs a script"
        source = element.get(LOADED.get(element.tag, ""), "")
        if element.tag == "link" and element.get("rel") in {"stylesheet", "icon", "preload", "modulepreload"}:
            source = element.get("href", "")
        if urlsplit(source).netloc:
            yield f"{describe(element)} is fetched from elsewhere"
        if element.tag == "script" and "src" not in element.attrib and element.get("type") not in DATA_SCRIPTS:
            yield f"{describe(element)} is a script in the page"


def forms(page: Page) -> Iterator[str]:
    """A token against forged requests in every form that changes something, a button to send it, no form in a link."""
    for form in page.elements("form"):
        inside = [e for e in page.elements() if owner(page, e) is form]
        if (form.get("method") or "get").lower() == "post" and not any(
            e.get("name") == "csrf_token" and e.get("value") for e in inside
        ):
            yield f"{describe(form)} has no csrf_token"
        if not any(is_submit(e) for e in inside):
            yield f"{describe(form)} has no button to send it"


def owner(page: Page, control: Element) -> Element | None:
    """The form that a control belongs to: the one its `form` attribute names, or the one around it."""
    if (identifier := control.get("form")) is not None:
        return page.by_id(identifier)
    return page.ancestor(control, "form")


def is_submit(element: Element) -> bool:
    """Whether pressing this element sends its form."""
    if element.tag == "button":
        return (element.get("type") or "submit").lower() == "submit"
    return element.tag == "input" and (element.get("type") or "").lower() in {"submit", "image"}


def links(page: Page) -> Iterator[str]:
    """No link to nowhere."""
    for link in page.elements("a"):
        href = link.get("href")
        if href is None:
            continue
        if href.strip() in {"", "#"}:
            yield f"{describe(link)} leads nowhere"
        elif href.startswith("#") and page.by_id(href[1:]) is None:
            yield f"{describe(link)} leads to a part that is not on the page"
