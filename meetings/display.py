"""How dates, times, names and texts are shown on pages: the filters and globals of all templates."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markupsafe import Markup
from mdit_py_plugins.footnote import footnote_plugin

from exports.countries import countries, country_name
from exports.people import alphabetical
from meetings.database import now

# Raw HTML is escaped, and links are limited to safe schemes, by the library's own rules.
_markdown = MarkdownIt("commonmark", {"html": False}).use(footnote_plugin)


def locale() -> Locale:
    """The language of the page; English outside a request."""
    return get_locale() or Locale("en")


def markdown(text: str | None) -> Markup:
    """A text with paragraphs, emphasis, links and footnotes as HTML; its headings start below the page's own."""
    html: str = _markdown.render(text or "")
    return Markup(html.replace("<h1>", "<h3>").replace("</h1>", "</h3>"))  # noqa: S704  # the renderer escapes


def day(date: dt.date | None) -> str:
    """A date in full with its weekday: Wednesday 26 November 2025."""
    return format_date(date, "EEEE d MMMM y", locale=locale()) if date else ""


def day_range(start: dt.date | None, end: dt.date | None) -> str:
    """One or two dates, without weekdays where there are two."""
    if start is None:
        return ""
    if end is None or start == end:
        return day(start)
    return f"{format_date(start, 'd MMMM y', locale=locale())} – {format_date(end, 'd MMMM y', locale=locale())}"


def clock(time: dt.time | None) -> str:
    """A time of day as the programme prints it: 09:20."""
    return time.strftime("%H:%M") if time else ""


def hours(start: dt.time | None, end: dt.time | None) -> str:
    """From when to when: 09:20–11:00."""
    return f"{clock(start)}–{clock(end)}" if start and end else clock(start)


def zone(name: str, date: dt.date | None = None, time: dt.time | None = None) -> str:
    """A time zone as people know it, on a day: CET (Europe/Zurich)."""
    moment = dt.datetime.combine(date or now().date(), time or dt.time(12), ZoneInfo(name))
    abbreviation = moment.tzname() or ""
    if not abbreviation.isalpha():
        offset = moment.strftime("%z")
        abbreviation = f"UTC{offset[:3]}:{offset[3:]}"
    return f"{abbreviation} ({name})"


def instant(value: dt.datetime, zone_name: str) -> str:
    """What happened, in the meeting's zone: 26 Nov 2025 10:31 CET."""
    local = value.astimezone(ZoneInfo(zone_name))
    return f"{format_date(local, 'd MMM y', locale=locale())} {local:%H:%M} {local.tzname()}"


def second(value: dt.datetime, zone_name: str, today: dt.date | None = None) -> str:
    """What happened, to the second, in the meeting's zone: 26 Nov 10:31:07, or 10:31:07 on the day given."""
    local = value.astimezone(ZoneInfo(zone_name))
    if local.date() == today:
        return f"{local:%H:%M:%S}"
    return f"{format_date(local, 'd MMM', locale=locale())} {local:%H:%M:%S}"


def minutes(milliseconds: int) -> str:
    """A duration as minutes and seconds, a negative one with a minus sign: 2:00, −0:12."""
    seconds = abs(milliseconds) // 1000
    return f"{'−' if milliseconds <= -1000 else ''}{seconds // 60}:{seconds % 60:02d}"


def country(code: str | None) -> str:
    """A country's short name in the page's language."""
    return country_name(code, locale().language) if code else ""


def country_choices() -> list[tuple[str, str]]:
    """Every country, by name in the page's language, for a list to choose from."""
    language = locale().language
    names = [(code, each.name(language)) for code, each in countries().items()]
    return sorted(names, key=lambda pair: alphabetical(pair[1]))


def category(code: str | None) -> str:
    """A stakeholder category in the page's language; the nine of the November 2025 concept note, in its order."""
    return categories().get(code or "", "")


def categories() -> dict[str, str]:
    """The nine stakeholder categories by their code, in the order of the November 2025 concept note."""
    return {
        "states": _("States"),
        "local_and_regional_governments": _("Local and regional governments"),
        "human_rights_institutions": _("National and local human rights institutions"),
        "city_networks": _("City networks"),
        "international_organizations": _("International organizations"),
        "academia": _("Academia"),
        "united_nations_entities": _("United Nations entities"),
        "non_governmental_organizations": _("Non-governmental organizations"),
        "other_stakeholders": _("Other stakeholders"),
    }


def session_kinds() -> dict[str, str]:
    """The kinds of session by their code."""
    return {
        "registration": _("Registration"),
        "opening": _("Opening"),
        "keynote": _("Keynote"),
        "panel": _("Panel"),
        "dialogue": _("Thematic dialogue"),
        "interactive_dialogue": _("Interactive dialogue"),
        "break": _("Break"),
        "lunch": _("Lunch"),
        "photo": _("Group photo"),
        "closing": _("Closing"),
        "side_event": _("Side event"),
        "other": _("Other"),
    }


def session_roles() -> dict[str, str]:
    """What a person may do in a session, by its code."""
    return {
        "chair": _("Chair"),
        "moderator": _("Moderator"),
        "opening": _("Opening remarks"),
        "keynote": _("Keynote"),
        "panellist": _("Panellist"),
        "facilitator": _("Facilitator"),
        "closing": _("Closing remarks"),
    }


def modes() -> dict[str, str]:
    """How a meeting is held, by its code."""
    return {"in_person": _("In person"), "online": _("Online"), "hybrid": _("In person and online")}


def attendances() -> dict[str, str]:
    """How a person takes part, by its code."""
    return {"in_person": _("In person"), "online": _("Online")}


def genders() -> dict[str, str]:
    """The genders that somebody may declare, by code. Declaring none is always possible."""
    return {"woman": _("Woman"), "man": _("Man"), "other": _("Other")}


def registration_statuses() -> dict[str, str]:
    """Where a registration stands, by its code."""
    return {
        "unverified": _("Address not confirmed"),
        "pending": _("To be decided"),
        "confirmed": _("Confirmed"),
        "declined": _("Declined"),
        "withdrawn": _("Withdrawn"),
    }


def language_name(code: str) -> str:
    """A language's own name: Français; the code where it is unknown."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (ValueError, LookupError):
        return code
    return name.capitalize() if name else code


def problems(field: Any) -> list[str]:
    """What is wrong with a form's field itself, not with the fields inside it."""
    found = [] if isinstance(field.errors, dict) else field.errors
    return [str(each) for each in found if not isinstance(each, dict | list | tuple)]


def tied(field: Any) -> dict[str, str]:
    """What ties a form's control to its help and its problems for those who cannot see them side by side."""
    count = len(problems(field))
    ids = [f"{field.id}-help"] if field.description else []
    ids += [f"{field.id}-error-{number}" for number in range(1, count + 1)]
    return ({"aria-describedby": " ".join(ids)} if ids else {}) | ({"aria-invalid": "true"} if count else {})


def install(app: Flask) -> None:
    """Give all templates these filters and functions."""
    for each in (markdown, day, clock, zone, instant, second, minutes, country, category, language_name):
        app.add_template_filter(each)
    lists = (
        categories,
        session_kinds,
        session_roles,
        modes,
        country_choices,
        attendances,
        genders,
        registration_statuses,
    )
    for function in (day_range, hours, problems, tied, *lists):
        app.add_template_global(function)
