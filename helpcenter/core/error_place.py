"""Which database an error came from: a command may be at work on two, and tells of the right one."""

from __future__ import annotations

from sqlalchemy import URL, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

_PLACE = "_helpcenter_place"


def listen(engine: Engine) -> None:
    """Let the errors of an engine remember its address."""
    event.listen(engine, "handle_error", _remember)


def of(problem: DBAPIError) -> URL | None:
    """The address of the database that something went wrong with; None where its engine is not one of ours."""
    found: URL | None = getattr(problem, _PLACE, None)
    return found


def _remember(context: ExceptionContext) -> None:
    if context.sqlalchemy_exception is not None and context.engine is not None:
        setattr(context.sqlalchemy_exception, _PLACE, context.engine.url)
