"""Files that survive a power cut, and are known to be whole before anything in them is believed.

Whoosh never calls fsync, and its files hold pickles. So what a commit wrote reaches the disk before the table of
contents that names it, and each segment has its checksum beside it, compared once before the segment is opened.
"""

from __future__ import annotations

import json
import os
import zlib
from io import BytesIO
from pathlib import Path
from pickle import load
from typing import Any

from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

SEGMENT = ".seg"
CHECKSUM = ".sum"
_CHUNK_BYTES = 1 << 20


class ChecksumDiffers(Exception):
    """A segment is not as it was written."""


class DurableStorage(FileStorage):
    """A folder whose commits are on the disk when they are done."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._written: set[str] = set()

    def create_file(self, name: str, **options: Any) -> StructFile:
        """A new file, remembered until the commit."""
        self._written.add(name)
        return super().create_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Whoosh renames one file only: the new table of contents, which makes a commit count. All else goes before."""
        for name in sorted(self._written):
            path = Path(self._fpath(name))
            if not path.exists():
                continue
            if name.endswith(SEGMENT):
                _write_checksum(path)
            sync_file(path)
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(Path(self.folder))
        self._written.clear()


class SegmentStorage(CompoundStorage):
    """The files inside one segment. Whoosh copies them into memory, or maps the segment, and then a file that is cut
    short ends the whole process; here every read asks the file."""

    def __init__(self, file: StructFile) -> None:
        super().__init__(file, use_mmap=False)

    def open_file(self, name: str, *_: Any, **__: Any) -> StructFile:
        """One file of the segment."""
        offset, length = self.range(name)
        return PartOfFile(self._file, offset, length, name)


class PartOfFile(StructFile):
    """A stretch of a file. `get` keeps no position, so many threads may read at once."""

    def __init__(self, file: StructFile, offset: int, length: int, name: str) -> None:
        super().__init__(None, name=name)
        self._whole = file
        self._handle = file.fileno()
        self._offset, self._length, self._at = offset, length, 0

    def get(self, position: int, length: int) -> bytes:
        return os.pread(self._handle, length, self._offset + position)

    def seek(self, position: int, whence: int = os.SEEK_SET) -> None:
        self._at = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence] + position

    def tell(self) -> int:
        return self._at

    def read(self, length: int = -1) -> bytes:
        left = self._length - self._at
        data = self.get(self._at, left if length < 0 else min(length, left))
        self._at += len(data)
        return data

    def read_pickle(self) -> Any:
        stream = BytesIO(self.get(self._at, self._length - self._at))
        value = load(stream)  # noqa: S301 - the checksum said that this is what we wrote
        self._at += stream.tell()
        return value

    def close(self) -> None:
        """The file is shared by all parts of the segment and is closed with the last of them."""


def check_segment(path: Path) -> None:
    """Raises ChecksumDiffers when the segment is not as it was written, OSError when it is not there."""
    expected = json.loads(path.with_suffix(CHECKSUM).read_text())
    if path.stat().st_size != expected["bytes"] or _checksum(path) != expected["crc32"]:
        raise ChecksumDiffers(path.name)


def sync_file(path: Path) -> None:
    """What was written to the file is on the disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """The names in the folder are on the disk when this returns."""
    sync_file(path)


def _write_checksum(path: Path) -> None:
    beside = path.with_suffix(CHECKSUM)
    beside.write_text(json.dumps({"bytes": path.stat().st_size, "crc32": _checksum(path)}))
    sync_file(beside)


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            found = zlib.crc32(chunk, found)
    return found
