"""What is stored: one module per aggregate. Importing this package makes every table known."""

from meetings.models import account, floor, inputs, meeting, message, people, programme, report

__all__ = ["account", "floor", "inputs", "meeting", "message", "people", "programme", "report"]
