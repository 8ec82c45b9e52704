"""Which lines of one text stand in another, in the same order: what a merge, a moved remark and a comparison go by.

Lines that occur once in both are anchors (patience diff, as Bram Cohen described it); what lies between two anchors is
compared line by line as long as that is quick, and else taken to be rewritten.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

MOST_CELLS = 150_000
"""Old lines times new lines that are compared in all, between anchors: some 30 ms."""


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its end; together they are the text."""
    return _LINE.findall(text)


def matches(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """For each line of `old` that stayed its place in `new`; places count from 0 and rise together."""
    return dict(_matched(old, new, 0, 0))


def common(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest common part, as places in both. Its time is the one length times the other."""
    longest = [[0] * (len(new) + 1)]
    for one in reversed(old):
        below, row = longest[-1], [0] * (len(new) + 1)
        for at in range(len(new) - 1, -1, -1):
            row[at] = below[at + 1] + 1 if one == new[at] else max(below[at], row[at + 1])
        longest.append(row)
    longest.reverse()
    down = across = 0
    while down < len(old) and across < len(new):
        if old[down] == new[across]:
            yield down, across
            down, across = down + 1, across + 1
        elif longest[down + 1][across] >= longest[down][across + 1]:
            down += 1
        else:
            across += 1


def _matched(old: Sequence[str], new: Sequence[str], row: int, column: int) -> Iterator[tuple[int, int]]:
    # A stack of gaps instead of recursion: a long text may have thousands of anchors.
    gaps = [(0, len(old), 0, len(new), True)]
    cells_left = MOST_CELLS
    while gaps:
        top, bottom, left, right, may_anchor = gaps.pop()
        while top < bottom and left < right and old[top] == new[left]:
            yield row + top, column + left
            top, left = top + 1, left + 1
        while top < bottom and left < right and old[bottom - 1] == new[right - 1]:
            bottom, right = bottom - 1, right - 1
            yield row + bottom, column + right
        if top == bottom or left == right:
            continue
        anchors = _anchors(old[top:bottom], new[left:right]) if may_anchor else []
        if not anchors:
            cells = (bottom - top) * (right - left)
            if cells <= cells_left:
                cells_left -= cells
                for down, across in common(old[top:bottom], new[left:right]):
                    yield row + top + down, column + left + across
            continue
        above, before = top, left
        for down, across in [*anchors, (bottom - top, right - left)]:
            gaps.append((above, top + down, before, left + across, True))
            if down < bottom - top:
                yield row + top + down, column + left + across
            above, before = top + down + 1, left + across + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest rising run of lines that occur once in each."""
    in_old, in_new = Counter(old), Counter(new)
    places = {line: at for at, line in enumerate(new) if in_new[line] == 1}
    pairs = [(at, places[line]) for at, line in enumerate(old) if in_old[line] == 1 and line in places]
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else None)
        ends[length:] = [place, *ends[length + 1 :]]
        last[length:] = [at, *last[length + 1 :]]
    found = []
    step: int | None = last[-1] if last else None
    while step is not None:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]
