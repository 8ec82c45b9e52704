"""The conversion itself, by markdownify, with what our Markdown can do besides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from posixpath import basename
from urllib.parse import quote, unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from helpcenter.articles.importers.from_html import tables, videos
from helpcenter.articles.importers.from_html.blocks import BLOCKS
from helpcenter.articles.importers.from_html.escaping import begun, escaped
from helpcenter.articles.importers.from_html.page import Page
from helpcenter.articles.importers.from_html.simplifying import simplify
from helpcenter.core.markdown.callouts import KINDS

NO_PICTURE = "the picture is not in the folder; its address is linked instead"
_BREAKS = re.compile(r"(?:\\\n\s*){2,}")
_EDGES = re.compile(r"\A(?:\\?\s)+|(?:\\\n|\s)+\Z")
_BLANKS = re.compile(r"\n{3,}")
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
    soup = BeautifulSoup(html, "html.parser")
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
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


class _Converter(MarkdownConverter):
    class Options:
        bullets = "-"
        heading_style = "atx"
        newline_style = "backslash"
        sub_symbol = "<sub>"
        sup_symbol = "<sup>"

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return escaped(text)

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags or "summary" in parent_tags:
            return f" {text.strip()} "
        paragraphs = [_EDGES.sub("", one) for one in _BREAKS.split(text)]
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
        text = f"{text.strip()} {{#{anchor}}}" if anchor else text
        return str(super().convert_hN(n, el, text, parent_tags))  # type: ignore[misc]

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = _EDGES.sub("", _BREAKS.sub("\n\n", text))
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

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        written = str(el.get("href") or "")
        shown = text.strip()
        if "_noformat" in parent_tags or not written or not shown:
            return text
        href = self.page.link(written)
        if not href:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if shown.replace("\\", "") == href:
            return f"{before}<{href}>{after}"
        return f"{before}[{' '.join(shown.split())}]({_address(href)}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        written = str(el.get("src") or "")
        alt = " ".join(str(el.get("alt") or "").split())
        path = self.page.picture(written)
        if path:
            title = " ".join(str(el.get("title") or "").split()).replace('"', "'")
            caption = f' "{title}"' if title and title != alt else ""
            return f"![{_alt(alt)}]({_address(path)}{caption})"
        return self._absent(written, alt or " ".join(str(el.get("title") or "").split()), parent_tags)

    def _absent(self, written: str, alt: str, parent_tags: set[str]) -> str:
        address = self.page.absolute(written)
        if not address:
            self.page.lose("a picture that stood within the page itself is left out")
            return escaped(alt)
        self.page.lose(NO_PICTURE, address)
        name = alt or unquote(basename(urlsplit(address).path)) or address
        return _alt(name) if "a" in parent_tags else f"[{_alt(name)}]({_address(address)})"

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return self._video(str(el.get("src") or el.get("data-src") or ""), str(el.get("title") or ""))

    def convert_video(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        sources = [str(el.get("src") or ""), *(str(one.get("src") or "") for one in el.find_all("source"))]
        return self._video(next(filter(None, sources), ""), str(el.get("title") or ""))

    convert_audio = convert_video

    def _video(self, written: str, title: str) -> str:
        address = self.page.absolute(videos.page_of(written))
        if not address:
            return ""
        self.page.lose("a video or another page within the page is a link to it now", address)
        host = urlsplit(address).hostname or ""
        return f"\n\n[{_alt(' '.join(title.split()) or self.page.watch)} ({host})]({_address(address)})\n\n"

    def convert_callout(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags or "callout" in parent_tags:
            return self.convert_p(el, text, parent_tags)
        text = text.strip() if el.find(_is_block) else begun(_EDGES.sub("", _BREAKS.sub("\n\n", text)))
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

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return " ".join(text.split())
        if tables.is_plain(el):
            return f"\n\n{_plain_table(el)}\n\n"
        for link in el.find_all("a"):
            link["href"] = self.page.link(str(link.get("href") or ""))
        for picture in el.find_all("img"):
            self._place_in_table(picture)
        return f"\n\n{tables.html_of(el)}\n\n"

    def _place_in_table(self, picture: Tag) -> None:
        written = str(picture.get("src") or "")
        path = self.page.picture(written)
        if path:
            picture["src"] = quote(path, safe="/%#")
            return
        address, alt = self.page.absolute(written), str(picture.get("alt") or "")
        picture.name = "a" if address else "span"
        picture.attrs = {"href": address} if address else {}
        picture.string = alt or unquote(basename(urlsplit(address).path)) or address

    def convert_thead(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        el["data-cell"] = re.sub(r"\s*\n\s*", " ", re.sub(r"(?:<br>\s*)+\Z|\A(?:\s*<br>)+", "", text.strip()))
        return f"{text.strip()} "

    convert_th = convert_td


def _plain_table(table: Tag) -> str:
    """Each cell was converted before the table around it, and left what it says with itself."""
    rows = [[str(cell.get("data-cell") or "") for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


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


def _alt(text: str) -> str:
    return escaped(text).replace("[", "\\[").replace("]", "\\]").replace("\\\\[", "\\[")


def _address(href: str) -> str:
    """An address so that neither a space nor a bracket in it ends the link."""
    return quote(href, safe="/:?#@!$&'*+,;=%~[]-._") if re.search(r"[\s()<>\"]", href) else href
