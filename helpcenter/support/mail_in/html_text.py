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

    def convert_a(self, el: Any, text: str, *_: Any, **__: Any) -> str:
        # Between < and > the page makes a link of it once more; an address that is all there is to read is enough.
        words, href = text.strip(), str(el.get("href", "")).strip()
        shown = href.removeprefix("mailto:").removeprefix("tel:")
        if not href or href.startswith("#") or words in (href, shown):
            return text
        return f"{words} <{shown}>" if words else f"<{shown}>"

    def convert_td(self, _el: Any, text: str, *_: Any, **__: Any) -> str:
        words = text.strip()
        return f"{words} | " if words else ""

    convert_th = convert_td

    def convert_tr(self, _el: Any, text: str, *_: Any, **__: Any) -> str:
        return f"{text.removesuffix(' | ').strip()}\n"

    def convert_table(self, _el: Any, text: str, *_: Any, **__: Any) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_br(self, *_: Any, **__: Any) -> str:
        return "\n"


def text_of(html: str) -> str:
    """What a person would read of it."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup(["script", "style", "head", "title", "template", "noscript"]):
        hidden.decompose()
    # Such a table only holds the parts of a letter in place; the others are read line by line.
    around: set[int] = set()
    for part in soup(["p", "div", "table", "ul", "ol", "blockquote"]):
        for box in part.parents:
            if id(box) in around:
                break
            around.add(id(box))
            if box.name in ("td", "th"):
                box.name = "div"
    try:
        text = str(_Plain().convert_soup(soup))
    except RecursionError:
        # Hundreds of boxes within each other: the words without their marks are better than none.
        text = soup.get_text("\n", strip=True)
    return _BLANKS.sub("\n\n", text.replace("\xa0", " ")).strip()
