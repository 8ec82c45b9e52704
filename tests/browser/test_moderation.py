"""Two people before two browsers: a moderator does each act and undoes it, a reader looks after each."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor
from tests.community.moderation.acts import put_flag, wait
from tests.community.posts import put_acceptance, put_answer, put_comment, put_question, put_vote
from tests.feedback.votes import someone
from tests.shelf import put_topic

pytestmark = [pytest.mark.browser, pytest.mark.alike]
Axe = Callable[..., None]
NUMBERS = count(1)


class Stage:
    """Cleo reads and Mia moderates; Ben asked, and Sam and Ben answered."""

    def __init__(self, visitor: Visitor, site: LiveSite) -> None:
        self.title = f"Why does locker {next(NUMBERS)} not open?"
        with site.inside() as cast:
            self.question = put_question(cast, "ben", self.title, "It says **no**.")
            self.answer = put_answer(cast, self.question, "ada", "Pull harder.")
            self.path = f"/en/questions/{self.question}"
        self.reader = visitor.visit(self.path, who="cleo")
        self.moderator = visitor.visit(self.path, who="mia")

    def look(self, path: str = "") -> Page:
        """The reader's page, loaded anew."""
        self.reader.goto(path or self.path)
        return self.reader

    def moderate(self, place: str, button: str, choice: str = "") -> None:
        """What the moderator does in the panel of the question, or of an answer."""
        self.moderator.goto(self.path)
        panel = self.moderator.locator(place).locator("details.moderation").first
        panel.locator("summary").click()
        form = panel.locator("form").filter(has=self.moderator.get_by_role("button", name=button, exact=True))
        if choice:
            form.locator("select").select_option(label=choice)
        form.get_by_role("button", name=button, exact=True).click()
        self.moderator.wait_for_load_state()

    def is_read(self) -> None:
        """The reader sees the question."""
        expect(self.look().get_by_role("heading", level=1)).to_have_text(self.title)

    def undo_last(self) -> None:
        """The newest act of the log is undone from there."""
        self.moderator.goto("/en/community/log")
        self.moderator.get_by_role("button", name=re.compile("Undo act")).first.click()
        expect(self.moderator.get_by_role("heading", name="Moderation log")).to_be_visible()


@pytest.fixture
def stage(visitor: Visitor, site: LiveSite) -> Stage:
    return Stage(visitor, site)


def sees_nothing(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")


@pytest.mark.parametrize(("act", "undoing"), [("Hide", "Show again"), ("Delete", "Restore")])
def test_a_question_goes_and_comes_back_from_the_post_and_from_the_log(stage: Stage, act: str, undoing: str) -> None:
    stage.is_read()
    stage.moderate(".question-page", act, "Rude or hurtful")
    expect(stage.moderator.locator(".notice")).to_contain_text("The reason: Rude or hurtful.")
    sees_nothing(stage.look())
    expect(stage.look("/en/community").get_by_role("link", name=stage.title)).to_have_count(0)
    stage.moderate(".question-page", undoing)
    stage.is_read()
    stage.moderate(".question-page", act, "Spam")
    sees_nothing(stage.look())
    stage.undo_last()
    stage.is_read()
    expect(stage.look("/en/community/log").locator(".moderation-log li").first).to_contain_text("Mia")
    expect(stage.reader.get_by_role("button", name=re.compile("Undo"))).to_have_count(0)


@pytest.mark.parametrize(("act", "undoing"), [("Hide", "Show again"), ("Delete", "Restore")])
def test_a_solution_goes_and_comes_back_as_one(stage: Stage, site: LiveSite, act: str, undoing: str) -> None:
    with site.inside() as cast:
        put_acceptance(cast, put_answer(cast, stage.question, "cleo", "Use the other key."))
    expect(stage.look().locator(".solution")).to_contain_text("Use the other key.")
    stage.moderate(".solution", act, "Spam")
    expect(stage.look().locator(".solution")).to_have_count(0)
    expect(stage.reader.locator(".byline .is-solved")).to_have_count(0)
    hidden = stage.moderator.locator(".answer").filter(has_text="Use the other key.")
    number = hidden.get_attribute("id") or ""
    stage.moderate(f"#{number}", undoing)
    expect(stage.look().locator(".solution")).to_contain_text("Use the other key.")


def test_a_question_is_closed_and_opened_again(stage: Stage) -> None:
    stage.moderate(".question-page", "Close", "Too broad to be answered")
    expect(stage.look().locator(".notice")).to_contain_text("Closed: Too broad to be answered.")
    expect(stage.reader.locator("#your-answer")).to_have_count(0)
    stage.moderate(".question-page", "Open again")
    expect(stage.look().locator("#your-answer")).to_have_count(1)


def test_a_question_is_locked_and_unlocked(stage: Stage) -> None:
    stage.moderate(".question-page", "Lock")
    expect(stage.look().locator(".notice")).to_contain_text("Locked")
    for button in ("Me too", "This helped me"):
        expect(stage.reader.get_by_role("button", name=button)).to_have_count(0)
    stage.moderate(".question-page", "Unlock")
    stage.look().get_by_role("button", name="Me too").click()
    expect(stage.reader.get_by_text("1 person has this question too")).to_be_visible()


def test_a_question_moves_to_another_topic_and_back(stage: Stage, site: LiveSite) -> None:
    site.do(put_topic, "lockers", "Lockers")
    stage.moderate(".question-page", "Move", "Lockers")
    expect(stage.look().locator(".breadcrumb")).to_have_text("Lockers")
    stage.undo_last()
    expect(stage.look().locator(".breadcrumb")).to_have_count(0)


def test_an_answer_becomes_a_comment_and_is_an_answer_again(stage: Stage) -> None:
    expect(stage.look().locator(".answer")).to_contain_text("Pull harder.")
    stage.moderate(f"#answer-{stage.answer}", "Make it a comment")
    expect(stage.look().locator(".comment")).to_contain_text("Pull harder.")
    expect(stage.reader.locator(".answer")).to_have_count(0)
    stage.undo_last()
    expect(stage.look().locator(".answer")).to_contain_text("Pull harder.")
    expect(stage.reader.locator(".comment")).to_have_count(0)


def test_a_comment_becomes_an_answer_and_is_a_comment_again(stage: Stage, site: LiveSite) -> None:
    with site.inside() as cast:
        said = put_comment(cast, stage.question, "cleo", "Use the other key.")
    stage.moderate(f"#comment-{said}", "Make it an answer")
    expect(stage.look().locator(".answer", has_text="Use the other key.")).to_have_count(1)
    stage.undo_last()
    expect(stage.look().locator(".comment")).to_contain_text("Use the other key.")
    expect(stage.reader.locator(".answer", has_text="Use the other key.")).to_have_count(0)


def test_two_questions_become_one_and_are_two_again(stage: Stage, site: LiveSite, axe: Axe) -> None:
    with site.inside() as cast:
        other = put_question(cast, "sam", f"{stage.title} Again!", "It says no.")
    stage.moderator.locator(".question-page details.moderation summary").first.click()
    stage.moderator.get_by_role("link", name="Merge…").click()
    axe(stage.moderator, "merging")
    stage.moderator.get_by_label("The question that was asked before").fill(f"/en/questions/{other}")
    stage.moderator.get_by_role("button", name="Merge", exact=True).click()
    expect(stage.moderator.get_by_role("heading", level=1)).to_have_text(f"{stage.title} Again!")
    expect(stage.look(f"/en/questions/{other}").locator(".answer")).to_contain_text("Pull harder.")
    expect(stage.look().locator(".duplicate")).to_contain_text("The two have been merged")
    expect(stage.reader.locator(".answer")).to_have_count(0)
    axe(stage.reader, "a merged question")
    stage.undo_last()
    expect(stage.look().locator(".answer")).to_contain_text("Pull harder.")
    expect(stage.reader.locator(".duplicate")).to_have_count(0)
    expect(stage.look(f"/en/questions/{other}").locator(".answer")).to_have_count(0)


def test_what_waits_is_approved_in_the_queue_and_put_back_from_there(stage: Stage, site: LiveSite) -> None:
    with site.inside() as cast:
        wait(cast, "answer", stage.answer)
    expect(stage.look().get_by_text("Pull harder.")).to_have_count(0)
    queue = stage.moderator
    queue.goto("/en/community/review")
    entry = queue.locator(".review-entry").filter(has_text="Pull harder.")
    entry.get_by_role("button", name="Approve").click()
    expect(queue.locator(".last-act")).to_contain_text("approved")
    expect(stage.look().get_by_text("Pull harder.")).to_be_visible()
    queue.locator(".last-act").get_by_role("button", name="Undo").click()
    expect(queue.locator(".review-entry").filter(has_text="Pull harder.")).to_have_count(1)
    expect(stage.look().get_by_text("Pull harder.")).to_have_count(0)


def flag(page: Page, path: str, reason: str, words: str) -> None:
    page.goto(path)
    page.get_by_role("link", name=re.compile("^(Flag|Report this person)$")).last.click()
    page.get_by_label(reason).check()
    page.get_by_label(re.compile("In your words")).fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("A moderator will take a look.")).to_be_visible()


@pytest.mark.parametrize(("button", "is_there"), [("Dismiss", True), ("Hide", False), ("Delete", False)])
def test_what_is_flagged_is_answered_in_one_click_and_undone_in_one(stage: Stage, button: str, is_there: bool) -> None:
    flag(stage.reader, stage.path, "Rude or hurtful", "It says pull.")
    queue = stage.moderator
    queue.goto("/en/community/review")
    entry = queue.locator(".review-entry").filter(has_text="It says pull.")
    expect(entry).to_contain_text("Rude or hurtful")
    entry.get_by_role("button", name=button).click()
    expect(entry).to_have_count(0)
    expect(stage.look().get_by_text("Pull harder.")).to_have_count(1 if is_there else 0)
    queue.locator(".last-act").get_by_role("button", name="Undo").click()
    expect(queue.locator(".review-entry").filter(has_text="It says pull.")).to_have_count(1)
    expect(stage.look().get_by_text("Pull harder.")).to_have_count(1)
    queue.locator(".review-entry").filter(has_text="It says pull.").get_by_role("button", name="Dismiss").click()


def test_a_spammer_is_cleaned_up_in_one_act_and_given_everything_back(stage: Stage, site: LiveSite) -> None:
    with site.inside() as cast:
        ben = cast.id_of("ben")
        spam = put_answer(cast, stage.question, "ben", "Buy a walrus.")
        put_vote(spam, someone())
    person = f"/en/people/{ben}"
    flag(stage.reader, person, "Spam", "He sells walruses.")
    queue = stage.moderator
    queue.goto("/en/community/review")
    entry = queue.locator(".review-entry").filter(has_text="He sells walruses.")
    entry.get_by_role("button", name=re.compile("take everything back")).click()
    expect(entry).to_have_count(0)
    sees_nothing(stage.look())
    sees_nothing(stage.look(person))
    queue.goto(person)
    queue.get_by_role("button", name="Give everything back").click()
    expect(queue.locator(".moderation-log li").first).to_contain_text("everything given back")
    stage.is_read()
    expect(stage.reader.locator(".answer").filter(has_text="Buy a walrus.")).to_contain_text("Helped 1 person")
    expect(stage.look(person).get_by_role("heading", level=1)).to_have_text("Ben")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_moderator_keeps_nobody_out(
    stage: Stage, visitor: Visitor, site: LiveSite, axe: Callable[..., None], locale: str
) -> None:
    with site.inside() as cast:
        wait(cast, "answer", stage.answer)
        ben = cast.id_of("ben")
        put_flag(cast, "user", ben, "sam", words="He sells walruses.")
    stage.moderate(".question-page", "Lock")
    stage.moderate(".question-page", "Close", "Spam")
    places = (f"/{locale}/questions/{stage.question}", f"/{locale}/community/review", f"/{locale}/community/log")
    page = visitor.visit(f"/{locale}/people/{ben}", who="mia", locale=locale, size="phone")
    axe(page)
    for path in (*places, f"/{locale}/community/flags/question/{stage.question}"):
        page.goto(path)
        for panel in page.locator("details.moderation").all():
            panel.locator("summary").click()
        axe(page, f"{path}, {locale}")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, path
