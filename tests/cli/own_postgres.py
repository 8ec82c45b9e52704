"""A PostgreSQL of a test's own, which it may restart as it likes."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.running_site import free_port

# No test takes the power away from the machine, so nothing has to wait for the disk.
OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine keeps its programs, None without one."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None) or shutil.which("initdb")
    return Path(newest).parent if newest else None


class OwnPostgres:
    """A server with one empty database, at `url`."""

    def __init__(self, folder: Path, owner: str | None, bin: Path) -> None:
        self._folder, self._owner, self._bin = folder, owner, bin
        port = free_port()
        self.url = f"postgresql+psycopg://helpcenter@127.0.0.1:{port}/postgres"
        self._run("initdb", "-U", "helpcenter", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._control("start", "-o", f"-p {port} -k {folder} {OPTIONS}")

    def restart(self) -> None:
        """As after a crash: whoever was connected is cut off in the middle of a word."""
        self._control("restart", "-m", "immediate")

    def stop(self) -> None:
        """End it."""
        self._control("stop", "-m", "immediate")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), *words)

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._bin / program), "-D", str(self._folder / "data"), *words]
        # The server keeps what it inherits, so it must not inherit a pipe that somebody reads to its end.
        subprocess.run(command, user=self._owner, cwd=self._folder, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def own_postgres(bin: Path) -> Iterator[OwnPostgres]:
    """A server until the block ends. PostgreSQL refuses to be root, so root hands it to the user postgres."""
    owner = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="helpcenter-postgres-"))
    try:
        if owner:
            os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
        server = OwnPostgres(folder, owner, bin)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
