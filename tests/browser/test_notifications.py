"""Being told, as somebody sees it: the bell, the page behind it, and what it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.live_site import LiveSite
from tests.community.posts import put_answer, put_question

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]


@pytest.fixture
def question(site: LiveSite) -> int:
    """Ben's, with two answers of others."""
    with site.inside() as cast:
        asked = put_question(cast, title="Where do I find the key of my locker?")
        for name in ("cleo", "sam"):
            put_answer(cast, asked, name, "Below the mat.")
        return asked


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_bell_leads_to_the_page_and_the_page_to_what_happened(
    size: str, question: int, signed_in_as: Visit
) -> None:
    page = signed_in_as("ben", "/en/community", size=size)
    bell = page.get_by_role("link", name=re.compile(r"^Notifications: (\d+|more than 9) new$"))
    bell.click()
    expect(page).to_have_url(re.compile("/en/account/notifications$"))
    line = page.get_by_role("button", name=re.compile("2 new answers to “Where do I find the key of my locker"))
    line.first.click()
    expect(page).to_have_url(re.compile(rf"/en/questions/{question}-.*#answer-\d+$"))
    page.goto(page.url.split("/en/")[0] + "/en/account/notifications")
    told = page.locator(".told li", has_text="Where do I find the key of my locker").first
    expect(told).not_to_have_class(re.compile("is-new"))


def test_a_name_is_written_by_a_button_and_becomes_a_link(question: int, signed_in_as: Visit) -> None:
    page = signed_in_as("mia", f"/en/questions/{question}")
    field = page.get_by_label("Your answer")
    field.fill("As")
    page.get_by_role("button", name="@Cleo").click()
    expect(field).to_have_value("As @Cleo ")
    field.press_sequentially("says.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".editor-preview a.mention")).to_have_text("@Cleo")
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".answer a.mention")).to_have_text("@Cleo")


def test_one_follows_and_stops_by_the_same_button(question: int, signed_in_as: Visit) -> None:
    page = signed_in_as("mia", f"/en/questions/{question}")
    page.get_by_role("button", name="Follow", exact=True).click()
    following = page.get_by_role("button", name="Following")
    expect(following).to_have_attribute("aria-pressed", "true")
    following.click()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
