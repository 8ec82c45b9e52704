"""Where the code of a Markdown text stands, so that nothing else touches it: fenced blocks and spans within a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_OPENING = re.compile(r"(?m)^(?P<lead>(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*)(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})")
_TICKS = re.compile(r"`+")
_PARAGRAPH_END = re.compile(r"\n[ \t>]*(?=\n|$)")


@dataclass(frozen=True)
class Code:
    """A stretch of code with its marks, as offsets into the text; `is_block` for a fenced block of whole lines."""

    start: int
    end: int
    is_block: bool


def fence_end(text: str, opening: re.Match[str]) -> int:
    """Where the block of an opening fence ends: after its closing fence, or with the text."""
    mark = opening["mark"]
    closing = re.compile(rf"(?m)^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    line_end = text.find("\n", opening.end())
    found = closing.search(text, line_end + 1) if line_end >= 0 else None
    return found.end() if found else len(text)


def fence_at(text: str, start: int) -> Code | None:
    """The fenced block whose first line begins here."""
    opening = _OPENING.match(text, start)
    return Code(start, fence_end(text, opening), True) if opening else None


def span_at(text: str, start: int) -> Code | None:
    """The span of code that opens with the backticks here; None where as many never come again in the paragraph."""
    ticks = _TICKS.match(text, start)
    assert ticks is not None
    paragraph = _PARAGRAPH_END.search(text, start)
    for other in _TICKS.finditer(text, ticks.end(), paragraph.start() if paragraph else len(text)):
        if len(other[0]) == len(ticks[0]):
            return Code(start, other.end(), False)
    return None


def codes(text: str) -> Iterator[Code]:
    """Every block and span of code, in order."""
    at = 0
    line_start = True
    while at < len(text):
        found = fence_at(text, at) if line_start else None
        if found is None and text[at] == "`":
            ticks = _TICKS.match(text, at)
            assert ticks is not None
            found = span_at(text, at) or Code(ticks.end(), ticks.end(), False)
        if found is not None:
            if found.start < found.end:
                yield found
            at, line_start = found.end, False
            continue
        if text[at] == "\\" and at + 1 < len(text) and text[at + 1] == "`":
            at += 1
        line_start = text[at] == "\n"
        at += 1


def outside(text: str, change: Callable[[str], str]) -> str:
    """The text with everything but its code changed."""
    parts, at = [], 0
    for code in codes(text):
        parts += [change(text[at : code.start]), text[code.start : code.end]]
        at = code.end
    return "".join([*parts, change(text[at:])])


def masked(text: str) -> str:
    """The text with its code blanked out and every line where it was."""
    parts, at = [], 0
    for code in codes(text):
        parts += [text[at : code.start], re.sub(r"[^\n]", " ", text[code.start : code.end])]
        at = code.end
    return "".join([*parts, text[at:]])
