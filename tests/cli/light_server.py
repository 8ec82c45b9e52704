"""The web processes around an app that tells what it was asked: `python -m tests.cli.light_server 3,4 5`.

The numbers are the sockets, and where each process writes a byte once it answers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from granian.constants import HTTPModes, Interfaces

from helpcenter.cli.web_server import Leaving, WebServer

SOCKETS = [int(number) for number in sys.argv[1].split(",")]


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} with {len(body)} bytes\n".encode()]


def load() -> Leaving:
    leaving = Leaving(app, SOCKETS)
    leaving.listen()
    os.write(int(sys.argv[2]), b".")
    return leaving


if __name__ == "__main__":
    server = WebServer(
        "no module",
        interface=Interfaces.WSGI,
        workers=len(SOCKETS),
        blocking_threads=8,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    )
    server.sockets = SOCKETS
    server.serve(target_loader=load, wrap_loader=False)
