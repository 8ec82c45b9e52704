"""What changed between two texts, word by word: what stayed, what was taken out, what was put in.

Lines that both have are found first, and words are compared only within what lies between them. Where so much was
rewritten that comparing would take long, the old passage is shown as taken out and the new one as put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from helpcenter.core.line_matches import common, lines_of

MOST_CELLS = 150_000
"""Old words times new words that are compared: some 30 ms. Beyond it a passage is told as rewritten."""
_WORD = re.compile(r"\s*\S+[^\S\n]*\n?|\s+")


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some text and what became of it."""

    change: Change
    text: str


def diff(old: str, new: str) -> list[Piece]:
    """The pieces in the order of reading: those that stayed and were removed give `old`, stayed and added `new`."""
    return list(_merged(_between(lines_of(old), lines_of(new), within_lines=True)))


def _between(old: Sequence[str], new: Sequence[str], *, within_lines: bool) -> Iterator[Piece]:
    head = _beginning(old, new)
    tail = _beginning(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    yield Piece(Change.SAME, "".join(old[:head]))
    gap: tuple[list[str], list[str]] = ([], [])
    for change, part in _aligned(old[head:old_end], new[head:new_end]):
        if change is Change.SAME:
            yield from _gap(*gap, within_lines=within_lines)
            gap = ([], [])
            yield Piece(Change.SAME, part)
        else:
            gap[change is Change.ADDED].append(part)
    yield from _gap(*gap, within_lines=within_lines)
    yield Piece(Change.SAME, "".join(old[old_end:]))


def _gap(old: list[str], new: list[str], *, within_lines: bool) -> Iterator[Piece]:
    """What lies between two things that stayed."""
    removed, added = "".join(old), "".join(new)
    if within_lines and removed and added:
        yield from _between(_WORD.findall(removed), _WORD.findall(added), within_lines=False)
    else:
        yield Piece(Change.REMOVED, removed)
        yield Piece(Change.ADDED, added)


def _beginning(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts both begin with."""
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Change, str]]:
    """The longest common part and what stands beside it. The library's matcher may take cubic time; this never does."""
    row = column = 0
    stayed = common(old, new) if len(old) * len(new) <= MOST_CELLS else ()
    for down, across in [*stayed, (len(old), len(new))]:
        yield from ((Change.REMOVED, one) for one in old[row:down])
        yield from ((Change.ADDED, one) for one in new[column:across])
        if down < len(old):
            yield Change.SAME, old[down]
        row, column = down + 1, across + 1


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, and none that is empty."""
    waiting: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if waiting is not None and waiting.change is piece.change:
            waiting = Piece(piece.change, waiting.text + piece.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting
