"""Finding something right as it is, and taking that back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.articles.edition import Edition
from helpcenter.articles.health import pardon
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.views.findings import asked_for
from helpcenter.articles.studio.blueprint import editor, keep_private
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id
from helpcenter.core.typed_text import without_controls

blueprint = Blueprint("pardons", __name__, url_prefix="/studio/health/pardons")
blueprint.after_request(keep_private)


@blueprint.post("")
def create() -> Response:
    """List it no more; the page one comes back to keeps its filters, which stand in the address."""
    viewer, form = editor(), request.form
    edition_id = form.get("edition", type=row_id)
    kind = form.get("finding", "")
    if edition_id is None or kind not in list(Kind):
        raise NotFound
    what, reason = (without_controls(form.get(name, "")) for name in ("what", "reason"))
    begin_write()
    if db.session.get(Edition, edition_id) is None:
        raise NotFound
    pardon.give(edition_id, kind, what, reason.strip(), by=viewer.id)
    db.session.commit()
    flash(_("It is right as it is, and no longer listed."), "success")
    return back()


@blueprint.post("/<int:pardon_id>/undo")
def destroy(pardon_id: int) -> Response:
    """List it again."""
    editor()
    begin_write()
    pardon.take_back(pardon_id)
    db.session.commit()
    flash(_("It is listed again."), "success")
    return back()


def back() -> Response:
    """To the list, narrowed as it was."""
    return redirect(url_for("content_health.index", **asked_for(request.args).as_query()), 303)
