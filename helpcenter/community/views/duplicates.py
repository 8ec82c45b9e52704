"""Pointing a question to the one that was asked before, contesting it, and deciding."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField, ValidationError

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import duplicate, newcomer
from helpcenter.community.address import question_address
from helpcenter.community.duplicate import LONGEST_CONTEST, Loop, NotForAll
from helpcenter.community.duplicate_page import waiting_marks
from helpcenter.community.form import unix_lines
from helpcenter.community.moderation import merging
from helpcenter.community.original_form import OriginalForm, similar_questions
from helpcenter.community.question import Question
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import locked, readable
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form, strip
from helpcenter.core.refusals import Forbidden, NotFound
from helpcenter.journeys import actor

blueprint = Blueprint("duplicates", __name__)


class ContestForm(Form):
    """Why it is another question."""

    words = TextAreaField(_l("What is different?"), filters=[unix_lines, strip])

    def validate_words(self, field: TextAreaField) -> None:
        """A few words, so that somebody can decide."""
        if not field.data:
            raise ValidationError(_("Say in a few words what is different."))
        if len(field.data) > LONGEST_CONTEST:
            raise ValidationError(_("Use at most %(number)d characters.", number=LONGEST_CONTEST))


@blueprint.get(f"{ADDRESS}/duplicate")
def new(locale: str, question_id: int) -> Response:
    """What is similar, to choose from."""
    return _page(_markable(question_id)[0], OriginalForm(formdata=None), locale)


@blueprint.post(f"{ADDRESS}/duplicate")
@newcomer.counts_changes
def create(locale: str, question_id: int) -> Response:
    """Point to the question that was asked before."""
    row, viewer = _markable(question_id)
    form = OriginalForm()
    original = form.question(viewer)
    if original is None:
        return _page(row, form, locale, 422)
    begin_write()
    try:
        duplicate.mark(row.id, original.id, by_id=viewer.id or 0)
        db.session.commit()
    except (Loop, NotForAll) as problem:
        db.session.rollback()
        form.refuse_for(problem)
        return _page(readable(question_id, viewer), form, locale, 422)
    return redirect(question_address(row, locale), 303)


@blueprint.post(f"{ADDRESS}/duplicate/end")
@newcomer.counts_changes
def destroy(locale: str, question_id: int) -> Response:
    """It is a question of its own again: for the team, and for an asker who said so themselves."""
    viewer, by = current_viewer(), actor.of_request()
    row = readable(question_id, viewer)
    require(viewer, "ask")
    found, merged = duplicate.standing(row.id), merging.standing(row.id)
    is_own = found is not None and viewer.id == row.author_id == found.marked_by
    if merged is not None or not is_own:
        require(viewer, "moderate" if merged else "mark_duplicates")
    begin_write()
    if merged is not None:
        merging.part(merged, by=by, by_id=viewer.id or 0)
    else:
        duplicate.undo(locked(question_id, viewer), by_id=viewer.id or 0)
    db.session.commit()
    return redirect(question_address(row, locale), 303)


@blueprint.post(f"{ADDRESS}/duplicate/contest")
@newcomer.counts_changes
def contest(locale: str, question_id: int) -> Response:
    """The asker says that it is another question; the mark stands until somebody decides."""
    viewer = current_viewer()
    row = readable(question_id, viewer)
    require(viewer, "ask")
    if viewer.id != row.author_id:
        raise Forbidden
    form = ContestForm()
    if not form.validate():
        page = render_template("community/contest.html", form=form, question=row, back=question_address(row, locale))
        return _private(page, 422)
    begin_write()
    row = locked(question_id, viewer)
    duplicate.contest(row, form.words.data)
    db.session.commit()
    return redirect(question_address(row, locale), 303)


@blueprint.post(f"{ADDRESS}/duplicate/keep")
def uphold(locale: str, question_id: int) -> Response:
    """Decide that the mark stays."""
    viewer = current_viewer()
    readable(question_id, viewer)
    require(viewer, "mark_duplicates")
    begin_write()
    row = locked(question_id, viewer)
    duplicate.uphold(row, by_id=viewer.id or 0)
    db.session.commit()
    return redirect(question_address(row, locale), 303)


@blueprint.get("/<locale:locale>/community/duplicates")
def index(locale: str) -> Response:
    """Marks that their askers contest, the oldest first."""
    viewer = current_viewer()
    require(viewer, "mark_duplicates")
    return _private(render_template("community/duplicates.html", marks=waiting_marks(viewer, locale)))


def _markable(question_id: int) -> tuple[Question, Viewer]:
    viewer = current_viewer()
    row = readable(question_id, viewer)
    require(viewer, "ask")
    if viewer.id != row.author_id:
        require(viewer, "mark_duplicates")
    if not row.can_be_solved or merging.standing(row.id) is not None:
        raise NotFound
    return row, viewer


def _page(row: Question, form: OriginalForm, locale: str, status: int = 200) -> Response:
    similar = similar_questions(row, current_viewer())
    words = {"question": row, "form": form, "similar": similar, "back": question_address(row, locale)}
    return _private(render_template("community/duplicate.html", **words), status)


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.cache_control.no_store = True
    return response
