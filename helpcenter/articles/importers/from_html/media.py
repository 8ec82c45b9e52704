"""Links, pictures and videos: what they lead to here, and a link to what can not come along."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from bs4 import Tag
from markdownify import MarkdownConverter

from helpcenter.articles.importers.from_html.addresses import file_name, parts_of
from helpcenter.articles.importers.from_html.escaping import escaped
from helpcenter.articles.importers.from_html.page import Page
from helpcenter.core.markdown.video_hosts import is_allowed
from helpcenter.core.markdown.video_pages import page_of

NO_PICTURE = "the picture is not in the folder; its address is linked instead"


class WithMedia(MarkdownConverter):
    """A converter that knows the page it converts."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

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
        name = alt or file_name(address) or address
        return _alt(name) if "a" in parent_tags else f"[{_alt(name)}]({_address(address)})"

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return self._video(str(el.get("src") or el.get("data-src") or ""), el, parent_tags)

    def convert_video(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return self._video(_source(el), el, parent_tags)

    def convert_audio(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return self._linked(self.page.absolute(_source(el)), self._name(el))

    def _video(self, written: str, el: Tag, parent_tags: set[str]) -> str:
        address, name = self.page.absolute(page_of(written)), self._name(el)
        if is_allowed(address, self.page.video_hosts) and not parent_tags & {"_inline", "a"}:
            return f'\n\n<video src="{escape(_address(address))}" title="{escape(name)}"></video>\n\n'
        return self._linked(address, name)

    def _linked(self, address: str, name: str) -> str:
        if not address:
            return ""
        self.page.lose("a video or another page within the page is a link to it now", address)
        host = parts_of(address).hostname or ""
        return f"\n\n[{_alt(name)} ({host})]({_address(address)})\n\n"

    def _name(self, el: Tag) -> str:
        return " ".join(str(el.get("title") or "").split()) or self.page.watch


def _source(el: Tag) -> str:
    sources = [str(el.get("src") or ""), *(str(one.get("src") or "") for one in el.find_all("source"))]
    return next(filter(None, sources), "")


def _alt(text: str) -> str:
    return escaped(text, in_link=True)


def _address(href: str) -> str:
    """An address so that neither a space nor a bracket in it ends the link."""
    return quote(href, safe="/:?#@!$&'*+,;=%~[]-._") if re.search(r"[\s()<>\"]", href) else href
