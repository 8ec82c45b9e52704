"""Every main page can be used by everybody: axe in four languages, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from helpcenter.core.locale import LANGUAGES
from tests.browser.pages import PLACES
from tests.browser.visitor import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.look]
Visit = Callable[..., Page]
# Each page is looked at in each of the four ways and in each language, in both directions of writing twice.
LOOKS = {
    "en": (("desktop", "light"), ("phone", "dark")),
    "es": (("phone", "light"),),
    "ru": (("desktop", "dark"),),
    "ar": (("phone", "dark"), ("desktop", "light")),
}
DEEP = ("en", "ar")
OVER_THE_EDGE = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map((one) => `${one.tagName.toLowerCase()}.${one.className}`).slice(0, 5)"""


# What one has to log in for is looked at in both directions of writing; the words of all four are elsewhere complete.
LOOKED_AT = [
    (name, locale) for name, place in PLACES.items() for locale in LANGUAGES if not place.who or locale in DEEP
]


@pytest.mark.parametrize(("name", "locale"), LOOKED_AT)
def test_a_page_keeps_nobody_out(name: str, locale: str, opened: Visit, axe: Callable[..., None]) -> None:
    (size, scheme), *others = LOOKS[locale]
    page = opened(name, locale, size=size, scheme=scheme)
    axe(page, f"{name}, {locale}, {size}, {scheme}")
    for size, scheme in others:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page, f"{name}, {locale}, {size}, {scheme}")
    expect(page.locator("html")).to_have_attribute("dir", LANGUAGES[locale].direction)


@pytest.mark.parametrize("who", sorted({place.who for place in PLACES.values()}))
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone_or_in_the_largest_text(
    locale: str, who: str, visit: Visit, shelves: dict[str, int]
) -> None:
    page = visit(f"/{locale}/", who=who, locale=locale, size="narrow")
    too_wide = {}
    for name, place in PLACES.items():
        if place.who == who:
            page.goto(place.path.format(locale=locale, **shelves))
            place.then(page)
            for text, size in (("100%", "narrow"), ("200%", "narrow"), ("200%", "phone"), ("200%", "desktop")):
                page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
                page.evaluate("size => { document.documentElement.style.fontSize = size; }", text)
                if page.evaluate("document.scrollingElement.scrollWidth") > SIZES[size]["width"]:
                    too_wide[name, text, size] = page.evaluate(OVER_THE_EDGE)
    assert not too_wide
