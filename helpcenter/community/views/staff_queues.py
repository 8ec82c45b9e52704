"""The questions of the community as the team works them off."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import staff_queue
from helpcenter.community.row import rows_of
from helpcenter.core.row_id import row_id

blueprint = Blueprint("staff_queues", __name__)


@blueprint.get("/<locale:locale>/community/queues")
def index(locale: str) -> str:
    """One queue, with its definition above."""
    viewer = current_viewer()
    require(viewer, "accept_answers")
    name = request.args.get("queue", "")
    name = name if name in staff_queue.QUEUES else staff_queue.FIRST
    after = request.args.get("after", type=row_id)
    page = staff_queue.page(name, viewer, after)
    words: dict[str, Any] = {
        "queue": staff_queue.QUEUES[name],
        "tabs": [
            {"title": one.title, "url": url_for("staff_queues.index", queue=key), "current": key == name}
            for key, one in staff_queue.QUEUES.items()
        ],
        "rows": rows_of(page.rows, locale),
        "next_url": url_for("staff_queues.index", queue=name, after=page.next_after) if page.next_after else None,
        "first_url": url_for("staff_queues.index", queue=name) if after else None,
    }
    return render_template("community/staff_queues.html", **words)
