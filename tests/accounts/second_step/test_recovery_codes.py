"""Recovery codes: each works once, and whoever has the password gets new ones."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.second_step import half_sign_in, recovery_code
from helpcenter.core.db import begin_write, db
from tests.accounts.letterbox import letters_to
from tests.accounts.second_step import phone
from tests.cast import PASSWORD, Cast, email_of

PATH = "/preferences/recovery-codes"


def test_a_code_of_the_sheet_lets_in_once_and_its_owner_is_told(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    sheet = phone.given(cast, "ben").sheet
    phone.half_in(stranger, "ben")
    typed = sheet[0].upper().replace("-", " ")
    assert phone.type_recovery_code(stranger, typed).status_code == 303
    assert "You have 9 recovery codes left." in stranger.get("/preferences").text
    letter = letters_to(email_of("ben"))[-1]
    assert letter.subject == "A recovery code for Help Center was used" and "9 are left." in letter.text
    assert "Make new ones" not in letter.text
    second = app.test_client()
    phone.half_in(second, "ben")
    again = phone.type_recovery_code(second, sheet[0])
    assert again.status_code == 422 and not phone.is_in(second)
    assert phone.type_recovery_code(second, sheet[1]).status_code == 303


def test_whoever_has_few_left_is_told_to_make_new_ones(app: Flask, cast: Cast) -> None:
    sheet = phone.given(cast, "ben").sheet
    for one in sheet[:7]:
        browser = app.test_client()
        phone.half_in(browser, "ben")
        phone.type_recovery_code(browser, one)
    assert "3 recovery codes left." in browser.get("/preferences").text
    letter = letters_to(email_of("ben"))[-1].text
    assert "3 are left." in letter and "http://localhost/preferences/recovery-codes" in letter
    assert "You have few recovery codes" in browser.get("/preferences/second-step").text


def test_an_empty_field_is_told_and_is_no_try(cast: Cast, stranger: FlaskClient) -> None:
    sheet = phone.given(cast, "ben").sheet
    phone.half_in(stranger, "ben")
    for _try in range(half_sign_in.MOST_TRIES + 1):
        answer = phone.type_recovery_code(stranger, " ")
        assert answer.status_code == 422 and "Type the code." in answer.text
    assert phone.type_recovery_code(stranger, sheet[0]).status_code == 303 and phone.is_in(stranger)


def test_the_page_says_how_many_are_left_before_new_ones_are_made(cast: Cast) -> None:
    ben, sheet = cast.browser("ben"), phone.given(cast, "ben").sheet
    begin_write()
    assert recovery_code.use(cast.id_of("ben"), sheet[0])
    db.session.commit()
    page = ben.get(PATH)
    assert (
        page.status_code == 200
        and "9 of your recovery codes can still be used." in page.text
        and phone.sheet_on(page.text) == ()
    )


def test_the_sheet_of_somebody_else_opens_nothing(cast: Cast, stranger: FlaskClient) -> None:
    phone.given(cast, "ben")
    of_cleo = phone.given(cast, "cleo").sheet
    phone.half_in(stranger, "ben")
    assert phone.type_recovery_code(stranger, of_cleo[0]).status_code == 422


def test_new_codes_end_those_before(cast: Cast) -> None:
    ben, before, user_id = cast.browser("ben"), phone.given(cast, "ben").sheet, cast.id_of("ben")
    assert ben.post(PATH, data={"password": "not the password"}).status_code == 422
    assert recovery_code.are_of(user_id, list(before))
    page = ben.post(PATH, data={"password": PASSWORD})
    after = phone.sheet_on(page.text)
    assert (
        len(after) == 10 and recovery_code.are_of(user_id, list(after)) and "no-store" in page.headers["Cache-Control"]
    )
    assert not recovery_code.are_of(user_id, [before[0]])
    assert letters_to(email_of("ben"))[-1].subject == "New recovery codes for Help Center"


def test_the_codes_are_saved_as_a_file_from_the_page_that_shows_them(cast: Cast) -> None:
    ben, sheet = cast.browser("ben"), phone.given(cast, "ben").sheet
    file = ben.post(f"{PATH}/file", data={"code": list(sheet)})
    assert file.headers["Content-Disposition"] == "attachment; filename=recovery-codes.txt"
    assert file.mimetype == "text/plain" and "no-store" in file.headers["Cache-Control"]
    assert [line for line in file.text.splitlines() if line in sheet] == list(sheet)


@pytest.mark.parametrize("codes", [[], ["<script>alert(1)</script>"]])
def test_no_file_holds_what_is_no_code_of_the_person(cast: Cast, codes: list[str]) -> None:
    ben, of_cleo = cast.browser("ben"), phone.given(cast, "cleo").sheet
    sheet = phone.given(cast, "ben").sheet
    assert ben.post(f"{PATH}/file", data={"code": codes}).status_code == 404
    assert ben.post(f"{PATH}/file", data={"code": [sheet[0], of_cleo[0]]}).status_code == 404
    begin_write()
    recovery_code.use(cast.id_of("ben"), sheet[0])
    db.session.commit()
    assert ben.post(f"{PATH}/file", data={"code": [sheet[0]]}).status_code == 404
