"""Noticing that a folder changed, and that whoever writes there is done for the moment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from helpcenter.articles.folder.reading import files_of

Seen = Mapping[str, tuple[int, int]]
"""For each file of a folder when it was changed last, in nanoseconds, and its size in bytes."""


class Watch:
    """Looks at a folder again and again. `taken` is what it was like when it was last brought in."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._last: Seen = {}
        self._taken: Seen | None = None

    def has_changed(self) -> bool:
        """Whether it is another than was taken, and the same as at the last look: nobody is in the middle of saving."""
        now = self._look()
        is_quiet, self._last = now == self._last, now
        return is_quiet and now != self._taken

    @property
    def is_settled(self) -> bool:
        """Whether everything that was seen of it is brought in."""
        return self._taken == self._last

    def take(self) -> None:
        """It is brought in as it was at the last look; what changed since is another change."""
        self._taken = self._last

    def _look(self) -> Seen:
        seen = {}
        for path in files_of(self._root):
            try:
                entry = os.lstat(self._root / path)
            except OSError:
                # It went away between being listed and being looked at, and the next look will say so.
                continue
            seen[path] = (entry.st_mtime_ns, entry.st_size)
        return seen
