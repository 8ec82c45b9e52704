"""Pictures that were sent for a text that is still being written: shown soon, or forgotten after three days.

A studio's pictures do not wait: a draft or an old revision may show them at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, upsert
from helpcenter.files import file as files
from helpcenter.files.file import FileUse

WAITS = timedelta(days=3)
"""As long as what somebody wrote before they signed in."""
MOST_AT_ONCE = 500


class FileWaiting(Model):
    """A file that nothing shows, and since when. It has no row as soon as something does."""

    __tablename__ = "file_waiting"
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)


def wait(file_ids: Iterable[int]) -> None:
    """These are shown by nothing any more, or not yet; those that something shows do not wait. After begin_write()."""
    wanted = set(file_ids)
    shown = set(db.session.scalars(select(FileUse.file_id).where(FileUse.file_id.in_(wanted))))
    for file_id in sorted(wanted - shown):
        row = upsert(FileWaiting).values(file_id=file_id, since=clock.now())
        db.session.execute(row.on_conflict_do_update(index_elements=["file_id"], set_={"since": clock.now()}))


def settle(file_ids: Iterable[int]) -> None:
    """Something shows these now. To be called after begin_write()."""
    db.session.execute(delete(FileWaiting).where(FileWaiting.file_id.in_(list(file_ids))))


def forget_abandoned() -> int:
    """Delete what waited too long; how many. Their bytes go with the next sweep. Commits: a job."""
    old = select(FileWaiting.file_id).where(FileWaiting.since <= clock.now() - WAITS).limit(MOST_AT_ONCE)
    file_ids = list(db.session.scalars(old))
    if file_ids:
        begin_write()
        settle(file_ids)
        files.forget_unused(file_ids)
        db.session.commit()
    return len(file_ids)
