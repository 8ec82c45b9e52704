"""What readers of the other help center had voted."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.articles.importers.imported_article import ImportedArticle
from helpcenter.core.db import db
from helpcenter.feedback import tally
from helpcenter.feedback.helpful_vote import HelpfulVote
from tests.articles.importers.conftest import Export, count, editions, zendesk, zendesk_article
from tests.cast import Cast


def test_votes_are_shown_to_editors_and_counted_nowhere(export: Export, cast: Cast, stranger: FlaskClient) -> None:
    zendesk(export, zendesk_article(1, "Light it", vote_count=15, vote_sum=9))
    export.bring_in()
    edition = editions()["Light it"]
    address = f"/en/articles/{edition.article_id}-light-it"
    assert "before the move from Zendesk: 12 yes, 3 no" in cast.browser("ada").get(address).text
    assert "before the move" not in stranger.get(address).text
    assert count(HelpfulVote) == 0
    assert tally.of(("article", edition.article_id), edition.published_revision_id or 0) == tally.Tally()


def test_votes_from_before_stand_in_the_list_of_articles_once_and_apart(export: Export, cast: Cast) -> None:
    spanish = {"locale": "es", "title": "Enciéndela", "body": "<p>Pulsa.</p>", "draft": False}
    zendesk(export, zendesk_article(1, "Light it", vote_sum=1, vote_count=5, translations=[spanish]))
    export.bring_in()
    page = cast.browser("ada").get("/studio").text
    assert page.count("before the move from Zendesk: 3 yes, 2 no") == 1
    row = page.split("Light it</a>")[1].split("</tr>")[0]
    assert "before the move from Zendesk: 3 yes, 2 no" in row
    assert {"Light it", "Enciéndela"} <= editions().keys()


def test_new_sums_of_votes_replace_the_old_ones(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it", vote_count=2, vote_sum=2))
    export.bring_in()
    zendesk(export, zendesk_article(1, "Light it", vote_count=4, vote_sum=2))
    export.bring_in()
    row = db.session.scalars(select(ImportedArticle).execution_options(populate_existing=True)).one()
    assert (row.yes, row.no) == (3, 1)
