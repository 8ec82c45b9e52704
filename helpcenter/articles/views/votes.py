"""Taking a vote on an article. Without scripts it leads to a page of its own; with them its box is swapped in."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles import visibility, vote_box
from helpcenter.articles.breadcrumb import breadcrumb
from helpcenter.articles.visibility import Reading
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote
from helpcenter.feedback.box import Box
from helpcenter.feedback.form import VoteForm
from helpcenter.journeys import actor, page_token
from helpcenter.topics.tree import tree

blueprint = Blueprint("votes", __name__)
ADDRESS = "/<locale:locale>/articles/<int:article_id>/vote"


@blueprint.get(ADDRESS)
def show(locale: str, article_id: int) -> Response:
    """Somebody opened the address of the form: to the article, and nothing changes."""
    reading = visibility.readable(article_id, locale, current_viewer())
    return redirect(visibility.url(reading, locale) + "#vote", 303)


@blueprint.post(ADDRESS)
@limits.limit(vote.RATE, scope="vote")
def create(locale: str, article_id: int) -> Response:
    """Cast or change this person's vote on the revision they saw."""
    reading = visibility.readable(article_id, locale, current_viewer())
    voting = VoteForm(vote_box.subject_of(reading))
    if not voting.validate():
        return _page(reading, locale, vote_box.refused(reading, locale, voting), 422)
    root = tree().root_of(reading.topic_id)
    seen = page_token.of_form(vote_box.subject_of(reading))
    by = actor.of_request()
    begin_write()
    vote.cast_vote(
        subject=vote_box.subject_of(reading),
        revision_id=voting.revision,
        helpful=voting.helpful,
        by=by,
        reason=voting.said_reason,
        comment=voting.said_comment,
        locale=reading.locale,
        topic_id=root,
        channel=seen.channel if seen else None,
    )
    db.session.commit()
    return _page(reading, locale, vote_box.personal(reading, locale, by))


def _page(reading: Reading, locale: str, box: Box, status: int = 200) -> Response:
    article = {"title": reading.title, "url": visibility.url(reading, locale), "locale": reading.locale}
    steps = breadcrumb(reading.topic_id, locale)
    page = render_template(
        "feedback/show.html", vote=box, article=article, breadcrumb=steps, token=request.form.get("token")
    )
    response = make_response(page, status)
    # It shows what one person answered and wrote.
    response.cache_control.no_store = True
    return response
