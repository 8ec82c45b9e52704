"""A whole site, started as an operator starts it, in a data folder and on a port of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy import create_engine, make_url, text

from drills.hosts import Host

PATIENCE_SECONDS = 120


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def fresh_database(database_url: str, beside: str = "serve") -> str:
    """A database without tables beside the one of the tests; '' where that one is SQLite.

    Two sites that run at the same time need two of them, or one does the jobs of the other.
    """
    if not database_url:
        return ""
    url = make_url(database_url)
    name = f"{url.database}_{beside}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def start(
    *words: str, out: Any = subprocess.PIPE, err: Any = subprocess.PIPE, prefix: Sequence[str] = (), **environ: str
) -> subprocess.Popen[str]:
    """A command of the product on these settings alone. `prefix` is the command that runs it somewhere else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HELPCENTER_")}
    kept.pop("DATABASE_URL", None)
    # No test asks a site that is not its own.
    kept["HELPCENTER_CHECK_OUTSIDE_LINKS"] = "no"
    return subprocess.Popen(
        [*prefix, sys.executable, "-u", "-m", "helpcenter.cli", *words],
        env={**kept, **{name: value for name, value in environ.items() if value}},
        stdout=out,
        stderr=err,
        text=True,
        process_group=0,
    )


def until(holds: object, seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether `holds()` becomes true; asks ten times a second."""
    last = monotonic() + seconds
    while monotonic() < last:
        if holds():  # type: ignore[operator]
            return True
        sleep(0.1)
    return False


def parents() -> dict[int, int]:
    """Every living process with its parent. A zombie is dead."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    found[int(folder.name)] = int(parent)
    return found


def command_of(process: int) -> str:
    """The command line of a process, '' once it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


class RunningSite:
    """`helpcenter serve` with everything it started."""

    def __init__(
        self,
        data_dir: Path,
        database_url: str,
        log_level: str = "INFO",
        host: Host | None = None,
        **environ: str,
    ) -> None:
        self.host = host
        self.address = host.address if host else "127.0.0.1"
        self.port = int(environ.pop("HELPCENTER_PORT", "") or free_port())
        self.data_dir = data_dir
        # Nobody empties a pipe while a site runs, and a full one stops whoever writes a line into it.
        self._out, self._err = (TemporaryFile("w+") for _ in range(2))  # noqa: SIM115
        self.process = start(
            "serve",
            out=self._out,
            err=self._err,
            prefix=host.prefix if host else (),
            HELPCENTER_HOST=self.address,
            HELPCENTER_DATA_DIR=str(data_dir),
            HELPCENTER_PORT=str(self.port),
            HELPCENTER_DATABASE_URL=database_url,
            HELPCENTER_LOG_LEVEL=log_level,
            **environ,
        )

    def answers(self, path: str = "/healthz") -> bool:
        """Whether an address answers with 200."""
        with suppress(URLError, OSError), urlopen(f"http://{self.address}:{self.port}{path}", timeout=2) as answer:
            return bool(answer.status == 200)
        return False

    def descendants(self) -> set[int]:
        """Every process below the supervisor."""
        tree, found = parents(), {self.process.pid}
        while more := {child for child, parent in tree.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def workers(self) -> set[int]:
        """The web processes that answer: children of the one that watches over them."""
        tree = parents()
        watchers = {child for child in self.descendants() if tree.get(child) == self.process.pid}
        return {child for child in self.descendants() - watchers if " serve web " in command_of(child)}

    def children(self, words: str) -> set[int]:
        """The children of the supervisor itself that run a command."""
        tree = parents()
        return {
            child for child in self.descendants() if tree.get(child) == self.process.pid and words in command_of(child)
        }

    def lasting(self) -> set[int]:
        """The processes that live as long as the site: not those made for one text."""
        return self.workers() | self.children(" jobs run ")

    def interrupt(self) -> tuple[int, str, str]:
        """End it as Ctrl+C in a terminal does, which reaches everything in front: its exit code and what it wrote."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self._ended()

    def stop(self) -> tuple[int, str, str]:
        """End it as a service manager does: its exit code and what it wrote."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._ended()

    def wrote(self) -> str:
        """What it wrote to its standard error so far."""
        return Path(f"/proc/{self.process.pid}/fd/2").read_text()

    def _ended(self) -> tuple[int, str, str]:
        code = self.process.wait(timeout=PATIENCE_SECONDS)
        wrote = []
        for file in (self._out, self._err):
            file.seek(0)
            wrote.append(file.read())
        return code, wrote[0], wrote[1]
