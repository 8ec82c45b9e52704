"""Everything works as links and forms: the journeys in a browser that runs no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.walks import PICTURE
from tests.browser.written import votes_of
from tests.cast import PASSWORD, email_of

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]


def test_a_reader_searches_and_votes_with_a_reason(site: LiveSite, visit: Visit) -> None:
    site.do(shelf.put_article, "Close a locker", "Turn the key.")
    site.work()
    page = visit("/en/", scripts=False)
    page.locator("main").get_by_role("searchbox").fill("clsoe a lokcer")
    page.locator("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Close a locker").first.click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page).to_have_title(re.compile("Your vote"))
    page.get_by_label("It is confusing").check()
    page.get_by_label("Anything to add?").fill("Which way?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("The editors read every word")
    assert site.do(votes_of, "Close a locker") == [(False, "confusing", "Which way?")]
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_role("button", name="Yes", exact=True)).to_have_attribute("aria-pressed", "true")
    assert site.do(votes_of, "Close a locker") == [(True, None, "Which way?")]
    page.get_by_role("link", name="Back to the article").click()
    expect(page.locator("h1")).to_have_text("Close a locker")
    page.locator("footer").get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_an_editor_logs_in_and_publishes_with_a_picture(site: LiveSite, visit: Visit) -> None:
    site.do(shelf.put_topic, "lockers", "Lockers")
    with site.inside() as cast:
        cast.id_of("ada")
    page = visit("/en/", scripts=False)
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("Email address").fill(email_of("ada"))
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Email address")).to_have_value(email_of("ada"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.goto("/studio")
    page.get_by_role("link", name="New article").click()
    with page.context.expect_page() as beside:
        page.get_by_role("link", name="Upload a picture on its own page").click()
    upload = beside.value
    upload.get_by_label("Picture").set_input_files(PICTURE)
    upload.get_by_label("Description").fill("A harbor at dusk")
    upload.get_by_role("button", name="Upload").click()
    picture = upload.get_by_label("Put this into your text where the picture should go").input_value()
    page.get_by_label("Title").fill("Paint a locker")
    page.get_by_label("Summary").fill("In any colour.")
    page.get_by_label("Text").fill(f"1. Take a brush.\n\n{picture}\n")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("Topic")
    expect(page.get_by_label("Title")).to_have_value("Paint a locker")
    page.get_by_label("Topic").select_option(label="Lockers")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".notices")).to_contain_text("Published.")
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_role("img", name="A harbor at dusk")).to_be_visible()
    page.locator(".site-header summary", has_text="Ada").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()


def test_a_page_of_tutorials_shows_all_it_has(opened: Visit) -> None:
    page = opened("article", "en", scripts=False)
    for title in ("Linux", "Windows"):
        expect(page.get_by_text(title, exact=True)).to_be_visible()
    expect(page.get_by_text("Open PowerShell.").first).to_be_visible()
    expect(page.get_by_role("button", name="Yes", exact=True)).to_be_visible()
