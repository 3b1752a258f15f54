"""How pages name what is known of speakers by a code."""

from flask_babel import gettext as _

from meetings.speakers.queries import Words


def states() -> dict[str, str]:
    """Where somebody stands who may be asked to speak."""
    return {
        "not_asked": _("Not asked"),
        "invited": _("Asked"),
        "confirmed": _("Confirmed"),
        "declined": _("Declined"),
        "withdrawn": _("Not asked any more"),
    }


def missing() -> dict[str, str]:
    """What a list of speakers can be narrowed to, beside the states."""
    return {
        "late": _("Answer overdue"),
        "not_checked": _("Name not checked yet"),
        "changed": _("Changed by the speaker"),
        "no_address": _("No mail address"),
    }


def ways() -> dict[str, str]:
    """By what way an answer reached the organizers."""
    return {
        "telephone": _("By telephone"),
        "letter": _("By letter"),
        "mail": _("By mail"),
        "in_person": _("In person"),
    }


def word_names() -> dict[str, str]:
    """What the parts of a line in the programme are called."""
    names = {
        "honorific": _("Form of address"),
        "given": _("Given name"),
        "family": _("Family name"),
        "name_order": _("Order of the names"),
        "function": _("Function"),
        "unit": _("Unit"),
        "organisation": _("Organization"),
    }
    return {name: names[name] for name in Words.__slots__}


def events() -> dict[str, str]:
    """What the log has of a speaker."""
    return {
        "speaker.asked": _("Asked to speak"),
        "speaker.reminded": _("Reminded"),
        "speaker.confirmed": _("Accepted by the link"),
        "speaker.declined": _("Declined by the link"),
        "speaker.answer_recorded": _("Answer taken down"),
        "speaker.withdrawn": _("Invitation withdrawn"),
        "speaker.link_replaced": _("Link replaced"),
        "speaker.link_sent": _("Link sent again"),
        "speaker.checked": _("Name and function checked by the speaker"),
        "speaker.consented": _("Consents given or taken back"),
        "speaker.change_seen": _("Change looked at"),
    }
