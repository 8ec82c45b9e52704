from __future__ import annotations

from sqlalchemy import func, select, update

from helpcenter.articles.folder.rerendering import render_all, render_marked
from helpcenter.articles.publication import Publication
from helpcenter.articles.rendering import Rendering
from helpcenter.core import content_version
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import RENDERER_VERSION
from tests.articles.folder.conftest import Folder, article, edition, shown


def spoil(title: str, **values: object) -> None:
    found = edition(title)
    begin_write()
    db.session.execute(update(Rendering).where(Rendering.revision_id == found.published_revision_id).values(**values))
    db.session.commit()


def test_what_another_renderer_made_is_made_anew_with_its_links(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "See [cards](cards.md)."))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.take_in()
    html = shown("Refunds")
    spoil("Refunds", renderer_version=0, html="old")
    spoil("Cards", html="kept")
    assert render_all().count == 1
    assert (shown("Refunds"), shown("Cards")) == (html, "kept")
    assert db.session.scalar(select(func.count(Publication.id))) == 2


def test_lost_html_comes_back(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    html = shown("Refunds")
    begin_write()
    db.session.query(Rendering).delete()
    db.session.commit()
    assert render_all().count == 1
    assert shown("Refunds") == html


def test_nothing_old_changes_nothing_and_all_makes_everything_anew(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    spoil("Refunds", html="kept")
    before = content_version.current()
    assert render_all().count == 0
    db.session.rollback()
    assert (content_version.current(), shown("Refunds")) == (before, "kept")
    assert render_all(only_old=False).count == 1
    assert shown("Refunds") != "kept"


def test_the_job_renders_what_an_older_renderer_made_and_not_what_a_newer_one_did(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.take_in()
    html = shown("Refunds")
    spoil("Refunds", renderer_version=RENDERER_VERSION - 1, html="old")
    spoil("Cards", renderer_version=RENDERER_VERSION + 1, html="newer")
    assert (render_marked(), render_marked()) == (1, 0)
    assert (shown("Refunds"), shown("Cards")) == (html, "newer")
