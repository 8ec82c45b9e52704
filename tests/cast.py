"""The people of every test: Ada edits, Sam is an agent, Ben asks, Cleo answers, Mia moderates, Root runs the site."""

from __future__ import annotations

from functools import cache

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import password, session, user
from helpcenter.accounts.role import Role
from helpcenter.accounts.viewer import Viewer
from helpcenter.core.db import begin_write, db, is_writing
from helpcenter.core.page_store import SESSION_COOKIE

ROLES: dict[str, frozenset[Role]] = {
    "ada": frozenset({Role.MEMBER, Role.EDITOR}),
    "sam": frozenset({Role.MEMBER, Role.AGENT}),
    "ben": frozenset({Role.MEMBER}),
    "cleo": frozenset({Role.MEMBER}),
    "mia": frozenset({Role.MEMBER, Role.MODERATOR}),
    "root": frozenset({Role.MEMBER, Role.ADMIN}),
}
PASSWORD = "a long enough password"


class Cast:
    """Gives each person's user id, viewer and signed-in browser; a person is made when first named.

    Naming somebody new commits, except inside a transaction begun by begin_write(): then it joins that one.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._ids: dict[str, int] = {}

    def id_of(self, name: str) -> int:
        """The user id of a person of the cast."""
        if name not in self._ids:
            joins = is_writing(db.session())
            if not joins:
                begin_write()
            self._ids[name] = _add(name)
            if not joins:
                db.session.commit()
        return self._ids[name]

    def viewer(self, name: str) -> Viewer:
        """The person as a view sees them, signed in nowhere."""
        return Viewer(
            id=self.id_of(name), name=name.title(), email=email_of(name), roles=ROLES[name], is_confirmed=True
        )

    def browser(self, name: str) -> FlaskClient:
        """A browser in which the person is signed in, through a session of its own."""
        user_id = self.id_of(name)
        begin_write()
        cookie = session.start(user_id, "a test")
        db.session.commit()
        client = self._app.test_client()
        client.set_cookie(SESSION_COOKIE, cookie)
        return client


def email_of(name: str) -> str:
    """The address of a person of the cast."""
    return f"{name}@example.org"


def _add(name: str) -> int:
    person = user.add(name.title(), email_of(name), _password_hash(), is_confirmed=True)
    for role in ROLES[name] - {Role.MEMBER}:
        user.give_role(person.id, role, by=None)
    return person.id


@cache
def _password_hash() -> str:
    return password.hashed(PASSWORD)
