"""Two editors before two browsers: they write, look, translate and publish, and a reader sees each step when they should."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from helpcenter.articles.studio import planning
from helpcenter.core import clock
from tests import shelf
from tests.articles.snippets.conftest import put_snippet
from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Axe = Callable[..., None]
HARBOR = Path(__file__).parent / "harbor.png"
NUMBERS = count(1)


class Desk:
    """Ada writes, Root looks, and somebody reads."""

    def __init__(self, visitor: Visitor, site: LiveSite) -> None:
        self.site = site
        self.title = f"Open locker {next(NUMBERS)}"
        self.topic = site.do(shelf.put_topic, "lockers", "Lockers", ar="الخزائن")
        self.ada = visitor.visit("/studio/articles/new?topic=" + str(self.topic), who="ada")
        self.root = visitor.visit("/studio", who="root")
        self.reader = visitor.visit("/en/")

    def write(self, body: str) -> None:
        """Ada begins the article and saves it."""
        self.ada.get_by_label("Title").fill(self.title)
        self.ada.get_by_label("Text", exact=True).fill(body)
        press(self.ada, "Save draft")

    @property
    def studio(self) -> str:
        """Where the article stands in the studio, without its language."""
        return self.ada.url.removesuffix("/en")

    @property
    def number(self) -> int:
        """The number of the article."""
        return int(self.studio.rsplit("/", 1)[1])

    def reads(self, locale: str = "en") -> Page:
        """The reader's page, loaded anew."""
        self.reader.goto(f"/{locale}/articles/{self.number}")
        return self.reader


@pytest.fixture
def desk(visitor: Visitor, site: LiveSite) -> Iterator[Desk]:
    """An article that Ada is about to write."""
    yield Desk(visitor, site)
    site.change(second_person=False)


def press(page: Page, button: str) -> None:
    """Press a button that loads a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()


def test_two_editors_write_look_translate_and_publish(desk: Desk, site: LiveSite, axe: Axe) -> None:
    other = site.do(shelf.put_article, "Find a locker", "Look for the number.", topic_id=desk.topic)
    site.change(second_person=True)
    ada, root = desk.ada, desk.root
    ada.get_by_label("Title").fill(desk.title)
    ada.get_by_label("Text", exact=True).fill(f"First [find it](/en/articles/{other}).\n\n")
    ada.get_by_role("button", name="Picture", exact=True).click()
    ada.locator("dialog[open] input[type=file]").set_input_files(HARBOR)
    ada.get_by_label("Description").fill("A harbor at dusk")
    ada.get_by_role("button", name="Insert", exact=True).click()
    expect(ada.get_by_label("Text", exact=True)).to_have_value(re.compile("A harbor at dusk"))
    ada.get_by_role("button", name="Tabs", exact=True).click()
    ada.keyboard.type("Pull.")
    press(ada, "Save and ask for a review")
    ada.get_by_label("Who shall look at it").select_option(label="Root")
    ada.get_by_label("What should they look at?").fill("Is it “pull”?")
    press(ada, "Ask")
    studio = ada.url.removesuffix("/en/review")
    number = int(studio.rsplit("/", 1)[1])
    assert desk.reader.goto(f"/en/articles/{number}").status == 404  # type: ignore[union-attr]

    root.goto(f"{studio}/en/review")
    expect(root.get_by_text("Is it “pull”?")).to_be_visible()
    root.locator(".line-number").first.click()
    root.get_by_label("Remark", exact=True).fill("Say which one.")
    press(root, "Keep the remark")
    axe(root)
    press(root, "Ask for changes")

    ada.goto(f"{studio}/en/review")
    expect(ada.get_by_text("Say which one.")).to_be_visible()
    press(ada, "Settled")
    ada.goto(f"{studio}/en")
    assert not ada.get_by_role("button", name="Publish", exact=True).is_visible()
    body = ada.get_by_label("Text", exact=True).input_value()
    ada.get_by_label("Text", exact=True).fill(body.replace("First", "First of all"))
    press(ada, "Save and ask for a review")
    press(ada, "Ask")
    root.goto(f"{studio}/en/review")
    press(root, "Approve")

    ada.goto(f"{studio}/en")
    press(ada, "Publish")
    reader = desk.reader
    reader.goto(f"/en/articles/{number}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(desk.title)
    expect(reader.get_by_role("img", name="A harbor at dusk")).to_be_visible()
    expect(reader.get_by_role("tab").first).to_be_visible()
    expect(reader.get_by_role("link", name="find it")).to_be_visible()

    site.change(second_person=False)
    root.goto(f"{studio}/ar")
    expect(root.locator(".source-words")).to_contain_text("First of all")
    axe(root)
    root.get_by_label("Title").fill("افتح الخزانة")
    root.get_by_label("Text", exact=True).fill("اسحب.")
    reader.goto(f"/ar/articles/{number}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(desk.title)
    press(root, "Publish")
    reader.goto(f"/ar/articles/{number}")
    expect(reader.get_by_role("heading", level=1)).to_have_text("افتح الخزانة")

    ada.goto(f"{studio}/en/revisions/1")
    press(ada, "Restore as a draft")
    expect(ada.get_by_text("Revision 1 is the draft now.")).to_be_visible()
    reader.goto(f"/en/articles/{number}")
    expect(reader.get_by_text("First of all")).to_be_visible()
    press(ada, "Publish")
    reader.goto(f"/en/articles/{number}")
    expect(reader.get_by_text("First of all")).to_have_count(0)


def test_what_was_typed_is_there_again_on_another_device(desk: Desk, visitor: Visitor) -> None:
    desk.write("Pull.")
    desk.ada.get_by_label("Text", exact=True).fill("Pull, and do not")
    expect(desk.ada.locator("[data-kept]")).to_contain_text("Kept")
    elsewhere = visitor.visit(f"{desk.studio}/en", who="ada", size="phone")
    expect(elsewhere.get_by_label("Text", exact=True)).to_have_value("Pull, and do not")
    expect(elsewhere.get_by_text("have not saved it yet")).to_be_visible()
    press(elsewhere, "Put it aside and show the last saved text")
    expect(elsewhere.get_by_label("Text", exact=True)).to_have_value("Pull.")
    press(elsewhere, "Take it back")
    expect(elsewhere.get_by_label("Text", exact=True)).to_have_value("Pull, and do not")


def test_two_who_write_at_once_hear_of_each_other_and_keep_both_their_words(desk: Desk, axe: Axe) -> None:
    desk.write("One.\n\nTwo.\n\nThree.\n")
    ada, root = desk.ada, desk.root
    root.goto(f"{desk.studio}/en")
    expect(root.get_by_text("Ada has this page open too.")).to_be_visible()
    root.get_by_label("Text", exact=True).fill("One.\n\nTwo.\n\nThree and four.\n")
    press(root, "Save draft")
    ada.get_by_label("Text", exact=True).fill("Zero and one.\n\nTwo.\n\nThree.\n")
    expect(ada.get_by_text("Root saved revision 2 meanwhile.")).to_be_visible()
    press(ada, "Save draft")
    expect(ada.get_by_label("Text", exact=True)).to_have_value("Zero and one.\n\nTwo.\n\nThree and four.\n")
    press(ada, "Save draft")

    root.goto(f"{desk.studio}/en")
    root.get_by_label("Text", exact=True).fill("Root's.")
    ada.get_by_label("Text", exact=True).fill("Ada's.")
    press(ada, "Save draft")
    press(root, "Save draft")
    axe(root)
    root.get_by_role("radio", name="Both, yours first").check()
    press(root, "Go on with this")
    expect(root.get_by_label("Text", exact=True)).to_have_value("Root's.\nAda's.")


def test_a_plan_is_kept_to_its_minute(desk: Desk) -> None:
    desk.write("Pull.")
    ada = desk.ada
    ada.get_by_text("Publish later").click()
    ada.get_by_label("Publish at").fill((clock.now() + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M"))
    press(ada, "Save and schedule")
    expect(ada.get_by_text("Revision 1 is published on")).to_be_visible()
    desk.site.do(planning.do_due)
    assert desk.reader.goto(f"/en/articles/{desk.number}").status == 404  # type: ignore[union-attr]
    with clock.moved(clock.now() + timedelta(minutes=31)):
        desk.site.do(planning.do_due)
    expect(desk.reads().get_by_role("heading", level=1)).to_have_text(desk.title)


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


def test_an_editor_saves_and_publishes_by_keyboard(desk: Desk) -> None:
    desk.write("Pull.")
    ada = desk.ada
    ada.get_by_label("Text", exact=True).fill("Pull twice.")
    with ada.expect_navigation():
        ada.keyboard.press("Control+s")
    expect(ada.get_by_text("Draft saved.")).to_be_visible()
    ada.get_by_label("Text", exact=True).press("Control+Enter")
    expect(ada.get_by_text("Readers see this version now.")).to_be_visible()
    expect(desk.reads().get_by_text("Pull twice.")).to_be_visible()
