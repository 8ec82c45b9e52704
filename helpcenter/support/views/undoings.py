"""Takes back what was just done to a conversation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict
from helpcenter.core.row_id import row_id
from helpcenter.journeys import actor
from helpcenter.support import conversation, held_reply, presence, undo
from helpcenter.support.replies import use
from helpcenter.support.visibility import ANSWERS, answerable

blueprint = Blueprint("undoings", __name__, url_prefix="/inbox")


@blueprint.post("/<int:conversation_id>/undoing")
def create(conversation_id: int) -> Response:
    """Everything is again as it was before the act, unless something else happened since."""
    viewer = current_viewer()
    permissions.require(viewer, ANSWERS)
    row, by = answerable(conversation_id, viewer), actor.of_request()
    begin_write()
    try:
        undo.undo(conversation.locked(row.id), request.form.get("token", ""), by=by)
    except Conflict:
        db.session.rollback()
        flash(_("It was not undone: something else has happened here since. Look at it again."), "warning")
    else:
        db.session.commit()
        flash(_("Undone. It is as it was before."), "success")
    return redirect(url_for("inbox.show", conversation_id=conversation_id), 303)


@blueprint.post("/<int:conversation_id>/taking-back")
def take_back(conversation_id: int) -> Response:
    """The reply that is held was never sent; its words stand in the field again."""
    viewer = current_viewer()
    permissions.require(viewer, ANSWERS)
    row, by = answerable(conversation_id, viewer), actor.of_request()
    message_id, inserted = request.form.get("message", 0, type=row_id), list[int]()
    begin_write()
    try:
        row = conversation.locked(row.id)
        inserted = use.held_in(message_id)
        text, files = held_reply.take_back(row, message_id, by=by)
        presence.keep_draft(row, viewer.id, text)
    except Conflict:
        db.session.rollback()
        files, inserted = [], []
        flash(_("It is already on its way and cannot be taken back."), "warning")
    else:
        db.session.commit()
        flash(_("Taken back: nothing was sent. Your words are in the field again."), "success")
    attached = [one.key for one in files]
    address = url_for("inbox.show", conversation_id=conversation_id, attached=attached, inserted=inserted)
    return redirect(address, 303)
