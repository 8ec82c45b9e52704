"""What search knows of an edition: one way to put it, for what is published and for what may be."""

from __future__ import annotations

from datetime import datetime

from helpcenter.articles.revision import Content
from helpcenter.search.document import Document


def document_of(
    content: Content,
    plain_text: str,
    *,
    article_id: int,
    locale: str,
    topic_id: int | None,
    audience: str,
    updated_at: datetime | None = None,
) -> Document:
    """These words as search indexes them; `plain_text` is that of the rendered body."""
    return Document(
        kind="article",
        id=article_id,
        locale=locale,
        title=content.title,
        body=f"{content.summary}\n{plain_text}",
        keywords=(*content.keywords, *content.tags),
        topic_id=topic_id,
        audience=audience,
        updated_at=updated_at,
        solved=False,
    )
