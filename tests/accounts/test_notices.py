"""A notice is for one person: no page that is kept for everybody may carry it."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.letterbox import newest_link
from tests.cast import PASSWORD, Cast


def test_a_notice_to_a_stranger_is_not_kept_in_a_public_page(cast: Cast, app: Flask, stranger: FlaskClient) -> None:
    cast.browser("ben").post("/preferences/email", data={"email": "new@example.org", "password": PASSWORD})
    stranger.post(newest_link("new@example.org"))
    assert stranger.get_cookie("hc_notice") is not None
    page, another = stranger.get("/en/"), app.test_client().get("/en/")
    assert page.status_code == another.status_code == 200
    assert "Your new address counts" in page.text and "no-store" in page.headers["Cache-Control"]
    assert "Your new address counts" not in another.text
