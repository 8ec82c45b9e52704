"""Each version of a piece as a document such as a folder holds, with what was lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from helpcenter.articles.folder import front_matter
from helpcenter.articles.folder.document import Document
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.front_matter import LAST_PLACE, LONGEST_SUMMARY, LONGEST_TITLE, FrontMatter, printable
from helpcenter.articles.folder.layout import Place
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.importers.exported import Piece, Version
from helpcenter.articles.importers.from_html import Page, markdown_in_time, words_in_time
from helpcenter.articles.importers.leads import Leads, old_paths
from helpcenter.articles.importers.picture_files import PictureFiles
from helpcenter.articles.importers.places import source_of
from helpcenter.articles.revision import LONGEST_WORD, MOST_WORDS
from helpcenter.core import site, worker
from helpcenter.core.markdown import words
from helpcenter.core.text import shortened

IS_DRAFT = "is_draft"


@dataclass(frozen=True)
class Imported(Document):
    """A document that may be a draft: such a one is written and not published."""

    is_draft: bool = False
    piece_id: str = ""

    @property
    def settings(self) -> dict[str, Any]:
        """What the article keeps of it, and what its file says of the edition alone."""
        return {**super().settings, IS_DRAFT: True} if self.is_draft else super().settings


@dataclass
class Texts:
    """Makes documents of the pieces of one export. `orders` are their places among their neighbours, `shown`
    gathers the pictures of the folder that are shown, as their links are written, `failed` the names of what was odd.
    """

    leads: Leads
    pictures: PictureFiles
    orders: Mapping[str, int]
    findings: list[Finding] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    fragments: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.fragments = self.leads.fragments()

    def of(self, piece: Piece, versions: Mapping[str, Version], places: Mapping[str, Place]) -> Iterator[Imported]:
        """The documents of a piece, one for each language. One that can not be made costs no other."""
        keywords = self._keywords(piece)
        for locale, version in versions.items():
            try:
                document = self._document(piece, version, keywords, places[locale])
            except worker.WorkerTimedOut:
                self._fail(piece, locale, "takes too long to convert")
            except Exception as error:
                self._fail(piece, locale, f"can not be converted: {type(error).__name__}")
            else:
                if document is not None:
                    yield document

    def _document(self, piece: Piece, version: Version, keywords: tuple[str, ...], place: Place) -> Imported | None:
        body = self._body(piece, version, place.locale)
        if not body:
            self._say(piece, place.locale, "there is no text", Level.NOTE)
            return None
        values = FrontMatter(
            title=shortened(printable(version.title), LONGEST_TITLE),
            summary=shortened(printable(words_in_time(version.summary)), LONGEST_SUMMARY),
            keywords=keywords,
            audience=piece.audience,
            order=self._order(piece),
            redirect_from=tuple(old_paths(piece)),
        )
        return _document(piece, version, place.locale, values, body, place)

    def _fail(self, piece: Piece, locale: str, message: str) -> None:
        self.failed.append(f"{piece.name} ({locale})")
        self._say(piece, locale, message, Level.ERROR)

    def _order(self, piece: Piece) -> int | None:
        order = self.orders.get(piece.id)
        return order if order is not None and order <= LAST_PLACE else None

    def _keywords(self, piece: Piece) -> tuple[str, ...]:
        fitting = [word for word in map(printable, piece.keywords) if word and len(word) <= LONGEST_WORD]
        kept = tuple(dict.fromkeys(fitting))[:MOST_WORDS]
        if len(kept) < len(piece.keywords):
            self._say(piece, "", f"search words beyond {MOST_WORDS}, or longer than {LONGEST_WORD} letters")
        return kept

    def _body(self, piece: Piece, version: Version, locale: str) -> str:
        def link(href: str) -> str:
            address, said = self.leads.address(href, locale)
            if said:
                page.lose(said, address)
            return address

        def picture(address: str) -> str:
            path = self.pictures.path(address)
            if path:
                self.shown.add(f"/{path}")
            return f"/{path}" if path else ""

        page = Page(
            link,
            picture,
            self.leads.picture,
            self.fragments.get(piece.id, frozenset()),
            words.labels(locale).watch_video,
            site.current().video_hosts,
        )
        converted = markdown_in_time(version.html, page)
        for message, which in converted.lost:
            self._say(piece, locale, message, which=which)
        return converted.text

    def _say(self, piece: Piece, locale: str, message: str, level: Level = Level.WARNING, which: str = "") -> None:
        name = f"{piece.name} ({locale})" if locale else piece.name
        self.findings.append(Finding(f"{name}: {which}" if which else name, 0, message, level))


def _document(piece: Piece, version: Version, locale: str, values: FrontMatter, body: str, place: Place) -> Imported:
    text = front_matter.dump(values, body)
    is_draft = not version.is_published
    # Published there meanwhile is a change too.
    digest = sha256(f"{text}{IS_DRAFT if is_draft else ''}".encode()).hexdigest()
    source = Source(source_of(locale, piece.id), text, digest)
    split = front_matter.split(text)
    lines = range(split.body_line, split.body_line + split.body.count("\n") + 1)
    return Imported(source, place, values, split.body, lines, is_draft, piece.id)
