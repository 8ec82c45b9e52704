"""Another site, on this machine, that answers as a test wants."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

Answers = dict[str, tuple[int, str]]


class OtherSite:
    """`answers` maps a path, or "HEAD /path", to a status and where it leads; `asked` is what was asked so far."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: Answers = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()


@contextmanager
def running(certificate: Path | None = None) -> Iterator[OtherSite]:
    """The site until the block ends; with a certificate and its key, by TLS."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            site.asked.append(f"{self.command} {self.path}")
            site.agents.add(self.headers.get("User-Agent", ""))
            status, leads = site.answers.get(f"{self.command} {self.path}") or site.answers.get(self.path, (404, ""))
            if leads == "slowly":
                self._drip()
                return
            self.send_response(status)
            if leads:
                self.send_header("Location", leads)
            self.end_headers()

        do_GET = do_HEAD = _answer

        def _drip(self) -> None:
            try:
                for letter in b"HTTP/1.1 200 OK\r\nX-Drip: " + b"x" * 400:
                    self.wfile.write(bytes([letter]))
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = OtherSite(f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
