"""A meeting with everything in it, for the tests of pages."""

import datetime as dt
from dataclasses import dataclass

from meetings.database import db, now, transaction
from meetings.models.meeting import Meeting, MeetingOrganiser
from tests import factories

LONG = "Enhancing the capacity of local and regional governments to respect, protect and fulfil human rights " * 4
ARABIC = "الحكومات المحلية وحقوق الإنسان"


@dataclass(frozen=True)
class Scene:
    """Addresses of the pages on which something can be edited, by what it is."""

    slug: str
    edits: dict[str, str]


def full_meeting(slug: str = "dialogue", timezone: str = "Europe/Zurich", published: bool = True) -> Scene:
    """A meeting of two days with tracks, parts, floors, people of several scripts, one of them protected."""
    with transaction() as session:
        meeting = factories.meeting(
            slug=slug,
            title=LONG.strip(),
            subtitle=ARABIC,
            series="Demonstration dialogues",
            mode="hybrid",
            timezone=timezone,
            venue="Palais des Nations",
            room="Room XXIV",
            city="Geneva",
            country="CH",
            languages=["en", "fr", "ar"],
            mandate_body="Human Rights Council",
            mandate_resolution="57/12",
            start_date=factories.DAY,
            end_date=factories.DAY + dt.timedelta(1),
            background="One paragraph[^1].\n\nAnother, *stressed*.\n\n[^1]: The note at its foot.",
            objectives=["First objective", "Second\n\nin two paragraphs", "  indented", "# no theme"],
            modalities="Presentations.\n\nThen the floor.",
            guiding_questions=[
                {"theme": None, "questions": ["What comes first?"]},
                {"theme": ARABIC, "questions": ["# What?", "Why\nso?"]},
                {"theme": "Nothing yet", "questions": []},
            ],
            documents=[
                {"title": "A report", "symbol": "A/HRC/56/32", "url": "https://example.org/report"},
                {"title": "A book | with a bar", "symbol": None, "url": None},
            ],
            contact="secretariat@example.org",
            published_at=now() if published else None,
        )
        edits = _people(meeting) | _programme(meeting)
        session.flush()
    base = f"/meetings/{slug}/organise"
    edits |= {"particulars": "particulars", "concept note": "concept-note"}
    return Scene(slug, {what: f"{base}/{path}" for what, path in edits.items()})


def _people(meeting: Meeting) -> dict[str, str]:
    ohchr = factories.organisation(
        meeting,
        key="ohchr",
        name="Office of the United Nations High Commissioner for Human Rights",
        acronym="OHCHR",
        category="united_nations_entities",
        article="the",
    )
    city = factories.organisation(meeting, key="city", name="Demonstration City", country="KR", show_country=True)
    factories.organisation(meeting, key="city2", name="Demonstration City")
    db.session.add(MeetingOrganiser(meeting_id=meeting.id, organisation_id=ohchr.id, position=0))
    factories.person(
        meeting,
        key="kim",
        given="Demonstration Minji",
        family="Kim",
        name_order="family_given",
        report_surname="Kim",
        function="Mayor",
        unit="Office of the Mayor",
        former=True,
        indefinite=True,
        organisation_id=city.id,
        language="ko",
        gender="woman",
    )
    factories.person(
        meeting, key="hidden", given="Demonstration", family="Protected-Name", organisation_id=ohchr.id, protected=True
    )
    factories.person(
        meeting, key="vacant", honorific=None, given=None, family=None, email=None, function="Rapporteur to be named"
    )
    factories.person(meeting, key="same1", given="Demonstration", family="Same", organisation_id=None, email=None)
    factories.person(meeting, key="same2", given="Demonstration", family="Same", organisation_id=None, email=None)
    return {
        "person": "people/kim",
        "protected person": "people/hidden",
        "person without a name": "people/vacant",
        "organisation": "organisations/city",
        "plain organisation": "organisations/ohchr",
    }


def _programme(meeting: Meeting) -> dict[str, str]:
    people = {person.key: person for person in meeting.people}
    sitting = factories.sitting(
        meeting,
        key="morning",
        start=dt.time(9),
        end=dt.time(12, 30),
        interpretation=["en", "fr"],
        join_url="https://example.org/secret-join-link",
    )
    whole = factories.session(
        meeting,
        key="whole",
        kind="dialogue",
        label="Dialogue 1",
        title=LONG.strip(),
        description="What it is about.\n\nIn two paragraphs.",
        start=dt.time(9),
        end=dt.time(11),
        sitting_id=sitting.id,
        track="A",
        room="Room XXV",
    )
    part = factories.session(
        meeting,
        key="part",
        part_of_id=whole.id,
        start=None,
        end=None,
        title=ARABIC,
        presentations_minutes=30,
        replies_minutes=0,
    )
    factories.floor(part, cap_ms=15 * 60_000, limit_ms=90_000)
    factories.session(meeting, key="beside", title="In parallel", start=dt.time(9), end=dt.time(11), track="B")
    factories.session(meeting, key="lunch", kind="lunch", title="Lunch", start=dt.time(12, 30), end=dt.time(14))
    factories.session(meeting, key="late", kind="closing", title="Closing", start=dt.time(23), end=dt.time(23, 59))
    factories.session(meeting, key="untimed", title="When?", date=None, start=None, end=None)
    for position, (key, what) in enumerate(
        [("kim", "moderator"), ("hidden", "panellist"), ("vacant", "panellist"), ("same1", "panellist")]
    ):
        factories.role(whole, people[key], what, position=position)
    factories.role(part, people["kim"], "facilitator")
    keys = ("whole", "part", "beside", "late", "untimed")
    return {f"session {key}": f"sessions/{key}" for key in keys} | {"sitting": "sittings/morning"}
