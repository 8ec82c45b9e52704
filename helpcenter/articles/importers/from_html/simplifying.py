"""A page before it is converted: what is never shown goes, and what is meant by a class becomes a tag of its own."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Declaration, ProcessingInstruction, Tag
from bs4.element import Doctype, NavigableString, PreformattedString

from helpcenter.articles.importers.from_html import folds, headings
from helpcenter.articles.importers.from_html.addresses import parts_of
from helpcenter.articles.importers.from_html.blocks import BLOCKS, HEADINGS
from helpcenter.articles.importers.from_html.callout_kinds import kind_of
from helpcenter.articles.importers.from_html.page import Page

GONE = ("script", "style", "template", "noscript", "head", "title", "link", "meta", "svg", "canvas")
UNSEEN = (Comment, Declaration, Doctype, ProcessingInstruction)
"""What a browser takes for a comment, such as the conditions and the namespaces that word processors write."""
CONTROLS = ("form", "input", "button", "select", "textarea", "object", "embed")
_SAME = {"b": "strong", "i": "em", "strike": "del", "s": "del", "ins": "u"}
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
_ITALIC = re.compile(r"font-style:\s*italic")
_BLANKS = re.compile(r"[ \t]{2,}")
_NUMBER = re.compile(r"[0-9]{1,8}")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)$", re.IGNORECASE)


def simplify(soup: BeautifulSoup, page: Page) -> None:
    """Bring a page to the few tags that the conversion knows."""
    _remove(soup, page)
    for text in list(soup.find_all(string=True)):
        if "\xa0" in text or "\u200b" in text:
            text = _replaced(text, text.replace("\xa0", " ").replace("\u200b", ""))
        # A long run of blanks takes the converter the square of its length.
        if "  " in text and not isinstance(text, PreformattedString) and not text.find_parent("pre"):
            _replaced(text, _BLANKS.sub(" ", text))
    for pre in soup.find_all("pre"):
        for line_break in pre.find_all("br"):
            line_break.replace_with("\n")
    _number_lists(soup)
    _style(soup)
    _unwrap_boxes(soup)
    _head_tables(soup)
    folds.fold(soup)
    _name_callouts(soup)
    _free_pictures(soup)
    _caption(soup)
    headings.level(soup, page)
    _join(soup)


def _replaced(text: NavigableString, words: str) -> NavigableString:
    new = NavigableString(words)
    text.replace_with(new)
    return new


def _remove(soup: BeautifulSoup, page: Page) -> None:
    for unseen in soup.find_all(string=lambda text: isinstance(text, UNSEEN)):
        unseen.extract()
    for element in soup(list(GONE)):
        element.decompose()
    controls = soup(list(CONTROLS))
    if controls:
        page.lose("a form or something of another program in the page is left out")
    for element in controls:
        if element.name in ("button", "form"):
            element.unwrap()
        elif not element.decomposed:
            element.decompose()


def _number_lists(soup: BeautifulSoup) -> None:
    """A list begins with a number that Markdown can say, or with the first."""
    for element in soup.find_all("ol", start=True):
        if not _NUMBER.fullmatch(str(element["start"])):
            del element["start"]


def _style(soup: BeautifulSoup) -> None:
    for element in soup.find_all(list(_SAME)):
        element.name = _SAME[element.name]
    # The inner ones first: each that goes hands all that is in it to the one around it.
    for element in reversed(soup.find_all(["span", "font"])):
        style = str(element.get("style") or "")
        if _BOLD.search(style):
            element.name, element.attrs = "strong", {}
        elif _ITALIC.search(style):
            element.name, element.attrs = "em", {}
        else:
            element.unwrap()
    for element in soup.find_all(["strong", "em", "u", "del"]):
        if element.find_parent([element.name, *(HEADINGS if element.name == "strong" else ())]) or element.find(
            lambda inner: inner.name in BLOCKS
        ):
            element.unwrap()


def _unwrap_boxes(soup: BeautifulSoup) -> None:
    """A table of one cell is a frame around it and no table."""
    for table in soup.find_all("table"):
        cells = table.find_all(["td", "th"])
        if len(cells) == 1:
            cells[0].name, cells[0].attrs = "div", {"class": table.get_attribute_list("class")}
            table.replace_with(cells[0])


def _head_tables(soup: BeautifulSoup) -> None:
    """A first row that is all bold is meant as a heading row."""
    for table in soup.find_all("table"):
        row = table.find("tr")
        cells = row.find_all("td") if row and not table.find("th") else []
        if not cells or not all(map(_is_bold, cells)):
            continue
        for cell in cells:
            cell.name = "th"
            for one in cell.find_all("strong"):
                one.unwrap()


def _is_bold(cell: Tag) -> bool:
    bold = cell.find("strong")
    return bold is not None and bold.get_text(strip=True) == cell.get_text(strip=True)


def _name_callouts(soup: BeautifulSoup) -> None:
    for element in soup.find_all("callout"):
        # A tag of another system that is named as ours.
        element.name = "div"
    for element in soup.find_all(True):
        if kind := kind_of(element):
            if element.find_parent("callout"):
                continue
            element.name, element.attrs = "callout", {"kind": kind}


def _free_pictures(soup: BeautifulSoup) -> None:
    """A picture that opens itself when clicked, as many systems write it, is the picture alone."""
    for link in soup.find_all("a"):
        if link.find("img") and _PICTURE.search(parts_of(str(link.get("href") or "")).path):
            link.unwrap()


def _caption(soup: BeautifulSoup) -> None:
    """A caption stands with its picture."""
    for figure in soup.find_all("figure"):
        caption, pictures = figure.find("figcaption"), figure.find_all("img")
        if caption is not None and len(pictures) == 1:
            pictures[0]["title"] = " ".join(caption.get_text(" ").split())
            caption.decompose()


def _join(soup: BeautifulSoup) -> None:
    """Two bold words side by side are one: four stars between them would be stars."""
    for element in soup.find_all(["strong", "em", "u", "del"]):
        after = element.next_sibling
        while isinstance(after, Tag) and after.name == element.name:
            for child in list(after.children):
                element.append(child.extract())
            after.decompose()
            after = element.next_sibling
