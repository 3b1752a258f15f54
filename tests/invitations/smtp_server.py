"""A mail server in a process of its own: STARTTLS and a login are demanded, every mail becomes a file.

    python -m tests.invitations.smtp_server FOLDER CERTIFICATE PORT

It says its port on its output once it listens. `USER` and `PASSWORD` let in. An address that begins with `refused` is
refused for good, one that begins with `later` for now.
"""

import asyncio
import itertools
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "rostrum", "for tests"


class Keeping:
    """Keeps what it is sent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(len(list(folder.iterdir())))

    async def handle_RCPT(  # noqa: N802  # the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("refused"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("later"):
            return "451 4.7.1 Come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # likewise
        content = envelope.original_content or b""
        name = f"{next(self.numbers):03d}"
        (self.folder / f"{name}.envelope").write_text(f"{envelope.mail_from} {' '.join(envelope.rcpt_tos)}")
        part = self.folder / f"{name}.part"
        part.write_bytes(content)
        part.rename(self.folder / f"{name}.eml")
        return "250 Accepted"


def let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Let in who knows the password."""
    good = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)


async def serve(folder: Path, certificate: Path, port: int) -> None:
    """Listen until the process is ended."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    keeping = Keeping(folder)
    listening = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeping, tls_context=tls, require_starttls=True, auth_required=True, authenticator=let_in),
        "127.0.0.1",
        port,
    )
    print(listening.sockets[0].getsockname()[1], flush=True)  # noqa: T201  # this is how the test learns of it
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
