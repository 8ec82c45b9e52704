"""What an operator can put right, told in one line: the one gate for everything a command did not foresee itself."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
# https://www.sqlite.org/rescode.html, the first part of a code
_READ_ONLY = (8, 14)
_DAMAGED = (11, 26)
_LOCKED = (5, 6)
# https://www.postgresql.org/docs/current/errcodes-appendix.html: a class, or a whole code
_NOT_LET_IN = ("08", "28", "3D", "53", "57")
_NOT_ALLOWED = "42501"


def told(problem: BaseException) -> str:
    """The line about what went wrong, without a password in it; '' where nobody foresaw it."""
    from sqlalchemy.exc import DBAPIError

    from helpcenter.core import migration, pause
    from helpcenter.web.error_table import is_disk_full

    if is_disk_full(problem):
        return "there is no space left on the disk. Free some and start this again."
    if pause.is_pause(problem):
        return "nothing can be saved: the site is being moved, or was."
    if isinstance(problem, migration.DatabaseIsNewer):
        return f"{problem}."
    if isinstance(problem, DBAPIError):
        return _of_database(problem)
    if isinstance(problem, sqlite3.Error):
        return _of_sqlite(problem, "")
    if isinstance(problem, OSError) and problem.errno in _FORBIDDEN:
        where = f"{problem.filename} can not be used" if problem.filename else "a file can not be used"
        return f"{where}: {problem.strerror}. Run this as the user of the site, who must be allowed to use it."
    return ""


def _of_database(problem: DBAPIError) -> str:
    from helpcenter.core import error_place

    url = error_place.of(problem)
    if isinstance(problem.orig, sqlite3.Error):
        return _of_sqlite(problem.orig, (url.database if url else "") or "")
    state = str(getattr(problem.orig, "sqlstate", None) or "")
    # What follows a ? may hold a password as well.
    where = f"the database {url.set(query={}).render_as_string()}" if url else "the database"
    reason = _first_line(problem).replace(str(url.password), "***") if url and url.password else _first_line(problem)
    if state == _NOT_ALLOWED:
        return f"{where} does not allow that: {reason}. Make the user of HELPCENTER_DATABASE_URL the owner of it."
    is_unreached = not state and type(problem.orig).__name__ in ("OperationalError", "ConnectionTimeout")
    if is_unreached or state[:2] in _NOT_LET_IN:
        return f"{where} can not be used: {reason}. Start its server, or correct HELPCENTER_DATABASE_URL."
    return ""


def _of_sqlite(problem: sqlite3.Error, file: str) -> str:
    code = (getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF
    where = f"the database file {file}" if file else "the database file"
    if code in _DAMAGED:
        return (
            f"{where} is damaged, or is none: {problem}. Stop the site, move its data folder aside, and bring back the "
            "newest backup with `helpcenter restore`."
        )
    if code in _READ_ONLY:
        return (
            f"{where} can not be written: {problem}. Run this as the user of the site, to whom the file and the folder "
            "around it must belong."
        )
    if code in _LOCKED:
        return f"{where} is held by another process for too long. Start this again."
    return ""


def _first_line(problem: DBAPIError) -> str:
    return str(problem.orig).strip().partition("\n")[0].rstrip(".") or type(problem.orig).__name__
