"""The main journeys with nothing but a keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.written import votes_of

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]
MOST_TABS = 60


@pytest.fixture(scope="module", autouse=True)
def locker(site: LiveSite) -> Iterator[int]:
    """A tutorial to find."""
    topic = site.do(shelf.put_topic, "harbor", "Harbor")
    body = "1. Take the key.\n2. Open the locker.\n\n## If it is stuck\n\nPull."
    article = site.do(shelf.put_article, "Open a locker", body, topic_id=topic, summary="With your key.")
    site.do(shelf.put_article, "Abrir una taquilla", body, of=article, locale="es")
    site.work()
    yield article


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until something has the focus; fails where that never comes."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{key} never reaches {wanted}")


def test_a_question_is_asked_and_answered(visit: Visit) -> None:
    page = visit("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("/")
    expect(page.locator("dialog[open] input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.type("open lock")
    expect(page.get_by_role("option", name="Open a locker")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_contain_text("Open a locker")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Open a locker")
    page.keyboard.press("/")
    page.keyboard.type("locker")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=locker")
    tab_to(page, page.locator(".result-list h2 a").first)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Open a locker")


def test_a_reader_votes_says_why_and_changes_both_vote_and_language(locker: int, site: LiveSite, visit: Visit) -> None:
    page = visit(f"/en/articles/{locker}")
    yes, no = page.locator(".vote button[value=yes]"), page.locator(".vote button[value=no]")
    tab_to(page, no)
    page.keyboard.press("Enter")
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(no).to_be_focused()
    tab_to(page, page.locator(".vote [name=reason]").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator(".vote textarea"))
    page.keyboard.type("Which key?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".vote-thanks")).to_contain_text("The editors read every word")
    assert site.do(votes_of, "Open a locker") == [(False, "did_not_work", "Which key?")]
    tab_to(page, yes, key="Shift+Tab")
    page.keyboard.press("Space")
    expect(yes).to_have_attribute("aria-pressed", "true")
    assert site.do(votes_of, "Open a locker") == [(True, None, "Which key?")]
    menu = page.locator(".site-header details", has=page.locator("a[hreflang=es]"))
    tab_to(page, menu.locator("summary"), key="Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, menu.locator("a[hreflang=es]"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Abrir una taquilla")


def test_an_editor_writes_looks_and_publishes(site: LiveSite, signed_in_as: Visit) -> None:
    page = signed_in_as("ada", "/studio")
    tab_to(page, page.get_by_role("link", name="New article"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Topic"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("Title"))
    page.keyboard.type("Lock a locker and/or two?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    tab_to(page, page.get_by_label("Summary"))
    page.keyboard.type("With your key.")
    tab_to(page, page.get_by_role("button", name="Picture"))
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] input[type=file]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Picture")).to_be_focused()
    tab_to(page, page.get_by_label("Text"))
    page.keyboard.type("Turn the ")
    page.keyboard.press("Control+b")
    page.keyboard.type("key")
    page.keyboard.press("Control+Shift+p")
    expect(page.locator(".editor-preview strong")).to_have_text("key")
    tab_to(page, page.get_by_role("button", name="Publish"))
    page.keyboard.press("Enter")
    expect(page.locator(".notices")).to_contain_text("Published.")
    tab_to(page, page.get_by_role("link", name="Read it"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Lock a locker and/or two?")


def test_the_list_of_keys_opens_and_closes(visit: Visit) -> None:
    page = visit("/en/")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
