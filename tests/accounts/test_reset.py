"""A forgotten password."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask.testing import FlaskClient

from helpcenter.accounts import user
from helpcenter.core import clock
from tests.accounts.letterbox import letters_to, newest_link
from tests.cast import PASSWORD, Cast, email_of

NEW = "quite another password"


def ask(browser: FlaskClient, name: str = "ben"):  # type: ignore[no-untyped-def]
    return browser.post("/reset", data={"email": email_of(name)})


def test_a_reset_sets_the_password_signs_in_and_ends_other_sessions(stranger: FlaskClient, cast: Cast) -> None:
    elsewhere = cast.browser("ben")
    ask(stranger)
    link = newest_link(email_of("ben"))
    assert stranger.get(link).status_code == 200
    assert elsewhere.get("/preferences").status_code == 200
    assert stranger.post(link, data={"password": NEW}).status_code == 303
    assert stranger.get("/preferences").status_code == 200
    assert elsewhere.get("/preferences").status_code == 303
    for typed, status in ((PASSWORD, 422), (NEW, 303)):
        assert elsewhere.post("/login", data={"email": email_of("ben"), "password": typed}).status_code == status
    assert "/reset" in letters_to(email_of("ben"))[-1].text


def test_a_link_works_once(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    ask(stranger)
    link = newest_link(email_of("ben"))
    stranger.post(link, data={"password": NEW})
    assert stranger.get(link).status_code == 410
    assert stranger.post(link, data={"password": "a third long password"}).status_code == 410


def test_a_link_ends_after_an_hour(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    ask(stranger)
    link = newest_link(email_of("ben"))
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        assert stranger.get(link).status_code == 410
        assert stranger.post(link, data={"password": NEW}).status_code == 410


def test_a_tampered_link_changes_nothing(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    ask(stranger)
    link = newest_link(email_of("ben"))
    for path in (
        link[:-9] + ("A" if link[-9] != "A" else "B") + link[-8:],
        link + "x",
        "/reset/x",
        "/confirm/" + link.split("/")[-1],
    ):
        assert stranger.post(path, data={"password": NEW}).status_code == 410
    assert stranger.post("/login", data={"email": email_of("ben"), "password": PASSWORD}).status_code == 303


def test_known_and_unknown_addresses_get_one_answer_and_each_a_letter(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    known, unknown = ask(stranger), ask(stranger, "nobody")
    assert (known.status_code, known.headers["Location"], known.data) == (
        unknown.status_code,
        unknown.headers["Location"],
        unknown.data,
    )
    assert "/reset/" in letters_to(email_of("ben"))[0].text
    (letter,) = letters_to(email_of("nobody"))
    assert "/reset/" not in letter.text and "/register" in letter.text


def test_a_weak_new_password_is_refused_and_the_link_still_works(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    ask(stranger)
    link = newest_link(email_of("ben"))
    for weak in ("short", email_of("ben"), "password123"):
        assert stranger.post(link, data={"password": weak}).status_code == 422
    assert stranger.post(link, data={"password": NEW}).status_code == 303


def test_a_reset_confirms_the_address_it_was_sent_to(stranger: FlaskClient) -> None:
    stranger.post("/register", data={"name": "Dora", "email": email_of("dora"), "password": PASSWORD})
    ask(stranger, "dora")
    stranger.post(newest_link(email_of("dora")), data={"password": NEW})
    assert user.by_email(email_of("dora")).is_confirmed  # type: ignore[union-attr]
