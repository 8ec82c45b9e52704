"""What people come for, done in a browser: an editor writes, a reader finds, reads, and says whether it helped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from threading import Event
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from drills.running_site import PATIENCE_SECONDS, until
from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.stories import ADDRESS, DELIVERY, INVOICE, MEMBER, MEMBERSHIP, PARCEL, PASSWORD, REFUND, Story
from tests.browser.walks import PICTURE
from tests.browser.written import acts_on, reporters, searches, votes_of

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Axe = Callable[..., None]
OTHER = {"en": "es", "ar": "en"}


@pytest.fixture(scope="module", autouse=True)
def topic(site: LiveSite) -> Iterator[int]:
    """The one topic, and a tutorial that is there already."""
    topic_id = site.do(shelf.put_topic, "harbor", "Harbor", es="Puerto", ru="Порт", ar="الميناء")
    body = "1. Take the key.\n2. Open the locker.\n\n## If it is stuck\n\nPull."
    site.do(shelf.put_article, "Open a locker", body, topic_id=topic_id, summary="With your key.")
    site.work()
    yield topic_id


@pytest.mark.parametrize(
    ("story", "size", "scheme"),
    [
        (PARCEL, "desktop", "light"),
        (REFUND, "phone", "dark"),
        *(
            pytest.param(*look, marks=pytest.mark.alike)
            for look in (
                (ADDRESS, "phone", "light"),
                (MEMBER, "desktop", "dark"),
                (PASSWORD, "phone", "light"),
                (INVOICE, "desktop", "dark"),
                (DELIVERY, "desktop", "light"),
                (MEMBERSHIP, "phone", "dark"),
            )
        ),
    ],
    ids=lambda part: part.locale if isinstance(part, Story) else part,
)
def test_what_an_editor_publishes_is_found_read_and_voted_on(
    story: Story, size: str, scheme: str, site: LiveSite, visit: Visit, signed_in_as: Visit, axe: Axe
) -> None:
    look = {"locale": story.locale, "size": size, "scheme": scheme}
    _publish(signed_in_as("ada", "/studio/articles/new", **look), story, site, axe)
    site.work()
    page = visit(f"/{story.locale}/", **look)
    _find(page, story, axe)
    expect(page.locator("h1")).to_have_text(story.title)
    picture = page.locator(".prose img")
    expect(picture).to_have_attribute("alt", story.picture)
    assert picture.evaluate("async picture => (await picture.decode(), picture.naturalWidth)") > 0
    _vote_no_then_yes(page, story, site, axe)
    _change_language(page, story, axe)


def _publish(page: Page, story: Story, site: LiveSite, axe: Axe) -> None:
    page.locator("[name=topic]").select_option(index=1)
    page.locator("select[name=language]").select_option(story.locale)
    page.locator("[name=title]").fill(story.title)
    page.locator("[name=summary]").fill(story.summary)
    page.locator("[name=body]").fill(story.text)
    page.locator("[data-picture-button]").click()
    page.locator("dialog[open] input[type=file]").set_input_files(PICTURE)
    page.locator("dialog[open] [name=alt]").fill(story.picture)
    axe(page, "the window for a picture")
    page.locator("dialog[open] [data-insert]").click()
    expect(page.locator("[name=body]")).to_have_value(re.compile(r"!\[.+\]\(/files/"))
    page.locator("[data-preview]").click()
    expect(page.locator(".editor-preview img")).to_be_visible()
    axe(page, "the editor with its preview")
    page.locator("button[name=publish]").click()
    expect(page.locator(".notices")).to_contain_text(
        site.said("Published. Readers see this version now.", story.locale)
    )


def _find(page: Page, story: Story, axe: Axe) -> None:
    page.locator("main [data-search-field] input").click()
    page.locator("dialog[open] input").press_sequentially(story.question)
    expect(page.locator("dialog[open] [role=option]").last).to_contain_text(story.question)
    axe(page, "the search window")
    page.locator("dialog[open] input").press("Enter")
    page.wait_for_url("**/search?q=*")
    axe(page, "the results")
    page.locator(".result-list h2 a", has_text=story.title).click()


def _vote_no_then_yes(page: Page, story: Story, site: LiveSite, axe: Axe) -> None:
    yes, no = page.locator(".vote button[value=yes]"), page.locator(".vote button[value=no]")
    no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    axe(page, "the article with its open vote")
    page.locator(".vote [name=reason][value=did_not_work]").check()
    page.locator(".vote textarea").fill(story.comment)
    page.locator(".vote-more .button").click()
    thanks = site.said("Thank you. The editors read every word, and you can still change what you wrote.", story.locale)
    expect(page.locator(".vote-thanks")).to_have_text(thanks)
    assert site.do(votes_of, story.title) == [(False, "did_not_work", story.comment)]
    yes.click()
    expect(yes).to_have_attribute("aria-pressed", "true")
    expect(no).to_have_attribute("aria-pressed", "false")
    assert site.do(votes_of, story.title) == [(True, None, story.comment)]


def _change_language(page: Page, story: Story, axe: Axe) -> None:
    other = OTHER[story.locale]
    menu = page.locator(".site-header details", has=page.locator(f"a[hreflang={other}]"))
    menu.locator("summary").click()
    menu.locator(f"a[hreflang={other}]").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert f"/{other}/articles/" in page.url
    expect(page.locator(".notices").first).to_be_visible()
    expect(page.locator("h1")).to_have_text(story.title)
    axe(page, "the article in another language")


def test_what_a_reader_does_is_written_down_once(site: LiveSite, visit: Visit) -> None:
    before = len(site.do(searches))
    page = visit("/en/")
    page.clock.install()
    page.goto("/en/search?q=open+a+locker")
    page.get_by_role("link", name="Open a locker").first.click()
    expect(page.locator("h1")).to_have_text("Open a locker")
    page.clock.run_for(120_000)
    assert until(lambda: site.do(acts_on, "Open a locker") == ["viewed", "read"])
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(120_000)
    page.locator(".vote button[value=yes]").click()
    expect(page.locator(".vote button[value=yes]")).to_have_attribute("aria-pressed", "true")
    assert site.do(acts_on, "Open a locker") == ["viewed", "read", "voted"]
    assert len(site.do(searches)) == before + 1


def test_a_browser_whose_first_report_is_answered_late_is_not_taken_for_two(
    site: LiveSite, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(site.do(reporters))
    arrived, answering, inside = [], Event(), site.app.wsgi_app

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/events":
            arrived.append(environ)
            assert answering.wait(PATIENCE_SECONDS)
        return inside(environ, start_response)

    monkeypatch.setattr(site.app, "wsgi_app", slow)
    page = visit("/en/search?q=open+a+locker")
    page.get_by_role("link", name="Open a locker").first.click()
    expect(page.locator("h1")).to_have_text("Open a locker")
    assert until(lambda: len(arrived) == 2)
    answering.set()
    assert until(lambda: len(site.do(reporters)) == before + 2)
    searching, viewing = site.do(reporters)[before:]
    assert searching == viewing
