"""MDX into Markdown: what a page builder would run or draw is taken out, what people wrote stays where it was.

Code is never altered. Every line keeps the number it had in the source, so that a remark can name it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpcenter.articles.folder import code_spans, esm, jsx
from helpcenter.articles.folder.components import BLOCKS, Opened, Shown, element, is_html
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.jsx import Tag
from helpcenter.articles.folder.reflow import GAP, SOFT, Line, lines_of, padded

MOST_FAILURES = 200
"""Braces that open and never close before a page is taken to be full of them: the search for each costs its rest."""

_RAW = frozenset({"head", "script", "style", "svg", "template", "noscript", "math"})
_LINK_TARGET = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)")
_ATTRIBUTE_LIST = re.compile(r"\{[#.:][^{}\n]*\}[ \t]*(?=\n|$)")
_PLAIN = re.compile(r"[^\\`{<\]\n]+")
_MARKS = re.compile(r"\{/\*|<[A-Z][\w.]*[\s/>]|<[a-z][^<>\n]*=\{|<>")


@dataclass(frozen=True)
class Cleaned:
    """Plain Markdown; `lines` holds, for each of its lines, the number it had in the source, from 1."""

    text: str
    lines: tuple[int, ...]
    findings: tuple[Finding, ...]


def looks_like_mdx(text: str) -> bool:
    """Whether a page has parts of a program in it: imports, components, attributes or comments in braces."""
    bare = code_spans.masked(text)
    return esm.has_statement(bare) or bool(_MARKS.search(bare))


def clean(text: str) -> Cleaned:
    """The page without its program. `findings` name what readers miss by it, with lines and without a path."""
    page = _Page(text.replace(SOFT, " ").replace(GAP, " "))
    page.read()
    lines = page.lines()
    body = "\n".join(line.text for line in lines)
    return Cleaned(body, tuple(line.number for line in lines), tuple(page.findings))


class _Page:
    """One reading of a text from its beginning to its end, with the elements that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.parts: list[str] = []
        self.open: list[Opened] = []
        self.findings: list[Finding] = []
        self.code_lines: set[int] = set()
        self.failures = 0
        self.statement_end = -1

    def read(self) -> None:
        while self.at < len(self.text):
            if self._at_line_start() and self._take_block():
                continue
            plain = _PLAIN.match(self.text, self.at)
            if plain:
                self._copy(plain.end())
            else:
                self._take_sign()
        while self.open:
            self._abandon(self.open.pop())

    def lines(self) -> list[Line]:
        return lines_of("".join(self.parts), self.code_lines)

    def _at_line_start(self) -> bool:
        return self.at == 0 or self.text[self.at - 1] == "\n"

    def _take_block(self) -> bool:
        fence = code_spans.fence_at(self.text, self.at)
        if fence:
            first = self.text.count("\n", 0, fence.start)
            self.code_lines.update(range(first, first + self.text.count("\n", fence.start, fence.end) + 1))
            self._copy(fence.end)
            return True
        if self.text.startswith(("import", "export"), self.at) and not self.open and self._begins_block():
            end = esm.statement_end(self.text, self.at)
            if end is not None:
                self._replace(end, "")
                self.statement_end = end
                return True
        return False

    def _begins_block(self) -> bool:
        """Whether no paragraph goes on here: a line of one may begin with the word import."""
        return (
            self.at == self.statement_end + 1
            or not self.text[: self.at].rstrip(" \t\n")
            or (re.search(r"\n[ \t]*\n\Z", self.text[max(0, self.at - 200) : self.at]) is not None)
        )

    def _take_sign(self) -> None:
        sign = self.text[self.at]
        if sign == "\\":
            is_less = self.text.startswith("\\<", self.at)
            self._replace(self.at + 2, "&lt;") if is_less else self._copy(self.at + 2)
        elif sign == "`":
            self._take_ticks()
        elif sign == "{":
            self._take_expression()
        elif sign == "<":
            self._take_tag()
        elif sign == "]":
            target = _LINK_TARGET.match(self.text, self.at)
            self._copy(target.end() if target else self.at + 1)
        else:
            self._copy(self.at + 1)

    def _take_ticks(self) -> None:
        span = code_spans.span_at(self.text, self.at)
        end = span.end if span else self.at + len(self.text[self.at :]) - len(self.text[self.at :].lstrip("`"))
        self._copy(end)

    def _take_expression(self) -> None:
        listed = _ATTRIBUTE_LIST.match(self.text, self.at)
        if listed:
            self._copy(listed.end())
            return
        end = jsx.expression_end(self.text, self.at) if self.failures < MOST_FAILURES else None
        if end is None:
            self.failures += 1
            self._copy(self.at + 1)
            return
        inner = self.text[self.at + 1 : end - 1].strip()
        value = jsx.value_of(inner)
        if value is None and inner and not inner.startswith(("/*", "...")):
            self._note("a value that the page computes ({…})")
        self._replace(end, value or "")

    def _take_tag(self) -> None:
        if self.text.startswith("<!--", self.at):
            end = self.text.find("-->", self.at)
            self._replace(end + 3 if end >= 0 else len(self.text), "")
            return
        tag = jsx.tag_at(self.text, self.at)
        if tag is None:
            self._copy(self.at + 1)
        elif not tag.is_component and not is_html(tag.name):
            self._replace(tag.end, self.text[tag.start : tag.end].replace("<", "&lt;").replace(">", "&gt;"))
        elif tag.is_closing:
            self._close(tag)
        elif tag.name in _RAW and not tag.is_empty:
            self._replace(self._end_of_raw(tag), "")
        else:
            self._begin(tag)

    def _end_of_raw(self, tag: Tag) -> int:
        closing = re.compile(rf"</{re.escape(tag.name)}\s*>", re.IGNORECASE).search(self.text, tag.end)
        return closing.end() if closing else tag.end

    def _begin(self, tag: Tag) -> None:
        if tag.name == "CodeBlock" and not tag.is_empty:
            self._take_code_block(tag)
            return
        shown: Shown = element(tag, is_inside_html=any(one.tag.name in BLOCKS for one in self.open))
        if shown.missing:
            self._note(shown.missing)
        if not tag.is_empty and not shown.is_void:
            self.open.append(Opened(tag, shown, len(self.parts), self._indent()))
        self._replace(tag.end, shown.opening.replace(SOFT, SOFT + self._indent()))

    def _close(self, tag: Tag) -> None:
        """Close the nearest open element of this name; those opened within it and never closed count for nothing."""
        if not any(one.tag.name == tag.name for one in self.open):
            self._replace(tag.end, "" if tag.is_component else self.text[tag.start : tag.end])
            return
        while (opened := self.open.pop()).tag.name != tag.name:
            self._abandon(opened)
        first = opened.part + 1
        inner = "".join(self.parts[first:])
        self.parts[first:] = [opened.shown.arranged(inner, opened.indent)]
        self._replace(tag.end, opened.shown.closing.replace(SOFT, SOFT + opened.indent))

    def _abandon(self, opened: Opened) -> None:
        """Nothing closes it: its opening counts only if it reads as text or HTML by itself."""
        if opened.tag.is_component or opened.shown.is_unwrapped:
            self.parts[opened.part] = padded("", self.text[opened.tag.start : opened.tag.end])

    def _take_code_block(self, tag: Tag) -> None:
        closing = self.text.find("</CodeBlock>", tag.end)
        inner = self.text[tag.end : closing] if closing >= 0 else ""
        code = jsx.value_of(inner.strip()[1:-1]) if inner.strip().startswith("{") else inner
        end = closing + len("</CodeBlock>") if closing >= 0 else tag.end
        if not code or not code.strip():
            self._note("a block of code that the page computes (<CodeBlock>)")
            self._replace(end, "")
            return
        first = self.text.count("\n", 0, tag.start)
        code = code.strip("\n")
        self.code_lines.update(range(first, first + code.count("\n") + 1))
        ticks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
        fence = SOFT.join((f"{ticks}{tag.text('language')}", code, ticks))
        self._replace(end, fence.replace("\n", "\n" + self._indent()).replace(SOFT, SOFT + self._indent()))

    def _indent(self) -> str:
        start = self.text.rfind("\n", 0, self.at) + 1
        before = self.text[start : self.at]
        return before if not before.strip() else " " * (len(before) - len(before.lstrip()))

    def _note(self, what: str) -> None:
        line = self.text.count("\n", 0, self.at) + 1
        self.findings.append(Finding("", line, f"left out: {what}", Level.WARNING))

    def _copy(self, end: int) -> None:
        self.parts.append(self.text[self.at : end])
        self.at = end

    def _replace(self, end: int, text: str) -> None:
        self.parts.append(padded(text, self.text[self.at : end]))
        self.at = end
