"""Every letter, in the language of its reader."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import get_locale

from helpcenter.accounts import letters, user
from helpcenter.accounts.user import User
from helpcenter.core import locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from tests.accounts.letterbox import letters_to
from tests.cast import Cast

NEW = "new@example.org"


def write_all(person: User) -> None:
    letters.confirm(person)
    letters.known_already(person)
    letters.reset(person)
    letters.password_changed(person)
    letters.confirm_new_address(person)
    letters.address_taken(person)
    letters.address_changed(person, "old@example.org")
    letters.unknown_address("nobody@example.org")


@pytest.fixture
def person(app: Flask, cast: Cast) -> User:
    ben_id = cast.id_of("ben")
    begin_write()
    person = user.by_id(ben_id)
    assert person is not None
    person.new_email, person.locale = NEW, "ar"
    db.session.flush()
    return person


def test_every_letter_has_a_subject_a_text_and_a_way_on(app: Flask, person: User) -> None:
    with app.test_request_context():
        write_all(person)
        db.session.commit()
    written = [one for to in (person.email, NEW, "old@example.org", "nobody@example.org") for one in letters_to(to)]
    assert len({one.kind for one in written}) == 8
    for one in written:
        assert 5 < len(one.subject) < 120 and "%(" not in one.subject + one.text and "&#" not in one.text
        assert one.kind == "accounts_address_changed" or re.search(r"^http://localhost/\S+$", one.text, re.MULTILINE)
        assert "\n\n\n" not in one.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_letter_speaks_its_language_and_the_page_keeps_its_own(app: Flask, code: str) -> None:
    with app.test_request_context("/login?lang=ru"):
        assert (locale.current(), str(get_locale())) == ("ru", "ru")
        with letters.in_language(code):
            assert (locale.current(), str(get_locale())) == (code, code)
        assert (locale.current(), str(get_locale())) == ("ru", "ru")


def test_a_name_is_written_as_it_is(app: Flask, person: User) -> None:
    person.name = "Zoë <b>& Co"
    with app.test_request_context():
        letters.reset(person)
        db.session.commit()
    assert "Zoë <b>& Co" in letters_to(person.email)[0].text


@pytest.mark.parametrize("path", ["/register/sent", "/reset/sent"])
@pytest.mark.parametrize("server", ["", "mail.example.org"])
def test_nobody_waits_for_a_letter_that_can_not_be_sent(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, server: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_server=server))
    page = app.test_client().get(path).text
    assert ("cannot send mail yet" in page, "We have sent an email" in page) == (not server, bool(server))
