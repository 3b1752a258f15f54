"""The changes of a run sheet in words, for the buttons that undo them or do them again."""

from flask_babel import gettext as _

from meetings.programme.queries.run_sheet import Change

_LONGEST_TITLE = 60


def what(change: Change) -> str:
    """What was done: “Opening” moved."""
    title = change.title if len(change.title) <= _LONGEST_TITLE else change.title[: _LONGEST_TITLE - 1] + "…"
    match change.kind:
        case "session.added":
            return str(_("“%(title)s” added", title=title))
        case "session.moved":
            return str(_("“%(title)s” moved", title=title))
        case "session.retimed":
            return str(_("“%(title)s” set to another time", title=title))
        case "session.split":
            return str(_("“%(title)s” split", title=title))
        case "session.merged":
            return str(_("“%(title)s” merged with the next one", title=title))
        case "session.break_added":
            return str(_("break put in after “%(title)s”", title=title))
        case "session.duplicated":
            return str(_("“%(title)s” duplicated", title=title))
        case _:
            return str(_("“%(title)s” removed", title=title))
