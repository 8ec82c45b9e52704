"""Keeping the lines of a page where they were while parts of it are taken out, and tidying what is left.

A soft line break is one the source did not have: it opens a new line under the same number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Two signs that no text may contain, by the rules of Unicode.
SOFT = "\ufdd0"
GAP = "\ufdd1"
"""Where something was taken out: a line that holds nothing else becomes blank, one that does loses the spaces there."""

_BREAK = re.compile(rf"[\n{SOFT}]")


@dataclass(frozen=True)
class Line:
    """A line of the tidied page and the number it had in the source, from 1."""

    text: str
    number: int


def padded(text: str, source: str) -> str:
    """The text with exactly as many line breaks as what it stands for, so that no later line moves."""
    wanted, has = source.count("\n"), text.count("\n")
    if has > wanted:
        head, *tail = text.split("\n")
        return "\n".join([head, *tail[:wanted]]) + "".join(SOFT + line for line in tail[wanted:])
    return GAP + text + "\n" * (wanted - has)


def dedented(inner: str, indent: str) -> str:
    """What an element held, moved to where the element stood: the lines after the first lose what they are deeper."""
    head, *tail = _split(inner)
    depths = [len(line) - len(line.lstrip(" \t")) for _, line in tail if line.replace(GAP, "").strip()]
    surplus = min(depths, default=0) - len(indent)
    if surplus <= 0:
        return inner
    return head[1] + "".join(sign + _cut(line, surplus) for sign, line in tail)


def indented(inner: str, indent: str) -> str:
    """What an element held, moved to stand deeper than `indent` by four spaces."""
    head, *tail = _split(dedented(inner, indent))
    first = "    " + head[1] if head[1].replace(GAP, "").strip() else head[1]
    return first + "".join(sign + ("    " + line if line.replace(GAP, "").strip() else line) for sign, line in tail)


def _split(text: str) -> list[tuple[str, str]]:
    pieces = re.split(rf"([\n{SOFT}])", text)
    return [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]


def _cut(line: str, count: int) -> str:
    blank = len(line) - len(line.lstrip(" \t"))
    return line[min(count, blank) :]


def lines_of(text: str, code_lines: set[int]) -> list[Line]:
    """The lines of a cleaned page, blank ones in a row made one where something was taken out, none at the ends.

    `code_lines` are numbers from 0 of lines that stay as they are.
    """
    lines: list[Line] = []
    number = 0
    for sign, content in _split(text):
        number += sign == "\n"
        if number in code_lines:
            lines.append(Line(content.replace(GAP, ""), number + 1))
        else:
            lines.append(Line(_closed(content), number + 1))
    return _without_blanks(lines, code_lines)


def _closed(content: str) -> str:
    if GAP not in content:
        return content
    bare = content.replace(GAP, "")
    if not bare.strip():
        return ""
    closed = re.sub(rf"(?<=\S)[ \t]*{GAP}+[ \t]+|(?<=\S)[ \t]+{GAP}+(?=[ \t]|$)", " ", content).replace(GAP, "")
    return closed.rstrip() if content.rstrip(" \t").endswith(GAP) else closed


def _without_blanks(lines: list[Line], code_lines: set[int]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        is_blank = not line.text.strip() and line.number - 1 not in code_lines
        if is_blank and (not kept or (not kept[-1].text.strip() and kept[-1].number - 1 not in code_lines)):
            continue
        kept.append(line)
    while kept and not kept[-1].text.strip() and kept[-1].number - 1 not in code_lines:
        kept.pop()
    return kept
