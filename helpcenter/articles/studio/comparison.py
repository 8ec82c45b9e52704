"""What changed between two revisions of an edition, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpcenter.articles.revision import Revision
from helpcenter.core import word_diff
from helpcenter.core.word_diff import Change, Piece


@dataclass(frozen=True)
class Comparison:
    """The pieces of each part; a part in which nothing changed is empty."""

    title: Sequence[Piece]
    summary: Sequence[Piece]
    tags: Sequence[Piece]
    keywords: Sequence[Piece]
    body: Sequence[Piece]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.title or self.summary or self.tags or self.keywords or self.body)


def compare(old: Revision | None, new: Revision) -> Comparison:
    """From one revision to another, or from nothing."""
    return Comparison(
        title=changed(old.title if old else "", new.title),
        summary=changed(old.summary if old else "", new.summary),
        tags=changed(", ".join(old.tags) if old else "", ", ".join(new.tags)),
        keywords=changed(", ".join(old.keywords) if old else "", ", ".join(new.keywords)),
        body=changed(old.body if old else "", new.body),
    )


def changed(old: str, new: str) -> Sequence[Piece]:
    """The pieces, or none where both texts are equal."""
    pieces = word_diff.diff(old, new)
    return () if all(piece.change is Change.SAME for piece in pieces) else pieces
