"""The search index: whether it can be read, belongs to this database, and keeps up with it."""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.core import subjects
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground
from helpcenter.search.state import state

REBUILD = "helpcenter search rebuild"


def index(_ground: Ground) -> Iterator[Finding]:
    """What is wrong with it."""
    now = state()
    if not _is_anything_there():
        # A site in which nobody wrote yet has no index.
        return
    if now.is_damaged:
        yield Finding(
            "search-damaged",
            f"The search index can not be used: {now.problem}",
            "Until it is built anew, search finds titles alone",
            "The job process does it by itself; at once:",
            REBUILD,
        )
    elif now.problem:
        yield Finding(
            "search-behind",
            f"{now.waiting} changes wait for the search index: {now.problem}",
            "What was published since is not found",
            "Look whether the job process runs (`helpcenter jobs list`); at once:",
            REBUILD,
        )
    elif not now.health.documents and not now.waiting:
        yield Finding(
            "search-empty",
            "The search index is empty, and the site is not",
            "Nothing is found",
            command=REBUILD,
        )


def _is_anything_there() -> bool:
    return any(kind.document_ids() for _, kind in subjects.kinds())
