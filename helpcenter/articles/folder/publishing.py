"""The second half of an import: what waits is rendered, now that all that links may lead to is there, and published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import select

from helpcenter.articles import pictures as shown_pictures
from helpcenter.articles import references as articles_references
from helpcenter.articles import rendering
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder import document as documents
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.link_places import numbered
from helpcenter.articles.folder.pictures import Pictures
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.folder.report import Outcome, Progress, Report
from helpcenter.articles.folder.taking import IN_CONFLICT
from helpcenter.articles.folder.uses import uses_of
from helpcenter.articles.lock_order import before_keeping, lock_articles
from helpcenter.articles.publication import publish
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.revision import Revision
from helpcenter.core import worker
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, Reference, References
from helpcenter.search import outbox

BATCH = 50
"""What one commit holds. On a busy machine a hundred held the write lock for seconds, and others wait five at most."""

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Waiting:
    """A revision that waits for publication, with what is needed to render it away from the database."""

    row_id: int
    revision_id: int
    path: str
    locale: str
    source_path: str
    body: str


@dataclass(frozen=True)
class Prepared:
    """A rendered revision, its text and what it uses; `refusal` instead where it can not be rendered."""

    waiting: Waiting
    result: RenderedArticle | None
    uses: dict[str, Any]
    refusal: str = ""
    body: str = ""


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """The items, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def in_parallel(work: Callable[[Item], Made], items: Iterable[Item]) -> list[Made]:
    """The results in order, as many at a time as there are processes to render in; each with a session of its own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def run(item: Item) -> Made:
        with app.app_context():
            return work(item)

    with ThreadPoolExecutor(worker.CHILDREN) as pool:
        return list(pool.map(run, items))


def publish_waiting(
    folder: str, layout: Layout, pictures: Pictures, report: Report, by: int | None, progress: Progress
) -> None:
    """Publish every revision of a folder that waits, those of an import that was interrupted among them. Commits."""
    waits = FolderFile.is_waiting, FolderFile.folder == folder, FolderFile.missing_since.is_(None)
    ids = db.session.scalars(select(FolderFile.id).where(*waits).order_by(FolderFile.id)).all()
    done = 0
    for batch in batches(ids):
        prepared = in_parallel(lambda one: prepare(one, layout, pictures, is_new=True), _waiting(batch))
        _publish(prepared, report, by)
        done += len(batch)
        progress("publishing", done, len(ids))


def _waiting(ids: Sequence[int]) -> list[Waiting]:
    rows = db.session.execute(
        select(FolderFile, Revision.body)
        .join(Revision, Revision.id == FolderFile.revision_id)
        .where(FolderFile.id.in_(ids))
        .order_by(FolderFile.id)
    )
    return [Waiting(row.id, row.revision_id, row.source, row.locale, row.source_path, body) for row, body in rows]


def prepare(waiting: Waiting, layout: Layout, pictures: Pictures, *, is_new: bool = False) -> Prepared:
    """Render a revision and keep the pictures it shows. Slow; commits the pictures.

    Another program's links in one that `is_new` become ours: no editor has seen it, and no other folder knows them.
    """
    body = waiting.body
    try:
        reading = rendering.read(body, waiting.locale)
        line_of = _lines_in_file(waiting, layout)
        targets, uses = uses_of(reading.found, waiting.locale, waiting.source_path, line_of, pictures)
        if is_new and layout.is_foreign:
            body = numbered(body, targets, waiting.locale)
            reading = rendering.read(body, waiting.locale)
            targets = articles_references.targets_of(reading.found, waiting.locale, waiting.source_path)
        return Prepared(waiting, rendering.rendered_to(reading, waiting.locale, targets), uses, body=body)
    except MarkdownRefused as refusal:
        return Prepared(waiting, None, {}, str(refusal))


def _lines_in_file(waiting: Waiting, layout: Layout) -> Callable[[int], int]:
    def line_of(line: int) -> int:
        # Read when the first thing leads nowhere, which is seldom.
        text = db.session.scalar(select(FolderFile.text).where(FolderFile.id == waiting.row_id)) or ""
        document = documents.understand(Source(waiting.path, text, ""), layout).document
        return document.line_of(line) if document else line

    return line_of


def _publish(batch: Sequence[Prepared], report: Report, by: int | None) -> None:
    begin_write()
    rows = _locked(batch)
    for prepared in batch:
        row, edition, revision = rows[prepared.waiting.row_id]
        if prepared.result is None:
            report.findings.append(Finding(row.source, 0, prepared.refusal))
            report.add(row.source, Outcome.LEFT_OUT)
        elif edition.latest_revision_id != prepared.waiting.revision_id:
            # Somebody wrote on the web between the two halves.
            row.is_waiting = False
            report.add(row.source, Outcome.CONFLICT)
            report.findings.append(Finding(row.source, 0, IN_CONFLICT, Level.WARNING))
        else:
            if edition.published_revision_id != revision.id:
                revision.body = prepared.body
            publish(edition, revision, prepared.result, by=by)
            row.is_waiting, row.uses = False, prepared.uses
            if row.source not in report.files or report.files[row.source] == Outcome.UNCHANGED:
                report.add(row.source, Outcome.IMPORTED)
    db.session.commit()


def _locked(batch: Sequence[Prepared]) -> dict[int, tuple[FolderFile, Edition, Revision]]:
    """The rows of a batch by the number of the file, in the order in which everybody locks them."""
    ids = [one.waiting.row_id for one in batch]
    lock_articles(db.session.scalars(select(FolderFile.edition_id).where(FolderFile.id.in_(ids))))
    found = db.session.execute(
        select(FolderFile, Edition, Revision)
        .join(Edition, Edition.id == FolderFile.edition_id)
        .join(Revision, Revision.id == FolderFile.revision_id)
        .where(FolderFile.id.in_(ids))
        .order_by(FolderFile.id)
        .with_for_update(of=FolderFile)
        .execution_options(populate_existing=True)
    )
    rows = {row.id: (row, edition, revision) for row, edition, revision in found}
    before_keeping({one.waiting.revision_id: one.result for one in batch if one.result is not None})
    return rows


def render_again(folder: str, layout: Layout, pictures: Pictures) -> int:
    """Render anew what is published and shows a picture that changed, or points to what was missing and is there now.

    Returns how many. Commits.
    """
    changed = pictures.refresh()
    rows = db.session.execute(
        select(FolderFile.id, FolderFile.locale, FolderFile.source, FolderFile.uses)
        .join(Edition, Edition.id == FolderFile.edition_id)
        .where(FolderFile.folder == folder, FolderFile.is_waiting.is_(False), Edition.status == Status.PUBLISHED)
    ).all()
    ids = [row.id for row in rows if changed & set(row.uses.get("pictures", ())) or _is_found(row, folder, pictures)]
    for batch in batches(ids):
        prepared = in_parallel(lambda one: prepare(one, layout, pictures), _waiting(batch))
        begin_write()
        rows_of = _locked(prepared)
        for one in prepared:
            row, edition, _ = rows_of[one.waiting.row_id]
            if one.result is not None and edition.published_revision_id == one.waiting.revision_id:
                show_anew(edition, one.result)
                row.uses = one.uses
        db.session.commit()
    return len(ids)


def show_anew(edition: Edition, result: RenderedArticle) -> None:
    """Show the published revision of an edition as it was rendered now; to be called after begin_write()."""
    assert edition.published_revision_id is not None
    rendering.keep(edition.published_revision_id, result)
    shown_pictures.show(edition, result.html)
    outbox.note("article", edition.article_id)
    content_changed()


def _is_found(row: Any, folder: str, pictures: Pictures) -> bool:
    """Whether something that led nowhere leads somewhere now."""
    links = tuple(Reference(href, "", line) for href, line in row.uses.get("links", ()))
    images = tuple(Reference(href, "", line) for href, line in row.uses.get("images", ()))
    if not links and not images:
        return False
    source_path = f"{folder}/{row.source}"
    pictures.take(articles_references.local(images, source_path))
    targets = articles_references.targets_of(References(links, images, ()), row.locale, source_path)
    return any(targets.get(one.href, "") is not None for one in (*links, *images))
