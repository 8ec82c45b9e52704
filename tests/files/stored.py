"""Does to stored files what only time or an accident does: lets them grow old, or loses them."""

from __future__ import annotations

import os
import time
from datetime import timedelta

from sqlalchemy import delete, func, update

from helpcenter.core.db import begin_write, db
from helpcenter.files import storage
from helpcenter.files.folder_store import ORPHAN_SECONDS, FolderStore
from helpcenter.files.table_store import ORPHAN_AGE, FileContent


def age_everything() -> None:
    """Let what is stored have lain there for more than a day."""
    place = storage.store()
    if isinstance(place, FolderStore):
        long_ago = time.time() - ORPHAN_SECONDS - 60
        for path in place.root.rglob("*"):
            os.utime(path, (long_ago, long_ago))
        return
    begin_write()
    db.session.execute(update(FileContent).values(stored_at=func.now() - ORPHAN_AGE - timedelta(minutes=1)))
    db.session.commit()


def lose(name: str) -> None:
    """Lose the bytes of a file that still has its row."""
    place = storage.store()
    if isinstance(place, FolderStore):
        place.path_of(name).unlink()
        return
    begin_write()
    db.session.execute(delete(FileContent).where(FileContent.name == name))
    db.session.commit()
