"""Whether there is a recent backup in the place where `helpcenter backup` and `helpcenter upgrade` put them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from helpcenter.backup import shelf
from helpcenter.core import clock
from helpcenter.doctor.finding import Finding, Level
from helpcenter.doctor.ground import Ground

OLD = timedelta(days=7)


def recent(ground: Ground) -> Iterator[Finding]:
    """Whether the newest is younger than a week."""
    folder = ground.settings.data_dir / shelf.FOLDER
    newest = newest_of(folder)
    age = clock.now() - _made_at(newest) if newest else None
    if age is not None and age < OLD:
        return
    what = f"The newest backup in {folder} is {age.days} days old" if age else f"There is no backup in {folder}"
    yield Finding(
        "no-backup" if newest is None else "old-backup",
        what,
        "After a broken disk or a mistake everything since then is lost, unless you keep copies elsewhere",
        "If you do, leave this out with --skip; else do it every night, with --keep 14.",
        "helpcenter backup",
        level=Level.WRONG if newest or ground.is_public else Level.NOTE,
    )


def newest_of(folder: Path) -> Path | None:
    """The newest backup that bears a name of ours."""
    if not folder.is_dir():
        return None
    return max((path for path in folder.iterdir() if shelf.NAME.fullmatch(path.name)), default=None)


def _made_at(path: Path) -> datetime:
    return datetime.strptime(path.name[11:26], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
