"""What a paragraph rests on, in words: the points as sentences, the submissions, the session."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from meetings.report.rules.draft import Block, Source
from meetings.report.rules.material import Material, Submission
from meetings.report.rules.speech import preview

MOST = 40  # beyond so many the page would hold little else


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that a paragraph rests on. `words` are those of the report's language, None for a mere link."""

    title: str
    address: str | None
    words: str | None = None


def resting_on(slug: str, block: Block, material: Material) -> tuple[list[Resting], int]:
    """What a paragraph rests on, and how much more there is than is listed."""
    known = _Known(slug, material)
    return [known.of(source) for source in block.sources[:MOST]], max(len(block.sources) - MOST, 0)


class _Known:
    """The meeting's material by the ids that sources have."""

    def __init__(self, slug: str, material: Material) -> None:
        self.slug = slug
        self.sessions = {session.id: session for session in material.sessions}
        self.submissions = {submission.id: submission for submission in material.submissions}
        every = [each for point in material.points for each in (point, *point.merged)]
        self.points = {point.id: point for point in every}
        self.places = {point.id: place for place, point in enumerate(material.points, 1)}

    def of(self, source: Source) -> Resting:
        """A source as the page names it."""
        match source.kind:
            case "point":
                return self._point(source.id)
            case "submission":
                submission = self.submissions[source.id]
                address = url_for("report.edit_submission", slug=self.slug, key=submission.key)
                return Resting(_("Submission of %(name)s", name=_called(submission)), address)
            case "session":
                session = self.sessions[source.id]
                address = url_for("report.notes", slug=self.slug, key=session.key)
                return Resting(_("Programme: %(session)s", session=session.title), address)
            case "particulars":
                return Resting(_("Details of the report"), url_for("report.edit_report", slug=self.slug))
            case _:
                return Resting(_("Concept note and programme"), None)

    def _point(self, number: int) -> Resting:
        point = self.points[number]
        session = self.sessions.get(point.session or 0)
        submission = self.submissions.get(point.submission or 0)
        place = self.places.get(number)
        title = _("Point %(number)s", number=place) if place else _("A point merged into another")
        address = url_for("report.edit_point", slug=self.slug, point_id=number)
        return Resting(title, address, preview(point, session, submission))


def _called(submission: Submission) -> str:
    return submission.organisation.name if submission.organisation else submission.key
