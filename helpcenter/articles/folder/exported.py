"""What an export writes of an edition: the bytes of its file where nobody changed it since, else its canonical text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import undefer

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder import canonical, kept_settings
from helpcenter.articles.folder.canonical import Standing
from helpcenter.articles.folder.front_matter import FrontMatter
from helpcenter.articles.folder.layout import Layout, Place
from helpcenter.articles.folder.link_places import led
from helpcenter.articles.folder.placing import paths_by_language, topic_paths
from helpcenter.articles.folder.record import FolderFile, in_sync
from helpcenter.articles.references import picture_key, targets_of
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db
from helpcenter.core.markdown import references
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
    path: str
    text: str
    values: FrontMatter
    pictures: dict[str, str]
    is_same: bool


def exported_of(ids: Iterable[int], places: dict[int, Place], layout: Layout) -> list[Exported]:
    """What an export would write of these editions now into a folder laid out so, as far as they have a place there.

    `places` are those of every edition. Slow.
    """
    rows = db.session.execute(
        select(Edition, Article, Revision, FolderFile)
        .join(Article, Article.id == Edition.article_id)
        .join(Revision, Revision.id == Edition.published_revision_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        .where(Edition.id.in_(list(ids)), Edition.status == Status.PUBLISHED)
        .options(undefer(FolderFile.text))
        .order_by(Edition.id)
    ).all()
    paths, topics = paths_by_language(places, layout), topic_paths()
    articles = [article.id for _, article, _, _ in rows]
    settings, redirects = kept_settings.of(articles), canonical.redirects_of(articles)
    exported = []
    for edition, article, revision, row in rows:
        old, place = frozenset(redirects.get(article.id, ())), places[edition.id]
        path = layout.source_of(place.path)
        if path is None:
            continue
        standing = Standing(article, topics[article.topic_id], edition.slug, old)
        is_same = row is not None and _is_untouched(row, edition, standing, place, settings.get(article.id))
        written = canonical.written(
            canonical.values_of(standing, revision.content, place), _body(revision, row), path, paths[place.locale]
        )
        pictures = {canonical.picture_path(name): name for name in written.pictures}
        if row is not None and not row.is_foreign:
            pictures |= _pictures_of(row, path)
        text = row.text if row is not None and is_same else written.text
        known = row.sha256 if row is not None else ""
        one = Exported(edition.id, revision.id, known, place, path, text, written.values, pictures, is_same)
        exported.append(one)
    return exported


def _body(revision: Revision, row: FolderFile | None) -> str:
    if row is None or not row.is_foreign:
        return revision.body
    # Another program's way of writing links would lead nowhere from a file of ours.
    return led(revision.body, targets_of(references(revision.body), row.locale, row.source_path))


def _is_untouched(
    row: FolderFile, edition: Edition, standing: Standing, place: Place, files: kept_settings.Settings | None
) -> bool:
    """Whether the edition still says what its file says, so that the file's own bytes may stand for it."""
    if row.is_foreign or row.missing_since is not None or not in_sync(row, edition) or files is None:
        return False
    article = standing.article
    said = (
        files.audience,
        files.order,
        files.review_every_days,
        files.redirect_from,
        files.topic or place.topic_path,
        row.settings.get("address") or place.slug,
    )
    kept = standing.order, article.review_every_days, standing.redirects, standing.topic, standing.slug
    return said == (article.audience, *kept)


def _pictures_of(row: FolderFile, path: str) -> dict[str, str]:
    """The pictures of the folder that the text shows: where they stand in an export, and their kept names."""
    prefix = picture_key(row.folder, "")
    keys = list(row.uses.get("pictures", ()))
    found = (
        db.session.execute(select(FileSource.key, File.name).join(File).where(FileSource.key.in_(keys))) if keys else ()
    )
    before = path.removesuffix(row.source) if path.endswith(row.source) else ""
    return {before + key.removeprefix(prefix): name for key, name in found}
