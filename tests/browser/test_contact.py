"""Reaching a person: the form that offers answers and never stands in the way, and a conversation in two browsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.test_keyboard import tab_to
from tests.support.letters_to_us import kept

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Visit = Callable[..., Page]
COMPLAINT = "My locker does not open any more, although I turn the key as far as it goes."
# A form that comes back within two seconds was filled in by no person.
READING_MS = 2_000
SOON_MS = 6_000
HELD_MS = 16_000
COVERED = """(button) => {
  button.scrollIntoView({ block: "center" });
  const box = button.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return !(top === button || button.contains(top));
}"""


@pytest.fixture(scope="module", autouse=True)
def locker(site: LiveSite) -> Iterator[int]:
    """A tutorial to read in vain."""
    topic = site.do(shelf.put_topic, "harbor", "Harbor")
    body = "1. Take the key.\n2. Open the locker.\n\n## If it is stuck\n\nPull the locker while you turn the key."
    article = site.do(shelf.put_article, "Open a locker", body, topic_id=topic, summary="With your key.")
    site.do(shelf.put_article, "Lose a key", "A locker has a second key.", topic_id=topic, summary="Ask for another.")
    site.work()
    yield article


def send_button(page: Page) -> Locator:
    """The button at the end of the contact form."""
    return page.locator(".contact form > .actions .button.primary", has_text="Send").last


def head_below_edge(message: Locator) -> float:
    """How far the line with the name stands below the upper edge of its message."""
    distance: float = message.evaluate(
        "(one) => one.querySelector('.message-head').getBoundingClientRect().top - one.getBoundingClientRect().top"
    )
    return distance


def can_be_sent(page: Page) -> None:
    """Send can be pressed: it is neither disabled nor below something else."""
    expect(send_button(page)).to_be_enabled()
    assert not send_button(page).evaluate(COVERED)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_who_reads_in_vain_reaches_a_person_and_sees_the_answer_come(
    size: str, visit: Visit, axe: Callable[..., None]
) -> None:
    page = visit("/en/search?q=open+a+locker", size=size)
    page.locator(".result-list h2 a", has_text="Open a locker").click()
    page.locator(".vote button[value=no]").click()
    page.locator(".vote").get_by_role("link", name="Write to support").click()
    expect(page.locator(".chip", has_text="Open a locker").first.get_by_role("checkbox")).to_be_checked()
    can_be_sent(page)
    page.get_by_label("What do you need?").press_sequentially(COMPLAINT, delay=1)
    expect(page.locator(".suggestion").first).to_contain_text("Open a locker")
    can_be_sent(page)
    shown = page.locator(".suggestion").count()
    page.get_by_role("button", name="Not it: Lose a key").click()
    expect(page.locator(".suggestion")).to_have_count(shown - 1)
    expect(page.get_by_label("What do you need?")).to_have_value(COMPLAINT)
    axe(page, "the contact form with suggestions")
    page.get_by_label("Email").fill("pia@example.org")
    page.wait_for_timeout(READING_MS)
    send_button(page).click()
    expect(page.get_by_role("status").first).to_contain_text("We have your message. Its number is")
    expect(page.locator(".message.incoming")).to_contain_text(COMPLAINT)

    number = re.search(r"/conversations/(\d+)", page.url)
    assert number
    agent = visit(f"/inbox/{number[1]}", who="sam", size=size)
    expect(agent.locator(".tried")).to_contain_text("Said that it did not help")
    agent.get_by_label("Your reply").fill("Known already.")
    agent.get_by_role("button", name="Keep as a note for the team").click()
    expect(agent.locator(".message.note")).to_contain_text("Note, only for the team")
    agent.get_by_label("Your reply").fill("Please pull while you turn it.")
    agent.get_by_role("button", name="Send", exact=True).click()
    expect(agent.locator(".message.reply")).to_be_visible()
    assert head_below_edge(agent.locator(".message.reply")) == head_below_edge(agent.locator(".message.incoming"))
    expect(page.locator(".message.reply")).to_contain_text("Please pull while you turn it.", timeout=HELD_MS)
    expect(page.locator(".message.note")).to_have_count(0)

    page.get_by_label("Your message").fill("That was it, thank you.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(agent.locator(".message.incoming").last).to_contain_text("That was it, thank you.", timeout=SOON_MS)


def test_a_suggestion_opens_beside_and_ends_the_matter(visit: Visit) -> None:
    page = visit("/en/contact")
    page.get_by_label("What do you need?").fill(COMPLAINT)
    with page.context.expect_page() as beside:
        page.locator(".suggestion").get_by_role("button", name="Open a locker", exact=True).click()
    expect(beside.value.locator("h1")).to_have_text("Open a locker")
    expect(page.get_by_label("What do you need?")).to_have_value(COMPLAINT)
    page.get_by_role("button", name="That solved it: Open a locker").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing was sent")


def test_what_never_arrived_stands_in_the_form_again(visit: Visit) -> None:
    page = visit("/en/contact")
    page.route(
        "**/en/contact",
        lambda route: route.fulfill(status=502) if route.request.method == "POST" else route.continue_(),
    )
    page.get_by_label("What do you need?").fill(COMPLAINT)
    page.get_by_label("Email").fill("pia@example.org")
    page.wait_for_timeout(READING_MS)
    send_button(page).click()
    page.goto("/en/contact")
    expect(page.get_by_label("What do you need?")).to_have_value(COMPLAINT)
    page.unroute("**/en/contact")
    page.get_by_label("Email").fill("pia@example.org")
    page.wait_for_timeout(READING_MS)
    send_button(page).click()
    expect(page.get_by_role("status").first).to_contain_text("We have your message.")
    page.goto("/en/contact")
    expect(page.get_by_label("What do you need?")).to_have_value("")


def test_without_scripts_answers_are_offered_once_with_send_beside_them(visit: Visit) -> None:
    page = visit("/en/", scripts=False)
    page.locator("footer").get_by_role("link", name="Contact us").click()
    page.get_by_label("What do you need?").fill(COMPLAINT)
    page.get_by_label("Email").fill("pia@example.org")
    page.wait_for_timeout(READING_MS)
    send_button(page).click()
    expect(page.locator(".suggestion").first).to_contain_text("Open a locker")
    expect(page.get_by_label("What do you need?")).to_have_value(COMPLAINT)
    can_be_sent(page)
    expect(page.get_by_role("status")).to_contain_text("Your message has not been sent yet.")
    beside = page.locator(".suggestions + .actions").get_by_role("button", name="Send")
    beside.click()
    expect(page.get_by_role("status").first).to_contain_text("We have your message.")
    page.get_by_label("Your message").fill("One more thing.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message.incoming")).to_have_count(2)
    page.get_by_role("button", name="No longer needed").click()
    expect(page.locator(".notices")).to_contain_text("It is closed")


def test_a_message_is_sent_and_answered_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/en/contact")
    message = page.get_by_label("What do you need?")
    tab_to(page, message)
    page.keyboard.type(COMPLAINT)
    expect(page.locator(".suggestion").first).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Not it: Open a locker"))
    page.keyboard.press("Enter")
    expect(message).to_be_focused()
    tab_to(page, page.get_by_label("Email"))
    page.keyboard.type("pia@example.org")
    page.wait_for_timeout(READING_MS)
    tab_to(page, send_button(page))
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations/*")
    agent = visit("/inbox", who="sam")
    row = agent.locator(".inbox-rows a").last
    tab_to(agent, row)
    agent.keyboard.press("Enter")
    tab_to(agent, agent.get_by_label("Your reply"))
    agent.keyboard.type("Please pull.")
    tab_to(agent, agent.get_by_role("button", name="Send", exact=True))
    agent.keyboard.press("Enter")
    expect(agent.locator(".message.reply")).to_contain_text("Please pull.")


def test_words_stay_when_one_leaves_the_form_and_are_gone_once_sent(site: LiveSite, visit: Visit) -> None:
    page = visit("/en/contact")
    page.get_by_label("What do you need?").fill(COMPLAINT)
    page.goto("/en/")
    page.goto("/en/contact")
    expect(page.get_by_label("What do you need?")).to_have_value(COMPLAINT)
    page.get_by_label("Email").fill("lea@example.org")
    page.wait_for_timeout(READING_MS)
    send_button(page).dblclick()
    page.wait_for_url("**/conversations/*")
    assert len(site.do(letters_of, "lea@example.org")) == 1
    page.go_back()
    page.wait_for_url("**/contact")
    page.get_by_label("What do you need?").fill("It is another locker now, and it does not open either.")
    page.get_by_label("Email").fill("lea@example.org")
    page.wait_for_timeout(READING_MS)
    send_button(page).click()
    page.wait_for_url("**/conversations/*")
    expect(page.locator(".message.incoming")).to_contain_text("It is another locker now")
    assert len(site.do(letters_of, "lea@example.org")) == 2
    page.goto("/en/contact")
    expect(page.get_by_label("What do you need?")).to_have_value("")


def letters_of(address: str) -> list[str]:
    """The first lines of the conversations that somebody began."""
    return [row.title for row in kept() if row.email == address]
