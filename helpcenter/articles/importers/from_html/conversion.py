"""The conversion itself, by markdownify, with what our Markdown can do besides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from bs4 import Tag

from helpcenter.articles.importers.from_html.blocks import BLOCKS
from helpcenter.articles.importers.from_html.escaping import begun, escaped
from helpcenter.articles.importers.from_html.page import Page
from helpcenter.articles.importers.from_html.parsing import soup_of
from helpcenter.articles.importers.from_html.simplifying import simplify
from helpcenter.articles.importers.from_html.tables import WithTables
from helpcenter.articles.importers.from_html.trimming import trimmed
from helpcenter.core.markdown.callouts import KINDS

_BREAKS = re.compile(r"(?:\\\n\s*){2,}")
_BREAK = "\\\n"
_BLANKS = re.compile(r"\n{3,}")
_CLOSING = re.compile(r"#+$")
_NO_TAG = re.compile(r"h\d\d")
_FENCE = re.compile(r"`{3,}")
_LANGUAGE = re.compile(r"(?:language|lang|brush)[-:]\s*([\w+#.-]{1,30})")
_TITLE = re.compile(r"\*\*([^*\n]{1,120})\*\*:?\n\n(?=\S)")


@dataclass(frozen=True)
class Converted:
    """The Markdown; `lost` is what did not come along, each with which it was."""

    text: str
    lost: tuple[tuple[str, str], ...]


def markdown_of(html: str, page: Page) -> Converted:
    """The page in our Markdown."""
    soup = soup_of(html)
    try:
        simplify(soup, page)
        text = str(_Converter(page).convert_soup(soup))
    except RecursionError:
        text = escaped(soup.get_text("\n\n", strip=True))
        page.lose("hundreds of boxes within each other: only the words are kept")
    lines = (line.rstrip() for line in text.split("\n"))
    return Converted(_BLANKS.sub("\n\n", "\n".join(lines)).strip(), tuple(dict.fromkeys(page.lost)))


def words_of(html: str) -> str:
    """What a person would read of it, on one line."""
    return " ".join(soup_of(html).get_text(" ").split())


class _Converter(WithTables):
    class Options:
        bullets = "-"
        heading_style = "atx"
        newline_style = "backslash"
        sub_symbol = "<sub>"
        sup_symbol = "<sup>"

    def should_convert_tag(self, tag: str) -> bool:
        # Tags nobody knows, by whose names markdownify would call its own methods or count levels.
        return tag != "soup" and not _NO_TAG.match(tag)

    def escape(self, text: str, parent_tags: set[str]) -> str:
        # Only a break that is written as one ends a line.
        return escaped(text.replace("\n", " "), in_link="a" in parent_tags)

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags or "summary" in parent_tags:
            return f" {text.strip()} "
        paragraphs = [trimmed(one, _BREAK) for one in _BREAKS.split(text)]
        is_words = not any(isinstance(child, Tag) and _is_block(child) for child in el.children)
        said = [begun(one) if is_words else one for one in paragraphs if one]
        return "\n\n" + "\n\n".join(said) + "\n\n" if said else ""

    convert_div = convert_p
    convert_section = convert_p
    convert_article = convert_p
    convert_aside = convert_p
    convert_figure = convert_p
    convert_center = convert_p

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        if {"td", "th"} & parent_tags:
            return "<br>"
        return " " if "_inline" in parent_tags or "summary" in parent_tags else "\\\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        anchor = el.get("data-anchor")
        text = _CLOSING.sub(lambda match: "\\#" * len(match[0]), text.strip())
        text = f"{text} {{#{anchor}}}" if anchor else text
        return str(super().convert_hN(n, el, text, parent_tags))  # type: ignore[misc]

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = trimmed(_BREAKS.sub("\n\n", text), _BREAK)
        first = next((child for child in el.children if str(child).strip()), None)
        is_words = not (isinstance(first, Tag) and _is_block(first))
        head, line, rest = text.partition("\n")
        text = (begun(head) if is_words else head) + line + rest
        return str(super().convert_li(el, text, parent_tags))  # type: ignore[misc]

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        text = text.strip("\n").rstrip()
        if not text.strip():
            return ""
        longest = max((len(found) for found in _FENCE.findall(text)), default=2)
        fence = "`" * (longest + 1)
        return f"\n\n{fence}{_language(el)}\n{text}\n{fence}\n\n"

    def convert_kbd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<kbd>{escape(el.get_text())}</kbd>" if text.strip() and "pre" not in parent_tags else text

    def convert_u(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return _around("^^", text, parent_tags)

    def convert_mark(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return _around("==", text, parent_tags)

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.convert_p(el, text, parent_tags)

    def convert_callout(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags or "callout" in parent_tags:
            return self.convert_p(el, text, parent_tags)
        text = text.strip() if el.find(_is_block) else begun(trimmed(_BREAKS.sub("\n\n", text), _BREAK))
        if not text:
            return ""
        kind, title = str(el["kind"]), ""
        if match := _TITLE.match(text):
            text = text[match.end() :]
            # Its own name is written above a box without a title.
            title = match[1].strip(" :!") if match[1].strip(" :!").lower() not in KINDS else ""
        quoted = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        return f"\n\n> {f'[!{kind.upper()}] {title}'.strip()}\n{quoted}\n\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"\n\n<summary>{escape(' '.join(el.get_text(' ').split()), quote=False)}</summary>\n\n"

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        if "_inline" in parent_tags:
            return text
        head, line, body = text.strip().partition("</summary>")
        if not line:
            return f"\n\n<details>\n\n{text.strip()}\n\n</details>\n\n"
        return f"\n\n<details>{head}{line}\n\n{body.strip()}\n\n</details>\n\n"


def _is_block(element: Tag) -> bool:
    return element.name in BLOCKS or element.name == "callout"


def _around(mark: str, text: str, parent_tags: set[str]) -> str:
    words = text.strip()
    if not words or "_noformat" in parent_tags:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}"


def _language(pre: Tag) -> str:
    """The language a block of code names in one of the ways that are in use."""
    code = pre.find("code")
    for element in (pre, code) if isinstance(code, Tag) else (pre,):
        for name in ("data-language", "data-lang"):
            if re.fullmatch(r"[\w+#.-]{1,30}", value := str(element.get(name) or "")):
                return value.lower()
        if match := _LANGUAGE.search(" ".join(one for one in element.get_attribute_list("class") if one)):
            return match[1].lower()
    return ""
