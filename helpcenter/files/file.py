"""A file: what was kept of an upload, under a random name. What shows it is a row of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db, upsert


class File(Model):
    """`bytes` counts what we keep; `original_sha256` is of what was sent, so that the same picture is kept once.

    `small_width` is the width in pixels of the smaller variant, None where there is none.
    """

    __tablename__ = "file"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    media_type: Mapped[str] = mapped_column(String(40))
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int | None]
    original_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]

    @property
    def url(self) -> str:
        """Where it is shown."""
        return f"/files/{self.name}"

    @property
    def small_url(self) -> str:
        """Where its smaller variant is shown; the picture itself when it has none."""
        return f"/files/small/{self.name}" if self.small_width else self.url


class FileUse(Model):
    """Something that readers see shows a file: `kind` and `subject_id` as in core.subjects, `part` like a language."""

    __tablename__ = "file_use"
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True, default="")


class FileSource(Model):
    """Where an imported file came from, such as a path in a folder, so that importing again finds it."""

    __tablename__ = "file_source"
    key: Mapped[str] = mapped_column(String(500), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), index=True)


def by_names(names: Iterable[str]) -> Mapping[str, File]:
    """The files that exist among these names."""
    return {file.name: file for file in db.session.scalars(select(File).where(File.name.in_(set(names))))}


def by_source(key: str) -> File | None:
    """What was last imported from there."""
    return db.session.scalar(select(File).join(FileSource).where(FileSource.key == key))


def say_source(key: str, file_id: int) -> None:
    """Say that a file is what stands under this key. To be called after begin_write()."""
    row = upsert(FileSource).values(key=key, file_id=file_id)
    db.session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"file_id": file_id}))


def show(names: Iterable[str], *, kind: str, subject_id: int, part: str = "") -> None:
    """Say which files a thing shows from now on, and forget those it showed before; to be called after begin_write().

    Names of no file are left out. Kind 'site' is for what everybody sees, such as the logo.
    """
    same_thing = FileUse.kind == kind, FileUse.subject_id == subject_id, FileUse.part == part
    db.session.execute(delete(FileUse).where(*same_thing))
    for file in by_names(names).values():
        db.session.add(FileUse(file_id=file.id, kind=kind, subject_id=subject_id, part=part))


def add_use(file_id: int, *, kind: str, subject_id: int) -> None:
    """Say that a thing shows one more file; nothing where it does. To be called after begin_write()."""
    row = upsert(FileUse).values(file_id=file_id, kind=kind, subject_id=subject_id, part="")
    db.session.execute(row.on_conflict_do_nothing())


def end_use(file_id: int, *, kind: str, subject_id: int) -> None:
    """Say that a thing no longer shows a file. To be called after begin_write()."""
    theirs = FileUse.file_id == file_id, FileUse.kind == kind, FileUse.subject_id == subject_id
    db.session.execute(delete(FileUse).where(*theirs))


def forget(kind: str, subject_ids: Iterable[int]) -> None:
    """Delete the files that these things show and nothing else does; their bytes go with the next sweep.

    To be called after begin_write().
    """
    theirs = FileUse.kind == kind, FileUse.subject_id.in_(list(subject_ids))
    file_ids = list(db.session.scalars(select(FileUse.file_id).where(*theirs)))
    db.session.execute(delete(FileUse).where(*theirs))
    forget_unused(file_ids)


def forget_unused(file_ids: Iterable[int]) -> None:
    """Delete those of these files that nothing shows. To be called after begin_write()."""
    shown = select(FileUse.file_id).where(FileUse.file_id == File.id).exists()
    db.session.execute(delete(File).where(File.id.in_(list(file_ids)), ~shown))
