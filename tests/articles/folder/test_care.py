"""What is said of an article on the web about its place and its next look goes into the folder, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from helpcenter.articles.article import Article
from helpcenter.articles.folder.export import export_folder
from helpcenter.articles.folder.report import Outcome
from helpcenter.core.db import db
from tests.articles.folder.conftest import Folder, article, edition
from tests.cast import Cast


@pytest.fixture
def ada(cast: Cast) -> FlaskClient:
    return cast.browser("ada")


@pytest.fixture
def taken(folder: Folder) -> Folder:
    """Two articles; neither file says at which place, and one says how often to look."""
    folder.write("en/billing/cards.md", article("Cards", review_every_days=90))
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    return folder


def export(root: Path) -> dict[Outcome, int]:
    db.session.rollback()
    return export_folder(root).counts()


def bytes_of(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.root.rglob("*.md")}


def test_saying_that_it_is_true_changes_no_file(taken: Folder, ada: FlaskClient) -> None:
    before = bytes_of(taken)
    ada.post(f"/studio/articles/{edition('Cards').article_id}/en/verification")
    assert export(taken.root) == {Outcome.UNCHANGED: 2}
    assert bytes_of(taken) == before


def test_another_interval_is_written_and_comes_back(taken: Folder, ada: FlaskClient) -> None:
    number = edition("Cards").article_id
    ada.post(f"/studio/articles/{number}/en/care", data={"owner": "", "every": "365"})
    assert export(taken.root) == {Outcome.EXPORTED: 1, Outcome.UNCHANGED: 1}
    assert b"review_every_days: 365\n" in bytes_of(taken)["cards.md"]
    taken.take_in()
    db.session.rollback()
    assert db.session.get_one(Article, number).review_every_days == 365


def test_an_order_that_was_given_on_the_web_is_written(taken: Folder, ada: FlaskClient) -> None:
    cards, refunds = (edition(title) for title in ("Cards", "Refunds"))
    topic = db.session.get_one(Article, cards.article_id).topic_id
    sent = {"moved": refunds.article_id, "id": [refunds.article_id, cards.article_id]}
    assert ada.post(f"/studio/topics/{topic}/articles/order", data=sent).status_code == 303
    assert export(taken.root) == {Outcome.EXPORTED: 2}
    assert b"order: 1\n" in bytes_of(taken)["refunds.md"]
    assert b"order: 2\n" in bytes_of(taken)["cards.md"]
    assert export(taken.root) == {Outcome.UNCHANGED: 2}
