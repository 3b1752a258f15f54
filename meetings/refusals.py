"""How a command says no."""


class Refused(Exception):
    """The command was not carried out; the message says why and what to do, in the reader's language."""


class Stale(Refused):
    """Somebody else changed the same thing since it was read; nothing was overwritten."""
