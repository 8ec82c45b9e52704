"""Registering and confirming."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.role import Role
from helpcenter.accounts.user import User
from helpcenter.core.db import db
from tests.accounts.letterbox import letters_to, link_in, newest_link
from tests.cast import PASSWORD, Cast, email_of

DORA = {"name": "Dora", "email": "dora@example.org", "password": PASSWORD}


def register(browser: FlaskClient, **changed: str):  # type: ignore[no-untyped-def]
    return browser.post("/register", data={**DORA, **changed})


def test_registering_confirming_and_being_signed_in(stranger: FlaskClient) -> None:
    assert register(stranger).status_code == 303
    assert "hc_session" not in str(stranger.get_cookie("hc_session"))
    link = newest_link("dora@example.org")
    page = stranger.get(link)
    assert page.status_code == 200 and "Dora" in page.text
    assert not user.by_email("dora@example.org").is_confirmed  # type: ignore[union-attr]
    assert stranger.post(link, data={"password": PASSWORD}).status_code == 303
    assert user.by_email("dora@example.org").is_confirmed  # type: ignore[union-attr]
    assert stranger.get("/preferences").status_code == 200


def test_opening_the_link_confirms_nothing(stranger: FlaskClient) -> None:
    register(stranger)
    stranger.get(newest_link("dora@example.org"))
    stranger.head(newest_link("dora@example.org"))
    assert stranger.post("/login", data=DORA).status_code == 422


def test_whoever_holds_the_link_without_the_password_gets_nowhere(stranger: FlaskClient) -> None:
    register(stranger)
    link = newest_link("dora@example.org")
    assert stranger.post(link, data={"password": "another long password"}).status_code == 422
    assert not user.by_email("dora@example.org").is_confirmed  # type: ignore[union-attr]


def test_confirming_twice_is_friendly_and_signs_nobody_in(stranger: FlaskClient, cast: Cast) -> None:
    register(stranger)
    link = newest_link("dora@example.org")
    stranger.post(link, data={"password": PASSWORD})
    stranger.post("/logout")
    for page in (stranger.get(link), stranger.post(link, data={"password": PASSWORD})):
        assert page.status_code == 200 and "/login" in page.text
    assert stranger.get("/preferences").status_code == 303


def test_the_last_to_register_an_unconfirmed_address_names_the_password(stranger: FlaskClient) -> None:
    register(stranger, name="Mallory", password="the password of mallory")
    first_link = newest_link("dora@example.org")
    register(stranger)
    assert stranger.get(first_link).status_code == 410
    assert stranger.post(newest_link("dora@example.org"), data={"password": PASSWORD}).status_code == 303
    assert db.session.scalars(select(User.name)).all() == ["Dora"]


def test_a_known_address_gets_the_same_answer_and_another_letter(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    unknown, known = register(stranger), register(stranger, email="BEN@example.ORG", name="Mallory")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.data == unknown.data and known.headers.getlist("Set-Cookie") == unknown.headers.getlist("Set-Cookie")
    (letter,) = letters_to(email_of("ben"))
    assert "/login" in letter.text and "/confirm/" not in letter.text
    assert user.by_email(email_of("ben")).name == "Ben"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": " \u200b\n "},
        {"name": "x" * 81},
        {"email": "dora"},
        {"email": "dora@example.org\nBcc: all@example.org"},
        {"password": "short"},
        {"password": "dora@example.org"},
    ],
)
def test_a_refused_form_keeps_its_words_and_writes_nothing(stranger: FlaskClient, changed: dict[str, str]) -> None:
    page = register(stranger, **changed)
    assert page.status_code == 422 and 'aria-invalid="true"' in page.text
    assert "Dora" in page.text or "name" in changed
    assert PASSWORD not in page.text
    assert db.session.scalars(select(User)).all() == []


def test_only_the_named_fields_are_taken(stranger: FlaskClient) -> None:
    register(stranger, roles="admin", confirmed_at="2020-01-01", is_confirmed="1", id="77")
    dora = user.by_email("dora@example.org")
    assert dora is not None and dora.id != 77 and not dora.is_confirmed
    assert user.roles_of([dora.id])[dora.id] == {Role.MEMBER}


def test_letters_carry_the_address_of_the_settings_whatever_the_host_says(stranger: FlaskClient) -> None:
    stranger.post("/register", data=DORA, headers={"Host": "evil.example"})
    (letter,) = letters_to("dora@example.org")
    assert "http://localhost/confirm/" in letter.text and "evil.example" not in letter.text


def test_what_one_was_about_to_do_is_kept_through_the_letter(stranger: FlaskClient) -> None:
    stranger.post("/register?next=/en/search?q=a%26b", data=DORA)
    answer = stranger.post(newest_link("dora@example.org"), data={"password": PASSWORD})
    assert answer.headers["Location"] == "/en/search?q=a&b"
    stranger.post("/logout")
    stranger.post("/register?next=//evil.example", data={**DORA, "email": "eve@example.org"})
    assert "evil.example" not in letters_to("eve@example.org")[0].text


def test_a_name_stays_on_one_line(stranger: FlaskClient) -> None:
    register(stranger, name="Dora\r\nthe\tFish\u202e")
    assert db.session.scalars(select(User.name)).all() == ["Dora the Fish"]


def test_the_letter_to_an_unconfirmed_address_carries_no_words_of_a_stranger(stranger: FlaskClient) -> None:
    register(stranger, name="Win a prize at evil.example")
    (letter,) = letters_to("dora@example.org")
    assert "evil.example" not in letter.text + letter.subject


def test_whoever_confirms_is_welcomed_and_led_on(stranger: FlaskClient) -> None:
    register(stranger, name="Dora & <b>Co</b>")
    page = stranger.post(newest_link("dora@example.org"), data={"password": PASSWORD}, follow_redirects=True)
    assert "Welcome, Dora &amp; &lt;b&gt;Co&lt;/b&gt;. Your address is confirmed" in page.text
    assert '<a href="/preferences">Choose your language' in page.text
    assert "Welcome" not in stranger.get("/en/").text


def test_the_welcome_speaks_the_language_of_the_registration(stranger: FlaskClient) -> None:
    stranger.post("/register?lang=es", data=DORA)
    page = stranger.post(newest_link("dora@example.org"), data={"password": PASSWORD}, follow_redirects=True)
    assert "Hola, Dora. Tu dirección está confirmada" in page.text and 'lang="es"' in page.text


def test_registering_twice_says_the_same_each_time_and_the_newer_letter_leads_in(stranger: FlaskClient) -> None:
    first, second = (stranger.post("/register", data=DORA, follow_redirects=True) for _ in range(2))
    assert first.text == second.text and "Check your email" in second.text
    older, newer = letters_to("dora@example.org")
    assert stranger.get(link_in(newer)).status_code == 200
    assert stranger.get(link_in(older)).status_code == 410


def test_the_link_of_somebody_who_is_in_already_asks_nothing_more_of_them(stranger: FlaskClient) -> None:
    register(stranger)
    link = newest_link("dora@example.org")
    stranger.post(link, data={"password": PASSWORD})
    page = stranger.get(link).text
    assert "you are logged in" in page and "/login" not in page
