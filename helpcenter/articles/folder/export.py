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
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder import canonical, kept_settings, lock, topic_files
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.front_matter import FrontMatter
from helpcenter.articles.folder.layout import TOPIC_FILE, Layout, Place
from helpcenter.articles.folder.publishing import batches
from helpcenter.articles.folder.record import Folder, FolderFile, FolderTopic
from helpcenter.articles.folder.report import Outcome, Progress, Report, silent
from helpcenter.articles.folder.sync import FolderRefused, folder_name
from helpcenter.articles.folder.taking import in_sync
from helpcenter.articles.references import picture_key, targets_of
from helpcenter.articles.revision import Revision
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import references
from helpcenter.files import storage
from helpcenter.files.file import File, FileSource
from helpcenter.topics.topic import Topic, TopicText

NOT_IMPORTED = "changed here and not imported yet; it stays as it is"


@dataclass(frozen=True)
class Exported:
    """An edition with the file it becomes. `is_same` when that is the text it came from."""

    row: FolderFile | None
    edition: Edition
    revision: Revision
    place: Place
    text: str
    values: FrontMatter
    pictures: dict[str, str]
    is_same: bool


def export_folder(directory: Path, name: str = "", progress: Progress = silent) -> Report:
    """Write every published edition and every topic into a folder. Commits. Raises FolderRefused, lock.Busy."""
    directory = directory.resolve()
    name = folder_name(directory, name)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderRefused(f"{directory} can not be made: {error.strerror}") from None
    report = Report()
    with lock.held():
        _know(directory, name)
        places = _places()
        ids = sorted(places)
        for done, batch in enumerate(batches(ids), start=1):
            exported = _exported(batch, places)
            kept = [one for one in exported if _write(directory, one, report)]
            _remember(kept, name)
            progress("writing", min(done * 100, len(ids)), len(ids))
        _export_topics(directory, name, report)
    return report


def _know(directory: Path, name: str) -> None:
    begin_write()
    folder = db.session.get(Folder, name) or Folder(name=name, directory=str(directory))
    folder.seen_at = clock.now()
    db.session.add(folder)
    db.session.commit()


def _places() -> dict[int, Place]:
    """The place of every published edition: its file's, its article's in another language, or one of its own."""
    rows = db.session.execute(
        select(Edition.id, Edition.article_id, Edition.locale, Edition.slug, Article.topic_id, FolderFile.below)
        .join(Article, Article.id == Edition.article_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        .where(Edition.status == Status.PUBLISHED)
        .order_by(Edition.id)
    ).all()
    topics = {topic.id: topic for topic in db.session.scalars(select(Topic))}
    first = site.current().default_locale
    below: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: (row.below is None, row.locale != first, row.id)):
        below.setdefault(row.article_id, row.below or "")
    taken = {(row.locale, row.below) for row in db.session.execute(select(FolderFile.locale, FolderFile.below))}
    places: dict[int, Place] = {}
    for row in sorted(rows, key=lambda row: (row.below is None, row.locale != first, row.id)):
        shared = (
            row.below
            or below[row.article_id]
            or _free(_own_place(topics[row.topic_id], topics, row.slug), row.article_id, taken)
        )
        below[row.article_id] = shared
        taken.add((row.locale, shared))
        places[row.id] = Layout().place(f"{row.locale}/{shared}")
    return places


def _own_place(topic: Topic, topics: dict[int, Topic], slug: str) -> str:
    folders = [topics[topic.parent_id].key, topic.key] if topic.parent_id else [topic.key]
    return "/".join([*folders, slug])


def _free(path: str, article_id: int, taken: set[tuple[str, str]]) -> str:
    is_taken = any(below == f"{path}.md" for _, below in taken)
    return f"{path}-{article_id}.md" if is_taken else f"{path}.md"


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
    paths = _paths(places)
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
        exported.append(Exported(row, edition, revision, places[edition.id], text, written.values, pictures, is_same))
    return exported


def _paths(places: dict[int, Place]) -> dict[str, dict[int, str]]:
    """For each language, where the file of each article stands: in that language, else in any."""
    rows = db.session.execute(select(Edition.id, Edition.article_id).where(Edition.status == Status.PUBLISHED)).all()
    known = [(article_id, places[edition_id]) for edition_id, article_id in rows if edition_id in places]
    anywhere = {article_id: place.path for article_id, place in known}
    locales = {place.locale for _, place in known}
    return {
        locale: {**anywhere, **{article_id: place.path for article_id, place in known if place.locale == locale}}
        for locale in locales
    }


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
    same_place = files.order is None or files.order == article.position
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


def _write(directory: Path, one: Exported, report: Report) -> bool:
    """Whether the file of an edition is now as exported. Its pictures are written where none stand yet."""
    path, target = one.place.path, directory / one.place.path
    if not _is_within(directory, target):
        report.findings.append(Finding(path, 0, "a link leads out of the folder here"))
        return False
    data = one.text.encode()
    there = target.read_bytes() if target.is_file() else None
    if there is not None and there != data and not _is_known(there, one):
        report.add(path, Outcome.CONFLICT)
        report.findings.append(Finding(path, 0, NOT_IMPORTED, Level.WARNING))
        return False
    report.add(path, Outcome.UNCHANGED if there == data else Outcome.EXPORTED)
    if there != data:
        _put(target, data)
    for place, name in one.pictures.items():
        _put_picture(directory, place, name, report)
    return True


def _is_known(there: bytes, one: Exported) -> bool:
    return one.row is not None and sha256(there).hexdigest() == one.row.sha256


def _put_picture(directory: Path, place: str, name: str, report: Report) -> None:
    target = directory / place
    if target.exists() or not _is_within(directory, target):
        return
    try:
        _put(target, storage.path_of(name).read_bytes())
    except OSError as error:
        report.findings.append(Finding(place, 0, f"the picture can not be written: {error.strerror}"))


def _is_within(directory: Path, target: Path) -> bool:
    return target.resolve().is_relative_to(directory)


def _put(target: Path, data: bytes) -> None:
    """Written beside and renamed, so that a file is never half there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.name}.new")
    scratch.write_bytes(data)
    scratch.replace(target)


def _remember(exported: list[Exported], name: str) -> None:
    """Keep what the files of this folder say now, so that an import later sees which side changed."""
    begin_write()
    for one in exported:
        row = one.row or FolderFile(edition_id=one.edition.id, folder=name, uses={}, is_waiting=False)
        if one.is_same or row.folder != name or row.is_foreign:
            continue
        db.session.add(row)
        row.source, row.locale, row.below = one.place.path, one.place.locale, one.place.below
        row.revision_id, row.text, row.sha256 = one.revision.id, one.text, sha256(one.text.encode()).hexdigest()
        row.settings, row.missing_since = one.values.settings, None
    db.session.commit()


def _export_topics(directory: Path, name: str, report: Report) -> None:
    topics = {topic.id: topic for topic in db.session.scalars(select(Topic))}
    known = {(row.locale, row.below): row for row in db.session.scalars(select(FolderTopic))}
    texts = db.session.execute(
        select(TopicText.topic_id, TopicText.locale).order_by(TopicText.topic_id, TopicText.locale)
    ).all()
    written = []
    for topic_id, locale in texts:
        topic = topics[topic_id]
        parts = [topics[topic.parent_id].key, topic.key] if topic.parent_id else [topic.key]
        below = "/".join([*parts, TOPIC_FILE])
        text = topic_files.exported(topic, locale, known.get((locale, below)))
        if _write_topic(directory, f"{locale}/{below}", text, known.get((locale, below)), report):
            written.append((topic_id, locale, below, text))
    _remember_topics(written, known, name)


def _write_topic(directory: Path, path: str, text: str, row: FolderTopic | None, report: Report) -> bool:
    target, data = directory / path, text.encode()
    if not _is_within(directory, target):
        return False
    there = target.read_bytes() if target.is_file() else None
    if there is not None and there != data and (row is None or sha256(there).hexdigest() != row.sha256):
        report.add(path, Outcome.CONFLICT)
        report.findings.append(Finding(path, 0, NOT_IMPORTED, Level.WARNING))
        return False
    report.add(path, Outcome.UNCHANGED if there == data else Outcome.EXPORTED)
    if there != data:
        _put(target, data)
    return True


def _remember_topics(
    written: list[tuple[int, str, str, str]], known: dict[tuple[str, str], FolderTopic], name: str
) -> None:
    begin_write()
    for topic_id, locale, below, text in written:
        row = known.get((locale, below)) or FolderTopic(
            folder=name, source=f"{locale}/{below}", locale=locale, below=below
        )
        if row.folder == name and row.text != text:
            row.topic_id, row.text, row.sha256 = topic_id, text, sha256(text.encode()).hexdigest()
            db.session.add(row)
    db.session.commit()
