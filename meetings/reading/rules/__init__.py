"""Recognises what a source says: pure functions from lines to facts, each with the lines that it came from."""

from meetings.reading.rules.note import read
from meetings.reading.rules.result import Reading
from meetings.reading.rules.source import Line, Source, from_json, from_text, to_json

__all__ = ["Line", "Reading", "Source", "from_json", "from_text", "read", "to_json"]
