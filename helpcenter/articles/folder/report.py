"""What an import or export did: each file under what happened to it, and what there is to say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from helpcenter.articles.folder.finding import Finding, Level


class Outcome(StrEnum):
    """What happened to a file. A conflict: file and edition both changed, and the file's version waits as a draft."""

    IMPORTED = "imported"
    UPDATED = "updated"
    RENAMED = "renamed"
    RETURNED = "brought back"
    UNCHANGED = "unchanged"
    ARCHIVED = "archived"
    REMOVED = "removed"
    CONFLICT = "conflict"
    LEFT_OUT = "left out"
    EXPORTED = "exported"


class Progress(Protocol):
    """Told how far a step has come."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def silent(step: str, done: int, total: int) -> None:
    """Progress nobody watches."""


@dataclass
class Report:
    """Files by outcome, and the findings."""

    files: dict[str, Outcome] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, path: str, outcome: Outcome) -> None:
        """What happened to a file; what is said last counts."""
        self.files[path] = outcome

    def of(self, outcome: Outcome) -> list[str]:
        """The files this happened to, sorted."""
        return sorted(path for path, its in self.files.items() if its == outcome)

    def counts(self) -> dict[Outcome, int]:
        """How many of each outcome, in the order of Outcome; those that did not happen are left out."""
        counted = Counter(self.files.values())
        return {outcome: counted[outcome] for outcome in Outcome if counted[outcome]}

    @property
    def has_problems(self) -> bool:
        """Whether something was not taken, or needs a person."""
        return bool(self.of(Outcome.CONFLICT)) or any(finding.level == Level.ERROR for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """For programs: counts, files by outcome, findings sorted by place."""
        findings = sorted(self.findings, key=lambda finding: (finding.path, finding.line, finding.message))
        return {
            "counts": {str(outcome): count for outcome, count in self.counts().items()},
            "files": {str(outcome): self.of(outcome) for outcome in self.counts()},
            "findings": [finding.as_json() for finding in findings],
        }
