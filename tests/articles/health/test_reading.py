"""Taking up what texts point to, and knowing from it what to make anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.articles.folder.relinking import linking_to, pointing_to
from helpcenter.articles.health import outside_address, reading
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.reading import read_new
from helpcenter.articles.health.reference import READER_VERSION, ArticleReference
from helpcenter.articles.rendering import Reading, Rendering, read
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused
from helpcenter.core.markdown.refusal import Reason
from tests.articles.health.conftest import found
from tests.shelf import edition_of, put_article

BODY = "[a](/en/articles/999)"


class Refusing:
    """Stands for a reader that refuses the texts with a word in them, and counts what it was given."""

    def __init__(self) -> None:
        self.word = "tangled"
        self.count = 0

    def __call__(self, body: str, locale: str) -> Reading:
        self.count += 1
        if self.word in body:
            raise MarkdownRefused(Reason.TOO_TANGLED)
        return read(body, locale)


@pytest.fixture
def reader(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Refusing]:
    reader = Refusing()
    monkeypatch.setattr(reading, "read", reader)
    yield reader


def version_of(article_id: int) -> int:
    db.session.rollback()
    revision_id = edition_of(article_id).published_revision_id
    return db.session.scalars(select(Rendering.reader_version).where(Rendering.revision_id == revision_id)).one()


def forget(version: int = 0) -> None:
    """As after an update: nothing was read by this reader."""
    begin_write()
    db.session.execute(Rendering.__table__.update().values(reader_version=version))  # type: ignore[attr-defined]
    db.session.execute(ArticleReference.__table__.delete())  # type: ignore[attr-defined]
    db.session.commit()


def test_a_text_that_can_not_be_read_is_tried_once_and_again_when_somebody_says_so(reader: Refusing) -> None:
    tangled, cards = put_article("Tangled", f"tangled {BODY}"), put_article("Cards", BODY)
    forget()
    assert list(read_new()) == [tangled] and reader.count == 2
    assert version_of(tangled) == -READER_VERSION and version_of(cards) == READER_VERSION
    assert found(Kind.LINKS) == [("Cards", 1)]
    assert read_new() == {} and reader.count == 2
    assert list(read_new(anew=True)) == [tangled]
    reader.word = "nothing"
    assert read_new(anew=True) == {} and version_of(tangled) == READER_VERSION


def test_what_an_older_reader_refused_is_tried_by_a_newer_one(reader: Refusing) -> None:
    tangled = put_article("Tangled", BODY)
    forget(-READER_VERSION - 1)
    assert read_new() == {} and version_of(tangled) == READER_VERSION


def test_what_is_known_of_a_text_stays_known_when_it_is_refused_later(reader: Refusing) -> None:
    tangled = put_article("Tangled", f"tangled {BODY}")
    assert list(read_new(anew=True)) == [tangled]
    assert version_of(tangled) == READER_VERSION and found(Kind.LINKS) == [("Tangled", 1)]


def test_the_pages_of_other_sites_of_a_batch_are_kept_in_one_order(
    reader: Refusing, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_article("Cards", "[a](https://z.example/) [b](https://b.example/)")
    put_article("Refunds", "[a](https://y.example/) [b](https://a.example/)")
    forget()
    asked: list[list[str]] = []

    def noted(wanted: list[str]) -> dict[str, int]:
        asked.append(wanted)
        return numbers(wanted)

    numbers = outside_address._numbers
    monkeypatch.setattr(outside_address, "_numbers", noted)
    read_new()
    assert asked == [[f"https://{letter}.example/" for letter in "abyz"]]
    urls = select(outside_address.OutsideAddress.url).join(ArticleReference).order_by(ArticleReference.id)
    assert db.session.scalars(urls).all() == [f"https://{letter}.example/" for letter in "zbya"]


@pytest.mark.parametrize("version", [READER_VERSION, 0, -READER_VERSION])
def test_what_links_to_an_article_is_known_by_what_was_read_or_else_by_its_html(app: Flask, version: int) -> None:
    refunds, other = put_article("Refunds"), put_article("Limits")
    cards = put_article("Cards", f"[r](/en/articles/{refunds}) [r](/articles/{refunds}-x#h-y)")
    put_article("Fees", f"[l](/en/articles/{other})")
    put_article("Draft", f"[r](/en/articles/{refunds})", published=False)
    if version != READER_VERSION:
        forget(version)
    assert linking_to([refunds]) == [edition_of(cards).id]
    assert len(linking_to([refunds, other])) == 2


def test_what_links_to_an_article_is_found_by_its_links_on_a_large_site(plan: Callable[[Any], list[str]]) -> None:
    steps = plan(pointing_to([1, 2]))
    assert any("ix_article_reference_article_id" in step for step in steps), steps
    assert all(step.startswith("SEARCH") for step in steps), steps


def test_the_html_of_what_was_read_is_not_looked_through(app: Flask) -> None:
    refunds = put_article("Refunds")
    put_article("Cards", f"`/en/articles/{refunds}-refunds`")
    assert linking_to([refunds]) == []
