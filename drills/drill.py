"""A drill: a fault, where it applies, and what is promised while it lasts and afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from drills.reading_back import Verdict, read_back
from drills.scene import Scene, scene

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
Fault = Callable[[Scene], float | None]
Setting = Callable[[Path], AbstractContextManager[Scene]]
Place = Callable[[Path], AbstractContextManager[Path]]


@dataclass(frozen=True)
class Drill:
    """`fault` makes it go wrong while people write, and gives the seconds until all were heard again, if any waited.

    `is_quiet`: nobody meets an error. `within_seconds`: so soon everybody is heard again. `place` gives a data folder
    of a special kind. `environ` are settings of the site. `is_long`: it takes minutes, since what it waits for happens
    in minutes. `afterwards` names what else was not kept, once all is read back. `setting` makes a scene of its
    own kind in a folder, with a database of its own.
    """

    name: str
    fault: Fault
    databases: tuple[str, ...] = (SQLITE, POSTGRESQL)
    is_quiet: bool = False
    within_seconds: float | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    is_long: bool = False
    afterwards: Callable[[Scene], list[str]] | None = None
    setting: Setting | None = None

    def run(self, database_url: str, folder: Path) -> Verdict:
        """Run it on an empty database; `folder` is empty too. Raises CanNotRun."""
        if self.setting:
            with self.setting(folder) as where:
                return self.run_on(where)
        if self.place is None:
            return self._run(database_url, folder / "data")
        with self.place(folder) as data_dir:
            return self._run(database_url, data_dir)

    @property
    def needs_own_site(self) -> bool:
        """Whether it can not be run on a site where other drills were run before."""
        return bool(self.environ or self.place or self.setting)

    def run_on(self, where: Scene) -> Verdict:
        """Run it on a site that is there already."""
        with where.writers.writing():
            recovery = self.fault(where)
        verdict = read_back(where.writers, where.read_from)
        words = self.afterwards(where) if self.afterwards else []
        return replace(verdict, recovery_seconds=recovery, words=(*verdict.words, *words))

    def _run(self, database_url: str, data_dir: Path) -> Verdict:
        environ: dict[str, Any] = {**self.environ}
        with scene(database_url, data_dir=data_dir, **environ) as where:
            return self.run_on(where)

    def broken(self, verdict: Verdict) -> list[str]:
        """What was promised and not kept, in a few words each. Times are judged by whoever prints the table."""
        found = [*verdict.words]
        if self.is_quiet and verdict.errors:
            found.append(f"{verdict.errors} errors where none were promised")
        if verdict.catch_up_seconds is None:
            found.append("search never caught up")
        return found
