"""The ground of a drill: a small site with an article to vote on, a question to answer and a conversation to go on."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from config import Settings
from drills.asking import ask
from helpcenter.accounts import session, user
from helpcenter.accounts.viewer import STRANGER
from helpcenter.app import create_app
from helpcenter.articles.folder import sync
from helpcenter.articles.visibility import listed, url
from helpcenter.community import question
from helpcenter.community.rendering import rendered
from helpcenter.core import clock, migration, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import conversation

ARTICLE = "---\ntitle: Open the ledger\n---\n\nOpen it before you close the books.\n"
TEAM = "team@example.org"
"""Hears of everything that waits for an answer."""
PATHS = ("/en/", "/en/search?q=ledger", "/login")


@dataclass(frozen=True)
class Ground:
    """The addresses that people write to, and what their forms carry. `cookie` is that of a member who is logged in."""

    article_path: str
    vote_path: str
    question_id: int
    conversation_id: int
    messages_path: str
    cookie: str
    revision: str = ""

    @property
    def answers_path(self) -> str:
        """Where an answer is sent."""
        return f"/en/questions/{self.question_id}/answers"

    @property
    def read_paths(self) -> tuple[str, ...]:
        """Pages that anybody may ask for at any time."""
        return (*PATHS, self.article_path)

    def opened(self, port: int, host: str = "127.0.0.1") -> Ground:
        """The same with the signed revision that the article's page gives out. The site has to run."""
        page = ask(port, self.article_path, host=host).text
        signed = re.search(r'name="revision_id" value="([^"]+)"', page)
        if not signed:
            raise LookupError(f"{self.article_path} has no form to vote with")
        return replace(self, revision=signed[1])


def make(settings: Settings, folder: Path) -> Ground:
    """Fill the empty site of these settings. `folder` is a place for one file of Markdown."""
    place = folder / "en" / "ledger"
    place.mkdir(parents=True)
    (place / "open.md").write_text(ARTICLE)
    app = create_app(replace(settings, log_level="ERROR"))
    with app.app_context():
        migration.upgrade()
        sync.import_folder(folder)
        article = url(listed(STRANGER, "en")[0])
        html = rendered("It does not open.", "en")
        begin_write()
        site.change(support_address=TEAM)
        member = user.add("Cleo", "cleo@example.org", "x", is_confirmed=True)
        user.confirm(member, at=clock.now())
        cookie = session.start(member.id)
        by = Actor(new_id(), member.id)
        asked = question.ask(
            "How do I open the ledger?", "It does not open.", html, by=by, author_id=member.id, locale="en"
        )
        talk = conversation.open_with(
            "It does not open.",
            by=Actor(new_id()),
            email="ben@example.org",
            locale="en",
            submission=secrets.token_hex(8),
        )
        db.session.commit()
        ground = Ground(
            article_path=article,
            vote_path=re.sub(r"(/articles/\d+)-.*", r"\1/vote", article),
            question_id=asked.id,
            conversation_id=talk.id,
            messages_path=f"/en/conversations/{talk.id}/messages?key={talk.key}",
            cookie=f"{SESSION_COOKIE}={cookie}",
        )
    with app.app_context():
        db.engine.dispose()
    return ground
