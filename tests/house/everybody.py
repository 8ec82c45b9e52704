"""Everybody of the cast, each signed in: made once in a run, and put back in three statements for each route walked.

Making them anew for each of some hundred routes took a third of the walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, insert, select, text

from helpcenter.accounts import session
from helpcenter.accounts.session import UserSession
from helpcenter.accounts.user import User, UserRole
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from tests.cast import ROLES, Cast

TABLES = tuple(cast(Table, model.__table__) for model in (User, UserRole, UserSession))


@dataclass(frozen=True)
class Kept:
    """The rows of everybody, and what the cookie of each holds."""

    ids: dict[str, int]
    cookies: dict[str, str]
    rows: dict[str, list[dict[str, Any]]]


class Everybody(Cast):
    """A cast that is all there. `standing` is a browser with the session that was put back."""

    def __init__(self, app: Flask, kept: Kept) -> None:
        super().__init__(app)
        self._ids.update(kept.ids)
        self._cookies = kept.cookies

    def standing(self, name: str | None) -> FlaskClient:
        """A new browser in which the person is signed in; nobody for None."""
        client = self._app.test_client()
        if name:
            client.set_cookie(SESSION_COOKIE, self._cookies[name])
        return client


def put_back(app: Flask) -> Everybody:
    """Everybody on tables that are empty. To be called within the app's context."""
    kept = _made(app)
    begin_write()
    for table in TABLES:
        db.session.execute(insert(table), kept.rows[table.name])
        if db.engine.dialect.name == "postgresql" and "id" in table.c:
            last = f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), (SELECT max(id) FROM \"{table.name}\"))"
            db.session.execute(text(last))
    db.session.commit()
    return Everybody(app, kept)


@cache
def _made(app: Flask) -> Kept:
    """Make them, read their rows, and leave nobody behind."""
    people = Cast(app)
    ids = {name: people.id_of(name) for name in ROLES}
    begin_write()
    cookies = {name: session.start(user_id, "a test") for name, user_id in ids.items()}
    db.session.commit()
    rows = {table.name: [dict(row) for row in db.session.execute(select(table)).mappings()] for table in TABLES}
    begin_write()
    for table in reversed(TABLES):
        db.session.execute(table.delete())
    db.session.commit()
    return Kept(ids, cookies, rows)
