"""Changing one's own question or answer; the team may change those of others."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import editing, newcomer, posting
from helpcenter.community.address import answer_address, question_address
from helpcenter.community.answer import Answer
from helpcenter.community.edit_form import AnswerEditForm, QuestionEditForm, filled_question
from helpcenter.community.editing import Edit, Overtaken, content_of, stamp
from helpcenter.community.pictures import LARGEST_POST_BYTES
from helpcenter.community.post_revision import Content
from helpcenter.community.question import Question
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import locked, readable, readable_answer
from helpcenter.core import word_diff
from helpcenter.core.db import begin_write, db

blueprint = Blueprint("edits", __name__)
OF_ANSWER = "/<locale:locale>/answers/<int:answer_id>/edit"


@blueprint.get(f"{ADDRESS}/edit")
def question(locale: str, question_id: int) -> Response:
    """The question, to be changed."""
    row, viewer = _question(question_id)
    return _question_page(row, filled_question(row, viewer, locale), locale)


@blueprint.post(f"{ADDRESS}/edit")
@newcomer.counts_changes
def update_question(locale: str, question_id: int) -> Response:
    """Change it; where somebody else did meanwhile, both versions come back."""
    request.max_content_length = LARGEST_POST_BYTES
    row, viewer = _question(question_id)
    form = QuestionEditForm(row, viewer, locale)
    rendered = form.render_text(row.locale, row.id) if form.validate_with_picture(viewer) else None
    if rendered is not None and (wrong := posting.judge_change(viewer, rendered, form.title.data)):
        form.refuse("text", wrong)
    if rendered is None or form.errors:
        return _question_page(row, form, locale, status=422)
    begin_write()
    try:
        row = locked(question_id, viewer)
        editing.edit_question(row, Edit(form.content, rendered, form.seen.data or "", viewer.id or 0))
        db.session.commit()
    except Overtaken as overtaken:
        db.session.rollback()
        return _question_page(readable(question_id, viewer), form, locale, overtaken.theirs, status=409)
    return redirect(question_address(row, locale), 303)


@blueprint.get(OF_ANSWER)
def answer(locale: str, answer_id: int) -> Response:
    """The answer, to be changed."""
    row, _viewer = _answer(answer_id)
    now = content_of(row)
    return _answer_page(row, AnswerEditForm(formdata=None, data={"text": now.text, "seen": stamp(now)}), locale)


@blueprint.post(OF_ANSWER)
@newcomer.counts_changes
def update_answer(locale: str, answer_id: int) -> Response:
    """Change it; where somebody else did meanwhile, both versions come back."""
    request.max_content_length = LARGEST_POST_BYTES
    row, viewer = _answer(answer_id)
    form = AnswerEditForm()
    form.article_id = row.article_id
    about = readable(row.question_id, viewer)
    rendered = form.render_text(about.locale, about.id) if form.validate_with_picture(viewer) else None
    if rendered is not None and (wrong := posting.judge_change(viewer, rendered)):
        form.refuse("text", wrong)
    if rendered is None or form.errors:
        return _answer_page(row, form, locale, status=422)
    begin_write()
    try:
        about, row = locked(row.question_id, viewer), readable_answer(answer_id, viewer)
        editing.edit_answer(about, row, Edit(form.content, rendered, form.seen.data or "", viewer.id or 0))
        db.session.commit()
    except Overtaken as overtaken:
        db.session.rollback()
        return _answer_page(readable_answer(answer_id, viewer), form, locale, overtaken.theirs, status=409)
    return redirect(answer_address(answer_id), 303)


def _question(question_id: int) -> tuple[Question, Viewer]:
    viewer = current_viewer()
    row = readable(question_id, viewer)
    editing.require_may_edit(viewer, row.author_id, row.created_at)
    return row, viewer


def _answer(answer_id: int) -> tuple[Answer, Viewer]:
    viewer = current_viewer()
    row = readable_answer(answer_id, viewer)
    editing.require_may_edit(viewer, row.author_id, row.created_at)
    return row, viewer


def _question_page(
    row: Question, form: QuestionEditForm, locale: str, theirs: Content | None = None, *, status: int = 200
) -> Response:
    here = url_for("edits.question", locale=locale, question_id=row.id)
    return _page(form, row, here, question_address(row, locale), f"edit:question:{row.id}", theirs, status)


def _answer_page(
    row: Answer, form: AnswerEditForm, locale: str, theirs: Content | None = None, *, status: int = 200
) -> Response:
    about, here = readable(row.question_id, current_viewer()), url_for("edits.answer", locale=locale, answer_id=row.id)
    return _page(form, about, here, answer_address(row.id), f"edit:answer:{row.id}", theirs, status)


def _page(
    form: Any, about: Question, here: str, back: str, draft_key: str, theirs: Content | None, status: int
) -> Response:
    """The form. What somebody else wrote meanwhile stands above it, and the next try is on top of theirs."""
    words: dict[str, Any] = {"form": form, "question": about, "here": here, "back": back, "draft_key": draft_key}
    if theirs is not None:
        form.seen.data = stamp(theirs)
        words["theirs"] = {"title": theirs.title, "pieces": word_diff.diff(theirs.text, form.text.data)}
    response = make_response(render_template("community/edit.html", **words), status)
    response.cache_control.no_store = True
    return response
