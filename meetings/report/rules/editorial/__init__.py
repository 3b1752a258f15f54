"""The editorial rules of the United Nations, checked by machine over the draft.

A rule reads and reports; nothing is changed by it. What it cannot be sure of it leaves alone: a checker that cries wolf
is switched off.
"""

from meetings.report.rules.editorial.check import checked, checked_text
from meetings.report.rules.editorial.finding import HEADING, TITLE, WHOLE, Finding, Rule, Severity
from meetings.report.rules.editorial.fixing import fixed

__all__ = ["HEADING", "TITLE", "WHOLE", "Finding", "Rule", "Severity", "checked", "checked_text", "fixed"]
