"""What changed between two revisions of an edition, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpcenter.articles.revision import Revision
from helpcenter.core import word_diff
from helpcenter.core.line_matches import lines_of
from helpcenter.core.word_diff import Change, Piece

SHOWN_AROUND = 3
"""Lines that stand before and after a change; of more that stayed, the middle is folded."""
FEWEST_FOLDED = 4


@dataclass(frozen=True)
class Folded:
    """Lines that stayed, away from every change."""

    text: str
    lines: int


@dataclass(frozen=True)
class Comparison:
    """The pieces of each part; a part in which nothing changed is empty."""

    title: Sequence[Piece]
    summary: Sequence[Piece]
    tags: Sequence[Piece]
    keywords: Sequence[Piece]
    body: Sequence[Piece | Folded]

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
        body=text_changes(old.body if old else "", new.body),
    )


def text_changes(old: str, new: str) -> Sequence[Piece | Folded]:
    """What changed in a long text; lines that stayed away from every change are folded."""
    return list(_folded(changed(old, new)))


def changed(old: str, new: str) -> Sequence[Piece]:
    """The pieces, or none where both texts are equal."""
    pieces = word_diff.diff(old, new)
    return () if all(piece.change is Change.SAME for piece in pieces) else pieces


def _folded(pieces: Sequence[Piece]) -> Iterator[Piece | Folded]:
    for number, piece in enumerate(pieces):
        lines = lines_of(piece.text)
        before = SHOWN_AROUND if number > 0 else 0
        after = SHOWN_AROUND if number < len(pieces) - 1 else 0
        if piece.change is not Change.SAME or len(lines) - before - after < FEWEST_FOLDED:
            yield piece
            continue
        end = len(lines) - after
        # A piece may end within a line, which then stands with the change.
        middle = lines[before:end]
        if before:
            yield Piece(Change.SAME, "".join(lines[:before]))
        yield Folded("".join(middle), len(middle))
        if after:
            yield Piece(Change.SAME, "".join(lines[end:]))
