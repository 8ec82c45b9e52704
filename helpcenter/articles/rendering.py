"""The HTML of a revision: made once by the renderer, kept with the renderer's version, rebuildable at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles import pictures
from helpcenter.articles.health import reference
from helpcenter.articles.references import targets_of
from helpcenter.articles.snippets import expansion, use
from helpcenter.core import site
from helpcenter.core.db import Model, db, upsert
from helpcenter.core.markdown import References, Rendered, references, render, words


class Rendering(Model):
    __tablename__ = "rendering"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    html: Mapped[str] = mapped_column(Text)
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    plain_text: Mapped[str] = mapped_column(Text)
    reading_seconds: Mapped[int]
    renderer_version: Mapped[int]
    # Which reader took up what it points to (health/reference.py): 0 for none yet, negative where it refused the text.
    # No index: with 5,000 articles the look for unread ones takes 3 ms once a minute, and SQLite would not use one.
    reader_version: Mapped[int] = mapped_column(default=0, server_default="0")


@dataclass(frozen=True)
class Reading:
    """A body as it is rendered, its snippets put in, with what was found in it by the lines of the body.

    `versions` are those of the snippets it has.
    """

    text: str
    found: References
    versions: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedArticle(Rendered):
    """A rendering together with what the text points to, as written and as it leads."""

    found: References
    targets: Mapping[str, str | None]
    versions: Mapping[str, int]


def read(body: str, locale: str) -> Reading:
    """The body with its snippets in it, and what it points to. Raises core.markdown.MarkdownRefused. Slow."""
    whole = expansion.whole(body, locale)
    return Reading(whole.text, references(whole.text).as_written(whole.expanded), whole.versions)


def rendered(body: str, locale: str, source_path: str | None = None) -> RenderedArticle:
    """The body as readers see it, its links leading where they should. Raises core.markdown.MarkdownRefused.

    Slow (a process of its own does the work): call it before begin_write().
    """
    reading = read(body, locale)
    return rendered_to(reading, locale, targets_of(reading.found, locale, source_path))


def rendered_to(reading: Reading, locale: str, targets: Mapping[str, str | None]) -> RenderedArticle:
    """What was read, its links leading where `references.targets_of` said. Raises like `rendered`. Slow."""
    sizes = pictures.sizes(reading.text, targets.values())
    hosts = site.current().video_hosts
    labels = words.labels(locale)
    result = render(reading.text, "article", links=targets, allowed_video_hosts=hosts, labels=labels, sizes=sizes)
    made = {one.name: getattr(result, one.name) for one in fields(result)}
    return RenderedArticle(**made, found=reading.found, targets=targets, versions=reading.versions)


def keep(revision_id: int, result: RenderedArticle) -> None:
    """Store what `rendered` gave for a revision, and what its text points to."""
    values = {
        "html": result.html,
        "headings": [{"level": h.level, "id": h.id, "text": h.text} for h in result.headings],
        "plain_text": result.plain_text,
        "reading_seconds": result.reading_seconds,
        "renderer_version": result.renderer_version,
        "reader_version": reference.READER_VERSION,
    }
    row = upsert(Rendering).values(revision_id=revision_id, **values)
    # First, in the order in which the reader of links locks too.
    db.session.execute(row.on_conflict_do_update(index_elements=["revision_id"], set_=values))
    reference.keep(revision_id, result.found, result.targets)
    use.keep_all({revision_id: result.found.snippets}, result.versions)
