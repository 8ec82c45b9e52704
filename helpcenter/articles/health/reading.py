"""Taking up what published texts point to where it is not known yet: after an update, or after it was lost."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.publishing import batches, in_parallel
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.folder.report import Progress, silent
from helpcenter.articles.health import reference
from helpcenter.articles.lock_order import lock_renderings
from helpcenter.articles.references import targets_of
from helpcenter.articles.rendering import Rendering, read
from helpcenter.articles.revision import Revision
from helpcenter.articles.snippets import use
from helpcenter.core import jobs
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, References

READ_SECONDS = 60


@dataclass(frozen=True)
class _Text:
    revision_id: int
    article_id: int
    locale: str
    source_path: str | None
    body: str


@dataclass(frozen=True)
class _Read:
    text: _Text
    found: References
    targets: dict[str, str | None]


def read_new(*, anew: bool = False, progress: Progress = silent) -> dict[int, str]:
    """Read the published texts that were not read yet, or all of them. Commits; slow, unless nothing waits.

    Returns the articles that could not be read, each with the reason. Such a text is tried once by each version of the
    reader, and again with `anew`.
    """
    statement = (
        select(Rendering.revision_id)
        .join(Edition, Edition.published_revision_id == Rendering.revision_id)
        .where(Edition.status == Status.PUBLISHED)
        .order_by(Rendering.revision_id)
    )
    if not anew:
        was_tried = Rendering.reader_version.in_((reference.READER_VERSION, -reference.READER_VERSION))
        statement = statement.where(~was_tried)
    ids = db.session.scalars(statement).all()
    refusals: dict[int, str] = {}
    done = 0
    for batch in batches(ids):
        if jobs.stop_asked():
            break
        _keep(in_parallel(_read, _texts(list(batch))), refusals)
        done += len(batch)
        progress("reading", done, len(ids))
    return refusals


def _texts(ids: list[int]) -> list[_Text]:
    rows = db.session.execute(
        select(Revision.id, Edition.article_id, Edition.locale, FolderFile, Revision.body)
        .join(Edition, Edition.id == Revision.edition_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        .where(Revision.id.in_(ids))
        .order_by(Revision.id)
    )
    return [
        _Text(number, article_id, locale, file.source_path if file else None, body)
        for number, article_id, locale, file, body in rows
    ]


def _read(text: _Text) -> _Read | tuple[_Text, str]:
    try:
        found = read(text.body, text.locale).found
    except MarkdownRefused as refusal:
        return text, str(refusal)
    return _Read(text, found, targets_of(found, text.locale, text.source_path))


def _keep(results: list[_Read | tuple[_Text, str]], refusals: dict[int, str]) -> None:
    reads = [one for one in results if isinstance(one, _Read)]
    refused = [one for one in results if not isinstance(one, _Read)]
    begin_write()
    lock_renderings([one.text.revision_id for one in reads] + [text.revision_id for text, _reason in refused])
    reference.keep_all([reference.Pointing(one.text.revision_id, one.found, one.targets) for one in reads])
    # Which words the HTML was made of is not known here: where a snippet has some, it is made anew.
    use.keep_all({one.text.revision_id: one.found.snippets for one in reads}, {})
    _mark([one.text.revision_id for one in reads], reference.READER_VERSION)
    _mark([text.revision_id for text, _reason in refused], -reference.READER_VERSION)
    db.session.commit()
    refusals.update((text.article_id, reason) for text, reason in refused)


def _mark(revision_ids: list[int], version: int) -> None:
    """Say which reader tried a text; what was read by this one already stays known though it is refused now."""
    wanted = Rendering.revision_id.in_(revision_ids), Rendering.reader_version != reference.READER_VERSION
    marked = update(Rendering).where(*wanted).values(reader_version=version)
    db.session.execute(marked, execution_options={"synchronize_session": False})
