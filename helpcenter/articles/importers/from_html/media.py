"""Links, pictures and videos: what they lead to here, and a link to what can not come along."""

from __future__ import annotations

import re
from urllib.parse import quote

from bs4 import Tag
from markdownify import MarkdownConverter

from helpcenter.articles.importers.from_html import videos
from helpcenter.articles.importers.from_html.addresses import file_name, parts_of
from helpcenter.articles.importers.from_html.escaping import escaped
from helpcenter.articles.importers.from_html.page import Page

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
        host = parts_of(address).hostname or ""
        return f"\n\n[{_alt(' '.join(title.split()) or self.page.watch)} ({host})]({_address(address)})\n\n"


def _alt(text: str) -> str:
    return escaped(text, in_link=True)


def _address(href: str) -> str:
    """An address so that neither a space nor a bracket in it ends the link."""
    return quote(href, safe="/:?#@!$&'*+,;=%~[]-._") if re.search(r"[\s()<>\"]", href) else href
