"""Who wrote an article: their own reading of it says nothing about readers."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.edition import Edition
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db


def authors_of(article_id: int) -> set[int]:
    """The user ids of everyone who wrote a revision of it, in any language."""
    rows = db.session.scalars(
        select(Revision.author_id)
        .join(Edition, Edition.id == Revision.edition_id)
        .where(Edition.article_id == article_id, Revision.author_id.is_not(None))
        .distinct()
    )
    return {user_id for user_id in rows if user_id is not None}
