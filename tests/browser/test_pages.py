"""Every main page can be used by everybody: axe in four languages, no sideways scroll, forced colours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from config import ROOT
from helpcenter.core.locale import LANGUAGES
from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.pages import PLACES
from tests.browser.visitor import SIZES

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
# Each page is looked at in each of the four ways and in each language, in both directions of writing twice.
LOOKS = {
    "en": (("desktop", "light"), ("phone", "dark")),
    "es": (("phone", "light"),),
    "ru": (("desktop", "dark"),),
    "ar": (("phone", "dark"), ("desktop", "light")),
}
TITLES = {
    "en": "Python in a locker",
    "es": "Python en la taquilla",
    "ru": "Python в шкафчике",
    "ar": "Python في الخزانة",
}
OVER_THE_EDGE = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map((one) => `${one.tagName.toLowerCase()}.${one.className}`).slice(0, 5)"""
EVERYTHING = ROOT / "articles" / "en" / "writing" / "markdown-that-works-here.md"


@pytest.fixture(scope="module")
def shelves(site: LiveSite) -> dict[str, int]:
    """A topic and an article in four languages that holds everything Markdown can."""
    body = EVERYTHING.read_text(encoding="utf-8").split("---\n", 2)[2]
    topic = site.do(shelf.put_topic, "harbor", "Harbor", es="Puerto", ru="Порт", ar="الميناء")
    section = site.do(shelf.put_topic, "lockers", "Lockers", below=topic, es="Taquillas", ru="Шкафчики", ar="الخزائن")
    article = site.do(shelf.put_article, TITLES["en"], body, topic_id=topic, summary="All about it.")
    for locale in ("es", "ru", "ar"):
        site.do(shelf.put_article, TITLES[locale], body, locale=locale, of=article)
    for number in range(3):
        site.do(shelf.put_article, f"Open locker {number} with Python", "Pull.", topic_id=section, summary="Slowly.")
    site.change(known_problem="Lockers are slow today.")
    site.work()
    return {"topic": topic, "article": article}


@pytest.fixture
def opened(visit: Visit, shelves: dict[str, int]) -> Visit:
    """Opens a main page by its name."""

    def open_page(name: str, locale: str, **look: str) -> Page:
        place = PLACES[name]
        page = visit(place.path.format(locale=locale, **shelves), who=place.who, locale=locale, **look)
        place.then(page)
        return page

    return open_page


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("name", PLACES)
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


def test_forced_colours_leave_every_control_its_edge(opened: Visit) -> None:
    page = opened("article", "en", forced_colors="active")
    buttons = page.locator(".vote .button")
    assert buttons.count() == 2
    for button in buttons.all():
        edge = button.evaluate("b => [getComputedStyle(b).borderTopStyle, getComputedStyle(b).borderTopWidth]")
        assert edge[0] != "none" and edge[1] != "0px"
    page.keyboard.press("Tab")
    outline = page.locator(":focus").evaluate("f => getComputedStyle(f).outlineStyle")
    assert outline != "none"


def test_a_page_of_tutorials_reads_without_scripts(opened: Visit) -> None:
    page = opened("article", "en", scripts=False)
    for title in ("Linux", "Windows"):
        expect(page.get_by_text(title, exact=True)).to_be_visible()
    expect(page.get_by_text("Open PowerShell.").first).to_be_visible()
    expect(page.get_by_role("button", name="Yes", exact=True)).to_be_visible()
