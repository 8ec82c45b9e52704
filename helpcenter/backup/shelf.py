"""Where archives lie and what they are called when nobody says so, and how old ones leave."""

from __future__ import annotations

import re
from pathlib import Path

from config import Settings
from helpcenter.core import clock

FOLDER = "backups"
NAME = re.compile(r"helpcenter-\d{8}-\d{6}Z(-\d+)?\.zip")
"""The moment in UTC, so that the order of names is the order of time."""
UNFINISHED = re.compile(r"\.helpcenter-\d{8}-\d{6}Z(-\d+)?\.zip\.[0-9a-f]{8}\.part")


def next_path(settings: Settings, folder: Path | None = None) -> Path:
    """A name that is free, in the folder given or the one of the data folder, which is made. Raises OSError."""
    folder = folder or settings.data_dir / FOLDER
    # Whoever may read the copies may read everything.
    folder.mkdir(0o700, parents=True, exist_ok=True)
    stem = f"helpcenter-{clock.now():%Y%m%d-%H%M%S}Z"
    names = (f"{stem}.zip", *(f"{stem}-{number}.zip" for number in range(2, 1000)))
    return next(folder / name for name in names if not (folder / name).exists())


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` archives that bear a name of ours, and what a killed backup left; which ones."""
    found = sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), key=_age)
    newest = found[-1].name if found else ""
    left = (path for path in folder.iterdir() if UNFINISHED.fullmatch(path.name) and path.name[1:] < newest)
    old = [*found[: max(0, len(found) - keep)], *left]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _age(path: Path) -> tuple[str, int]:
    stem, _, number = path.stem.partition("Z")
    return stem, int(number.lstrip("-") or 1)
