"""The blocks of a text, as people know them from GitHub.

Python-Markdown wants lists indented by four and set off by empty lines, and reads HTML up to its closing tag. This walk
over the lines takes the containers (lists, quotes, callouts, tabs), code and HTML instead, and leaves paragraphs,
headings and tables to Markdown. What it takes becomes HTML in the stash; nothing here is safe to show yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpcenter.core.markdown.lines import DELIMITER_ROW, UNDERLINE, indent
from helpcenter.core.markdown.refusal import MarkdownRefused, Reason
from helpcenter.core.markdown.shape import MOST_NESTED

Rule = Callable[["Layout", list[str], int], int | None]
"""Takes the block that begins at a line, if it is of its kind: the number of the line after it, else None."""


class Layout:
    """Collects the blocks of a text: paragraphs as Markdown, everything else as stashed HTML."""

    def __init__(self, rules: Sequence[Rule], stash: Callable[[str], str], depth: int = 0) -> None:
        self.rules = rules
        self.stash = stash
        self.depth = depth
        self.blocks: list[str] = []
        self.paragraph: list[str] = []
        self._html: list[str] = []

    def walk(self, lines: list[str]) -> None:
        """Lay out the lines of the text, or of the container that was just opened."""
        if self.depth > MOST_NESTED:
            raise MarkdownRefused(Reason.TOO_TANGLED)
        at = 0
        while at < len(lines):
            at = self._block(lines, at)
        self.end_paragraph()

    def _block(self, lines: list[str], at: int) -> int:
        line = lines[at]
        if not line.strip():
            self.end_paragraph()
            return at + 1
        for rule in self.rules:
            after = rule(self, lines, at)
            if after is not None:
                return after
        self._paragraph_line(line)
        return at + 1

    def _paragraph_line(self, line: str) -> None:
        underline = UNDERLINE.fullmatch(line)
        if underline and self.paragraph:
            self.heading(1 if underline[1][0] == "=" else 2, " ".join(part.strip() for part in self.paragraph))
            return
        if len(self.paragraph) > 1 and DELIMITER_ROW.fullmatch(line) and "|" in self.paragraph[-1]:
            head = self.paragraph.pop()
            self.end_paragraph()
            self.paragraph.append(head)
        self.paragraph.append(line.lstrip())

    def inside(self, lines: list[str]) -> None:
        """Lay out what a container holds."""
        self.end_paragraph()
        self.depth += 1
        self.walk(lines)
        self.depth -= 1

    def apart(self, lines: list[str]) -> str:
        """Lay out lines as a Markdown text of their own, for what keeps its place in the source by indentation."""
        other = Layout(self.rules, self.stash, self.depth + 1)
        other.walk(lines)
        return other.text()

    def heading(self, level: int, text: str) -> None:
        """Add a heading, which takes the place of the paragraph that was begun."""
        self.paragraph.clear()
        self.markdown("#" * level + " " + text)

    def markdown(self, text: str) -> None:
        """Add a block of Markdown."""
        self.end_paragraph()
        self._end_html()
        self.blocks.append(text)

    def html(self, html: str) -> None:
        """Add a piece of HTML; neighbouring pieces become one."""
        self.end_paragraph()
        self._html.append(html)

    def end_paragraph(self) -> None:
        """Close the paragraph that was begun, if any."""
        if self.paragraph:
            text = "\n".join(self.paragraph)
            self.paragraph.clear()
            self.markdown(text)

    def text(self) -> str:
        """The blocks as one Markdown text."""
        self._end_html()
        return "\n\n".join(self.blocks)

    def _end_html(self) -> None:
        if self._html:
            self.blocks.append(self.stash("".join(self._html)))
            self._html.clear()


def indented(lines: list[str], at: int, columns: int) -> tuple[list[str], int]:
    """The lines from `at` on that stand `columns` in or are empty, moved out by it, and the line after them."""
    taken: list[str] = []
    while at < len(lines) and (not lines[at].strip() or indent(lines[at]) >= columns):
        taken.append(lines[at][columns:])
        at += 1
    while taken and not taken[-1].strip():
        taken.pop()
        at -= 1
    return taken, at
