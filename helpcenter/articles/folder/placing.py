"""Where the file of each edition stands: where it came from, beside its translations, or at a place of its own."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.layout import Layout, Place
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core import site
from helpcenter.core.db import db
from helpcenter.topics.topic import Topic


def places_of_all() -> dict[int, Place]:
    """The place of every published edition: its file's, its article's in another language, or one of its own."""
    rows = db.session.execute(
        select(Edition.id, Edition.article_id, Edition.locale, Edition.slug, Article.topic_id, FolderFile.below)
        .join(Article, Article.id == Edition.article_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        .where(Edition.status == Status.PUBLISHED)
        .order_by(Edition.id)
    ).all()
    topics = topic_paths()
    first = site.current().default_locale
    below: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: (row.below is None, row.locale != first, row.id)):
        below.setdefault(row.article_id, row.below or "")
    taken = {(row.locale, row.below) for row in db.session.execute(select(FolderFile.locale, FolderFile.below))}
    places: dict[int, Place] = {}
    for row in sorted(rows, key=lambda row: (row.below is None, row.locale != first, row.id)):
        shared = (
            row.below
            or below[row.article_id]
            or _free(f"{topics[row.topic_id]}/{row.slug}", row.article_id, taken)
        )
        below[row.article_id] = shared
        taken.add((row.locale, shared))
        places[row.id] = Layout().place(f"{row.locale}/{shared}")
    return places


def topic_paths() -> dict[int, str]:
    """The path of every topic by its id, as billing or billing/taxes."""
    topics = {topic.id: topic for topic in db.session.scalars(select(Topic))}
    return {
        topic.id: f"{topics[topic.parent_id].key}/{topic.key}" if topic.parent_id else topic.key
        for topic in topics.values()
    }


def _free(path: str, article_id: int, taken: set[tuple[str, str]]) -> str:
    is_taken = any(below == f"{path}.md" for _, below in taken)
    return f"{path}-{article_id}.md" if is_taken else f"{path}.md"


def paths_by_language(places: dict[int, Place], layout: Layout) -> dict[str, dict[int, str]]:
    """For each language, where the file of each article stands in a folder: in that language, else in any."""
    rows = db.session.execute(select(Edition.id, Edition.article_id).where(Edition.status == Status.PUBLISHED)).all()
    known = [(article_id, places[edition_id]) for edition_id, article_id in rows if edition_id in places]
    sources = [(one, place.locale, path) for one, place in known if (path := layout.source_of(place.path)) is not None]
    anywhere = {article_id: path for article_id, _, path in sources}
    return {
        locale: {**anywhere, **{article_id: path for article_id, code, path in sources if code == locale}}
        for locale in {code for _, code, _ in sources}
    }
