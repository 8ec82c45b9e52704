"""The data folder: whether it is there, can be written, is closed to others, and has room."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from config import SQLITE_FILE
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground

LEAST_BYTES = 500 * 1024 * 1024
LEAST_SHARE = 0.03
LEAST_FILES = 1000
OTHERS = 0o007
SECRETS = ("secret_key", SQLITE_FILE, "files", "backups")
ACROSS_A_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs"})
MOUNTS = Path("/proc/mounts")


def there(ground: Ground) -> Iterator[Finding]:
    """Whether the folder is there and this user can write it."""
    folder = ground.settings.data_dir
    if not folder.is_dir():
        yield Finding(
            "no-data-folder",
            f"There is no data folder {folder}",
            "Without it nothing is kept; mostly another one is meant, whose setting is missing in this terminal",
            "Set HELPCENTER_DATA_DIR, or make a new site there.",
            "helpcenter upgrade",
        )
        return
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"can be written?")
    except OSError as problem:
        yield Finding(
            "data-folder-read-only",
            f"The data folder {folder} can not be written: {problem.strerror}",
            "Nothing that anybody writes is saved",
            "Give it to the user of the site, or free some space.",
        )


def closed(ground: Ground) -> Iterator[Finding]:
    """Whether others on the machine stay out, and the site itself does not."""
    folder = ground.settings.data_dir
    if not folder.is_dir():
        return
    # Who may not enter the folder reaches nothing in it, whatever its own rights are.
    is_open = bool(folder.stat().st_mode & 0o001)
    for path in (folder / name for name in SECRETS):
        if is_open and path.exists() and path.stat().st_mode & OTHERS:
            yield Finding(
                "open-to-others",
                f"Everybody on this machine can read {path}",
                "It holds what people wrote, their addresses, or the key that signs links",
                command=f"chmod -R o-rwx {quote(str(path))}",
            )
    owner = folder.stat().st_uid
    strange = [path for path in folder.iterdir() if path.stat(follow_symlinks=False).st_uid != owner]
    if strange:
        yield Finding(
            "foreign-owner",
            f"{strange[0]} belongs to another user than the data folder",
            "The site can not write it; a command was run as root, most likely",
            command=f"chown -R --reference={quote(str(folder))} {quote(str(folder))}",
        )


def room(ground: Ground) -> Iterator[Finding]:
    """Whether there is space, for bytes and for files."""
    folder = ground.settings.data_dir
    if not folder.is_dir():
        return
    usage = shutil.disk_usage(folder)
    if usage.free < min(LEAST_BYTES, usage.total // 5) or usage.free < LEAST_SHARE * usage.total:
        yield Finding(
            "disk-nearly-full",
            f"{usage.free / 1e6:.0f} MB are free on the disk of {folder}",
            "When it is full nobody can save anything, and no backup can be written",
            "Delete old backups or make the disk larger.",
        )
    counts = os.statvfs(folder)
    if counts.f_files and counts.f_favail < LEAST_FILES:
        yield Finding(
            "no-more-files",
            f"The disk of {folder} has room for {counts.f_favail} more files",
            "Then no picture and no index can be written, though there seems to be space",
            "Delete small files that nobody needs.",
        )


def near(ground: Ground) -> Iterator[Finding]:
    """Whether the disk is one of this machine, where SQLite needs that."""
    kind = file_system(ground.settings.data_dir) if ground.settings.is_sqlite else ""
    if kind in ACROSS_A_NETWORK:
        yield Finding(
            "network-disk",
            f"The data folder lies on a network disk ({kind})",
            "SQLite can lose or damage data there, because locks do not hold",
            "Move the folder to a disk of this machine, or the site to PostgreSQL with `helpcenter move`.",
        )


def file_system(folder: Path) -> str:
    """The kind of file system a folder is on; '' where the system does not tell."""
    try:
        lines = [line.split() for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    where = folder.resolve()
    inside = [(len(line[1]), line[2]) for line in lines if len(line) > 2 and where.is_relative_to(line[1])]
    return max(inside)[1] if inside else ""
