"""The HTML of a revision: made once by the renderer, kept with the renderer's version, rebuildable at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles import pictures
from helpcenter.articles.references import targets_of
from helpcenter.core.db import Model, db, upsert
from helpcenter.core.markdown import Rendered, references, render, words


class Rendering(Model):
    __tablename__ = "rendering"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    html: Mapped[str] = mapped_column(Text)
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    plain_text: Mapped[str] = mapped_column(Text)
    reading_seconds: Mapped[int]
    renderer_version: Mapped[int]


def rendered(body: str, locale: str, source_path: str | None = None) -> Rendered:
    """The body as readers see it, its links leading where they should. Raises core.markdown.MarkdownRefused.

    Slow (a process of its own does the work): call it before begin_write().
    """
    return rendered_to(body, locale, targets_of(references(body), locale, source_path))


def rendered_to(body: str, locale: str, targets: Mapping[str, str | None]) -> Rendered:
    """The body, its links leading where `references.targets_of` said. Raises core.markdown.MarkdownRefused. Slow."""
    sizes = pictures.sizes(body, targets.values())
    return render(body, "article", links=targets, labels=words.labels(locale), sizes=sizes)


def keep(revision_id: int, result: Rendered) -> None:
    """Store what `rendered` gave for a revision."""
    values = {
        "html": result.html,
        "headings": [{"level": h.level, "id": h.id, "text": h.text} for h in result.headings],
        "plain_text": result.plain_text,
        "reading_seconds": result.reading_seconds,
        "renderer_version": result.renderer_version,
    }
    row = upsert(Rendering).values(revision_id=revision_id, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["revision_id"], set_=values))
