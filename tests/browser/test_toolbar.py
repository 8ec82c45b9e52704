"""The keys and buttons of the editor, each by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk, press

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Axe = Callable[..., None]
HARBOR = Path(__file__).parent / "harbor.png"


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
