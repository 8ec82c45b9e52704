"""`helpcenter people`."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import user
from helpcenter.accounts.role import Role
from helpcenter.cli import commands
from helpcenter.core.db import db
from tests.accounts.second_step import phone
from tests.cast import PASSWORD, Cast, email_of


def people(app: Flask, *words: str) -> Result:
    result = CliRunner().invoke(commands, ["people", *words], obj=app)
    db.session.rollback()
    return result


def test_a_person_is_added_with_roles_and_chooses_the_password(app: Flask, stranger: FlaskClient) -> None:
    result = people(app, "add", "Dora@example.org", "--name", "Dora", "--role", "editor", "--role", "agent")
    assert result.exit_code == 0, result.output
    link = urlsplit(result.output.strip()).path
    for typed in ("", PASSWORD, "nobody has this password"):
        assert stranger.post("/login", data={"email": "dora@example.org", "password": typed}).status_code == 422
    assert stranger.post(link, data={"password": PASSWORD}).status_code == 303
    dora = user.by_email("dora@example.org")
    assert dora is not None and dora.name == "Dora"
    assert user.roles_of([dora.id])[dora.id] == {Role.MEMBER, Role.EDITOR, Role.AGENT}


def test_an_account_is_added_once(app: Flask, cast: Cast) -> None:
    cast.id_of("ben")
    result = people(app, "add", "BEN@example.org")
    assert result.exit_code == 1 and "already" in result.output


@pytest.mark.parametrize(
    "words", [("add", "nonsense"), ("role", "ben@example.org", "king"), ("role", "x@example.org", "admin")]
)
def test_nonsense_is_refused(app: Flask, cast: Cast, words: tuple[str, ...]) -> None:
    cast.id_of("ben")
    assert people(app, *words).exit_code != 0


def test_a_role_is_given_and_taken(app: Flask, cast: Cast) -> None:
    ben_id = cast.id_of("ben")
    assert "admin" in people(app, "role", email_of("ben"), "admin").output
    assert people(app, "role", email_of("ben"), "editor").exit_code == 0
    assert people(app, "role", email_of("ben"), "editor", "--take").exit_code == 0
    assert user.roles_of([ben_id])[ben_id] == {Role.MEMBER, Role.ADMIN}
    refused = people(app, "role", email_of("ben"), "admin", "--take")
    assert refused.exit_code == 1 and user.has_admin()


@pytest.mark.parametrize("role", user.GIVEN_ROLES)
def test_every_role_that_is_given_on_the_web_is_given_here_too(app: Flask, cast: Cast, role: Role) -> None:
    ben_id = cast.id_of("ben")
    given = people(app, "role", email_of("ben"), role.value)
    assert given.exit_code == 0, given.output
    assert role in user.roles_of([ben_id])[ben_id]
    assert people(app, "list", "--role", role.value).output.startswith(email_of("ben"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Dora\n Dubois\t", "Dora Dubois"),
        ("Do\x07ra\u2028D.", "Do ra D."),
        ("Dora \udcff", "Dora"),
        ("\n", "dora"),
        ("D" * user.LONGEST_NAME, "D" * user.LONGEST_NAME),
    ],
)
def test_a_name_is_kept_as_a_form_keeps_it(app: Flask, typed: str, kept: str) -> None:
    result = people(app, "add", "dora@example.org", "--name", typed)
    assert result.exit_code == 0, result.output
    assert people(app, "list").output == f"dora@example.org\t{kept}\tmember\n"


def test_a_name_that_a_form_refuses_is_refused(app: Flask) -> None:
    result = people(app, "add", "dora@example.org", "--name", "D" * (user.LONGEST_NAME + 1))
    assert result.exit_code == 2 and f"at most {user.LONGEST_NAME} characters" in result.output
    assert user.by_email("dora@example.org") is None


@pytest.mark.parametrize("words", [("add",), ("link",), ("log-out",)])
def test_an_address_of_bytes_that_are_no_text_is_nobodys(app: Flask, words: tuple[str, ...]) -> None:
    result = people(app, *words, "dora\udcff@example.org")
    assert isinstance(result.exception, SystemExit) and result.exit_code in (1, 2)


def test_the_list_shows_whom_one_asks_for(app: Flask, cast: Cast) -> None:
    for name in ("ben", "ada", "root"):
        cast.id_of(name)
    assert len(people(app, "list").output.splitlines()) == 3
    assert people(app, "list", "--role", "editor").output.split("\t")[0] == email_of("ada")


def test_a_link_lets_a_locked_out_person_in(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    cast.id_of("root")
    link = urlsplit(people(app, "link", email_of("root")).output.strip()).path
    assert stranger.post(link, data={"password": "another long password"}).status_code == 303
    assert stranger.get("/settings/people").status_code == 200


def test_one_person_is_logged_out_everywhere_and_nobody_else(app: Flask, cast: Cast) -> None:
    ben, again, cleo = cast.browser("ben"), cast.browser("ben"), cast.browser("cleo")
    assert people(app, "log-out", email_of("ben")).exit_code == 0
    assert [one.get("/preferences").status_code for one in (ben, again, cleo)] == [303, 303, 200]


def test_everyone_is_logged_out_also_who_owes_the_second_step(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben, cleo, root = phone.given(cast, "ben"), cast.browser("cleo"), cast.browser("root")
    phone.half_in(stranger, "ben")
    assert people(app, "log-out", "--everyone").exit_code == 0
    assert [one.get("/preferences").status_code for one in (cleo, root)] == [303, 303]
    phone.type_code(stranger, app_of_ben.code())
    assert not phone.is_in(stranger)


@pytest.mark.parametrize("words", [(), ("ben@example.org", "--everyone"), ("nobody@example.org",)])
def test_who_is_logged_out_has_to_be_said(app: Flask, cast: Cast, words: tuple[str, ...]) -> None:
    ben = cast.browser("ben")
    assert people(app, "log-out", *words).exit_code != 0
    assert ben.get("/preferences").status_code == 200
