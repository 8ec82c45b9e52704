"""Words that would turn into marks: what a backslash has to stand before, and nothing else."""

from __future__ import annotations

import re

_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[*`]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\[(?=[^\]\n]*\]\()")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_PAIRS = re.compile(r"(~~|==|\^\^)(?=\S[^\n]*?\1)|(\+\+)(?=[\w+-]+\+\+)")
_BEGINNING = re.compile(
    r"^(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|^(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|:::|!!!|\?\?\?|===|~~~"
    r"|\[[ xX]\]\s|\[!|(?:-+|=+)\s*$)",
    re.MULTILINE,
)


def escaped(text: str) -> str:
    """The words so that they are read as they stand."""
    text = _MARKS.sub(lambda match: "\\" + match[0], text)
    text = _ENTITY.sub("&amp;", text)
    return _PAIRS.sub(lambda match: "\\" + match[0], text)


def begun(text: str) -> str:
    """The lines of a paragraph so that none begins a list, a heading, a quote or a box."""
    return _BEGINNING.sub(lambda match: f"{match['number']}\\{match['dot']}" if match["number"] else "\\", text)
