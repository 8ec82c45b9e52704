"""What stands beside the form of a question: similar things, and the preview."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import mention, subject, suggestion
from helpcenter.community.form import unix_lines
from helpcenter.community.rendering import rendered
from helpcenter.community.views.questions import LARGEST_FORM_BYTES
from helpcenter.core import limits, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, words
from helpcenter.core.row_id import row_id
from helpcenter.journeys import actor

blueprint = Blueprint("asking", __name__)
ADDRESS = "/<locale:locale>/questions/suggestions"


@blueprint.post(ADDRESS)
def suggest(locale: str) -> Response:
    """The similar ones for what is typed so far, for the script of the form. It writes nothing."""
    request.max_content_length = LARGEST_FORM_BYTES
    title, text = request.form.get("title", "")[:500], request.form.get("text", "")
    found = suggestion.suggestions(title, text, locale, current_viewer())
    return _private(render_template("community/suggestions.html", suggestions=found))


@blueprint.post(f"{ADDRESS}/<kind>/<int:subject_id>/opened")
@limits.limit("120 per hour", scope="opened")
def open_suggestion(locale: str, kind: str, subject_id: int) -> Response:
    """Open one in a tab of its own: the form stays where it is."""
    _record("suggestion_opened", kind, subject_id, locale)
    return redirect(subjects.subject(kind).url(subject_id, locale), 303)


@blueprint.post(f"{ADDRESS}/<kind>/<int:subject_id>/solved")
@limits.limit("30 per hour", scope="solved")
def solve(locale: str, kind: str, subject_id: int) -> Response:
    """It answered it: a word of thanks, and nothing is posted."""
    _record("suggestion_solved", kind, subject_id, locale)
    titles = subjects.subject(kind).titles([subject_id], locale)
    url = subjects.subject(kind).url(subject_id, locale)
    return _private(render_template("community/answered.html", title=titles.get(subject_id, ""), url=url))


@blueprint.post("/<locale:locale>/questions/preview")
@limits.limit("600 per hour", scope="preview")
def preview(locale: str) -> Response:
    """The text as others would see it, by the renderer that posts it. Nothing is kept."""
    request.max_content_length = LARGEST_FORM_BYTES
    html, refusal, status = Markup(""), "", 200
    try:
        text = unix_lines(request.form.get("body", ""))
        people = mention.people_for(text, locale, _question_asked())
        html = Markup(rendered(text, locale, people).html)  # noqa: S704 - the renderer makes it safe
    except MarkdownRefused as refused:
        refusal, status = words.refusal(refused), 422
    return _private(render_template("community/preview.html", html=html, refusal=refusal), status)


def _question_asked() -> int | None:
    """The question that is answered, where this viewer may read it."""
    question_id = request.args.get("question", type=row_id)
    return question_id if question_id and subject.visible([question_id], current_viewer(), "") else None


def _record(act: str, kind: str, subject_id: int, locale: str) -> None:
    suggestion.check(kind, subject_id, current_viewer(), locale)
    by = actor.of_request()
    begin_write()
    suggestion.record(act, kind, subject_id, by=by, locale=locale)
    db.session.commit()


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.cache_control.no_store = True
    return response
