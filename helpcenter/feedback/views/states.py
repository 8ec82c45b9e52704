"""Saying what becomes of what a reader wrote, and thanking whoever wrote it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import SignInNeeded
from helpcenter.core.row_id import row_id
from helpcenter.feedback import dealt_with, thanks, vote_address
from helpcenter.feedback.state import ENDS, State, state_in
from helpcenter.feedback.written import Filter, one

blueprint = Blueprint("feedback_states", __name__, url_prefix="/studio/feedback/<int:vote_id>/state")
THANKED = "thanked"
"""The button that also thanks; any other is named after its state."""


@blueprint.post("")
def update(vote_id: int) -> Response:
    """The state that was pressed; a word that is none changes nothing."""
    editor_id = _editor_id(current_viewer())
    said, vote = request.form.get("state", ""), one(vote_id)
    thanks_too = said == THANKED
    state = State.DONE if thanks_too else state_in(said)
    if state is None:
        return _back(vote_id)
    letter = thanks.letter_for(vote) if thanks_too else None
    begin_write()
    vote = one(vote_id)
    is_thanked = thanks_too and thanks.thank(vote, editor_id, letter)
    dealt_with.put(vote.id, state, editor_id, is_thanked=is_thanked)
    if state in ENDS:
        vote_address.drop(vote.id)
    db.session.commit()
    if thanks_too and not is_thanked:
        flash(_("It is done, but no email could be sent to this reader."), "error")
    return _back(vote_id)


def _editor_id(viewer: Viewer) -> int:
    require(viewer, "read_feedback")
    if viewer.id is None:
        raise SignInNeeded("read_feedback")
    return viewer.id


def _back(vote_id: int) -> Response:
    """To the list as it was, with this one still in its place, whatever became of it."""
    query = Filter.of(request.args).as_query(after=request.args.get("after", type=row_id), kept=vote_id)
    return redirect(url_for("feedback.index", _anchor=f"vote-{vote_id}", **query), 303)
