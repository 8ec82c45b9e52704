"""What the health of the test's site is, in short words."""

from __future__ import annotations

from helpcenter.articles.health.finding import Wanted, some
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.sentence import in_plain_letters, sentences
from helpcenter.core.db import db


def said(kind: Kind, **wanted: object) -> list[str]:
    """The sentences of a kind, as things are now."""
    db.session.rollback()
    return [in_plain_letters(one) for one in sentences(some(kind, Wanted(**wanted), None))]  # type: ignore[arg-type]


def found(kind: Kind, **wanted: object) -> list[tuple[str, int]]:
    """Title and line of each finding of a kind."""
    db.session.rollback()
    return [(one.title, one.line) for one in some(kind, Wanted(**wanted), None)]  # type: ignore[arg-type]
