"""What lower packages may ask about articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.articles import order, visibility
from helpcenter.articles.address import address
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.health import pardon, quotes
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Content, Revision
from helpcenter.articles.search_document import document_of
from helpcenter.articles.studio import working_copy
from helpcenter.articles.title_words import holds_all
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.search import outbox
from helpcenter.search.document import Document
from helpcenter.search.title_match import TitleMatch
from helpcenter.topics.audience import narrowest
from helpcenter.topics.tree import tree

KIND = "article"
MOST_MATCHED = 500


def url(article_id: int, locale: str) -> str:
    """The address of an article, for whoever asks; the view redirects to its slug."""
    return urls([article_id], locale)[article_id]


def urls(article_ids: Sequence[int], locale: str) -> dict[int, str]:
    """The same for many at once."""
    slugs = dict(
        db.session.execute(
            select(Edition.article_id, Edition.slug).where(
                Edition.article_id.in_(list(article_ids)), Edition.locale == locale
            )
        ).all()
    )
    return {one: address(one, slugs.get(one, ""), locale).rstrip("-") for one in article_ids}


def titles(article_ids: Sequence[int], locale: str) -> Mapping[int, str]:
    """Last titles, also of archived articles: what happened to them keeps its name."""
    rows = db.session.execute(
        select(Edition.article_id, Edition.title)
        .where(Edition.article_id.in_(list(article_ids)))
        .order_by(Edition.locale == locale, Edition.id)
    )
    return dict(rows.all())


def visible(article_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    """Which of these the viewer may read."""
    return {row.article_id for row in visibility.listed(viewer, None, article_ids=article_ids)}


def cards(article_ids: Sequence[int], viewer: Viewer, locale: str) -> dict[int, subjects.Card]:
    """What the viewer may read of these, as it is now. One query."""
    rows = visibility.listed(viewer, locale, article_ids=article_ids)
    return {r.article_id: subjects.Card(r.title, r.summary, visibility.url(r, locale), r.locale) for r in rows}


def documents(article_ids: Sequence[int]) -> list[Document]:
    """What search indexes of these articles: one document for each published edition."""
    nodes = tree().nodes
    rows = db.session.execute(
        select(
            Article.id,
            Edition.locale,
            Edition.title,
            Edition.summary,
            Rendering.plain_text,
            Revision.keywords,
            Revision.tags,
            Article.topic_id,
            Article.audience,
            Edition.updated_at,
        )
        .select_from(Edition)
        .join(Article, Article.id == Edition.article_id)
        .join(Revision, Revision.id == Edition.published_revision_id)
        .join(Rendering, Rendering.revision_id == Revision.id)
        .where(Article.id.in_(list(article_ids)), Edition.status == Status.PUBLISHED)
    )
    return [
        document_of(
            Content(row.title, "", row.summary, tags=tuple(row.tags), keywords=tuple(row.keywords)),
            row.plain_text,
            article_id=row.id,
            locale=row.locale,
            topic_id=row.topic_id,
            audience=narrowest(row.audience, nodes[row.topic_id].audience),
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def document_ids() -> list[int]:
    """Every article that search knows something about."""
    published = select(Edition.article_id).where(Edition.status == Status.PUBLISHED).distinct()
    return list(db.session.scalars(published.order_by(Edition.article_id)))


def title_matches(text: str, locale: str, viewer: Viewer, limit: int) -> list[TitleMatch]:
    """Articles whose title holds every word, for the time that the index is being mended.

    Out of five hundred at most, so that it reads no more on a site of any size.
    """
    words = text.split()
    like = select(Edition.article_id).where(Edition.status == Status.PUBLISHED, holds_all(Edition.title, words))
    ids = db.session.scalars(like.distinct().order_by(Edition.article_id).limit(MOST_MATCHED)).all()
    # The title that counts is the one this reader would see, which may be of another language than the one that fits.
    folded = [word.casefold() for word in words]
    rows = visibility.listed(viewer, locale, article_ids=ids) if ids else []
    found = [row for row in rows if all(word in row.title.casefold() for word in folded)][:limit]
    return [TitleMatch(r.article_id, r.locale, r.title, r.summary, r.topic_id, r.updated_at) for r in found]


def public_pages() -> Iterator[subjects.PublicPage]:
    """Every public article with its languages, for the sitemap."""
    by_article: dict[int, list[visibility.Listed]] = {}
    for row in visibility.listed(STRANGER, None):
        by_article.setdefault(row.article_id, []).append(row)
    for rows in by_article.values():
        yield subjects.PublicPage({r.locale: visibility.url(r) for r in rows}, max(r.updated_at for r in rows))


def root_topic(article_id: int) -> int | None:
    """The root topic an article hangs on."""
    return tree().root_of(db.session.scalar(select(Article.topic_id).where(Article.id == article_id)))


def export(user_id: int) -> dict[str, Any]:
    """What a person wrote, and what they found right as it is."""
    rows = db.session.execute(
        select(Revision.title, Revision.created_at, Revision.note, Revision.body).where(Revision.author_id == user_id)
    )
    held: dict[str, Any] = {"revisions": [{**row._mapping, "created_at": row.created_at.isoformat()} for row in rows]}
    more = {"typed_and_not_saved": working_copy.export(user_id), "found_right": pardon.of_person(user_id)}
    return {**held, **{name: what for name, what in more.items() if what}}


def move_topic(from_id: int, to_id: int) -> int:
    """Move every article of a topic to the end of another, in their order; how many moved. After begin_write()."""
    articles = order.standing_on(from_id)
    order.put_at_end(to_id, articles)
    return len(articles)


def audience_changed(topic_ids: Sequence[int]) -> None:
    """Others may see the articles of these topics now: have them indexed anew. After begin_write()."""
    for article_id in db.session.scalars(select(Article.id).where(Article.topic_id.in_(list(topic_ids)))):
        outbox.note(KIND, article_id)


def made_from(kind: str, origin_id: int) -> list[int]:
    """The articles whose first words were taken from this, whether they are published or not."""
    wanted = select(Article.id).where(Article.origin_kind == kind, Article.origin_id == origin_id)
    return list(db.session.scalars(wanted.order_by(Article.id)))


SUBJECT = subjects.Subject(
    url=url,
    urls=urls,
    titles=titles,
    visible=visible,
    documents=documents,
    document_ids=document_ids,
    title_matches=title_matches,
    public_pages=public_pages,
    cards=cards,
    root_topic=root_topic,
    export=export,
    erase=working_copy.forget,
    move_topic=move_topic,
    audience_changed=audience_changed,
    made_from=made_from,
    overtaken=quotes.overtaken_of,
)
