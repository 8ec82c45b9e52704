"""A reader suggests an edit, an editor takes it over and publishes it, and the reader hears of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import shelf
from tests.browser.live_site import LiveSite
from tests.feedback.votes import cast as cast_vote
from tests.feedback.votes import someone

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]
DIA = "dia@example.org"
BODY = "Open **Billing**.\n\nPress the red button.\n"


def test_a_suggested_edit_becomes_the_article_and_its_reader_hears_of_it(site: LiveSite, visit: Visit) -> None:
    article = site.do(shelf.put_article, "Refunds", BODY)
    page = visit(f"/en/articles/{article}-refunds")
    page.locator(".vote").get_by_role("link", name="Suggest an improvement").click()
    page.get_by_text("Change the text itself").click()
    page.get_by_label("Text", exact=True).fill(BODY.replace("red", "green"))
    page.get_by_label("Email address").fill(DIA)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("The editors have it now.")

    ada = visit("/studio/suggestions", who="ada")
    ada.get_by_role("link", name="Refunds").click()
    expect(ada.locator(".changes ins")).to_contain_text("green")
    ada.get_by_role("button", name="Take it into a draft").click()
    expect(ada.locator("[name=body]")).to_have_value(re.compile("Press the green button"))
    ada.locator("[name=publish]").click()
    expect(ada.get_by_role("status").first).to_contain_text("Published")
    page.goto(f"{site.url}/en/articles/{article}-refunds")
    expect(page.locator(".prose")).to_contain_text("Press the green button.")

    ada.goto(f"{site.url}/studio/suggestions?state=planned")
    ada.get_by_role("link", name="Refunds").click()
    ada.get_by_label("Your reply").fill("It is green now.")
    ada.get_by_role("button", name="Done").click()
    assert site.link_in_letter_to(DIA) == f"{site.url}/en/articles/{article}"


def test_the_state_of_what_a_reader_wrote_changes_in_its_place(site: LiveSite, visit: Visit) -> None:
    article = site.do(shelf.put_article, "Invoices", BODY)
    for comment in ("Which button?", "Where is it?"):
        site.do(cast_vote, False, someone(), subject=("article", article), comment=comment)
    ada = visit(f"/studio/feedback?subject=article:{article}", who="ada")
    row = ada.locator("li.row", has_text="Which button?")
    ada.evaluate("window.stayed = true")
    row.get_by_role("button", name="Planned").click()
    expect(row.get_by_role("status")).to_contain_text("Planned")
    expect(row.get_by_role("status")).to_be_focused()
    expect(ada.locator("li.row", has_text="Where is it?").get_by_role("button", name="Planned")).to_be_visible()
    assert ada.evaluate("window.stayed")
    row.get_by_role("button", name="Open again").click()
    expect(row.get_by_role("status")).to_have_count(0)
