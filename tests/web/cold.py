"""What makes every kept page an old one."""

from __future__ import annotations

from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db


def grow_cold() -> None:
    """Something readers can see has changed."""
    begin_write()
    content_changed()
    db.session.commit()
