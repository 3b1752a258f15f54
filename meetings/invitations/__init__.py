"""Invitations: the calendar entry of each participant, and the mails of a meeting."""
