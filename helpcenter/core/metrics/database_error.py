"""Which kind an error of the database is, by its own code and never by its words."""

from __future__ import annotations

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from helpcenter.core.metrics import counter, counts

# https://www.sqlite.org/rescode.html, the first part of a code
_SQLITE = {5: "busy", 6: "busy", 13: "full", 14: "connection"}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: a class, or a whole code
_POSTGRESQL = {
    "08": "connection",
    "57": "connection",
    "40": "busy",
    "55P03": "busy",
    "53": "connection",
    "53100": "full",
}
_REFUSED = "23"
_PLACES = {kind: counter.DATABASE_FAILURES.place(number) for number, kind in enumerate(counter.DATABASE_ERRORS)}


def kind_of(problem: BaseException) -> str | None:
    """One of counter.DATABASE_ERRORS; None where the database only refuses a second row of what may be there once."""
    if type(problem).__name__ == "IntegrityError":
        return None
    code: int | None = getattr(problem, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF, "other")
    state: str | None = getattr(problem, "sqlstate", None)
    if state is None:
        # PostgreSQL was not reached: whoever does not answer gives no code.
        return "connection" if type(problem).__name__ == "OperationalError" else "other"
    if state.startswith(_REFUSED):
        return None
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2], "other")


def count(problem: BaseException) -> None:
    """Count an error of the database driver."""
    kind = kind_of(problem)
    if kind is not None:
        counts.here.add(_PLACES[kind])


def listen(engine: Engine) -> None:
    """Count the errors of an engine."""
    event.listen(engine, "handle_error", _handle)


def _handle(context: ExceptionContext) -> None:
    if context.sqlalchemy_exception is not None and isinstance(context.original_exception, Exception):
        count(context.original_exception)
