"""The solution: accepting an answer, taking it back, saying that it did not help."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import acceptance, newcomer, trust
from helpcenter.community.acceptance import Via
from helpcenter.community.address import question_address
from helpcenter.community.question import Question
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import locked, readable, shown_answer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Forbidden, NotFound
from helpcenter.journeys import actor

blueprint = Blueprint("acceptances", __name__)
ANSWER = f"{ADDRESS}/answers/<int:answer_id>"


@blueprint.post(f"{ANSWER}/acceptance")
@newcomer.counts_changes
def create(locale: str, question_id: int, answer_id: int) -> Response:
    """This answer solved it."""
    viewer, by = current_viewer(), actor.of_request()
    via = _require_say(readable(question_id, viewer), viewer)
    begin_write()
    row, answer = locked(question_id, viewer), shown_answer(answer_id, viewer, question_id)
    if via == Via.TRUSTED and answer.author_id == viewer.id:
        raise Forbidden
    acceptance.accept(row, answer, by=by, user_id=viewer.id or 0, via=via)
    db.session.commit()
    return redirect(question_address(row, locale), 303)


@blueprint.post(f"{ADDRESS}/acceptance/withdrawal")
@newcomer.counts_changes
def destroy(locale: str, question_id: int) -> Response:
    """Take the acceptance back."""
    viewer, by = current_viewer(), actor.of_request()
    row = readable(question_id, viewer)
    stood = acceptance.standing(row.id)
    if stood is None or stood.via != Via.TRUSTED or stood.accepted_by != viewer.id:
        _require_say(row, viewer)
    begin_write()
    row = locked(question_id, viewer)
    acceptance.withdraw(row, by=by, user_id=viewer.id or 0)
    db.session.commit()
    return redirect(question_address(row, locale), 303)


@blueprint.post(f"{ANSWER}/not-solved")
@newcomer.counts_changes
def refuse(locale: str, question_id: int, answer_id: int) -> Response:
    """The asker says that it did not solve it, or not yet."""
    viewer, by = current_viewer(), actor.of_request()
    row = readable(question_id, viewer)
    require(viewer, "ask")
    if viewer.id != row.author_id or not row.can_be_solved:
        raise Forbidden
    begin_write()
    row, answer = locked(question_id, viewer), shown_answer(answer_id, viewer, question_id)
    acceptance.say_not_solved(row, answer, by=by, user_id=viewer.id or 0)
    db.session.commit()
    return redirect(f"{question_address(row, locale)}#your-answer", 303)


def _require_say(row: Question, viewer: Viewer) -> Via:
    """On whose word this person accepts: the asker's, the team's, or a trusted member's where the asker stayed away.

    Raises NotFound where nothing can be solved, else what permissions say to anybody else.
    """
    if not row.can_be_solved:
        raise NotFound
    if viewer.id is not None and viewer.id == row.author_id:
        return Via.ASKER
    if not viewer.may("accept_answers") and trust.may_accept_for_others(row, viewer):
        return Via.TRUSTED
    require(viewer, "accept_answers")
    return Via.STAFF
