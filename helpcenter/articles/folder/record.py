"""What is known of the files of each folder: which edition a file became, and what it said then.

A place (language and path below it) is one article whatever folder it came from. The folder's name decides only which
deleted files count as deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.layout import LONGEST_SOURCE
from helpcenter.articles.importers.imported_article import FOLDERS
from helpcenter.core.db import Model, db
from helpcenter.core.markdown.snippets import LONGEST_NAME as LONGEST_SNIPPET

LONGEST_NAME = 80


class Folder(Model):
    """A folder that was imported or exported; `directory` is where it lay the last time."""

    __tablename__ = "folder"
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    directory: Mapped[str] = mapped_column(String(1000))
    seen_at: Mapped[datetime]


class FolderFile(Model):
    """A file and its edition.

    `source` is the path within the folder, `below` the path in our tree below the language. `sha256` and `text` are of
    the bytes last taken in or written out, `revision_id` is what they said. `settings` are the front matter's values
    for the whole article; `uses` holds what the text points to: {"missing": […], "pictures": […]}.
    `is_waiting` until the revision is published; `missing_since` while the file is deleted.
    """

    __tablename__ = "folder_file"
    __table_args__ = (UniqueConstraint("folder", "source"), UniqueConstraint("locale", "below"))
    id: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(ForeignKey("folder.name", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
    locale: Mapped[str] = mapped_column(String(5))
    below: Mapped[str] = mapped_column(String(LONGEST_SOURCE), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), unique=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text, deferred=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    uses: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_foreign: Mapped[bool] = mapped_column(default=False)
    is_waiting: Mapped[bool] = mapped_column(default=True, index=True)
    missing_since: Mapped[datetime | None]

    @property
    def path(self) -> str:
        """The path in our tree."""
        return f"{self.locale}/{self.below}"

    @property
    def source_path(self) -> str:
        """Where its links start from, as `articles.references` reads it."""
        return f"{self.folder}/{self.source}"


class FolderTopic(Model):
    """A file that describes a topic, with what it said when it was last taken in or written out."""

    __tablename__ = "folder_topic"
    __table_args__ = (UniqueConstraint("folder", "source"), UniqueConstraint("locale", "below"))
    id: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(ForeignKey("folder.name", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
    locale: Mapped[str] = mapped_column(String(5))
    below: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)


class FolderSnippet(Model):
    """A file that holds what a snippet says in a language, with what it said when it was last taken in or written out.

    `said` is the stamp of what the snippet said then: another one tells that it was changed on the web since.
    """

    __tablename__ = "folder_snippet"
    __table_args__ = (UniqueConstraint("folder", "source"), UniqueConstraint("locale", "name"))
    id: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(ForeignKey("folder.name", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
    locale: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(LONGEST_SNIPPET))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(String(16))

    @property
    def source_path(self) -> str:
        """Where its links start from, as `articles.references` reads it."""
        return f"{self.folder}/{self.source}"


def file_of(edition_id: int) -> FolderFile | None:
    """The file that an edition came from, or was written to; None for one that never was in a folder."""
    return db.session.scalar(select(FolderFile).where(FolderFile.edition_id == edition_id))


def source_path_of(edition_id: int) -> str | None:
    """Where the links of an edition start from: to be given to `rendering.rendered` whenever its text is rendered."""
    found = file_of(edition_id)
    return found.source_path if found else None


def is_managed(edition_id: int) -> bool:
    """Whether a file that is still there speaks for this edition, so that writing here makes two sides of it.

    What moved here from another help center is written here from then on.
    """
    found = file_of(edition_id)
    return found is not None and found.missing_since is None and found.folder not in FOLDERS


def in_sync(row: FolderFile, edition: Edition) -> bool:
    """Whether nobody changed the edition on the web since its file spoke last."""
    if edition.latest_revision_id != row.revision_id:
        return False
    if row.missing_since is not None:
        return edition.status == Status.ARCHIVED
    if row.settings.get("is_draft") and not row.is_waiting:
        # Written as a draft, as other help centers keep some, and not published here either.
        return edition.status == Status.DRAFT
    return row.is_waiting or (edition.published_revision_id == row.revision_id and edition.status == Status.PUBLISHED)


def snippet_paths(name: str) -> dict[str, str]:
    """Where the links of a snippet start from, by language, as far as it lies in a folder."""
    rows = db.session.scalars(select(FolderSnippet).where(FolderSnippet.name == name))
    return {row.locale: row.source_path for row in rows}
