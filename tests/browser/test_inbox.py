"""The inbox by keyboard alone, and what an open page of it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from helpcenter.accounts import user
from helpcenter.core.db import begin_write, db
from helpcenter.support.replies.use import SavedReplyUse
from tests.browser.live_site import LiveSite
from tests.browser.test_keyboard import tab_to
from tests.support.letters_to_us import kept, opened
from tests.support.replies_of_ours import put_reply

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]
PRESS = "(code) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{code, key: '{}', bubbles: true, cancelable: true}}))"


def wrote(site: LiveSite, *texts: str) -> list[int]:
    """Somebody writes to us; the numbers of their conversations."""
    return [site.do(opened, text).id for text in texts]


def state_of(site: LiveSite, number: int) -> Any:
    return next(row for row in site.do(kept) if row.id == number)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_an_agent_works_through_the_inbox_by_keyboard_alone(site: LiveSite, visit: Visit) -> None:
    _one, two, _three = wrote(site, "The first thing.", "The second thing.", "The third thing.")
    page = visit("/inbox", who="sam")
    for key, title in (("j", "first"), ("j", "second"), ("j", "third"), ("j", "third"), ("k", "second")):
        page.keyboard.press(key)
        assert focused(page) == f"The {title} thing."
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/inbox/{two}")
    page.keyboard.press("a")
    expect(page.locator(".notices")).to_contain_text("It is yours now.")
    page.keyboard.press("u")
    expect(page.locator(".notices")).to_contain_text("Undone.")
    assert state_of(site, two).assignee_id is None

    page.keyboard.press("n")
    note = page.get_by_label("Note, only for the team")
    expect(note).to_be_focused()
    expect(page.locator(".button.primary")).to_have_text("Keep as a note for the team")
    page.keyboard.type("a e u j k r n: known.")
    tab_to(page, page.locator(".button.primary"))
    page.keyboard.press("Enter")
    expect(page.locator(".message.note")).to_contain_text("a e u j k r n: known.")

    page.keyboard.press("e")
    expect(page.locator(".notices")).to_contain_text("Closed.")
    page.keyboard.press("u")
    expect(page.locator(".notices")).to_contain_text("Undone.")
    assert state_of(site, two).status == "new"

    page.keyboard.press("r")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.type("Please pull.")
    tab_to(page, page.get_by_role("button", name="Send", exact=True))
    page.keyboard.press("e")
    expect(page.get_by_label("Your reply")).to_be_focused()
    expect(page.get_by_label("Your reply")).to_have_value("Please pull.")
    tab_to(page, page.get_by_role("button", name="Send", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".message.reply")).to_contain_text("Please pull.")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_contain_text("Conversation: undo what was just done")
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert state_of(site, two).status == "theirs"


@pytest.mark.parametrize("letter", ["о", "ت"])
def test_a_key_is_its_place_on_a_russian_and_an_arabic_keyboard_too(site: LiveSite, visit: Visit, letter: str) -> None:
    wrote(site, "One more thing.")
    page = visit("/inbox", who="sam")
    page.evaluate(PRESS.format(letter), "KeyJ")
    assert page.evaluate("document.activeElement.closest('.inbox-rows') !== null")


def test_whoever_switched_single_keys_off_has_none(site: LiveSite, visit: Visit) -> None:
    wrote(site, "And another.")

    def keys(allowed: bool) -> None:
        person = user.by_email("sam@example.org")
        assert person
        begin_write()
        db.session.merge(person).shortcuts = allowed
        db.session.commit()

    page = visit("/inbox", who="sam")
    site.do(keys, allowed=False)
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    site.do(keys, allowed=True)


def test_an_open_list_shows_what_comes_and_keeps_the_focus(site: LiveSite, visit: Visit) -> None:
    wrote(site, "There before.")
    page = visit("/inbox", who="sam")
    before = page.get_by_role("link", name="There before.")
    before.focus()
    top = page.locator(".queues").bounding_box()
    wrote(site, "Came meanwhile.")
    expect(page.get_by_role("link", name="Came meanwhile.")).to_be_visible(timeout=6_000)
    expect(before).to_be_focused()
    assert page.locator(".queues").bounding_box() == top
    page.keyboard.press("j")
    assert focused(page) == "Came meanwhile."


def test_what_was_closed_is_undone_without_scripts(site: LiveSite, visit: Visit) -> None:
    (number,) = wrote(site, "Without scripts.")
    page = visit(f"/inbox/{number}", who="sam", scripts=False)
    page.get_by_role("button", name="Spam").click()
    expect(page.locator(".notices")).to_contain_text("Closed as spam.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".notices")).to_contain_text("Undone.")
    assert state_of(site, number).status == "new"


def test_a_reply_is_taken_back_and_its_words_are_in_the_field_again(site: LiveSite, visit: Visit) -> None:
    (number,) = wrote(site, "Sent too early.")
    broken = visit(f"/inbox/{number}", who="sam")
    broken.get_by_role("button", name="Send", exact=True).click()
    expect(broken.locator(".error-summary")).to_be_visible()
    row = state_of(site, number)
    theirs = visit(f"/en/conversations/{number}?key={row.key}")
    beside, page = visit(f"/inbox/{number}", who="root"), visit(f"/inbox/{number}", who="sam")
    page.keyboard.press("r")
    page.keyboard.type("Plase pull.")
    page.get_by_role("button", name="Send and close").click()
    expect(page.locator("#sending")).to_contain_text("Sending in a moment")
    expect(beside.locator(".message.reply")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".notices").first).to_contain_text("Taken back")
    expect(beside.locator(".message.reply")).to_have_count(0)
    expect(page.get_by_label("Your reply")).to_have_value("Plase pull.")
    page.get_by_label("Your reply").fill("Please pull.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(beside.locator(".message.reply")).to_contain_text("Please pull.")
    expect(broken.locator(".message.reply")).to_contain_text("Please pull.")
    expect(theirs.locator(".message.reply")).to_have_count(0)
    expect(page.locator("#sending")).to_have_text("Sent.", timeout=16_000)
    expect(theirs.locator(".message.reply .message-text")).to_have_text("Please pull.", timeout=6_000)


def test_a_colleague_who_types_is_seen_and_what_is_open_is_read(site: LiveSite, visit: Visit) -> None:
    (number,) = wrote(site, "Two of us at once.")
    rows = visit("/inbox", who="sam")
    link = rows.get_by_role("link", name="Two of us at once.")
    expect(link).to_have_accessible_description("No one has read it yet")
    page, beside = visit(f"/inbox/{number}", who="sam"), visit(f"/inbox/{number}", who="root")
    beside.get_by_label("Your reply").type("Please")
    expect(page.locator("#colleagues")).to_have_text("Root is replying.", timeout=6_000)
    expect(beside.locator("#colleagues")).to_have_text("")
    rows.reload()
    expect(link).to_have_accessible_description("")


def test_a_saved_reply_is_found_and_inserted_by_keyboard_where_the_cursor_stands(site: LiveSite, visit: Visit) -> None:
    site.do(put_reply, "Locker does not open", "{name}, please pull.", es="{name}, tire por favor.")
    site.do(put_reply, "Refund", "It takes five days.")
    (number,) = wrote(site, "It does not open, and I need it today.")
    page = visit(f"/inbox/{number}", who="sam")
    reply = page.get_by_label("Your reply")
    page.keyboard.press("r")
    page.keyboard.type("Good morning.\n\nSam")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("/")
    expect(page.locator("dialog[open] .link-choices button").nth(1)).to_be_visible()
    page.keyboard.press("Escape")
    expect(reply).to_have_value("Good morning.\n/\nSam")
    page.keyboard.press("Backspace")
    page.keyboard.type("/")
    page.keyboard.type("pull")
    expect(page.locator("dialog[open] .link-choices button")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(reply).to_be_focused()
    expect(reply).to_have_value("Good morning.\nBen, please pull.\nSam")
    page.keyboard.type(" Thank you.")
    expect(reply).to_have_value("Good morning.\nBen, please pull. Thank you.\nSam")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Insert a saved reply")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("refund")
    expect(page.locator("dialog[open] .link-choices button")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(reply).to_have_value("Good morning.\nBen, please pull. Thank you.It takes five days.\nSam")
    tab_to(page, page.get_by_role("button", name="Send", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".message.reply")).to_contain_text("It takes five days.")
    assert site.do(lambda: db.session.query(SavedReplyUse).count()) == 2


def test_what_is_in_the_field_already_stays_before_what_is_inserted(site: LiveSite, visit: Visit) -> None:
    site.do(put_reply, "Anew", "Please load the page anew.")
    (number,) = wrote(site, "It does not load.")
    page = visit(f"/inbox/{number}", who="sam")
    reply = page.get_by_label("Your reply")
    reply.fill("Typed.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#sending")).to_contain_text("Sending in a moment")
    page.keyboard.press("u")
    expect(reply).to_have_value("Typed.")
    page.keyboard.press("s")
    page.keyboard.type("anew")
    page.keyboard.press("Enter")
    expect(reply).to_have_value("Typed.Please load the page anew.")
    page.keyboard.press("Control+z")
    expect(reply).to_have_value("Typed.")


def test_a_saved_reply_is_inserted_without_scripts_and_nothing_typed_is_lost(site: LiveSite, visit: Visit) -> None:
    site.do(put_reply, "Without scripts", "Please pull.")
    (number,) = wrote(site, "No scripts here.")
    page = visit(f"/inbox/{number}", who="sam", scripts=False)
    page.get_by_label("Your reply").fill("Good morning.")
    page.get_by_label("Saved reply", exact=True).select_option(label="Without scripts")
    page.get_by_role("button", name="Insert it at the end").click()
    expect(page.get_by_label("Your reply")).to_have_value("Good morning.\n\nPlease pull.")
    expect(page.locator(".message.reply")).to_have_count(0)
