"""A real mailbox for the tests: an IMAP server in a process of its own, with a door through which letters come in."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from time import monotonic, sleep
from typing import Any

from imap_tools import MailBoxUnencrypted

USER, PASSWORD = "help", "a mailbox of the tests"
START_SECONDS = 30
# The server hashes the password at every sign-in, half a million rounds each: more work than all the tests of mail.
SERVE = (
    "from pysasl.hashing import BuiltinHash; BuiltinHash.__init__.__kwdefaults__['rounds'] = 1; "
    "from pymap.main import main; main()"
)


@dataclass(frozen=True)
class ImapServer:
    """Where it listens. `settings` are those with which the product reads the mailbox."""

    port: int

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "mailbox_server": "127.0.0.1",
            "mailbox_port": self.port,
            "mailbox_username": USER,
            "mailbox_password": PASSWORD,
            "mailbox_security": "none",
            "mailbox_address": "help@example.org",
        }

    @contextmanager
    def opened(self) -> Iterator[MailBoxUnencrypted]:
        """The mailbox as a person opens it."""
        box = MailBoxUnencrypted("127.0.0.1", self.port, timeout=30)
        box.login(USER, PASSWORD)
        try:
            yield box
        finally:
            box.logout()

    def deliver(self, letter: EmailMessage | bytes, at: datetime | None = None) -> None:
        """Put a letter into the mailbox."""
        with self.opened() as box:
            box.append(letter if isinstance(letter, bytes) else letter.as_bytes(), dt=at)

    def unread(self) -> list[str]:
        """The subjects of what nobody has read."""
        with self.opened() as box:
            return [one.subject for one in box.fetch("UNSEEN", mark_seen=False)]

    def renumber(self) -> None:
        """Make the mailbox anew with the same letters: every number means another letter from now on."""
        with self.opened() as box:
            letters = [one.obj.as_bytes() for one in box.fetch(mark_seen=False)]
            box.folder.rename("INBOX", f"before {monotonic()}")
            for raw in letters:
                box.append(raw)

    def empty(self) -> None:
        """Take every letter away."""
        with self.opened() as box:
            box.delete(box.uids())


@contextmanager
def running() -> Iterator[ImapServer]:
    """The server, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        SERVE,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
        "dict",
    ]
    command += ["--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        last = monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None and monotonic() < last, "the IMAP server did not start"
                sleep(0.05)
        yield ImapServer(port)
    finally:
        process.terminate()
        process.wait()
