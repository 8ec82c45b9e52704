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
from helpcenter.search.drainer import drain
from tests import shelf
from tests.articles.snippets.conftest import put_snippet
from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor
from tests.journeys.acts import act, someone

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
    studio = write_and_ask(desk, f"First [find it](/en/articles/{other}).\n\n")
    number = int(studio.rsplit("/", 1)[1])
    assert desk.reader.goto(f"/en/articles/{number}").status == 404  # type: ignore[union-attr]
    look_and_ask_for_changes(desk.root, studio, axe)
    change_and_be_approved(desk, studio)
    desk.ada.goto(f"{studio}/en")
    press(desk.ada, "Publish")
    reader = desk.reader
    reader.goto(f"/en/articles/{number}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(desk.title)
    expect(reader.get_by_role("img", name="A harbor at dusk")).to_be_visible()
    expect(reader.get_by_role("tab").first).to_be_visible()
    expect(reader.get_by_role("link", name="find it")).to_be_visible()
    site.change(second_person=False)
    translate(desk, studio, number, axe)
    go_back(desk, studio, number)


def write_and_ask(desk: Desk, body: str) -> str:
    """Ada begins the article with a picture and tabs, and asks Root to look; where it stands in the studio."""
    ada = desk.ada
    ada.get_by_label("Title").fill(desk.title)
    ada.get_by_label("Text", exact=True).fill(body)
    ada.get_by_role("button", name="Picture", exact=True).click()
    ada.locator("dialog[open] input[type=file]").set_input_files(HARBOR)
    ada.get_by_label("Description").fill("A harbor at dusk")
    ada.get_by_role("button", name="Insert", exact=True).click()
    expect(ada.get_by_label("Text", exact=True)).to_have_value(re.compile("A harbor at dusk"))
    ada.get_by_role("button", name="Tabs", exact=True).click()
    ada.keyboard.type("Pull.")
    press(ada, "Save and ask for a review")
    ada.get_by_label("Who should review it").select_option(label="Root")
    ada.get_by_label("What should they look at?").fill("Is it “pull”?")
    press(ada, "Ask")
    return ada.url.removesuffix("/en/review")


def look_and_ask_for_changes(root: Page, studio: str, axe: Axe) -> None:
    """Root says something about a line."""
    root.goto(f"{studio}/en/review")
    expect(root.get_by_text("Is it “pull”?")).to_be_visible()
    root.locator(".line-number").first.click()
    root.get_by_label("Remark", exact=True).fill("Say which one.")
    press(root, "Save the remark")
    axe(root)
    press(root, "Ask for changes")


def change_and_be_approved(desk: Desk, studio: str) -> None:
    """Ada does what was asked and can not publish before Root approves."""
    ada = desk.ada
    ada.goto(f"{studio}/en/review")
    expect(ada.get_by_text("Say which one.")).to_be_visible()
    press(ada, "Settled")
    ada.goto(f"{studio}/en")
    assert not ada.get_by_role("button", name="Publish", exact=True).is_visible()
    body = ada.get_by_label("Text", exact=True).input_value()
    ada.get_by_label("Text", exact=True).fill(body.replace("First", "First of all"))
    press(ada, "Save and ask for a review")
    press(ada, "Ask")
    desk.root.goto(f"{studio}/en/review")
    press(desk.root, "Approve")


def translate(desk: Desk, studio: str, number: int, axe: Axe) -> None:
    """Root writes it in Arabic beside the original; readers have the original until it is published."""
    root, reader = desk.root, desk.reader
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


def go_back(desk: Desk, studio: str, number: int) -> None:
    """Ada brings the first revision back, which readers see once it is published."""
    ada, reader = desk.ada, desk.reader
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


def test_what_was_typed_last_is_kept_when_the_page_is_left_at_once(desk: Desk, visitor: Visitor) -> None:
    desk.write("Pull.")
    address, words = desk.ada.url, "اسحب الباب. " * 2_000
    desk.ada.get_by_label("Text", exact=True).fill(words)
    desk.ada.on("dialog", lambda dialog: dialog.accept())
    desk.ada.goto("about:blank")
    elsewhere = visitor.visit(address, who="ada")
    expect(elsewhere.get_by_label("Text", exact=True)).to_have_value(words)


def test_a_long_text_is_kept_and_its_page_asks_before_it_loses_a_word(desk: Desk, visitor: Visitor) -> None:
    desk.write("Pull.")
    words = "Pull the door. " * 6_000
    asked: list[str] = []
    desk.ada.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.ada.get_by_label("Text", exact=True).click()
    desk.ada.keyboard.insert_text(words)
    desk.ada.close(run_before_unload=True)
    expect(desk.ada.locator("[data-kept]")).to_contain_text("Kept")
    assert asked == ["beforeunload"]
    elsewhere = visitor.visit(desk.ada.url, who="ada")
    expect(elsewhere.get_by_label("Text", exact=True)).to_have_value(re.compile("Pull the door. $"))


def test_two_who_write_at_once_hear_of_each_other_and_keep_both_their_words(desk: Desk, axe: Axe) -> None:
    desk.write("One.\n\nTwo.\n\nThree.\n")
    ada, root = desk.ada, desk.root
    root.goto(f"{desk.studio}/en")
    expect(root.get_by_text("Ada has this page open too.")).to_be_visible()
    root.get_by_label("Text", exact=True).fill("One.\n\nTwo.\n\nThree and four.\n")
    press(root, "Save draft")
    ada.get_by_label("Text", exact=True).fill("Zero and one.\n\nTwo.\n\nThree.\n")
    expect(ada.get_by_text("Root has saved revision 2 in the meantime.")).to_be_visible()
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
    press(root, "Continue with this")
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


def test_a_video_is_put_into_its_step_and_loads_nothing_from_elsewhere(desk: Desk, axe: Axe) -> None:
    ada, reader = desk.ada, desk.reader
    ada.get_by_label("Title").fill(desk.title)
    text = ada.get_by_label("Text", exact=True)
    text.fill("1. Pull\n2. Turn")
    text.evaluate("field => field.setSelectionRange(7, 7)")
    ada.get_by_role("button", name="Video", exact=True).press("Enter")
    ada.keyboard.type("https://loom.com/share/7")
    ada.keyboard.press("Tab")
    ada.keyboard.type('How to "pull"')
    ada.keyboard.press("Enter")
    expect(ada.locator("dialog[open] [role=alert]")).to_contain_text("This site shows videos from")
    axe(ada)
    ada.get_by_label("Address of the video").fill('<iframe src="https://player.vimeo.com/video/7"></iframe>')
    ada.get_by_label("Still image").set_input_files(HARBOR)
    ada.get_by_role("button", name="Insert", exact=True).press("Enter")
    video = r'   <video src="https://player.vimeo.com/video/7" title="How to &quot;pull&quot;" poster="/files/[\w-]+.webp"></video>'
    expect(text).to_have_value(re.compile(f"^1. Pull\n\n{video}\n\n2. Turn$"))
    press(ada, "Publish")
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    desk.reads()
    link = reader.get_by_role("link", name='How to "pull" Video on vimeo.com, opens in a new tab')
    expect(link).to_have_attribute("href", "https://vimeo.com/7")
    expect(link).to_have_attribute("rel", "noopener")
    link.locator("img").scroll_into_view_if_needed()
    expect(link.locator("img")).to_have_js_property("complete", value=True)
    assert {url.split("/")[2] for url in asked} == {reader.url.split("/")[2]}
    axe(reader)


BUTTONS = [
    ("Bold", "One two.", "two", "One **two**."),
    ("Code", "One two.", "two", "One `two`."),
    ("Code", "One\ntwo", "One\ntwo", "```\nOne\ntwo\n```\n"),
    ("Link", "https://a.example", "https://a.example", "[](https://a.example)"),
    ("Steps", "1. Pull\n\n   So.\n\nTurn", "Turn", "1. Pull\n\n   So.\n\n2. Turn"),
    ("Note", "1. Pull\n2. Turn", "Pull", '1. Pull\n\n   !!! note "Note"\n       \n\n2. Turn'),
    ("Note", "One two.\nThree.", "two", '!!! note "Note"\n    One two.\n\nThree.'),
    ("Table", "a\tb\nc", "a\tb\nc", "| Column 1 | Column 2 |\n| --- | --- |\n| a | b |\n| c |  |\n"),
    ("Heading", "Part", "Part", "## Part"),
]


def test_each_button_does_what_is_meant_and_can_be_undone(desk: Desk) -> None:
    text = desk.ada.get_by_label("Text", exact=True)
    for name, before, chosen, after in BUTTONS:
        text.fill(before)
        start = before.index(chosen)
        text.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, start + len(chosen)])
        desk.ada.get_by_role("button", name=name, exact=True).press("Enter")
        expect(text).to_have_value(after)
        expect(text).to_be_focused()
        desk.ada.keyboard.press("Control+z")
        expect(text).to_have_value(before)


def test_the_same_button_takes_its_marks_away(desk: Desk) -> None:
    text = desk.ada.get_by_label("Text", exact=True)
    for name in ("Bold", "Italic", "Keys", "List", "Steps"):
        text.fill("Pull")
        text.evaluate("field => field.select()")
        button = desk.ada.get_by_role("button", name=name, exact=True)
        button.press("Enter")
        expect(text).not_to_have_value("Pull")
        button.press("Enter")
        expect(text).to_have_value("Pull")


def test_a_new_article_is_written_and_shown_in_the_direction_of_its_language(desk: Desk) -> None:
    ada = desk.ada
    ada.get_by_label("Language", exact=True).select_option("ar")
    text = ada.get_by_label("Text", exact=True)
    expect(text).to_have_attribute("dir", "rtl")
    text.fill("!!! note\n    اسحب.")
    ada.get_by_role("button", name="Preview", exact=True).click()
    expect(ada.locator(".editor-preview")).to_have_attribute("lang", "ar")
    expect(ada.locator(".editor-preview .callout-title")).to_have_text("ملاحظة")


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
    article = site.do(shelf.put_article, "Hang up the hookswitch", "Push it down.", published=False)
    site.do(drain)
    page = visitor.visit(f"/studio/articles/{article}/en", who="ada", scripts=False)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="See what it rescues").click()
    expect(opened.value.locator("#draft-rescue")).to_contain_text("hookswitch")
    expect(opened.value.get_by_text("Nothing was saved.")).to_be_visible()
