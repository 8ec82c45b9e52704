"""A notice is for one person: no page that is kept for everybody may carry it."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from helpcenter.accounts import session, setup
from helpcenter.app import create_app
from tests.accounts.letterbox import newest_link
from tests.cast import PASSWORD, Cast, email_of


def test_a_notice_to_a_stranger_is_not_kept_in_a_public_page(cast: Cast, app: Flask, stranger: FlaskClient) -> None:
    cast.browser("ben").post("/preferences/email", data={"email": "new@example.org", "password": PASSWORD})
    stranger.post(newest_link("new@example.org"))
    assert stranger.get_cookie("hc_notice") is not None
    page, another = stranger.get("/en/"), app.test_client().get("/en/")
    assert page.status_code == another.status_code == 200
    assert "Your new address is in use" in page.text and "no-store" in page.headers["Cache-Control"]
    assert "Your new address is in use" not in another.text


def test_no_other_host_of_the_domain_plants_a_notice(app: Flask, settings: Settings) -> None:
    encrypted = create_app(replace(settings, base_url="https://help.example.org"))
    answer = encrypted.test_client().post("/logout", base_url="https://help.example.org")
    (notice,) = [one for one in answer.headers.getlist("Set-Cookie") if "hc_notice" in one]
    assert notice.startswith("__Host-hc_notice=")
    assert all(word in notice for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/")) and "Domain" not in notice


def test_a_notice_is_signed_as_everything_else_is(app: Flask) -> None:
    answer = app.test_client().post("/logout")
    (notice,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("hc_notice=")]
    signature = notice.split(";")[0].rsplit(".", 1)[1]
    assert len(urlsafe_b64decode(f"{signature}=")) == sha256().digest_size


def end_of(browser: FlaskClient, path: str, **data: str) -> str:
    """The page one stands on after sending a form."""
    return browser.post(path, data=data, follow_redirects=True).text


def test_nothing_that_signs_in_or_out_ends_without_a_word(cast: Cast, stranger: FlaskClient) -> None:
    cast.id_of("root")
    assert "You are logged out." in end_of(cast.browser("ben"), "/logout")
    ben = cast.browser("ben")
    (own,) = session.open_sessions(cast.id_of("ben"))
    assert "You are logged out." in end_of(ben, f"/preferences/sessions/{own.id}/end")
    assert "every browser, this one too" in end_of(cast.browser("ben"), "/preferences/sessions/end")
    stranger.post("/reset", data={"email": email_of("ben")})
    link = newest_link(email_of("ben"))
    assert "Your password has been changed" in end_of(stranger, link, password="quite another password")


def test_the_first_admin_is_welcomed(stranger: FlaskClient) -> None:
    path = urlsplit(setup.link() or "").path
    page = end_of(stranger, path, name="Root", email="root@example.org", password=PASSWORD)
    assert "Welcome, Root. Your account is ready" in page


def test_a_farewell_carries_no_notice_that_was_meant_for_the_person(cast: Cast) -> None:
    ben = cast.browser("ben")
    ben.post("/preferences", data={"name": "Ben", "locale": "", "theme": "auto", "time_zone": ""})
    assert "Your preferences have been saved" not in end_of(ben, "/logout")
