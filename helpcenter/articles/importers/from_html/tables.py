"""Tables: those of plain cells below a heading row become Markdown, every other one stays HTML."""

from __future__ import annotations

from html import escape

from bs4 import Tag

from helpcenter.articles.importers.from_html.blocks import BLOCKS

_KEPT = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",), "a": ("href",)}
_VOID = frozenset({"br", "hr", "img"})
_ROWS = ("table", "thead", "tbody", "tfoot", "tr")
_INLINE = ("a", "img", "br", "strong", "em", "u", "del", "code", "sub", "sup", "kbd")
_SHOWN = frozenset((*_ROWS, *_INLINE, "td", "th", "caption", "p", "ul", "ol", "li", "hr", "pre", "blockquote"))


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
    if any(str(cell.get(name) or "1") != "1" for name in ("colspan", "rowspan")) or "|" in cell.get_text():
        return False
    blocks = [one for one in cell.find_all(True) if one.name in BLOCKS or one.name in ("callout", "img")]
    return len(blocks) <= 1 and all(one.name in ("p", "div") for one in blocks)


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
    line, begun = "\n" if name in _ROWS else "", "\n" if name in _ROWS[:4] else ""
    return f"{opening}{begun}{inner.strip() if name != 'pre' else inner}{closing}{line}"


def _text(text: str, parent: Tag) -> str:
    if parent.name == "pre" or parent.find_parent("pre"):
        return escape(text, quote=False).replace("\n", "&#10;")
    return escape(" ".join(text.split(" ")).replace("\n", " "), quote=False)
