"""How pages name what the messages know by a code."""

from flask_babel import gettext as _


def message_states() -> dict[str, str]:
    """What became of a mail."""
    return {"queued": _("Waiting to be sent"), "sent": _("Sent"), "failed": _("Not sent")}


def message_kinds() -> dict[str, str]:
    """What a mail is about."""
    return {
        "verification": _("Address to be confirmed"),
        "personal_link": _("Personal link"),
        "decision": _("Decision"),
        "invitation": _("Invitation"),
        "update": _("Change"),
        "cancellation": _("Cancellation"),
        "team_invitation": _("Team"),
        "floor": _("The floor"),
        "input": _("Written submission"),
        "check": _("Right of check"),
        "speaker_invitation": _("Asked to speak"),
        "speaker_reminder": _("Reminder to a speaker"),
        "speaker_link": _("Link of a speaker"),
    }


def answer_words() -> dict[str, str]:
    """What somebody answers to “Will you attend?”, by the answer's code."""
    return {"accepted": _("Yes"), "tentative": _("Maybe"), "declined": _("No")}
