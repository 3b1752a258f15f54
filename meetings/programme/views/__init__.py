"""The pages of meetings and their programmes."""

from meetings.programme.views import (
    desk,
    files,
    organise,
    people,
    proof_reading,
    public,
    run_sheet,
    sessions,
    sittings,
    tabs,
)
from meetings.programme.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "desk",
    "files",
    "organise",
    "people",
    "proof_reading",
    "public",
    "run_sheet",
    "sessions",
    "sittings",
    "tabs",
]
