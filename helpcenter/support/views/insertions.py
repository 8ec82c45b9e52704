"""What can be put into the field for an answer: saved replies, and links to articles. Nothing here is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import STRANGER, Viewer, current_viewer
from helpcenter.core.row_id import row_id
from helpcenter.core.text import shortened
from helpcenter.support.conversation import Conversation
from helpcenter.support.form import LARGEST_FORM_BYTES, ReplyForm
from helpcenter.support.replies import article_choice, article_link, insertion
from helpcenter.support.replies.article_choice import ArticleChoice
from helpcenter.support.views import conversation_page
from helpcenter.support.visibility import ANSWERS, answerable

blueprint = Blueprint("insertions", __name__, url_prefix="/inbox/<int:conversation_id>")
LONGEST_WORDS = 100
LONGEST_SHOWN = 300


@blueprint.get("/replies")
def replies(conversation_id: int) -> Response:
    """The saved replies with the words of `?q=` in their name or text, as they would stand in this conversation."""
    viewer = _agent()
    row = answerable(conversation_id, viewer)
    found = insertion.matching(request.args.get("q", "")[:LONGEST_WORDS], row, viewer)
    return _private(
        choices=[
            {
                "id": one.id,
                "title": one.name,
                "about": shortened(one.text, LONGEST_SHOWN),
                "lang": one.locale,
                "text": one.text,
                "told": one.told(row),
            }
            for one in found
        ]
    )


@blueprint.get("/articles")
def articles(conversation_id: int) -> Response:
    """Articles with the words of `?q=` in their title, whose address is that in the language of the conversation."""
    viewer = _agent()
    row = answerable(conversation_id, viewer)
    found = article_choice.by_title(request.args.get("q", ""), row.locale, viewer)
    hidden = set(_hidden([one.id for one in found], row))
    told = {one.id: article_link.told_of([one.id] if one.id in hidden else []) for one in found}
    return _private(choices=[{**one.as_choice(_link(one, row)), "told": told[one.id]} for one in found])


@blueprint.post("/insertion")
def create(conversation_id: int) -> Response:
    """The page again with what was chosen at the end of the field, for a browser without scripts."""
    request.max_content_length = LARGEST_FORM_BYTES
    viewer, form = _agent(), ReplyForm()
    row = answerable(conversation_id, viewer)
    form.take_files()
    text, told, used = _chosen(row, viewer)
    if text:
        form.message.data = f"{form.message.data}\n\n{text}" if form.message.data else text
    return conversation_page.shown(row, form, told=told, also=used)


def _chosen(row: Conversation, viewer: Viewer) -> tuple[str, str, int | None]:
    """The text of what was chosen, what there is to know about it, and its number where it is a saved reply."""
    article_id = request.form.get("article", type=row_id)
    if article_id is not None:
        offered = article_choice.of_id(article_id, row.locale, viewer)
        if offered is None:
            return "", "", None
        return _link(offered, row), article_link.told_of(_hidden([article_id], row)), None
    for one in insertion.of_ids(request.form.getlist("saved_reply", type=row_id)[:1], row, viewer):
        return one.text, one.told(row), one.id
    return "", "", None


def _link(one: ArticleChoice, row: Conversation) -> str:
    return article_link.with_words(one.title, article_link.addresses([one.id], row.locale)[one.id])


def _hidden(article_ids: Sequence[int], row: Conversation) -> list[int]:
    return article_link.unreadable(article_ids, STRANGER, row.locale)


def _agent() -> Viewer:
    viewer = current_viewer()
    permissions.require(viewer, ANSWERS)
    return viewer


def _private(**words: Any) -> Response:
    response: Response = jsonify(**words)
    response.cache_control.no_store = True
    return response
