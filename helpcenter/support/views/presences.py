"""An open page of the inbox tells what its agent has before them, and whether they are writing."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.row_id import row_id
from helpcenter.support import presence
from helpcenter.support.visibility import ANSWERS, answerable

blueprint = Blueprint("presences", __name__, url_prefix="/inbox")


@blueprint.post("/<int:conversation_id>/presence")
def update(conversation_id: int) -> Response:
    """Note it, where it is anything new. A power cut may forget it."""
    viewer = current_viewer()
    permissions.require(viewer, ANSWERS)
    row = answerable(conversation_id, viewer)
    version = min(request.form.get("version", 0, type=row_id), row.version)
    types = "typing" in request.form
    if types or not presence.has_read(row, viewer.id, version):
        begin_write(survives_power_cut=False)
        presence.note(row, viewer.id, version, types=types)
        db.session.commit()
    return Response(status=204)
