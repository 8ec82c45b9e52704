"""One thing that is not as it should be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """WRONG is to be put right. A NOTE may be meant so: it never makes a command fail."""

    WRONG = "wrong"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """`name` stays the same in every release, so that a script may leave it out.

    `what` is wrong, `why` it matters, and what to do: `fix` in words, or `command` as it is typed, or both.
    """

    name: str
    what: str
    why: str
    fix: str = ""
    command: str = ""
    level: Level = Level.WRONG

    def __str__(self) -> str:
        leads_there = self.fix.endswith(":")
        command = f"{'' if leads_there else 'Run: '}{self.command}" if self.command else ""
        words = " ".join(part for part in (self.fix, command) if part)
        return f"{self.level} [{self.name}] {self.what}. {self.why}. {words}"

    def as_json(self) -> dict[str, str]:
        """As a program reads it."""
        return {**asdict(self), "level": str(self.level)}
