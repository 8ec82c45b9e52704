"""Where the links of an export lead: to its articles by their old addresses, to its topics, or on to where they led."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

from helpcenter.articles.address import numbered
from helpcenter.articles.importers.exported import Export, Piece, base_of, path_of
from helpcenter.articles.importers.from_html.page import fragment_of
from helpcenter.articles.importers.languages import ours

_SCHEMES = ("http", "https", "mailto", "tel", "")
_LINK = re.compile(r"""href\s*=\s*["']([^"'#]*)#([^"']+)["']""", re.IGNORECASE)
ELSEWHERE = "a link leads to the old help center, to something that is not in the export"
ATTACHMENT = "a file to download stays in the old help center; the link leads there"


class Leads:
    """The addresses of an export. `topic_ids` are the topics of its shelves as far as they are made; `belows` the
    paths in our tree of the pieces that are taken.
    """

    def __init__(self, export: Export, topic_ids: Mapping[str, int], belows: Mapping[str, str]) -> None:
        self.export = export
        self.topic_ids = topic_ids
        self.belows = belows
        self.host = urlsplit(export.base).netloc
        self._pieces = {piece.id: piece for piece in export.pieces}
        self._by_path = {path: piece.id for piece in export.pieces for path in old_paths(piece)}
        self._shelves = {shelf.path: shelf.id for shelf in export.shelves.values() if shelf.path}

    def address(self, href: str, locale: str) -> tuple[str, str]:
        """What to write for a link, and what to say of it; both may be ''."""
        href = href.strip()
        try:
            parts = urlsplit(href)
        except ValueError:
            return "", ""
        if not self._is_here(href):
            return (self._absolute(href), "") if parts.scheme in _SCHEMES else ("", "")
        fragment = f"#{fragment_of(unquote(parts.fragment))}" if parts.fragment else ""
        if not parts.path:
            return fragment, ""
        path = path_of(self._absolute(href))
        if piece_id := self._piece_at(path):
            return self._path_of(self._pieces[piece_id], locale) + fragment, ""
        topic_id = self.topic_ids.get(self._shelves.get(path, ""))
        if topic_id is not None:
            return f"/{locale}/topics/{topic_id}", ""
        return self._absolute(href), ATTACHMENT if "attachment" in path else ELSEWHERE

    def _is_here(self, href: str) -> bool:
        try:
            parts = urlsplit(href)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https", ""):
            return False
        return not parts.netloc or (bool(self.host) and parts.netloc.lower() == self.host.lower())

    def _absolute(self, href: str) -> str:
        """The whole address; '' for what is none."""
        try:
            return urljoin(f"{self.export.base}/", href) if self.export.base or base_of(href) else href
        except ValueError:
            return ""

    def _piece_at(self, path: str) -> str:
        if path in self._by_path:
            return self._by_path[path]
        match = self.export.address.search(path)
        found = self.export.numbers.get(match[1], match[1]) if match else ""
        return found if found in self.belows else ""

    def _path_of(self, piece: Piece, locale: str) -> str:
        """The old address in the language of the link, which leads here for good; else the path in our tree."""
        paths = {ours(version.language): version.path for version in reversed(piece.versions) if version.path}
        return paths.get(locale) or next(iter(old_paths(piece)), "") or f"/{self.belows.get(piece.id, '')}"

    def picture(self, address: str) -> str:
        """The whole address of a picture or frame; '' for one that stands in the page itself."""
        address = f"https:{address}" if address.startswith("//") else address.strip()
        whole = self._absolute(address)
        return whole if base_of(whole) else ""

    def fragments(self) -> Mapping[str, frozenset[str]]:
        """The names of headings that links lead to, by the piece they stand in."""
        found: dict[str, set[str]] = defaultdict(set)
        for piece in self.export.pieces:
            for version in piece.versions:
                for before, name in _LINK.findall(version.html):
                    target = piece.id
                    if before:
                        href = before.replace("&amp;", "&")
                        path = path_of(self._absolute(href)) if self._is_here(href) else ""
                        target = self._piece_at(path)
                    found[target].add(fragment_of(unquote(name)))
        return {piece_id: frozenset(names) for piece_id, names in found.items()}


def old_paths(piece: Piece) -> dict[str, None]:
    """Every address of a piece there, the shown ones first, each once; with and without the words behind its number."""
    shown = [version.path for version in piece.versions]
    return dict.fromkeys(path for path in (*shown, *piece.old_paths, *map(numbered, shown)) if path)
