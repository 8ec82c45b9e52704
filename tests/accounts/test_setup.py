"""The link that makes the first admin."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import setup, user
from helpcenter.accounts.role import Role
from helpcenter.accounts.setup import SetupLink
from helpcenter.core.db import db
from tests.cast import PASSWORD, Cast

FIRST = {"name": "Root", "email": "root@example.org", "password": PASSWORD}


def path_of_link() -> str:
    link = setup.link()
    assert link is not None and link.startswith("http://localhost/setup/")
    return urlsplit(link).path


def test_the_first_admin_is_made_and_signed_in(stranger: FlaskClient) -> None:
    path = path_of_link()
    assert stranger.get(path).status_code == 200
    assert stranger.post(path, data=FIRST).status_code == 303
    assert stranger.get("/settings/people").status_code == 200
    root = user.by_email("root@example.org")
    assert root is not None and root.is_confirmed
    assert user.roles_of([root.id])[root.id] == {Role.MEMBER, Role.ADMIN}


def test_a_link_works_once(stranger: FlaskClient) -> None:
    path = path_of_link()
    stranger.post(path, data=FIRST)
    stranger.post("/logout")
    assert stranger.get(path).status_code == 404
    assert stranger.post(path, data={**FIRST, "email": "eve@example.org"}).status_code == 404
    assert setup.link() is None


def test_another_start_makes_another_link_and_ends_the_first(stranger: FlaskClient) -> None:
    first, second = path_of_link(), path_of_link()
    assert first != second
    assert stranger.get(first).status_code == 404 and stranger.get(second).status_code == 200


def test_with_an_admin_there_is_no_link(stranger: FlaskClient, cast: Cast) -> None:
    path = path_of_link()
    cast.id_of("root")
    assert stranger.get(path).status_code == 404 and stranger.post(path, data=FIRST).status_code == 404
    assert setup.link() is None
    assert db.session.scalars(select(SetupLink)).all() == []


def test_an_editor_is_not_enough_to_end_it(cast: Cast) -> None:
    cast.id_of("ada")
    assert setup.link()


def test_the_link_is_not_in_the_table(cast: Cast) -> None:
    token = path_of_link().split("/")[-1]
    assert token not in db.session.scalars(select(SetupLink.token_hash)).all()[0]


def test_a_refused_form_leaves_the_link_alive(stranger: FlaskClient) -> None:
    path = path_of_link()
    assert stranger.post(path, data={**FIRST, "password": "short"}).status_code == 422
    assert stranger.get(path).status_code == 200 and not user.has_admin()


def test_a_guessed_link_is_no_page(stranger: FlaskClient) -> None:
    assert stranger.get("/setup/guess").status_code == 404
    path_of_link()
    assert stranger.get("/setup/guess").status_code == 404
