"""What changes a calendar or a mail. Each is one transaction; see each file."""

from meetings.invitations.commands.calendars import bring_up_to_date, follow_address, try_again

__all__ = ["bring_up_to_date", "follow_address", "try_again"]
