"""Taking a picture in: the slow part first, then a row inside the write."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.core import clock, worker
from helpcenter.core.db import begin_write, db, upsert
from helpcenter.files import header, storage
from helpcenter.files.file import File, say_source
from helpcenter.files.picture import MEDIA_TYPE, SMALL_WIDTH, PictureRefused, Reason

ENCODING_SECONDS = 20.0


@dataclass(frozen=True)
class Prepared:
    """A picture whose bytes are kept under `name` and whose row is still to come. Sizes in pixels and bytes."""

    name: str
    original_sha256: str
    bytes: int
    width: int
    height: int
    small_width: int | None


def prepare(data: bytes, *, apart: str = "", keeps_plain: bool = False) -> Prepared | File:
    """Check, re-encode and store a picture; a File when the very same one is here already.

    `apart` is a word under which it is kept apart from the same picture elsewhere, so that it can be taken away alone.
    With `keeps_plain` a picture that was kept like this before stays byte for byte, for what an export wrote.
    Slow: to be called before begin_write(). Raises PictureRefused, or OSError when the disk takes no more.
    """
    digest = hashlib.sha256(apart.encode() + data).hexdigest()
    known = db.session.scalar(select(File).where(File.original_sha256 == digest))
    if known is not None:
        return known
    kind = header.checked(data).kind
    try:
        encode = "helpcenter.files.reencoding:encode"
        encoded = worker.call(encode, data, kind, keeps_plain=keeps_plain, seconds=ENCODING_SECONDS)
    except worker.WorkerTimedOut:
        raise PictureRefused(Reason.TOO_SLOW) from None
    except worker.WorkerDied:
        raise PictureRefused(Reason.BROKEN) from None
    name = storage.new_name()
    storage.write(name, encoded.data)
    if encoded.small is not None:
        storage.write(name, encoded.small, small=True)
    small_width = SMALL_WIDTH if encoded.small is not None else None
    return Prepared(name, digest, len(encoded.data), encoded.width, encoded.height, small_width)


def keep(prepared: Prepared | File, *, by: int | None, source_key: str | None = None) -> File:
    """Write the row of a prepared picture; to be called after begin_write(). `by` is a user id.

    `source_key` says where it was imported from. When somebody sent the same picture meanwhile, theirs is kept.
    """
    file = prepared if isinstance(prepared, File) else _insert(prepared, by)
    if source_key is not None:
        say_source(source_key, file.id)
    return file


def _insert(prepared: Prepared, by: int | None) -> File:
    row = upsert(File).values(
        name=prepared.name,
        media_type=MEDIA_TYPE,
        bytes=prepared.bytes,
        width=prepared.width,
        height=prepared.height,
        small_width=prepared.small_width,
        original_sha256=prepared.original_sha256,
        owner_id=by,
        created_at=clock.now(),
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["original_sha256"]))
    return db.session.scalars(select(File).where(File.original_sha256 == prepared.original_sha256)).one()


def store_picture(data: bytes, *, by: int | None, source_key: str | None = None, keeps_plain: bool = False) -> File:
    """Take a picture in by one write of its own, and commit it. Raises PictureRefused, OSError."""
    prepared = prepare(data, keeps_plain=keeps_plain)
    begin_write()
    file = keep(prepared, by=by, source_key=source_key)
    db.session.commit()
    return file
