import re

import pytest
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.article import Article
from helpcenter.articles.visibility import readable
from helpcenter.core.db import db
from helpcenter.core.refusals import Gone
from tests.articles.studio.conftest import edition, send


def test_an_archived_article_is_gone_for_readers_and_comes_back_by_undo(ada, written):
    before = (edition().published_revision_id, edition().updated_at)
    ada.post(f"{written}/archival")
    assert "Undo" in ada.get(written).text
    with pytest.raises(Gone):
        readable(edition().article_id, "en", STRANGER)
    ada.post(f"{written}/return")
    assert readable(edition().article_id, "en", STRANGER).title == "Get a refund"
    assert (edition().published_revision_id, edition().updated_at) == before


def test_an_archived_draft_comes_back_as_a_draft(ada, words):
    address = ada.post("/studio/articles", data=words()).headers["Location"]
    ada.post(f"{address}/archival")
    assert edition().status == "archived"
    ada.post(f"{address}/return")
    assert edition().status == "draft"


@pytest.mark.parametrize(
    "named", ["{id}", "#{id}", "/en/articles/{id}-whatever", "https://help.example.org/ar/articles/{id}-x"]
)
def test_its_address_leads_to_the_successor(ada, written, words, named):
    article_id = edition().article_id
    ada.post("/studio/articles", data=words(title="The new one", publish="1"))
    db.session.rollback()
    successor = db.session.scalars(select(Article.id).where(Article.id != article_id)).one()
    ada.post(f"{written}/archival", data={"successor": named.format(id=successor)})
    db.session.rollback()
    with pytest.raises(Gone) as gone:
        readable(article_id, "en", STRANGER)
    assert gone.value.successor == f"/en/articles/{successor}-the-new-one"


@pytest.mark.parametrize("named", ["987654", "somewhere", "/en/articles/99999999999999999999", "itself"])
def test_a_successor_that_is_no_other_article_archives_nothing(ada, written, named):
    named = str(edition().article_id) if named == "itself" else named
    answer = ada.post(f"{written}/archival", data={"successor": named})
    assert answer.status_code == 422
    assert "Nothing was archived" in answer.text
    assert f'value="{named}"' in answer.text
    assert edition().status == "published"


def test_the_next_language_is_archived_with_the_same_successor(ada, written, words):
    article_id = edition().article_id
    ada.post("/studio/articles", data=words(title="The new one", publish="1"))
    db.session.rollback()
    successor = db.session.scalars(select(Article.id).where(Article.id != article_id)).one()
    send(ada, written.replace("/en", "/es"), **words(title="Reembolsos"), publish="1")
    ada.post(f"{written}/archival", data={"successor": str(successor)})
    offered = re.search(r'name="successor"[^>]* value="(\d+)"', ada.get(written.replace("/en", "/es")).text)
    assert offered
    assert int(offered[1]) == successor


def test_whoever_asks_for_an_archived_language_is_led_to_its_successor_first(ada, written, words):
    article_id = edition().article_id
    ada.post("/studio/articles", data=words(title="The new one", publish="1"))
    db.session.rollback()
    successor = db.session.scalars(select(Article.id).where(Article.id != article_id)).one()
    send(ada, written.replace("/en", "/es"), **words(title="Reembolsos"), publish="1")
    ada.post(f"{written}/archival")
    assert readable(article_id, "en", STRANGER).title == "Reembolsos"
    ada.post(f"{written}/return")
    ada.post(f"{written}/archival", data={"successor": str(successor)})
    with pytest.raises(Gone):
        readable(article_id, "en", STRANGER)
    assert readable(article_id, "es", STRANGER).title == "Reembolsos"
    assert readable(article_id, "ru", STRANGER).title == "Reembolsos"


def test_publishing_an_archived_article_shows_it_again(ada, written, words):
    ada.post(f"{written}/archival")
    send(ada, written, **words(), publish="1")
    assert edition().status == "published"


def test_archiving_one_language_leaves_the_others(ada, written, words):
    spanish = written.replace("/en", "/es")
    send(ada, spanish, **words(title="Reembolso"), publish="1")
    ada.post(f"{spanish}/archival")
    assert readable(edition("en").article_id, "es", STRANGER).locale == "en"


def test_what_was_not_written_can_not_be_archived(ada, written):
    assert ada.post(written.replace("/en", "/ru") + "/archival").status_code == 404
    assert ada.post(written.replace("/en", "/ru") + "/return").status_code == 404
