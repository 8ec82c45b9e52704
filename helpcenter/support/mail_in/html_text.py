"""The text of a letter that came as HTML alone: no picture, no style, quotes marked with > as mail programs do."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

_BLANKS = re.compile(r"\n{3,}")


class _Plain(MarkdownConverter):
    """The words as they were typed: nothing escaped, no marks for headings or emphasis; a link with its address."""

    class Options:
        escape_asterisks = False
        escape_underscores = False
        escape_misc = False
        autolinks = True
        bullets = "-"
        convert = ("a", "blockquote", "br", "div", "hr", "li", "ol", "p", "pre", "table", "td", "th", "tr", "ul")

    def convert_br(self, *_: Any, **__: Any) -> str:
        return "\n"


def text_of(html: str) -> str:
    """What a person would read of it."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup(["script", "style", "head", "title", "template", "noscript"]):
        hidden.decompose()
    try:
        text = str(_Plain().convert_soup(soup))
    except RecursionError:
        # Hundreds of boxes within each other: the words without their marks are better than none.
        text = soup.get_text("\n", strip=True)
    return _BLANKS.sub("\n\n", text.replace("\xa0", " ")).strip()
