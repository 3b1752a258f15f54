"""What is filled in to give a sitting a join link by hand, and to choose who waits and who presents in Teams."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, URLField
from wtforms.validators import InputRequired, ValidationError

from meetings.teams.queries import Settings
from meetings.teams.rules import LOBBIES, PRESENTERS, is_join_link


class JoinLinkForm(FlaskForm):
    """A join link made elsewhere; empty takes the link away."""

    join_url = URLField(
        _l("Join link"),
        filters=[lambda text: (text or "").strip()],
        render_kw={"maxlength": 2000, "placeholder": "https://"},
    )

    def validate_join_url(self, field: Any) -> None:
        """Refuse what nobody could open safely."""
        if field.data and not is_join_link(field.data):
            raise ValidationError(_("A join link is an address that starts with https:// and has no blanks in it."))


class SettingsForm(FlaskForm):
    """Who waits in the lobby, and who presents; `shown` is what was chosen when the page was opened."""

    shown = HiddenField()
    lobby = RadioField(_l("Who comes in without waiting in the lobby?"), validators=[InputRequired()])
    presenters = RadioField(
        _l("Who may share a screen and mute others?"),
        description=_l("Everybody may speak, whatever is chosen here."),
        validators=[InputRequired()],
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        lobbies = {
            "organization": _("People of the organization that owns the meeting; all others wait to be let in"),
            "organizer": _("Only the owner of the meeting; all others wait to be let in"),
            "everyone": _("Everyone who has the link"),
        }
        presenters = {
            "organization": _("People of the organization that owns the meeting, and whom they make a presenter"),
            "organizer": _("Only the owner of the meeting, and whom they make a presenter"),
            "everyone": _("Everyone"),
        }
        self.lobby.choices = [(code, lobbies[code]) for code in LOBBIES]
        self.presenters.choices = [(code, presenters[code]) for code in PRESENTERS]

    @classmethod
    def of(cls, stored: Settings, **kwargs: Any) -> "SettingsForm":
        """The form that shows these choices."""
        shown = f"{stored.lobby} {stored.presenters}"
        return cls(data={"lobby": stored.lobby, "presenters": stored.presenters, "shown": shown}, **kwargs)

    def chosen(self) -> Settings:
        """What is chosen now."""
        return Settings(self.lobby.data, self.presenters.data)

    def as_shown(self) -> Settings:
        """What was chosen when the page was opened."""
        lobby, _space, presenters = str(self.shown.data).partition(" ")
        return Settings(lobby, presenters)
