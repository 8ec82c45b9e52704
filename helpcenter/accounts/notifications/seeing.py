"""Whoever opens what they were told of, in whatever way, has read it."""

from __future__ import annotations

from helpcenter.accounts.notifications import notification
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.subjects import Viewer

ACTS = frozenset({"viewed", "answer_seen"})


def seen(act: str, subject: tuple[str, int] | None) -> None:
    """The page of a subject says that it is shown. To be called after begin_write()."""
    viewer: Viewer = current_viewer()
    if act in ACTS and subject is not None and viewer.id is not None and viewer.unread:
        notification.read(viewer.id, notification.is_about(subject))
