"""Where the look gives way to the reader: paper, forced colours, less motion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.pages import PLACES

pytestmark = [pytest.mark.browser, pytest.mark.look]
Visit = Callable[..., Page]
LINKS = (
    "[The rates](https://example.com/rates) and https://example.com/bare and <ann@example.com> and [below](#how).\n\n"
)
FOLDED = '## How\n\n??? note "More"\n    Folded away.\n'
# What stands on the paper for a link: its text, and what the style sheet writes behind it.
PRINTED = """(link) => link.textContent + getComputedStyle(link, "::after").content.replace(/^none$/, "")"""
MOVING = """() => [...document.querySelectorAll("*")].flatMap((one) => ["", "::before", "::after"].map((part) => {
  const style = getComputedStyle(one, part);
  const moves = [style.transitionDuration, style.animationDuration].join().split(",").some((time) => parseFloat(time) > 0);
  return moves && `${one.tagName.toLowerCase()}.${one.className}${part}`;
})).filter(Boolean).concat(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? "html scrolls smoothly" : [])"""
CONTROLS = ".button, .input, .field :is(input, select, textarea), .search-raised"
# A field may stand inside an edge that is drawn around it and its tools.
WITHOUT_EDGE = """(controls) => {
  const drawn = (one) => {
    const style = getComputedStyle(one);
    return style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) >= 1;
  };
  return controls
    .filter((one) => one.checkVisibility() && !["checkbox", "radio", "file", "hidden"].includes(one.type))
    .filter((one) => !drawn(one.closest(".search-raised, markdown-editor") ?? one))
    .map((one) => one.outerHTML.slice(0, 120));
}"""


def ring(focused: Locator) -> tuple[bool, bool]:
    """Whether a ring is drawn around what has the focus, and whether it differs from the ground."""
    style = focused.evaluate(
        """(one) => { const style = getComputedStyle(one.closest(".search-raised") ?? one);
          return [style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor,
            getComputedStyle(document.body).backgroundColor]; }"""
    )
    return style[0] != "none" and style[1] >= 2, style[2] != style[3]


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_paper_holds_the_article_and_each_address_once(locale: str, site: LiveSite, visit: Visit) -> None:
    article = site.do(shelf.put_article, "Pay the rates", LINKS + FOLDED, summary="Twice a year.")
    site.do(shelf.put_article, "دفع الرسوم", LINKS + FOLDED, locale="ar", of=article, summary="مرتين في السنة.")
    page = visit(f"/{locale}/articles/{article}", locale=locale)
    page.emulate_media(media="print", color_scheme="light")
    for left_out in ("nav:not(.breadcrumb)", ".tools", "footer", ".vote", "button", "input", "dialog", ".skip"):
        assert page.locator(left_out).locator("visible=true").count() == 0, left_out
    for kept in ("h1", ".standfirst", ".prose h2", ".prose details p", ".wordmark"):
        expect(page.locator(kept).last).to_be_visible()
    printed = [link.evaluate(PRINTED) for link in page.locator(".prose p a").locator("visible=true").all()]
    for address in ("https://example.com/rates", "https://example.com/bare", "ann@example.com"):
        assert " ".join(printed).count(address) == 1, printed
    assert "#" not in " ".join(printed)


@pytest.mark.parametrize("name", ["home", "article", "results", "log in", "studio", "editor", "settings"])
def test_forced_colours_leave_every_control_its_edge_and_the_focus_its_ring(name: str, opened: Visit) -> None:
    page = opened(name, "en", forced_colors="active")
    assert page.locator(CONTROLS).locator("visible=true").count() > 0
    assert page.locator(CONTROLS).evaluate_all(WITHOUT_EDGE) == []
    for _ in range(12):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert ring(focused) == (True, True), focused.evaluate("one => one.outerHTML.slice(0, 120)")


@pytest.mark.parametrize("who", sorted({place.who for place in PLACES.values()}))
def test_nothing_moves_for_whoever_asked_for_that(who: str, visit: Visit, shelves: dict[str, int]) -> None:
    page = visit("/en/", who=who)
    for name, place in PLACES.items():
        if place.who == who:
            page.goto(place.path.format(locale="en", **shelves))
            place.then(page)
            assert page.evaluate(MOVING) == [], name
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != []
