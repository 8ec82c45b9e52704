"""What there is to say about a file: where, how grave, and in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """Error: something of the file was not taken. Warning: readers will miss something. Note: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """A remark on a file of a folder; `line` counts from 1, 0 means the file as a whole."""

    path: str
    line: int
    message: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"

    def at(self, path: str) -> Finding:
        """The same remark on another file."""
        return replace(self, path=path)

    def as_json(self) -> dict[str, Any]:
        """For reports that programs read."""
        return asdict(self)


def worst(findings: list[Finding]) -> Level | None:
    """The gravest level among them; None when there is nothing to say."""
    levels = {finding.level for finding in findings}
    return next((level for level in Level if level in levels), None)
