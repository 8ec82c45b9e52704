"""Journeys in the system's Chromium, on a site that is served for real; skipped where there is no Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from config import ROOT
from helpcenter.accounts.notifications import stop_token
from helpcenter.articles.revision import Revision
from helpcenter.articles.suggestion import suggest
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import conversation
from tests import shelf
from tests.articles.snippets.conftest import put_snippet
from tests.browser import accessibility
from tests.browser.desk import Desk
from tests.browser.live_site import LiveSite, served
from tests.browser.pages import PLACES
from tests.browser.visitor import Visitor
from tests.community.moderation.acts import hide, put_flag
from tests.community.posts import put_acceptance, put_answer, put_question, put_vote
from tests.conftest import database_url
from tests.support.letters_to_us import opened as opened_conversation
from tests.support.replies_of_ours import put_reply

# The same engine without windows comes first: a page costs it a third of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# A container has neither the rights for Chromium's sandbox nor much shared memory.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]
EVERYTHING = ROOT / "articles" / "en" / "writing" / "markdown-that-works-here.md"
# A busy machine is slow, which is no defect of a page.
expect.set_options(timeout=20_000)
TITLES = {
    "en": "Python in a locker",
    "es": "Python en la taquilla",
    "ru": "Python в шкафчике",
    "ar": "Python في الخزانة",
}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    if CHROMIUM is None:
        if os.environ.get("HELPCENTER_TESTS_COMPLETE") == "1":
            pytest.fail("Chromium is missing, and every test must run")
        pytest.skip("Chromium is missing")
    return {"executable_path": CHROMIUM, "args": ARGUMENTS, "headless": True}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A new site for the tests of a file; they share what they write."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    with served(tmp_path_factory.mktemp("site"), database_url(f"browser_{worker}")) as live:
        yield live


@pytest.fixture
def visitor(browser: Browser, site: LiveSite) -> Iterator[Visitor]:
    """Whoever looks; the test fails at its end when the browser complained about anything."""
    someone = Visitor(browser, site)
    yield someone
    someone.leave()


@pytest.fixture
def visit(visitor: Visitor) -> Callable[..., Page]:
    """Opens an address: `visit("/ar/", locale="ar", size="phone")`."""
    return visitor.visit


@pytest.fixture
def signed_in_as(visitor: Visitor) -> Callable[..., Page]:
    """Opens an address as somebody of the cast: `signed_in_as("ada", "/studio")`."""

    def open_page(who: str, path: str = "/", **look: Any) -> Page:
        return visitor.visit(path, who=who, **look)

    return open_page


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails where a page keeps somebody out: `axe(page)`."""
    return partial(accessibility.check)


@pytest.fixture(scope="module")
def shelves(site: LiveSite) -> dict[str, Any]:
    """A topic and an article in four languages that holds everything Markdown can."""
    body = EVERYTHING.read_text(encoding="utf-8").split("---\n", 2)[2]
    topic = site.do(shelf.put_topic, "harbor", "Harbor", es="Puerto", ru="Порт", ar="الميناء")
    section = site.do(shelf.put_topic, "lockers", "Lockers", below=topic, es="Taquillas", ru="Шкафчики", ar="الخزائن")
    article = site.do(shelf.put_article, TITLES["en"], body, topic_id=topic, summary="All about it.")
    for locale in ("es", "ru", "ar"):
        site.do(shelf.put_article, TITLES[locale], body, locale=locale, of=article)
    for number in range(3):
        site.do(shelf.put_article, f"Open locker {number} with Python", "Pull.", topic_id=section, summary="Slowly.")
    faulty = f"[gone](/en/articles/999)\n\n![](/files/{'x' * 90}.png)\n\n## Part\n\n#### {'o' * 90}"
    site.do(shelf.put_article, f"A locker for {'keys' * 15}", faulty, topic_id=section)
    snippet = site.do(put_snippet, "careful", en=f"> [!WARNING]\n> It is **hot** {'o' * 90}", ar="ساخن.")
    for number in range(2):
        site.do(shelf.put_article, f"Boil water {number} {'o' * 90}", "{{ snippet: careful }}", topic_id=section)
    site.change(known_problem="Lockers are slow today.")
    site.work()
    held = {"topic": topic, "article": article, "suggestion": _suggestion(site, article), "snippet": snippet}
    return {**held, **_letters(site, article), **_questions(site, topic)}


def _suggestion(site: LiveSite, article: int) -> int:
    """Ben wants another text for an article, and says so in words too long for a line; a stranger voted no."""
    with site.inside() as cast:
        edition = shelf.edition_of(article)
        base = db.session.get_one(Revision, edition.published_revision_id)
        text, words = base.body.replace("Python", "Python 3"), f"Say which one {'o' * 90}"
        begin_write()
        row = suggest(base, article, "en", words=words, text=text, said_in="en", user_id=cast.id_of("ben"))
        about = {"subject": ("article", article), "revision_id": base.id}
        vote.cast_vote(**about, helpful=False, by=Actor(new_id()), reason="confusing", comment="Which one?")
        db.session.commit()
        return row.id


def _letters(site: LiveSite, article: int) -> dict[str, Any]:
    """One that stops somebody's work, with an answer and a note; one of Ben's that waits; and a saved reply."""
    with site.inside() as cast:
        us = Actor(new_id(), cast.id_of("sam"), excluded_reason="staff")
        opened_conversation("Can I have two lockers?", by=Actor(new_id(), cast.id_of("ben")))
        first = f"My locker does not open. {'o' * 60}\n\nIt says <b>no</b>, see https://example.org/{'a' * 90}"
        row = opened_conversation(first, name=f"{'Na' * 40} <i>", is_urgent=True, email=f"{'n' * 60}@example.org")
        begin_write()
        conversation.add_note(row, "Known since Friday.", by=us)
        conversation.reply(row, "Please pull.", by=us)
        db.session.commit()
        saved = f"Hello {{name}}, see [this](/articles/{article}).\n{'o' * 90}"
        return {"conversation": row.id, "key": row.key, "reply": put_reply("Locker " + "e" * 60, saved, ar=saved)}


def _questions(site: LiveSite, topic: int) -> dict[str, Any]:
    """Ben's: an open one with two answers, and a solved one, both of long words."""
    with site.inside() as cast:
        text = f"It says **no**, see https://example.org/{'a' * 90}\n\n{'Pull harder. ' * 60}"
        title = f"Why does my locker not open {'o' * 60}"
        asked, solved = (put_question(cast, "ben", title, text, topic_id=topic, tags=["key"]) for _ in range(2))
        for question in (asked, solved):
            answers = [put_answer(cast, question, who, f"1. Pull.\n2. `{'x' * 90}`") for who in ("cleo", "sam")]
            put_vote(answers[0], Actor(new_id()))
        put_acceptance(cast, answers[0])
        hide(cast, "answer", answers[1])
        put_flag(cast, "question", asked, "sam", words=f"It repeats itself {'o' * 90}")
        put_flag(cast, "user", cast.id_of("cleo"), "ben", why="rude")
        stop = stop_token.make(cast.id_of("ben"), ["answer", "mention"])
        return {"asked": asked, "solved": solved, "cleo": cast.id_of("cleo"), "stop": stop}


@pytest.fixture
def opened(visit: Callable[..., Page], shelves: dict[str, int]) -> Callable[..., Page]:
    """Opens a main page by its name."""

    def open_page(name: str, locale: str, **look: str) -> Page:
        place = PLACES[name]
        page = visit(place.path.format(locale=locale, **shelves), who=place.who, locale=locale, **look)
        place.then(page)
        return page

    return open_page


@pytest.fixture
def desk(visitor: Visitor, site: LiveSite) -> Iterator[Desk]:
    """An article that Ada is about to write."""
    yield Desk(visitor, site)
    site.change(second_person=False)
