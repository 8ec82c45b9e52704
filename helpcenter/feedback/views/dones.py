"""Marking what a reader wrote as done, and taking the mark back."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import SignInNeeded
from helpcenter.feedback import done
from helpcenter.feedback.written import Filter, one

blueprint = Blueprint("feedback_done", __name__, url_prefix="/studio/feedback/<int:vote_id>/done")


@blueprint.post("")
def create(vote_id: int) -> Response:
    """Somebody has dealt with it."""
    editor_id = _editor_id(current_viewer())
    begin_write()
    done.mark(one(vote_id).id, by=editor_id)
    db.session.commit()
    return _back()


@blueprint.post("/undo")
def destroy(vote_id: int) -> Response:
    """It is open again."""
    _editor_id(current_viewer())
    begin_write()
    done.reopen(one(vote_id).id)
    db.session.commit()
    return _back()


def _editor_id(viewer: Viewer) -> int:
    require(viewer, "read_feedback")
    if viewer.id is None:
        raise SignInNeeded("read_feedback")
    return viewer.id


def _back() -> Response:
    return redirect(url_for("feedback.index", **Filter.of(request.args).as_query()), 303)
