"""Reads the written submissions: the rapporteur's list, one of them, a sender's own, and those that are published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, undefer

from meetings.database import db
from meetings.models.inputs import Submission, SubmissionFile
from meetings.models.meeting import Meeting
from meetings.models.people import Organisation, Person
from meetings.models.report import Point
from meetings.report.rules.call import words_of

PAGE_SIZE = 50
_category = sa.func.coalesce(Submission.category, Organisation.category)
# A protected person appears on no public page, so neither does what came from their address.
of_protected = (
    sa.select(Person.id)
    .where(
        Person.meeting_id == Submission.meeting_id,
        Person.protected,
        sa.func.lower(Person.email) == sa.func.lower(Submission.contact_email),
    )
    .exists()
)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a submission, without its content. `words` None: they could not be counted."""

    id: int
    name: str
    file_type: str
    size: int
    words: int | None


@dataclass(frozen=True, slots=True)
class SubmissionValues:
    """A submission as the rapporteur's form shows it; `organisation` is the row's id."""

    organisation: int | None = None
    category: str | None = None
    received: dt.date | None = None
    themes: tuple[str, ...] = ()
    consent: str = "confidential"
    title: str | None = None
    country: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A submission in the rapporteur's list. `name` is the organisation's; `matched`: it is one of the meeting's."""

    key: str
    name: str | None
    matched: bool
    title: str | None
    category: str | None
    country: str | None
    language: str | None
    received: dt.date | None
    sent_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    themes: tuple[str, ...]
    consent: str
    words: int | None
    points: int
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which submissions the list shows: all where a value is empty; of the withdrawn ones, none but when chosen."""

    words: str = ""
    category: str = ""
    consent: str = ""
    standing: str = ""  # unmatched, without_points, withdrawn


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """One page of the list, in the order in which they came, and how many there are on all pages."""

    lines: tuple[SubmissionLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FullSubmission:
    """All of one submission: for the rapporteur, and for its sender. `protected`: its sender is."""

    id: int
    key: str
    slug: str
    organisation: str | None
    organisation_name: str | None
    category: str | None
    country: str | None
    language: str | None
    title: str | None
    themes: tuple[str, ...]
    consent: str
    contact_name: str | None
    contact_email: str | None
    answers: tuple[str, ...]
    files: tuple[FileLine, ...]
    received: dt.date | None
    sent_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    protected: bool
    serial: int
    version: int

    @property
    def erased(self) -> bool:
        """Whether the sender had what was sent erased."""
        nothing = not any((self.contact_email, self.organisation_name, self.files, *self.answers))
        return self.withdrawn_at is not None and nothing

    @property
    def words(self) -> int:
        """The words that were typed."""
        return words_of(self.answers)


@dataclass(frozen=True, slots=True)
class PublicInput:
    """A submission on the public list. Published without its name, it has neither name nor country nor files."""

    key: str
    name: str | None
    category: str | None
    country: str | None
    language: str | None
    answers: tuple[str, ...]
    files: tuple[FileLine, ...]


def submission_page(meeting_id: int, chosen: Filter, page: int = 1) -> SubmissionPage:
    """The submissions of a meeting that a filter leaves, a page at a time, in five statements at most."""
    conditions = [Submission.meeting_id == meeting_id, *_conditions(chosen)]
    counted = sa.select(sa.func.count(Submission.id)).outerjoin(Submission.organisation).where(*conditions)
    total = db.session.scalar(counted) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = (
        sa.select(Submission, _taken())
        .outerjoin(Submission.organisation)
        .options(contains_eager(Submission.organisation))
        .where(*conditions)
        .order_by(Submission.position, Submission.id)
    )
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    files = _files([row.id for row, _points in rows])
    lines = tuple(_line(row, points, tuple(files.get(row.id, ()))) for row, points in rows)
    return SubmissionPage(lines, total, page, pages)


def _taken() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(Point.id))
        .where(Point.submission_id == Submission.id, Point.removed_at.is_(None))
        .scalar_subquery()
    )


def _conditions(chosen: Filter) -> Iterable[sa.ColumnElement[bool]]:
    withdrawn = Submission.withdrawn_at.is_not(None)
    yield withdrawn if chosen.standing == "withdrawn" else sa.not_(withdrawn)
    if chosen.standing == "unmatched":
        yield Submission.organisation_id.is_(None) & Submission.organisation_name.is_not(None)
    if chosen.standing == "without_points":
        yield _taken() == 0
    if chosen.category:
        yield _category == chosen.category
    if chosen.consent:
        yield Submission.consent == chosen.consent
    columns = (Submission.organisation_name, Submission.title, Organisation.name, Organisation.acronym)
    for word in chosen.words.split():
        yield sa.or_(*(column.icontains(word, autoescape=True) for column in columns))


def counts(meeting_id: int) -> dict[str | None, int]:
    """How many submissions there are by category, none that was withdrawn among them."""
    query = (
        sa.select(_category, sa.func.count())
        .select_from(Submission)
        .outerjoin(Submission.organisation)
        .where(Submission.meeting_id == meeting_id, Submission.withdrawn_at.is_(None))
        .group_by(_category)
    )
    return {category: count for category, count in db.session.execute(query)}


def listed(meeting_id: int) -> int:
    """How many submissions a meeting has, the withdrawn ones among them."""
    return db.session.scalar(sa.select(sa.func.count()).where(Submission.meeting_id == meeting_id)) or 0


def submission(meeting_id: int, key: str) -> FullSubmission | None:
    """One submission of a meeting, or None."""
    return _full(Submission.meeting_id == meeting_id, Submission.key == key)


def values_of(row: Submission) -> SubmissionValues:
    """What the rapporteur's form shows of a submission."""
    return SubmissionValues(
        row.organisation_id,
        row.category,
        row.received,
        tuple(row.themes),
        row.consent,
        row.title,
        row.country,
        row.language,
    )


def submission_values(meeting_id: int, key: str) -> tuple[SubmissionValues, int] | None:
    """What the rapporteur's form shows of a submission, with its version; None where there is none."""
    query = sa.select(Submission).where(Submission.meeting_id == meeting_id, Submission.key == key)
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return None if row is None else (values_of(row), row.version)


def own_submission(submission_id: int, serial: int) -> FullSubmission | None:
    """The submission that a private link leads to, or None where a newer link has replaced it."""
    return _full(Submission.id == submission_id, Submission.serial == serial)


def submission_file(submission_id: int, file_id: int) -> SubmissionFile | None:
    """A file of a submission, with its content."""
    query = sa.select(SubmissionFile).where(SubmissionFile.id == file_id, SubmissionFile.submission_id == submission_id)
    return db.session.scalars(query.options(undefer(SubmissionFile.content))).one_or_none()


def public_inputs(meeting_id: int) -> list[PublicInput]:
    """The submissions that may be published, whether or not they are: the named ones first, by their name."""
    rows = list(db.session.scalars(_public(meeting_id)))
    files = _files([row.id for row in rows if row.consent == "named"])
    found = [_public_input(row, tuple(files.get(row.id, ()))) for row in rows]
    return sorted(found, key=lambda each: (each.name is None, (each.name or "").casefold(), each.key))


def public_input(meeting_id: int, key: str) -> PublicInput | None:
    """One of the submissions that may be published, or None."""
    row = db.session.scalars(_public(meeting_id).where(Submission.key == key)).one_or_none()
    return None if row is None else _public_input(row, tuple(_files([row.id]).get(row.id, ())))


def public_file(meeting_id: int, key: str, file_id: int) -> SubmissionFile | None:
    """A file of a submission that may be published with its author's name, or None."""
    query = _public(meeting_id).where(Submission.key == key, Submission.consent == "named")
    row = db.session.scalars(query).one_or_none()
    return None if row is None or _name(row) is None else submission_file(row.id, file_id)


def _public(meeting_id: int) -> sa.Select[Submission]:
    return (
        sa.select(Submission)
        .outerjoin(Submission.organisation)
        .options(contains_eager(Submission.organisation))
        .where(
            Submission.meeting_id == meeting_id,
            Submission.withdrawn_at.is_(None),
            Submission.consent.in_(("named", "anonymous")),
            sa.not_(of_protected),
        )
        .order_by(Submission.position, Submission.id)
    )


def _public_input(row: Submission, files: tuple[FileLine, ...]) -> PublicInput:
    name = _name(row) if row.consent == "named" else None
    body = row.organisation
    return PublicInput(
        row.key,
        name,
        row.category or (body.category if body else None),
        (row.country or (body.country if body else None)) if name else None,
        row.language,
        tuple(row.answers),
        files if name else (),
    )


def _full(*conditions: sa.ColumnElement[bool]) -> FullSubmission | None:
    query = (
        sa.select(Submission, Meeting.slug, of_protected)
        .join(Meeting, Meeting.id == Submission.meeting_id)
        .outerjoin(Submission.organisation)
        .options(contains_eager(Submission.organisation))
        .where(*conditions)
        .execution_options(populate_existing=True)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    row, slug, protected = found
    plainly = (
        "id",
        "key",
        "organisation_name",
        "category",
        "country",
        "language",
        "title",
        "consent",
        "contact_name",
        "contact_email",
        "received",
        "sent_at",
        "withdrawn_at",
        "serial",
        "version",
    )
    return FullSubmission(
        **{name: getattr(row, name) for name in plainly},
        slug=slug,
        organisation=row.organisation.name if row.organisation else None,
        themes=tuple(row.themes),
        answers=tuple(row.answers),
        files=tuple(_files([row.id]).get(row.id, ())),
        protected=protected,
    )


def _files(submissions: list[int]) -> dict[int, list[FileLine]]:
    query = (
        sa.select(SubmissionFile)
        .where(SubmissionFile.submission_id.in_(submissions))
        .order_by(SubmissionFile.position, SubmissionFile.id)
    )
    found: dict[int, list[FileLine]] = {}
    for row in db.session.scalars(query) if submissions else ():
        line = FileLine(row.id, row.name, row.file_type, row.size, row.words)
        found.setdefault(row.submission_id, []).append(line)
    return found


def _name(row: Submission) -> str | None:
    return row.organisation.name if row.organisation else row.organisation_name


def _line(row: Submission, points: int, files: tuple[FileLine, ...]) -> SubmissionLine:
    body = row.organisation
    words = words_of(row.answers) + sum(file.words or 0 for file in files)
    return SubmissionLine(
        row.key,
        _name(row),
        body is not None,
        row.title,
        row.category or (body.category if body else None),
        row.country or (body.country if body else None),
        row.language,
        row.received,
        row.sent_at,
        row.withdrawn_at,
        tuple(row.themes),
        row.consent,
        words or None,
        points,
        files,
    )
