"""A piece of text with marks: parts that match and parts that do not. HTML comes last and escapes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

BETWEEN_LINES = " · "
_GAP = re.compile(r"\s+")
_ENDS = ".!?…:;,–—·؟،؛"


class Part(NamedTuple):
    """A stretch of plain text and whether it matched."""

    text: str
    is_marked: bool = False


def markup(parts: Iterable[Part]) -> Markup:
    """The parts as safe HTML: everything escaped, the matching ones inside <mark>."""
    mark, end = Markup("<mark>"), Markup("</mark>")
    return Markup("").join(mark + escape(p.text) + end if p.is_marked else escape(p.text) for p in parts)


def plain(parts: Iterable[Part]) -> str:
    """The text of the parts without marks."""
    return "".join(part.text for part in parts)


def marked(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """The text from start to end, cut at places (start, end), sorted and apart, which are marked.

    White space becomes single spaces. A line that ends without a sign, such as a heading, is parted from the next.
    """
    parts: list[Part] = []
    done = start
    for first, last in (*places, (end, end)):
        if first > done:
            parts.append(Part("".join(_spaced(text, done, first))))
        if last > first:
            parts.append(Part(text[first:last], True))
        done = max(done, last)
    return tuple(parts)


def _spaced(text: str, start: int, end: int) -> Iterator[str]:
    for gap in _GAP.finditer(text, start, end):
        yield text[start : gap.start()]
        is_glue = "\n" in gap.group() and gap.start() > 0 and text[gap.start() - 1] not in _ENDS
        yield BETWEEN_LINES if is_glue else " "
        start = gap.end()
    yield text[start:end]
