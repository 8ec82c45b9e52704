"""The one question after a helpful answer: would you have written to us otherwise?"""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import answer
from helpcenter.community.views.acceptances import ANSWER
from helpcenter.community.views.answer_votes import answered
from helpcenter.community.visibility import readable, readable_answer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Refusal
from helpcenter.feedback import ballot, survey, vote
from helpcenter.feedback.ballot import BadBallot
from helpcenter.journeys import actor

blueprint = Blueprint("answer_surveys", __name__)
SAID = {"yes": True, "no": False}


@blueprint.post(f"{ANSWER}/vote/survey")
@limits.limit(vote.RATE, scope="survey")
def create(locale: str, question_id: int, answer_id: int) -> Response:
    """Keep what somebody says who was asked after their yes."""
    viewer, by = current_viewer(), actor.of_request()
    found = readable_answer(answer_id, viewer, question_id)
    said = request.form.get("answer", "")
    try:
        revision_id = ballot.revision_of(request.form.get("ballot", ""), (answer.SUBJECT, found.id))
    except BadBallot as problem:
        raise Refusal from problem
    if said not in SAID:
        raise Refusal
    begin_write()
    survey.answer((answer.SUBJECT, found.id), revision_id, by, would_have_written=SAID[said])
    db.session.commit()
    return answered(readable(question_id, viewer), locale, viewer, f"#answer-{answer_id}")
