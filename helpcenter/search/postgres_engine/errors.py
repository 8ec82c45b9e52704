"""One name for what a database may answer instead of what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, TimeoutError

from helpcenter.search.engine import EngineDamaged, EngineUnavailable

# Connection lost, read only, deadlock, no resources, locked, stopped by somebody or by its time limit, disk: what the
# server refuses for now says nothing about the index. Source: the manual of PostgreSQL, appendix A.
_REFUSALS = ("08", "25", "40", "53", "55", "57", "58")


class IndexMoved(Exception):
    """The index was built anew while it was asked, so the answer may mix two of them; asking again helps."""


@contextmanager
def named_errors() -> Iterator[None]:
    """Raises EngineUnavailable where the server refuses for now, EngineDamaged for any other answer of the database."""
    try:
        yield
    except TimeoutError as error:
        raise EngineUnavailable("no connection to the database is free") from error
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        words = str(error.orig).partition("\n")[0]
        if state is None or state.startswith(_REFUSALS):
            raise EngineUnavailable(words) from error
        raise EngineDamaged(words) from error
