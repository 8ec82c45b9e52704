"""Exporting: every published edition becomes a file, byte for byte the one it came from where nobody changed it since.

A file that was changed in the folder and not imported yet is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import undefer

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder import canonical, kept_settings, lock
from helpcenter.articles.folder.front_matter import LAST_PLACE, FrontMatter
from helpcenter.articles.folder.layout import Place
from helpcenter.articles.folder.placing import paths_by_language, places_of_all
from helpcenter.articles.folder.publishing import BATCH, batches
from helpcenter.articles.folder.reading import FolderRefused
from helpcenter.articles.folder.record import Folder, FolderFile
from helpcenter.articles.folder.report import Progress, Report, silent
from helpcenter.articles.folder.snippet_export import export_snippets
from helpcenter.articles.folder.sync import folder_name
from helpcenter.articles.folder.taking import in_sync
from helpcenter.articles.folder.target import Target
from helpcenter.articles.folder.topic_export import export_topics
from helpcenter.articles.references import picture_key, targets_of
from helpcenter.articles.revision import Revision
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import references
from helpcenter.files import storage
from helpcenter.files.file import File, FileSource


@dataclass(frozen=True)
class Exported:
    """An edition with the file it becomes, as values: the next transaction forgets the rows.

    `known_sha256` is of the file as we know it, '' for a new one; `is_same` when that is what is written.
    """

    edition_id: int
    revision_id: int
    known_sha256: str
    place: Place
    text: str
    values: FrontMatter
    pictures: dict[str, str]
    is_same: bool


def export_folder(directory: Path, name: str = "", progress: Progress = silent) -> Report:
    """Write every published edition, topic and snippet into a folder. Commits. Raises FolderRefused, lock.Busy."""
    directory = directory.resolve()
    name = folder_name(directory, name)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderRefused(f"{directory} can not be made: {error.strerror}") from None
    report = Report()
    with lock.held():
        _know(directory, name)
        places = places_of_all()
        target = Target(directory, report)
        ids = sorted(places)
        for done, batch in enumerate(batches(ids), start=1):
            exported = _exported(batch, places)
            kept = [one for one in exported if _write(target, one)]
            _remember(kept, name)
            progress("writing", min(done * BATCH, len(ids)), len(ids))
        export_topics(target, name)
        export_snippets(target, name, paths_by_language(places))
    return report


def _know(directory: Path, name: str) -> None:
    begin_write()
    folder = db.session.get(Folder, name) or Folder(name=name, directory=str(directory))
    folder.seen_at = clock.now()
    db.session.add(folder)
    db.session.commit()


def _exported(ids: Iterable[int], places: dict[int, Place]) -> list[Exported]:
    rows = db.session.execute(
        select(Edition, Article, Revision, FolderFile)
        .join(Article, Article.id == Edition.article_id)
        .join(Revision, Revision.id == Edition.published_revision_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        .where(Edition.id.in_(list(ids)))
        .options(undefer(FolderFile.text))
        .order_by(Edition.id)
    ).all()
    paths = paths_by_language(places)
    articles = [article.id for _, article, _, _ in rows]
    settings, redirects = kept_settings.of(articles), canonical.redirects_of(articles)
    exported = []
    for edition, article, revision, row in rows:
        old = redirects.get(article.id, [])
        is_same = row is not None and _is_untouched(row, edition, article, settings.get(article.id), old)
        written = _written(article, revision, row, places[edition.id], paths, old)
        pictures = {canonical.picture_path(name): name for name in written.pictures}
        if row is not None and not row.is_foreign:
            pictures |= _pictures_of(row, places[edition.id])
        text = row.text if row is not None and is_same else written.text
        known = row.sha256 if row is not None else ""
        place = places[edition.id]
        one = Exported(edition.id, revision.id, known, place, text, written.values, pictures, is_same)
        exported.append(one)
    return exported


def _written(
    article: Article,
    revision: Revision,
    row: FolderFile | None,
    place: Place,
    paths: dict[str, dict[int, str]],
    redirects: list[str],
) -> canonical.Written:
    content = revision.content
    body = content.body
    if row is not None and row.is_foreign:
        # Another program's way of writing links would lead nowhere from a file of ours.
        body = canonical.led(body, targets_of(references(body), place.locale, row.source_path))
    return canonical.written(canonical.values_of(article, content, redirects), body, place.path, paths[place.locale])


def _is_untouched(
    row: FolderFile, edition: Edition, article: Article, files: kept_settings.Settings | None, redirects: list[str]
) -> bool:
    """Whether the edition still says what its file says, so that the file's own bytes may stand for it."""
    if row.is_foreign or row.missing_since is not None or not in_sync(row, edition) or files is None:
        return False
    # Beyond the last place that a file can name stands what has no order of its own.
    place = article.position if 1 <= article.position <= LAST_PLACE else None
    same_place = files.order == place
    same_review = files.review_every_days == article.review_every_days
    return article.audience == files.audience and same_place and same_review and set(redirects) == files.redirect_from


def _pictures_of(row: FolderFile, place: Place) -> dict[str, str]:
    """The pictures of the folder that the text shows: where they stand in an export, and their kept names."""
    prefix = picture_key(row.folder, "")
    keys = list(row.uses.get("pictures", ()))
    found = (
        db.session.execute(select(FileSource.key, File.name).join(File).where(FileSource.key.in_(keys))) if keys else ()
    )
    before = place.path.removesuffix(row.source) if place.path.endswith(row.source) else ""
    return {before + key.removeprefix(prefix): name for key, name in found}


def _write(target: Target, one: Exported) -> bool:
    """Whether the file of an edition is now as exported."""
    if not target.write(one.place.path, one.text, one.known_sha256):
        return False
    for path, name in one.pictures.items():
        target.write_picture(path, storage.path_of(name))
    return True


def _remember(exported: list[Exported], name: str) -> None:
    """Keep what the files of this folder say now, so that an import later sees which side changed."""
    begin_write()
    known = select(FolderFile).where(FolderFile.edition_id.in_([one.edition_id for one in exported]))
    rows = {row.edition_id: row for row in db.session.scalars(known)}
    for one in exported:
        row = rows.get(one.edition_id)
        if one.is_same or (row is not None and (row.folder != name or row.is_foreign)):
            continue
        row = row or FolderFile(edition_id=one.edition_id, folder=name, uses={}, is_waiting=False)
        row.source, row.locale, row.below = one.place.path, one.place.locale, one.place.below
        row.revision_id, row.text, row.sha256 = one.revision_id, one.text, sha256(one.text.encode()).hexdigest()
        row.settings, row.missing_since = one.values.settings, None
        db.session.add(row)
    db.session.commit()
