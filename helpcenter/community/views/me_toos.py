"""Having the same question."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import me_too, newcomer
from helpcenter.community.address import question_address
from helpcenter.community.views.questions import ADDRESS
from helpcenter.community.visibility import locked, readable
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Forbidden

blueprint = Blueprint("me_toos", __name__)


@blueprint.post(f"{ADDRESS}/me-too")
def create(locale: str, question_id: int) -> Response:
    """Say it."""
    return _change(locale, question_id, says=True)


@blueprint.post(f"{ADDRESS}/me-too/withdrawal")
def destroy(locale: str, question_id: int) -> Response:
    """Take it back."""
    return _change(locale, question_id, says=False)


def _change(locale: str, question_id: int, *, says: bool) -> Response:
    viewer = current_viewer()
    row = readable(question_id, viewer)
    require(viewer, "ask")
    if viewer.id == row.author_id or not row.can_be_solved:
        raise Forbidden
    if says:
        newcomer.spend_vote(viewer)
    begin_write()
    row = locked(question_id, viewer)
    (me_too.say if says else me_too.take_back)(row, viewer.id or 0)
    db.session.commit()
    return redirect(question_address(row, locale), 303)
