"""Cases of a rule: text in which it finds something, marked like ⟦this⟧, and text in which it must not.

A hit is the text, what the fix puts in place of what is marked (None: no fix, the rapporteur decides), and the rule.
"""

from meetings.report.rules.editorial import checked_text

Hit = tuple[str, str, str | None]
Miss = tuple[str, str]


def holds(hit: Hit) -> None:
    """The rule finds what is marked, each place once and nothing else; the first place gets the fix."""
    rule, marked, fix = hit
    text, places = read(marked)
    found = [f for f in checked_text(text) if f.rule == rule]
    assert [(f.start, f.end) for f in found] == places, [text[f.start : f.end] for f in found]
    assert found[0].fix == fix
    assert found[0].message


def silent(miss: Miss) -> None:
    """The rule finds nothing."""
    rule, text = miss
    assert [text[f.start : f.end] for f in checked_text(text) if f.rule == rule] == []


def read(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without the marks, and where they stood."""
    text, places, opened = "", [], 0
    for sign in marked:
        if sign == "⟦":
            opened = len(text)
        elif sign == "⟧":
            places.append((opened, len(text)))
        else:
            text += sign
    return text, places
