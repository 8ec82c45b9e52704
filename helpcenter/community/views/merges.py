"""Bringing the answers of a question to another one; undone from its page and from the log."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community.acceptance import Via
from helpcenter.community.address import question_address
from helpcenter.community.duplicate import Loop, NotForAll
from helpcenter.community.moderation import merging
from helpcenter.community.moderation.merging import NotAlike
from helpcenter.community.original_form import OriginalForm, similar_questions
from helpcenter.community.question import Question
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import readable
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.journeys import actor

blueprint = Blueprint("merges", __name__)


@blueprint.get(f"{ADDRESS}/merge")
def new(locale: str, question_id: int) -> Response:
    """What is similar, to choose from."""
    viewer = current_viewer()
    return _page(_mergeable(question_id, viewer), OriginalForm(formdata=None), locale, viewer)


@blueprint.post(f"{ADDRESS}/merge")
def create(locale: str, question_id: int) -> Response:
    """Merge, and on to the question that holds the answers now."""
    viewer, by = current_viewer(), actor.of_request()
    row = _mergeable(question_id, viewer)
    form = OriginalForm()
    into = form.question(viewer)
    if into is None:
        return _page(row, form, locale, viewer, 422)
    via = Via.STAFF if viewer.may("accept_answers") else Via.TRUSTED
    begin_write()
    try:
        done = merging.merge(row.id, into.id, by=by, by_id=viewer.id or 0, via=via)
        db.session.commit()
    except (Loop, NotForAll, NotAlike) as problem:
        db.session.rollback()
        form.refuse_for(problem)
        return _page(_mergeable(question_id, viewer), form, locale, viewer, 422)
    return redirect(question_address(db.session.get_one(Question, done.detail["into"]), locale), 303)


def _mergeable(question_id: int, viewer: Viewer) -> Question:
    """A question that can go to another. Raises NotFound, and Forbidden."""
    row = readable(question_id, viewer)
    require(viewer, "moderate")
    if not merging.can_merge(row):
        raise NotFound
    return row


def _page(row: Question, form: OriginalForm, locale: str, viewer: Viewer, status: int = 200) -> Response:
    similar = similar_questions(row, viewer)
    words = {"question": row, "form": form, "similar": similar, "back": question_address(row, locale)}
    response = make_response(render_template("community/merge.html", **words), status)
    response.cache_control.no_store = True
    return response
