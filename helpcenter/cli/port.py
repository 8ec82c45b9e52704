"""The port of this machine on which a site listens."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from time import monotonic, sleep

import click

ASK_SECONDS = 0.2


def wait_for(host: str, port: int, *, patience: float, choice: str) -> None:
    """Nothing once the port is free; ends the command with one line when it is not within `patience` seconds.

    A site that was killed a moment ago may still hold it. `choice` is where another port is chosen.
    """
    until = monotonic() + patience
    while problem := _problem(host, port):
        if monotonic() > until:
            raise click.ClickException(_told(host, port, problem, choice))
        sleep(ASK_SECONDS)


def answers(host: str, port: int) -> bool:
    """Whether something listens there."""
    with suppress(OSError), socket.create_connection((host, port), timeout=ASK_SECONDS):
        return True
    return False


def _problem(host: str, port: int) -> OSError | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            return problem
    return None


def _told(host: str, port: int, problem: OSError, choice: str) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"port {port} is taken: another program listens there. Choose another one with {choice}"
    return f"can not listen on port {port} of {host}: {problem.strerror}"
