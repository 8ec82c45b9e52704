"""Removing a row about search words. The page one comes back to offers the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from werkzeug.wrappers import Response

from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.search.expectation import Expectation
from helpcenter.search.pin import PinRow
from helpcenter.search.synonym import SynonymRow
from helpcenter.search.views import removed
from helpcenter.search.views.blueprint import editor
from helpcenter.search.views.index import to_index

Row = TypeVar("Row", SynonymRow, PinRow, Expectation)


def found(table: type[Row], row_id: int) -> Row:
    """The row. Raises NotFound."""
    row = db.session.get(table, row_id)
    if row is None:
        raise NotFound
    return row


def destroy(table: type[Row], row_id: int, remove: Callable[[Row], None]) -> Response:
    """Remove a row, commit, and lead back to the page of its language. Raises NotFound."""
    editor()
    begin_write()
    row = found(table, row_id)
    language = row.locale
    removed.keep(row)
    remove(row)
    db.session.commit()
    return to_index(language, removed=1)
