"""Where the links and pictures of an article lead: to the right article, a kept picture, an old address, or nowhere.

Links are written as in a folder: `../billing/refunds.md`, `refunds`, `/billing/refunds`, with a fragment or without; on
the web by the number of the article alone, `/articles/12`, which outlives every change of its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from flask import current_app
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from helpcenter.articles.address import address
from helpcenter.articles.article import OldAddress
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.layout import SUFFIXES
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import References, heading_anchor
from helpcenter.files.file import File, FileSource

_INDEXES = tuple(f"/{name}{suffix}" for name in ("index", "README") for suffix in SUFFIXES)

_IN_ADDRESS = re.compile(r"(?:/(?P<locale>[a-z]{2}))?/articles/(?P<id>\d{1,9})(?:-[^/?#]*)?/?(?:#.*)?")


@dataclass(frozen=True)
class Href:
    """An address as written, taken apart. `candidates` are the paths in the folder it may mean, the likeliest first."""

    written: str
    path: str
    fragment: str
    candidates: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> list[str]:
        """The files it may mean as a link: itself, or what it is without its ending."""
        return [page for path in self.candidates for page in _pages(path)]


def targets_of(references: References, locale: str, source_path: str | None = None) -> dict[str, str | None]:
    """Where each local address of a text leads, for `markdown.render`; None for one that leads nowhere.

    `source_path` is where the text lies, as `folder.record.source_path_of` says. Addresses of other hosts, fragments
    alone and addresses this site answers are not in the result: they stay as they are.
    """
    links = local(references.links, source_path)
    images = local(references.images, source_path)
    targets: dict[str, str | None] = {**_articles(links, locale, source_path)}
    targets |= _own([href for href in links if href.written not in targets], locale)
    pictures = _pictures([*images, *(href for href in links if href.written not in targets)], source_path)
    targets |= pictures
    unknown = [href for href in (*links, *images) if href.written not in targets]
    targets |= _old(unknown, locale)
    for href in unknown:
        if href.written not in targets and not is_answered(href.path):
            targets[href.written] = None
    return targets


def local(found: Iterable[Any], source_path: str | None) -> list[Href]:
    """The addresses among these references that name something on this site, each once."""
    written = dict.fromkeys(reference.href for reference in found)
    return [href for one in written if (href := _taken_apart(one, source_path)) is not None]


def _taken_apart(written: str, source_path: str | None) -> Href | None:
    path, _, fragment = written.strip().partition("#")
    path = unquote(path.partition("?")[0])
    first = path.split("/", 1)[0]
    if not path or ":" in first or path.startswith(("//", "\\")) or "\x00" in path:
        return None
    return Href(written, path, fragment, candidates(path, source_path))


def candidates(path: str, source_path: str | None) -> tuple[str, ...]:
    """The paths within a folder that an address may mean, the likeliest first; none outside of it.

    An address may be written from the folder's root, may begin with the path under which another program served the
    folder, and may lack the language that our folders begin with.
    """
    source = PurePosixPath(source_path.split("/", 1)[1]) if source_path else PurePosixPath()
    language = source.parts[0] if source.parts and source.parts[0] in LANGUAGES else ""
    bare = path.strip("/")
    found = [] if path.startswith("/") else [f"{source.parent}/{path.rstrip('/')}"]
    if not path.startswith("."):
        found += [bare, f"{language}/{bare}".lstrip("/")]
        # Or from the root of a folder that became a topic here.
        found += ["/".join([*source.parts[:2], bare])] if language and len(source.parts) > 2 else []
        found += [bare.split("/", 1)[1]] if "/" in bare else []
    normal = (normpath(one) for one in found)
    return tuple(dict.fromkeys(one for one in normal if one != "." and not one.startswith(("..", "/"))))


def _pages(path: str) -> list[str]:
    stem, dot, suffix = path.rpartition(".")
    if dot and f".{suffix.lower()}" in SUFFIXES:
        return [path, *(stem + other for other in SUFFIXES if other != f".{suffix.lower()}")]
    return [*(path + suffix for suffix in SUFFIXES), *(path + index for index in _INDEXES)]


def _articles(links: list[Href], locale: str, source_path: str | None) -> dict[str, str]:
    """One query: the files that the links may mean, by their place in the folder or, in any language, in our tree."""
    pages = {page for href in links for page in href.pages}
    if not pages:
        return {}
    folder = source_path.split("/", 1)[0] if source_path else ""
    known = _files(folder, pages, locale)
    return {href.written: to + _anchor(href) for href in links if (to := _first(href, known, locale))}


def _files(folder: str, pages: set[str], locale: str) -> dict[str, Any]:
    ours = aliased(Edition)
    places = {below(page) for page in pages}
    rows = db.session.execute(
        select(
            FolderFile.folder,
            FolderFile.source,
            FolderFile.locale,
            FolderFile.below,
            Edition.article_id,
            Edition.slug,
            ours.slug,
        )
        .join(Edition, Edition.id == FolderFile.edition_id)
        .outerjoin(ours, and_(ours.article_id == Edition.article_id, ours.locale == locale))
        .where(or_(and_(FolderFile.folder == folder, FolderFile.source.in_(pages)), FolderFile.below.in_(places)))
        .order_by(FolderFile.locale == locale, FolderFile.id.desc())
    ).all()
    # Later entries win: the reader's language after the others, the folder's own file after every other.
    known = {f"below:{row.below}": row for row in rows}
    known.update({row.source: row for row in rows if row.folder == folder})
    return known


def below(page: str) -> str:
    """A path in our tree without the language it begins with."""
    first, _, rest = page.partition("/")
    return rest if first in LANGUAGES else page


def _first(href: Href, known: Mapping[str, Any], locale: str) -> str | None:
    for page in href.pages:
        row = known.get(page) or known.get(f"below:{below(page)}")
        if row is not None:
            return address(row.article_id, row[6] or row[5], locale)
    return None


def _own(links: list[Href], locale: str) -> dict[str, str]:
    """Addresses of articles as they are now, however they were when somebody wrote them here.

    One without a language, `/articles/12`, leads to the language of the text, or to another that readers have. An
    address that leads to nothing published is not in the result, but for one without a language: a draft may come.
    """
    known = {href.written: (href, found) for href in links if (found := _IN_ADDRESS.fullmatch(href.written))}
    ids = {int(found["id"]) for _, found in known.values()}
    if not ids:
        return {}
    rows = db.session.execute(
        select(Edition.article_id, Edition.locale, Edition.slug, Edition.status)
        .where(Edition.article_id.in_(ids))
        .order_by(Edition.status == Status.PUBLISHED, Edition.id.desc())
    ).all()
    published = {(row.article_id, row.locale): row.slug for row in rows if row.status == Status.PUBLISHED}
    # Later entries win: what readers have after what they do not, the language written first after the others.
    any_slug = {row.article_id: row.slug for row in rows}
    found_addresses = {}
    for written, (href, found) in known.items():
        article_id, wanted = int(found["id"]), found["locale"] or locale
        slug = published.get((article_id, wanted))
        if slug is None and not found["locale"]:
            slug = any_slug.get(article_id)
        if slug is not None and href.path != address(article_id, slug, wanted):
            found_addresses[written] = address(article_id, slug, wanted) + _anchor(href)
    return found_addresses


def _anchor(href: Href) -> str:
    return f"#{heading_anchor(unquote(href.fragment))}" if href.fragment else ""


def _pictures(hrefs: list[Href], source_path: str | None) -> dict[str, str]:
    keys = {key for href in hrefs for key in picture_keys(href, source_path)}
    if not keys:
        return {}
    rows = db.session.execute(select(FileSource.key, File).join(File).where(FileSource.key.in_(keys)))
    known = {key: file.url for key, file in rows}
    found = {href.written: [known[key] for key in picture_keys(href, source_path) if key in known] for href in hrefs}
    return {written: urls[0] for written, urls in found.items() if urls}


def picture_keys(href: Href, source_path: str | None) -> list[str]:
    """The names under which a picture of a folder may be kept."""
    return [picture_key(source_path.split("/", 1)[0], path) for path in href.candidates] if source_path else []


def picture_key(folder: str, path: str) -> str:
    """The name under which a picture of a folder is kept."""
    return f"folder/{folder}/{path}"


def _old(hrefs: list[Href], locale: str) -> dict[str, str]:
    paths = {href.path.rstrip("/") for href in hrefs if href.path.startswith("/")} - {""}
    if not paths:
        return {}
    ours = aliased(Edition)
    rows = db.session.execute(
        select(OldAddress.path, OldAddress.article_id, Edition.slug, ours.slug)
        .join(Edition, Edition.article_id == OldAddress.article_id)
        .outerjoin(ours, and_(ours.article_id == OldAddress.article_id, ours.locale == locale))
        .where(OldAddress.path.in_(paths))
    ).all()
    known = {row[0]: address(row[1], row[3] or row[2], locale) for row in rows}
    return {href.written: known[path] + _anchor(href) for href in hrefs if (path := href.path.rstrip("/")) in known}


def is_answered(path: str) -> bool:
    """Whether this site has a page at an address from the root."""
    if not path.startswith("/"):
        return False
    try:
        rule, _values = current_app.url_map.bind("localhost").match(path, "GET", return_rule=True)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return "<path:" not in rule.rule or rule.rule.count("/") > 1
