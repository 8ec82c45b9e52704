"""Making the HTML of published articles anew: after the renderer changed, or when it was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, update

from helpcenter.articles import rendering
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.publishing import batches, in_parallel, show_anew
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.folder.report import Progress, silent
from helpcenter.articles.health import reference
from helpcenter.articles.health.reference import ArticleReference, Form
from helpcenter.articles.lock_order import before_keeping, lock_articles
from helpcenter.articles.rendering import RenderedArticle, Rendering
from helpcenter.articles.revision import Revision
from helpcenter.core import jobs
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import RENDERER_VERSION, MarkdownRefused

EVERY_SECONDS = 20
MARKED, REFUSED = 0, -1
"""Versions that no renderer has: what waits to be made anew, and what waited and could not be."""


@dataclass(frozen=True)
class _Text:
    edition_id: int
    revision_id: int
    locale: str
    source_path: str | None
    body: str


@dataclass(frozen=True)
class Rerendered:
    """How many were made anew, and the articles that could not be, each with the reason; `refused` are editions."""

    count: int
    refusals: dict[int, str]
    refused: frozenset[int]


def render_all(*, only_old: bool = True, progress: Progress = silent) -> Rerendered:
    """Render published revisions again: those made by another version of the renderer, or all. Commits; slow.

    Votes, dates and publications stay as they are. What can not be rendered keeps the HTML it has.
    """
    statement = (
        select(Edition.id)
        .outerjoin(Rendering, Rendering.revision_id == Edition.published_revision_id)
        .where(Edition.status == Status.PUBLISHED)
        .order_by(Edition.id)
    )
    if only_old:
        is_old = or_(Rendering.renderer_version.is_(None), Rendering.renderer_version != RENDERER_VERSION)
        statement = statement.where(is_old)
    return render_editions(db.session.scalars(statement).all(), progress)


def mark_videos() -> None:
    """Let what readers see be made anew where it may hold a video; to be called after begin_write().

    Of a text that was not read yet it is not known. What is archived keeps its mark until it comes back.
    """
    has_video = select(ArticleReference.id).where(
        ArticleReference.revision_id == Rendering.revision_id, ArticleReference.form == Form.VIDEO
    )
    shown = select(Edition.published_revision_id).where(Edition.published_revision_id.is_not(None))
    is_unread = Rendering.reader_version != reference.READER_VERSION
    marked = update(Rendering).where(Rendering.revision_id.in_(shown), or_(is_unread, has_video.exists()))
    db.session.execute(marked.values(renderer_version=MARKED), execution_options={"synchronize_session": False})


def is_waiting() -> ColumnElement[bool]:
    """The renderings that the job makes anew: what was marked, and what an older renderer made.

    What a newer one made is left to the host that has it.
    """
    return Rendering.renderer_version.between(MARKED, RENDERER_VERSION - 1)


def render_marked() -> int:
    """Make anew what waits for it; how many. Commits; slow: a job. What can not be is left to `content render`."""
    waits = is_waiting(), Edition.status == Status.PUBLISHED
    shown = select(Edition.id).join(Rendering, Rendering.revision_id == Edition.published_revision_id).where(*waits)
    count = 0
    for batch in batches(db.session.scalars(shown.order_by(Edition.id)).all()):
        if jobs.stop_asked():
            break
        count += render_editions(batch).count
        begin_write()
        left = select(Edition.published_revision_id).where(Edition.id.in_(batch))
        given_up = update(Rendering).where(Rendering.revision_id.in_(left), is_waiting())
        db.session.execute(given_up.values(renderer_version=REFUSED), execution_options={"synchronize_session": False})
        db.session.commit()
    return count


def render_editions(ids: Sequence[int], progress: Progress = silent) -> Rerendered:
    """The same for some editions. Commits; slow."""
    refusals: dict[int, str] = {}
    refused: set[int] = set()
    done = 0
    for batch in batches(ids):
        texts = _texts(list(batch))
        results = in_parallel(_rendered, texts)
        _keep(texts, results, refusals)
        refused |= {text.edition_id for text, result in zip(texts, results, strict=True) if isinstance(result, str)}
        done += len(batch)
        progress("rendering", done, len(ids))
    return Rerendered(len(ids) - len(refused), refusals, frozenset(refused))


def _texts(ids: list[int]) -> list[_Text]:
    rows = db.session.execute(
        select(Edition, Revision, FolderFile)
        .join(Revision, Revision.id == Edition.published_revision_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        .where(Edition.id.in_(ids))
        .order_by(Edition.id)
    )
    return [
        _Text(edition.id, revision.id, edition.locale, row.source_path if row else None, revision.body)
        for edition, revision, row in rows
    ]


def _rendered(text: _Text) -> RenderedArticle | str:
    try:
        return rendering.rendered(text.body, text.locale, text.source_path)
    except MarkdownRefused as refusal:
        return str(refusal)


def _keep(texts: list[_Text], results: list[RenderedArticle | str], refusals: dict[int, str]) -> None:
    begin_write()
    lock_articles([text.edition_id for text in texts])
    made = zip(texts, results, strict=True)
    before_keeping({text.revision_id: result for text, result in made if not isinstance(result, str)})
    for text, result in zip(texts, results, strict=True):
        edition = db.session.get_one(Edition, text.edition_id)
        if isinstance(result, str):
            refusals[edition.article_id] = result
        elif edition.published_revision_id == text.revision_id and edition.status == Status.PUBLISHED:
            show_anew(edition, result)
    db.session.commit()
