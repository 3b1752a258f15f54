"""The form of a session with its floor and roles; somebody new can be entered in the same go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from meetings.display import session_kinds, session_roles
from meetings.fields import ClockField, DayField, NumberField
from meetings.floor.rules import CAP_MS
from meetings.programme.forms.edit import EditForm
from meetings.programme.forms.fields import (
    ChoiceField,
    LineField,
    TextField,
    at_most,
    rows_are_sound,
)
from meetings.programme.queries.edits import FloorValues, Named, NewPerson, RoleValues, SessionValues

_BLANK_ROWS = 3
_CAP_MINUTES = CAP_MS // 60_000
_NEW = ("honorific", "given", "family", "function", "organisation")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a session's form offers, each by key with its label."""

    people: Mapping[str, str]
    organisations: Mapping[str, str]
    sessions: Mapping[str, str]
    sittings: Mapping[str, str]


def _minutes(low: int, high: int, message: str) -> list[Any]:
    return [Optional(), NumberRange(low, high, message)]


def _fields(new: NewPerson) -> dict[str, Any]:
    return {name: getattr(new, name) for name in _NEW}


class RoleForm(Form):
    """A row for a role. A row without a person is none."""

    place = NumberField(_l("Order"))
    role = SelectField(_l("Role"), default="")
    person = ChoiceField(_l("Person"), render_kw={"list": "people", "autocomplete": "off", "dir": "auto"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(code, name) for code, name in session_roles().items()),
        ]

    def validate_role(self, field: Any) -> None:
        """Refuse a person without a role."""
        if self.person.data is not None and not field.data:
            raise ValidationError(_("Choose a role."))

    def validate_person(self, field: Any) -> None:
        """Refuse a name that is not in the list."""
        if field.named is not None and field.named.key is None:
            raise ValidationError(
                _("Nobody in the list is called this. Choose from the list, or add the person below.")
            )


class NewPersonForm(Form):
    """Somebody who is not in the list yet, and their role; left empty, nobody."""

    role = SelectField(_l("Role"))
    honorific = LineField(_l("Form of address"), [at_most(40)])
    given = LineField(_l("Given name"))
    family = LineField(_l("Family name"))
    function = LineField(_l("Function"))
    organisation = ChoiceField(
        _l("Organization"),
        description=_l("Choose one of the list, or type the name of a new one."),
        render_kw={"list": "organisations", "autocomplete": "off", "dir": "auto"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(code, name) for code, name in session_roles().items()),
        ]

    @property
    def is_filled(self) -> bool:
        """Whether somebody is entered."""
        return any(self[name].data for name in _NEW)

    def validate_role(self, field: Any) -> None:
        """Refuse somebody without a role."""
        if self.is_filled and not field.data:
            raise ValidationError(_("Choose a role."))

    def validate_family(self, field: Any) -> None:
        """Refuse a role of whom nothing is said."""
        if (self.role.data or self.is_filled) and not (field.data or self.given.data or self.function.data):
            raise ValidationError(_("Give a name, or a function while the name is not known."))


class SessionForm(EditForm):
    """One line of the programme of work."""

    values_class = SessionValues

    kind = SelectField(_l("Kind"), [InputRequired(_l("Choose a kind."))])
    label = LineField(_l("Label"), description=_l("As Session 1 or Dialogue 2; may be empty."))
    title = LineField(_l("Title"), [DataRequired(_l("Give the session a title."))])
    description = TextField(_l("Description"), render_kw={"rows": 5, "dir": "auto"})
    date = DayField(_l("Day"))
    start = ClockField(_l("From"))
    end = ClockField(_l("To"))
    room = LineField(_l("Room"), description=_l("Where it is not that of the sitting."))
    track = LineField(_l("Track"), description=_l("Sessions of one time with different tracks run in parallel."))
    part_of = SelectField(_l("Part of"))
    sitting = SelectField(_l("Sitting"))
    presentations_minutes = NumberField(
        _l("Presentations, minutes"), _minutes(0, 1440, _l("Give a number of minutes, from 0 to 1440."))
    )
    replies_minutes = NumberField(
        _l("Replies of the panellists, minutes"),
        _minutes(0, 1440, _l("Give a number of minutes, from 0 to 1440.")),
        description=_l("Their concluding remarks; not floor time."),
    )
    has_floor = BooleanField(_l("Participants may take the floor"))
    cap_minutes = NumberField(
        _l("Floor, minutes in all"),
        _minutes(1, _CAP_MINUTES, _l("A floor lasts from 1 to 45 minutes.")),
        default=_CAP_MINUTES,
        description=_l("45 at most."),
    )
    limit_seconds = NumberField(
        _l("Speaking limit, seconds"),
        _minutes(1, CAP_MS // 1000, _l("Give a number of seconds, at most the 45 minutes of a floor.")),
        default=120,
        description=_l("For each speaker; 120 is two minutes."),
    )
    minimum_seconds = NumberField(
        _l("Shortest turn, seconds"),
        _minutes(1, CAP_MS // 1000, _l("Give a number of seconds, at most the 45 minutes of a floor.")),
        default=30,
        description=_l("With less than this left, the floor is given to nobody."),
    )
    roles = FieldList(FormField(RoleForm), _l("Who does what"), [rows_are_sound])
    new = FormField(NewPersonForm, _l("Somebody who is not in the list yet"))

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        """`choices`: what the selects and suggestions offer."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(code, name) for code, name in session_kinds().items()]
        self.part_of.choices = [
            SelectChoice("", _("No other session")),
            *(SelectChoice(*pair) for pair in choices.sessions.items()),
        ]
        self.sitting.choices = [
            SelectChoice("", _("Found by day, time and room")),
            *(SelectChoice(*pair) for pair in choices.sittings.items()),
        ]
        blank = sum(entry.form.person.data is None for entry in self.roles.entries)
        for _number in range(_BLANK_ROWS - blank):
            self.roles.append_entry()
        for entry in self.roles.entries:
            entry.form.person.labels = dict(choices.people)
        self.new.form.organisation.labels = dict(choices.organisations)

    @classmethod
    def data_of(cls, values: SessionValues) -> dict[str, Any]:
        """The form's data: the floor in minutes and seconds, roles numbered."""
        floor = values.floor
        data = super().data_of(values) | {
            "has_floor": floor is not None,
            "roles": [
                {"place": place, "role": each.role, "person": Named(each.person)}
                for place, each in enumerate(values.roles, start=1)
                if each.new is None
            ],
            "new": next(({"role": each.role} | _fields(each.new) for each in values.roles if each.new), {}),
        }
        if floor is not None:
            data |= {
                "cap_minutes": floor.cap_ms // 60_000,
                "limit_seconds": floor.limit_ms // 1000,
                "minimum_seconds": floor.minimum_ms // 1000,
            }
        return data

    def validate(self, extra_validators: Any = None) -> bool:
        """Say above the form, too, that something about the new person is missing."""
        sound: bool = super().validate(extra_validators)
        if self.new.errors:
            self.form_errors.append(_("Please check the person who is not in the list yet."))
        return sound

    def validate_end(self, field: Any) -> None:
        """Refuse an end that is not after the start, and one alone."""
        if field.data is None:
            return
        if self.start.data is None:
            raise ValidationError(_("Give the start too."))
        if field.data <= self.start.data:
            raise ValidationError(_("The end is not after the start."))

    def validate_has_floor(self, field: Any) -> None:
        """Refuse a floor without its three figures."""
        if field.data and None in (self.cap_minutes.data, self.limit_seconds.data, self.minimum_seconds.data):
            raise ValidationError(_("Give the minutes in all, the speaking limit and the shortest turn."))

    def validate_minimum_seconds(self, field: Any) -> None:
        """Refuse a shortest turn that is longer than the limit or than the floor."""
        if not self.has_floor.data or field.data is None:
            return
        if field.data > min(self.limit_seconds.data or field.data, (self.cap_minutes.data or _CAP_MINUTES) * 60):
            raise ValidationError(_("The shortest turn is longer than the speaking limit or the floor."))

    def value(self, name: str) -> Any:
        """One of the values; roles by their number, those without one last, somebody new at the end."""
        if name in ("part_of", "sitting"):
            return self[name].data or None
        if name == "floor":
            return self._floor()
        if name == "roles":
            return self._roles()
        return super().value(name)

    def _floor(self) -> FloorValues | None:
        if not self.has_floor.data:
            return None
        return FloorValues(
            cap_ms=self.cap_minutes.data * 60_000,
            limit_ms=self.limit_seconds.data * 1000,
            minimum_ms=self.minimum_seconds.data * 1000,
        )

    def _roles(self) -> tuple[RoleValues, ...]:
        rows = [entry.form for entry in self.roles.entries if entry.form.person.named is not None]
        rows.sort(key=lambda row: (row.place.data is None, row.place.data))
        found = [RoleValues(row.role.data, row.person.named.key) for row in rows]
        new = self.new.form
        if new.is_filled:
            somebody = NewPerson(
                honorific=new.honorific.data,
                given=new.given.data,
                family=new.family.data,
                function=new.function.data,
                organisation=new.organisation.named,
            )
            found.append(RoleValues(new.role.data, None, somebody))
        return tuple(dict.fromkeys(found))

    def label_of(self, name: str) -> str:
        """What a value is called on the page."""
        return _("Floor") if name == "floor" else super().label_of(name)

    def text_of(self, name: str) -> str:
        """The floor and the roles in a line each."""
        if name == "floor":
            if not self.has_floor.data:
                return str(_("None"))
            return str(
                _(
                    "%(cap)s minutes in all, %(limit)s seconds each, %(minimum)s seconds at least",
                    cap=self.cap_minutes.data,
                    limit=self.limit_seconds.data,
                    minimum=self.minimum_seconds.data,
                )
            )
        if name == "roles":
            names = session_roles()
            rows = [entry.form for entry in self.roles.entries if entry.form.person.data is not None]
            return "\n".join(f"{names.get(row.role.data, '')}: {row.person._value()}" for row in rows)
        return super().text_of(name)
