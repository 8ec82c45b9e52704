"""What a draft would change for readers, told while it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from helpcenter.search.drainer import drain
from tests import shelf
from tests.browser.desk import Desk
from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor
from tests.journeys.acts import act, someone

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Axe = Callable[..., None]


def search_in_vain(words: str) -> None:
    """Three people search for these words and find nothing."""
    for _ in range(3):
        act("searched", someone(), detail={"results": 0}, query=words, locale="en")


def test_what_a_draft_rescues_is_told_while_it_is_written(desk: Desk, site: LiveSite, axe: Axe) -> None:
    site.do(search_in_vain, "padlockery")
    site.do(drain)
    ada, side = desk.ada, desk.ada.locator("#draft-rescue")
    expect(side).to_contain_text("as soon as there is a title and a text")
    ada.get_by_label("Title").fill(desk.title)
    ada.get_by_label("Text", exact=True).fill("Pull.\n• hard\n• long")
    expect(side).to_contain_text("None of the latest failed searches would find it.")
    expect(side).to_contain_text("padlockery")
    ada.get_by_label("Search words").fill("padlockery")
    expect(side).to_contain_text("these failed searches will find it: 1 search, 3 people")
    hint = ada.locator("#draft-hints").get_by_role("link", name="Line 2")
    hint.click()
    expect(ada.get_by_label("Text", exact=True)).to_be_focused()
    axe(ada)


def test_without_scripts_a_button_tells_what_a_draft_rescues(visitor: Visitor, site: LiveSite) -> None:
    site.do(search_in_vain, "hookswitch")
    article = site.do(shelf.put_article, "Hang up the hookswitch", "Push.\n• hard\n• long", published=False)
    site.do(drain)
    page = visitor.visit(f"/studio/articles/{article}/en", who="ada", scripts=False)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="See what it rescues").click()
    expect(opened.value.locator("#draft-rescue")).to_contain_text("hookswitch")
    expect(opened.value.get_by_text("Nothing was saved.")).to_be_visible()
    hints = opened.value.locator("#draft-hints")
    expect(hints).to_contain_text("Line 2")
    assert hints.get_by_role("link").count() == 0
