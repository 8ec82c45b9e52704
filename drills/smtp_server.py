"""A mail server small enough to read: takes letters on a port of its own, and can refuse, stall or hang up."""

from __future__ import annotations

import socketserver
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext, SSLSocket
from threading import Thread
from time import sleep
from types import TracebackType
from typing import Any


@dataclass
class Letter:
    """What arrived, with the envelope it came in."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The letter, read as mail programs read it."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def name(self) -> str:
        """Its Message-ID, which a long one has on a line of its own."""
        return str(self.message["Message-ID"]).strip()


@dataclass
class SmtpServer:
    """`refuse_recipient`, `refuse_body`: what is answered instead of yes. `hang_up`: no answer to that many bodies.

    With a `certificate`, a file of key and certificate, it offers STARTTLS. While it `stalls` it takes connections and
    says nothing. It `ponders` so many seconds before it says that it took a letter. `port` is where it listens, any
    free one by default.
    """

    refuse_recipient: str = ""
    refuse_body: str = ""
    hang_up: int = 0
    certificate: Path | None = None
    letters: list[Letter] = field(default_factory=list)
    connections: int = 0
    stalls: bool = False
    ponders: float = 0.0
    port: int = 0

    def __enter__(self) -> SmtpServer:
        owner = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                _converse(owner, self)

        self._server = _Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    # Back at its port also when a connection of somebody else had that number until a moment ago.
    allow_reuse_address = True


def _converse(server: SmtpServer, stream: Any) -> None:
    def say(line: str) -> None:
        stream.wfile.write(f"{line}\r\n".encode())

    server.connections += 1
    while server.stalls:
        sleep(0.1)
    sender, recipients = "", list[str]()
    say("220 ready")
    while line := stream.rfile.readline().decode().strip():
        word = line.upper()
        if word.startswith("EHLO"):
            if server.certificate and not isinstance(stream.connection, SSLSocket):
                say("250-here")
                say("250 STARTTLS")
            else:
                say("250 here")
        elif word == "STARTTLS" and server.certificate:
            say("220 go on")
            if not _encrypt(stream, server.certificate):
                return
        elif word.startswith("MAIL FROM"):
            sender, recipients = _address(line), []
            say("250 ok")
        elif word.startswith("RCPT TO"):
            recipients.append(_address(line))
            say(server.refuse_recipient or "250 ok")
        elif word == "DATA":
            say("354 go on")
            body = _body(stream)
            if server.hang_up:
                server.hang_up -= 1
                return
            if not server.refuse_body:
                server.letters.append(Letter(sender, recipients, body))
                sleep(server.ponders)
            say(server.refuse_body or "250 taken")
        elif word == "QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")


def _encrypt(stream: Any, certificate: Path) -> bool:
    """Go on encrypted; False when the other side does not want to."""
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    try:
        stream.connection = context.wrap_socket(stream.connection, server_side=True)
    except OSError:
        return False
    stream.rfile, stream.wfile = stream.connection.makefile("rb"), stream.connection.makefile("wb", 0)
    return True


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


def _body(stream: Any) -> bytes:
    lines = []
    while (line := stream.rfile.readline()) not in (b".\r\n", b""):
        lines.append(line)
    return b"".join(lines)
