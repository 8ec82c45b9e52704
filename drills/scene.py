"""Where a drill takes place: a site with its data folder and database, which is running, and four people who write."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

from config import SQLITE_FILE, Settings
from drills import ground as grounds
from drills.asking import PATIENCE_SECONDS, ask
from drills.ground import Ground
from drills.hosts import Host
from drills.running_site import RunningSite, start, until
from drills.writers import Writers

SECRET = "a secret that only drills know, long enough"
COMMAND_SECONDS = 300


@dataclass
class Scene:
    """`database_url` is '' for SQLite in the data folder. `environ` are further settings, as `HELPCENTER_…`.

    `others` are the same site on other hosts.
    """

    data_dir: Path
    outside: Path
    database_url: str
    ground: Ground
    environ: dict[str, str] = field(default_factory=dict)
    host: Host | None = None
    others: list[RunningSite] = field(default_factory=list)
    site: RunningSite = field(init=False)
    writers: Writers = field(init=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file in the data folder."""
        return not self.database_url

    @property
    def read_from(self) -> str:
        """The URL under which what was written is read back."""
        return self.database_url or f"sqlite:///{self.data_dir / SQLITE_FILE}"

    def start(self) -> None:
        """Start the site and wait until it answers. Raises RuntimeError with what it wrote when it never does."""
        self.site = RunningSite(
            self.data_dir,
            self.database_url,
            log_level="ERROR",
            host=self.host,
            **{"HELPCENTER_LIMITS_ENABLED": "no", "HELPCENTER_SECRET_KEY": SECRET, **self.environ},
        )
        if not until(self.site.answers):
            raise RuntimeError(f"the site does not start: {self.site.stop()}")

    def start_again(self) -> None:
        """As after the power came back: a new site on the same folder and database, at the address of the old one."""
        self.environ["HELPCENTER_PORT"] = str(self.writers.way[1])
        self.start()

    def kill(self) -> None:
        """Kill everything at once."""
        os.killpg(self.site.process.pid, signal.SIGKILL)
        self.site.process.wait()

    def begin(self, *words: str, database_url: str | None = None) -> Popen[str]:
        """Begin a command of the product on this site, or on another database."""
        return start(
            *words,
            HELPCENTER_DATA_DIR=str(self.data_dir),
            HELPCENTER_DATABASE_URL=self.database_url if database_url is None else database_url,
            HELPCENTER_SECRET_KEY=SECRET,
        )

    def run(self, *words: str, database_url: str | None = None) -> str:
        """Run such a command to its end; what it wrote. Raises RuntimeError with that when it fails."""
        process = self.begin(*words, database_url=database_url)
        out, err = process.communicate(timeout=COMMAND_SECONDS)
        if process.returncode:
            raise RuntimeError(f"helpcenter {words[0]} failed: {out}{err}")
        return out

    def reads(self, seconds: float = PATIENCE_SECONDS) -> list[int]:
        """The statuses of a few pages that anybody may ask for now. Raises OSError where one takes longer."""
        where = self.site
        return [ask(where.port, path, host=where.address, seconds=seconds).status for path in self.ground.read_paths]


@contextmanager
def scene(
    database_url: str = "", *, data_dir: Path | None = None, host: Host | None = None, **environ: Any
) -> Iterator[Scene]:
    """A running site on an empty database, ended and forgotten at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="helpcenter-drill-") as folder:
        outside = Path(folder)
        place = data_dir or outside / "data"
        settings = Settings(data_dir=place, database_url=database_url, secret_key=SECRET, limits_enabled=False)
        made = grounds.make(settings, outside / "articles")
        found = Scene(place, outside, database_url, made, {name: str(value) for name, value in environ.items()}, host)
        found.start()
        try:
            found.ground = made.opened(found.site.port, found.site.address)
            ways = [(found.site.address, found.site.port)]
            found.writers = Writers(found.ground, outside / "acknowledged", ways)
            yield found
        finally:
            found.site.stop()
