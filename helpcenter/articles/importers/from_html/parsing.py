"""HTML as a tree, also where it is none."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

_SECTION = re.compile(r"<!\[[^<>]*>")


def soup_of(html: str) -> BeautifulSoup:
    """The page as a tree. What a parser refuses as a whole, a browser shows without what is odd in it."""
    try:
        return BeautifulSoup(html, "html.parser")
    except ParserRejectedMarkup:
        return BeautifulSoup(_SECTION.sub("", html).replace("<![", "&lt;!["), "html.parser")
