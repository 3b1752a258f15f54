"""What somebody reads on a page of the floor."""

from werkzeug.test import TestResponse

from tests.client import Client
from tests.page_lint import Page, text_of


def read(response: TestResponse) -> str:
    """The text of a page's main part."""
    return text_of(next(Page(response.data).elements("main")))


def opened(client: Client, url: str) -> str:
    """The text of the page at an address, redirections followed."""
    return read(client.get(url, follow_redirects=True))
