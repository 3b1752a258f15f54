"""How pages name what the messages know by a code."""

from flask_babel import gettext as _

from meetings.invitations.rules.replies import Reason


def message_states() -> dict[str, str]:
    """What became of a mail."""
    return {
        "draft": _("Draft"),
        "queued": _("Waiting to be sent"),
        "sent": _("Sent"),
        "failed": _("Not sent"),
    }


def message_kinds() -> dict[str, str]:
    """What a mail is about."""
    return {
        "verification": _("Address to be confirmed"),
        "personal_link": _("Personal link"),
        "decision": _("Decision"),
        "invitation": _("Invitation"),
        "update": _("Change"),
        "cancellation": _("Cancellation"),
        "reminder": _("Reminder"),
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


def reply_reasons() -> dict[Reason, str]:
    """Why a mail was not taken as an answer."""
    return {
        Reason.TOO_LARGE: _("It is too large for an answer."),
        Reason.NOT_A_MAIL: _("It is not a mail: save the whole mail as .eml, or the folder as mbox."),
        Reason.AUTOMATIC: _("It was sent by a machine: a holiday notice, or a mail that came back."),
        Reason.NO_CALENDAR: _("There is no calendar answer in it. Read it yourself."),
        Reason.OUTLOOK_ALONE: _("Its answer is in a form that only Outlook reads (winmail.dat). Read it yourself."),
        Reason.UNREADABLE: _("Its calendar part is damaged or incomplete."),
        Reason.NO_REPLY: _("Its calendar part is not an answer, but something else."),
        Reason.COUNTER: _("It asks for another time. Only you can decide on that."),
        Reason.REFRESH: _("It asks for the invitation once more."),
        Reason.DELEGATED: _("It names somebody else to come instead. Register that person."),
        Reason.NO_ANSWER: _("It says neither yes, maybe nor no."),
        Reason.SEVERAL_PEOPLE: _("It answers for several people. Each must answer for themselves."),
        Reason.OTHER_SENDER: _("Its sender is not the one for whom it answers."),
        Reason.OTHER_ORGANIZER: _("It answers another organizer's invitation."),
        Reason.UNKNOWN_ENTRY: _("It answers an entry that this meeting has not sent."),
        Reason.OTHER_PERSON: _("That entry was not sent to this address."),
        Reason.CANCELLED: _("That entry is cancelled."),
        Reason.OLDER_INVITATION: _("It answers an older invitation; a newer one was sent since."),
        Reason.NEVER_SENT: _("It answers an invitation that was never sent."),
        Reason.OLDER_ANSWER: _("The same or a newer answer is known already."),
        Reason.FROM_THE_FUTURE: _("It is dated in the future."),
    }


def reminder_kinds() -> dict[str, str]:
    """The kinds of reminders that a meeting may send."""
    return {
        "week": _("A week before each sitting"),
        "day": _("A day before each sitting"),
        "hour": _("An hour before each sitting"),
        "list_closes": _("An hour before a list of speakers closes, to those who have not asked for the floor"),
    }
