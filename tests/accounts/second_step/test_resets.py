"""Somebody has lost phone and sheet: an admin, or whoever has the machine, lets them in again."""

from __future__ import annotations

from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts.second_step import second_step
from helpcenter.cli import commands
from helpcenter.core.db import db
from helpcenter.core.journal import JournalEntry
from tests.accounts.letterbox import letters_to
from tests.accounts.second_step import phone
from tests.cast import Cast, email_of


def reset(browser: FlaskClient, user_id: int) -> int:
    return browser.post(f"/settings/people/{user_id}/second-step/reset").status_code


def noted() -> list[tuple[int | None, int | None]]:
    db.session.rollback()
    rows = db.session.scalars(select(JournalEntry).where(JournalEntry.act == "second_step_reset"))
    return [(row.by_id, row.subject_id) for row in rows]


def test_an_admin_resets_anothers_and_they_are_told(cast: Cast, stranger: FlaskClient) -> None:
    root, ben, ben_id = cast.browser("root"), cast.browser("ben"), cast.id_of("ben")
    phone.given(cast, "ben")
    assert "Reset two-step login" in root.get(f"/settings/people/{ben_id}").text
    assert reset(root, ben_id) == 303
    assert not second_step.is_on(ben_id) and not phone.is_in(ben)
    assert noted() == [(cast.id_of("root"), ben_id)]
    assert letters_to(email_of("ben"))[-1].subject == "Two-step login for Help Center was reset"
    assert phone.half_in(stranger, "ben").location == "/" and phone.is_in(stranger)


def test_a_half_log_in_of_before_is_over(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben = phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    reset(cast.browser("root"), cast.id_of("ben"))
    assert phone.type_code(stranger, app_of_ben.code()).location == "/login?lang=en" and not phone.is_in(stranger)


def test_an_admin_does_not_reset_their_own(cast: Cast) -> None:
    root, root_id = cast.browser("root"), cast.id_of("root")
    phone.given(cast, "root")
    assert reset(root, root_id) == 403 and second_step.is_on(root_id)
    page = root.get(f"/settings/people/{root_id}").text
    assert "Reset two-step login" not in page and "/preferences/second-step" in page


def test_what_was_off_is_not_noted(cast: Cast) -> None:
    assert reset(cast.browser("root"), cast.id_of("ben")) == 303
    assert noted() == [] and letters_to(email_of("ben")) == []


def test_the_list_of_people_says_who_has_it(cast: Cast) -> None:
    root = cast.browser("root")
    cast.id_of("ben")
    phone.given(cast, "cleo")
    page = root.get("/settings/people").text
    rows = {name: page.split(f"<bdi>{name}</bdi>")[1].split("</tr>")[0] for name in ("Ben", "Cleo")}
    assert "Off" in rows["Ben"] and "Off" not in rows["Cleo"] and "Since" in rows["Cleo"]


def people(app: Flask, *words: str) -> Result:
    result = CliRunner().invoke(commands, ["people", *words], obj=app)
    db.session.rollback()
    return result


def test_the_command_line_lets_the_only_admin_in_again(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    phone.given(cast, "root")
    done = people(app, "reset-two-factor", email_of("root").upper())
    assert done.exit_code == 0 and "password alone" in done.output
    assert noted() == [(None, cast.id_of("root"))]
    assert letters_to(email_of("root"))[-1].subject == "Two-step login for Help Center was reset"
    phone.half_in(stranger, "root")
    assert stranger.get("/settings/people").status_code == 200


def test_the_command_line_says_when_there_is_nothing_to_reset(app: Flask, cast: Cast) -> None:
    cast.id_of("ben")
    for words in (("reset-two-factor", email_of("ben")), ("reset-two-factor", "nobody@example.org")):
        done = people(app, *words)
        assert done.exit_code == 1 and "Error" in done.output
    assert noted() == []


def test_whoever_is_not_there_has_nothing_to_reset(cast: Cast) -> None:
    assert reset(cast.browser("root"), 999) == 404 and noted() == []
