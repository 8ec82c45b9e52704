"""What keeps the bytes of files: a folder of one machine, or a table that several machines share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Protocol

Filter = Callable[[Collection[str]], Collection[str]]
"""Those of these names that have a row."""


class Store(Protocol):
    """Bytes by name; a picture may have a smaller variant under the same name."""

    def write(self, name: str, data: bytes, *, small: bool = False) -> None:
        """Keep the bytes for good, before the row that names them. Raises OSError when there is no room."""

    def read(self, name: str, *, small: bool = False) -> bytes:
        """The bytes. Raises FileNotFoundError for what is not there, or was deleted a moment ago."""

    def kept(self) -> Iterator[tuple[str, bool]]:
        """Name, and whether it is the smaller variant, of everything that is stored, in no order."""

    def sweep(self, known_among: Filter) -> int:
        """Delete what has lain here for a day without a row; how many."""

    def strays(self, known_among: Filter) -> int:
        """How many that would be."""
