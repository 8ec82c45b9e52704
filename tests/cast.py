"""The people of every test: Ada edits, Sam answers customers, Ben asks, Cleo answers, Mia moderates, Root runs the site."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.role import Role

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
    """Gives each person's user id, viewer and signed-in browser; a person is made when first named."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._ids: dict[str, int] = {}

    # The accounts package fills this in: id_of(name), viewer(name), browser(name) -> FlaskClient.
