"""The headings of a page: their levels, and the names by which links find them."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from helpcenter.articles.importers.from_html.blocks import HEADINGS
from helpcenter.articles.importers.from_html.page import Page, fragment_of


def level(soup: BeautifulSoup, page: Page) -> None:
    """Headings begin at the second level without a gap; those within a list, a box or a cell are bold words."""
    for heading in soup.find_all(list(HEADINGS)):
        if heading.find_parent(["li", "callout", "td", "th", "summary"]):
            heading.name = "p"
            inner = soup.new_tag("strong")
            for child in list(heading.children):
                inner.append(child.extract())
            heading.append(inner)
    for heading in soup.find_all(list(HEADINGS)):
        if not heading.get_text(strip=True):
            heading.name = "p"
    headings = soup.find_all(list(HEADINGS))
    levels = {name: level for level, name in enumerate(sorted({one.name for one in headings}), start=2)}
    for heading in headings:
        heading.name = f"h{levels[heading.name]}"
    _anchor(soup, page)


def _anchor(soup: BeautifulSoup, page: Page) -> None:
    """The names that links lead to stay with their headings."""
    for element in soup.find_all(True):
        for name in filter(None, {element.get("id"), element.get("name") if element.name == "a" else None}):
            fragment = fragment_of(str(name))
            if fragment not in page.fragments:
                continue
            heading = element if element.name in HEADINGS else element.find_parent(list(HEADINGS)) or _next(element)
            if heading is not None and not heading.get("data-anchor"):
                heading["data-anchor"] = fragment
            elif heading is None:
                page.lose("a link leads to a place that has no heading; it opens the page at its top", f"#{name}")


def _next(element: Tag) -> Tag | None:
    """The heading that comes right after an anchor without words."""
    if element.get_text(strip=True):
        return None
    for one in element.next_elements:
        if isinstance(one, Tag) and one.name in HEADINGS:
            return one
        if isinstance(one, NavigableString) and one.strip():
            return None
    return None
