"""Two steps, as somebody goes them who has a phone in their hand: turning it on, coming back, and without the phone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accounts import look_at
from tests.cast import PASSWORD, email_of

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]


def send(page: Page, **fields: str) -> None:
    """Fill in fields and press the button of the form."""
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form.form .button").last.click()


def log_in(page: Page, who: str, locale: str, target: str) -> None:
    """Log out, come back and give the password."""
    page.context.clear_cookies()
    page.goto(f"/login?lang={locale}&next={target}")
    send(page, email=email_of(who), password=PASSWORD)


def key_on(page: Page) -> pyotp.TOTP:
    """The app that was given what the page shows."""
    return pyotp.TOTP(page.locator("#shared-key").inner_text().replace(" ", ""))


def fresh_code(app: pyotp.TOTP, used_at: int) -> str:
    """A code that is taken now, of a later step than one that was used; the next one is taken half a minute early."""
    return app.at(max(int(time.time()), used_at + 30))


def arabic(digits: str) -> str:
    """As an Arabic keyboard writes them."""
    return digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@pytest.mark.parametrize(("who", "locale"), [("ben", "en"), ("cleo", "ar")])
def test_somebody_turns_it_on_comes_back_and_loses_the_phone(
    who: str, locale: str, signed_in_as: Visit, axe: Callable[..., None], tmp_path: Path
) -> None:
    def look(where: str) -> None:
        # What is alike in both languages is looked at where it is harder to get right.
        if locale == "ar":
            look_at(page, axe, f"{where}, {locale}")

    page = signed_in_as(who, f"/preferences/second-step?lang={locale}", locale=locale)
    send(page, password=PASSWORD)
    app = key_on(page)
    look("key")
    send(page, code="12")
    expect(page.locator(".error-summary")).to_be_focused()
    look("key with an error")
    assert key_on(page).secret == app.secret
    now = int(time.time())
    send(page, code=app.at(now))
    codes = page.locator("#recovery-codes code")
    expect(codes).to_have_count(10)
    sheet = codes.all_inner_texts()
    look("recovery codes")
    expect(page.locator("print-page button")).to_be_visible()
    with page.expect_download() as saved:
        page.locator("form[action$=file] button").click()
    saved.value.save_as(tmp_path / "codes.txt")
    assert [line for line in (tmp_path / "codes.txt").read_text().splitlines() if line in sheet] == sheet
    page.locator(".done a").click()
    look("on")

    log_in(page, who, locale, "/preferences")
    field = page.locator("[name=code]")
    expect(field).to_be_focused()
    assert field.evaluate("one => getComputedStyle(one).direction") == "ltr"
    look("second step")
    send(page, code="000 000")
    look("second step with an error")
    typed = fresh_code(app, now)
    send(page, code=arabic(typed) if locale == "ar" else f"{typed[:3]} {typed[3:]}")
    expect(page).to_have_url(re.compile(r"/preferences$"))

    log_in(page, who, locale, "/preferences/second-step/off")
    page.locator(".also a").first.click()
    look("recovery code")
    send(page, code=sheet[0].upper())
    expect(page.locator(".notices")).to_contain_text("9")
    look("turning it off")
    send(page, password=PASSWORD, code=sheet[1])
    expect(page).to_have_url(re.compile(r"/preferences/second-step$"))
    expect(page.locator("main [name=password]")).to_be_visible()


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit("/preferences/second-step", who="sam", scripts=False)
    send(page, password=PASSWORD)
    app, now = key_on(page), int(time.time())
    expect(page.locator("copy-text button")).to_be_hidden()
    send(page, code=app.at(now))
    expect(page.locator("print-page button")).to_be_hidden()
    log_in(page, "sam", "en", "/preferences")
    send(page, code=fresh_code(app, now))
    expect(page.locator("h1")).to_have_text("Preferences")


def test_an_admin_resets_it_for_somebody_who_lost_everything(signed_in_as: Visit, axe: Callable[..., None]) -> None:
    page = signed_in_as("ada", "/preferences/second-step")
    send(page, password=PASSWORD)
    send(page, code=key_on(page).at(int(time.time())))
    admin = signed_in_as("root", "/settings/people?q=ada")
    look_at(admin, axe, "people")
    admin.get_by_role("link", name="Ada").click()
    admin.locator(".unfold summary").click()
    look_at(admin, axe, "person")
    admin.get_by_role("button", name="Reset two-step login").click()
    expect(admin.locator(".notices")).to_contain_text("Ada logs in with the password alone")
    log_in(page, "ada", "en", "/preferences")
    expect(page.locator("h1")).to_have_text("Preferences")
