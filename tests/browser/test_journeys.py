"""What people come for, done in a browser: an editor writes, a reader finds, reads, and says whether it helped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from helpcenter.core.db import db
from helpcenter.feedback.helpful_vote import HelpfulVote
from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.stories import ADDRESS, DELIVERY, INVOICE, MEMBER, MEMBERSHIP, PARCEL, PASSWORD, REFUND, Story
from tests.browser.walks import PICTURE

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
        (ADDRESS, "phone", "light"),
        (MEMBER, "desktop", "dark"),
        (PASSWORD, "phone", "light"),
        (INVOICE, "desktop", "dark"),
        (DELIVERY, "desktop", "light"),
        (MEMBERSHIP, "phone", "dark"),
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
    thanks = site.said("Thank you. The editors read every word, and you can still change yours.", story.locale)
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


def votes_of(title: str) -> list[tuple[bool, str | None, str]]:
    """Answer, reason and comment of each vote on the article of this title."""
    db.session.rollback()
    edition = db.session.query(shelf.Edition).filter_by(title=title).one()
    votes = db.session.query(HelpfulVote).filter_by(subject_kind="article", subject_id=edition.article_id)
    return [(one.helpful, one.reason, one.comment) for one in votes]


def test_the_same_vote_without_scripts(site: LiveSite, visit: Visit) -> None:
    site.do(shelf.put_article, "Close a locker", "Turn the key.")
    site.work()
    page = visit("/en/search?q=close+a+locker", scripts=False)
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


def test_a_question_is_answered_by_keyboard_alone(visit: Visit) -> None:
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
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Open a locker")
    page.locator("h1").press("/")
    page.keyboard.type("locker")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=locker")
    expect(page.locator(".result-list h2").first).to_be_visible()


def test_single_keys_are_silent_while_one_types(signed_in_as: Visit) -> None:
    page = signed_in_as("ada", "/studio/articles/new")
    page.locator("[name=title]").press_sequentially("and/or?")
    expect(page.locator("[name=title]")).to_have_value("and/or?")
    expect(page.locator("dialog[open]")).to_have_count(0)
