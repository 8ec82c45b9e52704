"""What a revision points to and how it is built: kept with its rendering, so that nothing is ever read twice.

Only what a text says is kept here. Whether an article a link leads to is still there is asked when somebody looks, so
that archiving or moving one article needs no word to all that link to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import ForeignKey, Index, String, delete, insert
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.folder.text_check import has_part, is_made
from helpcenter.articles.health import outside_address
from helpcenter.core.db import Model, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import References, video_hosts
from helpcenter.core.row_id import row_id_or_none

READER_VERSION = 2
"""Raised with every change of what is kept here; revisions read by a lower one are read again.

`Rendering.reader_version` is the negative of it where this reader refused the text.
"""
LONGEST = 500
_ARTICLE = re.compile(r"/([a-z]{2})/articles/(\d+)(?:[-.][^/]*)?/?")


class Form(StrEnum):
    """What it is in the text."""

    LINK = "link"
    PICTURE = "picture"
    VIDEO = "video"


class Lost(StrEnum):
    """What the rendering found missing: the thing itself, or the heading of the same page that a link names."""

    ALL = "all"
    PART = "part"


class ArticleReference(Model):
    """A link, a picture or a video of a revision, as far as something may be wrong with it.

    `href` is as written and `words` are its text, both cut at 500 characters; `line` counts from 1 in the Markdown.
    `article_id` is where a link leads on this site, in `locale`, at the heading with the id `part`; no foreign key,
    for it may lead to none. `lost` is empty where the rendering found what was meant. `host` is where a video lies; it
    stands among the links as well.
    """

    __tablename__ = "article_reference"
    __table_args__ = (
        Index("ix_article_reference_revision_id", "revision_id", "form"),
        Index("ix_article_reference_article_id", "article_id", "revision_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    form: Mapped[str] = mapped_column(String(8))
    line: Mapped[int]
    href: Mapped[str] = mapped_column(String(LONGEST))
    words: Mapped[str] = mapped_column(String(LONGEST))
    lost: Mapped[str] = mapped_column(String(4), default="")
    article_id: Mapped[int | None]
    locale: Mapped[str] = mapped_column(String(5), default="")
    part: Mapped[str] = mapped_column(String(LONGEST), default="")
    host: Mapped[str] = mapped_column(String(video_hosts.LONGEST), default="", server_default="")
    outside_id: Mapped[int | None] = mapped_column(ForeignKey("outside_address.id", ondelete="SET NULL"), index=True)


class ArticleHeading(Model):
    """A heading of a revision. `skipped_from` is the level of the one above where a level was left out."""

    __tablename__ = "article_heading"
    __table_args__ = (Index("ix_article_heading_revision_id", "revision_id", "anchor"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    line: Mapped[int]
    level: Mapped[int]
    anchor: Mapped[str] = mapped_column(String(LONGEST))
    text: Mapped[str] = mapped_column(String(LONGEST))
    skipped_from: Mapped[int | None]


@dataclass(frozen=True)
class Pointing:
    """What a revision points to: as `core.markdown.references` found it, leading where `references.targets_of` says."""

    revision_id: int
    found: References
    targets: Mapping[str, str | None]


def keep(revision_id: int, found: References, targets: Mapping[str, str | None]) -> None:
    """Keep what a revision points to. To be called after begin_write(); for several in one transaction, `keep_all`."""
    keep_all([Pointing(revision_id, found, targets)])


def keep_all(texts: Sequence[Pointing]) -> None:
    """Keep what several revisions point to. To be called after begin_write().

    The pages of other sites are taken up together, in one order: see `outside_address.ids_of`.
    """
    ids = [text.revision_id for text in texts]
    for table in (ArticleReference, ArticleHeading):
        gone = delete(table).where(table.revision_id.in_(ids))
        db.session.execute(gone, execution_options={"synchronize_session": False})
    rows = [
        {**row, "revision_id": text.revision_id}
        for text in texts
        for row in (
            *_links(text.found, text.targets),
            *_pictures(text.found, text.targets),
            *_videos(text.found),
        )
    ]
    numbers = outside_address.ids_of(row["url"] for row in rows if row["url"])
    if rows:
        made = [{**_without_url(row), "outside_id": numbers.get(row["url"])} for row in rows]
        db.session.execute(insert(ArticleReference), made)
    headings = [{**row, "revision_id": text.revision_id} for text in texts for row in _headings(text.found)]
    if headings:
        db.session.execute(insert(ArticleHeading), headings)


def know_pages(texts: Iterable[tuple[References, Mapping[str, str | None]]]) -> None:
    """Take up the pages of other sites that several texts name, before they are kept one by one in a transaction."""
    rows = (row for text in texts for row in (*_links(*text), *_pictures(*text)))
    outside_address.ids_of(row["url"] for row in rows if row["url"])


def _links(found: References, targets: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    for link in found.links:
        row = _row(Form.LINK, link.href, link.text, link.line)
        if link.href.startswith("#"):
            if not has_part(found, link.href[1:]):
                yield row | {"lost": Lost.PART}
            continue
        target = targets.get(link.href, link.href)
        if target is None:
            yield row | {"lost": Lost.ALL}
        elif leads := leading(target):
            yield row | leads


def _pictures(found: References, targets: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    for image in found.images:
        is_lost = targets.get(image.href, "") is None
        # A picture of another site is shown as a link to it.
        url = outside_address.checkable(image.href) or ""
        if is_lost or url or not image.text.strip():
            row = _row(Form.PICTURE, image.href, image.text.strip(), image.line)
            yield row | {"lost": Lost.ALL if is_lost else "", "url": url}


def _videos(found: References) -> Iterator[dict[str, Any]]:
    for video in found.videos:
        if host := video_hosts.host_of(video.href):
            yield _row(Form.VIDEO, video.href, video.text, video.line) | {"host": host}


def _headings(found: References) -> Iterator[dict[str, Any]]:
    above = 1
    for heading in found.headings:
        yield {
            "line": heading.line,
            "level": heading.level,
            "anchor": heading.id[:LONGEST],
            "text": heading.text[:LONGEST],
            "skipped_from": above if heading.level > above + 1 else None,
        }
        above = heading.level


def _row(form: Form, href: str, words: str, line: int) -> dict[str, Any]:
    return {
        "form": form,
        "line": line,
        "href": href[:LONGEST],
        "words": words[:LONGEST],
        "lost": "",
        "article_id": None,
        "locale": "",
        "part": "",
        "host": "",
        "url": "",
    }


def _without_url(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "url"}


def leading(address: str) -> dict[str, Any] | None:
    """Where a link leads that may end one day: an article of ours, or another site. None for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.netloc in ("", urlsplit(current_app.config["SETTINGS"].site_url).netloc):
        match = _ARTICLE.fullmatch(parts.path)
        if match is None or match[1] not in LANGUAGES:
            return None
        part = unquote(parts.fragment)[:LONGEST]
        # A number that no row can have is that of no article.
        number = row_id_or_none(match[2]) or 0
        return {"article_id": number, "locale": match[1], "part": "" if is_made(part) else part}
    url = outside_address.checkable(address)
    return {"url": url} if url else None
