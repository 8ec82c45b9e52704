"""Two that change many articles at once meet: one waits for the other, and both come to an end."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder import publishing, rerendering, vanishing
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.folder.taking import Taking
from helpcenter.articles.health import reading
from helpcenter.articles.health.reference import ArticleReference
from helpcenter.articles.rendering import Rendering
from helpcenter.core.db import begin_write, db
from tests.articles.folder.conftest import Folder, article, edition
from tests.shelf import change_article, edition_of, put_article

NEW_PAGES = "[one](https://a.example/{0}) [other](https://b.example/{0})"


class Meeting:
    """Somebody who has begun to keep texts waits there until somebody else waits for them, or comes to an end."""

    def __init__(self) -> None:
        self.began, self.other_ended = Event(), Event()

    def __call__(self, step: Callable[..., object]) -> Callable[..., object]:
        def stepped(*args: object, **more: object) -> object:
            done = step(*args, **more)
            if not self.began.is_set():
                self.began.set()
                self.wait_for_the_other()
            return done

        return stepped

    def wait_for_the_other(self) -> None:
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        for _ in range(200 if db.engine.dialect.name == "postgresql" else 0):
            with db.engine.connect() as connection:
                if connection.scalar(waiting) or self.other_ended.is_set():
                    return
            sleep(0.05)

    def hold(self, app: Flask, first: Callable[[], object], second: Callable[[], object]) -> list[str]:
        """Run both, the second once the first has begun; what went wrong."""
        wrong: list[str] = []

        def run(act: Callable[[], object], ended: Event | None = None) -> None:
            with app.app_context():
                try:
                    act()
                except Exception as error:
                    wrong.append(str(error))
                finally:
                    db.session.remove()
                    if ended is not None:
                        ended.set()

        one = Thread(target=run, args=(first,))
        one.start()
        self.began.wait(30)
        other = Thread(target=run, args=(second, self.other_ended))
        other.start()
        one.join(60)
        other.join(60)
        return wrong


@pytest.fixture
def shelf(app: Flask) -> None:
    """The first article was changed last: the order of the articles is not that of their words."""
    first, second = put_article("Refunds", "One."), put_article("Cards", "Two.")
    change_article(first, body=NEW_PAGES.format(1))
    assert edition_of(first).published_revision_id > edition_of(second).published_revision_id
    begin_write()
    db.session.execute(update(Rendering).values(reader_version=0, renderer_version=0))
    db.session.execute(ArticleReference.__table__.delete())
    db.session.commit()


def test_making_texts_anew_and_reading_their_links(app: Flask, shelf: None, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Meeting()
    monkeypatch.setattr(rerendering, "show_anew", meeting(rerendering.show_anew))
    assert meeting.hold(app, rerendering.render_all, reading.read_new) == []


def test_publishing_a_folder_and_making_texts_anew(app: Flask, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in enumerate(("refunds", "cards", "payouts")):
        folder.write(f"en/billing/{name}.md", article(name.title(), NEW_PAGES.format(number)))
    folder.take_in()
    for name in ("payouts", "cards", "refunds"):
        folder.write(f"en/billing/{name}.md", article(name.title(), f"New. {NEW_PAGES.format(name)}"))
    meeting = Meeting()
    monkeypatch.setattr(publishing, "publish", meeting(publishing.publish))
    anew = lambda: rerendering.render_all(only_old=False)  # noqa: E731
    assert meeting.hold(app, folder.take_in, anew) == []


def test_reading_a_folder_and_making_texts_anew(app: Flask, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("refunds", "cards", "payouts"):
        folder.write(f"en/billing/{name}.md", article(name.title(), "Text."))
    folder.take_in()
    for name in ("payouts", "cards", "refunds"):
        folder.write(f"en/billing/{name}.md", article(name.title(), f"New {name}.", audience="members"))
    folder.write("es/billing/refunds.md", article("Reembolsos", audience="members"))
    meeting = Meeting()
    monkeypatch.setattr(Taking, "_rows", meeting(Taking._rows))
    anew = lambda: rerendering.render_all(only_old=False)  # noqa: E731
    assert meeting.hold(app, folder.take_in, anew) == []


def test_who_archives_what_vanished_holds_its_articles_in_every_language(
    app: Flask, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("on SQLite a writer has the database to itself")
    for path in ("en/billing/refunds.md", "es/billing/refunds.md", "en/billing/cards.md"):
        folder.write(path, article(path))
    folder.take_in()
    folder.delete("en/billing/refunds.md")
    free: dict[str, list[str]] = {}
    archive_one = vanishing._archive_one

    def looked_at(*args: Any) -> None:
        with db.engine.connect() as other:
            for row in Article.id, Edition.slug:
                free[row.class_.__tablename__] = list(other.scalars(select(row).with_for_update(skip_locked=True)))
        archive_one(*args)

    monkeypatch.setattr(vanishing, "_archive_one", looked_at)
    assert folder.take_in().of(Outcome.ARCHIVED) == ["en/billing/refunds.md"]
    assert free == {"article": [edition("en/billing/cards.md").article_id], "edition": ["cards"]}
