"""A piece of text with marks: parts that match and parts that do not. HTML comes last and escapes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

BETWEEN_LINES = " · "
_LINE_BREAK = re.compile(r"\n\s*")
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
            parts.append(Part(_spaced(text, done, first)))
        if last > first:
            parts.append(Part(text[first:last], True))
        done = max(done, last)
    return tuple(parts)


def _spaced(text: str, start: int, end: int) -> str:
    piece = text[start:end]
    if "\n" in piece:
        piece = _LINE_BREAK.sub(lambda found: _between_lines(text, start + found.start()), piece)
    inner = " ".join(piece.split())
    before = " " if piece[:1].isspace() else ""
    after = " " if piece[-1:].isspace() and inner else ""
    return before + inner + after


def _between_lines(text: str, at: int) -> str:
    while at and text[at - 1].isspace():
        at -= 1
    return BETWEEN_LINES if at and text[at - 1] not in _ENDS else " "
