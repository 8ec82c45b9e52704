"""Coming, leaving and setting up, as somebody sees it who does it for the first time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from helpcenter.core.locale import LANGUAGES
from tests.browser.visitor import SIZES
from tests.browser.walks import PICTURE
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]
LOOKS = (("narrow", "light"), ("phone", "dark"), ("desktop", "light"))


def look_at(page: Page, axe: Callable[..., None], where: str) -> None:
    """Look for what keeps somebody out, on each size and in both colours."""
    for size, scheme in LOOKS:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page, f"{where}, {size}, {scheme}")
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), f"{where}, {size}"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_whoever_leaves_stands_on_a_page_that_says_so(
    locale: str, signed_in_as: Visit, axe: Callable[..., None]
) -> None:
    page = signed_in_as(
        {"en": "ben", "es": "cleo", "ru": "sam", "ar": "mia"}[locale], "/preferences/erasure", locale=locale
    )
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main .button.danger").click()
    expect(page.locator("html")).to_have_attribute("lang", locale)
    look_at(page, axe, f"erased, {locale}")
    assert page.context.cookies() == []
    page.get_by_role("main").get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/{locale}/$"))


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_settings_tell_everything_that_is_wrong_and_keep_what_was_typed(
    locale: str, signed_in_as: Visit, axe: Callable[..., None]
) -> None:
    page = signed_in_as("root", "/settings", locale=locale)
    page.locator("[name=name]").fill("")
    page.locator("[name=logo]").set_input_files(PICTURE)
    page.locator("[name=closes_0]").fill("08:00")
    page.locator("[name=known_problem]").fill("Lockers are slow")
    page.locator("main .button.primary").click()
    summary = page.locator(".error-summary")
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(summary).to_be_focused()
    expect(page.locator("[name=known_problem]")).to_have_value("Lockers are slow")
    look_at(page, axe, f"settings with errors, {locale}")
    form, button = page.locator("main form.form").bounding_box(), page.locator("main .button.primary").bounding_box()
    assert form and button and button["width"] < form["width"] / 2
