"""A site of a known size to measure: so many articles in a data folder of its own, made by the product's own verbs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config import Settings, environment_for
from helpcenter.accounts import session, user
from helpcenter.accounts.viewer import STRANGER
from helpcenter.app import create_app
from helpcenter.articles.folder import sync
from helpcenter.articles.visibility import listed, url
from helpcenter.core import migration
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
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


@dataclass(frozen=True)
class Site:
    """A site with its settings, the cookie of somebody who is signed in, and the address of an article."""

    settings: Settings
    cookie: str
    address: str

    @property
    def environment(self) -> dict[str, str]:
        """What a server needs to run it."""
        return environment_for(self.settings)


def make(folder: Path, articles: int) -> Site:
    """A site with this many published articles of about 6 kB, indexed."""
    settings = Settings(
        data_dir=folder / "data",
        secret_key="a secret for measuring only, long enough",
        log_level="ERROR",
        limits_enabled=False,
    )
    source = folder / "articles" / "en" / "general"
    source.mkdir(parents=True)
    for number in range(articles):
        (source / f"tutorial-{number}.md").write_text(_tutorial(number))
    app = create_app(settings)
    with app.app_context():
        migration.upgrade()
        sync.import_folder(folder / "articles")
        drainer.drain()
        begin_write()
        reader = user.add("Reader", "reader@example.org", "x", is_confirmed=True)
        cookie = session.start(reader.id)
        db.session.commit()
        address = url(listed(STRANGER, "en")[0])
    return Site(settings, f"Cookie: {SESSION_COOKIE}={cookie}", address)


def _tutorial(number: int) -> str:
    def words(start: int, count: int) -> str:
        return " ".join(WORDS[(start * 7 + i * (1 + number % 5)) % len(WORDS)] for i in range(count))

    sections = "\n\n".join(f"## {words(number + part, 3).capitalize()}\n\n{words(part, 150)}." for part in range(5))
    head = f"title: Tutorial {number}\nsummary: {words(number, 8)}\norder: {number}"
    return f"---\n{head}\n---\n\n{words(number, 40)}.\n\n{sections}\n"
