"""Where an article stands, whatever its language: topic, audience, and the old addresses that lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.core import journal
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.search import outbox

LONGEST_ADDRESS = 500
MOST_ADDRESSES = 100


@dataclass(frozen=True)
class Place:
    """`old_addresses` are paths that begin with a slash, sorted."""

    topic_id: int
    audience: str
    old_addresses: tuple[str, ...] = ()


class AddressTaken(ValueError):
    """Another article answers to this old address already."""

    def __init__(self, path: str, article_id: int) -> None:
        super().__init__(path)
        self.path = path
        self.article_id = article_id


def place_of(article: Article) -> Place:
    """Where it stands now."""
    paths = select(OldAddress.path).where(OldAddress.article_id == article.id).order_by(OldAddress.path)
    return Place(article.topic_id, article.audience, tuple(db.session.scalars(paths)))


def paths_in(text: str) -> tuple[str, ...]:
    """The old addresses somebody typed, one a line, as paths. Raises ValueError with the line that is none."""
    paths = set()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = urlsplit(line)
        path = parts.path if parts.scheme in ("", "http", "https") else ""
        if not path.startswith("/") or path == "/" or len(path) > LONGEST_ADDRESS or " " in path:
            raise ValueError(line)
        paths.add(path)
    return tuple(sorted(paths))


def refuse_taken(paths: Iterable[str], article_id: int | None) -> None:
    """Raises AddressTaken when one of the old addresses leads to another article."""
    rows = select(OldAddress).where(OldAddress.path.in_(list(paths)), OldAddress.article_id != (article_id or 0))
    for taken in db.session.scalars(rows):
        raise AddressTaken(taken.path, taken.article_id)


def move(article: Article, wanted: Place, opened: Place, *, by: int | None) -> None:
    """Change what differs from what the editor's page was opened with; what others changed meanwhile stays theirs.

    Takes effect for readers at once. To be called after begin_write(). Raises AddressTaken.
    """
    refuse_taken(wanted.old_addresses, article.id)
    if wanted.topic_id != opened.topic_id:
        last = db.session.scalar(select(func.max(Article.position)).where(Article.topic_id == wanted.topic_id))
        article.topic_id, article.position = wanted.topic_id, (last or 0) + 1
    if wanted.audience != opened.audience:
        article.audience = wanted.audience
    if wanted.old_addresses != opened.old_addresses:
        _set_addresses(article, frozenset(wanted.old_addresses), frozenset(opened.old_addresses))
    if wanted != opened:
        journal.note("article_moved", by=by, subject=("article", article.id))
        outbox.note("article", article.id)
        content_changed()


def answer_to(article: Article, paths: Iterable[str]) -> None:
    """Have old addresses lead to an article; to be called after begin_write()."""
    db.session.add_all(OldAddress(path=path, article_id=article.id) for path in paths)


def _set_addresses(article: Article, wanted: frozenset[str], opened: frozenset[str]) -> None:
    gone = OldAddress.article_id == article.id, OldAddress.path.in_(opened - wanted)
    db.session.execute(delete(OldAddress).where(*gone))
    held = set(db.session.scalars(select(OldAddress.path).where(OldAddress.article_id == article.id)))
    answer_to(article, sorted(wanted - opened - held))
