"""What was made of a report goes with its meeting: points by their lasting names, call, inputs, paragraphs, ledger."""

import datetime as dt

import sqlalchemy as sa
from flask import Flask

from exports.meeting_file import read, write
from meetings.database import db, transaction
from meetings.models.inputs import CallForInputs, Submission
from meetings.models.report import DraftParagraph, LedgerEntry, Point, Report
from meetings.report.queries import material
from meetings.report.rules.options import Options, Theme
from meetings.transfer.queries import export_meeting
from tests.transfer.small import SMALL, count, empty_the_database, load, the_meeting

DRAFTED = (
    SMALL.partition("points:")[0]
    + """points:
  - {session: s1, person: ana, verb: stressed, text: the need for rain}
  - {session: s1, person: bo, text: the need for more rain, merged_into: p1}
  - {id: from-a-device, submission: in1, kind: recommendation, text: to build cisterns}
call:
  introduction: Tell us of water.
  addressees: local governments
  questions: [{text: What do you do?, items: [today, tomorrow]}, {text: 与谁一起？}]
  deadlines:
    - {partner: OHCHR, at: "2026-01-31T23:59", timezone: Europe/Zurich}
    - {partner: UCLG, at: "2026-02-15T18:00", timezone: Europe/Madrid}
  max_words: 1500
  file_types: [docx, pdf]
  languages: [en, ar]
  opened_at: 2026-01-05T09:00:00+05:45
submissions:
  - {id: in1, organisation_name: مدينة تجريبية, country: MA, language: ar, consent: anonymous,
     answers: [Cisterns., null], contact: {name: Demonstration Secretary, email: office@example.org},
     sent_at: 2026-01-20T10:00:00.5+05:45}
  - {id: in2, organisation: city, publish: true, withdrawn_at: 2026-01-21T10:00:00+05:45}
report:
  title: Summary
  focus: water in cities
  recommendations: [{addressee: Cities, items: [build cisterns], points: [from-a-device]}]
  plan:
    floors: {s1: section}
    headings: {dialogue: Exchange of views}
    themes: [{heading: Water, themes: [rain, cisterns]}]
    number: 4
    annex: true
  paragraphs:
    - {key: "session:s1:frame", state: edited, base: The session was held.,
       text: "The session was *long*.^[By all accounts.]"}
    - {key: introduction, state: left_out, base: The meeting was held online.}
    - {key: "own:1", state: own, text: One more word., items: ["first;", last.], after: "session:s1:frame"}
  outcome: "# What came of it"
  outcome_base: "# Outcome"
ledger:
  - {id: r1, text: Build cisterns, addressee: Cities, source: "A/HRC/56/32, para. 61 (a)", points: [from-a-device],
     status: under_way, follow_up: [{date: 2026-06-01, text: Ten were built., url: "https://example.org/ten"}]}
"""
).replace("slug: small,", "slug: small, participants_final_at: 2026-03-05T12:00:00+05:45,")


def test_all_that_was_made_of_a_report_comes_back(app: Flask) -> None:
    load(DRAFTED)
    first = write(export_meeting("small"))
    assert first == write(read(DRAFTED, "drafted.yaml"))
    empty_the_database()
    load(first)
    assert write(export_meeting("small")) == first


def test_what_a_file_says_of_the_draft_is_what_the_draft_is_made_with(app: Flask) -> None:
    load(DRAFTED)
    plan = db.session.scalars(sa.select(Report.plan)).one()
    assert plan == {
        "floors": {"s1": "section"},
        "headings": {"dialogue": "Exchange of views"},
        "themes": [{"heading": "Water", "themes": ["rain", "cisterns"]}],
        "number": 4,
        "annex": True,
    }
    made = material(the_meeting().id)
    assert made.options == Options(
        floors={"s1": "section"},
        headings={"dialogue": "Exchange of views"},
        themes=(Theme("Water", ("rain", "cisterns")),),
        number=4,
        annex=True,
    )
    assert (made.particulars.focus, made.addressees) == ("water in cities", "local governments")
    assert [(point.uid, [each.uid for each in point.merged]) for point in made.points] == [
        ("p1", ["p2"]),
        ("from-a-device", []),
    ]


def test_consent_deadlines_and_answers_are_stored_as_they_are_used(app: Flask) -> None:
    load(DRAFTED)
    first, second = db.session.scalars(sa.select(Submission).order_by(Submission.position))
    assert (first.consent, second.consent) == ("anonymous", "named")
    assert first.answers == ["Cisterns.", ""]
    assert first.contact_email == "office@example.org"
    assert second.withdrawn_at == dt.datetime(2026, 1, 21, 4, 15, tzinfo=dt.UTC)
    call = db.session.scalars(sa.select(CallForInputs)).one()
    assert call.deadlines[1] == {"partner": "UCLG", "at": "2026-02-15T18:00", "timezone": "Europe/Madrid"}


def test_a_later_import_of_an_untouched_meeting_replaces_paragraphs_call_and_ledger(app: Flask) -> None:
    load(DRAFTED)
    file = export_meeting("small")
    assert file.report is not None
    load(write(file.model_copy(update={"call": None, "ledger": [], "report": None})))
    assert count(DraftParagraph) == count(CallForInputs) == count(LedgerEntry) == count(Report) == 0
    assert count(Point) == 3


def test_a_removed_point_is_not_carried_and_nothing_refers_to_it(app: Flask) -> None:
    load(DRAFTED)
    with transaction():
        for row in db.session.scalars(sa.select(Point).where(Point.uid.in_(["p1", "from-a-device"]))):
            row.removed_at = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)
    file = export_meeting("small")
    assert [(point.id, point.merged_into) for point in file.points] == [("p2", None)]
    assert file.report is not None
    assert file.report.recommendations[0].points == []
    assert file.ledger[0].points == []
    empty_the_database()
    load(write(file))
    assert write(export_meeting("small")) == write(file)
