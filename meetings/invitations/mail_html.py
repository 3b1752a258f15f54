"""The HTML of a mail out of its plain text, for one that an organiser has rewritten."""

import re

from babel import Locale
from markupsafe import Markup, escape

from meetings.mail import LINK

# An address, or the secret link, which is filled in when the mail is sent.
_ADDRESS = re.compile(rf"(?:https?://|{re.escape(LINK)})[^\s<>\"]*")
_TRAILING = ".,;:!?)"


def html_of(text: str, *, title: str, language: str) -> str:
    """Paragraphs with their line ends, addresses as links; nothing in the text becomes a tag."""
    paragraphs = (each for each in re.split(r"\n\s*\n", text.strip()) if each.strip())
    body = Markup("\n").join(Markup("<p>{}</p>").format(_lines(each)) for each in paragraphs)
    direction = Locale.parse(language, sep="-").text_direction
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}" dir="{}">\n<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title></head>\n'
            "<body>\n{}\n</body>\n</html>\n"
        ).format(language, direction, title, body)
    )


def _lines(paragraph: str) -> Markup:
    return Markup("<br>\n").join(_linked(line) for line in paragraph.split("\n"))


def _linked(line: str) -> Markup:
    found, reached = Markup(), 0
    for match in _ADDRESS.finditer(line):
        address = match.group().rstrip(_TRAILING)
        found += escape(line[reached : match.start()]) + Markup('<a href="{0}">{0}</a>').format(address)
        reached = match.start() + len(address)
    return found + escape(line[reached:])
