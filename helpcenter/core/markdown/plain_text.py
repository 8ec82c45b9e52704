"""A page as plain text: for search, feeds, snippets and the time it takes to read."""

import re

from helpcenter.core.markdown.tags import BLOCKS
from helpcenter.core.markdown.tree import Element, Node

WORDS_A_MINUTE = 220

_LEFT_OUT = frozenset(("heading-anchor", "footnote-backref"))
_ALONE = frozenset(("br", "hr"))
_SPACES = re.compile(r"[ \t\n\u00a0]+")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_BREAK, _CELL = "\x00", "\x01"


def plain_text(node: Node) -> str:
    """The words to be read, a line for each block; cells of a row stand side by side, code keeps its lines."""
    parts: list[str] = []
    _collect(node, parts, is_code=False)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parts).replace(_CELL, " ").split(_BREAK))
    return "\n".join(line for line in lines if line)


def reading_seconds(text: str) -> int:
    """How long plain text takes to read at 220 words a minute, in seconds; at least 1 where there is a word."""
    words = sum(1 for _ in _WORD.finditer(text))
    return -(-words * 60 // WORDS_A_MINUTE)


def _collect(node: Node, parts: list[str], is_code: bool) -> None:
    if not isinstance(node, Element):
        parts.append(str(node).replace("\n", _BREAK) if is_code else str(node))
        return
    if _LEFT_OUT.intersection(node.classes) or node.tag == "iframe":
        return
    if node.tag == "img":
        parts.append(node.attributes.get("alt", ""))
    edge = _CELL if node.tag in ("td", "th") else _BREAK if node.tag in BLOCKS or node.tag in _ALONE else ""
    parts.append(edge)
    for child in node.children:
        _collect(child, parts, is_code or node.tag == "pre")
    parts.append(edge)
