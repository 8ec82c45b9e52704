"""Taking one's data along, and leaving."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, gettext
from sqlalchemy import Table, select, text

from helpcenter.accounts import erasure, user
from helpcenter.accounts.names import names_of
from helpcenter.accounts.notifications import mailing
from helpcenter.accounts.user import User
from helpcenter.core import clock, mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from tests.cast import PASSWORD, Cast, email_of
from tests.community.posts import put_comment, put_question


def test_the_export_holds_the_account_and_no_secret(cast: Cast) -> None:
    browser = cast.browser("ben")
    cast.id_of("cleo")
    answer = browser.get("/preferences/export")
    held = json.loads(answer.text)["user"]
    assert (held["name"], held["email"], held["roles"]) == ("Ben", email_of("ben"), ["member"])
    assert [one["browser"] for one in held["sessions"]] == ["a test"]
    assert "argon2" not in answer.text and "cleo" not in answer.text
    assert "attachment" in answer.headers["Content-Disposition"] and "no-store" in answer.headers["Cache-Control"]


def test_an_erased_person_is_gone_and_their_row_says_former_member(
    cast: Cast, app: Flask, stranger: FlaskClient
) -> None:
    here, there, ben_id = cast.browser("ben"), cast.browser("ben"), cast.id_of("ben")
    stranger.post("/reset", data={"email": email_of("ben")})
    assert here.post("/preferences/erasure", data={"password": PASSWORD}).status_code == 303
    assert there.get("/preferences").status_code == 303
    assert stranger.post("/login", data={"email": email_of("ben"), "password": PASSWORD}).status_code == 422
    db.session.rollback()
    row = db.session.execute(select(User).where(User.id == ben_id)).scalar_one()
    with app.test_request_context():
        assert row.shown_name == "former member" and names_of([ben_id]) == {ben_id: "former member"}
    assert user.by_id(ben_id) is None and user.by_email(email_of("ben")) is None and user.by_email("") is None
    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_nothing_of_an_erased_person_stays_in_the_tables_of_people(cast: Cast) -> None:
    browser = cast.browser("ben")
    browser.post("/preferences/email", data={"email": "second.ben@example.org", "password": PASSWORD})
    browser.post("/preferences/erasure", data={"password": PASSWORD})
    rows = [
        str(row)
        for table in ("user", "user_session", "user_role", "outgoing_mail")
        for row in db.session.execute(text(f'SELECT * FROM "{table}"'))
    ]
    assert len(rows) == 1 and "ben" not in rows[0].lower() and "argon2" not in rows[0]


def test_the_name_of_an_erased_person_stands_nowhere_any_more(app: Flask, cast: Cast) -> None:
    cleo, ben = cast.browser("cleo"), cast.browser("ben")
    cleo.post("/preferences", data={"name": "Cleo <Zanzibar>", "locale": "en", "theme": "auto", "time_zone": ""})
    asked = put_question(cast)
    cleo.post(f"/en/questions/{asked}/answers", data={"text": "Look behind the clock, there it hangs."})
    ben.post(f"/en/questions/{asked}/answers", data={"text": "I found it there, thank you all."})
    put_comment(cast, asked, "cleo")
    with clock.moved(clock.now() + timedelta(hours=2)):
        mailing.send_due()
    named = [table.name for table in db.metadata.sorted_tables if "Zanzibar" in everything_in(table)]
    assert {"user", "outgoing_mail"} <= set(named)
    cleo.post("/preferences/erasure", data={"password": PASSWORD})
    db.session.rollback()
    assert [table.name for table in db.metadata.sorted_tables if "Zanzibar" in everything_in(table)] == []
    assert "former member" in everything_in(db.metadata.tables["outgoing_mail"])


def test_a_letter_keeps_every_word_that_only_begins_like_the_name(app: Flask) -> None:
    begin_write()
    mail.queue(
        "a@example.org", "Ben asked", "Ben's Benefit, Ruben & <Ben>", kind="test", dedupe_key="1", html="Ben &lt;"
    )
    mail.forget_name("Ben", "somebody")
    mail.forget_name("", "nobody")
    db.session.commit()
    letter = db.session.scalars(select(OutgoingMail)).one()
    told = (letter.subject, letter.text, letter.html)
    assert told == ("somebody asked", "somebody's Benefit, Ruben & <somebody>", "somebody &lt;")


def everything_in(table: Table) -> str:
    return "\n".join(str(tuple(row)) for row in db.session.execute(select(table)))


def test_the_address_is_free_again(cast: Cast, stranger: FlaskClient) -> None:
    cast.browser("ben").post("/preferences/erasure", data={"password": PASSWORD})
    stranger.post("/register", data={"name": "Ben the second", "email": email_of("ben"), "password": PASSWORD})
    assert user.by_email(email_of("ben")).id != cast.id_of("ben")  # type: ignore[union-attr]


def test_whoever_is_gone_is_erased_and_exported_without_a_trace(cast: Cast) -> None:
    ben = cast.id_of("ben")
    for _ in range(2):
        begin_write()
        erasure.erase(ben)
        db.session.commit()
    assert dict(erasure.export_user(ben)) == {} == dict(erasure.export_user(999))


def test_two_people_can_be_erased(cast: Cast) -> None:
    for name in ("ben", "cleo"):
        assert cast.browser(name).post("/preferences/erasure", data={"password": PASSWORD}).status_code == 303


def test_erasing_needs_the_password(cast: Cast) -> None:
    browser = cast.browser("ben")
    assert browser.post("/preferences/erasure", data={"password": "wrong"}).status_code == 422
    assert browser.get("/preferences").status_code == 200


def test_the_only_admin_stays(cast: Cast) -> None:
    root = cast.browser("root")
    assert root.post("/preferences/erasure", data={"password": PASSWORD}).status_code == 422
    assert root.get("/settings/people").status_code == 200


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Your account is erased"),
        ("es", "Tu cuenta está eliminada"),
        ("ru", "Ваш аккаунт удалён"),
        ("ar", "مُحي حسابك"),
    ],
)
def test_whoever_leaves_is_told_what_is_gone_and_what_stays(cast: Cast, code: str, words: str) -> None:
    ben = cast.browser("ben")
    ben.post("/preferences", data={"name": "Ben", "locale": code, "theme": "auto", "time_zone": ""})
    page = ben.post("/preferences/erasure", data={"password": PASSWORD}, follow_redirects=True)
    assert page.status_code == 200 and f"<h1>{words}</h1>" in page.text and f'lang="{code}"' in page.text
    with ben.application.test_request_context(), force_locale(code):
        assert gettext("former member") in page.text
    assert "Ben" not in page.text and email_of("ben") not in page.text


def test_a_browser_whose_account_is_erased_keeps_no_cookie(cast: Cast) -> None:
    ben = cast.browser("ben")
    ben.set_cookie("hc_visitor", "a" * 32)
    ben.post("/preferences/erasure", data={"password": PASSWORD})
    assert [ben.get_cookie(name) for name in ("hc_session", "hc_visitor", "hc_notice")] == [None] * 3


def test_nor_does_one_on_a_site_with_https(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ben, safe = app.test_client(), replace(app.config["SETTINGS"], base_url="https://localhost")
    session_cookie = cast.browser("ben").get_cookie("hc_session")
    assert session_cookie is not None
    ben.set_cookie("__Host-hc_session", session_cookie.value)
    monkeypatch.setitem(app.config, "SETTINGS", safe)
    gone = ben.post("/preferences/erasure", data={"password": PASSWORD}).headers.getlist("Set-Cookie")
    for name in ("__Host-hc_session", "__Host-hc_visitor"):
        # A browser takes nothing under such a name that is not secure, not even its end.
        (one,) = [line for line in gone if line.startswith(f"{name}=")]
        assert "Secure" in one and "Max-Age=0" in one and "Path=/" in one


def test_the_page_of_farewell_tells_nobody_who_stays_that_they_left(cast: Cast) -> None:
    answer = cast.browser("ben").get("/preferences/erased")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/preferences/erasure")
