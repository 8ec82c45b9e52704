"""A site of a known size to measure: so many articles in a data folder of its own, made by the product's own verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask import Flask
from sqlalchemy import event

from config import Settings, environment_for
from helpcenter.accounts import session, user
from helpcenter.accounts.viewer import STRANGER
from helpcenter.app import create_app
from helpcenter.articles.folder import sync
from helpcenter.articles.visibility import listed, url
from helpcenter.core import migration
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from helpcenter.core.plain_reader import PlainReader
from helpcenter.search import drainer

WORDS = [
    "account",
    "invoice",
    "refund",
    "member",
    "team",
    "export",
    "import",
    "report",
    "filter",
    "goal",
    "event",
    "visit",
    "page",
    "script",
    "domain",
    "email",
]


IN_A_TOPIC = 25


@dataclass(frozen=True)
class Site:
    """A site with its settings, the cookie of somebody who is signed in, the address of an article, and how many."""

    settings: Settings
    app: Flask
    cookie: str
    address: str
    articles: int

    @property
    def environment(self) -> dict[str, str]:
        """What a server needs to run it."""
        return environment_for(self.settings)

    def grow_cold(self) -> None:
        """Make every kept page old, as a publication does."""
        with self.app.app_context():
            begin_write(survives_power_cut=False)
            content_changed()
            db.session.commit()

    def queries(self, cookie: str = "") -> int:
        """How many statements the article takes, counted in this process: cold for a stranger, else the second time."""
        asked: list[str] = []
        self.grow_cold()
        browser = self.app.test_client(use_cookies=False)
        with self.app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

        def noted(reader: PlainReader, statement: str, values: Any) -> list[tuple[Any, ...]]:
            asked.append(statement)
            return plain(reader, statement, values)

        # What is read before the app is asked.
        plain = PlainReader._ask
        with patch.object(PlainReader, "_ask", noted):
            for _ in range(2 if cookie else 1):
                asked.clear()
                browser.get(self.address, headers={"Cookie": cookie})
        # Where this process has just written without waiting for the disk, it says PRAGMA first; a server does not.
        return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in asked)


def make(folder: Path, articles: int, database_url: str = "", words: Callable[[int, int], str] | None = None) -> Site:
    """A site with this many published articles of about 6 kB in topics of 25, indexed.

    `words` gives words from a place on, and how many; without it they are sixteen, again and again. Only the limits
    are off, since everything is asked from one address; every request is logged as always.
    """
    settings = Settings(
        data_dir=folder / "data",
        database_url=database_url,
        secret_key="a secret for measuring only, long enough",
        limits_enabled=False,
    )
    for number in range(articles):
        topic = folder / "articles" / "en" / f"topic-{number // IN_A_TOPIC}"
        topic.mkdir(parents=True, exist_ok=True)
        (topic / f"tutorial-{number}.md").write_text(_tutorial(number, words))
    app = create_app(replace(settings, log_level="ERROR"))
    with app.app_context():
        migration.upgrade()
        report = sync.import_folder(folder / "articles")
        if report.findings:
            raise RuntimeError(f"not every article was taken: {report.findings[0]}")
        drainer.drain()
        begin_write()
        reader = user.add("Reader", "reader@example.org", "x", is_confirmed=True)
        cookie = session.start(reader.id)
        db.session.commit()
        address = url(listed(STRANGER, "en")[0])
    return Site(settings, app, f"{SESSION_COOKIE}={cookie}", address, articles)


def _tutorial(number: int, given: Callable[[int, int], str] | None) -> str:
    def few(start: int, count: int) -> str:
        return " ".join(WORDS[(start * 7 + i * (1 + number % 5)) % len(WORDS)] for i in range(count))

    words = given or few
    sections = "\n\n".join(f"## {words(number + part, 3).capitalize()}\n\n{words(part, 150)}." for part in range(5))
    head = f"title: Tutorial {number}\nsummary: {words(number, 8)}\norder: {number % IN_A_TOPIC + 1}"
    return f"---\n{head}\n---\n\n{words(number, 40)}.\n\n{sections}\n"
