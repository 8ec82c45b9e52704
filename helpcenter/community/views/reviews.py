"""The queue of what waits for a look, for moderators."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community.moderation import log, queue, review, reviewing
from helpcenter.core.db import begin_write, db
from helpcenter.core.row_id import row_id
from helpcenter.journeys import actor

blueprint = Blueprint("reviews", __name__)
ADDRESS = "/<locale:locale>/community/review"


@blueprint.get(ADDRESS)
def index(locale: str) -> str:
    """What waits, the oldest first, and what this moderator did last."""
    viewer = current_viewer()
    require(viewer, "moderate")
    after = request.args.get("after", 0, type=row_id)
    return render_template(
        "community/review.html",
        page=queue.page(after, viewer, locale),
        after=after,
        last=log.last_of(viewer.id or 0, viewer, locale),
        target_name=log.target_name,
    )


@blueprint.post(f"{ADDRESS}/<int:entry_id>/<verb>")
def update(locale: str, entry_id: int, verb: str) -> Response:
    """Answer an entry, and back to the queue."""
    viewer, by = current_viewer(), actor.of_request()
    require(viewer, "moderate")
    begin_write()
    reviewing.answer(review.locked_entry(entry_id), verb, by=by, by_id=viewer.id or 0)
    db.session.commit()
    return redirect(url_for("reviews.index", locale=locale), 303)
