"""A reader says that it solved it for them too: anybody may, but for whoever asked or wrote the solution."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import solved_for_me
from helpcenter.community.address import question_address
from helpcenter.community.views.answer_votes import answered
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import locked, readable, readable_answer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict, Forbidden
from helpcenter.feedback import vote
from helpcenter.journeys import actor

blueprint = Blueprint("solved_for_mes", __name__)


@blueprint.get(f"{ADDRESS}/solved-for-me")
def show(locale: str, question_id: int) -> Response:
    """Somebody opened the address of the form: to the question, and nothing changes."""
    return redirect(question_address(readable(question_id, current_viewer()), locale), 303)


@blueprint.post(f"{ADDRESS}/solved-for-me")
@limits.limit(vote.RATE, scope="vote")
def create(locale: str, question_id: int) -> Response:
    """Say it. Raises Conflict where the question is open again."""
    viewer, by = current_viewer(), actor.of_request()
    readable(question_id, viewer)
    begin_write()
    row = locked(question_id, viewer)
    if row.solution_id is None:
        raise Conflict
    if viewer.id is not None and viewer.id in (row.author_id, readable_answer(row.solution_id, viewer).author_id):
        raise Forbidden
    solved_for_me.say(row, by=by)
    db.session.commit()
    return answered(row, locale, viewer)


@blueprint.get(f"{ADDRESS}/solved-for-me/withdrawal")
def show_withdrawal(locale: str, question_id: int) -> Response:
    """The same, for taking it back."""
    return show(locale, question_id)


@blueprint.post(f"{ADDRESS}/solved-for-me/withdrawal")
@limits.limit(vote.RATE, scope="vote")
def destroy(locale: str, question_id: int) -> Response:
    """It did not after all."""
    viewer, by = current_viewer(), actor.of_request()
    readable(question_id, viewer)
    begin_write()
    row = locked(question_id, viewer)
    solved_for_me.take_back(row, by=by)
    db.session.commit()
    return answered(row, locale, viewer)
