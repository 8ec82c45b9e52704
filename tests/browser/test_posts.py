"""Writing in the community with scripts: a picture is pasted, a comment is said, a change is read, in two directions."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.live_site import LiveSite
from tests.community.posts import put_answer, put_comment, put_duplicate, put_question
from tests.files.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]
PASTE = """([field, bytes]) => {
  const data = new DataTransfer();
  const raw = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
  data.items.add(new File([raw], "shot.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
SLUG = "how-do-i-get-my-money-back"


def asked(site: LiveSite) -> tuple[int, int]:
    """A question of Ben with an answer of Cleo."""
    with site.inside() as cast:
        question = put_question(cast)
        return question, put_answer(cast, question)


def test_a_picture_is_pasted_described_and_seen_by_a_stranger(site: LiveSite, visit: Visit) -> None:
    question, _answer = asked(site)
    page = visit(f"/en/questions/{question}-{SLUG}", who="sam")
    field = page.locator("#your-answer textarea")
    field.fill("Press it.")
    shot = base64.b64encode(picture(size=(60, 40))).decode()
    page.evaluate(PASTE, [field.element_handle(), shot])
    dialog = page.locator("dialog[data-picture]")
    dialog.locator("[name=alt]").fill("A red button")
    dialog.locator("[data-insert]").click()
    expect(dialog).not_to_be_visible()
    assert "![A red button](/files/" in field.input_value()
    page.locator("#your-answer .button.primary[data-busy]").click()
    page.wait_for_url("**#answer-*")
    stranger = visit(f"/en/questions/{question}-{SLUG}")
    shown = stranger.locator(".answer img[alt='A red button']")
    expect(shown).to_be_visible()
    assert shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 60


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_comment_is_said_and_everything_around_a_post_can_be_used_by_everybody(
    site: LiveSite, visit: Visit, axe: Callable[..., None], locale: str, size: str
) -> None:
    question, answer = asked(site)
    with site.inside() as cast:
        for number in range(6):
            put_comment(cast, question, "cleo", f"Remark {number}.", answer_id=answer)
        put_duplicate(cast, question, put_question(cast, "cleo", "How can I get my money back?"))
    page = visit(f"/{locale}/questions/{question}-{SLUG}", who="ben", size=size)
    page.locator(f"#answer-{answer} .comment-box summary").click()
    box = page.locator(f"#comment-a{answer}")
    box.fill("That *was* it.")
    axe(page)
    page.locator(f"#answer-{answer} .comment-box .button").click()
    page.wait_for_url("**#comment-*")
    expect(page.locator(".comment em")).to_have_text("was")
    axe(page)
    for path in (f"questions/{question}/edit", f"answers/{answer}/history", f"questions/{question}/articles"):
        page.goto(f"{site.url}/{locale}/{path}")
        axe(page)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_what_was_changed_can_be_read(site: LiveSite, visit: Visit, axe: Callable[..., None], locale: str) -> None:
    question, answer = asked(site)
    page = visit(f"/{locale}/answers/{answer}/edit", who="sam")
    page.locator("textarea").first.fill("Open *Billing*, then choose *Refund* below.")
    page.locator(".ask form .button.primary[data-busy]").click()
    page.wait_for_url(f"**#answer-{answer}")
    page.goto(f"{site.url}/{locale}/answers/{answer}/history")
    expect(page.locator(".changes ins").first).to_be_visible()
    axe(page)
    page.goto(f"{site.url}/{locale}/questions/{question}/duplicate")
    axe(page)
