"""The head of a report: masthead, title, summary box and introduction, by the formulas of A/HRC/56/32."""

from __future__ import annotations

import re

from exports.dates import joined
from exports.inline import Gap
from exports.report_data import AgendaItem, Masthead
from exports.text import one_line
from meetings.report.rules.draft import Block, Source, block
from meetings.report.rules.inputs import categories_of
from meetings.report.rules.material import Material, Meeting, Particulars
from meetings.report.rules.plan import Plan
from meetings.report.rules.wording import Text, count, days, ordinal, place, plain, quoted, text

AUTHOR_LINE = "Report of the Office of the United Nations High Commissioner for Human Rights"
COUNCIL = "Human Rights Council"

# The agenda of the Human Rights Council (Council resolution 5/1, annex, part V).
AGENDA = {
    1: "Organizational and procedural matters",
    2: "Annual report of the United Nations High Commissioner for Human Rights and reports of the Office of the "
    "High Commissioner and the Secretary-General",
    3: "Promotion and protection of all human rights, civil, political, economic, social and cultural rights, "
    "including the right to development",
    4: "Human rights situations that require the Council’s attention",
    5: "Human rights bodies and mechanisms",
    6: "Universal periodic review",
    7: "Human rights situation in Palestine and other occupied Arab territories",
    8: "Follow-up to and implementation of the Vienna Declaration and Programme of Action",
    9: "Racism, racial discrimination, xenophobia and related forms of intolerance: follow-up to and implementation "
    "of the Durban Declaration and Programme of Action",
    10: "Technical assistance and capacity-building",
}
_LANGUAGES = {"ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish"}
# "Expert meeting on …" says what it is; "Local governments for human rights" has to be called a meeting.
_KIND = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:meeting|workshop|seminar|consultations?|conference|forum|panel|panel discussion|dialogue"
    r"|symposium|round table)(?= (?:on|of|for|with|about|to)\b)",
    re.IGNORECASE,
)
_ORDINARY = frozenset({
    "expert", "meeting", "demonstration", "preparatory", "joint", "annual", "regional", "global", "intersessional",
    "informal", "technical", "high-level", "thematic", "online", "first", "second", "third", "workshop", "seminar",
    "consultation", "consultations", "conference", "forum", "panel", "dialogue", "symposium", "round",
    "international", "open", "special", "follow-up",
})  # fmt: skip


def meeting_name(meeting: Meeting) -> str:
    """The meeting in a sentence: expert meeting on …; meeting entitled “Local governments for human rights”."""
    title = one_line(meeting.title)
    if not _KIND.match(title):
        return f"meeting entitled {quoted(title)}"
    first = title.partition(" ")[0]
    return first.lower() + title[len(first) :] if first.lower() in _ORDINARY else title


def meeting_noun(meeting: Meeting) -> str:
    """The meeting at a later mention: expert meeting; meeting."""
    kind = _KIND.match(meeting_name(meeting))
    return kind[0] if kind else "meeting"


def _bare_noun(meeting: Meeting) -> str:
    """The meeting once it has been named: meeting, for an expert meeting; round table."""
    noun = meeting_noun(meeting)
    return noun if noun.endswith(("round table", "panel discussion", "Forum")) else noun.rpartition(" ")[2]


def title(meeting: Meeting, particulars: Particulars) -> str:
    """The document's title: as it was entered, else made of the meeting's."""
    return one_line(particulars.title or "") or f"Summary of the {meeting_name(meeting)}"


def masthead(particulars: Particulars) -> Masthead:
    """The masthead, with a gap for each thing that is not known yet."""
    start, end = particulars.council_start, particulars.council_end
    items = tuple(AgendaItem(item, AGENDA[item]) for item in particulars.agenda_items if item in AGENDA)
    no_items = Gap("agenda items", "Choose the items of the Council’s agenda that the report is submitted under.")
    return Masthead(
        symbol=one_line(particulars.symbol or "")
        or Gap("symbol", "Enter the symbol once document management has assigned it."),
        submission_date=particulars.date
        or Gap("date of submission", "Enter the day on which the report is submitted for processing."),
        session=f"{ordinal(particulars.council_number).capitalize()} session"
        if particulars.council_number
        else Gap("session of the Council", "Enter the number of the Council session that the report is for."),
        session_dates=(start, end)
        if start and end
        else Gap("dates of the session", "Enter the first and last day of the Council session."),
        agenda_items=items,
        agenda_gap=None if items else no_items,
        original_language=_LANGUAGES.get(particulars.original_language, particulars.original_language),
    )


def summary(material: Material) -> Block:
    """The unnumbered paragraph in the box on the first page."""
    meeting = material.meeting
    content = text(
        "The present report",
        _prepared(meeting),
        f" reflects the discussions held at the {meeting_name(meeting)}, which was held ",
        _days(meeting),
        ".",
    )
    if received := len(material.submissions):
        by = text(" from ", categories_of(material.submissions)) if received > 1 else ()
        drawn = f" The report also draws on {count(received, 'written submission')} received"
        content = text(content, drawn, by, " in response to the call for inputs.")
    return block("summary", content, Source("meeting"), *(Source("submission", s.id) for s in material.submissions))


def introduction(meeting: Meeting, particulars: Particulars, plan: Plan) -> Block:
    """Section I: where and when the meeting was held, on whose request, on what, and of what it consisted."""
    noun = _bare_noun(meeting)
    objectives = "; ".join(map(one_line, meeting.objectives))
    hint = f" The objectives in the concept note are: {objectives}" if objectives else ""
    focus = one_line(particulars.focus or "").rstrip(". ") or Gap(
        "focus of the meeting", f"Say under Details of the report what the meeting discussed.{hint}"
    )
    content = text(
        f"The {meeting_name(meeting)} was held ",
        _place(meeting),
        ", ",
        _days(meeting),
        _requested(meeting),
        f". The {noun} focused on ",
        focus,
        ".",
    )
    if parts := _parts(plan):
        content = text(content, f" The {noun} consisted of {joined(parts)}.")
    return block("introduction", content, Source("meeting"))


def _days(meeting: Meeting) -> str | Gap:
    if meeting.start is None:
        return Gap("date of the meeting", "Enter the meeting’s dates in its concept note.")
    return days(meeting.start, meeting.end or meeting.start)


def _place(meeting: Meeting) -> Text:
    city = one_line(meeting.city or "")
    where = text("in ", place(city, meeting.country)) if city else text()
    if meeting.mode == "online":
        return text("online")
    if not where:
        where = text("in ", Gap("place of the meeting", "Enter the city in the meeting’s concept note."))
    return text(where, ", and online" if "," in plain(where) else " and online") if meeting.mode == "hybrid" else where


def _resolution(meeting: Meeting) -> str | Gap:
    number = one_line(meeting.mandate_resolution or "")
    return number or Gap(
        "number of the resolution", "Enter the resolution that asked for the meeting in its concept note."
    )


def _body(meeting: Meeting) -> str:
    return one_line(meeting.mandate_body or "") or COUNCIL


def _no_mandate(meeting: Meeting) -> bool:
    return not one_line(meeting.mandate_body or "") and not one_line(meeting.mandate_resolution or "")


def _mandate() -> Text:
    hint = "Enter the body and the resolution that asked for the meeting in its concept note. Delete if there is none."
    return text(" ", Gap("mandate", hint))


def _prepared(meeting: Meeting) -> Text:
    """, prepared pursuant to Human Rights Council resolution 51/12,"""
    if _no_mandate(meeting):
        return _mandate()
    body = _body(meeting).removeprefix("the ")
    return text(f", prepared pursuant to {body} resolution ", _resolution(meeting), ",")


def _requested(meeting: Meeting) -> Text:
    """, pursuant to the request of the Human Rights Council in its resolution 51/12"""
    if _no_mandate(meeting):
        return _mandate()
    body = _body(meeting).removeprefix("the ")
    return text(f", pursuant to the request of the {body} in its resolution ", _resolution(meeting))


def _parts(plan: Plan) -> list[str]:
    """an opening session, two thematic sessions, an interactive dialogue, a closing session"""
    opening = sum(session.kind == "opening" for session in plan.opening)
    keynotes = sum(session.kind == "keynote" for session in plan.opening)
    kinds = (
        (opening, "an", "opening session"),
        (keynotes, "a", "keynote session"),
        (len(plan.thematic), "a", "thematic session"),
        (len(plan.dialogues), "an", "interactive dialogue"),
        (sum(session.kind == "closing" for session in plan.closing), "a", "closing session"),
    )
    return [f"{article} {noun}" if held == 1 else count(held, noun) for held, article, noun in kinds if held]
