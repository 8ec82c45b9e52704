"""Comments: saying something, changing it, taking it away, and their lasting addresses."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import answer_list, comment, newcomer, posting
from helpcenter.community.address import answer_address, question_address
from helpcenter.community.comment import Comment
from helpcenter.community.comment_form import CommentForm
from helpcenter.community.comment_list import address, readable_comment
from helpcenter.community.editing import may_edit
from helpcenter.community.moderation import review
from helpcenter.community.question import Question
from helpcenter.community.views.questions import ADDRESS, LARGEST_FORM_BYTES
from helpcenter.community.visibility import locked, readable, readable_answer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Forbidden
from helpcenter.journeys import actor

blueprint = Blueprint("comments", __name__)
COMMENT = "/<locale:locale>/comments/<int:comment_id>"


@blueprint.get("/comments/<int:comment_id>")
def show(comment_id: int) -> Response:
    """To its page and place."""
    viewer = current_viewer()
    found = readable_comment(comment_id, viewer)
    about = readable(found.question_id, viewer)
    page = answer_list.page_of(about, viewer, found.answer_id) if found.answer_id else 1
    query = f"?page={page}" if page > 1 else ""
    response = redirect(f"{question_address(about, about.locale)}{query}#comment-{comment_id}", 302)
    response.cache_control.no_store = True
    return response


@blueprint.post(f"{ADDRESS}/comments")
def create(locale: str, question_id: int) -> Response:
    """Say something about a question."""
    viewer = current_viewer()
    return _create(readable(question_id, viewer), None, viewer, locale)


@blueprint.post("/<locale:locale>/answers/<int:answer_id>/comments")
def create_on_answer(locale: str, answer_id: int) -> Response:
    """Say something about an answer."""
    viewer = current_viewer()
    found = readable_answer(answer_id, viewer)
    return _create(readable(found.question_id, viewer), answer_id, viewer, locale)


@blueprint.get(f"{COMMENT}/edit")
def edit(locale: str, comment_id: int) -> Response:  # noqa: ARG001
    """The comment, to be changed or taken away."""
    found, viewer = _own(comment_id)
    form = CommentForm(formdata=None, data={"text": found.text})
    return _page(form, readable(found.question_id, viewer), request.path, address(comment_id), found)


@blueprint.post(f"{COMMENT}/edit")
@newcomer.counts_changes
def update(locale: str, comment_id: int) -> Response:  # noqa: ARG001
    """Change it, within the time in which one may."""
    request.max_content_length = LARGEST_FORM_BYTES
    found, viewer = _own(comment_id)
    if not may_edit(viewer, found.author_id, found.created_at):
        raise Forbidden
    about, form = readable(found.question_id, viewer), CommentForm()
    rendered = form.render_text(about.locale, about.id) if form.validate() else None
    if rendered is not None and (wrong := posting.judge_change(viewer, rendered)):
        form.refuse("text", wrong)
    if rendered is None or form.errors:
        return _page(form, about, request.path, address(comment_id), found, 422)
    begin_write()
    locked(about.id, viewer)
    comment.change(readable_comment(comment_id, viewer), form.text.data, rendered)
    db.session.commit()
    return redirect(address(comment_id), 303)


@blueprint.post(f"{COMMENT}/deletion")
@newcomer.counts_changes
def destroy(locale: str, comment_id: int) -> Response:
    """Take it away for good, at any time."""
    found, viewer = _own(comment_id)
    begin_write()
    about = locked(found.question_id, viewer)
    comment.take_away(found)
    db.session.commit()
    return redirect(answer_address(found.answer_id) if found.answer_id else question_address(about, locale), 303)


def _create(about: Question, answer_id: int | None, viewer: Viewer, locale: str) -> Response:
    require(viewer, "answer")
    request.max_content_length = LARGEST_FORM_BYTES
    back = answer_address(answer_id) if answer_id else question_address(about, locale)
    form, status = CommentForm(), 422
    rendered = form.render_text(about.locale, about.id) if form.validate() else None
    verdict = posting.Verdict()
    if rendered is not None:
        verdict = posting.judge(viewer, rendered, moment=None, kind=comment.SUBJECT)
        if verdict.refusal:
            form.refuse("text", verdict.refusal)
            status = verdict.status
    if rendered is None or form.errors:
        return _page(form, about, request.path, back, status=status)
    begin_write()
    row = comment.comment(
        locked(about.id, viewer),
        answer_id,
        form.text.data,
        rendered,
        author_id=viewer.id or 0,
        is_staff=viewer.is_staff,
        is_partner=viewer.is_partner,
        waits=verdict.waits is not None,
    )
    if verdict.waits:
        review.wait((comment.SUBJECT, row.id), verdict.waits, actor.of_request())
    db.session.commit()
    return redirect(address(row.id), 303)


def _own(comment_id: int) -> tuple[Comment, Viewer]:
    viewer = current_viewer()
    found = readable_comment(comment_id, viewer)
    require(viewer, "answer")
    if viewer.id != found.author_id and not viewer.may("edit_posts"):
        raise Forbidden
    return found, viewer


def _page(
    form: CommentForm, about: Question, here: str, back: str, found: Comment | None = None, status: int = 200
) -> Response:
    words: dict[str, Any] = {"form": form, "question": about, "here": here, "back": back}
    if found is not None:
        viewer = current_viewer()
        words["delete_url"] = url_for("comments.destroy", comment_id=found.id)
        words["may_change"] = may_edit(viewer, found.author_id, found.created_at)
    response = make_response(render_template("community/comment.html", **words), status)
    response.cache_control.no_store = True
    return response
