"""Light and dark can be chosen wherever one reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.look]
Visit = Callable[..., Page]
PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_stranger_chooses_the_colours_on_the_narrowest_phone(
    locale: str, visit: Visit, axe: Callable[..., None]
) -> None:
    page = visit(f"/{locale}/", locale=locale, size="narrow")
    button = page.locator("theme-switch button").locator("visible=true")
    expect(button).to_have_count(1)
    light, offered = page.evaluate(PAPER), button.inner_text()
    button.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(PAPER) != light and button.inner_text() not in ("", offered)
    axe(page, f"320 px, dark, {locale}")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    button.click()
    assert page.evaluate(PAPER) == light
    axe(page, f"320 px, light, {locale}")


def test_both_places_offer_the_same_colours(visit: Visit) -> None:
    page = visit("/en/")
    buttons = page.locator("theme-switch").get_by_role("button")
    expect(buttons).to_have_count(2)
    for pressed, offered in ((0, "Light colours"), (1, "Dark colours")):
        buttons.nth(pressed).click()
        for button in buttons.all():
            expect(button).to_have_accessible_name(offered)


def test_without_scripts_there_is_no_button_that_does_nothing(visit: Visit) -> None:
    page = visit("/en/", scripts=False)
    expect(page.locator("theme-switch button").locator("visible=true")).to_have_count(0)


def test_the_colours_chosen_last_count(signed_in_as: Visit) -> None:
    page = signed_in_as("ben", "/preferences")
    html = page.locator("html")
    page.get_by_role("banner").get_by_role("button", name="Dark colours").click()
    page.reload()
    expect(html).to_have_attribute("data-theme", "dark")
    page.get_by_label("Light", exact=True).check()
    page.get_by_role("button", name="Save preferences").click()
    expect(html).to_have_attribute("data-theme", "light")
    page.get_by_label("Same as the device").check()
    page.get_by_role("button", name="Save preferences").click()
    expect(html).not_to_have_attribute("data-theme", "dark")
