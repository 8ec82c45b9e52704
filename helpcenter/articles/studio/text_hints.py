"""What may make a text harder to read than it need be: hints for whoever writes it, and never errors.

Read from the Markdown line by line, without making a page of it, so a hint knows its line and costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from helpcenter.core.markdown.lines import (
    DELIMITER_ROW,
    DIRECTIVE,
    FENCE_ANYWHERE,
    FOOTNOTE,
    HEADING,
    HTML_BLOCK,
    ITEM,
    QUOTE,
    RAW_HTML,
    begins_item,
    fence_after,
    indent,
)

LONGEST_SENTENCE: Mapping[str, int] = {"en": 30, "es": 35, "ru": 26, "ar": 30}
"""Words. A language that says in endings what others say in small words has fewer of them."""
MOST_OF_A_KIND = 5
LONGEST_READ = 256 * 1024
LONGEST_LINE = 2000
"""Characters that are read of a line: nobody writes more, and a pattern may take the square of its length."""
_LOOKS_LIKE_ITEM = re.compile(r"\s*(?:[•·‣◦–—] ?\S|[-+] +\S|[-+][^\W\d]|[0-9]{1,2}[.)] ?\S)")
_BULLET = re.compile(r"\s*[•·‣◦] ?\S")
_CALLOUT = re.compile(r"\s*(?:!!!|\?\?\?\+?|={3}) ?\S")
_LEADING = re.compile(r"(?:\s*(?:>|[-*+]|[0-9]{1,9}[.)])(?= |$))*\s*(?:\[[ xX]\] )?")
_PICTURE = re.compile(r"!\[[^\]]{0,500}\](?:\([^()\s]*(?: \"[^\"]*\")?\))?")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()\s]*(?: \"[^\"]*\")?\)|\[[^\]]*\])")
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).{1,500}?(?<!`)\1(?!`)")
_WORD = re.compile(r"\w+(?:[-'’.@/:]\w+)*")
_SENTENCE_END = re.compile(r"(?<![.!?…؟۔])[.!?…؟۔]+[\"'»”’)*_]*(?=\s|$)|[;؛:](?=\s|$)")


class Kind(StrEnum):
    """What a hint is about."""

    LIST = "list"
    SENTENCE = "sentence"


@dataclass(frozen=True)
class Hint:
    """Something to look at. `line` counts from 1; `words` is the length of a sentence, 0 for what is none."""

    kind: Kind
    line: int
    words: int = 0


@dataclass
class _Block:
    """Lines that stand together, with the number of the first."""

    first: int
    lines: list[str]


def hints_of(text: str, locale: str) -> list[Hint]:
    """The hints on a text, from its first line to its last; of each kind at most five."""
    blocks = list(_blocks(text[:LONGEST_READ]))
    lists = [Hint(Kind.LIST, line) for block in blocks for line in _unmade_list(block)]
    longest = LONGEST_SENTENCE[locale]
    sentences = [Hint(Kind.SENTENCE, line, size) for b in blocks for line, size in _sentences(b) if size > longest]
    return sorted([*lists[:MOST_OF_A_KIND], *sentences[:MOST_OF_A_KIND]], key=lambda one: one.line)


def _blocks(text: str) -> Iterator[_Block]:
    """What stands between empty lines, without fenced code."""
    block, fence = _Block(1, []), ""
    for number, line in enumerate(text.split("\n"), 1):
        before, fence = fence, fence_after(fence, line, FENCE_ANYWHERE)
        if before or fence or not line.strip():
            if block.lines:
                yield block
            block = _Block(number + 1, [])
        else:
            block.lines.append(line)
    if block.lines:
        yield block


def _unmade_list(block: _Block) -> Iterator[int]:
    """The first of two lines or more that look like items and which readers see as one run of text."""
    if not _is_plain(block.lines[0]):
        return
    run = 0
    for number, line in enumerate(block.lines):
        if number and begins_item(line, inside_paragraph=True):
            return
        looks_so = bool(_BULLET.match(line) if number == 0 else _LOOKS_LIKE_ITEM.match(line))
        run = run + 1 if looks_so else 0
        if run == 2:
            yield block.first + number - 1
            return


def _is_plain(line: str) -> bool:
    """Whether a line begins a paragraph that stands by itself."""
    others = (HEADING, ITEM, FOOTNOTE, DELIMITER_ROW, DIRECTIVE)
    return (
        indent(line) < 4
        and not any(one.fullmatch(line) for one in others)
        and not any(one.match(line) for one in (QUOTE, HTML_BLOCK, RAW_HTML, _CALLOUT))
        and "|" not in line
    )


def _sentences(block: _Block) -> Iterator[tuple[int, int]]:
    """The line on which each sentence of a block begins, and how many words it has. Tables and code have none."""
    if any(DELIMITER_ROW.fullmatch(line) for line in block.lines) or _is_indented_code(block):
        return
    began, size = block.first, 0
    for number, line in enumerate(block.lines, block.first):
        is_start = bool(HEADING.fullmatch(line) or ITEM.fullmatch(line) or _CALLOUT.match(line) or QUOTE.match(line))
        if is_start and size:
            yield began, size
            size = 0
        if HEADING.fullmatch(line) or RAW_HTML.match(line) or HTML_BLOCK.match(line):
            continue
        for is_end, words in _parts(_spoken(line)):
            began, size = (number, words) if not size else (began, size + words)
            if is_end and size:
                yield began, size
                size = 0
    if size:
        yield began, size


def _is_indented_code(block: _Block) -> bool:
    """Code without a fence begins so; what belongs to an item or a callout does too, and is read as words."""
    return all(indent(line) >= 4 and re.search(r"[{}();=<>\\]", line) for line in block.lines)


def _parts(line: str) -> Iterator[tuple[bool, int]]:
    """The words of each part of a line, and whether a sentence ends with it."""
    at = 0
    for end in _SENTENCE_END.finditer(line):
        yield True, sum(1 for _ in _WORD.finditer(line, at, end.start()))
        at = end.end()
    yield False, sum(1 for _ in _WORD.finditer(line, at))


def _spoken(line: str) -> str:
    """What one would read aloud of a line: a link is its words, code is one word, a picture is none."""
    line = _CODE.sub("code", _PICTURE.sub("", line[:LONGEST_LINE]))
    return _LEADING.sub("", _LINK.sub(r"\1", line), count=1)
