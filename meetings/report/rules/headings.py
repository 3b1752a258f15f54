"""The headings of the section on inputs, as one list: each theme with the heading that it stands under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.text import one_line
from meetings.report.rules.material import Material
from meetings.report.rules.options import Options, Theme
from meetings.report.rules.wording import theme_heading

Row = tuple[str, str]  # a theme as it was typed, and its heading


def used_themes(material: Material) -> list[str]:
    """The themes under which points of the submissions stand, each once, in the order in which they appear."""
    submissions = {submission.id: submission for submission in material.submissions}
    used: dict[str, str] = {}
    for point in material.points:
        if point.session is None:
            behind = submissions.get(point.submission or 0)
            theme = one_line(next(iter(point.themes or (behind.themes if behind else ())), ""))
            used.setdefault(theme.casefold(), theme)
    return [theme for theme in used.values() if theme]


def rows_of(options: Options, used: Iterable[str]) -> list[Row]:
    """The ordered themes with their headings, then those that nothing was decided about under their own."""
    rows = [(theme, one_line(each.heading)) for each in options.themes for theme in (each.themes or (each.heading,))]
    known = {one_line(name).casefold() for row in rows for name in row}
    return rows + [(theme, theme_heading(theme)) for theme in used if theme.casefold() not in known]


def themes_of(rows: Sequence[Row], options: Options, used: Sequence[str]) -> tuple[Theme, ...]:
    """What the rows decide: no more than they need, so that what nobody decided about stays open.

    Rows as they are shown leave the decisions as they are stored. A heading left empty is the theme's own.
    """
    if list(rows) == rows_of(options, used):
        return options.themes
    whole = _together(rows)
    for length in range(len(whole)):
        if _together(rows_of(Options(themes=whole[:length]), used)) == whole:
            return whole[:length]
    return whole


def _together(rows: Iterable[Row]) -> tuple[Theme, ...]:
    """Themes of one heading under it, headings in the order in which they first stand."""
    made: dict[str, tuple[str, list[str]]] = {}
    for theme, heading in rows:
        title = one_line(heading) or theme_heading(theme)
        made.setdefault(title.casefold(), (title, []))[1].append(theme)
    return tuple(Theme(title, tuple(themes)) for title, themes in made.values())
