"""The log of moderation: every member reads it, moderators undo from it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community.moderation import log, undoing
from helpcenter.core.db import begin_write, db
from helpcenter.core.row_id import row_id
from helpcenter.journeys import actor

blueprint = Blueprint("moderation_log", __name__)
ADDRESS = "/<locale:locale>/community/log"


@blueprint.get(ADDRESS)
def index(locale: str) -> str:
    """What moderators did, the newest first."""
    viewer = current_viewer()
    require(viewer, "read_moderation_log")
    after = request.args.get("after", type=row_id)
    page = log.page(after, viewer, locale)
    return render_template("community/log.html", page=page, after=after, target_name=log.target_name)


@blueprint.post(f"{ADDRESS}/<int:act_id>/undoing")
def undo(locale: str, act_id: int) -> Response:
    """Undo an act, and back to where the button stood."""
    viewer, by = current_viewer(), actor.of_request()
    require(viewer, "moderate")
    undoing.of(act_id)
    begin_write()
    undoing.undo(act_id, by=by, by_id=viewer.id or 0)
    db.session.commit()
    from_queue = request.form.get("back") == "queue"
    return redirect(url_for("reviews.index" if from_queue else "moderation_log.index", locale=locale), 303)
