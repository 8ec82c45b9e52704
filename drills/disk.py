"""A disk that is full: it is read from as before, refuses every write with a clear word, and recovers by itself."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

from drills.asking import ask
from drills.can_not_run import CanNotRun
from drills.running_site import until
from drills.scene import Scene

SIZE = "32m"
REFUSED = 507


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A folder on a disk of its own, of 32 MB. Raises CanNotRun where it can not be mounted."""
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        raise CanNotRun("only root may mount a disk")
    try:
        yield disk / "data"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Take all the room there is, also what was given back since the last time."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 9):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return ballast


def refused_otherwise(scene: Scene) -> list[str]:
    """Who was refused with another word than that there is no room, or with none at all."""
    others = Counter(error for error in scene.writers.errors if not error.endswith(f": {REFUSED}"))
    said = ", ".join(f"{error} ({count})" for error, count in sorted(others.items()))
    return [f"a full disk was not what {others.total()} were told: {said}"] if others else []


def fill_disk(scene: Scene) -> float:
    """Fill the disk while people write and read, then make room. No process of the site is replaced."""
    disk, before = scene.data_dir.parent, scene.site.lasting()
    ballast = fill(disk)
    refused_before = scene.writers.statuses[REFUSED]

    def is_refused() -> bool:
        # A job that tidies up meanwhile gives a little room back.
        fill(disk)
        return scene.writers.statuses[REFUSED] >= refused_before + 20

    if not until(is_refused):
        raise AssertionError(f"a full disk was not said: {scene.writers.statuses}")
    statuses = [ask(scene.site.port, path).status for path in scene.ground.read_paths * 3]
    if set(statuses) != {200}:
        raise AssertionError(f"pages answered {statuses} while the disk was full")
    ballast.unlink()
    began = monotonic()
    scene.writers.wait_until_heard()
    if scene.site.lasting() != before:
        raise AssertionError("a process of the site was replaced")
    return monotonic() - began
