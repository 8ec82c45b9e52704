"""What the editor picks from lists: a link to an article, a snippet."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import shelf
from tests.articles.snippets.conftest import put_snippet
from tests.browser.desk import Desk, press
from tests.browser.live_site import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Axe = Callable[..., None]


def test_a_link_is_picked_by_its_title_and_outlives_a_new_address(desk: Desk, site: LiveSite, axe: Axe) -> None:
    other = site.do(shelf.put_article, "Find a locker", "Look for the number.", topic_id=desk.topic)
    desk.write("Pull.")
    ada, reader, number = desk.ada, desk.reader, desk.number
    text = ada.get_by_label("Text", exact=True)
    text.fill("")
    text.press_sequentially("First [[")
    ada.get_by_label("Which article?").fill("find locker")
    expect(ada.locator(".link-choices button").first).to_contain_text("Find a locker")
    axe(ada)
    ada.keyboard.press("Enter")
    expect(text).to_have_value(f"First [Find a locker](/articles/{other})")
    press(ada, "Publish")

    ada.goto(f"/studio/articles/{other}/en")
    ada.get_by_text("Addresses", exact=True).click()
    ada.locator("[name=slug]").fill("seek-a-locker")
    press(ada, "Save draft")
    assert reader.goto(f"/en/articles/{other}-find-a-locker").request.redirected_from is not None  # type: ignore[union-attr]
    expect(reader).to_have_url(re.compile("seek-a-locker"))
    site.work()
    reader.goto(f"/en/articles/{number}")
    reader.locator(".prose").get_by_role("link", name="Find a locker").click()
    expect(reader).to_have_url(re.compile(f"/en/articles/{other}-seek-a-locker"))


def test_a_snippet_is_shown_by_a_slash_where_a_line_begins(desk: Desk, site: LiveSite, axe: Axe) -> None:
    site.do(put_snippet, "opening-hours", en="From **nine** to five.")
    desk.write("Pull.")
    ada = desk.ada
    text = ada.get_by_label("Text", exact=True)
    text.fill("")
    text.press_sequentially("Read and/or call.\n\n1. Call.\n\n   /")
    ada.get_by_label("Which snippet?").fill("nine to")
    expect(ada.locator("[data-snippets] .link-choices button").first).to_contain_text("From nine to five.")
    axe(ada)
    ada.keyboard.press("ArrowDown")
    ada.keyboard.press("Enter")
    expect(text).to_have_value("Read and/or call.\n\n1. Call.\n\n   {{ snippet: opening-hours }}")
    press(ada, "Publish")
    expect(desk.reads().get_by_text("From nine to five.")).to_be_visible()
