"""Asking the database for titles that hold words, where search can not be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

MOST_WORDS = 20


def holds_all(title: Any, words: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column of titles holds every one of the words, in any case; after twenty words no more are asked."""
    return and_(true(), *(_holds(title, word) for word in list(words)[:MOST_WORDS]))


def _holds(title: Any, word: str) -> ColumnElement[bool]:
    # SQLite folds the case of ASCII only, so other alphabets are asked for in the forms people write them in.
    forms = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    return or_(*(title.icontains(form, autoescape=True) for form in forms))
