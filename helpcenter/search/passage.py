"""A piece of text with marks: parts that match and parts that do not. HTML comes last and escapes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape


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


def marked(text: str, places: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """The text cut at places (start, end), sorted and apart, which are marked; white space becomes single spaces."""
    parts: list[Part] = []
    done = 0
    for start, end in (*places, (len(text), len(text))):
        if start > done:
            parts.append(Part(_spaced(text[done:start])))
        if end > start:
            parts.append(Part(text[start:end], True))
        done = max(done, end)
    return tuple(parts)


def _spaced(text: str) -> str:
    inner = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and inner else ""
    return before + inner + after
