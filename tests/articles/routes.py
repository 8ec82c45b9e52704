"""Who may use the readers' routes of articles."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles import visibility
from helpcenter.articles.revision import Revision
from helpcenter.articles.suggestion import Suggestion, suggest
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import ballot
from tests.cast import Cast
from tests.house.access import Route, everyone, only
from tests.shelf import edition_of, put_article, token_of


def refunds(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "article_id": put_article("Refunds"), "slug": "refunds"}


def refunds_without_slug(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "article_id": put_article("Refunds")}


def the_only_refunds(_cast: Cast) -> dict[str, Any]:
    rows = visibility.listed(STRANGER, "en")
    return {"locale": "en", "article_id": rows[0].article_id if rows else put_article("Refunds")}


def a_yes(cast: Cast) -> dict[str, Any]:
    article_id = the_only_refunds(cast)["article_id"]
    revision_id = edition_of(article_id).published_revision_id
    return {"answer": "yes", "revision_id": ballot.make(("article", article_id), revision_id or 0)}


def step_two(cast: Cast) -> dict[str, Any]:
    return {**the_only_refunds(cast), "step": 2}


def seen_page(cast: Cast) -> dict[str, Any]:
    return {"token": token_of(the_only_refunds(cast)["article_id"])}


def invoices(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "key": "invoices"}


def invoices_in_no_language(_cast: Cast) -> dict[str, Any]:
    return {"key": "invoices"}


def a_suggestion(cast: Cast) -> dict[str, Any]:
    """Ben's."""
    found = db.session.scalars(select(Suggestion)).first()
    if found is None:
        article = put_article("Refunds")
        begin_write()
        base = db.session.get_one(Revision, edition_of(article).published_revision_id)
        text = "Some better words."
        by = cast.id_of("ben")
        found = suggest(base, article, "en", words="Better.", text=text, said_in="en", user_id=by)
        db.session.commit()
    return {"suggestion_id": found.id}


def suggested_for(cast: Cast) -> dict[str, Any]:
    one = a_suggestion(cast)["suggestion_id"]
    return {"locale": "en", "suggestion_id": one, "article_id": db.session.get_one(Suggestion, one).article_id}


def words_for_it(cast: Cast) -> dict[str, Any]:
    article = the_only_refunds(cast)["article_id"]
    signed = ballot.make(("article", article), edition_of(article).published_revision_id or 0)
    return {"words": "Better.", "revision": signed}


ROUTES: dict[str, Route] = {
    "articles.show": everyone(args=refunds),
    "articles.source": everyone(args=refunds_without_slug),
    "votes.show": everyone(303, args=refunds_without_slug),
    "stucks.show": everyone(args=step_two),
    "stucks.create": everyone(args=step_two, data=seen_page),
    "helps.index": everyone(302, args=invoices_in_no_language),
    "helps.show": everyone(302, args=invoices),
    "suggestions.new": everyone(args=the_only_refunds),
    "suggestions.create": everyone(303, args=the_only_refunds, data=words_for_it),
    "suggestions.show_thanks": everyone(args=the_only_refunds),
    "suggestions.show": only("member", args=suggested_for, otherwise=404),
    "suggestions_studio.index": only("editor", "admin"),
    "suggestions_studio.show": only("editor", "admin", args=a_suggestion),
    "suggestions_studio.take": only("editor", "admin", args=a_suggestion, status=303),
    "suggestions_studio.answer": only("editor", "admin", args=a_suggestion, status=303),
    "help_keys.index": only("editor", "admin"),
    "help_keys.create": only("editor", "admin", status=422),
    "votes.create": everyone(args=the_only_refunds, data=a_yes),
    "votes.show_survey": everyone(303, args=refunds_without_slug),
    "votes.create_survey": everyone(args=the_only_refunds, data=a_yes),
}
