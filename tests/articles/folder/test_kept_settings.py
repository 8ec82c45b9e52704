"""What a file says of its article besides the words: audience, order and old addresses."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.edition import Edition
from helpcenter.core.db import begin_write, db
from tests.articles.folder.conftest import Folder, article, edition, said


def edition_id_article(title: str) -> int:
    return db.session.scalars(select(Edition.article_id).where(Edition.title == title)).one()


def test_the_narrowest_audience_of_the_languages_counts(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("es/billing/refunds.md", article("Reembolsos", audience="members"))
    folder.take_in()
    assert db.session.get_one(Article, edition("Refunds").article_id).audience == "members"
    folder.write("es/billing/refunds.md", article("Reembolsos"))
    folder.take_in()
    db.session.rollback()
    assert db.session.get_one(Article, edition("Refunds").article_id, populate_existing=True).audience == "everyone"


def test_what_an_editor_set_on_the_web_stays_while_the_file_says_the_same(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old.", order=2))
    folder.take_in()
    begin_write()
    row = db.session.get_one(Article, edition_id_article("Refunds"))
    row.audience, row.position = "team", 9
    db.session.commit()
    folder.write("en/billing/refunds.md", article("Refunds", "New.", order=2))
    folder.take_in()
    row = db.session.get_one(Article, edition_id_article("Refunds"), populate_existing=True)
    assert (row.audience, row.position) == ("team", 9)


def test_an_old_address_leads_to_the_article_and_goes_with_its_line(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", redirect_from="[/old/refunds, /faq/]"))
    folder.write("en/billing/thief.md", article("Thief", redirect_from="/faq"))
    report = folder.take_in()
    paths = dict(db.session.execute(select(OldAddress.path, OldAddress.article_id)).all())
    assert paths == dict.fromkeys(("/old/refunds", "/faq"), edition("Refunds").article_id)
    assert "en/billing/thief.md: redirect_from: /faq leads to another article already" in said(report)
    folder.write("en/billing/refunds.md", article("Refunds", redirect_from="/old/refunds"))
    folder.take_in()
    db.session.rollback()
    assert list(db.session.scalars(select(OldAddress.path))) == ["/old/refunds"]


def test_articles_without_an_order_stand_after_those_with_one(folder: Folder) -> None:
    folder.write("en/billing/a.md", article("A"))
    folder.write("en/billing/b.md", article("B", order=900))
    folder.write("en/billing/c.md", article("C"))
    folder.take_in()
    rows = db.session.execute(
        select(Edition.title).join(Article, Article.id == Edition.article_id).order_by(Article.position, Article.id)
    )
    assert list(rows.scalars()) == ["B", "A", "C"]
