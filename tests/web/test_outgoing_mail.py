from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import MailStatus, OutgoingMail
from tests.cast import Cast
from tests.conftest import Browser

LINK = "http://localhost/reset/a-token-for-ben"


def write(count: int = 1) -> int:
    """Letters to Ben; the id of the last."""
    begin_write()
    for number in range(count):
        mail.queue(
            "ben@example.org",
            f"Letter {number + 1}",
            f"Hello <Ben>,\nopen {LINK}\n",
            kind="reset",
            dedupe_key=f"reset:{number}",
        )
    db.session.commit()
    return db.session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id.desc())).first() or 0


def statuses(app: Flask) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail.status)))


def test_an_admin_reads_and_copies_a_letter_that_could_not_be_sent(app: Flask, cast: Cast) -> None:
    mail_id = write()
    admin = cast.browser("root")
    assert f"/settings/mail/{mail_id}" in admin.get("/settings/mail").text
    page = admin.get(f"/settings/mail/{mail_id}").text
    assert LINK in page
    assert "Hello &lt;Ben&gt;," in page
    assert '<copy-text data-from="letter-text"' in page


@pytest.mark.parametrize("name", ["ada", "sam", "ben", "mia"])
def test_nobody_else_reads_mail(app: Flask, cast: Cast, name: str) -> None:
    mail_id = write()
    browser = cast.browser(name)
    for path in ("/settings/mail", f"/settings/mail/{mail_id}"):
        answer = browser.get(path)
        assert answer.status_code == 403
        assert LINK not in answer.text
    assert browser.post(f"/settings/mail/{mail_id}/delivery").status_code == 403


def test_a_stranger_is_asked_to_sign_in(app: Flask, stranger: FlaskClient) -> None:
    assert stranger.get("/settings/mail").headers["Location"] == "/login?next=/settings/mail"


def test_a_letter_that_is_not_there_is_not_found(app: Flask, cast: Cast) -> None:
    assert cast.browser("root").get("/settings/mail/99").status_code == 404


def test_many_letters_are_paged(app: Flask, cast: Cast) -> None:
    write(60)
    admin = cast.browser("root")
    first = admin.get("/settings/mail").text
    assert ("Letter 60" in first, "Letter 11<" in first, "Letter 10<" in first) == (True, True, False)
    older = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    assert "Letter 10<" in admin.get(older).text


def test_without_a_server_there_is_nothing_to_send_with(app: Flask, cast: Cast) -> None:
    mail_id = write()
    admin = cast.browser("root")
    assert "delivery" not in admin.get(f"/settings/mail/{mail_id}").text
    admin.post(f"/settings/mail/{mail_id}/delivery")
    assert statuses(app) == [MailStatus.HELD]


def test_an_admin_sends_a_held_letter_once_there_is_a_server(app: Flask, settings: Settings, cast: Cast) -> None:
    mail_id = write()
    made = create_app(replace(settings, mail_server="mail.example.org"))
    made.test_client_class = Browser
    admin = Cast(made).browser("root")
    assert f"/settings/mail/{mail_id}/delivery" in admin.get(f"/settings/mail/{mail_id}").text
    assert admin.post(f"/settings/mail/{mail_id}/delivery").status_code == 303
    assert statuses(app) == [MailStatus.QUEUED]
    begin_write()
    db.session.execute(update(OutgoingMail).values(status=MailStatus.SENT))
    db.session.commit()
    admin.post(f"/settings/mail/{mail_id}/delivery")
    assert statuses(app) == [MailStatus.SENT]


def test_reading_mail_sends_none(app: Flask, cast: Cast) -> None:
    mail_id = write()
    assert cast.browser("root").get(f"/settings/mail/{mail_id}/delivery").status_code == 405
