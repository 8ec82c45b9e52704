"""Words that would turn into marks: what a backslash has to stand before, and nothing else."""

from __future__ import annotations

import re

_ALWAYS = r"\\(?=[!-/:-@\[-`{-~\s]|$)|[*`]|(?<![^\W_])_|_(?![^\W_])"
_MARKS = re.compile(_ALWAYS + r"|\[(?=[^\]\n]{0,300}\][(:])")
_MARKS_OF_LINKS = re.compile(_ALWAYS + r"|[\[\]]")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_PAIRS = re.compile(r"(~~|==|\^\^)(?=\S[^\n]{0,1000}?\1)|(\+\+)(?=[\w+-]{1,60}\+\+)")
_BEGINNING = re.compile(
    r"^(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|^(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|:::|!!!|\?\?\?|===|~~~"
    r"|\[[ xX]\]\s|\[!|(?:-+|=+)\s*$)",
    re.MULTILINE,
)


def escaped(text: str, *, in_link: bool = False) -> str:
    """The words so that they are read as they stand; those of a link so that no bracket ends them."""
    text = (_MARKS_OF_LINKS if in_link else _MARKS).sub(lambda match: "\\" + match[0], text)
    # A backslash before an angle bracket does not keep it from being a tag.
    text = re.sub(r"<(?=\S)", "&lt;", _ENTITY.sub("&amp;", text))
    return _PAIRS.sub(lambda match: "\\" + match[0], text)


def begun(text: str) -> str:
    """The lines of a paragraph so that none begins a list, a heading, a quote or a box."""
    text = re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)
    return _BEGINNING.sub(lambda match: f"{match['number']}\\{match['dot']}" if match["number"] else "\\", text)
