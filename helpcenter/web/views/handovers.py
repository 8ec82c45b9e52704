"""Buttons that carry something from one package into another."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community.address import question_address
from helpcenter.community.visibility import locked, readable, readable_answer
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, words
from helpcenter.web.handovers import solution_article

blueprint = Blueprint("handovers", __name__)


@blueprint.post("/<locale:locale>/questions/<int:question_id>/article")
def create_article(locale: str, question_id: int) -> Response:
    """Make the draft of an article of a question and its solution, and open it. A second press opens the same."""
    viewer = current_viewer()
    question = readable(question_id, viewer)
    require(viewer, "edit_articles")
    if question.solution_id is None:
        flash(_("An article is made from a question and its solution, and this one has no solution now."), "error")
        return redirect(question_address(question, locale), 303)
    solution = readable_answer(question.solution_id, viewer, question_id)
    solution_id, content = solution.id, solution_article.words_of(question, solution)
    try:
        result = solution_article.rendered(question, content)
    except MarkdownRefused as refused:
        flash(words.refusal(refused), "error")
        return redirect(question_address(question, locale), 303)
    begin_write()
    article_id = solution_article.make_article(locked(question_id, viewer), solution_id, content, result, viewer)
    db.session.commit()
    return redirect(url_for("studio.show", article_id=article_id), 303)
