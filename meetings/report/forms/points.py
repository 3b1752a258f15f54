"""The form of one point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from meetings.report.forms.shared import typed_line, typed_text
from meetings.report.queries import Choice, PointValues
from meetings.report.rules.material import Submission
from meetings.report.rules.notes import KINDS, LONGEST_VERB, Voice, themes_from, themes_to, voice


def kind_names() -> dict[str, str]:
    """The kinds of points by their code."""
    return {
        "point": _("Point"),
        "example": _("Example"),
        "challenge": _("Challenge"),
        "recommendation": _("Recommendation"),
        "question": _("Question"),
    }


def _group_names() -> dict[str, str]:
    return {
        "now": _("Has the floor now"),
        "programme": _("On the programme of this session"),
        "heard": _("From the floor of this session"),
        "several": _("Several or unnamed"),
        "elsewhere": _("Speakers of other sessions"),
        "organisations": _("Organizations"),
    }


class PointForm(FlaskForm):
    """One point. `seen` is the version that the page showed, empty for a new point; `uid` is the lasting name of a
    new one, made by the device or with the page.
    """

    speaker = SelectField(_l("Speaker"), validators=[InputRequired(_l("Choose whose words these are."))])
    kind = SelectField(_l("Kind"), validators=[InputRequired(_l("Choose a kind."))])
    verb = StringField(
        _l("Verb"),
        filters=[typed_line],
        validators=[Length(max=LONGEST_VERB, message=_l("Use at most %(max)d characters."))],
        render_kw={"maxlength": LONGEST_VERB, "list": "verbs", "autocapitalize": "none", "autocomplete": "off"},
    )
    text = TextAreaField(
        _l("What was said"),
        description=_l("Go on behind the verb: “the need for …”, “that cities …”, “how to …”."),
        filters=[typed_text],
        validators=[DataRequired(_l("Write what was said."))],
        render_kw={"autocapitalize": "none"},
    )
    themes = StringField(_l("Themes"), description=_l("Separate them with commas."), render_kw={"autocomplete": "off"})
    seen = HiddenField()
    uid = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = kind_names()
        self.kind.choices = [SelectChoice(kind, names[kind]) for kind in KINDS]

    @classmethod
    def data_of(cls, values: PointValues, version: int | None = None) -> dict[str, Any]:
        """The form's data for a point."""
        return {
            "speaker": values.voice.value,
            "kind": values.kind,
            "verb": values.verb,
            "text": values.text,
            "themes": themes_to(values.themes),
            "seen": "" if version is None else str(version),
        }

    def offer(self, voices: Iterable[Choice], roles: dict[str, str]) -> None:
        """Offer the speakers of a session."""
        names = _group_names()
        chosen = [
            (each.group, SelectChoice(each.voice.value, _called(each, roles), optgroup=names[each.group]))
            for each in voices
        ]
        several = [
            SelectChoice(Voice(collective=True).value, _("Several speakers"), optgroup=names["several"]),
            SelectChoice(Voice().value, _("A speaker who is not named"), optgroup=names["several"]),
        ]
        first = [choice for group, choice in chosen if group in ("now", "programme", "heard")]
        rest = [choice for group, choice in chosen if group in ("elsewhere", "organisations")]
        self.speaker.choices = _once([*first, *several, *rest])

    def offer_submissions(self, submissions: Iterable[Submission]) -> None:
        """Offer the submissions in place of speakers."""
        self.speaker.label.text = _("Source")
        self.speaker.choices = [
            *(SelectChoice(Voice(submission=s.id).value, _input_name(s)) for s in submissions),
            SelectChoice(Voice(collective=True).value, _("Several submissions")),
            SelectChoice(Voice().value, _("One submission that is not listed")),
        ]

    def values(self) -> PointValues:
        """What was entered; only for a form that is valid."""
        return PointValues(
            voice(self.speaker.data),
            self.kind.data,
            self.verb.data,
            themes_from(self.themes.data or ""),
            self.text.data,
        )


def _called(choice: Choice, roles: dict[str, str]) -> str:
    name = choice.name or str(_("An organization that is not known"))
    return f"{name} ({roles[choice.role]})" if choice.role in roles else name


def _input_name(submission: Submission) -> str:
    if submission.organisation is None:
        return str(_("%(name)s (not named)", name=submission.called))
    return submission.organisation.name if submission.publish else f"{submission.organisation.name} ({submission.key})"


def _once(choices: Iterable[SelectChoice]) -> list[SelectChoice]:
    once: dict[str, SelectChoice] = {}
    for choice in choices:
        once.setdefault(choice.value, choice)
    return list(once.values())
