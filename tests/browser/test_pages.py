"""Every main page can be used by everybody: axe in four languages, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from helpcenter.core.locale import LANGUAGES
from tests.browser.live_site import LiveSite
from tests.browser.pages import PLACES
from tests.browser.visitor import SIZES, Visitor

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
# An answer without scripts and styles, which leaves nothing in a window.
BARE = "/healthz"
OVER_THE_EDGE = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map((one) => `${one.tagName.toLowerCase()}.${one.className}`).slice(0, 5)"""


# What one has to log in for is looked at in both directions of writing; the words of all four are elsewhere complete.
LOOKED_AT = [
    (name, locale) for name, place in PLACES.items() for locale in LANGUAGES if not place.who or locale in DEEP
]


class Windows:
    """One window for each person and language, which keeps the parts that all pages share and nothing of any page."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._open: dict[tuple[str, str], tuple[Page, list[Any]]] = {}

    def show(self, name: str, locale: str, size: str, scheme: str, shelves: dict[str, Any]) -> Page:
        """A main page by its name, as somebody sees it who was nowhere before."""
        place = PLACES[name]
        if (place.who, locale) not in self._open:
            page = self._visitor.visit(BARE, who=place.who, locale=locale)
            self._open[place.who, locale] = page, page.context.cookies()
        page, cookies = self._open[place.who, locale]
        page.goto(BARE)
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.context.add_cookies(cookies)
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(place.path.format(locale=locale, **shelves))
        place.then(page)
        return page


@pytest.fixture(scope="module")
def crowd(browser: Browser, site: LiveSite) -> Iterator[Visitor]:
    """Everybody who looks at pages."""
    someone = Visitor(browser, site)
    yield someone
    someone.leave()


@pytest.fixture(scope="module")
def windows(crowd: Visitor) -> Windows:
    return Windows(crowd)


@pytest.fixture
def show(crowd: Visitor, windows: Windows, shelves: dict[str, Any]) -> Iterator[Visit]:
    """Shows a page; the test fails at its end when the browser complained about anything."""
    yield partial(windows.show, shelves=shelves)
    complaints = list(crowd.complaints)
    crowd.complaints.clear()
    assert complaints == []


@pytest.mark.parametrize(("name", "locale"), LOOKED_AT)
def test_a_page_keeps_nobody_out_and_nothing_scrolls_sideways(
    name: str, locale: str, show: Visit, axe: Callable[..., None]
) -> None:
    (size, scheme), *others = LOOKS[locale]
    page = show(name, locale, size, scheme)
    axe(page, f"{name}, {locale}, {size}, {scheme}")
    for size, scheme in others:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page, f"{name}, {locale}, {size}, {scheme}")
    expect(page.locator("html")).to_have_attribute("dir", LANGUAGES[locale].direction)
    if locale in DEEP:
        assert wider_than_the_screen(page) == {}


def wider_than_the_screen(page: Page) -> dict[tuple[str, str], list[str]]:
    """On the narrowest phone and in the largest text: what stands over the edge, where one can scroll sideways."""
    found = {}
    for text, size in (("100%", "narrow"), ("200%", "narrow"), ("200%", "phone"), ("200%", "desktop")):
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", text)
        if page.evaluate("document.scrollingElement.scrollWidth") > SIZES[size]["width"]:
            found[text, size] = page.evaluate(OVER_THE_EDGE)
    return found
