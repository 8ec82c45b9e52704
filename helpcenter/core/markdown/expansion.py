"""Putting snippets into a text. Runs in the worker process only: call helpcenter.core.markdown.expand instead.

The blocks of the text say which lines count: one in code, in a comment or in HTML is as it is written. It is done once
and over the source alone, so that a passage which names a snippet can not go round in a circle.
"""

import re
from collections.abc import Sequence

from helpcenter.core.markdown.components import without_components
from helpcenter.core.markdown.dialect import RULES
from helpcenter.core.markdown.layout import Layout, Rule
from helpcenter.core.markdown.lines import UNDERLINE, ends_paragraph
from helpcenter.core.markdown.profile import KILOBYTE, Profile
from helpcenter.core.markdown.refusal import MarkdownRefused, Reason
from helpcenter.core.markdown.snippets import LINE, Expanded, Passage, Passages, SnippetUse

_MARK = re.compile(r" {0,3}\x02([0-9]+)\x03 *")
_ITEM = re.compile(r"[-*+]|[0-9]{1,9}[.)]")


def expand(text: str, profile: Profile, passages: Passages) -> Expanded:
    """The text with each snippet replaced by its passage, and by nothing where there is none."""
    source = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = {number: match for number, line in enumerate(source) if (match := LINE.fullmatch(line))}
    places = _places(source, found)
    is_whole = places.pop(len(source), None) == 0
    writer = _Writer(source, profile.most_bytes)
    for number in range(len(source)):
        if number in places:
            writer.put(number, found[number]["lead"], passages.get(found[number]["name"]))
        else:
            writer.line(source[number], number)
    uses = tuple(SnippetUse(found[number]["name"], number + 1) for number in sorted(places))
    return Expanded("\n".join(writer.lines), tuple(writer.numbers), uses, is_whole)


def _places(source: Sequence[str], found: dict[int, re.Match[str]]) -> dict[int, int]:
    """The lines that count with the depth of what they stand in, the line after the last one among them.

    Each is marked with its number and the text laid out as for a page: what comes by as a block of its own counts.
    """
    marked = [re.sub("[\x02\x03]", "", line) for line in source]
    for number, match in found.items():
        marked[number] = f"{match['lead']}\x02{number}\x03"
    whole = without_components("\n".join([*marked, "", f"\x02{len(source)}\x03"]))
    depths: dict[int, int] = {}
    layout = Layout((*RULES, _collector(depths)), lambda html: html)
    layout.walk(whole.expandtabs(4).split("\n"))
    return depths


def _collector(depths: dict[int, int]) -> Rule:
    def mark(layout: Layout, lines: list[str], at: int) -> int | None:
        match = _MARK.fullmatch(lines[at])
        if match is None:
            return None
        layout.end_paragraph()
        depths[int(match[1])] = layout.depth
        return at + 1

    return mark


class _Writer:
    """Collects the lines of the expanded text with the numbers, from 1, of those they come from."""

    def __init__(self, source: Sequence[str], most_bytes: int) -> None:
        self.source = source
        self.left = most_bytes
        self.most_bytes = most_bytes
        self.lines: list[str] = []
        self.numbers: list[int] = []

    def line(self, text: str, number: int) -> None:
        """Add a line. Raises MarkdownRefused when the text becomes longer than a text may be."""
        self.left -= len(text.encode("utf-8", "replace")) + 1
        # The last line has no line break.
        if self.left < -1:
            raise MarkdownRefused(Reason.TOO_LONG, self.most_bytes // KILOBYTE)
        self.lines.append(text)
        self.numbers.append(number + 1)

    def put(self, number: int, lead: str, passage: Passage | None) -> None:
        """Add a passage in the place of a line, set off from what stands above and below."""
        begins_item = _ITEM.search(lead) is not None
        # Below the mark of an item its content stands in the column where it began.
        inner = _ITEM.sub(lambda mark: " " * len(mark[0]), lead)
        blank = inner.rstrip()
        if passage is None or not passage.text.strip():
            self.line(lead.rstrip() if begins_item else blank, number)
            return
        if not begins_item and number and self.source[number - 1].strip(" \t>"):
            self.line(blank, number)
        first = lead
        for text in _framed(passage):
            self.line(first + text if text else blank, number)
            first = inner
        below = self.source[number + 1].lstrip(" \t>") if number + 1 < len(self.source) else ""
        if below and (not ends_paragraph(below) or UNDERLINE.fullmatch(below)):
            self.line(blank, number)


def _framed(passage: Passage) -> list[str]:
    """The lines of a passage, in a part that names its language where that is not the one around it."""
    lines = passage.text.split("\n")
    if not passage.language:
        return lines
    return [f'<section lang="{passage.language}" dir="{passage.direction}">', "", *lines, "", "</section>"]
