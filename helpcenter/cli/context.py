"""How a command reaches the app."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask


@contextmanager
def reading_code() -> Iterator[None]:
    """Look for nothing to throw away while code is read, all of which stays; looking takes a fifth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def app_of(context: click.Context) -> Flask:
    """The app of this call: the one a test gave as `obj`, else made on the settings of the environment."""
    root = context.find_root()
    if root.obj is None:
        with reading_code():
            from helpcenter.app import create_app

            root.obj = create_app()
    app: Flask = root.obj
    return app


def with_app(function: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator for commands, below @click.command: run inside the context of the app.

    Where there is no site, or one that this release can not read yet, the command ends with that, and with what to do.
    """

    def run(*args: Any, **kwargs: Any) -> Any:
        with app_of(click.get_current_context()).app_context():
            try:
                return function(*args, **kwargs)
            except Exception as problem:
                if told := _unreadable(problem):
                    raise click.ClickException(told) from None
                raise

    return update_wrapper(run, function)


def _unreadable(problem: Exception) -> str:
    """What keeps a command from reading the database; '' when the problem is another."""
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from helpcenter.core import migration
    from helpcenter.core.db import db

    if not isinstance(problem, (OperationalError, ProgrammingError)):
        return ""
    db.session.rollback()
    try:
        with db.engine.connect() as connection:
            standing = migration.standing(connection)
    except OperationalError:
        return ""
    if standing.revision is None:
        return (
            f"there is no site in {_where()}. To work on another one, say where it is with HELPCENTER_DATA_DIR or "
            "HELPCENTER_DATABASE_URL; `helpcenter serve` makes a new one"
        )
    return "the database is of an older release. Run `helpcenter upgrade` first" if standing.waiting else ""


def _where() -> str:
    from flask import current_app
    from sqlalchemy import make_url

    settings = current_app.config["SETTINGS"]
    return str(settings.data_dir) if settings.is_sqlite else make_url(settings.database_url).render_as_string()
