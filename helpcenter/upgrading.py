"""Brings a site up to this release: a backup, then the tables, then what another renderer or reader made.

Each step leaves a whole site behind it, so that whatever interrupts it is made good by doing it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import DBAPIError

from helpcenter.articles.folder.report import Progress, silent
from helpcenter.core import migration
from helpcenter.core.migration import DatabaseIsNewer, Standing

Say = Callable[[str], object]


class Stopped(RuntimeError):
    """It can not be done, and the tables are as they were; the message is one clear line."""


@dataclass
class Renewed:
    """How much was made again, and what could not be, with the reason."""

    articles: int = 0
    posts: int = 0
    refusals: list[str] = field(default_factory=list)


def upgrade_tables(app: Flask, say: Say, *, with_backup: bool = True, progress: Progress = silent) -> Standing:
    """Bring the tables up to this release, after a backup where there is something to lose; how far they were.

    Of several processes that begin at once one does it and the others wait. Raises Stopped.
    """

    def before(was: Standing) -> None:
        say(f"The tables are at {was.revision}; {_counted(was.waiting, 'migration')} to run.")
        if with_backup:
            say(f"A backup of everything before is in {_back_up(app, progress)}")

    def waits() -> None:
        say("Another process brings this database up to date; waiting for it.")

    try:
        was = migration.upgrade(before=before, waits=waits)
    except DatabaseIsNewer as newer:
        raise Stopped(str(newer)) from None
    except DBAPIError as problem:
        reason = _first_line(problem)
        raise Stopped(f"the database can not be used: {reason}. `helpcenter doctor` says more") from problem
    if was.revision and was.waiting:
        say(f"The tables are at {migration.newest()} now.")
    return was


def renew_texts(progress: Progress) -> Renewed:
    """Render and read again what another version of the renderer or of the reader did. Commits; slow.

    The job process does the same by itself, a little at a time; here it is done at once, and what was refused by the
    present renderer before is tried again.
    """
    from helpcenter.articles.folder import rerendering as articles
    from helpcenter.articles.health import reading
    from helpcenter.community import rerendering as posts

    of_articles = articles.render_all(progress=progress)
    refused = reading.read_new(progress=progress)
    of_posts = posts.render_all(progress=progress)
    reasons = {**refused, **of_articles.refusals}
    return Renewed(
        of_articles.count,
        of_posts.count,
        [f"article {number}: {reason}" for number, reason in sorted(reasons.items())]
        + [f"{post}: {reason}" for post, reason in of_posts.refusals.items()],
    )


def _back_up(app: Flask, progress: Progress) -> Path:
    from helpcenter.backup import archive, shelf
    from helpcenter.backup.refusal import Refused

    try:
        return archive.write(app, shelf.next_path(app.config["SETTINGS"]), progress=progress)
    except (Refused, OSError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise Stopped(
            f"no backup could be written: {reason}. Nothing was changed. If you have a backup of your own, use "
            "`helpcenter upgrade --without-backup`"
        ) from problem


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _first_line(problem: DBAPIError) -> str:
    return str(problem.orig).strip().partition("\n")[0] or type(problem.orig).__name__
