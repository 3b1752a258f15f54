"""What goes into the Word file beside the draft: comments of the editorial rules, and the list of speakers."""

from dataclasses import replace

import pytest

from exports.inline import Span
from exports.report_data import Heading, Paragraph
from meetings.report.rules.annex import annex, body_line, person_line
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block, Draft
from meetings.report.rules.editorial import checked
from meetings.report.rules.file import report_file
from meetings.report.rules.material import Intervention, Material, Meeting, Organisation, Person, Role, Session
from meetings.report.rules.options import Options
from meetings.report.rules.wording import plain
from tests.report.from_file import demonstration

FEZ = Organisation(1, "the City of Fez", country="MA", show_country=True)
NETWORK = Organisation(2, "network of cities")
ADA = Person(1, "Ada", "Muster", honorific="Ms.", function="Mayor", organisation=Organisation(3, "City of Vienna"))
HIDDEN = Person(2, "Nobody", "Told", function="Witness", protected=True)


def of(*sessions: Session, heard: tuple[Intervention, ...] = ()) -> Material:
    return Material(Meeting("Meeting", "online"), sessions, interventions=heard)


def test_speakers_are_listed_by_session_and_the_floor_by_body_alone() -> None:
    panel = Session(1, "panel", "panel", "Cities that act", "Dialogue 1", roles=(Role(1, "moderator", ADA),))
    lunch = Session(2, "lunch", "lunch", "Lunch")
    floor = Session(3, "floor", "dialogue", "Open floor")
    heard = (Intervention(3, FEZ), Intervention(3, None), Intervention(3, NETWORK, "many"), Intervention(3, FEZ))
    first, second = annex(of(panel, lunch, floor, heard=heard)).sessions
    assert (first.title, first.named, first.floor) == (
        "Dialogue 1: Cities that act",
        (("Moderator", "Ms. Ada Muster, Mayor, City of Vienna"),),
        (),
    )
    assert (second.title, second.named, second.floor) == (
        "Open floor",
        (),
        ("The City of Fez, Morocco", "Network of cities"),
    )


def test_who_is_protected_is_in_no_list() -> None:
    roles = (Role(1, "panellist", HIDDEN), Role(2, "panellist", ADA))
    (session,) = annex(of(Session(1, "panel", "panel", "Panel", roles=roles))).sessions
    assert [person for _, person in session.named] == ["Ms. Ada Muster, Mayor, City of Vienna"]
    assert annex(of(Session(1, "panel", "panel", "Panel", roles=roles[:1]))).sessions == ()


@pytest.mark.parametrize(
    ("person", "line"),
    [
        (Person(1, "小明", "王", "family_given", "Mr."), "Mr. 王 小明"),
        (Person(1, given="Cher", function="Envoy", former=True), "Cher, former Envoy"),
        (Person(1, "A", "B", organisation=FEZ, unit="Office"), "A B, Office, the City of Fez, Morocco"),
        (Person(1), ""),
    ],
)
def test_a_person_is_written_as_on_other_lists(person: Person, line: str) -> None:
    assert person_line(person) == line


def test_a_body_begins_with_a_capital() -> None:
    assert body_line(NETWORK) == "Network of cities"
    assert body_line(Organisation(1, "")) == ""


def test_every_finding_is_a_comment_at_its_words() -> None:
    draft = replace(
        compiled(of()),
        title="The organisation of 5 cities",
        body=(
            Heading(1, "The programme of the organisations"),
            Block("a", Paragraph((Span("They organise 50% of it."),), ((Span("In the organisation."),),)), ()),
        ),
    )
    found = checked(draft)
    report = report_file(of(), draft)
    assert len(report.title_remarks) == len(found.get("title", ())) + len(found.get("report", ()))
    heading, paragraph = report.body
    assert [heading.text[r.start : r.end] for r in heading.remarks] == ["organisations"]  # type: ignore[union-attr]
    assert isinstance(paragraph, Paragraph)
    texts = {None: plain(paragraph.content), 0: plain(paragraph.items[0])}
    words = [texts[remark.item][remark.start : remark.end] for remark in paragraph.remarks]
    assert words == [texts[each.item][each.start : each.end] for each in found["a"]]
    assert {"organise", "organisation"} <= set(words)
    spelling = next(each.text for each in paragraph.remarks if each.item == 0 and "organization" in each.text)
    assert spelling.startswith(("Mistake: ", "Check: ", "Hint: "))
    assert "Instead: “organization”." in spelling


def test_what_concerns_the_whole_report_stands_at_its_title() -> None:
    long = Block("a", Paragraph((Span("Words. " * 9_000),)), ())
    draft = replace(compiled(of()), body=(Heading(1, "Introduction"), long))
    assert "report" in checked(draft)
    found = [each for each in report_file(of(), draft).title_remarks if "LE1" in each.text]
    assert [(each.start, each.end) for each in found] == [(0, len(draft.title))]


def all_remarks(draft: Draft) -> int:
    report = report_file(Material(Meeting("m", "online")), draft)
    return sum(len(part.remarks) for part in report.body) + len(report.title_remarks) + len(report.summary_remarks)


@pytest.mark.parametrize("name", ["2023-08-28.yaml", "2019-06-17.yaml"])
def test_no_finding_of_a_real_draft_is_dropped(name: str) -> None:
    draft = compiled(demonstration(name))
    assert all_remarks(draft) == sum(map(len, checked(draft).values()))


def test_the_annex_is_there_where_the_rapporteur_wants_it() -> None:
    material = demonstration("2023-08-28.yaml")
    without, having = (replace(material, options=replace(Options(), annex=wanted)) for wanted in (False, True))
    assert report_file(without, compiled(without)).annex is None
    listed = report_file(having, compiled(having)).annex
    assert listed is not None
    assert [len(session.named) for session in listed.sessions] == [4, 6, 6, 0, 2]
    assert listed.sessions[3].floor[0] == "Government of Canelones, Uruguay"
