"""What an article was made from, and whom readers thank for it."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects


@dataclass(frozen=True)
class Credit:
    """The title and address of what it was made from, and whoever wrote that."""

    title: str
    url: str
    author: subjects.Author


def credit(kind: str | None, origin_id: int | None, viewer: Viewer, locale: str) -> Credit | None:
    """What to say of the origin to this viewer; None without one, or where they may not see it."""
    if kind is None or origin_id is None:
        return None
    origin = subjects.subject(kind)
    author = origin.authors([origin_id], locale).get(origin_id)
    if author is None or origin_id not in origin.visible([origin_id], viewer, locale):
        return None
    return Credit(origin.titles([origin_id], locale)[origin_id], origin.url(origin_id, locale), author)
