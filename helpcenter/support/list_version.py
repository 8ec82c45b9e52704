"""An open list of the inbox asks every two seconds whether it stands as it did; when it last changed says that."""

from __future__ import annotations

from sqlalchemy import func, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Status


def now() -> str:
    """The version, as a tag of a page; with the minute, because the list tells in minutes who waits how long."""
    # A status at a time, because the index leads to the newest of each at once.
    newest = (
        select(func.max(Conversation.changed_at)).where(Conversation.status == status).scalar_subquery()
        for status in Status
    )
    moments = "-".join(
        str(int(one.timestamp() * 1_000_000)) if one else "" for one in db.session.execute(select(*newest)).one()
    )
    return f"inbox-{moments}-{clock.now():%H%M}"
