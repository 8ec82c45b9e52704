"""Two editors before two browsers: they write, look, translate and publish, and a reader sees each step when they should."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from helpcenter.articles.studio import planning
from helpcenter.core import clock
from tests import shelf
from tests.browser.desk import Desk, press
from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Axe = Callable[..., None]
HARBOR = Path(__file__).parent / "harbor.png"


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
    expect(ada.get_by_text("Revision 1 will be published on")).to_be_visible()
    desk.site.do(planning.do_due)
    assert desk.reader.goto(f"/en/articles/{desk.number}").status == 404  # type: ignore[union-attr]
    with clock.moved(clock.now() + timedelta(minutes=31)):
        desk.site.do(planning.do_due)
    expect(desk.reads().get_by_role("heading", level=1)).to_have_text(desk.title)
