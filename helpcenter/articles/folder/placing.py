"""Where the file of each edition stands: where it came from, beside its translations, or at a place of its own."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.layout import Layout, Place
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core import site
from helpcenter.core.db import db
from helpcenter.core.text import slug_of
from helpcenter.topics.topic import Topic


def places_of_all() -> dict[int, Place]:
    """The place of every edition: its file's, its article's in another language, or one of its own.

    What readers do not see has one as well, which others keep: links may lead there.
    """
    columns = Edition.id, Edition.article_id, Edition.locale, Edition.slug, Edition.title, Edition.status
    rows = db.session.execute(
        select(*columns, Article.topic_id, FolderFile.below)
        .join(Article, Article.id == Edition.article_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
    ).all()
    topics = topic_paths()
    first = site.current().default_locale
    taken = set(db.session.scalars(select(FolderFile.below)))
    below: dict[int, str] = {}
    places: dict[int, Place] = {}
    for row in sorted(
        rows, key=lambda row: (row.below is None, row.status != Status.PUBLISHED, row.locale != first, row.id)
    ):
        own = row.below or below.get(row.article_id)
        if own is None:
            own = _free(f"{topics[row.topic_id]}/{row.slug or slug_of(row.title)}", row.article_id, taken)
        below.setdefault(row.article_id, own)
        taken.add(own)
        places[row.id] = Layout().place(f"{row.locale}/{own}")
    return places


def topic_paths() -> dict[int, str]:
    """The path of every topic by its id, as billing or billing/taxes."""
    topics = {topic.id: topic for topic in db.session.scalars(select(Topic))}
    return {
        topic.id: f"{topics[topic.parent_id].key}/{topic.key}" if topic.parent_id else topic.key
        for topic in topics.values()
    }


def _free(path: str, article_id: int, taken: set[str]) -> str:
    return f"{path}-{article_id}.md" if f"{path}.md" in taken else f"{path}.md"


def paths_by_language(places: dict[int, Place], layout: Layout) -> dict[str, dict[int, str]]:
    """For each language, where the file of each article stands in a folder: in that language, else in any.

    What is not published counts only where nothing of its article is.
    """
    is_published = Edition.status == Status.PUBLISHED
    rows = db.session.execute(
        select(Edition.id, Edition.article_id, is_published).order_by(is_published, Edition.id)
    ).all()
    anywhere: dict[int, str] = {}
    own: dict[str, dict[int, str]] = {}
    for edition_id, article_id, is_there in rows:
        place = places.get(edition_id)
        path = layout.source_of(place.path) if place else None
        if place is None or path is None:
            continue
        anywhere[article_id] = path
        mine = own.setdefault(place.locale, {})
        if is_there:
            mine[article_id] = path
    return {locale: {**anywhere, **mine} for locale, mine in own.items()}
