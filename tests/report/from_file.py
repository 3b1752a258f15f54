"""A meeting file as the material of a report, without a database in between; and a draft as plain lines."""

from dataclasses import replace
from pathlib import Path

from exports import meeting_file_report as report_types
from exports import meeting_file_types as types
from exports.meeting_file import read
from exports.report_data import Heading
from meetings.report.rules.draft import Draft, numbered
from meetings.report.rules.material import (
    Intervention,
    Material,
    Meeting,
    Organisation,
    Particulars,
    Person,
    Point,
    Recommendation,
    Role,
    Session,
    Submission,
)
from meetings.report.rules.options import Options, Theme
from meetings.report.rules.wording import plain

DEMONSTRATION = Path(__file__).parents[2] / "demonstration"


def demonstration(name: str) -> Material:
    """One of the demonstration meetings."""
    return material(read((DEMONSTRATION / name).read_text(encoding="utf-8"), name))


def material(file: types.MeetingFile) -> Material:
    """What the rows of an imported file would give."""
    bodies = {o.id: _organisation(number, o) for number, o in enumerate(file.organisations, 1)}
    people = {p.id: _person(number, p, bodies) for number, p in enumerate(file.people, 1)}
    sessions = {s.id: number for number, s in enumerate(file.sessions, 1)}
    inputs = {s.id: number for number, s in enumerate(file.submissions, 1)}
    return Material(
        meeting=_meeting(file.meeting),
        sessions=tuple(_session(s, sessions, people) for s in file.sessions),
        points=_points(file, sessions, inputs, people, bodies),
        interventions=tuple(
            Intervention(sessions[f.session], bodies.get(f.organisation or ""), f.on_behalf_of)
            for f in file.floor
            if f.status == "spoken"
        ),
        submissions=tuple(
            _submission(number, s, bodies) for number, s in enumerate(file.submissions, 1) if s.withdrawn_at is None
        ),
        particulars=_particulars(file.report or report_types.Report()),
        options=_options((file.report or report_types.Report()).plan),
        addressees=file.call.addressees if file.call else None,
    )


def _points(
    file: types.MeetingFile,
    sessions: dict[str, int],
    inputs: dict[str, int],
    people: dict[str, Person],
    bodies: dict[str, Organisation],
) -> tuple[Point, ...]:
    """The points, each with those merged into it."""
    made = {
        p.id or f"p{number}": Point(
            number,
            p.text or "",
            p.kind,
            p.verb,
            sessions.get(p.session or ""),
            inputs.get(p.submission or ""),
            people.get(p.person or ""),
            bodies.get(p.organisation or ""),
            p.collective,
            tuple(p.themes),
            p.id or f"p{number}",
        )
        for number, p in enumerate(file.points, 1)
    }
    into = {p.id or f"p{number}": p.merged_into for number, p in enumerate(file.points, 1)}
    return tuple(
        replace(point, merged=tuple(made[uid] for uid, other in into.items() if other == point.uid))
        for point in made.values()
        if into[point.uid] is None
    )


def _options(plan: report_types.Plan) -> Options:
    themes = tuple(Theme(each.heading, tuple(each.themes)) for each in plan.themes)
    return Options(**plan.model_dump(exclude={"themes"}), themes=themes)


def _meeting(meeting: types.Meeting) -> Meeting:
    mandate = meeting.mandate or types.Mandate()
    return Meeting(
        meeting.title,
        meeting.mode,
        meeting.place.city,
        meeting.place.country,
        mandate.body,
        mandate.resolution,
        meeting.dates.start,
        meeting.dates.end,
        tuple(meeting.objectives),
    )


def _organisation(number: int, body: types.Organisation) -> Organisation:
    return Organisation(
        number,
        body.name,
        body.acronym,
        body.category,
        body.country,
        body.show_country,
        body.article,
        body.id,
    )


def _person(number: int, person: types.Person, bodies: dict[str, Organisation]) -> Person:
    return Person(
        number,
        person.given,
        person.family,
        person.name_order,
        person.honorific,
        person.report_surname,
        person.function,
        person.unit,
        person.former,
        person.indefinite,
        bodies.get(person.organisation or ""),
        person.protected,
        person.id,
    )


def _session(session: types.Session, numbers: dict[str, int], people: dict[str, Person]) -> Session:
    number = numbers[session.id]
    roles = tuple(Role(number * 100 + n, role.role, people[role.person]) for n, role in enumerate(session.roles))
    part_of = numbers.get(session.part_of or "")
    return Session(
        number,
        session.id,
        session.kind,
        session.title,
        session.label,
        session.date,
        session.start,
        session.end,
        session.track,
        part_of,
        roles,
    )


def _submission(number: int, given: report_types.Submission, bodies: dict[str, Organisation]) -> Submission:
    body = bodies.get(given.organisation or "")
    category = given.category or (body.category if body else None)
    return Submission(number, given.id, body, category, tuple(given.themes), given.publish)


def _particulars(report: report_types.Report) -> Particulars:
    council = report.council_session
    return Particulars(
        report.symbol,
        council.number,
        council.start,
        council.end,
        tuple(report.agenda_items),
        report.date,
        report.original_language,
        report.title,
        report.focus,
        tuple(report.conclusions),
        tuple(Recommendation(r.addressee, r.lead, tuple(r.items), tuple(r.points)) for r in report.recommendations),
    )


def lines(draft: Draft) -> list[str]:
    """The body as it reads: headings with their number, paragraphs with theirs, lettered items below them."""
    read_out: list[str] = []
    for line in numbered(draft.body):
        if isinstance(line.part, Heading):
            read_out.append(f"{'#' * line.part.level} {line.label} {line.part.text}".replace("  ", " "))
            continue
        paragraph = line.part.paragraph
        read_out.append(f"{line.label} {plain(paragraph.content)}")
        read_out += [f"({chr(97 + place)}) {plain(item)}" for place, item in enumerate(paragraph.items)]
    return read_out
