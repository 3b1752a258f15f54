"""The pages of meetings and their programmes."""

from meetings.programme.views import public, tabs
from meetings.programme.views.blueprint import blueprint

__all__ = ["blueprint", "public", "tabs"]
