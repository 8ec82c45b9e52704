"""Saying whether an answer helped: anybody may, but for whoever wrote it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import answer, answer_vote, newcomer
from helpcenter.community.address import answer_address, question_address
from helpcenter.community.question import Question
from helpcenter.community.views.acceptances import ANSWER
from helpcenter.community.views.questions import page_after_act
from helpcenter.community.visibility import locked, readable, readable_answer, shown_answer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Forbidden, NotFound, Refusal
from helpcenter.feedback import ballot, survey, vote
from helpcenter.feedback.ballot import BadBallot
from helpcenter.journeys import actor

blueprint = Blueprint("answer_votes", __name__)
ANSWERS = {"yes": True, "no": False, "": None}


@blueprint.get(f"{ANSWER}/vote")
def show(locale: str, question_id: int, answer_id: int) -> Response:  # noqa: ARG001
    """Somebody opened the address of the form: to the answer, and nothing changes."""
    readable_answer(answer_id, current_viewer(), question_id)
    return redirect(answer_address(answer_id), 303)


@blueprint.post(f"{ANSWER}/vote")
@limits.limit(vote.RATE, scope="vote")
def create(locale: str, question_id: int, answer_id: int) -> Response:
    """Cast, change or take back this person's vote; a member goes back to the page, others see it as they left it."""
    viewer, by = current_viewer(), actor.of_request()
    found = shown_answer(answer_id, viewer, question_id)
    helpful = _said(answer_id)
    if not readable(question_id, viewer).can_be_solved:
        raise NotFound
    if viewer.id == found.author_id:
        raise Forbidden
    if helpful is not None:
        newcomer.spend_vote(viewer)
    begin_write()
    row, found = locked(question_id, viewer), shown_answer(answer_id, viewer, question_id)
    if helpful is None:
        answer_vote.withdraw(row, found, by=by)
    else:
        answer_vote.cast_vote(row, found, helpful=helpful, by=by)
        if helpful:
            survey.ask((answer.SUBJECT, found.id), found.revision, by)
    db.session.commit()
    return answered(row, locale, viewer, f"#answer-{answer_id}")


def answered(row: Question, locale: str, viewer: Viewer, place: str = "") -> Response:
    """Back to the question; whoever is not signed in gets the page as it is for them, which no address shows."""
    if viewer.is_signed_in:
        return redirect(question_address(row, locale) + place, 303)
    response = make_response(page_after_act(row, locale, viewer))
    response.cache_control.no_store = True
    return response


def _said(answer_id: int) -> bool | None:
    said = request.form.get("answer", "")
    try:
        ballot.revision_of(request.form.get("ballot", ""), (answer.SUBJECT, answer_id))
    except BadBallot as problem:
        raise Refusal from problem
    if said not in ANSWERS:
        raise Refusal
    return ANSWERS[said]
