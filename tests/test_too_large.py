"""What is too large is answered by a page that says so, on the real server: the connection is not reset meanwhile."""

import http.client
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.live import LiveServer, running

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The server as it is run, on an empty database."""
    folder: Path = tmp_path_factory.mktemp("large")
    with running(folder) as found:
        yield found


def post(server: LiveServer, megabytes: int, path: str = "/language") -> tuple[int, str]:
    """Send a form with a file of so many megabytes, all of it, and only then read the answer, as browsers do."""
    edge = "----edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="statement.docx"\r\n\r\n'.encode()
    tail = f"\r\n--{edge}--\r\n".encode()
    address = urlsplit(server.url)
    with closing(http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)) as connection:
        connection.putrequest("POST", path)
        connection.putheader("Connection", "close")  # as a proxy in front asks for it: nobody reads the rest afterwards
        connection.putheader("Content-Type", f"multipart/form-data; boundary={edge}")
        connection.putheader("Content-Length", str(len(head) + megabytes * MEGABYTE + len(tail)))
        connection.endheaders(head)
        for _ in range(megabytes):
            connection.send(b"\0" * MEGABYTE)
        connection.send(tail)
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, text


@pytest.mark.parametrize("megabytes", [7, 40])
def test_a_file_that_is_too_large_is_answered_in_the_style_of_the_site(server: LiveServer, megabytes: int) -> None:
    status, text = post(server, megabytes)
    assert status == 413
    assert "<h1>This is too large</h1>" in text
    assert "at most 5 MB" in text


@pytest.mark.parametrize(("megabytes", "expected"), [(16, 400), (18, 413)])
def test_a_form_with_three_files_may_be_three_times_as_large(server: LiveServer, megabytes: int, expected: int) -> None:
    assert post(server, megabytes, "/meetings/any/call-for-inputs/submit")[0] == expected  # 400: without its token


def test_what_goes_on_for_ever_is_not_read_to_its_end(server: LiveServer) -> None:
    with pytest.raises(ConnectionError):
        post(server, 400)
    assert post(server, 0)[0] == 400  # and the server is there for others: this one lacks the form's token
