"""What the data folder holds besides the database and the files, and what becomes of it in a copy.

A test holds that nothing lies there of which this module does not know.
"""

from __future__ import annotations

import hmac
from pathlib import Path

from config import SQLITE_FILE, Settings

KEY = "secret_key"
KEPT = (KEY, "DEMO")
"""Copied as they are. The secret key: without it nobody stays logged in and no link in a mail works any more; whoever
holds the copy holds the mail addresses and the password hashes anyway. The mark of a demo: its passwords are known."""
MADE_AGAIN = ("assets", "counts", "search", "staged")
"""The joined scripts and style sheets, what processes counted for /metrics, the search index, where a demo was made."""
OF_THE_MOMENT = ("folder.lock", "move.lock", "DEMO-BEGUN", f"{SQLITE_FILE}-turn", f"{SQLITE_FILE}-upgrade")
"""Locks of whatever runs right now, and the mark of a demo that is being made."""
ELSEWHERE = ("backups", "files", SQLITE_FILE, f"{SQLITE_FILE}-wal", f"{SQLITE_FILE}-shm")
"""Copies themselves, and what a copy holds in its own way."""
FREE = ("lost+found",)
"""What a disk of its own holds from the beginning."""
RESTORING = "RESTORING"
"""A mark while an archive is brought back here; see restoring.py."""


def half_a_site(settings: Settings) -> str:
    """What whoever starts something on this folder must know; '' where no archive was brought back in part."""
    if not (settings.data_dir / RESTORING).exists():
        return ""
    return f"{settings.data_dir} holds half a site: bringing it back was interrupted. Run `helpcenter restore` again"


def kept_files(settings: Settings) -> dict[str, bytes]:
    """What is copied as it is, by name. A key that the environment gives is not in the folder, and stays out."""
    found = {name: (settings.data_dir / name).read_bytes() for name in KEPT if (settings.data_dir / name).is_file()}
    if found.get(KEY, b"").decode().strip() != settings.secret_key:
        found.pop(KEY, None)
    return found


def key_mark(settings: Settings) -> str:
    """By this a key is known again, and by nothing less than a guess of all of it found out."""
    return hmac.digest(settings.secret_key.encode(), b"helpcenter archive", "sha256").hex()[:16]


def occupied_by(settings: Settings, besides: Path) -> list[str]:
    """The names of what shows that a site lives in the data folder, or something else does; empty for a free one.

    The archive itself may lie there. Whether a SQLite file that is to be used holds rows is asked of the database.
    """
    folder = settings.data_dir
    if not folder.exists():
        return []
    free = {KEY, *MADE_AGAIN, *OF_THE_MOMENT, *ELSEWHERE, *FREE}
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".") and path != besides} - free
    if any(path.is_file() for path in (folder / "files").rglob("*")):
        names.add("files")
    if not settings.is_sqlite and (folder / SQLITE_FILE).exists():
        names.add(SQLITE_FILE)
    return sorted(names)
