"""What is filled in to give a sitting a join link by hand."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import URLField
from wtforms.validators import ValidationError

from meetings.teams.rules import is_join_link


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
