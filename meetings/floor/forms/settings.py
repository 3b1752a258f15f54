"""What the chair and the desk decide of a floor as a whole: its settings, and the rule that orders its list."""

import json
from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from meetings import display
from meetings.fields import NumberField, WallClockField
from meetings.floor.chair_words import policies
from meetings.floor.forms.fields import DurationField, line
from meetings.floor.queries import FloorHead
from meetings.floor.rules.balance import CATEGORIES

_MOST = 10_000


def _between(least: int, most: int) -> NumberRange:
    return NumberRange(least, most, _l("Give a whole number from %(least)s to %(most)s.", least=least, most=most))


class SettingsForm(FlaskForm):
    """What is decided of a floor itself. `was` holds what the page showed, so that another's change is noticed."""

    was = HiddenField()
    limit = DurationField(
        _l("Speaking limit"), description=_l("Minutes and seconds, like 2:00."), missing=_l("Give the speaking limit.")
    )
    minimum = DurationField(
        _l("Shortest turn"),
        description=_l("With less than this left, the floor is given to nobody."),
        missing=_l("Give the shortest turn."),
    )
    warning = DurationField(
        _l("Warning"),
        description=_l("This long before the end of a turn, its clock asks the speaker to conclude."),
        missing=_l("Give the warning; 0:00 for none."),
    )
    opens = WallClockField(_l("The list opens"), description=_l("Left empty, it is open from the beginning."))
    closes = WallClockField(_l("The list closes"), description=_l("Left empty, it stays open until you close it."))
    max_requests = NumberField(
        _l("Most requests"),
        description=_l("Those heard and those waiting together. Left empty, as many as ask."),
        validators=[Optional(), _between(1, _MOST)],
    )
    per_organisation = NumberField(
        _l("Requests of one organization"),
        description=_l("How many may wait or speak at a time."),
        validators=[InputRequired(_l("Give a number, at least 1.")), _between(1, 100)],
    )

    def __init__(self, head: FloorHead, **kwargs: Any) -> None:
        self.head = head
        super().__init__(data=_settings_of(head), **kwargs)
        if not self.is_submitted():
            self.was.data = self.mark()

    def validate_minimum(self, field: Any) -> None:
        """Refuse a shortest turn that nobody could be given."""
        if field.data is not None and self.limit.data is not None and not 0 < field.data <= self.limit.data:
            raise ValidationError(_("The shortest turn is longer than nothing, and not longer than the limit."))

    def validate_closes(self, field: Any) -> None:
        """Refuse a list that closes before it opens."""
        if field.data is not None and self.opens.data is not None and field.data <= self.opens.data:
            raise ValidationError(_("The list closes before it opens."))

    @property
    def category_limits(self) -> list[Any]:
        """The fields of the limits by category."""
        return [self[_limit(code)] for code in CATEGORIES]

    @property
    def settings(self) -> dict[str, Any]:
        """What was entered, as the command takes it; only for a form that is valid.

        A field that reads as the page showed it keeps what is stored, which may be finer than what it shows.
        """
        shown, typed, stored = self.shown(), self.texts(), _settings_of(self.head)
        found = {name: kept if typed[name] == shown.get(name) else self[name].data for name, kept in stored.items()}
        limits = {code: found[_limit(code)] for code in CATEGORIES}
        return {
            "limit_ms": found["limit"],
            "limits_ms": {code: limit for code, limit in limits.items() if limit is not None},
            "minimum_ms": found["minimum"],
            "warning_ms": found["warning"],
            "asking_opens": found["opens"],
            "asking_closes": found["closes"],
            "max_requests": found["max_requests"],
            "per_organisation": found["per_organisation"],
        }

    def mark(self) -> str:
        """What the fields read, for the hidden field `was`."""
        return json.dumps(self.texts())

    def texts(self) -> dict[str, str]:
        """What each field of the form reads."""
        return {each.name: str(each._value()) for each in self if each.name not in ("was", "csrf_token")}

    def shown(self) -> dict[str, str]:
        """What each field read when the page was shown; empty where that cannot be told."""
        try:
            found = json.loads(self.was.data or "")
        except (ValueError, RecursionError):  # made up: what a page of ours sends is one level deep
            return {}
        return found if isinstance(found, dict) else {}


for _code in CATEGORIES:
    setattr(SettingsForm, f"limit_{_code}", DurationField(LazyString(display.category, _code)))


def _limit(code: str) -> str:
    return f"limit_{code}"


def _settings_of(head: FloorHead) -> dict[str, Any]:
    return {
        "limit": head.limit_ms,
        "minimum": head.minimum_ms,
        "warning": head.warning_ms,
        "opens": head.asking_opens,
        "closes": head.asking_closes,
        "max_requests": head.max_requests,
        "per_organisation": head.per_organisation,
    } | {_limit(code): head.limits_ms.get(code) for code in CATEGORIES}


class OrderForm(FlaskForm):
    """The rule that is to order the list. It is sent by GET: a preview changes nothing."""

    class Meta:
        """Nothing is changed by it, so no token is needed."""

        csrf = False

    policy = RadioField(_l("Rule"))
    priority = BooleanField(_l("Dignitaries first, then joint statements, before all others"))
    seed = StringField(
        _l("Word of the draw"),
        description=_l("Anything. The same word draws the same order; it is kept in the log."),
        filters=[line],
        render_kw={"maxlength": 40, "autocomplete": "off"},
    )

    def __init__(self, formdata: Any, data: Mapping[str, Any]) -> None:
        super().__init__(formdata=formdata, data=data)
        self.policy.choices = [(code, name) for code, (name, _what) in policies().items()]

    @property
    def quota_fields(self) -> list[Any]:
        """The fields of the places by category."""
        return [self[_quota(code)] for code in CATEGORIES]

    @property
    def quotas(self) -> dict[str, int]:
        """The places that were given, by category."""
        places = {code: self[_quota(code)].data for code in CATEGORIES}
        return {code: number for code, number in places.items() if number is not None}


for _code in CATEGORIES:
    setattr(
        OrderForm,
        f"quota_{_code}",
        NumberField(LazyString(display.category, _code), [Optional(), _between(0, 100)]),
    )


def _quota(code: str) -> str:
    return f"quota_{code}"
