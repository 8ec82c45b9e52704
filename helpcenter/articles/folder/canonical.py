"""An edition as a file: its front matter in our order, and links and pictures as a folder writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname, relpath

from sqlalchemy import select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.folder import code_spans, front_matter
from helpcenter.articles.folder.front_matter import LAST_PLACE, FrontMatter
from helpcenter.articles.revision import Content
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import heading_anchor
from helpcenter.files.shown import names_in
from helpcenter.topics.audience import Audience

PICTURES = "pictures"
_ARTICLE = re.compile(
    rf"(?<=[(\"'<\s:])/(?:(?:{'|'.join(LANGUAGES)})/)?articles/(\d+)(?:-[^\s\"'()<>#?]*)?(?:#([^\s\"'()<>]*))?"
)
_FILE = re.compile(r"/files/(?:small/)?([A-Za-z0-9_-]{22}\.webp)")


@dataclass(frozen=True)
class Written:
    """A text for a file, what its front matter says, and the names of the kept pictures that have to lie beside it."""

    text: str
    values: FrontMatter
    pictures: frozenset[str]


def values_of(article: Article, content: Content, redirects: Iterable[str]) -> FrontMatter:
    """The front matter of an edition as it stands."""
    return FrontMatter(
        title=content.title,
        summary=content.summary,
        tags=content.tags,
        keywords=content.keywords,
        audience=Audience(article.audience),
        order=article.position if 1 <= article.position <= LAST_PLACE else None,
        redirect_from=tuple(sorted(redirects)),
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

    def change(text: str) -> str:
        return _FILE.sub(_beside(path), _ARTICLE.sub(lambda match: _link(match, path, places), text))

    return code_spans.outside(body, change)


def led(body: str, targets: Mapping[str, str | None]) -> str:
    """The body with its links written as the addresses they lead to, where they lead to one."""
    known = {re.escape(href): target for href, target in targets.items() if target}
    if not known:
        return body
    one = "|".join(sorted(known, key=len, reverse=True))
    found = re.compile(rf"(?<=\]\()(?:{one})(?=[)\s])|(?<=[\"'])(?:{one})(?=[\"'])|(?<=\]\(<)(?:{one})(?=>)")
    return code_spans.outside(body, lambda text: found.sub(lambda match: str(targets[match[0]]), text))


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


def _beside(path: str) -> str:
    return relpath(PICTURES, dirname(path)) + r"/\1"


def _link(match: re.Match[str], path: str, places: Mapping[int, str]) -> str:
    place = places.get(int(match[1]))
    if place is None:
        return match[0]
    fragment = f"#{match[2].removeprefix(heading_anchor(''))}" if match[2] else ""
    return relpath(place, dirname(path)) + fragment
