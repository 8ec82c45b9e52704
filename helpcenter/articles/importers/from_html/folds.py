"""Parts that open by a click there and open here."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from helpcenter.articles.importers.from_html.blocks import HEADINGS

_FOLDS = frozenset({"accordion", "collapsible", "collapse", "expander", "toggle"})
_FOLD_TITLES = frozenset({"title", "header", "heading", "summary", "button", "trigger", "toggle", "label"})


def _words(element: Tag) -> set[str]:
    return {word for name in element.get_attribute_list("class") if name for word in re.split(r"[-_]+", name.lower())}


def fold(soup: BeautifulSoup) -> None:
    """Make them of boxes whose class says so, with a line to open each by and something below."""
    for element in soup.find_all(["div", "section", "li"]):
        if not _words(element) & _FOLDS:
            continue
        parts = [child for child in element.children if isinstance(child, Tag)]
        if len(parts) < 2 or not (parts[0].name in HEADINGS or _words(parts[0]) & _FOLD_TITLES):
            continue
        if any(one.name in HEADINGS or _words(one) & _FOLDS for one in parts[1:]):
            for title, below in zip(parts[::2], parts[1::2], strict=False):
                _folded(soup, title, below)
            continue
        part = soup.new_tag("details")
        parts[0].name = "summary"
        element.insert_before(part)
        for child in list(element.children):
            part.append(child.extract())
        if element.name == "li":
            element.append(part.extract())
        else:
            element.decompose()


def _folded(soup: BeautifulSoup, title: Tag, below: Tag) -> None:
    part = soup.new_tag("details")
    title.insert_before(part)
    title.name = "summary"
    part.append(title.extract())
    part.append(below.extract())
