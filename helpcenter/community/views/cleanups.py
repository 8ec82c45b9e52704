"""Taking back everything that a spammer did, in one act: for moderators."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community.address import person_address
from helpcenter.community.moderation import spammer
from helpcenter.community.profile import profile_of
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import actor

blueprint = Blueprint("cleanups", __name__)


@blueprint.post("/<locale:locale>/people/<int:user_id>/cleanup")
def create(locale: str, user_id: int) -> Response:
    """Do it, and back to the person, or to the queue where the button stood there."""
    viewer, by = current_viewer(), actor.of_request()
    require(viewer, "moderate")
    name = profile_of(user_id, viewer).name
    begin_write()
    spammer.clean_up(user_id, by=by, by_id=viewer.id or 0)
    db.session.commit()
    from_queue = request.form.get("back") == "queue"
    return redirect(url_for("reviews.index") if from_queue else person_address(user_id, name, locale), 303)
