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
from helpcenter.feedback import survey, vote, vote_address
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
    place, by = seen.channel if seen else None, actor.of_request()
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
        channel=place,
    )
    if voting.helpful:
        vote_address.take_back(vote_box.subject_of(reading), by)
    # Without a reason or a word nobody could ever mend it.
    elif voting.address and by.user_id is None and (voting.said_reason or voting.said_comment):
        vote_address.leave(vote_box.subject_of(reading), by, voting.address, locale)
    if voting.helpful:
        survey.ask(vote_box.subject_of(reading), voting.revision, by, place)
    db.session.commit()
    return _page(reading, locale, vote_box.personal(reading, locale, by))


@blueprint.get(f"{ADDRESS}/survey")
def show_survey(locale: str, article_id: int) -> Response:
    """The same, for the question after a yes."""
    return show(locale, article_id)


@blueprint.post(f"{ADDRESS}/survey")
@limits.limit(vote.RATE, scope="survey")
def create_survey(locale: str, article_id: int) -> Response:
    """Keep whether this person would have written to us otherwise, if they were asked after their yes."""
    reading = visibility.readable(article_id, locale, current_viewer())
    subject, by = vote_box.subject_of(reading), actor.of_request()
    # It is sent like a vote: yes or no, bound to the revision they saw.
    said = VoteForm(subject)
    if not said.validate():
        return _page(reading, locale, vote_box.personal(reading, locale, by), 422)
    begin_write()
    survey.answer(subject, said.revision, by, would_have_written=said.helpful)
    db.session.commit()
    return _page(reading, locale, vote_box.personal(reading, locale, by))


def _page(reading: Reading, locale: str, box: Box, status: int = 200) -> Response:
    article = {"title": reading.title, "url": visibility.url(reading, locale), "locale": reading.locale}
    steps = breadcrumb(reading.topic_id, locale)
    box = vote_box.with_suggestions(box, reading, locale, current_viewer())
    page = render_template(
        "feedback/show.html", vote=box, article=article, breadcrumb=steps, token=request.form.get("token")
    )
    response = make_response(page, status)
    # It shows what one person answered and wrote.
    response.cache_control.no_store = True
    return response
