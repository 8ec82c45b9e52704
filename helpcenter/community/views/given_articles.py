"""Choosing an article to give as an answer."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import given_article
from helpcenter.community.address import question_address
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import readable

blueprint = Blueprint("given_articles", __name__)
LONGEST_WORDS = 500


@blueprint.get(f"{ADDRESS}/articles")
def index(locale: str, question_id: int) -> Response:
    """What fits the question, or the words that somebody searches for."""
    viewer = current_viewer()
    row = readable(question_id, viewer)
    require(viewer, "answer")
    words = request.args.get("q", "").strip()[:LONGEST_WORDS]
    offered = given_article.offered(words or f"{row.title}\n{row.plain_text[:LONGEST_WORDS]}", locale, viewer)
    page = render_template(
        "community/articles.html", question=row, words=words, offered=offered, back=question_address(row, locale)
    )
    response = make_response(page)
    response.cache_control.no_store = True
    return response
