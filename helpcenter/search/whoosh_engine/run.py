"""Sorting more postings than memory takes while an index is built: in runs on the disk, a thousand postings at a time.

Whoosh writes and reads each posting of a run by itself, and counts its bytes before, which is half of all the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from marshal import dumps, loads
from typing import Any

from whoosh.writing import PostingPool

MOST_POSTINGS = 300_000
"""What is sorted in memory: about 64 MB of them."""
AT_ONCE = 1_000
"""Of each run so many lie in memory while all are merged."""
Posting = tuple[str, bytes, int, float, bytes | None]


class Runs(PostingPool):
    """Takes postings in any order and gives them sorted."""

    def add(self, item: Posting) -> None:
        """Take a posting."""
        if len(self.current) >= MOST_POSTINGS:
            self.save()
        self.fieldnames.add(item[0])
        self.current.append(item)

    def _write_run(self, file: Any, items: Any) -> None:
        left = iter(items)
        while some := list(islice(left, AT_ONCE)):
            block = dumps(some)
            file.write(len(block).to_bytes(4, "big") + block)
        file.close()

    def _read_run(self, path: str) -> Iterator[Posting]:
        file = self._open_run(path)
        try:
            while size := file.read(4):
                # This process wrote it, a moment ago.
                yield from loads(file.read(int.from_bytes(size, "big")))  # noqa: S302  # nosec B302
        finally:
            file.close()
            self._remove_run(path)
