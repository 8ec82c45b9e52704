"""What readers suggest for articles, as editors work through it: the list, one of them, and what becomes of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import TextAreaField, ValidationError

from helpcenter.accounts.names import names_of
from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.articles import rendering, subject, suggestion, suggestion_answer
from helpcenter.articles.folder import record
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio import comparison, draft, suggested_text, suggestion_listing
from helpcenter.articles.studio.article_form import unix_lines
from helpcenter.articles.studio.opened import opened
from helpcenter.articles.studio.views.articles import to_editor
from helpcenter.articles.suggestion import LONGEST_REPLY, Suggestion
from helpcenter.core import locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form, strip
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import MarkdownRefused, words
from helpcenter.core.row_id import row_id
from helpcenter.feedback.state import ENDS, NAMES, State, state_in

blueprint = Blueprint("suggestions_studio", __name__, url_prefix="/studio/suggestions")


class AnswerForm(Form):
    """What the editors write with their answer."""

    reply = TextAreaField(_l("Your reply"), filters=[unix_lines, strip])

    def validate_reply(self, field: Any) -> None:
        """Not too long."""
        if len(field.data or "") > LONGEST_REPLY:
            raise ValidationError(
                ngettext("Use at most %(num)d character.", "Use at most %(num)d characters.", LONGEST_REPLY)
            )


@blueprint.get("")
def index() -> str:
    """Those in a state, the new ones where none is named; `?article=` narrows them to one article."""
    _editor()
    here = locale.current()
    state = state_in(request.args.get("state", "")) or State.NEW
    article_id = request.args.get("article", type=row_id)
    page = suggestion_listing.page_of_suggestions(state, article_id, request.args.get("after", type=row_id), here)
    kept = {"state": None if state is State.NEW else state.value, "article": article_id}
    older: dict[str, Any] = {**kept, "after": page.next_after}
    return render_template(
        "studio/suggestions/index.html",
        rows=page.rows,
        state=state,
        states=NAMES,
        article_id=article_id,
        article_title=subject.titles([article_id], here).get(article_id, "") if article_id else "",
        kept=kept,
        is_narrowed=any(kept.values()),
        next_url=url_for("suggestions_studio.index", **older) if page.next_after else None,
    )


@blueprint.get("/<int:suggestion_id>")
def show(suggestion_id: int) -> str:
    """One of them: the words, the text as it would change, and the answer."""
    viewer = _editor()
    row = suggestion.find(suggestion_id)
    return _page(row, AnswerForm(formdata=None, data={"reply": row.reply}), viewer)


@blueprint.post("/<int:suggestion_id>/draft")
def take(suggestion_id: int) -> Response:
    """Make the draft of its text and what was written since; where both changed one place, nothing is overwritten."""
    viewer = _editor()
    row = suggestion.find(suggestion_id)
    found, base = opened(row.article_id, row.locale, viewer), db.session.get_one(Revision, row.revision_id)
    text = suggested_text.merged(row, base, found.latest)
    if text is None:
        return _not_taken(row)
    try:
        source_path = record.source_path_of(found.edition.id) if found.edition else None
        result = rendering.rendered(text, row.locale, source_path)
    except MarkdownRefused as refused:
        flash(words.refusal(refused), "error")
        return _back(row)
    begin_write()
    row, found = suggestion.locked(suggestion_id), opened(row.article_id, row.locale, viewer)
    if found.latest is None or suggested_text.merged(row, base, found.latest) != text:
        db.session.rollback()
        return _not_taken(row)
    change = suggested_text.change_of(row, text, found, found.latest)
    _edition, revision = draft.save(row.article_id, row.locale, change, result, by=viewer.id or 0)
    row.became_id = revision.id
    if row.state == State.NEW:
        suggestion_answer.answer(row, State.PLANNED, by=viewer.id or 0, reply=row.reply)
    db.session.commit()
    flash(_("The suggested text is the draft now. Publish it to show it to readers."), "success")
    return to_editor(row.article_id, row.locale)


@blueprint.post("/<int:suggestion_id>/answer")
def answer(suggestion_id: int) -> Any:
    """Say what becomes of it, by the button that was pressed, with what stands in the field."""
    viewer, form = _editor(), AnswerForm()
    row = suggestion.find(suggestion_id)
    state = state_in(request.form.get("state", "")) or State(row.state)
    if not form.validate():
        return _page(row, form, viewer), 422
    reply, had_address = form.reply.data or "", bool(row.address)
    letter = suggestion_answer.letter_for(row, state, reply)
    begin_write()
    row = suggestion.locked(suggestion_id)
    suggestion_answer.answer(row, state, by=viewer.id or 0, reply=reply, letter=letter)
    db.session.commit()
    if had_address and state in ENDS and letter is None:
        flash(_("Saved, but no email was sent: this address has had three today."), "error")
    else:
        flash(_("Saved."), "success")
    return _back(row)


def _editor() -> Viewer:
    viewer = current_viewer()
    require(viewer, "edit_articles")
    return viewer


def _not_taken(row: Suggestion) -> Response:
    flash(
        _("The article has been changed in the meantime, so nothing was overwritten. Take over by hand what you like."),
        "error",
    )
    return _back(row)


def _back(row: Suggestion) -> Response:
    return redirect(url_for("suggestions_studio.show", suggestion_id=row.id), 303)


def _page(row: Suggestion, form: AnswerForm, viewer: Viewer) -> str:
    found, base = opened(row.article_id, row.locale, viewer), db.session.get_one(Revision, row.revision_id)
    names = names_of([row.user_id, row.answered_by])
    became = db.session.get(Revision, row.became_id) if row.became_id else None
    return render_template(
        "studio/suggestions/show.html",
        suggestion=row,
        form=form,
        title=found.latest.title if found.latest else base.title,
        base=base,
        latest=found.latest,
        changes=comparison.text_changes(base.body, row.text) if row.text is not None else [],
        fits=suggested_text.merged(row, base, found.latest) is not None,
        is_as_read=found.latest is not None and found.latest.body == base.body,
        became=became,
        is_live=row.id in suggestion_listing.live_ids([row]),
        name=names.get(row.user_id or 0, ""),
        answered_by=names.get(row.answered_by or 0, ""),
        states=NAMES,
        text_direction=LANGUAGES[row.locale].direction,
        public_url=subject.url(row.article_id, row.locale) if found.was_published else "",
    )
