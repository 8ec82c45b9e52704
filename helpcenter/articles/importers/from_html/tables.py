"""Tables: those of plain cells below a heading row become Markdown, every other one stays HTML."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from bs4 import Tag

from helpcenter.articles.importers.from_html.addresses import file_name
from helpcenter.articles.importers.from_html.blocks import BLOCKS
from helpcenter.articles.importers.from_html.media import WithMedia
from helpcenter.articles.importers.from_html.trimming import trimmed
from helpcenter.core.markdown.video_pages import page_of

_KEPT = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",), "a": ("href",)}
_VOID = frozenset({"br", "hr", "img"})
_ROWS = ("table", "thead", "tbody", "tfoot", "tr")
_WORDS = re.compile(r"[^\s:-]")
_INLINE = ("a", "img", "br", "strong", "em", "u", "del", "code", "sub", "sup", "kbd")
_SHOWN = frozenset((*_ROWS, *_INLINE, "td", "th", "caption", "p", "ul", "ol", "li", "hr", "pre", "blockquote"))


class WithTables(WithMedia):
    """A converter that decides which tables Markdown can say."""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return " ".join(text.split())
        if is_plain(el):
            return f"\n\n{_plain_table(el)}\n\n"
        for link in el.find_all("a"):
            link["href"] = self.page.link(str(link.get("href") or ""))
        for picture in el.find_all(["img", "iframe", "video"]):
            self._place_in_table(picture)
        return f"\n\n{html_of(el)}\n\n"

    def _place_in_table(self, picture: Tag) -> None:
        written = str(picture.get("src") or "")
        path = self.page.picture(written) if picture.name == "img" else ""
        if path:
            picture["src"] = quote(path, safe="/%#")
            return
        address, alt = self.page.absolute(page_of(written)), str(picture.get("alt") or "")
        picture.name = "a" if address else "span"
        picture.attrs = {"href": address} if address else {}
        picture.string = alt or file_name(address) or address

    def convert_thead(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        lines = (line.strip() for line in trimmed(text, "<br>").split("\n"))
        el["data-cell"] = " ".join(filter(None, lines))
        return f"{text.strip()} "

    convert_th = convert_td


def _plain_table(table: Tag) -> str:
    """Each cell was converted before the table around it, and left what it says with itself."""
    rows = [[str(cell.get("data-cell") or "") for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def is_plain(table: Tag) -> bool:
    """Whether Markdown can say it: a heading row first, then cells of words alone, none wider than another."""
    rows = table.find_all("tr")
    if len(rows) < 2 or table.find("table") or table.find("caption"):
        return False
    if not rows[0].find_all("th") or rows[0].find("td"):
        return False
    widths = {len(row.find_all(["td", "th"])) for row in rows}
    return len(widths) == 1 and all(_is_plain_cell(cell) for cell in table.find_all(["td", "th"]))


def _is_plain_cell(cell: Tag) -> bool:
    if any(str(cell.get(name) or "1") != "1" for name in ("colspan", "rowspan")) or _is_marks(cell.get_text()):
        return False
    blocks = [one for one in cell.find_all(True) if one.name in BLOCKS or one.name in ("callout", "img")]
    return len(blocks) <= 1 and all(one.name in ("p", "div") for one in blocks)


def _is_marks(text: str) -> bool:
    """Whether words of a cell would be read as a part of the table itself."""
    return "|" in text or ("-" in text and not _WORDS.search(text))


def html_of(table: Tag) -> str:
    """A table as HTML of our own, a row a line and without an empty line, which would end it."""
    return "\n".join(line for line in _written(table).split("\n") if line.strip())


def _written(element: Tag) -> str:
    inner = "".join(
        _written(child) if isinstance(child, Tag) else _text(str(child), element) for child in element.children
    )
    name = element.name
    if name not in _SHOWN:
        return inner
    kept = {key: str(element[key]) for key in _KEPT.get(name, ()) if element.get(key)}
    if name == "img":
        kept = {"src": str(element.get("src") or ""), "alt": str(element.get("alt") or "")}
    opening = f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in kept.items()) + ">"
    closing = "" if name in _VOID else f"</{name}>"
    if name in _ROWS[:4]:
        return f"{opening}\n{inner.strip()}\n{closing}\n"
    return f"{opening}{inner if name in (*_INLINE, 'pre') else inner.strip()}{closing}" + ("\n" if name == "tr" else "")


def _text(text: str, parent: Tag) -> str:
    if parent.name == "pre" or parent.find_parent("pre"):
        return escape(text, quote=False).replace("\n", "&#10;")
    return escape(" ".join(text.split(" ")).replace("\n", " "), quote=False)
