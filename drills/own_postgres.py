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

from sqlalchemy import create_engine, make_url, text

from drills.running_site import free_port

# No test takes the power away from the machine, so nothing has to wait for the disk.
OPTIONS = "-c fsync=off -c max_connections=200"


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine keeps its programs, None without one."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None) or shutil.which("initdb")
    return Path(newest).parent if newest else None


class OwnPostgres:
    """A server with one empty database, at `url`. With a `network`, "10.1.2", it listens there as well, on 10.1.2.1."""

    def __init__(self, folder: Path, owner: str | None, bin: Path, network: str = "") -> None:
        self._folder, self._owner, self._bin, self._count = folder, owner, bin, 0
        port = free_port()
        self.url = f"postgresql+psycopg://helpcenter@{f'{network}.1' if network else '127.0.0.1'}:{port}/postgres"
        self._run("initdb", "-U", "helpcenter", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        if network:
            with (folder / "data" / "pg_hba.conf").open("a") as file:
                file.write(f"host all all {network}.0/24 trust\n")
        addresses = f"127.0.0.1,{network}.1" if network else "127.0.0.1"
        self._control("start", "-o", f"-p {port} -k {folder} -c listen_addresses={addresses} {OPTIONS}")

    @property
    def pid(self) -> int:
        """The process of the server that started all its others."""
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    def fresh(self) -> str:
        """The URL of a new database without tables."""
        self._count += 1
        name = f"drill_{self._count}"
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

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
def own_postgres(bin: Path, network: str = "") -> Iterator[OwnPostgres]:
    """A server until the block ends. PostgreSQL refuses to be root, so root hands it to the user postgres."""
    owner = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="helpcenter-postgres-"))
    try:
        if owner:
            os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
        server = OwnPostgres(folder, owner, bin, network)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
