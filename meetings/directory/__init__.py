"""The directory of a meeting: its people and organizations, however they came into it."""
