"""What all pages of this capability hang on."""

from flask import Blueprint, abort

from meetings.access import roles_in
from meetings.programme.queries import MeetingHead, MeetingPage, meeting_head, meeting_page

blueprint = Blueprint("programme", __name__)


def head_or_404(slug: str) -> MeetingHead:
    """The meeting that an address names; a draft is there only for those who work on it."""
    head = meeting_head(slug)
    if head is None or not (head.published or works_on(slug)):
        abort(404)
    return head


def page_or_404(slug: str, *, working: bool = False) -> MeetingPage:
    """A meeting's public content, or what is worked on; a draft is there only for those who work on it."""
    page = meeting_page(slug, working=working)
    if page is None or not (page.head.published or works_on(slug)):
        abort(404)
    return page


def works_on(slug: str) -> bool:
    """Whether the signed-in account has any role in the meeting."""
    return bool(roles_in(slug))
