"""The pages that everybody has to be able to use, and the way to each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

TYPED_VOTE = """() => {
  const form = document.querySelector(".vote-line");
  form.insertAdjacentHTML("beforeend", '<input type="hidden" name="answer" value="no">');
  form.submit();
}"""


def stay(_page: Page) -> None:
    """Nothing more to do."""


def vote(page: Page) -> None:
    """Send the vote as a browser without scripts does."""
    with page.expect_navigation():
        page.evaluate(TYPED_VOTE)


def send_nothing(page: Page) -> None:
    """Send the form as it is, so that it comes back with what is wrong."""
    with page.expect_navigation():
        page.locator(".contact .actions .button.primary").click()


def complain(page: Page) -> None:
    """Write until suggestions are there."""
    page.locator("[name=message]").fill("Python does not run in my locker any more since yesterday.")
    page.locator(".suggestion").first.wait_for()


def ask_nothing(page: Page) -> None:
    """Post the form as it is, so that it comes back with what is wrong."""
    with page.expect_navigation():
        page.locator(".ask .actions .button.primary").click()


def ask_something(page: Page) -> None:
    """Write until suggestions are there."""
    page.locator("[name=title]").fill("Python does not run in my locker any more")
    page.locator(".suggestion").first.wait_for()


def change_the_text(page: Page) -> None:
    """Open what holds the text of the article."""
    page.locator("details:has([name=text]) > summary").click()


def suggest_nothing(page: Page) -> None:
    """Send the form as it is, so that it comes back with what is wrong."""
    with page.expect_navigation():
        page.locator("form:has([name=words]) .button.primary").click()


def open_panels(page: Page) -> None:
    """Open what a moderator may do with each post."""
    for panel in page.locator("details.moderation > summary").all():
        panel.click()


def pick_a_reply(page: Page) -> None:
    """Open the list of saved replies beside the field."""
    page.locator("insert-picker [data-open]").first.click()
    page.locator("dialog[open] .link-choices button").first.wait_for()


@dataclass(frozen=True)
class Place:
    """`path` may hold {locale} and what the shelves name; `who` of the cast must be signed in; `then` leads on."""

    path: str
    who: str = ""
    then: Callable[[Page], None] = stay


PLACES: Mapping[str, Place] = {
    "home": Place("/{locale}/"),
    "topic": Place("/{locale}/topics/{topic}"),
    "article": Place("/{locale}/articles/{article}"),
    "results": Place("/{locale}/search?q=Python"),
    "nothing found": Place("/{locale}/search?q=zzqxj"),
    "suggestion form": Place("/{locale}/articles/{article}/suggestions/new", then=change_the_text),
    "suggestion form with errors": Place("/{locale}/articles/{article}/suggestions/new", then=suggest_nothing),
    "suggestion sent": Place("/{locale}/articles/{article}/suggestions/thanks"),
    "vote": Place("/{locale}/articles/{article}", then=vote),
    "stuck at a step": Place("/{locale}/articles/{article}/stuck/1"),
    "not found": Place("/{locale}/articles/999999-locker"),
    "contact": Place("/{locale}/contact?article={article}&q=Python"),
    "contact with errors": Place("/{locale}/contact", then=send_nothing),
    "contact with suggestions": Place("/{locale}/contact", then=complain),
    "sent": Place("/{locale}/conversations/{conversation}?key={key}&sent=1"),
    "my conversations": Place("/{locale}/conversations", "ben"),
    "community": Place("/{locale}/community?language=all"),
    "solved question": Place("/{locale}/questions/{solved}"),
    "own question": Place("/{locale}/questions/{asked}", "ben"),
    "question form": Place("/{locale}/questions/new", then=ask_nothing),
    "question with suggestions": Place("/{locale}/questions/new", then=ask_something),
    "tag": Place("/{locale}/tags/key"),
    "notifications": Place("/{locale}/account/notifications", "ben"),
    "nothing followed": Place("/{locale}/account/following", "root"),
    "followed": Place("/{locale}/account/following", "ben"),
    "notification settings": Place("/preferences/notifications?lang={locale}", "ben"),
    "letters to stop": Place("/notifications/stop/{stop}?lang={locale}"),
    "waiting for words": Place("/{locale}/search/waiting?q=zzqxj"),
    "person": Place("/{locale}/people/{cleo}"),
    "log of moderation": Place("/{locale}/community/log", "ben"),
    "staff_queues": Place("/{locale}/community/queues", "sam"),
    "review": Place("/{locale}/community/review", "mia"),
    "flag": Place("/{locale}/community/flags/question/{asked}", "cleo"),
    "moderated question": Place("/{locale}/questions/{asked}", "mia", then=open_panels),
    "moderated person": Place("/{locale}/people/{cleo}", "mia"),
    "inbox": Place("/inbox", "sam"),
    "waiting for them": Place("/inbox?queue=theirs", "sam"),
    "inbox conversation": Place("/inbox/{conversation}", "sam"),
    "saved replies": Place("/inbox/replies", "sam"),
    "saved reply": Place("/inbox/replies/{reply}", "sam"),
    "saved replies to insert": Place("/inbox/{conversation}", "sam", then=pick_a_reply),
    "log in": Place("/login"),
    "register": Place("/register"),
    "preferences": Place("/preferences", "ben"),
    "two-step login": Place("/preferences/second-step", "ben"),
    "studio": Place("/studio", "ada"),
    "editor": Place("/studio/articles/{article}/{locale}", "ada"),
    "article review": Place("/studio/articles/{article}/{locale}/review?line=3", "ada"),
    "changes": Place("/studio/articles/{article}/{locale}/changes", "ada"),
    "snippets": Place("/studio/snippets", "ada"),
    "snippet": Place("/studio/snippets/{snippet}", "ada"),
    "new snippet": Place("/studio/snippets/new", "ada"),
    "translations": Place("/studio/translations?in=ar", "ada"),
    "journal": Place("/settings/journal", "root"),
    "health": Place("/studio/health", "ada"),
    "topics": Place("/studio/topics", "ada"),
    "articles of a topic": Place("/studio/topics/{topic}/articles", "ada"),
    "my articles": Place("/studio/mine", "ada"),
    "feedback": Place("/studio/feedback", "ada"),
    "feedback on an article": Place("/studio/feedback?subject=article:{article}", "ada"),
    "suggestions": Place("/studio/suggestions", "ada"),
    "suggestion": Place("/studio/suggestions/{suggestion}", "ada"),
    "own suggestion": Place("/{locale}/articles/{article}/suggestions/{suggestion}", "ben"),
    "search words": Place("/studio/search?q=Python", "ada"),
    "settings": Place("/settings", "root"),
    "people": Place("/settings/people", "root"),
    "openid": Place("/settings/openid", "root"),
}
