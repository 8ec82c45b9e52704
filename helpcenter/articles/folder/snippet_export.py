"""Exporting snippets: a file for each language a snippet has words in, byte for byte the one it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from helpcenter.articles.folder import canonical
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.record import FolderSnippet
from helpcenter.articles.folder.snippet_place import place_of
from helpcenter.articles.folder.target import Target
from helpcenter.articles.references import local, picture_key, picture_keys
from helpcenter.articles.snippets.snippet import Snippet, SnippetText, stamp
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, references
from helpcenter.files.file import File, FileSource
from helpcenter.files.shown import names_in


@dataclass(frozen=True)
class _Written:
    locale: str
    name: str
    path: str
    text: str
    said: str


def export_snippets(target: Target, folder: str, layout: Layout, places: Mapping[str, Mapping[int, str]]) -> None:
    """Write the file of every snippet in every language, and remember those of this folder. Commits.

    `places` are the paths of articles, by language and id.
    """
    known = {(row.locale, row.name): row for row in db.session.scalars(select(FolderSnippet))}
    rows = db.session.execute(
        select(Snippet.name, SnippetText.locale, SnippetText.text)
        .join(Snippet, Snippet.id == SnippetText.snippet_id)
        .order_by(Snippet.name, SnippetText.locale)
    ).all()
    anywhere: Mapping[int, str] = next(iter(places.values()), {})
    written = []
    for name, locale, said in rows:
        row = known.get((locale, name))
        path = _path(row, folder, layout) or layout.snippet_source(locale, name)
        if path is None:
            continue
        is_same = row is not None and row.said == stamp(said)
        text = (
            row.text
            if row is not None and is_same
            else canonical.linked(said, path, places.get(locale, anywhere)) + "\n"
        )
        if not target.write(path, text, row.sha256 if row else ""):
            continue
        for beside, kept in _pictures(said, row).items():
            target.write_picture(beside, kept)
        written.append(_Written(locale, name, path, text, stamp(said)))
    _remember(written, folder)


def _path(row: FolderSnippet | None, folder: str, layout: Layout) -> str | None:
    """The file that a snippet has in this folder, whatever its suffix; None where it has none, as in a part of one."""
    if row is None or row.folder != folder or place_of(row.source, layout) != (row.locale, row.name):
        return None
    return row.source


def _pictures(said: str, row: FolderSnippet | None) -> dict[str, str]:
    """The pictures that a snippet shows: where they stand in an export, and their kept names."""
    found = {canonical.picture_path(name): name for name in names_in(said)}
    if row is None:
        return found
    try:
        images = references(said).images
    except MarkdownRefused:
        return found
    keys = [key for href in local(images, row.source_path) for key in picture_keys(href, row.source_path)]
    if keys:
        kept = db.session.execute(select(FileSource.key, File.name).join(File).where(FileSource.key.in_(keys)))
        found |= {key.removeprefix(picture_key(row.folder, "")): name for key, name in kept}
    return found


def _remember(written: list[_Written], folder: str) -> None:
    begin_write()
    known = {(row.locale, row.name): row for row in db.session.scalars(select(FolderSnippet))}
    for one in written:
        row = known.get((one.locale, one.name))
        if row is None:
            row = FolderSnippet(folder=folder, source=one.path, locale=one.locale, name=one.name)
        elif row.folder != folder or row.text == one.text:
            continue
        row.text, row.sha256, row.said = one.text, sha256(one.text.encode()).hexdigest(), one.said
        db.session.add(row)
    db.session.commit()
