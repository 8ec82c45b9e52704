"""What a question or an answer said before, for everybody who may read it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import history_page
from helpcenter.community.address import answer_address, question_address
from helpcenter.community.answer import Answer
from helpcenter.community.question import Question
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import readable, readable_answer
from helpcenter.core.page_store import public_page
from helpcenter.core.row_id import row_id

blueprint = Blueprint("histories", __name__)


@blueprint.get(f"{ADDRESS}/history")
@public_page
def question(locale: str, question_id: int) -> str | Response:
    """The versions of a question, the newest first."""
    row = readable(question_id, current_viewer())
    return _page(row, row, locale, question_address(row, locale), "histories.question", {"question_id": row.id})


@blueprint.get("/<locale:locale>/answers/<int:answer_id>/history")
@public_page
def answer(locale: str, answer_id: int) -> str | Response:
    """The versions of an answer, the newest first."""
    viewer = current_viewer()
    row = readable_answer(answer_id, viewer)
    about = readable(row.question_id, viewer)
    return _page(row, about, locale, answer_address(row.id), "histories.answer", {"answer_id": row.id})


def _page(
    post: Question | Answer, about: Question, locale: str, back: str, endpoint: str, address: dict[str, Any]
) -> str:
    page = history_page.page(post, locale, request.args.get("after", type=row_id))
    following = url_for(endpoint, locale=locale, after=page.next_after, **address) if page.next_after else None
    words = {"question": about, "is_answer": isinstance(post, Answer), "back": back}
    return render_template("community/history.html", versions=page.rows, next_url=following, **words)
