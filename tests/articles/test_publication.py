from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.articles.publication import archive, history
from helpcenter.articles.revision import Content, Significance, revise
from helpcenter.core import clock, content_version
from helpcenter.core.db import begin_write, db
from helpcenter.files import upload
from tests.files.pictures import picture
from tests.shelf import change_article, edition_of, put_article

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_published_edition_keeps_every_publication(app: Flask) -> None:
    article = put_article("Refunds", "First.")
    change_article(article, body="Second.")
    assert len(history(edition_of(article).id)) == 2


def test_the_same_words_make_no_new_revision(app: Flask) -> None:
    edition = edition_of(put_article("Refunds", "First."))
    begin_write()
    edition = edition_of(edition.article_id)
    again = revise(edition, Content("Refunds", "First."), by=None)
    other = revise(edition, Content("Refunds", "Other."), by=None)
    assert (again.number, other.number) == (1, 2)
    db.session.rollback()


def test_a_typo_does_not_count_as_an_update(app: Flask) -> None:
    with clock.moved(MONDAY):
        article = put_article("Refunds", "Frist.")
    with clock.moved(MONDAY + timedelta(days=1)):
        change_article(article, body="First.", significance=Significance.TYPO)
    assert edition_of(article).updated_at == MONDAY
    with clock.moved(MONDAY + timedelta(days=2)):
        change_article(article, body="All anew.")
    assert edition_of(article).updated_at == MONDAY + timedelta(days=2)


def test_the_slug_stays_when_a_published_title_changes(app: Flask) -> None:
    article = put_article("Refunds")
    change_article(article, title="Getting your money back")
    assert edition_of(article).slug == "refunds"
    assert edition_of(article).title == "Getting your money back"


def test_publishing_raises_the_content_version_once(app: Flask) -> None:
    article = put_article("Refunds")
    before = content_version.current()
    change_article(article, body="Other words.")
    assert content_version.current() == before + 1


def test_archiving_keeps_the_text(app: Flask) -> None:
    article = put_article("Refunds", "First.")
    begin_write()
    archive(edition_of(article), by=None)
    db.session.commit()
    edition = edition_of(article)
    assert not edition.is_published
    assert edition.published_revision_id is not None


def test_the_pictures_of_an_archived_language_are_gone_for_readers_of_the_others_too(
    app: Flask, stranger: FlaskClient
) -> None:
    shot = upload.store_picture(picture(size=(40, 30)), by=None)
    article = put_article("Refunds", "No picture.")
    put_article("Reembolsos", f"![Una foto]({shot.url})", of=article, locale="es")
    assert stranger.get(shot.url).status_code == 200
    begin_write()
    archive(edition_of(article, "es"), by=None)
    db.session.commit()
    assert stranger.get(shot.url).status_code == 404
