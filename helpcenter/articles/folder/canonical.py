"""An edition as a file: its front matter in our order, and links and pictures as a folder writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname, relpath

from sqlalchemy import select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.folder import front_matter
from helpcenter.articles.folder.front_matter import LAST_PLACE, FrontMatter
from helpcenter.articles.folder.layout import Place
from helpcenter.articles.folder.link_places import END, replaced
from helpcenter.articles.revision import Content
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import heading_anchor
from helpcenter.files.shown import names_in
from helpcenter.topics.audience import Audience

PICTURES = "pictures"
_ARTICLE = (
    rf"/(?:(?:{'|'.join(LANGUAGES)})/)?articles/(?P<id>\d+)(?:-[^\s\"'()<>#?]*)?/?(?:#(?P<part>[^\s\"'()<>]*))?{END}"
)
_FILE = r"/files/(?:small/)?(?P<name>[A-Za-z0-9_-]{22}\.webp)"


@dataclass(frozen=True)
class Written:
    """A text for a file, what its front matter says, and the names of the kept pictures that have to lie beside it."""

    text: str
    values: FrontMatter
    pictures: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """How an edition is kept: its article, the path of its topic, the words of its address and the old addresses."""

    article: Article
    topic: str
    slug: str
    redirects: frozenset[str]

    @property
    def order(self) -> int | None:
        """Its place in the topic; beyond the last that a file can name stands what has no order of its own."""
        return self.article.position if 1 <= self.article.position <= LAST_PLACE else None


def values_of(standing: Standing, content: Content, place: Place) -> FrontMatter:
    """The front matter of an edition as it stands, for a file at a place."""
    article = standing.article
    return FrontMatter(
        title=content.title,
        summary=content.summary,
        tags=content.tags,
        keywords=content.keywords,
        topic=standing.topic if standing.topic != place.topic_path else "",
        address=standing.slug if standing.slug != place.slug else "",
        audience=Audience(article.audience),
        order=standing.order,
        redirect_from=tuple(sorted(standing.redirects)),
        review_every_days=article.review_every_days,
    )


def written(values: FrontMatter, body: str, path: str, places: Mapping[int, str]) -> Written:
    """The canonical text of an edition whose file will stand at `path`. `places` are the paths of articles by id."""
    lines = linked(body.replace("\r\n", "\n"), path, places).split("\n")
    blank = next((number for number, line in enumerate(lines) if line.strip()), 0)
    text = front_matter.dump(values, "\n".join(lines[blank:]).rstrip())
    return Written(text, values, names_in(body))


def linked(body: str, path: str, places: Mapping[int, str]) -> str:
    """A body with its links to articles and pictures written as a file at `path` writes them."""

    text = replaced(body, _ARTICLE, lambda match: _link(match, path, places))
    return replaced(text, _FILE, lambda match: _beside(path, match["name"]))


def redirects_of(article_ids: Iterable[int]) -> dict[int, list[str]]:
    """The old addresses of each article."""
    found: dict[int, list[str]] = {}
    rows = select(OldAddress.article_id, OldAddress.path).where(OldAddress.article_id.in_(list(article_ids)))
    for article_id, path in db.session.execute(rows):
        found.setdefault(article_id, []).append(path)
    return found


def picture_path(name: str) -> str:
    """Where an export puts a kept picture."""
    return f"{PICTURES}/{name}"


def _beside(path: str, name: str) -> str:
    return relpath(picture_path(name), dirname(path))


def _link(match: re.Match[str], path: str, places: Mapping[int, str]) -> str:
    place = places.get(int(match["id"]))
    if place is None:
        return match[0].removeprefix(match["lead"])
    fragment = f"#{match['part'].removeprefix(heading_anchor(''))}" if match["part"] else ""
    return relpath(place, dirname(path)) + fragment
