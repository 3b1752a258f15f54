"""Who may open what: every address of the site against the table below, as every kind of visitor."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from meetings import links
from meetings.access import Audience
from meetings.database import transaction
from tests import factories
from tests.client import Client
from tests.signing_in import sign_in

# The contract: an address that is not here, or is open to others than it says, fails the tests.
TABLE: dict[str, Audience] = {
    "accounts.back_from_entra": Audience.ANYONE,
    "accounts.remove_role": Audience.ORGANISER,
    "accounts.sign_in": Audience.ANYONE,
    "accounts.sign_in_by_entra": Audience.ANYONE,
    "accounts.sign_out": Audience.ANYONE,
    "accounts.team": Audience.ORGANISER,
    "accounts.use_link": Audience.LINK,
    "floor.act": Audience.CHAIR,
    "floor.add": Audience.CHAIR,
    "floor.ask": Audience.LINK,
    "floor.ask_stream": Audience.LINK,
    "floor.chair": Audience.CHAIR,
    "floor.chair_stream": Audience.CHAIR,
    "floor.clock": Audience.ANYONE,
    "floor.correct": Audience.CHAIR,
    "floor.display": Audience.LINK,
    "floor.display_stream": Audience.LINK,
    "floor.file_for_record": Audience.LINK,
    "floor.interpreters": Audience.LINK,
    "floor.interpreters_statement": Audience.LINK,
    "floor.interpreters_stream": Audience.LINK,
    "floor.limit": Audience.CHAIR,
    "floor.log": Audience.CHAIR,
    "floor.log_xlsx": Audience.CHAIR,
    "floor.lower_place": Audience.LINK,
    "floor.move": Audience.CHAIR,
    "floor.one_request": Audience.CHAIR,
    "floor.order": Audience.CHAIR,
    "floor.own_statement": Audience.LINK,
    "floor.remove_statement": Audience.LINK,
    "floor.renew_display": Audience.CHAIR,
    "floor.renew_interpreters": Audience.CHAIR,
    "floor.send_statement": Audience.LINK,
    "floor.sessions": Audience.CHAIR,
    "floor.settings": Audience.CHAIR,
    "floor.speakers_xlsx": Audience.CHAIR,
    "floor.statement": Audience.CHAIR,
    "floor.statistics": Audience.CHAIR,
    "floor.substitute": Audience.LINK,
    "floor.switch_list": Audience.CHAIR,
    "floor.undo": Audience.CHAIR,
    "floor.withdraw": Audience.LINK,
    "invitations.answer": Audience.LINK,
    "invitations.answer_now": Audience.LINK,
    "invitations.answers": Audience.ORGANISER,
    "invitations.reminders": Audience.ORGANISER,
    "invitations.calendar": Audience.LINK,
    "invitations.replace_feed": Audience.LINK,
    "invitations.replace_speaker_feed": Audience.LINK,
    "invitations.speaker_calendar": Audience.LINK,
    "invitations.subscribed_ics": Audience.LINK,
    "invitations.speaker_answer": Audience.LINK,
    "invitations.speaker_answer_now": Audience.LINK,
    "invitations.message": Audience.ORGANISER,
    "invitations.messages": Audience.ORGANISER,
    "invitations.personal_ics": Audience.LINK,
    "invitations.discard_draft": Audience.ORGANISER,
    "invitations.edit_draft": Audience.ORGANISER,
    "invitations.send_draft": Audience.ORGANISER,
    "invitations.send_drafts": Audience.ORGANISER,
    "invitations.send_updates": Audience.ORGANISER,
    "invitations.try_all_again": Audience.ORGANISER,
    "invitations.try_again": Audience.ORGANISER,
    "people.confirm": Audience.ORGANISER,
    "people.correct": Audience.LINK,
    "people.decide": Audience.ORGANISER,
    "people.decline": Audience.ORGANISER,
    "people.lost_link": Audience.ANYONE,
    "people.mail_sent": Audience.ANYONE,
    "people.participants_docx": Audience.ORGANISER,
    "people.participants_xlsx": Audience.ORGANISER,
    "people.personal": Audience.LINK,
    "people.protect": Audience.ORGANISER,
    "people.register": Audience.ANYONE,
    "people.registration": Audience.ORGANISER,
    "people.registrations": Audience.ORGANISER,
    "people.registrations_csv": Audience.ORGANISER,
    "people.rejoin": Audience.LINK,
    "people.settle_list": Audience.ORGANISER,
    "people.reopen": Audience.ORGANISER,
    "people.replace_link": Audience.LINK,
    "people.verify": Audience.LINK,
    "people.withdraw": Audience.LINK,
    "people.withdraw_now": Audience.LINK,
    "programme.concept_note_docx": Audience.ANYONE,
    "programme.desk": Audience.SIGNED_IN,
    "programme.edit_concept_note": Audience.ORGANISER,
    "programme.edit_organisation": Audience.ORGANISER,
    "programme.edit_particulars": Audience.ORGANISER,
    "programme.edit_person": Audience.ORGANISER,
    "programme.edit_programme": Audience.ORGANISER,
    "programme.edit_session": Audience.ORGANISER,
    "programme.edit_sitting": Audience.ORGANISER,
    "programme.meeting": Audience.ANYONE,
    "programme.meetings": Audience.ANYONE,
    "programme.change_programme": Audience.ORGANISER,
    "programme.mend": Audience.ORGANISER,
    "programme.new_meeting": Audience.ORGANISER,
    "programme.new_organisation": Audience.ORGANISER,
    "programme.new_person": Audience.ORGANISER,
    "programme.new_session": Audience.ORGANISER,
    "programme.new_sitting": Audience.ORGANISER,
    "programme.organise": Audience.ORGANISER,
    "programme.programme_docx": Audience.ANYONE,
    "programme.programme_ics": Audience.ANYONE,
    "programme.proof": Audience.ORGANISER,
    "programme.remove_session": Audience.ORGANISER,
    "programme.remove_sitting": Audience.ORGANISER,
    "programme.speakers": Audience.ORGANISER,
    "programme.version": Audience.ANYONE,
    "programme.versions": Audience.ANYONE,
    "publishing.people": Audience.ORGANISER,
    "publishing.publish": Audience.ORGANISER,
    "publishing.unpublish": Audience.ORGANISER,
    "reading.create": Audience.ORGANISER,
    "reading.fill": Audience.ORGANISER,
    "reading.read_into": Audience.ORGANISER,
    "reading.read_note": Audience.ORGANISER,
    "report.arrange_points": Audience.RAPPORTEUR,
    "report.call_for_inputs": Audience.ANYONE,
    "report.change_consent": Audience.LINK,
    "report.change_paragraph": Audience.RAPPORTEUR,
    "report.ask_to_check": Audience.RAPPORTEUR,
    "report.checks": Audience.RAPPORTEUR,
    "report.close_call": Audience.RAPPORTEUR,
    "report.paragraph_check": Audience.LINK,
    "report.settle_outcome": Audience.RAPPORTEUR,
    "report.settle_check": Audience.RAPPORTEUR,
    "report.correct_input": Audience.LINK,
    "report.edit_call": Audience.RAPPORTEUR,
    "report.edit_point": Audience.RAPPORTEUR,
    "report.edit_report": Audience.RAPPORTEUR,
    "report.edit_submission": Audience.RAPPORTEUR,
    "report.input_notes": Audience.RAPPORTEUR,
    "report.input_notes_stream": Audience.RAPPORTEUR,
    "report.input_points": Audience.RAPPORTEUR,
    "report.input_text": Audience.RAPPORTEUR,
    "report.match_submission": Audience.RAPPORTEUR,
    "report.follow_up": Audience.RAPPORTEUR,
    "report.ledger": Audience.RAPPORTEUR,
    "report.ledger_entry": Audience.RAPPORTEUR,
    "report.new_ledger_entry": Audience.RAPPORTEUR,
    "report.new_paragraph": Audience.RAPPORTEUR,
    "report.take_over": Audience.RAPPORTEUR,
    "report.new_submission": Audience.RAPPORTEUR,
    "report.note_sessions": Audience.RAPPORTEUR,
    "report.notes": Audience.RAPPORTEUR,
    "report.notes_stream": Audience.RAPPORTEUR,
    "report.open_call": Audience.RAPPORTEUR,
    "report.outcome": Audience.RAPPORTEUR,
    "report.outcome_md": Audience.RAPPORTEUR,
    "report.outcome_page": Audience.RAPPORTEUR,
    "report.own_input_file": Audience.LINK,
    "report.own_submission": Audience.LINK,
    "report.paragraph": Audience.RAPPORTEUR,
    "report.plan": Audience.RAPPORTEUR,
    "report.points": Audience.RAPPORTEUR,
    "report.publish_inputs": Audience.ORGANISER,
    "report.published_file": Audience.ANYONE,
    "report.published_input": Audience.ANYONE,
    "report.published_inputs": Audience.ANYONE,
    "report.remove_submission": Audience.RAPPORTEUR,
    "report.replace_input_link": Audience.LINK,
    "report.report": Audience.RAPPORTEUR,
    "report.report_docx": Audience.RAPPORTEUR,
    "report.send_input": Audience.ANYONE,
    "report.send_input_link": Audience.RAPPORTEUR,
    "report.statement": Audience.RAPPORTEUR,
    "report.submission_file": Audience.RAPPORTEUR,
    "report.submissions": Audience.RAPPORTEUR,
    "report.unpublish_inputs": Audience.ORGANISER,
    "report.withdraw_input": Audience.LINK,
    "report.withdraw_submission": Audience.RAPPORTEUR,
    "site.choose_language": Audience.ANYONE,
    "site.health": Audience.ANYONE,
    "speakers.answer": Audience.LINK,
    "speakers.check_words": Audience.LINK,
    "speakers.lost_link": Audience.ANYONE,
    "speakers.mark_seen": Audience.ORGANISER,
    "speakers.new_link": Audience.ORGANISER,
    "speakers.own": Audience.LINK,
    "speakers.participant_link": Audience.LINK,
    "speakers.record_answer": Audience.ORGANISER,
    "speakers.replace_link": Audience.LINK,
    "speakers.speaker": Audience.ORGANISER,
    "speakers.speaker_link": Audience.LINK,
    "speakers.speakers": Audience.ORGANISER,
    "speakers.withdraw": Audience.ORGANISER,
    "speakers.write_to": Audience.ORGANISER,
    "teams.create_link": Audience.ORGANISER,
    "teams.delete_again": Audience.ORGANISER,
    "teams.join_link": Audience.ORGANISER,
    "teams.online_meetings": Audience.ORGANISER,
    "teams.tell_again": Audience.ORGANISER,
    "transfer.export_yaml": Audience.ORGANISER,
}

VISITORS = ("visitor", "nobody", "rapporteur", "chair", "elsewhere", "organiser", "administrator")
MAY = {
    Audience.ANYONE: set(VISITORS),
    Audience.LINK: set(VISITORS),
    Audience.SIGNED_IN: set(VISITORS) - {"visitor"},
    Audience.RAPPORTEUR: {"rapporteur", "organiser", "administrator"},
    Audience.CHAIR: {"chair", "organiser", "administrator"},
    Audience.ORGANISER: {"organiser", "administrator"},
    Audience.ADMINISTRATOR: {"administrator"},
}


def rules(app: Flask) -> list[Rule]:
    """Every address but those of static files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


@pytest.mark.sqlite_only("asks no database")
def test_every_address_is_in_the_table_and_says_the_same(app: Flask) -> None:
    said = {rule.endpoint: getattr(app.view_functions[rule.endpoint], "audience", None) for rule in rules(app)}
    assert said == TABLE


@pytest.fixture
def house(app: Flask) -> dict[str, Any]:
    """What every address can be filled in with."""
    return fill_house()


def fill_house() -> dict[str, Any]:
    """A meeting with something of everything that an address can name, and an account of every kind."""
    with transaction():
        meeting = factories.meeting(slug="here")
        session = factories.session(meeting, key="talk")
        factories.floor(session)
        factories.sitting(meeting, key="talk")
        registration = factories.registration(meeting)
        speaker = factories.speaker(factories.person(meeting, key="talk"))
        for person in (registration.person, speaker.person):
            factories.calendar_entry(person, uid="here.sitting.talk@rostrum")
        request = factories.floor_request(session, registration)
        submission = factories.submission(meeting, key="talk", answers=["Απάντηση"])
        factories.submission_file(submission, name="κείμενο.txt")
        factories.call_for_inputs(meeting, questions=[{"text": "Τι;", "items": ["Πού;"]}])
        check = factories.paragraph_check(registration.person)
        factories.ledger_entry(meeting, key="talk")
        elsewhere = factories.meeting(slug="elsewhere")
        accounts = {
            "nobody": factories.account("nobody@example.org"),
            "elsewhere": factories.account("elsewhere@example.org", "organiser", of=elsewhere),
            "administrator": factories.account("administrator@example.org", "administrator"),
        } | {
            role: factories.account(f"{role}@example.org", role, of=meeting)
            for role in ("rapporteur", "chair", "organiser")
        }
        values = {
            "slug": "here",
            "key": "talk",
            "registration_id": registration.id,
            "request_id": request.id,
            "what": "registration",
            "step": "ask",
            "uid": "here.sitting.talk@rostrum",
        }
        claims = {
            "personal": [registration.id, 1],
            "feed": [registration.person_id, 1],
            "speaker": [speaker.id, 1],
            "verify": [registration.id, 1],
            "display": [session.id, 1],
            "interpreters": [session.id, 1],
            "input": [submission.id, 1],
            "check": [check.id, 1],
            "sign_in": ["nonce"],
        }
    return {"values": values, "claims": claims, "accounts": accounts}


def address(app: Flask, rule: Rule, house: dict[str, Any]) -> str:
    """The rule's address with everything it names filled in."""
    values = {name: house["values"].get(name, 1) for name in rule.arguments}
    if "token" in rule.arguments:
        purpose = purpose_of(app, rule)
        values["token"] = links.make(purpose, *house["claims"][purpose])
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def purpose_of(app: Flask, rule: Rule) -> str:
    """What the links to this address are made for."""
    return str(getattr(app.view_functions[rule.endpoint], "purpose"))  # noqa: B009  # mypy knows no such attribute


def turned_away(client: Client, url: str, method: str) -> bool:
    """Whether the visitor is refused: sent to sign in, or told that it is not open to them."""
    answer = client.open(url, method=method)
    return answer.status_code == 403 or answer.headers.get("Location", "").startswith("/sign-in")


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_lets_in_whom_the_table_says_and_nobody_else(
    app: Flask, new_client: Callable[[], Client], house: dict[str, Any], visitor: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # so that a refusal can only come from the access rule
    wrong = []
    for rule in rules(app):
        audience = TABLE[rule.endpoint]
        expected = visitor in MAY[audience] or (visitor == "elsewhere" and "slug" not in rule.arguments)
        if audience is Audience.ADMINISTRATOR:
            expected = visitor == "administrator"
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if rule.endpoint in ("accounts.sign_in", "accounts.sign_out"):
                continue  # open to all, and the one place where being sent to sign in is right
            client = new_client()
            if visitor != "visitor":
                sign_in(client, house["accounts"][visitor])
            if turned_away(client, address(app, rule, house), method) == expected:
                wrong.append(f"{method} {rule.rule}: {visitor} {'is refused' if expected else 'gets in'}")
    assert wrong == []


def test_a_link_opens_only_what_it_was_made_for(app: Flask, client: Client, house: dict[str, Any]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    opened = []
    for rule in rules(app):
        if "token" not in rule.arguments:
            continue
        purpose = purpose_of(app, rule)
        others = [links.make(other, *claim) for other, claim in house["claims"].items() if other != purpose]
        for token in [*others, "made-up", links.make(purpose, 999_999, 1)]:
            values = {name: house["values"].get(name, 1) for name in rule.arguments} | {"token": token}
            with app.test_request_context():
                url = app.url_for(rule.endpoint, **values)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                if client.open(url, method=method).status_code != 404:
                    opened.append(f"{method} {url}")
    assert opened == []
