"""An answer: giving it, and its lasting address."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import answer_list, posting
from helpcenter.community.address import question_address
from helpcenter.community.answer import SUBJECT, answer
from helpcenter.community.form import AnswerForm
from helpcenter.community.moderation import review
from helpcenter.community.pictures import LARGEST_POST_BYTES
from helpcenter.community.views.questions import ADDRESS, page_after_act
from helpcenter.community.visibility import locked, readable, readable_answer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict
from helpcenter.journeys import actor

blueprint = Blueprint("answers", __name__)


@blueprint.get("/answers/<int:answer_id>")
def show(answer_id: int) -> Response:
    """To its page and place, which others may have moved since yesterday."""
    viewer = current_viewer()
    found = readable_answer(answer_id, viewer)
    question = readable(found.question_id, viewer)
    page = answer_list.page_of(question, viewer, answer_id)
    query = f"?page={page}" if page > 1 else ""
    response = redirect(f"{question_address(question, question.locale)}{query}#answer-{answer_id}", 302)
    response.cache_control.no_store = True
    return response


@blueprint.post(f"{ADDRESS}/answers")
def create(locale: str, question_id: int) -> Response:
    """Answer."""
    viewer = current_viewer()
    question = readable(question_id, viewer)
    require(viewer, "answer")
    request.max_content_length = LARGEST_POST_BYTES
    form = AnswerForm()
    form.take_article(viewer, locale)
    status = 422
    rendered = form.render_text(question.locale, question_id) if form.validate_with_picture(viewer) else None
    if not question.takes_answers:
        form.refuse("text", _("This is closed to new answers. Everything you wrote is still here."))
        rendered, status = None, 409
    elif question.original_id is not None:
        form.refuse("text", _("This was asked before. Answer the question that it points to."))
        rendered, status = None, 409
    verdict = posting.Verdict()
    if rendered is not None:
        verdict = posting.judge(viewer, rendered, moment=form.began.data or "", kind=SUBJECT)
        if verdict.refusal:
            form.refuse("text", verdict.refusal)
            status = verdict.status
    if rendered is None or form.errors:
        response = make_response(page_after_act(question, locale, viewer, form), status)
        response.cache_control.no_store = True
        return response
    by = actor.of_request()
    begin_write()
    question = locked(question_id, viewer)
    if not question.takes_answers or question.original_id is not None:
        raise Conflict
    row = answer(
        question,
        form.text.data,
        rendered,
        by=by,
        author_id=viewer.id or 0,
        is_staff=viewer.is_staff,
        is_partner=viewer.is_partner,
        article_id=form.article_id,
        waits=verdict.waits is not None,
    )
    if verdict.waits:
        review.wait((SUBJECT, row.id), verdict.waits, by)
    db.session.commit()
    return redirect(f"{question_address(question, locale)}#answer-{row.id}", 303)
