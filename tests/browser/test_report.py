"""The report before a person: every figure leads to the episodes it counts, and nobody is kept out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from helpcenter.core import clock
from tests.browser.live_site import LiveSite
from tests.browser.visitor import SIZES
from tests.reports import past

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]
Month = dict[str, int]
LISTED = "tr[data-episode], tr[data-item]"
LISTS = tuple(f"/reports/{kind}" for kind in ("searches", "forms", "votes", "conversations", "readers?article=2"))
AN_EPISODE = "the first of the episodes"
LOOKS = {
    "en": (("desktop", "light"), ("phone", "dark")),
    "ar": (("desktop", "dark"), ("phone", "light")),
}
# How many stand in a list, through all its pages, as they are answered and without drawing them.
COUNTED = """async ([address, listed]) => {
  for (let seen = 0; ;) {
    const list = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    seen += list.querySelectorAll(listed).length;
    const next = [...list.querySelectorAll("a")].find((one) => one.textContent.trim() === "Next page");
    if (!next) return seen;
    address = new URL(next.getAttribute("href"), address).href;
  }
}"""
OVER_THE_EDGE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility() && !one.closest(".table-scroll table"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map((one) => `${one.tagName.toLowerCase()}.${one.getAttribute("class")}`)"""


@pytest.fixture(scope="module")
def month(site: LiveSite, shelves: dict[str, int]) -> Month:
    """A month of readers before this very moment."""
    site.do(lambda: past.month(clock.now(), shelves["article"]))
    return past.COUNTS


def counted(page: Page) -> int:
    """How many episodes, or searches and the like, stand in the list that is open, through all its pages."""
    seen = page.locator(LISTED).count()
    while page.get_by_role("link", name="Next page").count():
        page.get_by_role("link", name="Next page").click()
        page.wait_for_load_state()
        seen += page.locator(LISTED).count()
    return seen


def test_every_figure_leads_to_exactly_as_many_as_it_counts(signed_in_as: Visit, month: Month) -> None:
    page = signed_in_as("ada", "/reports")
    expect(page.locator(".report-sentence")).to_contain_text("27 conversations did not need to happen")
    page.get_by_text("The same as a table").click()
    figures = page.locator("a.figure").all()
    said = [int(figure.inner_text().replace(",", "")) for figure in figures]
    assert len(said) > 40
    assert all(figure.is_visible() for figure in figures)
    addresses = [str(figure.evaluate("one => one.href")) for figure in figures]
    assert [page.evaluate(COUNTED, [address, LISTED]) for address in addresses] == said
    largest = said.index(max(said))
    figures[largest].click()
    page.wait_for_url(addresses[largest])
    assert counted(page) == said[largest]


def test_a_figure_can_be_followed_down_to_the_rule_that_decided(signed_in_as: Visit, month: Month) -> None:
    page = signed_in_as("sam", "/reports")
    page.get_by_role("row", name="Workshops").get_by_role("link").first.click()
    page.locator(LISTED).first.get_by_role("link").click()
    expect(page.get_by_text("The person stayed in the workshop long enough to have it answered.").first).to_be_visible()
    expect(page.locator(".decides")).to_contain_text("This decided")


def test_whoever_answers_is_led_to_the_conversation_and_an_editor_is_not(signed_in_as: Visit, month: Month) -> None:
    page = signed_in_as("sam", "/reports/conversations?part=one_touch")
    page.locator(LISTED).first.get_by_role("link").click()
    page.wait_for_url("**/inbox/*")
    page = signed_in_as("ada", "/reports/conversations?part=one_touch")
    expect(page.locator(LISTED).first).to_contain_text("Conversation")
    expect(page.locator(LISTED).get_by_role("link")).to_have_count(0)


def test_a_search_leads_to_the_episode_that_holds_it(signed_in_as: Visit, month: Month) -> None:
    page = signed_in_as("ada", "/reports/searches?part=nothing")
    page.locator(LISTED).first.get_by_role("link").click()
    expect(page.get_by_text("Searched for “sso” and found nothing").first).to_be_visible()


def test_days_a_language_and_a_topic_are_chosen_by_form(signed_in_as: Visit, month: Month) -> None:
    page = signed_in_as("ada", "/reports")
    page.get_by_text("Other days, one topic, one language").click()
    page.get_by_label("Language", exact=True).select_option("es")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".report-sentence")).to_contain_text(
        "4 conversations did not need to happen in the last 28 days"
    )
    page.get_by_role("link", name="7 days").click()
    expect(page.locator(".report-sentence")).to_contain_text("in the last 7 days")
    assert "locale=es" in page.url


def test_the_days_can_be_taken_along(signed_in_as: Visit, month: Month) -> None:
    page = signed_in_as("ada", "/reports")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename.startswith("deflected-")


@pytest.mark.look
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_time_runs_from_the_left(signed_in_as: Visit, month: Month, locale: str) -> None:
    page = signed_in_as("ada", f"/reports?lang={locale}")
    chart = page.locator("svg.chart.wide")
    bars = [box["x"] for box in (bar.bounding_box() for bar in chart.locator("rect").all()) if box]
    lighter = [box["x"] for box in (bar.bounding_box() for bar in chart.locator("rect.is-provisional").all()) if box]
    assert bars == sorted(bars) and len(bars) > 10
    assert lighter and min(lighter) > min(bars)
    words = [box for box in (word.bounding_box() for word in chart.locator("text").all()) if box]
    right = page.evaluate("innerWidth")
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= right for box in words)


@pytest.mark.look
@pytest.mark.parametrize(
    "path", ["/reports", "/reports/episodes?state=deflected", "/reports/episodes", AN_EPISODE, *LISTS]
)
@pytest.mark.parametrize("locale", LOOKS)
def test_the_report_keeps_nobody_out(
    signed_in_as: Visit, axe: Callable[..., None], month: Month, path: str, locale: str
) -> None:
    page = signed_in_as("ada", "/reports/episodes" if path == AN_EPISODE else path, locale=locale)
    if path == "/reports":
        page.locator("details.folded").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    if path == AN_EPISODE:
        page.locator(LISTED).first.get_by_role("link").click()
        page.wait_for_url("**/reports/episodes/*")
    for size, scheme in LOOKS[locale]:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe(page, f"{path}, {locale}, {size}, {scheme}")
        assert page.evaluate(OVER_THE_EDGE) == []


@pytest.mark.look
@pytest.mark.parametrize("path", ["/reports", "/reports/episodes", *LISTS])
@pytest.mark.parametrize("locale", ["en", "ru", "ar"])
def test_nothing_is_wider_than_the_narrowest_phone(signed_in_as: Visit, month: Month, path: str, locale: str) -> None:
    page = signed_in_as("ada", path, locale=locale, size="narrow")
    page.locator("details.folded").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert page.evaluate(OVER_THE_EDGE) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(OVER_THE_EDGE) == []
