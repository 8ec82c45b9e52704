"""How much a table holds and whether it is the same: a count and a checksum that the order of rows does not change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

BYTES = 16
_MODULUS = 1 << (8 * BYTES)


@dataclass
class Digest:
    """Counts the rows that pass. Rows in any order give the same, as two databases tell them in different orders."""

    rows: int = 0
    _sum: int = 0

    @property
    def checksum(self) -> str:
        """The checksum so far, as hexadecimal digits."""
        return f"{self._sum:0{2 * BYTES}x}"

    def add(self, line: bytes) -> None:
        """Count one row."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(blake2b(line, digest_size=BYTES).digest(), "big")) % _MODULUS

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same rows, counted as they pass."""
        for line in lines:
            self.add(line)
            yield line
