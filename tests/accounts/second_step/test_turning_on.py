"""Turning it on and off, and what is kept of it."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from helpcenter.accounts import user
from helpcenter.accounts.second_step import recovery_code, second_step, shared_key, ticket
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from tests.accounts.letterbox import letters_to
from tests.accounts.second_step import phone
from tests.cast import PASSWORD, Cast, email_of


def acts() -> list[tuple[str, int | None, int | None]]:
    db.session.rollback()
    rows = db.session.scalars(
        select(JournalEntry).where(JournalEntry.act.like("%second_step%")).order_by(JournalEntry.id)
    )
    return [(row.act, row.by_id, row.subject_id) for row in rows]


def test_a_code_of_the_app_turns_it_on_and_ends_every_other_session(cast: Cast) -> None:
    here, there, ben = cast.browser("ben"), cast.browser("ben"), cast.id_of("ben")
    app_of_ben, given = phone.begun(here)
    assert not second_step.is_on(ben)
    page = phone.confirm(here, given, app_of_ben.code())
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    sheet = phone.sheet_on(page.text)
    assert len(sheet) == len(set(sheet)) == 10
    assert second_step.is_on(ben) and recovery_code.are_of(ben, list(sheet))
    assert phone.is_in(here) and not phone.is_in(there)
    assert [letter.subject for letter in letters_to(email_of("ben"))] == ["Two-step login for Help Center is on"]
    assert acts() == [("second_step_on", ben, ben)]
    shown = here.get("/preferences/second-step").text
    assert "It has been on since" in shown and "10 of 10 are left" in shown and sheet[0] not in shown


def test_the_code_that_turned_it_on_does_not_log_in(cast: Cast, stranger: FlaskClient) -> None:
    here = cast.browser("ben")
    app_of_ben, given = phone.begun(here)
    phone.confirm(here, given, app_of_ben.code())
    phone.half_in(stranger, "ben")
    assert phone.type_code(stranger, app_of_ben.code()).status_code == 422
    assert phone.type_code(stranger, app_of_ben.code(+1)).status_code == 303


def test_it_needs_the_password(cast: Cast) -> None:
    ben = cast.browser("ben")
    answer = ben.post("/preferences/second-step/key", data={"password": "not the password"})
    assert answer.status_code == 422 and "shared-key" not in answer.text


def test_a_wrong_first_code_keeps_the_same_key(cast: Cast) -> None:
    ben = cast.browser("ben")
    app_of_ben, given = phone.begun(ben)
    answer = phone.confirm(ben, given, app_of_ben.wrong_code())
    assert answer.status_code == 422 and given in answer.text
    assert app_of_ben.key in answer.text.replace(" ", "")
    assert phone.confirm(ben, given, app_of_ben.code()).status_code == 200


def test_an_empty_first_code_is_told_and_keeps_the_same_key(cast: Cast) -> None:
    ben = cast.browser("ben")
    app_of_ben, given = phone.begun(ben)
    answer = phone.confirm(ben, given, " ")
    assert answer.status_code == 422 and "Type the code." in answer.text
    assert given in answer.text and app_of_ben.key in answer.text.replace(" ", "")


def test_a_phone_whose_clock_is_wrong_is_told_so(cast: Cast) -> None:
    ben = cast.browser("ben")
    app_of_ben, given = phone.begun(ben)
    assert (
        "This code was right 2 minutes ago. Is your phone’s clock right?"
        in phone.confirm(ben, given, app_of_ben.code(-4)).text
    )
    assert "This code will only be right in 1 minute." in phone.confirm(ben, given, app_of_ben.code(+2)).text
    assert not second_step.is_on(cast.id_of("ben"))


def test_a_page_of_somebody_else_or_of_yesterday_turns_nothing_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    app_of_ben, given = phone.begun(ben)
    assert phone.confirm(cleo, given, app_of_ben.code()).status_code == 303
    assert phone.confirm(ben, given + "x", app_of_ben.code()).status_code == 303
    monkeypatch.setattr(ticket, "LIFETIME_SECONDS", -1)
    late = phone.confirm(ben, given, app_of_ben.code())
    assert "took longer than half an hour" in ben.get(late.location).text
    assert not second_step.is_on(cast.id_of("ben")) and not second_step.is_on(cast.id_of("cleo"))


def test_a_new_password_ends_what_was_begun_with_the_old_one(cast: Cast) -> None:
    ben = cast.browser("ben")
    app_of_ben, given = phone.begun(ben)
    ben.post("/preferences/password", data={"current": PASSWORD, "password": "another long password"})
    assert phone.confirm(ben, given, app_of_ben.code()).status_code == 303
    assert not second_step.is_on(cast.id_of("ben"))


def test_turning_it_on_twice_keeps_the_first_app(cast: Cast) -> None:
    ben = cast.browser("ben")
    (first, one), (second, two) = phone.begun(ben), phone.begun(ben)
    phone.confirm(ben, one, first.code())
    assert phone.confirm(ben, two, second.code()).status_code == 303
    row = second_step.of(cast.id_of("ben"))
    begin_write()
    assert row and second_step.check(row, first.code(+1)).verdict.value == "right"
    db.session.rollback()


def test_whoever_has_it_on_gets_no_other_key(cast: Cast) -> None:
    ben = cast.browser("ben")
    phone.given(cast, "ben")
    answer = ben.post("/preferences/second-step/key", data={"password": PASSWORD})
    assert answer.status_code == 303 and answer.location == "/preferences/second-step"


def test_the_picture_holds_the_address_and_no_inline_style(app: Flask) -> None:
    shared = shared_key.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "ana@example.org", "Acme: مركز المساعدة")
    parts = urlsplit(shared.address)
    said = parse_qs(parts.query)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert said == {"secret": ["ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"], "issuer": ["Acme مركز المساعدة"]}
    assert shared.letters == "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567"
    assert shared.picture.startswith("<svg") and "style" not in shared.picture and "<script" not in shared.picture


def test_the_table_alone_makes_no_code(cast: Cast) -> None:
    app_of_ben = phone.given(cast, "ben")
    rows = str(
        [
            tuple(row)
            for table in ("second_step", "recovery_code")
            for row in db.session.execute(text(f"SELECT * FROM {table}"))
        ]
    )
    assert app_of_ben.key not in rows and not any(
        one in rows or one.replace("-", "") in rows for one in app_of_ben.sheet
    )


def test_it_is_turned_off_with_password_and_code(cast: Cast, stranger: FlaskClient) -> None:
    ben, app_of_ben = cast.browser("ben"), phone.given(cast, "ben")
    path, user_id = "/preferences/second-step/off", cast.id_of("ben")
    for form in (
        {"password": PASSWORD},
        {"password": PASSWORD, "code": app_of_ben.wrong_code()},
        {"password": "not the password", "code": app_of_ben.code()},
    ):
        assert ben.post(path, data=form).status_code == 422
    assert second_step.is_on(user_id)
    assert ben.post(path, data={"password": PASSWORD, "code": app_of_ben.code()}).status_code == 303
    assert not second_step.is_on(user_id) and recovery_code.left(user_id) == 0
    assert letters_to(email_of("ben"))[-1].subject == "Two-step login for Help Center is off"
    assert acts()[-1] == ("second_step_off", user_id, user_id)
    assert phone.half_in(stranger, "ben").location == "/" and phone.is_in(stranger)


def test_a_recovery_code_turns_it_off_as_well(cast: Cast) -> None:
    ben, app_of_ben = cast.browser("ben"), phone.given(cast, "ben")
    ben.post("/preferences/second-step/off", data={"password": PASSWORD, "code": app_of_ben.sheet[3]})
    assert not second_step.is_on(cast.id_of("ben"))


def test_whoever_comes_from_the_product_is_led_to_a_password_first(cast: Cast) -> None:
    ben, user_id = cast.browser("ben"), cast.id_of("ben")
    begin_write()
    person = user.by_id(user_id)
    assert person
    person.password_hash = ""
    db.session.commit()
    page = ben.get("/preferences/second-step").text
    assert "have no password here" in page and "/reset" in page


def test_the_export_says_that_it_is_on_and_no_secret(cast: Cast) -> None:
    ben, app_of_ben = cast.browser("ben"), phone.given(cast, "ben")
    answer = ben.get("/preferences/export").text
    held = json.loads(answer)["user"]["second_step"]
    assert held["recovery_codes_left"] == 10 and set(held) == {"turned_on_at", "recovery_codes_left"}
    row = second_step.of(cast.id_of("ben"))
    assert row and row.key_salt not in answer and row.key_mark not in answer and app_of_ben.key not in answer


def test_nothing_of_it_stays_of_an_erased_person(cast: Cast, stranger: FlaskClient) -> None:
    ben = cast.browser("ben")
    phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    assert ben.post("/preferences/erasure", data={"password": PASSWORD}).status_code == 303
    for table in ("second_step", "recovery_code", "half_sign_in"):
        assert db.session.execute(text(f"SELECT * FROM {table}")).all() == []


def test_the_pages_of_the_preferences_lead_there(cast: Cast) -> None:
    ben = cast.browser("ben")
    assert "/preferences/second-step" in ben.get("/preferences").text
    for path in ("/preferences/second-step/off", "/preferences/recovery-codes"):
        assert ben.get(path).location == "/preferences/second-step"


def test_a_key_is_valid_for_long(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben = phone.given(cast, "ben")
    with clock.moved(clock.now() + timedelta(days=4000)):
        phone.half_in(stranger, "ben")
        assert phone.type_code(stranger, app_of_ben.code()).status_code == 303
