"""A question: asking it, and its page."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.member_page import made_anew, own_when, same_for_members
from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import (
    draft,
    newcomer,
    personal,
    posting,
    question,
    question_page,
    read_before,
    suggestion,
    trust,
)
from helpcenter.community.address import question_address
from helpcenter.community.form import AnswerForm, QuestionForm
from helpcenter.community.moderation import review
from helpcenter.community.pictures import LARGEST_POST_BYTES
from helpcenter.community.question import Kind, Question
from helpcenter.community.visibility import readable
from helpcenter.core import form_moment, limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_address import canonical, translated_into
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import MovedTo
from helpcenter.core.row_id import row_id
from helpcenter.journeys import actor

blueprint = Blueprint("questions", __name__)
ADDRESS = "/<locale:locale>/questions/<int:question_id>"
DRAFTS_OF_ADDRESS = "30 per hour"
# The longest text in the letters that take most room on their way, and what stands beside it.
LARGEST_FORM_BYTES = 256 * 1024


@blueprint.get("/<locale:locale>/questions/new")
def new(locale: str) -> Response:
    """The empty form; with what was searched for or read, or with what waited for its writer to sign in."""
    key = request.args.get("draft", "")
    kept = draft.of(key) if key else {}
    title = request.args.get("title", "").strip()[: question.LONGEST_TITLE]
    given = kept or {"title": title, "topic": request.args.get("topic", "")}
    form = QuestionForm(current_viewer(), locale, data={**given, "draft": key if kept else ""})
    return _form_page(form, locale, waits=bool(kept))


@blueprint.post("/<locale:locale>/questions")
def create(locale: str) -> Response:
    """Post it. What is similar and was not shown yet is shown once; whoever is not signed in signs in now."""
    request.max_content_length = LARGEST_POST_BYTES
    viewer = current_viewer()
    form = QuestionForm(viewer, locale)
    rendered = form.render_text(locale) if form.validate_with_picture(viewer) else None
    if rendered is None:
        return _form_page(form, locale, status=422)
    if not form.shown.data and form.asks:
        form.shown.data = "1"
        if similar := suggestion.suggestions(form.title.data, form.text.data, locale, viewer):
            return _form_page(form, locale, similar)
    if not viewer.is_signed_in:
        return _keep_draft(form, locale)
    require(viewer, "ask")
    # What waited in a draft was typed before this form was shown.
    moment = None if draft.of(form.draft.data or "") else form.began.data or ""
    verdict = posting.judge(viewer, rendered, title=form.title.data, moment=moment, kind=question.SUBJECT)
    if verdict.refusal:
        form.refuse("text", verdict.refusal)
        return _form_page(form, locale, status=verdict.status)
    by = actor.of_request()
    begin_write()
    row = question.ask(
        form.title.data,
        form.text.data,
        rendered,
        by=by,
        author_id=viewer.id or 0,
        locale=locale,
        kind=Kind(form.kind.data),
        topic_id=form.topic_id,
        tags=form.tag_names,
        waits=verdict.waits is not None,
    )
    if verdict.waits:
        review.wait((question.SUBJECT, row.id), verdict.waits, by)
    if row.can_be_solved:
        read_before.keep(row, by)
    draft.forget(form.draft.data or "")
    db.session.commit()
    return redirect(question_address(row, locale), 303)


@blueprint.get(ADDRESS)
@blueprint.get(f"{ADDRESS}-<slug>")
@public_page
@same_for_members
def show(locale: str, question_id: int, slug: str = "") -> str:
    """The question, its solution, its answers."""
    viewer = current_viewer()
    row = readable(question_id, viewer)
    if slug != row.slug:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        raise MovedTo(question_address(row, locale) + query)
    canonical(question_address(row, row.locale))
    translated_into({row.locale: question_address(row, row.locale)})
    own_when(personal.own_rows(row.id))
    if trust.can_be_accepted_for_others(row):
        own_when(partial(_is_trusted, row.id))
    by = actor.of_request() if viewer.is_signed_in else None
    number = request.args.get("page", 1, type=row_id)
    words = question_page.page(
        row,
        locale,
        viewer,
        by,
        AnswerForm(formdata=None, data={"began": made_anew(form_moment.MARK, form_moment.now)}),
        number,
    )
    return render_template("community/show.html", **words)


def page_after_act(row: Question, locale: str, viewer: Viewer, form: AnswerForm | None = None) -> str:
    """The page with all that this person did on it: the answer to a form that is not followed by a redirect."""
    words = question_page.page(row, locale, viewer, actor.of_request(), form or AnswerForm(formdata=None))
    return render_template("community/show.html", **words)


def _is_trusted(question_id: int) -> bool:
    viewer = current_viewer()
    return trust.may_accept_for_others(readable(question_id, viewer), viewer)


def _keep_draft(form: QuestionForm, locale: str) -> Response:
    limits.spend(DRAFTS_OF_ADDRESS, "question draft", limits.address())
    begin_write()
    draft.forget(form.draft.data or "")
    key = draft.keep(form.as_draft)
    db.session.commit()
    return redirect(url_for("questions.new", locale=locale, draft=key), 303)


def _form_page(
    form: QuestionForm,
    locale: str,
    similar: list[suggestion.Suggestion] | None = None,
    *,
    waits: bool = False,
    status: int = 200,
) -> Response:
    words: dict[str, Any] = {"form": form, "suggestions": similar or [], "waits": waits}
    words["is_welcome"] = not waits and newcomer.is_welcome(current_viewer())
    form.began.data = form.began.data or form_moment.now()
    if waits:
        words["back"] = url_for("questions.new", locale=locale, draft=form.draft.data)
    response = make_response(render_template("community/new.html", **words), status)
    response.cache_control.no_store = True
    return response
